//! 手机号更换 from the application to the new number, and everything that can stop it.

use std::sync::Arc;

use chrono::Duration;
use domain::account::forms::SendCodeForm;
use domain::answer::Answer;
use domain::case::{Action, CaseKind, Level, Refusal, Status};
use domain::fault::Fault;
use domain::id::CaseId;
use domain::phone_change::forms::{ObjectionForm, PhoneChangeForm};
use domain::review::forms::{DecideForm, ForwardForm, RevealForm};
use domain::review::view::QueueQuery;
use futures::future::join_all;
use store::account::AccountRow;
use store::case::file::{CaseRow, Submit};

use super::{Offered, change_phone, object, settle_phone_changes};
use crate::account::stories::{Browser, MOBILE, NUMBER, PASSWORD, is_fault, sent};
use crate::account::{entry_view, send_code};
use crate::case::file_view;
use crate::review::stories::*;
use crate::review::{case, forward, next, queue, reveal};
use crate::testing::{House, both};
use crate::{Failure, Visit};

mod appeals;
mod holders;
mod rounds;

const NEW: &str = "13800000001";
const NAME: &str = "张三丰";
const ORIGIN: &str = "https://kj.example.gov.cn";

/// The province with 手机号更换, as 湖北 has it.
pub(crate) fn changing(mut house: House) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    let hubei = house.services.province("hubei").unwrap().profile.clone();
    province.profile.phone_change = hubei.phone_change;
    let both = [CaseKind::PhoneChange, CaseKind::Appeal];
    province.profile.lines.extend(hubei.lines.into_iter().filter(|(kind, _)| both.contains(kind)));
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    house
}

fn picture(shade: u8) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(Vec::new());
    let image = image::RgbImage::from_pixel(60, 40, image::Rgb([shade, 90, 90]));
    image.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
    bytes.into_inner()
}

pub(crate) fn pictures() -> Vec<Offered> {
    let offered = |slot: &str, shade| Offered { slot: slot.into(), name: format!("{slot}.png"), bytes: Ok(picture(shade)) };
    vec![offered("front", 10), offered("back", 200)]
}

async fn filled(browser: &Browser<'_>, (name, number): (&str, &str), mobile: &str) -> PhoneChangeForm {
    browser.send("phone_change", mobile).await.unwrap();
    PhoneChangeForm {
        name: name.into(),
        document_kind: if number.len() == 18 { "resident_id".into() } else { "passport".into() },
        document_number: number.into(),
        sms_code: browser.code(mobile).await.unwrap(),
        note: "原号码已停用".into(),
    }
}

pub(crate) async fn apply(browser: &Browser<'_>, who: (&str, &str), mobile: &str) -> Result<Answer, Failure> {
    let form = filled(browser, who, mobile).await;
    change_phone(&browser.visit().await, &form, pictures(), ORIGIN).await
}

/// The owner's account, and somebody at another browser who applies for it.
async fn applied(house: &House) -> (Browser<'_>, CaseRow) {
    Browser::registered(house).await;
    let stranger = Browser::new(house, "203.0.113.9").await;
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    let case = newest(house).await.unwrap();
    (stranger, case)
}

async fn owner(house: &House) -> AccountRow {
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0)
}

async fn newest(house: &House) -> Option<CaseRow> {
    let account = owner(house).await.id;
    house.services.db.read().await.unwrap().find_latest_case(&account, CaseKind::PhoneChange).await.unwrap()
}

async fn mobile(house: &House) -> String {
    let account = owner(house).await;
    house.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed).unwrap()
}

async fn texts(house: &House, mobile: &str, purpose: &str) -> Vec<String> {
    sent(house, mobile).await.into_iter().filter(|(of, ..)| of == purpose).map(|(_, text, _)| text).collect()
}

/// The secret in the newest link that the old number got.
async fn link(house: &House) -> String {
    let text = texts(house, MOBILE, "phone_change_asked").await.pop().unwrap();
    let (_, rest) = text.split_once("/hunan/phone-change/objection/").unwrap();
    rest.split_once(' ').unwrap().0.to_owned()
}

async fn objecting(browser: &Browser<'_>, token: &str) -> Result<Answer, Failure> {
    object(&browser.visit().await, &ObjectionForm { token: token.into() }).await
}

async fn approve(house: &House, visit: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(visit, id, row(house, id).await.version, "approve").await
}

async fn give_back(house: &House, visit: &Visit, id: &CaseId, reason: &str) -> Result<Answer, Failure> {
    let version = row(house, id).await.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.into() };
    crate::review::decide(visit, &form).await
}

async fn two_agree(house: &House, id: &CaseId) {
    let bureau = row(house, id).await.bureau.unwrap();
    for name in ["李审核", "王审核"] {
        approve(house, &reviewer(house, bureau.as_str(), name).await, id).await.unwrap();
    }
    assert_eq!(row(house, id).await.status, Status::Approved);
}

async fn an_application_finds_its_account_whichever_code_a_rare_character_has(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let account = owner(&house).await;
    let at = house.services.now();
    let renamed = house
        .services
        .db
        .write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.save_name(&account.id, "赵\u{E863}", at).await?) }));
    renamed.await.unwrap();
    let stranger = Browser::new(&house, "203.0.113.9").await;
    apply(&stranger, ("赵龑", NUMBER), NEW).await.unwrap();
    assert!(newest(&house).await.is_none(), "another name finds nobody, and the answer is the same");
    house.clock.forward(chrono::Duration::minutes(2));
    apply(&Browser::new(&house, "203.0.113.10").await, ("赵䶮", NUMBER), NEW).await.unwrap();
    assert!(newest(&house).await.is_some());
}
both!(an_application_finds_its_account_whichever_code_a_rare_character_has);

async fn a_number_changes_once_two_persons_agreed_and_the_time_to_object_is_over(house: House) {
    let house = changing(house);
    let (_, asked) = applied(&house).await;
    let id = &asked.id;
    assert_eq!((asked.status, asked.round, asked.bureau.as_ref().unwrap().as_str()), (Status::Submitted, 1, PROVINCE));
    assert_eq!(asked.due_on, "2026-11-25".parse().ok(), "five working days");
    let told = texts(&house, MOBILE, "phone_change_asked").await.pop().unwrap();
    assert!(told.contains("更换为 138****0001") && told.contains(ORIGIN) && !told.contains(NEW), "{told}");

    let li = reviewer(&house, PROVINCE, "李审核").await;
    let wang = reviewer(&house, PROVINCE, "王审核").await;
    assert_eq!(queue(&li, &QueueQuery::default()).await.unwrap().lines[0].kind, CaseKind::PhoneChange);
    let view = case(&li, id).await.unwrap();
    let values: Vec<&str> = view.sections[0].rows.iter().map(|row| row.value.as_str()).collect();
    assert_eq!(values, [NAME, "身份证", "430111********9988", "139****5678", "138****0001", "原号码已停用"]);
    assert!(view.checks.len() == 3 && view.checks.iter().all(|check| check.level == Level::Fine), "{:?}", view.checks);
    assert!(!view.actions.contains(&Action::Judge) && view.seats.as_ref().unwrap().agreed.is_empty());
    assert_eq!(view.files.iter().map(|(slot, _)| slot.as_str()).collect::<Vec<_>>(), ["front", "back"]);
    assert!(file_view(&li, &view.files[0].1.id).await.unwrap().0.starts_with(&[0xFF, 0xD8]));

    let purpose = RevealForm { case: id.to_string(), purpose: "电话核实".into() };
    assert_eq!(reveal(&li, &purpose).await.unwrap().mobile, format!("{MOBILE}（申请更换为 {NEW}）"));

    approve(&house, &li, id).await.unwrap();
    assert_eq!(row(&house, id).await.status, Status::Submitted, "one person is not enough");
    assert_eq!(refusal(approve(&house, &li, id).await), Refusal::SecondPersonNeeded);
    let view = case(&li, id).await.unwrap();
    assert!(view.seats.unwrap().is_mine && view.hold.is_none(), "the first person does not keep it from the second");
    assert!(!next(&li, None).await.unwrap().go.unwrap().contains(id.as_str()));
    let view = case(&wang, id).await.unwrap();
    assert_eq!(view.seats.unwrap().agreed, ["李审核"]);
    approve(&house, &wang, id).await.unwrap();
    let effective_at = house.services.now() + Duration::hours(72);
    assert_eq!(case(&wang, id).await.unwrap().seats.unwrap().effective_at, Some(effective_at));
    assert!(texts(&house, MOBILE, "phone_change_soon").await[0].contains("11月21日 10:00"));

    house.clock.forward(Duration::hours(72) - Duration::minutes(1));
    let mut owner_at_home = Browser::new(&house, "203.0.113.1").await;
    owner_at_home.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (0, MOBILE));
    assert!(owner_at_home.visit().await.account().is_ok());
    house.clock.forward(Duration::minutes(1));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    assert_eq!(settle_phone_changes(&house.services).await.unwrap(), 0, "once");
    assert!(owner_at_home.visit().await.account().is_err(), "every session has ended");
    for number in [MOBILE, NEW] {
        assert_eq!(texts(&house, number, "phone_changed").await.len(), 1, "{number}");
    }
    let mut reader = house.services.db.read().await.unwrap();
    let account = owner(&house).await.id;
    assert!(reader.list_messages(&account, "~", 9).await.unwrap()[0].body.contains("138****0001"));
    assert!(reader.find_record(&account).await.unwrap().is_none(), "no record is written");
    let actions: Vec<String> = reader.list_events(id).await.unwrap().into_iter().map(|event| event.action).collect();
    assert_eq!(actions, ["submit", "endorse", "approve", "apply"]);
    assert_eq!(audited(&house, id, "change_mobile").await.len(), 1);
    assert_audit_stands(&house).await;
    owner_at_home.sign_in(NUMBER, PASSWORD).await.unwrap();
}
both!(a_number_changes_once_two_persons_agreed_and_the_time_to_object_is_over);

async fn the_old_number_stops_it_before_and_after_the_approval(house: House) {
    let house = changing(house);
    let (stranger, first) = applied(&house).await;
    let finder = Browser::new(&house, "198.51.100.7").await;
    let token = link(&house).await;
    entry_view(&finder.visit().await, "objection").await.unwrap();
    assert_eq!(row(&house, &first.id).await.status, Status::Submitted, "looking does nothing");
    assert_eq!(refusal(objecting(&finder, "AAAAAAAAAAAAAAAAAAAAAA").await), Refusal::LinkVoid);
    assert_eq!(objecting(&finder, &token).await.unwrap().go.as_deref(), Some("/hunan/phone-change?objected=1"));
    let closed = row(&house, &first.id).await;
    assert_eq!((closed.status, audited(&house, &first.id, "object").await.len()), (Status::Closed, 1));
    assert_eq!(refusal(objecting(&finder, &token).await), Refusal::LinkVoid);
    let li = reviewer(&house, PROVINCE, "李审核").await;
    assert!(approve(&house, &li, &first.id).await.is_err());
    let timeline = case(&li, &first.id).await.unwrap().timeline;
    assert!(timeline[1].action == Action::Object && timeline[1].note.contains("不是本人"), "{timeline:?}");
    assert_eq!(texts(&house, NEW, "phone_change_stopped").await.len(), 1);

    house.clock.forward(Duration::minutes(2));
    apply(&stranger, (NAME, NUMBER), NEW).await.unwrap();
    let second = newest(&house).await.unwrap();
    assert!(second.id != first.id && second.status == Status::Submitted, "a closed case does not stand in the way");
    two_agree(&house, &second.id).await;
    house.clock.forward(Duration::hours(71));
    objecting(&finder, &link(&house).await).await.unwrap();
    assert_eq!(row(&house, &second.id).await.status, Status::Closed);
    house.clock.forward(Duration::hours(2));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (0, MOBILE));
    assert_audit_stands(&house).await;
}
both!(the_old_number_stops_it_before_and_after_the_approval);

async fn two_persons_who_agree_at_once_are_still_two_decisions(house: House) {
    let house = changing(house);
    let (_, asked) = applied(&house).await;
    let both = [reviewer(&house, PROVINCE, "李审核").await, reviewer(&house, PROVINCE, "王审核").await];
    for (version, done) in [(asked.version, Status::Submitted), (asked.version + 1, Status::Approved)] {
        let posts = both.clone().map(|visit| {
            let id = asked.id.clone();
            tokio::spawn(async move { decide(&visit, &id, version, "approve").await })
        });
        let outcomes = join_all(posts).await;
        assert_eq!(outcomes.iter().filter(|outcome| outcome.as_ref().unwrap().is_ok()).count(), 1, "{outcomes:?}");
        assert_eq!(row(&house, &asked.id).await.status, done);
    }
    assert_eq!(audited(&house, &asked.id, "endorse").await.len(), 1);
    assert_eq!(audited(&house, &asked.id, "approve").await.len(), 1);
}
both!(two_persons_who_agree_at_once_are_still_two_decisions);

async fn servers_that_settle_at_once_change_a_number_once(house: House) {
    let house = changing(house);
    let (_, asked) = applied(&house).await;
    two_agree(&house, &asked.id).await;
    house.clock.forward(Duration::hours(72));
    let runs = (0..8).map(|_| {
        let services = house.services.clone();
        tokio::spawn(async move { settle_phone_changes(&services).await.unwrap() })
    });
    let settled: u64 = join_all(runs).await.into_iter().map(Result::unwrap).sum();
    assert_eq!((settled, audited(&house, &asked.id, "change_mobile").await.len()), (1, 1));
    assert_eq!((mobile(&house).await.as_str(), owner(&house).await.version), (NEW, 2));
    assert_eq!(texts(&house, NEW, "phone_changed").await.len(), 1);
}
both!(servers_that_settle_at_once_change_a_number_once);

async fn a_number_that_somebody_took_meanwhile_lets_the_change_lapse(house: House) {
    let house = changing(house);
    let (_, asked) = applied(&house).await;
    two_agree(&house, &asked.id).await;
    house.clock.forward(Duration::hours(72));
    let other = Browser::new(&house, "203.0.113.5").await;
    let form = other.filled("E12345678", NEW).await;
    other.register(&form).await.unwrap();
    assert_eq!(settle_phone_changes(&house.services).await.unwrap(), 1);
    assert_eq!((row(&house, &asked.id).await.status, mobile(&house).await.as_str()), (Status::Closed, MOBILE));
    assert_eq!(audited(&house, &asked.id, "lapse_phone_change").await.len(), 1);
    assert_eq!(settle_phone_changes(&house.services).await.unwrap(), 0);
}
both!(a_number_that_somebody_took_meanwhile_lets_the_change_lapse);

/// How often a number was named is counted whether it is anybody's or not, and says nothing about that.
fn without_count(answer: Answer) -> Answer {
    Answer { go: answer.go.map(|go| go.split("&left=").next().unwrap_or_default().to_owned()), ..answer }
}

async fn nobody_learns_whether_a_person_exists(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let mut said = Vec::new();
    let asked = [(NAME, NUMBER), ("李四", NUMBER), (NAME, "E12345678"), (NAME, NUMBER)];
    for (nth, who) in asked.into_iter().enumerate() {
        let new = format!("1380000001{nth}");
        let browser = Browser::new(&house, "203.0.113.9").await;
        let answer = without_count(apply(&browser, who, &new).await.unwrap());
        said.push((answer, texts(&house, &new, "phone_change").await.pop()));
        house.clock.forward(Duration::minutes(2));
    }
    assert!(said.iter().all(|one| *one == said[0]), "{said:?}");
    assert_eq!(texts(&house, MOBILE, "phone_change_asked").await.len(), 1, "only what matches, and once");
    let cases = house.services.db.read().await.unwrap().list_cases(&owner(&house).await.id, CaseKind::PhoneChange).await.unwrap();
    assert_eq!((cases.len(), cases[0].round), (1, 1), "an open application is not changed by a second one");
    // A number that serves an account is told so itself, and the browser hears the same as ever.
    let browser = Browser::new(&house, "203.0.113.9").await;
    let answer = without_count(apply(&browser, ("李四", "E12345678"), MOBILE).await.unwrap());
    assert_eq!(answer, said[0].0);
    assert!(texts(&house, MOBILE, "phone_change").await.pop().unwrap().contains("已用于一个账号"));
}
both!(nobody_learns_whether_a_person_exists);

async fn applications_are_few_for_a_document_and_an_address_whether_they_match_or_not(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    for (who, head) in [((NAME, NUMBER), "1380000002"), ((NAME, "E12345678"), "1380000003")] {
        for nth in 0..4 {
            let browser = Browser::new(&house, &format!("203.0.113.{}", 10 + nth)).await;
            let outcome = apply(&browser, who, &format!("{head}{nth}")).await;
            let is_refused = matches!(outcome, Err(Failure::Refused(Refusal::TooOften { .. })));
            assert_eq!(is_refused, nth == 3, "{nth}: {outcome:?}");
            let go = outcome.ok().and_then(|answer| answer.go).unwrap_or_default();
            let left = go.split_once("&left=").map(|(_, left)| left.split('&').next().unwrap_or_default().to_owned());
            assert_eq!(left.as_deref(), [None, Some("1"), Some("0"), None][nth], "announced before it bites: {go}");
            assert_eq!(go.contains("&again="), nth == 2, "and after the last from when it goes on: {go}");
        }
    }
    let mut refused = 0;
    for nth in 0..12 {
        house.clock.forward(Duration::minutes(1));
        let browser = Browser::new(&house, "198.51.100.1").await;
        let outcome = apply(&browser, (NAME, &format!("E0000000{}", nth % 10)), &format!("138000004{nth:02}")).await;
        refused += usize::from(matches!(outcome, Err(Failure::Refused(Refusal::TooOften { .. }))));
    }
    assert_eq!(refused, 2, "ten an hour from one address");
}
both!(applications_are_few_for_a_document_and_an_address_whether_they_match_or_not);
