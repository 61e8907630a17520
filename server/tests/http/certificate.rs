//! 完成证明: printed by its holder alone, verified by anybody, also while the database is gone.

use std::process::Command;

use axum::http::Method;
use domain::intake::Answers;
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};
use service::Failure;
use service::certificate::{KeySet, verified_offline};
use store::certificate::CertificateRow;

use crate::support::seed::{Ready, accountants};
use crate::support::{Browser, TestApp};

const EXPORT: &str = "/hunan/learning/certificate/2025/export.pdf";
const PRINT: &str = "/hunan/learning/certificate/2025/print.pdf";

/// Somebody with so many credits of 2025, who has signed in.
async fn learner(app: &TestApp, credits: u32) -> (Browser, Ready) {
    let people = accountants(app.services(), "hunan", 0..1, &Answers::default(), &[]).await.unwrap();
    let person = people[0].clone();
    let entry = CreditEntry {
        id: app.services().ids.id().into(),
        year: 2025,
        subject: Subject::Professional,
        amount: Credits::whole(credits),
        source: Source { kind: SourceKind::School, id: "s-1".into() },
        rule: "2019".into(),
        arithmetic: "网络培训".into(),
        decided: String::new(),
        booked_by: "school".into(),
        booked_at: app.services().now(),
        reverses: None,
    };
    let account = person.account.clone();
    let booked = app
        .services()
        .db
        .write::<_, Failure, _>(move |tx| Box::pin(async move { Ok(tx.book_credit(&account, "hunan", &entry).await?) }));
    assert!(booked.await.unwrap());
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), person.token.clone());
    (browser, person)
}

async fn issued(app: &TestApp, person: &Ready) -> CertificateRow {
    let mut reader = app.services().db.read().await.unwrap();
    reader.find_standing_certificate(&person.account, 2025).await.unwrap().unwrap()
}

async fn key_set(browser: &mut Browser) -> KeySet {
    let page = browser.look("/.well-known/jwks.json").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/jwk-set+json")));
    assert_eq!(page.header("set-cookie"), None);
    serde_json::from_str(&page.text()).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_holder_prints_it_and_its_statement_opens_with_the_published_keys() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    let page = owner.look(EXPORT).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/pdf")), "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    assert!(page.header("content-disposition").unwrap().starts_with("attachment; "));
    assert!(page.header("content-security-policy").unwrap().contains("sandbox"));
    assert!(page.body.len() <= 60_000, "{} bytes", page.body.len());
    let file = app.folder.join("certificate.pdf");
    std::fs::write(&file, &page.body).unwrap();
    let saved = app.folder.join("statement.jws");
    let done = Command::new("pdfdetach").args(["-save", "1", "-o"]).arg(&saved).arg(&file).output().expect("poppler-utils");
    assert!(done.status.success(), "{done:?}");
    let code = std::fs::read_to_string(&saved).unwrap();
    let row = issued(&app, &person).await;
    assert_eq!(code, row.statement);
    let keys = key_set(&mut app.browser()).await;
    assert!(["hubei-1", "hunan-1", "liaoning-1", "zhejiang-1"].iter().all(|id| keys.keys.iter().any(|key| key.kid == *id)));
    assert_eq!(verified_offline(&keys, &code).signed.unwrap().number(), row.number);
    let set = app.folder.join("keyset.json");
    std::fs::write(&set, serde_json::to_string(&keys).unwrap()).unwrap();
    suanpan_server::certificate::verify(file.to_str().unwrap(), &set).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn printing_opens_in_the_reader_and_shows_of_the_name_what_the_holder_chooses() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    let page = owner.post_only(PRINT, &[("name", "hidden")]).await;
    assert_eq!((page.status.as_u16(), page.location()), (303, Some(PRINT)));
    let page = owner.look(PRINT).await;
    assert!(page.header("content-disposition").unwrap().starts_with("inline; "));
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("default-src 'none'") && !policy.contains("sandbox") && !policy.contains("script"), "{policy}");
    assert_eq!(issued(&app, &person).await.name_shown, "hidden");
    let page = owner.post_only(EXPORT, &[("name", "everything")]).await;
    assert_eq!((page.status.as_u16(), page.location()), (303, Some(EXPORT)));
    assert_eq!(issued(&app, &person).await.name_shown, "hidden", "no such choice");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_chooses_no_name_and_another_site_prints_nothing() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    for path in [PRINT, EXPORT] {
        let page = owner.look(&format!("{path}?name=hidden")).await;
        assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/pdf")), "{path}");
        assert_eq!(issued(&app, &person).await.name_shown, "masked", "{path}");
        let page = owner.send(Method::GET, path, &[("sec-fetch-site", "cross-site")], Vec::new()).await;
        assert_eq!(page.status.as_u16(), 403, "{path}");
        let headers = [("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
        let page = owner.send(Method::POST, path, &headers, b"name=hidden".to_vec()).await;
        assert_eq!(page.status.as_u16(), 403, "{path}");
        assert_eq!(issued(&app, &person).await.name_shown, "masked", "{path}");
        assert_eq!(app.browser().post_only(path, &[("name", "hidden")]).await.status.as_u16(), 401, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_gets_it_and_nothing_is_printed_of_a_year_that_is_not_complete() {
    let app = TestApp::sqlite().await;
    let (mut owner, _) = learner(&app, 60).await;
    for path in [EXPORT, PRINT] {
        assert_eq!(owner.look(path).await.status.as_u16(), 404, "{path}");
        assert_eq!(app.browser().look(path).await.status.as_u16(), 401, "{path}");
    }
    for year in ["1999", "20x5", "99999999999"] {
        let path = format!("/hunan/learning/certificate/{year}/export.pdf");
        assert_eq!(owner.look(&path).await.status.as_u16(), 404, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stranger_verifies_without_a_session_or_a_script_and_every_code_gets_its_own_answer() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    owner.look(EXPORT).await;
    let row = issued(&app, &person).await;
    let mut stranger = app.browser();
    let empty = stranger.look("/hunan/verify").await;
    assert_eq!(empty.status.as_u16(), 200);
    assert!(empty.text().contains("证明查验") && !empty.text().contains("id=\"answer\""), "{}", empty.text());
    let page = stranger.look(&format!("/hunan/verify?c={}", row.statement)).await;
    let text = page.text();
    for wanted in ["证明有效", row.number.as_str(), "2025 年度", "96 学分", "湖南省财政厅"] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(!text.contains("<script"), "{text}");
    assert_eq!((page.header("referrer-policy"), page.header("set-cookie")), (Some("no-referrer"), None));
    assert_eq!((page.header("cache-control"), page.header("x-robots-tag")), (Some("no-store"), Some("noindex, nofollow")));
    assert!(!page.header("content-security-policy").unwrap().contains("script-src"));
    let (head, rest) = row.statement.split_once('.').unwrap();
    let other = service::certificate::VaultNotary(app.services().vault.clone());
    let sign = |province: &str| service::Notary::sign(&other, province, &statement(&row)).unwrap();
    for (code, wanted) in [
        (format!("{head}.{}", rest.replacen('e', "f", 1)), "内容被改动，或者是伪造的"),
        (sign("atlantis"), "不是本平台签发的"),
        (sign("hubei"), "是其他省份的证明"),
        (row.number.to_lowercase(), "登记中有湖南省财政厅签发的这份证明，现在有效。"),
        ("430000-2025-ZZZZ-ZZZZ-ZZZZ".into(), "没有这个编号的证明"),
        ("weixin".into(), "不是本平台的证明"),
    ] {
        let text = stranger.look(&format!("/hunan/verify?c={code}")).await.text();
        assert!(text.contains(wanted), "{code}: {text}");
    }
    let text = stranger.look(&format!("/hunan/verify?c={}", row.number)).await.text();
    assert!(text.contains("2025 年度") && !text.contains("96 学分") && !text.contains("通过时间</dt>"), "{text}");
    let text = stranger.look(&format!("/hubei/verify?c={}", row.number)).await.text();
    assert!(text.contains("是其他省份的证明") && text.contains(&format!("/hunan/verify?c={}", row.number)), "{text}");
    let text = stranger.look("/hunan/verify?c=%22%3E%3Cscript%3E").await.text();
    assert!(text.contains("不是本平台的证明") && !text.contains("<script"), "{text}");
    assert_eq!(stranger.look("/atlantis/verify").await.status.as_u16(), 404);
}

fn statement(row: &CertificateRow) -> domain::certificate::Signed {
    serde_json::from_slice(&base64_of(row.statement.split('.').nth(1).unwrap())).unwrap()
}

fn base64_of(part: &str) -> Vec<u8> {
    use base64::Engine;
    base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn while_the_database_is_gone_the_signature_is_told_alone() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    owner.look(EXPORT).await;
    let row = issued(&app, &person).await;
    app.services().db.close().await;
    let mut stranger = app.browser();
    let page = stranger.look(&format!("/hunan/verify?c={}", row.statement)).await;
    assert_eq!(page.status.as_u16(), 200);
    assert!(page.text().contains("签名有效，暂时查不到登记") && page.text().contains(&row.number), "{}", page.text());
    let text = stranger.look(&format!("/hunan/verify?c={}", row.number)).await.text();
    assert!(text.contains("暂时不能按编号查询"), "{text}");
    assert!(!key_set(&mut stranger).await.keys.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_of_the_holder_is_made_opened_and_ended_without_scripts() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    let page = "/hunan/learning/certificate/2025";
    let text = owner.get(page).await.text();
    for wanted in ["2025 年度完成证明", "打印完成证明", "导出PDF文件", "现在没有有效的分享链接"] {
        assert!(text.contains(wanted), "{wanted}: {text}");
    }
    let form = [
        ("province", "hunan"),
        ("form[year]", "2025"),
        ("form[name]", "masked"),
        ("form[document]", "no"),
        ("form[credits]", "yes"),
        ("form[until]", "week"),
    ];
    owner.call("/api/certificate/share", &form).await;
    let text = owner.get(page).await.text();
    let from = text.find("/hunan/shared/").unwrap_or_else(|| panic!("{text}"));
    let address: String = text[from..].chars().take_while(|c| !"\"<".contains(*c)).collect();
    let mut stranger = app.browser();
    let seen = stranger.look(&address).await;
    assert_eq!(
        (seen.status.as_u16(), seen.header("referrer-policy"), seen.header("set-cookie")),
        (200, Some("no-referrer"), None)
    );
    assert!(seen.text().contains("2025 年度已经完成") && seen.text().contains("96 学分"), "{}", seen.text());
    assert!(!seen.text().contains("<script"), "{}", seen.text());
    assert!(seen.text().contains("证明编号"), "{}", seen.text());
    assert_eq!(stranger.send(Method::HEAD, &address, &[], Vec::new()).await.status.as_u16(), 200);
    assert!(owner.get(page).await.text().contains("共打开 1 次"), "a program that asks for the head has opened nothing");
    let share = {
        let mut reader = app.services().db.read().await.unwrap();
        reader.list_open_shares(&person.account, 2025, app.services().now()).await.unwrap().remove(0)
    };
    let end = [("province", "hunan"), ("form[year]", "2025"), ("form[share]", share.id.as_str())];
    owner.call("/api/certificate/unshare", &end).await;
    let gone = stranger.look(&address).await;
    assert!(gone.status.as_u16() == 410 && gone.text().contains("链接已经失效"), "{}", gone.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_link_that_hides_the_name_or_the_credits_leads_to_no_number() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = learner(&app, 96).await;
    owner.look(EXPORT).await;
    let row = issued(&app, &person).await;
    for (name, credits) in [("hidden", "yes"), ("whole", "no")] {
        let form = [
            ("province", "hunan"),
            ("form[year]", "2025"),
            ("form[name]", name),
            ("form[document]", "no"),
            ("form[credits]", credits),
            ("form[until]", "week"),
        ];
        owner.call("/api/certificate/share", &form).await;
        // The newest stands first.
        let text = owner.get("/hunan/learning/certificate/2025").await.text();
        let from = text.find("/hunan/shared/").unwrap_or_else(|| panic!("{text}"));
        let address: String = text[from..].chars().take_while(|c| !"\"<".contains(*c)).collect();
        app.clock.forward(chrono::Duration::seconds(1));
        let seen = app.browser().look(&address).await.text();
        assert!(seen.contains("2025 年度已经完成") && !seen.contains(&row.number) && !seen.contains("证明编号"), "{seen}");
    }
}
