//! 行政处罚登记 as a bureau does it: a plain page, and a form with the decision in one post.

use std::sync::Arc;

use axum::http::Method;
use domain::case::CaseKind;
use domain::intake::Answers;
use service::Failure;
use store::archive::RecordRow;

use crate::schools::town;
use crate::support::browser::{is_plain, multipart};
use crate::support::pictures::png;
use crate::support::seed::accountants;
use crate::support::{Browser, Page, TestApp};

const FILE: &str = "/hunan/staff/penalties/file";

/// The house with 诚信, as 湖北 has it.
pub(crate) async fn honest() -> TestApp {
    let mut app = TestApp::sqlite().await;
    let services = &mut app.house.services;
    let hubei = services.province("hubei").unwrap().profile.clone();
    let mut province = (*services.province("hunan").unwrap()).clone();
    province.profile.integrity = hubei.integrity;
    province.profile.account.document_kinds = hubei.account.document_kinds;
    let lines =
        hubei.lines.into_iter().filter(|(kind, _)| [CaseKind::Reward, CaseKind::Penalty, CaseKind::Objection].contains(kind));
    province.profile.lines.extend(lines);
    *services = services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    app
}

/// The form as a browser sends it; a box is sent for itself.
async fn send(browser: &mut Browser, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Page {
    send_to(browser, FILE, fields, file).await
}

async fn send_to(browser: &mut Browser, path: &str, fields: &[(&str, &str)], file: Option<(&str, &[u8])>) -> Page {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend(format!("--XX\r\ncontent-disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").into_bytes());
    }
    let (name, bytes) = file.unwrap_or(("", b""));
    let head =
        format!("--XX\r\ncontent-disposition: form-data; name=\"proof\"; filename=\"{name}\"\r\ncontent-type: image/png\r\n\r\n");
    body.extend(head.into_bytes());
    body.extend_from_slice(bytes);
    body.extend_from_slice(b"\r\n--XX--\r\n");
    let headers =
        [("accept", "text/html"), ("content-type", "multipart/form-data; boundary=XX"), ("sec-fetch-site", "same-origin")];
    browser.send(Method::POST, path, &headers, body).await
}

/// Somebody with a record at 雨花区.
pub(crate) async fn somebody(app: &TestApp) {
    let services = app.services().clone();
    let person = accountants(&services, "hunan", 0..1, &Answers::default(), &[]).await.unwrap().remove(0);
    let record = RecordRow {
        id: services.ids.id(),
        account_id: person.account.clone(),
        province: "hunan".into(),
        bureau: "430111".into(),
        version: 0,
        is_current: true,
        case_id: person.case.clone(),
        body_sealed: Vec::new(),
        employer_hash: None,
        created_at: services.now(),
    };
    services
        .db
        .write(move |tx| {
            Box::pin(async move {
                tx.add_record(&record).await?;
                Ok::<_, Failure>(())
            })
        })
        .await
        .unwrap();
}

async fn signed_in(app: &TestApp, login: &str) -> Browser {
    let (staff, now) = (app.staff().await, app.services().now());
    let mut browser = app.browser();
    browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), now).await;
    browser
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_penalty_is_entered_without_a_script_and_every_fault_is_said_at_its_field() {
    let app = honest().await;
    somebody(&app).await;
    let mut browser = signed_in(&app, "yuhua").await;
    let page = browser.look("/hunan/staff/penalties").await;
    let text = page.text();
    assert!(text.contains("还没有录入过行政处罚") && text.contains("第四十一条"), "{text}");
    assert!(is_plain(&text), "a plain page");

    let key = page.hidden("request_key");
    let wrong = send(&mut browser, &[("document_kind", "passport"), ("request_key", &key)], None).await;
    assert_eq!(wrong.status.as_u16(), 422);
    for said in ["请填写证件号码", "请填写处罚决定机关", "请填写处罚决定日期", "请选择处罚种类", "请选择处罚决定书的文件"]
    {
        assert!(wrong.text().contains(said), "{said}: {}", wrong.text());
    }
    let fields = [
        ("case", ""),
        ("request_key", key.as_str()),
        ("document_kind", "passport"),
        ("document_number", "E00000000"),
        ("name", "备用人"),
        ("body", "武汉市财政局"),
        ("number", "武财监〔2026〕3号"),
        ("decided_on", "20261110"),
        ("articles", "2024-40"),
        ("articles", "2024-41"),
        ("kinds", "fine"),
        ("kinds", "ban_five"),
        ("facts", "伪造会计凭证。"),
    ];
    let picture = png(640, 480, "decision");
    let stranger = fields.map(|(name, value)| if name == "name" { (name, "别的人") } else { (name, value) });
    let nobody = send(&mut browser, &stranger, Some(("决定书.png", &picture))).await;
    assert!(nobody.text().contains("没有证件号码和姓名都一致的账号"), "{}", nobody.text());
    assert!(nobody.text().contains("value=\"武财监〔2026〕3号\""), "what was typed stands there");

    let done = send(&mut browser, &fields, Some(("决定书.png", &picture))).await;
    let path = done.location().unwrap_or_else(|| panic!("{} {}", done.status, done.text())).to_owned();
    assert!(path.starts_with("/hunan/staff/penalties?done="), "{path}");
    let again = send(&mut browser, &fields, Some(("决定书.png", &picture))).await;
    assert_eq!(again.location(), Some(path.as_str()), "a repetition has no second effect");
    let text = browser.look(&path).await.text();
    for said in ["等待另一位工作人员确认", "武财监〔2026〕3号", "罚款、五年内不得从事会计工作", "2026年11月24日", "等待确认"]
    {
        assert!(text.contains(said), "{said}: {text}");
    }
    assert!(!browser.look("/hunan/staff/penalties?done=%3Cb%3E").await.text().contains("<b>"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_but_a_bureau_of_a_province_that_has_them_sees_penalties() {
    let app = honest().await;
    let stranger = app.browser().look("/hunan/staff/penalties").await;
    assert_eq!(stranger.location(), Some("/hunan/staff/login?again=1"));
    let mut administrator = signed_in(&app, "shengting").await;
    assert_eq!(administrator.look("/hunan/staff/penalties").await.status.as_u16(), 403);
    for mut browser in [app.browser(), administrator] {
        let sent = send(&mut browser, &[("name", "x")], None).await;
        assert!(sent.status.as_u16() == 403 || sent.location() == Some("/hunan/staff/login?again=1"), "{}", sent.status);
    }
    let without = TestApp::sqlite().await;
    assert_eq!(signed_in(&without, "yuhua").await.look("/hunan/staff/penalties").await.status.as_u16(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_bureau_typed_when_the_session_had_ended_is_there_again_and_the_file_is_chosen_anew() {
    let app = honest().await;
    let staff = app.staff().await;
    let li = staff.iter().find(|one| one.login == "yuhua").unwrap();
    let mut browser = app.browser();
    browser.staff_sign_in(li, app.services().now()).await;
    app.clock.forward(chrono::Duration::minutes(45));
    let fields = [("number", "武财监〔2026〕9号"), ("kinds", "fine"), ("kinds", "ban_five"), ("facts", "伪造会计凭证。")];
    let door = send(&mut browser, &fields, Some(("决定书.png", &png(640, 480, "decision")))).await;
    assert_eq!(door.location(), Some("/hunan/staff/login?again=kept"), "{}", door.text());
    browser.half_sign_in(li).await;
    let code = service::second_factor::code(&li.totp_secret, app.services().now());
    let back = browser.post("/api/staff/confirm", &[("province", "hunan"), ("form[code]", &code)]).await;
    assert_eq!(back.path, "/hunan/staff/penalties");
    let text = back.text();
    for kept in ["value=\"武财监〔2026〕9号\"", "伪造会计凭证。", "刚才提交时登录已经结束"] {
        assert!(text.contains(kept), "{kept}: {text}");
    }
    assert!(!browser.look("/hunan/staff/penalties").await.text().contains("武财监〔2026〕9号"), "it is shown once");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reward_is_entered_without_scripts_and_its_proof_leads_back_to_its_page() {
    let app = honest().await;
    let (mut browser, _) = town(&app).await;
    let empty = browser.post("/api/integrity/start", &[("province", "hunan"), ("form[name]", "")]).await;
    assert_eq!(empty.path, "/hunan/learning?integrity=all");
    assert!(empty.text().contains("请填写奖励名称"), "{}", empty.text());
    let form = [
        ("province", "hunan"),
        ("form[name]", "全省先进会计工作者"),
        ("form[level]", "provincial"),
        ("form[body]", "省财政厅"),
        ("form[granted_on]", "20250930"),
    ];
    let page = browser.post("/api/integrity/start", &form).await;
    let case = page.path.strip_prefix("/hunan/learning/conversions/").and_then(|rest| rest.strip_suffix("?integrity=reward"));
    let case = case.unwrap_or_else(|| panic!("{}", page.path)).to_owned();
    let own = page.path.clone();
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let path = format!("/hunan/learning/conversions/{case}/upload/award");
    let sent = browser.send(Method::POST, &path, &headers, multipart("奖状.png", &png(640, 480, "award"))).await;
    assert_eq!(sent.location(), Some(format!("{own}#slot-award").as_str()));

    let key = browser.get(&own).await.hidden("form[request_key]");
    let mut whole: Vec<(&str, &str)> = form.to_vec();
    whole.extend([("form[case]", case.as_str()), ("form[request_key]", key.as_str())]);
    let unpromised = browser.post("/api/integrity/submit", &whole).await;
    assert_eq!(unpromised.path, own);
    assert!(unpromised.text().contains("error-summary") && unpromised.text().contains("省财政厅"), "{}", unpromised.text());
    whole.push(("form[agreed]", "yes"));
    let page = browser.post("/api/integrity/submit", &whole).await;
    assert!(page.text().contains("您不用做什么。"), "{}", page.text());
    let list = browser.get("/hunan/learning?integrity=all").await.text();
    assert!(list.contains("全省先进会计工作者") && list.contains("待审核"), "{list}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_is_a_plain_page_of_its_person_alone() {
    let app = honest().await;
    let stranger = app.browser().look("/hunan/objections?of=c-1").await;
    assert_eq!(stranger.location(), Some("/hunan/login?again=1"));
    let (mut browser, _) = town(&app).await;
    let page = browser.look("/hunan/objections").await;
    let text = page.text();
    assert!(text.contains("还没有提出过异议") && is_plain(&text), "{text}");
    // A penalty of nobody, and one of another, are the same to whoever asks.
    assert_eq!(browser.look("/hunan/objections?of=c-1").await.status.as_u16(), 404);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_public_of_penalties_is_asked_without_a_session_and_not_for_robots() {
    let app = honest().await;
    let mut browser = app.browser();
    let page = browser.look("/hunan/public-penalties").await;
    let text = page.text();
    assert!(text.contains("现在没有正在公示的行政处罚") && text.contains("name=\"robots\" content=\"noindex\""), "{text}");
    let half = browser.post_only("/hunan/public-penalties", &[("name", "张三"), ("document_end", "")]).await;
    assert_eq!(half.status.as_u16(), 422);
    assert!(half.text().contains("请填写证件号码的最后 4 位"), "{}", half.text());
    let none = browser.post_only("/hunan/public-penalties", &[("name", "张三"), ("document_end", "9988")]).await;
    assert!(none.text().contains("没有查到正在公示的行政处罚"), "{}", none.text());
    let without = TestApp::sqlite().await;
    assert_eq!(without.browser().look("/hunan/public-penalties").await.status.as_u16(), 404);
}

/// The case of the first link that begins so.
fn first(page: &str, link: &str) -> String {
    let rest = page.split_once(link).unwrap_or_else(|| panic!("no {link} in {page}")).1;
    rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}

/// What was decided takes effect.
async fn settle(app: &TestApp) {
    app.clock.forward(chrono::Duration::minutes(1));
    service::review::settle_decisions(app.services()).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_objection_is_raised_and_answered_without_a_script() {
    let app = honest().await;
    let (mut person, _) = town(&app).await;
    let mut district = signed_in(&app, "yuhua").await;
    let key = district.look("/hunan/staff/penalties").await.hidden("request_key");
    let fields = [
        ("request_key", key.as_str()),
        ("document_kind", "passport"),
        ("document_number", "E00000000"),
        ("name", "备用人"),
        ("body", "武汉市财政局"),
        ("number", "武财监〔2026〕3号"),
        ("decided_on", "20261110"),
        ("articles", "2024-41"),
        ("kinds", "fine"),
        ("kinds", "ban_five"),
        ("facts", "伪造会计凭证。"),
    ];
    let picture = png(640, 480, "decision");
    let done = send(&mut district, &fields, Some(("决定书.png", &picture))).await;
    assert!(done.location().is_some(), "{}", done.text());
    let of = first(&district.look("/hunan/staff/penalties").await.text(), "/hunan/staff/cases/");
    // Nobody else works at the district: the city confirms, and so the province answers.
    let mut city = signed_in(&app, "changsha").await;
    let version = city.get(&format!("/hunan/staff/cases/{of}")).await.hidden("form[version]");
    let approval = [
        ("province", "hunan"),
        ("form[case]", of.as_str()),
        ("form[version]", version.as_str()),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    city.post("/api/review/decide", &approval).await;
    settle(&app).await;

    let record = person.get("/hunan/learning?integrity=all").await.text();
    assert_eq!(first(&record, "/hunan/objections?of="), of);
    let page = person.look(&format!("/hunan/objections?of={of}")).await;
    assert!(page.text().contains("由湖南省财政厅核查"), "{}", page.text());
    let key = page.hidden("request_key");
    let short = [("of", of.as_str()), ("reasons", "不对"), ("request_key", key.as_str())];
    let wrong = send_to(&mut person, "/hunan/objections/file", &short, None).await;
    assert_eq!(wrong.status.as_u16(), 422);
    assert!(wrong.text().contains("id=\"reasons-error\"") && wrong.text().contains(">不对</textarea>"), "{}", wrong.text());
    let whole = [("of", of.as_str()), ("reasons", "处罚决定书上没有限制从业。"), ("request_key", key.as_str())];
    let done = send_to(&mut person, "/hunan/objections/file", &whole, Some(("证明.png", &png(640, 480, "proof")))).await;
    let path = done.location().unwrap_or_else(|| panic!("{} {}", done.status, done.text())).to_owned();
    let text = person.look(&path).await.text();
    assert!(text.contains("已提交，受理编号") && text.contains("等待答复") && text.contains("取消异议"), "{text}");

    let mut above = signed_in(&app, "hunan").await;
    let list = above.look("/hunan/staff/penalties").await.text();
    assert!(list.contains("等待答复的异议"), "{list}");
    let case = first(&list, "/hunan/staff/penalties/correct?case=");
    let page = above.look(&format!("/hunan/staff/penalties/correct?case={case}")).await;
    assert!(page.text().contains("处罚决定书上没有限制从业。"), "{}", page.text());
    let version = page.hidden("version");
    let mut correction = vec![
        ("case", case.as_str()),
        ("version", version.as_str()),
        ("body", "武汉市财政局"),
        ("number", "武财监〔2026〕3号"),
        ("decided_on", "20261110"),
        ("articles", "2024-40"),
        ("articles", "2024-41"),
        ("kinds", "fine"),
        ("kinds", "warning"),
        ("answer", "决定书上没有限制从业，已更正。"),
    ];
    let heavier = above.post_only("/hunan/staff/penalties/correct", &correction).await;
    assert_eq!(heavier.status.as_u16(), 422);
    assert!(heavier.text().contains("更正不能增加处罚种类"), "{}", heavier.text());
    correction.retain(|field| *field != ("kinds", "warning"));
    let done = above.post_only("/hunan/staff/penalties/correct", &correction).await;
    assert_eq!(done.location(), Some(format!("/hunan/staff/cases/{case}").as_str()), "{}", done.text());
    let record = person.get("/hunan/learning?integrity=all").await.text();
    assert!(record.contains("异议成立，记录已更正") && record.contains("决定书上没有限制从业，已更正。"), "{record}");
    assert!(district.look("/hunan/staff/penalties").await.text().contains("异议：异议成立，记录已更正"));
    let public = app.browser().look("/hunan/public-penalties").await.text();
    assert!(public.contains("备用人") && public.contains("0000") && !public.contains("E00000000"), "{public}");
}
