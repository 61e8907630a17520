//! 账号设置 without scripts.

use crate::support::TestApp;
use crate::support::journey::{PASSWORD, Person};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_email_address_is_saved_used_in_the_form_and_removed() {
    let app = TestApp::sqlite().await;
    let person = Person::new(87);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    let settings = browser.get("/hunan/settings").await.text();
    assert!(settings.contains("填写电子邮箱") && settings.contains("系统不发送电子邮件"), "{settings}");
    let save = "/api/account/settings/email/save";
    let form = |password| [("province", "hunan"), ("form[email]", "Papagei@Example.com"), ("form[old_password]", password)];

    // What was typed stays, but for the password.
    let page = browser.post(save, &form("Falsch-2026")).await;
    assert_eq!(page.path, "/hunan/settings/email");
    let text = page.text();
    assert!(text.contains("登录密码不正确") && text.contains("value=\"Papagei@Example.com\""), "{text}");
    assert!(!text.contains("Falsch-2026") && !text.contains("删除电子邮箱"), "{text}");

    let page = browser.post(save, &form(PASSWORD)).await;
    assert_eq!(page.path, "/hunan/settings?done=email", "{}", page.text());
    let text = page.text();
    assert!(text.contains("电子邮箱已保存") && text.contains("P***@example.com") && !text.contains("Papagei"), "{text}");
    assert!(browser.get("/hunan/messages").await.text().contains("电子邮箱已更改"));
    browser.pledge().await;
    let text = browser.get("/hunan/intake/person").await.text();
    assert!(text.contains("value=\"Papagei@example.com\""), "{text}");

    let text = browser.get("/hunan/settings/email").await.text();
    assert!(text.contains("删除电子邮箱") && !text.contains("Papagei"), "{text}");
    let form = [("province", "hunan"), ("form[email]", ""), ("form[old_password]", PASSWORD), ("form[act]", "remove")];
    let text = browser.post(save, &form).await.text();
    assert!(text.contains("电子邮箱已删除") && text.contains("没有登记"), "{text}");
}
