//! 账号申诉: every outcome, and what nobody learns by it.

use domain::case::CheckRule;
use domain::phone_change::appeal::AppealForm;

use super::*;
use crate::account::{freeze, messages};
use crate::phone_change::appeal;

const RIGHTFUL: &str = "李四海";
const WORDS: &str = "appeal_asked";

fn in_hand() -> Vec<Offered> {
    let mut files = pictures();
    files.push(Offered { slot: "hand".into(), name: "hand.png".into(), bytes: Ok(picture(120)) });
    files
}

async fn said(browser: &Browser<'_>, claim: &str, (name, number): (&str, &str), mobile: &str) -> AppealForm {
    browser.send("appeal", mobile).await.unwrap();
    AppealForm {
        claim: claim.into(),
        name: name.into(),
        document_kind: if number.len() == 18 { "resident_id".into() } else { "passport".into() },
        document_number: number.into(),
        sms_code: browser.code(mobile).await.unwrap(),
        note: "从未注册过".into(),
    }
}

async fn appeals(browser: &Browser<'_>, claim: &str, who: (&str, &str), mobile: &str) -> Result<Answer, Failure> {
    let form = said(browser, claim, who, mobile).await;
    appeal(&browser.visit().await, &form, in_hand(), ORIGIN).await
}

async fn cases(house: &House) -> Vec<CaseRow> {
    let account = owner(house).await.id;
    house.services.db.read().await.unwrap().list_cases(&account, CaseKind::Appeal).await.unwrap()
}

async fn latest(house: &House) -> CaseRow {
    let account = owner(house).await.id;
    house.services.db.read().await.unwrap().find_latest_case(&account, CaseKind::Appeal).await.unwrap().unwrap()
}

/// The secret behind this part of an address, in the newest message of a purpose to the old number.
async fn secret(house: &House, purpose: &str, of: &str) -> String {
    let text = texts(house, MOBILE, purpose).await.pop().unwrap();
    let (_, rest) = text.split_once(of).unwrap_or_else(|| panic!("{text}"));
    rest.split_once(' ').unwrap().0.to_owned()
}

/// The same house, whose messages carry links.
fn linking(mut house: House) -> House {
    house.services = house.services.with(|rooms| rooms.origin = Some(ORIGIN.into()));
    house
}

async fn an_account_that_somebody_else_registered_is_handed_over_and_the_other_side_told(house: House) {
    let house = linking(changing(house));
    let mut other = Browser::registered(&house).await;
    let rightful = Browser::new(&house, "203.0.113.9").await;
    appeals(&rightful, "taken", (RIGHTFUL, NUMBER), NEW).await.unwrap();
    let asked = latest(&house).await;
    assert_eq!((asked.status, asked.round, asked.kind), (Status::Submitted, 1, CaseKind::Appeal));
    let told = texts(&house, MOBILE, WORDS).await.pop().unwrap();
    assert!(told.contains("携带证件") && !told.contains("objection") && !told.contains(NEW), "{told}");

    let li = reviewer(&house, PROVINCE, "李审核").await;
    let view = case(&li, &asked.id).await.unwrap();
    assert_eq!(view.sections[0].rows[0].value, "账号不是本人注册的");
    let name = view.checks.iter().find(|check| check.rule == CheckRule::AccountName).unwrap();
    assert_eq!(name.level, Level::Look, "another name is what they say");
    let files: Vec<&str> = view.files.iter().map(|(slot, _)| slot.as_str()).collect();
    assert_eq!(files, ["front", "back", "hand"]);
    assert_eq!(view.beside[0].rows[0], ["姓名", RIGHTFUL, NAME], "both sides");
    assert!(view.beside[0].rows.concat().iter().all(|cell| !cell.contains(NEW) && !cell.contains(MOBILE)), "masked");
    two_agree(&house, &asked.id).await;
    assert!(texts(&house, MOBILE, "appeal_soon").await[0].contains("11月21日 10:00"));

    house.clock.forward(Duration::hours(71));
    let finder = Browser::new(&house, "198.51.100.7").await;
    let token = secret(&house, "appeal_soon", "/hunan/not-me/").await;
    freeze(&finder.visit().await, &token).await.unwrap();
    assert_eq!(row(&house, &asked.id).await.status, Status::Approved, "what two persons decided stands");
    house.clock.forward(Duration::hours(1));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    assert_eq!(settle_phone_changes(&house.services).await.unwrap(), 0, "once");
    let account = owner(&house).await;
    assert_eq!((account.name.as_str(), account.password_hash.as_str()), (RIGHTFUL, ""));
    assert!(is_fault(&other.sign_in(NUMBER, PASSWORD).await, "document_number", &Fault::Credentials));
    assert_eq!(texts(&house, MOBILE, "handed_over").await.len(), 1);
    assert!(texts(&house, NEW, "phone_changed").await[0].contains("“忘记密码”"));
    let mut reader = house.services.db.read().await.unwrap();
    assert!(reader.find_frozen_until(&account.id, house.services.now()).await.unwrap().is_none(), "nor does a stranger's ice");
    drop(reader);
    assert_eq!(audited(&house, &asked.id, "hand_over_account").await.len(), 1);
    assert_audit_stands(&house).await;
    let mut at_home = Browser::new(&house, "203.0.113.4").await;
    at_home.send("login", NEW).await.unwrap();
    let code = at_home.code(NEW).await.unwrap();
    at_home.sign_in_by_mobile(NEW, &code).await.unwrap();
    assert_eq!(messages(&at_home.visit().await).await.unwrap()[0].title, "账号已移交给您");
}
both!(an_account_that_somebody_else_registered_is_handed_over_and_the_other_side_told);

async fn an_account_that_is_shut_to_its_owner_gets_the_new_number_unless_the_old_one_objects(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let person = Browser::new(&house, "203.0.113.9").await;
    appeals(&person, "mine", (NAME, NUMBER), NEW).await.unwrap();
    let first = latest(&house).await;
    let token = secret(&house, WORDS, "/hunan/phone-change/objection/").await;
    let finder = Browser::new(&house, "198.51.100.7").await;
    objecting(&finder, &token).await.unwrap();
    assert_eq!(row(&house, &first.id).await.status, Status::Closed);

    house.clock.forward(Duration::minutes(2));
    appeals(&person, "mine", (NAME, NUMBER), NEW).await.unwrap();
    let second = latest(&house).await;
    assert!(second.id != first.id);
    two_agree(&house, &second.id).await;
    let told = texts(&house, NEW, "appeal_approved").await.pop().unwrap();
    assert!(told.contains(second.number.as_deref().unwrap()), "the number to look it up by: {told}");
    house.clock.forward(Duration::hours(72));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    let mut at_home = Browser::new(&house, "203.0.113.1").await;
    at_home.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_eq!(owner(&house).await.name, NAME);
    assert_audit_stands(&house).await;
}
both!(an_account_that_is_shut_to_its_owner_gets_the_new_number_unless_the_old_one_objects);

async fn an_appeal_is_refused_with_a_reason_and_may_be_made_again(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let person = Browser::new(&house, "203.0.113.9").await;
    appeals(&person, "taken", (RIGHTFUL, NUMBER), NEW).await.unwrap();
    let asked = latest(&house).await;
    let li = reviewer(&house, PROVINCE, "李审核").await;
    let Err(Failure::Invalid(errors)) = give_back(&house, &li, &asked.id, "").await else { panic!("a reason is needed") };
    assert_eq!(errors.of("reason"), Some(&Fault::ReasonMissing));
    give_back(&house, &li, &asked.id, "手持证件的照片不清晰").await.unwrap();
    let told = texts(&house, NEW, "appeal_returned").await.pop().unwrap();
    assert!(told.contains("手持证件的照片不清晰"), "{told}");
    let mut other = Browser::new(&house, "203.0.113.1").await;
    other.sign_in(NUMBER, PASSWORD).await.unwrap();
    let seen = messages(&other.visit().await).await.unwrap();
    assert!(seen[0].title == "账号申诉没有通过" && !seen[0].body.contains("照片"), "{seen:?}");
    house.clock.forward(Duration::minutes(2));
    appeals(&person, "taken", (RIGHTFUL, NUMBER), NEW).await.unwrap();
    let again = latest(&house).await;
    assert_eq!((again.id, again.round, again.status), (asked.id, 2, Status::Submitted));
}
both!(an_appeal_is_refused_with_a_reason_and_may_be_made_again);

async fn nobody_learns_from_an_appeal_whether_there_is_an_account(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let mut heard = Vec::new();
    for (nth, number) in [NUMBER, "E12345678"].into_iter().enumerate() {
        let new = format!("1380000001{nth}");
        let browser = Browser::new(&house, "203.0.113.9").await;
        let answer = without_count(appeals(&browser, "taken", (RIGHTFUL, number), &new).await.unwrap());
        heard.push((answer, texts(&house, &new, "appeal").await.pop()));
        house.clock.forward(Duration::minutes(2));
    }
    assert_eq!(heard[0], heard[1]);
    assert!(heard[0].1.as_ref().is_some_and(|text| text.contains("账号申诉已收到")), "{heard:?}");
    assert_eq!((texts(&house, MOBILE, WORDS).await.len(), cases(&house).await.len()), (1, 1), "only of what there is");
    // The limits of 手机号更换 and of appeals are one: nobody asks twice as often by going both ways.
    for nth in 2..4 {
        let browser = Browser::new(&house, &format!("203.0.113.1{nth}")).await;
        let outcome = apply(&browser, (NAME, NUMBER), &format!("1380000001{nth}")).await;
        assert!(outcome.is_ok(), "{outcome:?}");
    }
    let browser = Browser::new(&house, "203.0.113.20").await;
    let outcome = appeals(&browser, "mine", (NAME, NUMBER), "13800000015").await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::TooOften { .. }))), "{outcome:?}");
}
both!(nobody_learns_from_an_appeal_whether_there_is_an_account);

async fn the_same_appeal_from_two_windows_at_once_is_one_case(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let mut posts = Vec::new();
    for (nth, mobile) in [NEW, "13800000002"].into_iter().enumerate() {
        let browser = Browser::new(&house, &format!("203.0.113.3{nth}")).await;
        let form = said(&browser, "taken", (RIGHTFUL, NUMBER), mobile).await;
        posts.push((browser.visit().await, form));
    }
    let runs = posts.into_iter().map(|(visit, form)| tokio::spawn(async move { appeal(&visit, &form, in_hand(), ORIGIN).await }));
    let outcomes = join_all(runs).await;
    assert!(outcomes.iter().all(|outcome| outcome.as_ref().unwrap().is_ok()), "both hear the same: {outcomes:?}");
    let cases = cases(&house).await;
    assert_eq!((cases.len(), cases[0].round, texts(&house, MOBILE, WORDS).await.len()), (1, 1, 1));
}
both!(the_same_appeal_from_two_windows_at_once_is_one_case);

async fn a_number_that_was_asked_for_before_a_handing_over_does_not_come_after_it(house: House) {
    let house = changing(house);
    let mut other = Browser::registered(&house).await;
    appeals(&Browser::new(&house, "203.0.113.9").await, "taken", (RIGHTFUL, NUMBER), NEW).await.unwrap();
    let appeal = latest(&house).await.id;
    two_agree(&house, &appeal).await;
    house.clock.forward(Duration::hours(1));
    // Whoever has the account asks for another number of theirs, and two persons agree to that as well.
    apply(&Browser::new(&house, "203.0.113.5").await, (NAME, NUMBER), "13800000009").await.unwrap();
    let change = newest(&house).await.unwrap().id;
    two_agree(&house, &change).await;
    house.clock.forward(Duration::hours(71) - Duration::minutes(1));
    other.sign_in(NUMBER, PASSWORD).await.unwrap();
    house.clock.forward(Duration::minutes(1));
    assert!(other.visit().await.account().is_ok());
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    assert!(other.visit().await.account().is_err(), "every session has ended");
    house.clock.forward(Duration::hours(1));
    assert_eq!((settle_phone_changes(&house.services).await.unwrap(), mobile(&house).await.as_str()), (1, NEW));
    assert_eq!(row(&house, &change).await.status, Status::Closed);
    assert_eq!(audited(&house, &change, "lapse_phone_change").await.len(), 1);
}
both!(a_number_that_was_asked_for_before_a_handing_over_does_not_come_after_it);

async fn whatever_is_missing_of_an_appeal_is_told_at_its_field(house: House) {
    let house = changing(house);
    Browser::registered(&house).await;
    let browser = Browser::new(&house, "203.0.113.9").await;
    let nowhere = appeal(&browser.visit().await, &AppealForm::default(), Vec::new(), ORIGIN).await.unwrap();
    assert_eq!(nowhere.go.as_deref(), Some("/hunan/appeal"), "first the number");
    let form = said(&browser, "", (RIGHTFUL, NUMBER), NEW).await;
    let outcome = appeal(&browser.visit().await, &form, pictures(), ORIGIN).await;
    assert!(is_fault(&outcome, "claim", &Fault::NotInList) && is_fault(&outcome, "hand", &Fault::FileMissing), "{outcome:?}");
    let form = AppealForm { claim: "mine".into(), ..form };
    appeal(&browser.visit().await, &form, in_hand(), ORIGIN).await.unwrap();
    assert_eq!(cases(&house).await.len(), 1, "what was wrong cost no code");
}
both!(whatever_is_missing_of_an_appeal_is_told_at_its_field);
