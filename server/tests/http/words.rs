//! Each word of a manual (menu, page, column, button, state), and the page of ours on which it stands. A manual that has a
//! word for something is right, so that a word that is not found here is a fault of the profile.

mod hubei;
mod hunan;
mod learner;
mod liaoning;
mod zhejiang;

use domain::case::{CaseKind, Status};
use domain::id::{AccountId, StaffId};
use domain::intake::Answers;
use store::case::draft::PledgeRow;
use store::case::file::CaseRow;
use store::case::round::VerdictRow;

use crate::support::seed::{self, accountants};
use crate::support::{Browser, Page, TestApp, demo_staff};

/// Where a word stands.
#[derive(Clone, Copy, Debug)]
enum Place {
    /// On a page that everybody sees, below the province.
    Open(&'static str),
    /// On a page of somebody who has promised and typed nothing yet.
    New(&'static str),
    /// On a page of somebody who has answered everything.
    Filled(&'static str),
    /// On a page of somebody without work or employer.
    OutOfWork(&'static str),
    /// On a page of somebody whose application waits.
    Waiting(&'static str),
    /// On a page of somebody whose application was returned.
    Returned(&'static str),
    /// On a page of somebody whose application was approved.
    Approved(&'static str),
    /// On a page of somebody whose record is there, and who has learnt nothing yet.
    Recorded(&'static str),
    /// On a page of somebody with a completed year, a school, and a conversion in every state.
    Learnt(&'static str),
    /// On the page of a conversion of an exam that was just begun.
    Begun,
}

/// Section of the manual, words, where they stand.
type Line = (&'static str, &'static [&'static str], Place);

/// A province with what its people answer.
struct Manual {
    province: &'static str,
    /// A complete application of somebody with a foreign passport, so that sex and birth date are typed.
    answers: &'static [(&'static str, &'static str)],
    /// What somebody without work or employer answers otherwise.
    out_of_work: &'static [(&'static str, &'static str)],
    lines: &'static [Line],
}

fn answers(of: &[&[(&str, &str)]]) -> Answers {
    let mut answers = Answers::default();
    for (item, value) in of.iter().copied().flatten() {
        assert!(answers.set(item, (*value).to_owned()), "there is no item {item}");
    }
    answers
}

/// What a person reads of a page, with its elements and without spaces; data and scripts are left out.
fn read(page: &Page) -> String {
    let text = page.text();
    let mut parts = text.split("<script");
    let mut shown = parts.next().unwrap_or_default().to_owned();
    parts.for_each(|part| shown.push_str(part.split_once("</script>").map_or("", |(_, behind)| behind)));
    // The marks of the framework stand between words.
    let mut words = String::new();
    let mut rest = shown.as_str();
    while let Some((before, behind)) = rest.split_once("<!") {
        words.push_str(before);
        rest = behind.split_once('>').map_or("", |(_, behind)| behind);
    }
    words.push_str(rest);
    words.split_whitespace().collect()
}

/// A person of the province with all answers and files, signed in.
async fn signed_in(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> Browser {
    ready(app, manual, n, answers).await.0
}

async fn ready(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> (Browser, AccountId) {
    let rules = app.services().province(manual.province).unwrap().profile.intake_line().attachments.clone();
    let slots: Vec<&str> = rules.iter().map(|rules| rules.slot.as_str()).collect();
    let people = accountants(app.services(), manual.province, n..n + 1, answers, &slots).await.unwrap();
    (with_session(app, manual, &people[0].token), people[0].account.clone())
}

fn with_session(app: &TestApp, manual: &Manual, token: &str) -> Browser {
    let mut browser = app.browser();
    browser.jar.insert(format!("sid-{}", manual.province), token.to_owned());
    browser
}

/// A person who has promised and not opened the first step.
async fn new_person(app: &TestApp, manual: &Manual) -> Browser {
    let (work, province) = (app.services().clone(), manual.province);
    let write = app.services().db.write(move |tx| {
        Box::pin(async move {
            let account = seed::account(&work, province, 900, "备用人");
            let case = seed::draft_case(&work, &account);
            tx.insert_account(&account).await?;
            tx.insert_case(&case).await?;
            let version = work.province(province).unwrap().profile.intake_line().briefing.pledge_version.clone();
            let pledge = PledgeRow { version, text_hash: "seeded".to_owned(), agreed_at: work.now() };
            tx.save_pledge(&case.id, &pledge, "127.0.0.1").await?;
            seed::session(tx, &work, province, Some(&account.id), None).await
        })
    });
    with_session(app, manual, &write.await.unwrap())
}

async fn submit(browser: &mut Browser, province: &str) {
    let check = browser.get(&format!("/{province}/intake/check")).await;
    let (key, version) = (check.hidden("form[request_key]"), check.hidden("form[version]"));
    let form = [
        ("province", province),
        ("form[request_key]", key.as_str()),
        ("form[version]", version.as_str()),
        ("form[agreed]", "yes"),
    ];
    let page = browser.post("/api/intake/submit", &form).await;
    assert_eq!(page.path, format!("/{province}/intake/progress"), "{}", page.text());
}

/// Somebody whose application is submitted, with the case and a reviewer of the province.
async fn waiting(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> (Browser, CaseRow, StaffId) {
    let (mut browser, account) = ready(app, manual, n, answers).await;
    submit(&mut browser, manual.province).await;
    let login = demo_staff().into_iter().find(|one| one.province == manual.province).unwrap().login;
    let mut reader = app.services().db.read().await.unwrap();
    let case = reader.find_latest_case(&account, CaseKind::Intake).await.unwrap().unwrap();
    let by = reader.find_staff_of_login(manual.province, &login).await.unwrap().unwrap().id;
    (browser, case, by)
}

/// Somebody whose application was approved as the bureau does it, so that the record is there.
async fn approved(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> Browser {
    let (browser, case, by) = waiting(app, manual, n, answers).await;
    let (work, province) = (app.services().clone(), manual.province);
    let write =
        app.services().db.write(move |tx| Box::pin(async move { seed::session(tx, &work, province, None, Some(&by)).await }));
    let mut desk = app.browser();
    desk.jar.insert(format!("staff-{province}"), write.await.unwrap());
    let version = desk.get(&format!("/{province}/staff/cases/{}", case.id)).await.hidden("form[version]");
    let item = [
        ("province", province),
        ("form[case]", case.id.as_str()),
        ("form[version]", &version),
        ("form[item]", "education.full_time_school"),
        ("form[verdict]", "accept"),
    ];
    desk.post("/api/review/judge", &item).await;
    let form = [
        ("province", province),
        ("form[case]", case.id.as_str()),
        ("form[version]", &version),
        ("form[decision]", "approve"),
        ("form[reason]", ""),
    ];
    let page = desk.post("/api/review/decide", &form).await;
    // To the list, or to the next case that waits.
    assert!(page.path.starts_with(&format!("/{province}/staff/")), "{} {}", page.path, page.text());
    assert!(!page.path.contains(case.id.as_str()), "{} {}", page.path, page.text());
    browser
}

/// Somebody whose application was returned with one item.
async fn returned(app: &TestApp, manual: &Manual, n: u64, answers: &Answers) -> Browser {
    let (browser, case, by) = waiting(app, manual, n, answers).await;
    let now = app.services().now();
    let verdict = VerdictRow {
        round: case.round,
        item: "education.full_time_school".into(),
        is_accepted: false,
        reason: "与毕业证书不一致".into(),
        mark: String::new(),
        staff_id: by.clone(),
        judged_at: now,
    };
    let write = app.services().db.write(move |tx| {
        Box::pin(async move {
            tx.save_verdict(&case.id, &verdict).await?;
            tx.move_case(&case, Status::Returned, Some(&by), now).await?;
            Ok::<_, store::StoreError>(())
        })
    });
    write.await.unwrap();
    browser
}

async fn every_word_stands_on_its_page(manual: &Manual) {
    let app = TestApp::sqlite().await;
    let (whole, out) = (answers(&[manual.answers]), answers(&[manual.answers, manual.out_of_work]));
    let mut open = app.browser();
    let mut new = new_person(&app, manual).await;
    let mut filled = signed_in(&app, manual, 901, &whole).await;
    let mut out_of_work = signed_in(&app, manual, 902, &out).await;
    app.staff().await;
    let mut waiting = waiting(&app, manual, 903, &whole).await.0;
    let mut returned = returned(&app, manual, 904, &whole).await;
    let mut approved = approved(&app, manual, 905, &whole).await;
    no_waiting_case_is_called_reviewed(manual, &mut waiting).await;
    the_picture_of_characters_has_one_word(&app, manual).await;
    learner::open_school(&app, manual).await;
    let mut recorded = learner::recorded(&app, manual, 906, &whole).await.0;
    let mut learnt = learner::learnt(&app, manual, 907, &whole).await;
    let has_begun = manual.lines.iter().any(|(.., place)| matches!(place, Place::Begun));
    let begun = if has_begun { learner::begin(&mut recorded, manual).await } else { String::new() };
    let mut missing = Vec::new();
    for (section, words, place) in manual.lines {
        let (browser, path) = match place {
            Place::Open(path) => (&mut open, *path),
            Place::New(path) => (&mut new, *path),
            Place::Filled(path) => (&mut filled, *path),
            Place::OutOfWork(path) => (&mut out_of_work, *path),
            Place::Waiting(path) => (&mut waiting, *path),
            Place::Returned(path) => (&mut returned, *path),
            Place::Approved(path) => (&mut approved, *path),
            Place::Recorded(path) => (&mut recorded, *path),
            Place::Learnt(path) => (&mut learnt, *path),
            Place::Begun => (&mut recorded, begun.as_str()),
        };
        let address = format!("/{}/{path}", manual.province);
        let page = browser.get(address.trim_end_matches('/')).await;
        assert!(page.status.is_success(), "{section}: {path}: {}", page.status);
        let text = read(&page);
        missing.extend(words.iter().filter(|word| !text.contains(*word)).map(|word| format!("{section}: {word} on {path}")));
    }
    assert!(missing.is_empty(), "{}: {missing:#?}", manual.province);
}

/// Wherever a picture of characters stands it has the word of the province, and so has what is said of an answer to it.
async fn the_picture_of_characters_has_one_word(app: &TestApp, manual: &Manual) {
    let province = manual.province;
    let word = app.services().province(province).unwrap().profile.account.captcha.clone();
    let others = ["图形验证码", "系统验证码", "图片验证码"].into_iter().filter(|other| *other != word);
    let mut browser = app.browser();
    let mut seen = Vec::new();
    for path in ["", "/login", "/register", "/forgot", "/activate", "/phone-change", "/look-up", "/staff/login"] {
        let page = browser.get(&format!("/{province}{path}")).await;
        let text = read(&page);
        if page.status.is_success() && text.contains("captcha.png") {
            assert!(text.contains(&word), "{province}: {word} on {path}");
            let wrong = others.clone().find(|other| text.contains(other));
            assert_eq!(wrong, None, "{province} on {path}");
            seen.push(path);
        }
    }
    assert!(seen.contains(&"/look-up") && seen.contains(&"/staff/login"), "{province}: {seen:?}");
    let unread = [("number", "1"), ("document_end", "0123"), ("captcha", "")];
    let page = browser.post(&format!("/{province}/look-up"), &unread).await;
    assert!(read(&page).contains(&format!("请填写{word}")), "{province}: {}", page.text());
}

/// 待审核 is 待审核: only the manual of a province may call it 正在审核.
async fn no_waiting_case_is_called_reviewed(manual: &Manual, waiting: &mut Browser) {
    let theirs = manual.lines.iter().flat_map(|(_, words, _)| *words).filter(|word| word.contains("正在审核"));
    for path in ["home", "services", "intake", "intake/progress", "messages", "settings"] {
        let mut text = read(&waiting.get(&format!("/{}/{path}", manual.province)).await);
        theirs.clone().for_each(|words| text = text.replace(words, ""));
        assert!(!text.contains("正在审核"), "{} on {path}: {text}", manual.province);
    }
}
