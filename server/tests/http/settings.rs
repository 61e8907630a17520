//! 账号设置 without scripts.

use domain::account::work::{Work, answer};

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

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_browser_may_work_in_the_place_of_the_picture_that_stands_there_without_scripts() {
    let app = TestApp::sqlite().await;
    let person = Person::new(88);
    let mut browser = app.browser();
    browser.register(&person).await;
    browser.sign_in(&person).await;
    let page = browser.get("/hunan/settings/mobile").await.text();
    assert!(page.contains("name=\"form[captcha]\"") && page.contains("/hunan/captcha.png"), "{page}");
    let found = browser.call("/api/account/work", &[("province", "hunan")]).await;
    let work: Work = serde_json::from_value(found.json()).unwrap();
    let number = work.find(0, u64::MAX).unwrap();
    for (number, is_right) in [(number.wrapping_sub(1), false), (number, true)] {
        let typed = answer(number);
        let form = [("province", "hunan"), ("purpose", "old_mobile"), ("form[captcha]", typed.as_str())];
        let told = browser.call("/api/account/code", &form).await.text();
        assert_eq!(told.contains("Captcha"), !is_right, "{told}");
    }
    let nothing = browser.call("/api/account/work", &[("province", "zhejiang")]).await;
    assert!(!nothing.status.is_success(), "where people come by an identity service there is nothing to prove");
}
