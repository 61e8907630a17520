//! 信息变更 without scripts: 变更入口, 变更页, 资料上传, the bureau, and the next version.

use axum::http::Method;

use crate::support::browser::multipart;
use crate::support::journey::{Person, answers};
use crate::support::pictures::png;
use crate::support::{Browser, Page, TestApp, demo_staff};

const ENTRY: &str = "/hunan/intake?change=all";
const FILES: &str = "/hunan/intake/amend?change=files";
const PROOF: &str = "工作单位证明/户籍或者学生证明";

/// Saves 工作单位信息 with these answers otherwise.
async fn save_answers(owner: &mut Browser, changes: &[(&str, &str)]) -> Page {
    let version = owner.get("/hunan/intake/employment?change=yes").await.hidden("version");
    let mut form = vec![("province", "hunan"), ("step", "employment"), ("version", version.as_str())];
    let all = answers("");
    let fields: Vec<(String, &str)> = all
        .iter()
        .filter_map(|(item, value)| Some((item.strip_prefix("employment.")?, value.as_str())))
        .map(|(field, value)| (field, changes.iter().find(|(of, _)| *of == field).map_or(value, |(_, now)| *now)))
        .map(|(field, value)| (format!("form[{field}]"), value))
        .collect();
    form.extend(fields.iter().map(|(field, value)| (field.as_str(), *value)));
    owner.post("/api/change/save", &form).await
}

/// Saves it with another name of the employer.
async fn save(owner: &mut Browser, name: &str) -> Page {
    save_answers(owner, &[("employer_name", name)]).await
}

/// The case whose proofs 资料上传 asks for.
fn case_of(papers: &str) -> String {
    let (_, rest) = papers.split_once("/hunan/learning/conversions/").unwrap();
    rest.split('/').next().unwrap().to_owned()
}

/// Sends a picture to a slot.
async fn upload(owner: &mut Browser, case: &str, slot: &str, bytes: &[u8]) -> Page {
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let path = format!("/hunan/learning/conversions/{case}/upload/{slot}");
    owner.send(Method::POST, &path, &headers, multipart("证明.png", bytes)).await
}

async fn approve(desk: &mut Browser, case: &str) {
    let version = desk.get(&format!("/hunan/staff/cases/{case}")).await.hidden("form[version]");
    let form = [
        ("province", "hunan"),
        ("form[case]", case),
        ("form[version]", version.as_str()),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    desk.post("/api/review/decide", &form).await;
}

async fn submit(owner: &mut Browser) -> Page {
    let key = owner.get(FILES).await.hidden("form[request_key]");
    let form = [("province", "hunan"), ("form[request_key]", key.as_str()), ("form[agreed]", "yes")];
    owner.post("/api/change/submit", &form).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_record_is_changed_without_scripts_from_the_entry_to_the_next_version() {
    let app = TestApp::sqlite().await;
    let (mut owner, mut desk) = (app.browser(), app.browser());
    owner.apply(&Person::new(91)).await;
    let first = owner.get(ENTRY).await.text();
    assert!(first.contains("信息采集审核通过以后，才能办理信息变更。"), "{first}");
    app.staff().await;
    let li = demo_staff().into_iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(&li, app.services().now()).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;

    let entry = owner.get(ENTRY).await.text();
    for words in ["变更入口", "如果我……", "换了单位", PROOF] {
        assert!(entry.contains(words), "{words}: {entry}");
    }
    let begun = owner.post("/api/change/begin", &[("province", "hunan"), ("form[occasion]", "")]).await;
    assert_eq!(begun.path, ENTRY);
    let sheet = owner.get("/hunan/intake/employment?change=yes").await.text();
    assert!(sheet.contains(&format!("变更此项需上传：{PROOF}。")), "{sheet}");
    let person = owner.get("/hunan/intake/person?change=yes").await.text();
    assert!(person.contains("变更此项不需要证明，提交后立即生效。") && person.contains("变更此项不需要证明。"), "{person}");

    let faulty = save(&mut owner, "").await;
    assert_eq!(faulty.path, "/hunan/intake/employment?change=yes");
    assert!(faulty.text().contains("error-summary"), "{}", faulty.text());
    let saved = save(&mut owner, "长沙另一有限公司").await;
    assert_eq!(saved.path, ENTRY);
    assert!(saved.text().contains("已修改 1 项，需要上传 1 份证明"), "{}", saved.text());
    let touched = owner.get("/hunan/intake/employment?change=yes").await.text();
    assert!(touched.contains("原：长沙某某有限公司。"), "{touched}");

    let undone = owner.post("/api/change/undo", &[("province", "hunan"), ("form[item]", "employment.employer_name")]).await;
    assert!(undone.text().contains("还没有修改任何项目。"), "{}", undone.text());
    save(&mut owner, "长沙另一有限公司").await;
    let papers = owner.get(FILES).await.text();
    assert!(papers.contains("因为您修改了“单位名称”。"), "{papers}");
    let missing = submit(&mut owner).await;
    assert!(missing.path == FILES && missing.text().contains("error-summary"), "{} {}", missing.path, missing.text());

    let case = case_of(&papers);
    let bytes = png(640, 480, "employment");
    let sent = upload(&mut owner, &case, "employment_proof", &bytes).await;
    assert_eq!(sent.location(), Some(format!("{FILES}#slot-employment_proof").as_str()));
    let other = upload(&mut owner, &case, "full_time_diploma", &bytes).await;
    assert_eq!(other.status.as_u16(), 404, "what the change does not call for has no slot");
    let waiting = submit(&mut owner).await;
    assert!(waiting.path == ENTRY && waiting.text().contains("您不用做什么。"), "{} {}", waiting.path, waiting.text());

    let page = desk.get(&format!("/hunan/staff/cases/{case}")).await;
    assert!(page.text().contains("与档案相比有 2 处变化"), "{}", page.text());
    approve(&mut desk, &case).await;
    let after = owner.get(ENTRY).await.text();
    assert!(after.contains("已经生效。"), "{after}");
    let record = owner.get("/hunan/record").await.text();
    assert!(record.contains("长沙另一有限公司"), "{record}");
}

/// The change leads to the bureau of 芙蓉区: one application, which both bureaus decide.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_change_of_the_place_goes_to_both_bureaus_without_scripts() {
    let app = TestApp::sqlite().await;
    let (mut owner, mut desk, mut sibling) = (app.browser(), app.browser(), app.browser());
    owner.apply(&Person::new(92)).await;
    let (staff, now) = (app.staff().await, app.services().now());
    desk.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    sibling.staff_sign_in(staff.iter().find(|one| one.login == "sibling").unwrap(), now).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;
    owner.post("/api/change/begin", &[("province", "hunan"), ("form[occasion]", "")]).await;
    let saved = save_answers(&mut owner, &[("division", "430102"), ("employer_name", "长沙另一有限公司")]).await.text();
    for words in [
        "这次变更同时办理市内调转，只需要提交一次",
        "再由长沙市芙蓉区财政局在 10 个工作日内审核是否调入",
        "长沙市芙蓉区财政局咨询电话",
    ] {
        assert!(saved.contains(words), "{words}: {saved}");
    }
    let papers = owner.get(FILES).await.text();
    assert!(papers.contains("提交后由长沙市雨花区财政局和长沙市芙蓉区财政局先后审核"), "{papers}");
    let case = case_of(&papers);
    upload(&mut owner, &case, "employment_proof", &png(640, 480, "employment")).await;
    let waiting = submit(&mut owner).await.text();
    assert!(waiting.contains("等待长沙市雨花区财政局审核是否同意调出") && waiting.contains("您不用做什么。"), "{waiting}");

    assert!(sibling.queue().await.is_empty());
    let page = desk.get(&format!("/hunan/staff/cases/{case}")).await.text();
    assert!(page.contains("市内调转") && page.contains("两位审核人员"), "{page}");
    approve(&mut desk, &case).await;
    assert!(owner.get(ENTRY).await.text().contains("长沙市雨花区财政局已同意调出，等待长沙市芙蓉区财政局审核是否调入"));
    assert_eq!(sibling.queue().await[0]["id"].as_str(), Some(case.as_str()));
    approve(&mut sibling, &case).await;
    let transfer = owner.get("/hunan/transfer").await.text();
    assert!(transfer.contains("会计人员档案现由长沙市芙蓉区财政局管理。"), "{transfer}");
    assert!(owner.get("/hunan/record").await.text().contains("长沙另一有限公司"));
}
