//! 继续教育 as it is read: every sentence that says what is owed, until when and how, on the page where it stands.

use domain::intake::Answers;
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};
use service::Failure;
use store::archive::RecordRow;

use crate::support::journey::Person;
use crate::support::seed::{Ready, accountants};
use crate::support::{Browser, Page, TestApp};

fn shows(page: &Page, wanted: &[&str]) {
    let text = page.text();
    for word in wanted {
        assert!(text.contains(word), "{} has no {word}: {text}", page.path);
    }
}

/// Somebody of Hunan whose 信息采集 was approved.
pub async fn collected(app: &TestApp, serial: u32) -> Browser {
    let staff = app.staff().await;
    let mut owner = app.browser();
    owner.apply(&Person::new(serial)).await;
    let mut desk = app.browser();
    let reviewer = staff.iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(reviewer, app.services().now()).await;
    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&case).await;
    owner
}

/// Somebody of Hubei, signed in.
async fn of_hubei(app: &TestApp, n: u64) -> (Browser, Ready) {
    let person = accountants(app.services(), "hubei", n..n + 1, &Answers::default(), &[]).await.unwrap().remove(0);
    let mut browser = app.browser();
    browser.jar.insert("sid-hubei".into(), person.token.clone());
    (browser, person)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_year_says_what_is_missing_until_when_how_and_since_when_it_is_owed() {
    let app = TestApp::sqlite().await;
    let mut owner = collected(&app, 81).await;
    let missing = "还差 90 学分，专业科目还差 60 学分";
    shows(&owner.get("/hunan/home").await, &["id=\"learning-card\"", "2026 年度继续教育", missing, "查看继续教育完成记录"]);
    let page = owner.get("/hunan/learning").await;
    let wanted = [
        "2026 年度还差什么",
        missing,
        "不少于 90 学分，其中专业科目不少于 60 学分",
        "最后一天是 2027年2月28日，还有 102 天。",
        "href=\"/hunan/learning/2026/deadline.ics\"",
        "href=\"/hunan/texts/regulations?subject=learning\"",
        "加到日历",
        "可以这样补上",
        "参加网络培训或者面授",
        "您从 2013 年度起参加继续教育：2012年7月16日 开始从事会计工作，从次年起计算。",
    ];
    shows(&page, &wanted);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_day_goes_into_a_calendar_and_to_nobody_else() {
    let app = TestApp::sqlite().await;
    let mut owner = collected(&app, 82).await;
    let page = owner.look("/hunan/learning/2026/deadline.ics").await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("text/calendar; charset=utf-8")));
    assert_eq!(page.header("content-disposition"), Some("attachment; filename=\"learning-2026.ics\""));
    assert_eq!(page.header("cache-control"), Some("no-store"));
    let text = page.text();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.contains("DTSTART;VALUE=DATE:20270228\r\n") && text.contains("BEGIN:VALARM\r\n"), "{text}");
    assert!(text.replace("\r\n ", "").contains("还差 90 学分"), "{text}");
    for path in ["/hunan/learning/2024/deadline.ics", "/hunan/learning/x/deadline.ics"] {
        assert_eq!(owner.look(path).await.status.as_u16(), 404, "{path}");
    }
    let stranger = app.browser().look("/hunan/learning/2026/deadline.ics").await;
    assert!(stranger.status.as_u16() == 401 && !stranger.text().contains("VCALENDAR"), "{}", stranger.text());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_shut_window_is_told_with_its_dates_and_the_way_out_and_the_form_says_what_is_to_be_kept() {
    let app = TestApp::sqlite().await;
    let mut owner = collected(&app, 83).await;
    let rules = app.services().province("hunan").unwrap().profile.learning.clone().unwrap();
    shows(&owner.get("/hunan/learning/conversions/new").await, &[&rules.note]);
    let form = |year| [("province", "hunan"), ("form[year]", year), ("form[kind]", "paper")];
    let page = owner.post("/api/learning/start", &form("2024")).await;
    let wanted = [
        "现在不在办理时间内：2024 年度的折算时间是 2024年3月1日 至 2025年2月28日",
        "现在可以申请2026 年度的折算。",
        "确有特殊情况的，请咨询所在地财政局。",
    ];
    shows(&page, &wanted);
    let page = owner.post("/api/learning/start", &form("2026")).await;
    assert!(page.path.starts_with("/hunan/learning/conversions/"), "{} {}", page.path, page.text());
    assert_eq!(rules.keep_proofs_years, 2);
    shows(&page, &["原件请至少保存 2 年，以备核查。", "备注", "name=\"form[remark]\""]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_remark_that_is_too_long_is_told_without_scripts_and_stands_where_it_was_typed() {
    let app = TestApp::sqlite().await;
    let mut owner = collected(&app, 84).await;
    let form = [("province", "hunan"), ("form[year]", "2026"), ("form[kind]", "paper")];
    let page = owner.post("/api/learning/start", &form).await;
    let (case, long) = (page.path.rsplit('/').next().unwrap().to_owned(), "长".repeat(201));
    let (version, key) = (page.hidden("form[version]"), page.hidden("form[request_key]"));
    let form = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", &version),
        ("form[request_key]", &key),
        ("form[agreed]", "yes"),
        ("form[remark]", &long),
    ];
    let page = owner.post("/api/learning/conversion/submit", &form).await;
    shows(&page, &["备注最多 200 个字，请缩短", &long]);
    assert_eq!(page.path, format!("/hunan/learning/conversions/{case}"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_hubei_the_pages_have_the_words_of_its_manual_and_take_neither_courses_nor_the_net() {
    let app = TestApp::sqlite().await;
    let rules = app.services().province("hubei").unwrap().profile.learning.clone().unwrap();
    assert_eq!((rules.record_name.as_str(), rules.hour.as_str()), ("继续教育查询", "学时"));
    assert!(rules.note.contains("非面授") && rules.note.contains("网"), "{}", rules.note);

    // What the years say needs no record where something is booked.
    let (mut owner, person) = of_hubei(&app, 0).await;
    let entry = CreditEntry {
        id: app.services().ids.id().into(),
        year: 2025,
        subject: Subject::Professional,
        amount: Credits::whole(90),
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
        .write::<_, Failure, _>(move |tx| Box::pin(async move { Ok(tx.book_credit(&account, "hubei", &entry).await?) }));
    assert!(booked.await.unwrap());
    let page = owner.get("/hubei/learning").await;
    shows(&page, &[">继续教育查询<", "学分/学时", "90 / 90 学分，30 / 30 学时"]);

    let (mut other, person) = of_hubei(&app, 1).await;
    let record = RecordRow {
        id: app.services().ids.id(),
        account_id: person.account.clone(),
        province: "hubei".into(),
        bureau: "420102".into(),
        version: 0,
        is_current: true,
        case_id: person.case.clone(),
        body_sealed: Vec::new(),
        employer_hash: None,
        created_at: app.services().now(),
    };
    let written = app.services().db.write::<_, Failure, _>(move |tx| {
        Box::pin(async move {
            tx.add_record(&record).await?;
            Ok(())
        })
    });
    written.await.unwrap();
    let page = other.get("/hubei/learning/conversions/new").await;
    let submission = rules.submission_name.as_ref().unwrap();
    shows(&page, &[&rules.note, &format!(">{submission}<"), "id=\"entry-1\"", "id=\"entry-14\"", "保存"]);
    let management = rules.management_name.clone().unwrap();
    shows(&other.get("/hubei/learning/conversions").await, &[&format!(">{management}<")]);
}
