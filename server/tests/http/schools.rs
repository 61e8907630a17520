//! 网校: enrolled, sent to the school with a ticket, and the interface by which it reports.

use axum::http::Method;
use domain::intake::Answers;
use domain::learning::Credits;
use serde_json::{Value, json};
use service::Failure;
use store::archive::RecordRow;
use store::school::{SchoolRow, TokenRow};

use crate::support::browser::multipart;
use crate::support::pictures::png;
use crate::support::seed::{Ready, accountants};
use crate::support::{Browser, Page, TestApp};
use sha2::{Digest, Sha256};

const TOKEN: &str = "kjxy_test";

/// Somebody whose record is there, and a school with a token.
pub(crate) async fn town(app: &TestApp) -> (Browser, Ready) {
    let services = app.services().clone();
    let person = accountants(&services, "hunan", 0..1, &Answers::default(), &[]).await.unwrap().remove(0);
    let now = services.now();
    let school = SchoolRow {
        id: "school-1".into(),
        province: "hunan".into(),
        code: "yuelu".into(),
        name: "岳麓网校".into(),
        intro: "专业科目。".into(),
        fees: String::new(),
        site: "https://yuelu.example.com/".into(),
        entry: "https://yuelu.example.com/login".into(),
        phone: "0731-85000001".into(),
        years: "2026".into(),
        ranges: String::new(),
        version: 1,
        updated_by: "test".into(),
        updated_at: now,
    };
    let token = TokenRow {
        id: "token-1".into(),
        school_id: school.id.clone(),
        token_hash: Sha256::digest(TOKEN.as_bytes()).to_vec(),
        created_by: "test".into(),
        created_at: now,
        ended_at: None,
        used_at: None,
    };
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
        created_at: now,
    };
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_school(&school).await?;
            tx.insert_school_token(&token).await?;
            tx.add_record(&record).await?;
            Ok::<_, Failure>(())
        })
    });
    written.await.unwrap();
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), person.token.clone());
    (browser, person)
}

pub(crate) async fn ask(app: &TestApp, method: Method, path: &str, headers: &[(&str, &str)], body: &Value) -> Page {
    let bearer = format!("Bearer {TOKEN}");
    let mut all = vec![("authorization", bearer.as_str()), ("content-type", "application/json")];
    all.extend(headers);
    let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(body).unwrap() };
    app.browser().send(method, path, &all, bytes).await
}

async fn enrolment(app: &TestApp, person: &Ready) -> String {
    let mut reader = app.services().db.read().await.unwrap();
    reader.list_enrolments(&person.account).await.unwrap().remove(0).id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_scripts_one_enrols_and_goes_to_the_school_by_a_page_that_may_post_there_alone() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = town(&app).await;
    let page = owner.look("/hunan/learning/schools").await.text();
    assert!(page.contains("岳麓网校") && page.contains("0731-85000001"), "{page}");
    let form = [("province", "hunan"), ("form[year]", "2026"), ("form[school]", "school-1")];
    let done = owner.post("/api/learning/schools/enrol", &form).await;
    assert!(done.text().contains("报名成功") && done.text().contains("是否登录网校"), "{}", done.text());
    let id = enrolment(&app, &person).await;
    let path = format!("/hunan/learning/schools/{id}/enter");
    let before = owner.look(&path).await;
    assert!(!before.text().contains("name=\"ticket\""), "nothing is given to whoever only looks");
    let page = owner.post_only(&path, &[]).await;
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.contains("form-action 'self' https://yuelu.example.com;") && !policy.contains("script"), "{policy}");
    assert_eq!(page.header("referrer-policy"), Some("strict-origin"), "its posts say where they come from");
    assert!(page.text().contains("action=\"https://yuelu.example.com/login\""), "{}", page.text());
    let ticket = page.hidden("ticket");
    let body = json!({ "ticket": ticket });
    let first = ask(&app, Method::POST, "/api/v1/tickets/verify", &[], &body).await.json();
    assert_eq!((&first["valid"], &first["enrolment"], &first["name"]), (&json!(true), &json!(id), &json!("备用人")));
    let second = ask(&app, Method::POST, "/api/v1/tickets/verify", &[], &body).await.json();
    assert_eq!(second, json!({ "valid": false }));
    let other = app.browser().look(&path).await;
    assert_eq!(other.status.as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_reads_its_enrolments_reports_and_gets_the_answer_of_each_row() {
    let app = TestApp::sqlite().await;
    let (mut owner, person) = town(&app).await;
    let form = [("province", "hunan"), ("form[year]", "2026"), ("form[school]", "school-1")];
    owner.post_only("/api/learning/schools/enrol", &form).await;
    let known = ask(&app, Method::GET, "/api/v1/enrolments?after=0", &[], &Value::Null).await.json();
    let learner = known["enrolments"][0]["learner"].as_str().unwrap().to_owned();
    assert_eq!((&known["more"], &known["enrolments"][0]["credits"]), (&json!(false), &json!("90")));
    let today = app.services().today().to_string();
    let row = |id: &str, credits: Value| json!({ "id": id, "learner": learner, "year": 2026, "subject": "professional", "credits": credits, "completed_on": today });
    let sent = json!({ "rows": [row("r-1", json!(60)), row("r-2", json!("31"))] });
    let key = [("idempotency-key", "day-1")];
    let said = ask(&app, Method::POST, "/api/v1/credits", &key, &sent).await;
    assert_eq!(said.status.as_u16(), 200, "{}", said.text());
    let said = said.json();
    assert_eq!(said["rows"][0], json!({ "row": 0, "id": "r-1", "outcome": "booked" }));
    let second = json!({ "row": 1, "id": "r-2", "outcome": "refused", "field": "credits", "cause": "above_enrolled" });
    assert_eq!(said["rows"][1], second);
    assert_eq!(ask(&app, Method::POST, "/api/v1/credits", &key, &sent).await.json(), said);
    let other = json!({ "rows": [row("r-9", json!(1))] });
    assert_eq!(ask(&app, Method::POST, "/api/v1/credits", &key, &other).await.status.as_u16(), 409);
    let batch = format!("/api/v1/batches/{}", said["id"].as_str().unwrap());
    assert_eq!(ask(&app, Method::GET, &batch, &[], &Value::Null).await.json(), said);
    let day = format!("/api/v1/days/{}", app.services().today());
    assert_eq!(ask(&app, Method::GET, &day, &[], &Value::Null).await.json()["booked_credits"], json!("60"));
    let mut reader = app.services().db.read().await.unwrap();
    let booked = reader.list_credits(&person.account).await.unwrap();
    assert_eq!(booked.iter().map(|entry| entry.amount).sum::<Credits>(), Credits::whole(60));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_misses_credits_asks_the_school_without_scripts_and_reads_its_answer() {
    let app = TestApp::sqlite().await;
    let (mut owner, _) = town(&app).await;
    let form = [("province", "hunan"), ("form[year]", "2026"), ("form[school]", "school-1")];
    owner.post_only("/api/learning/schools/enrol", &form).await;
    let known = ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await.json();
    let (id, learner) = (known["enrolments"][0]["id"].as_str().unwrap(), known["enrolments"][0]["learner"].clone());
    let today = app.services().today().to_string();
    let row =
        json!({ "id": "r-1", "learner": learner, "year": 2026, "subject": "professional", "credits": 91, "completed_on": today });
    ask(&app, Method::POST, "/api/v1/credits", &[("idempotency-key", "k")], &json!({ "rows": [row] })).await;
    let page = owner.look("/hunan/learning?missing=2026").await.text();
    assert!(page.contains("2026 年度学分显示不全") && page.contains("超过了这次报名最多登记的数量。"), "{page}");
    assert!(page.contains("编号 r-1，咨询电话 0731-85000001"), "{page}");
    assert!(page.contains("单位的报送记录") && page.contains("您档案中的工作单位还没有管理员"), "{page}");
    let form = [("province", "hunan"), ("form[enrolment]", id), ("form[year]", "2026")];
    let done = owner.post("/api/learning/missing/ask", &form).await;
    assert!(done.text().contains("网校还没有答复。"), "{}", done.text());
    let asked = ask(&app, Method::GET, "/api/v1/requests?after=0", &[], &Value::Null).await.json();
    assert_eq!((asked["requests"].as_array().unwrap().len(), &asked["requests"][0]["learner"]), (1, &learner));
    let path = format!("/api/v1/requests/{}", asked["requests"][0]["id"].as_str().unwrap());
    let answered = ask(&app, Method::POST, &path, &[], &json!({ "answer": "今天补报。" })).await;
    assert_eq!(answered.status.as_u16(), 200, "{}", answered.text());
    assert_eq!(ask(&app, Method::POST, &path, &[], &json!({ "answer": "另一个答复" })).await.status.as_u16(), 409);
    assert!(owner.look("/hunan/learning?missing=2026").await.text().contains("今天补报。"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_a_good_token_the_interface_tells_nothing_and_what_is_malformed_is_named() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    let paths = [
        (Method::GET, "/api/v1/enrolments"),
        (Method::POST, "/api/v1/tickets/verify"),
        (Method::POST, "/api/v1/credits"),
        (Method::POST, "/api/v1/progress"),
        (Method::GET, "/api/v1/batches/x"),
        (Method::GET, "/api/v1/days/2026-11-18"),
        (Method::GET, "/api/v1/requests"),
        (Method::POST, "/api/v1/requests/x"),
    ];
    for (method, path) in paths {
        for token in ["", "Bearer ", "Bearer kjxy_other", "Basic kjxy_test"] {
            let page = app.browser().send(method.clone(), path, &[("authorization", token)], Vec::new()).await;
            assert_eq!((page.status.as_u16(), page.header("www-authenticate")), (401, Some("Bearer")), "{path} {token}");
            assert_eq!(page.json()["error"]["code"], json!("no_such_token"));
        }
    }
    let status = async |method: Method, path: &str, body: Value| ask(&app, method, path, &[], &body).await.status.as_u16();
    for after in ["x", "", "%2B1", "01", "-1", "9007199254740992", "%E2%91%A0"] {
        for list in ["enrolments", "requests"] {
            assert_eq!(status(Method::GET, &format!("/api/v1/{list}?after={after}"), Value::Null).await, 400, "{list} {after}");
        }
    }
    for (after, expected) in [("", 200), ("0-a", 404), ("%00", 400), ("a%20b", 400)] {
        assert_eq!(
            status(Method::GET, &format!("/api/v1/days/2026-11-30?after={after}"), Value::Null).await,
            expected,
            "{after}"
        );
    }
    assert_eq!(status(Method::GET, "/api/v1/days/yesterday", Value::Null).await, 400);
    assert_eq!(status(Method::POST, "/api/v1/requests/x", json!({})).await, 400);
    assert_eq!(status(Method::POST, "/api/v1/requests/x", json!({ "answer": " " })).await, 422);
    assert_eq!(status(Method::POST, "/api/v1/requests/x", json!({ "answer": "已补报。" })).await, 404);
    assert_eq!(status(Method::GET, "/api/v1/days/-262143-01-01", Value::Null).await, 400);
    assert_eq!(status(Method::GET, "/api/v1/enrolments?after=1&after=2", Value::Null).await, 400);
    assert_eq!(status(Method::GET, "/api/v1/batches/%00", Value::Null).await, 400);
    assert_eq!(status(Method::GET, "/api/v1/batches/x", Value::Null).await, 404);
    assert_eq!(status(Method::POST, "/api/v1/tickets/verify", json!({})).await, 400);
    let page = ask(&app, Method::POST, "/api/v1/credits", &[], &json!({ "rows": [] })).await;
    assert_eq!(page.status.as_u16(), 422);
    let error = &page.json()["error"];
    assert_eq!((&error["code"], &error["fields"]), (&json!("invalid"), &json!(["Idempotency-Key", "rows"])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_logo_of_a_school_is_sent_by_an_ordinary_form_and_shown_to_everybody() {
    let app = TestApp::sqlite().await;
    let (mut owner, _) = town(&app).await;
    let staff = app.staff().await;
    let mut keeper = app.browser();
    keeper.staff_sign_in(staff.iter().find(|one| one.login == "shengting").unwrap(), app.services().now()).await;
    let path = "/hunan/staff/schools/school-1/logo";
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    let whole = multipart("logo.png", &png(400, 200, "logo"));
    let cut = keeper.send(Method::POST, path, &headers, whole[..whole.len() / 2].to_vec()).await;
    assert_eq!(cut.location(), Some("/hunan/staff/schools/school-1#logo"), "{}", cut.text());
    assert!(keeper.look("/hunan/staff/schools/school-1").await.text().contains("图片没有收下：图片不完整，可能是没有传完"));
    assert!(!owner.look("/hunan/learning/schools").await.text().contains("/hunan/logos/"));
    keeper.send(Method::POST, path, &headers, whole.clone()).await;
    let page = owner.look("/hunan/learning/schools").await.text();
    let (_, rest) = page.split_once("/hunan/logos/school-1?v=").unwrap_or_else(|| panic!("{page}"));
    let mark = rest.split('"').next().unwrap();
    let picture = app.browser().look(&format!("/hunan/logos/school-1?v={mark}")).await;
    assert_eq!((picture.status.as_u16(), picture.header("content-type")), (200, Some("image/jpeg")));
    let refused = owner.send(Method::POST, path, &headers, whole).await;
    assert!(refused.status.is_client_error() || refused.location().is_some_and(|to| to.contains("login")), "{}", refused.status);
    assert_eq!(app.browser().look("/hubei/logos/school-1").await.status.as_u16(), 404, "of another province");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_school_reports_one_batch_at_a_time() {
    let app = TestApp::sqlite().await;
    town(&app).await;
    let sent = json!({ "rows": [{ "id": "r-1" }] });
    let key = [("idempotency-key", "day-1")];
    let turn = app.services().turns.enter("school-1");
    let busy = ask(&app, Method::POST, "/api/v1/credits", &key, &sent).await;
    assert_eq!((busy.status.as_u16(), busy.header("retry-after")), (503, Some("5")));
    assert_eq!(ask(&app, Method::GET, "/api/v1/enrolments", &[], &Value::Null).await.status.as_u16(), 200);
    drop(turn);
    for _ in 0..2 {
        assert_eq!(ask(&app, Method::POST, "/api/v1/credits", &key, &sent).await.status.as_u16(), 200);
    }
}
