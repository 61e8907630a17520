//! 单位管理 without scripts: a claim, its papers, and what is wrong with either.

use std::sync::Arc;

use axum::http::Method;
use domain::case::CaseKind;
use domain::intake::Answers;

use crate::schools::town;
use crate::support::browser::multipart;
use crate::support::pictures::png;
use crate::support::seed::accountants;
use crate::support::{Browser, Page, TestApp};

const CODE: &str = "91350100M000100Y43";
const NAME: &str = "长沙某某有限公司";

async fn upload(browser: &mut Browser, case: &str, slot: &str, bytes: &[u8]) -> Page {
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let path = format!("/hunan/learning/conversions/{case}/upload/{slot}");
    browser.send(Method::POST, &path, &headers, multipart("证照.png", bytes)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_employer_is_claimed_without_scripts_and_its_papers_lead_back_to_its_page() {
    let app = TestApp::sqlite().await;
    let (mut browser, _) = town(&app).await;
    let started = |code: &'static str| [("province", "hunan"), ("form[code]", code), ("form[name]", NAME)];
    let page = browser.post("/api/employer/start", &started("")).await;
    assert_eq!(page.path, "/hunan/learning?employers=all");
    assert!(page.text().contains("统一社会信用代码") && page.text().contains(NAME), "what was typed stands there");
    let page = browser.post("/api/employer/start", &started(CODE)).await;
    let case = page.path.strip_prefix("/hunan/learning/conversions/").and_then(|rest| rest.strip_suffix("?employer=claim"));
    let case = case.unwrap_or_else(|| panic!("{}", page.path)).to_owned();
    assert!(page.text().contains("单位授权书"), "{}", page.text());

    let own = format!("/hunan/learning/conversions/{case}?employer=claim");
    let small = upload(&mut browser, &case, "licence", &png(60, 40, "small")).await;
    assert_eq!(small.location(), Some(format!("{own}#slot-licence").as_str()));
    assert!(browser.get(&own).await.text().contains("data-state=\"failed\""), "what was wrong is said at the slot");
    let sent = upload(&mut browser, &case, "licence", &png(640, 480, "licence")).await;
    assert_eq!(sent.location(), Some(format!("{own}#slot-licence").as_str()));
    // Of a kind of case that does not ask for it there is no slot.
    assert_eq!(upload(&mut browser, &case, "paper", &png(640, 480, "paper")).await.status.as_u16(), 404);

    let page = browser.get(&own).await;
    let key = page.hidden("form[request_key]");
    let form = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[code]", CODE),
        ("form[name]", NAME),
        ("form[agreed]", "yes"),
        ("form[request_key]", key.as_str()),
    ];
    let page = browser.post("/api/employer/submit", &form).await;
    assert_eq!(page.path, own);
    assert!(page.text().contains("请上传单位授权书"), "{}", page.text());
    upload(&mut browser, &case, "mandate", &png(640, 480, "mandate")).await;
    let page = browser.post("/api/employer/submit", &form).await;
    assert!(page.text().contains("您不用做什么。"), "{}", page.text());
    let again = browser.post("/api/employer/submit", &form).await;
    assert_eq!((again.path, again.status.as_u16()), (own, 200), "a repetition has no second effect");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_province_has_the_page_of_employers_and_one_without_their_table_has_none() {
    let mut app = TestApp::sqlite().await;
    for province in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let profile = &app.services().province(province).unwrap().profile;
        let learning = profile.learning.as_ref().unwrap();
        assert!(profile.employers.is_some() && learning.classes.is_some() && learning.exams.is_some(), "{province}");
        for kind in [CaseKind::Employer, CaseKind::Class, CaseKind::ClassResults] {
            assert!(profile.has_line(kind), "{province} {kind:?}");
        }
    }
    let services = &mut app.house.services;
    let mut province = (*services.province("hunan").unwrap()).clone();
    province.profile.employers = None;
    *services = services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    let (mut browser, _) = town(&app).await;
    let asked = browser.call("/api/employer/list", &[("province", "hunan")]).await;
    assert_eq!(asked.status.as_u16(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_employers_and_of_exams_are_served_in_every_province_in_its_words() {
    let app = TestApp::sqlite().await;
    for (province, converting) in [("hunan", "折算"), ("hubei", "折算"), ("liaoning", "折算"), ("zhejiang", "抵免")] {
        let people = accountants(app.services(), province, 0..1, &Answers::default(), &[]).await.unwrap();
        let mut browser = app.browser();
        browser.jar.insert(format!("sid-{province}"), people[0].token.clone());
        let employers = browser.get(&format!("/{province}/learning?employers=all")).await;
        assert!(employers.status.is_success(), "{province}: {}", employers.status);
        assert!(employers.text().contains("单位管理") && employers.text().contains("单位管理员"), "{province}");
        let exams = browser.get(&format!("/{province}/learning?exams=1")).await;
        assert!(exams.status.is_success(), "{province}: {}", exams.status);
        assert!(exams.text().contains(&format!("不需要另外申请{converting}。")), "{province}: {}", exams.text());
        assert!(exams.text().contains("考试报名") && exams.text().contains("成绩查询"), "{province}");
    }
}
