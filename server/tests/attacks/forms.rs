//! Forms that strangers post to fill the house: nothing of them is kept.

use axum::http::StatusCode;

use crate::support::TestApp;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refused_form_of_a_stranger_comes_back_with_its_page_and_nothing_of_it_is_kept() {
    let app = TestApp::sqlite().await;
    let long = "长".repeat(20_000);
    for name in ["张三丰", long.as_str()] {
        let mut browser = app.browser();
        let fields = [
            ("province", "hunan"),
            ("form[name]", name),
            ("form[document_number]", "430102199003070011"),
            ("form[password]", "Qing7-Shan8#Lv"),
            ("form[document_kind]", "resident_id"),
            ("form[password_again]", ""),
            ("form[mobile]", ""),
            ("form[captcha]", ""),
            ("form[sms_code]", ""),
        ];
        let page = browser.post("/api/account/register", &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{} {}", name.len(), page.text());
        let text = page.text();
        assert!(text.contains(&format!("value=\"{name}\"")) && text.contains("value=\"430102199003070011\""));
        assert!(text.contains("证件号码") && text.contains("error-summary"));
        assert!(!text.contains("Qing7-Shan8#Lv"), "no secret comes back");
        assert!(!text.contains("hydrate("), "its program would look for another address");
        assert!(browser.get("/hunan/register").await.text().contains("hydrate("), "but that of the page itself is there");
        let token = service::Token::parse(&browser.jar["sid-hunan"]).unwrap();
        let row = app.services().db.read().await.unwrap().find_session(&token.hash()).await.unwrap();
        assert!(row.is_none_or(|row| row.memo_sealed.is_none()));
    }
}
