//! The same of plain pages.

use super::{LUNCH, Typed};
use crate::support::TestApp;
use crate::support::journey::Person;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_person_typed_into_a_plain_form_without_a_file_is_there_again() {
    let app = TestApp::sqlite().await;
    let person = Person::new(90);
    let mut browser = crate::learning::collected(&app, 90).await;
    let departure = [("act", "submit"), ("request_key", "k-1"), ("destination", ""), ("reason", "随单位迁往外省")];
    let ask = [("act", "ask"), ("code", "91430111MA4L1N2E0X")];
    let posts: [(&str, Typed); 2] = [("/hunan/relocation", &departure), ("/hunan/confirmation", &ask)];
    for (page, form) in posts {
        app.clock.forward(LUNCH);
        assert_eq!(browser.post(page, form).await.path, "/hunan/login?again=kept", "{page}");
        let back = browser.try_sign_in(&person).await;
        assert_eq!(back.path, page);
        let text = back.text();
        assert!(text.contains("刚才提交时登录已经结束"), "{page}: {text}");
        // Whom to ask is typed where the house has an address that a message can name.
        assert!(page.ends_with("confirmation") || text.contains("value=\"随单位迁往外省\""), "{text}");
        assert!(!browser.get(page).await.text().contains("刚才提交时登录已经结束"), "{page}: it is shown once");
    }
    // Nothing typed waits for nobody.
    app.clock.forward(LUNCH);
    let empty = [("act", "submit"), ("destination", ""), ("reason", "")];
    assert_eq!(browser.post("/hunan/relocation", &empty).await.path, "/hunan/login?again=1");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_staff_typed_into_a_plain_form_leads_back_to_its_page() {
    let app = crate::penalties::honest().await;
    let staff = app.staff().await;
    let text = "00000000-0000-7000-8000-000000000001";
    let refuse = [("act", "refuse"), ("version", "1"), ("note", "请补充附件")];
    let correct = [("case", text), ("version", "1"), ("answer", "已按决定书更正")];
    let merge = [("id", text), ("what", "ask"), ("reason", "已经打电话核实")];
    let posts: [(&str, &str, Typed, String); 3] = [
        (
            "shengting",
            "/hunan/staff/texts/00000000-0000-7000-8000-000000000001/act",
            &refuse,
            format!("/hunan/staff/texts/{text}"),
        ),
        ("yuhua", "/hunan/staff/penalties/correct", &correct, format!("/hunan/staff/penalties/correct?case={text}")),
        ("hunan", "/hunan/staff/merges", &merge, "/hunan/staff/merges".to_owned()),
    ];
    for (login, address, form, page) in posts {
        let member = staff.iter().find(|one| one.login == login).unwrap();
        let mut desk = app.browser();
        desk.staff_sign_in(member, app.services().now()).await;
        app.clock.forward(LUNCH);
        assert_eq!(desk.post(address, form).await.path, "/hunan/staff/login?again=kept", "{address}");
        desk.half_sign_in(member).await;
        let code = service::second_factor::code(&member.totp_secret, app.services().now());
        let back = desk.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
        assert_eq!(back.path, page, "{}", back.text());
        // Of the two others there is nothing here to be corrected or given back.
        assert!(login != "hunan" || back.text().contains("刚才提交时登录已经结束"), "{}", back.text());
    }
}
