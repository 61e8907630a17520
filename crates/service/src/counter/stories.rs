//! Two persons of a bureau correct an account; each story on both engines.

mod enrolment;
mod filling_in;
mod on_behalf;
mod print;

use domain::case::{CheckRule, Level, Refusal, Status};
use domain::counter::forms::{CorrectForm, SeekForm};
use domain::counter::view::Found;
use domain::fault::Fault;
use domain::id::CaseId;
use domain::review::forms::DecideForm;
use store::account::AccountRow;

use super::{correct, counter_view, seek};
use crate::intake::stories::zhang_san;
use crate::review::stories::{
    CITY, DISTRICT, SIBLING, account, assert_audit_stands, audited, decide, refusal, reviewer, reviewer_with, row,
};
use crate::testing::{House, both};
use crate::{Failure, Visit};

const NUMBER: &str = "430111199003079988";
const OTHER: &str = "430111198505231244";
const NEW: &str = "13700000009";

fn sought(number: &str) -> SeekForm {
    SeekForm { document_kind: "resident_id".into(), document_number: number.into() }
}

/// The token of a search, as the address of the page has it; the visit afterwards knows it.
async fn search(house: &House, visit: &Visit, number: &str) -> (Visit, String) {
    let answer = seek(visit, &sought(number)).await.unwrap();
    let token = answer.go.unwrap().split_once("search=").unwrap().1.to_owned();
    (house.again(visit).await, token)
}

fn form(what: &str, token: &str) -> CorrectForm {
    CorrectForm {
        search: token.into(),
        what: what.into(),
        reason: "本人持身份证到窗口办理".into(),
        seen: "yes".into(),
        ..CorrectForm::default()
    }
}

async fn asked(house: &House, visit: &Visit, form: CorrectForm) -> Result<CaseId, Failure> {
    let answer = correct(visit, &form).await?;
    let id = CaseId::from(answer.go.unwrap().split_once("done=").unwrap().1);
    assert_eq!(row(house, &id).await.seat, 1);
    Ok(id)
}

async fn person(house: &House, visit: &Visit) -> AccountRow {
    house.services.db.read().await.unwrap().find_account(visit.account().unwrap()).await.unwrap().unwrap()
}

fn is_fault(result: Result<impl std::fmt::Debug, Failure>, field: &str, fault: Fault) {
    assert!(matches!(&result, Err(Failure::Invalid(errors)) if errors.of(field) == Some(&fault)), "{result:?}");
}

async fn a_telephone_is_changed_by_two_persons_and_the_owner_hears_of_both_steps(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (li, token) = search(&house, &li, NUMBER).await;
    let view = counter_view(&li, &token).await.unwrap();
    let Some(Found::Here(found)) = view.found else { panic!("{:?}", view.found) };
    assert_eq!((found.document.as_str(), found.mobile.as_str()), ("430111********9988", "139****1234"));
    let id = asked(&house, &li, CorrectForm { mobile: NEW.into(), ..form("mobile", &token) }).await.unwrap();
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert_eq!(seen.seats.as_ref().unwrap().agreed, ["李四"]);
    let values: Vec<_> = seen.sections[0].rows.iter().map(|row| row.value.as_str()).collect();
    assert_eq!(values, ["更换手机号码", "139****1234", "137****0009", "本人持身份证到窗口办理"]);
    assert_eq!(refusal(decide(&li, &id, seen.case.version, "approve").await), Refusal::SecondPersonNeeded);
    assert_eq!(
        refusal(correct(&li, &CorrectForm { mobile: "13700000021".into(), ..form("mobile", &token) }).await),
        Refusal::CorrectionOpen
    );
    let before = person(&house, &zhang).await;
    decide(&wang, &id, seen.case.version, "approve").await.unwrap();
    let after = person(&house, &zhang).await;
    assert_ne!(after.mobile_hash, before.mobile_hash);
    assert_eq!(after.mobile_hash, house.services.vault.keyed_hash("mobile", NEW));
    assert_eq!(row(&house, &id).await.status, Status::Approved);
    assert!(house.again(&zhang).await.session.is_none(), "whoever was signed in has to sign in again");
    let messages = house.services.db.read().await.unwrap().list_messages(&after.id, "~", 9).await.unwrap();
    let mut titles: Vec<_> = messages.into_iter().map(|message| message.title).collect();
    titles.sort();
    assert_eq!(titles, ["窗口办理已受理", "窗口办理已生效"]);
    assert_eq!((audited(&house, &id, "ask_for_correction").await.len(), audited(&house, &id, "approve").await.len()), (1, 1));
    assert_audit_stands(&house).await;
}
both!(a_telephone_is_changed_by_two_persons_and_the_owner_hears_of_both_steps);

async fn name_and_document_are_corrected_and_a_number_is_released(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (li, token) = search(&house, &li, NUMBER).await;
    let agree = async |id: &CaseId| decide(&wang, id, row(&house, id).await.version, "approve").await.unwrap();
    let certified = crate::certificate::stories::complete(&zhang).await;
    let id = asked(&house, &li, CorrectForm { name: "张三峰".into(), ..form("name", &token) }).await.unwrap();
    agree(&id).await;
    crate::certificate::stories::assert_replaced(&zhang, &certified, "张三峰").await;
    assert_eq!(person(&house, &zhang).await.name, "张三峰");
    assert!(house.again(&zhang).await.session.is_some(), "a name ends no session");
    let id = asked(&house, &li, form("release", &token)).await.unwrap();
    agree(&id).await;
    let mobile = person(&house, &zhang).await;
    let mobile = house.services.vault.open_text("account.mobile", mobile.id.as_str(), &mobile.mobile_sealed).unwrap();
    assert_eq!(mobile, "");
    is_fault(correct(&li, &form("release", &token)).await, "what", Fault::Unchanged);
    let document = CorrectForm { document_kind: "resident_id".into(), document_number: OTHER.into(), ..form("document", &token) };
    let id = asked(&house, &li, document).await.unwrap();
    agree(&id).await;
    assert_eq!(person(&house, &zhang).await.document_hash, house.services.vault.keyed_hash("document", OTHER));
    let gone = counter_view(&li, &token).await.unwrap();
    assert!(matches!(gone.found, Some(Found::Nobody { .. })), "the wrong number is nobody's any more");
}
both!(name_and_document_are_corrected_and_a_number_is_released);

/// Neither a correction nor a release overwrites what the person has changed since.
async fn what_changed_after_it_was_asked_for_is_not_overwritten(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (li, token) = search(&house, &li, NUMBER).await;
    for what in ["mobile", "release"] {
        let form = CorrectForm { mobile: if what == "mobile" { NEW.into() } else { String::new() }, ..form(what, &token) };
        let id = asked(&house, &li, form).await.unwrap();
        let own = if what == "mobile" { "13700000021" } else { "13700000022" };
        let (vault, now) = (house.services.vault.clone(), house.services.now());
        let account = person(&house, &zhang).await.id;
        let change = house.services.db.write(move |tx| {
            Box::pin(async move {
                let sealed = vault.seal_text("account.mobile", account.as_str(), own);
                tx.save_mobile(&account, &vault.keyed_hash("mobile", own), &sealed, now).await
            })
        });
        change.await.unwrap();
        let seen = crate::review::case(&wang, &id).await.unwrap();
        let check = seen.checks.iter().find(|check| check.rule == CheckRule::AsAskedFor).unwrap();
        assert_eq!(check.level, Level::Wrong);
        is_fault(decide(&wang, &id, seen.case.version, "approve").await, "counter.before", Fault::ChangedSince);
        assert_eq!(person(&house, &zhang).await.mobile_hash, house.services.vault.keyed_hash("mobile", own));
        assert_eq!(row(&house, &id).await.status, Status::Submitted);
        let back = DecideForm {
            case: id.to_string(),
            version: seen.case.version.to_string(),
            decision: "return".into(),
            reason: "账号已有变化".into(),
        };
        crate::review::decide(&wang, &back).await.unwrap();
    }
}
both!(what_changed_after_it_was_asked_for_is_not_overwritten);

async fn the_same_correction_posted_twice_has_one_effect_and_one_answer(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let ((li, token), (wang, other)) = (search(&house, &li, NUMBER).await, search(&house, &wang, NUMBER).await);
    let wanted = |token: &str, mobile: &str| CorrectForm { mobile: mobile.into(), ..form("mobile", token) };
    let id = asked(&house, &li, wanted(&token, NEW)).await.unwrap();
    assert_eq!(asked(&house, &li, wanted(&token, NEW)).await.unwrap(), id);
    assert_eq!(audited(&house, &id, "ask_for_correction").await.len(), 1);
    assert_eq!(row(&house, &id).await.round, 1);
    // Something else, or somebody else, hears that one is open.
    for (who, form) in [(&li, wanted(&token, "13700000021")), (&wang, wanted(&other, NEW))] {
        assert_eq!(refusal(correct(who, &form).await), Refusal::CorrectionOpen);
    }
    assert_ne!(person(&house, &zhang).await.mobile_hash, house.services.vault.keyed_hash("mobile", NEW));
}
both!(the_same_correction_posted_twice_has_one_effect_and_one_answer);

async fn a_counter_does_not_read_out_the_register(house: House) {
    zhang_san(&house).await;
    let mut li = reviewer(&house, DISTRICT, "李四").await;
    for _ in 0..60 {
        li = search(&house, &li, NUMBER).await.0;
    }
    assert!(matches!(refusal(seek(&li, &sought(NUMBER)).await), Refusal::TooOften { .. }));
    let wang = reviewer(&house, DISTRICT, "王五").await;
    seek(&wang, &sought(NUMBER)).await.unwrap();
}
both!(a_counter_does_not_read_out_the_register);

async fn what_is_taken_or_unchanged_is_refused_with_its_field(house: House) {
    zhang_san(&house).await;
    account(&house, 7).await;
    let (li, _wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (li, token) = search(&house, &li, NUMBER).await;
    let mobile = |number: &str| CorrectForm { mobile: number.into(), ..form("mobile", &token) };
    is_fault(correct(&li, &mobile("13900001234")).await, "mobile", Fault::Unchanged);
    is_fault(correct(&li, &mobile("13900000007")).await, "mobile", Fault::MobileElsewhere);
    let same = CorrectForm { document_kind: "resident_id".into(), document_number: NUMBER.into(), ..form("document", &token) };
    is_fault(correct(&li, &same).await, "document_number", Fault::Unchanged);
    is_fault(correct(&li, &CorrectForm { seen: String::new(), ..form("release", &token) }).await, "seen", Fault::NotAgreed);
    let over = correct(&li, &form("release", "no-such-token")).await;
    assert!(matches!(over, Err(Failure::Stale)), "{over:?}");
}
both!(what_is_taken_or_unchanged_is_refused_with_its_field);

async fn where_a_bureau_has_one_reviewer_the_bureau_above_confirms(house: House) {
    zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    assert_eq!(refusal(correct(&li, &form("release", &token)).await), Refusal::NoSecondPerson);
    let zhao = reviewer(&house, CITY, "赵六").await;
    let id = asked(&house, &li, form("release", &token)).await.unwrap();
    assert_eq!(row(&house, &id).await.bureau.unwrap(), CITY);
    let version = row(&house, &id).await.version;
    let refuse = DecideForm {
        case: id.to_string(),
        version: version.to_string(),
        decision: "return".into(),
        reason: "请先核对证件".into(),
    };
    crate::review::decide(&zhao, &refuse).await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Returned);
    let again = asked(&house, &li, form("release", &token)).await.unwrap();
    assert_eq!((again == id, row(&house, &id).await.round), (true, 2));
    decide(&zhao, &id, row(&house, &id).await.version, "approve").await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Approved);
}
both!(where_a_bureau_has_one_reviewer_the_bureau_above_confirms);

async fn the_bureau_finds_what_somebody_at_its_counter_has_submitted(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let application = async || {
        let (li, token) = search(&house, &li, NUMBER).await;
        let Some(Found::Here(found)) = counter_view(&li, &token).await.unwrap().found else { panic!("nobody found") };
        found.application
    };
    crate::intake::stories::fill(&zhang).await;
    assert_eq!(application().await, None, "a draft is nobody's but the person's");
    crate::intake::stories::submit(&zhang).await;
    let case = application().await.expect("what was submitted");
    assert_eq!(row(&house, &case).await.status, Status::Submitted);
}
both!(the_bureau_finds_what_somebody_at_its_counter_has_submitted);

async fn nobody_corrects_for_another_bureau_or_for_oneself(house: House) {
    let zhang = zhang_san(&house).await;
    crate::intake::stories::fill(&zhang).await;
    crate::intake::stories::submit(&zhang).await;
    let (sibling, _other) = (reviewer(&house, SIBLING, "李四").await, reviewer(&house, SIBLING, "王五").await);
    let (sibling, token) = search(&house, &sibling, NUMBER).await;
    let view = counter_view(&sibling, &token).await.unwrap();
    assert!(matches!(view.found, Some(Found::Elsewhere { bureau_name }) if bureau_name.contains("雨花")));
    assert_eq!(refusal(correct(&sibling, &form("release", &token)).await), Refusal::NotYours);
    let oneself = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    let (oneself, token) = search(&house, &oneself, NUMBER).await;
    assert_eq!(counter_view(&oneself, &token).await.unwrap().found, Some(Found::Oneself));
    assert_eq!(refusal(correct(&oneself, &form("release", &token)).await), Refusal::SelfReview);
}
both!(nobody_corrects_for_another_bureau_or_for_oneself);
