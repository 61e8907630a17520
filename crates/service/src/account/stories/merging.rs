//! One human with two accounts: found, merged by two persons of the province, and undone.

use chrono::Duration;
use domain::case::{CaseKind, Refusal};
use domain::fault::Fault;
use domain::intake::forms::PledgeForm;
use domain::merge::view::{MergeState, MergesView};
use domain::merge::{Likeness, MergeForm};
use store::account::merge::HeldRow;
use store::case::file::CaseRow;

use super::people::*;
use crate::account::{act_on_accounts, freeze, merges_view};
use crate::certificate::stories::complete;
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::phone_change::stories::{apply, changing};
use crate::review::stories::{DISTRICT, assert_audit_stands, decide, refusal, reviewer, reviewer_with};
use crate::school::stories::{administrator, enrolled, school};
use crate::testing::{House, both};
use crate::{Failure, Visit};

const PROVINCE: &str = "430000";
const OLD: (&str, &str) = ("430111199003079988", "13900001234");
/// Born on the same day: one of the two numbers was typed wrong.
const NEW: (&str, &str) = ("430102199003071234", "13900005678");

fn form(what: &str, id: &str, keep: &str) -> MergeForm {
    MergeForm { what: what.into(), id: id.into(), keep: keep.into(), reason: "与派出所核对，为同一人".into() }
}

async fn view(visit: &Visit) -> MergesView {
    merges_view(visit).await.unwrap()
}

async fn held(house: &House, visit: &Visit) -> HeldRow {
    house.services.db.read().await.unwrap().count_held(visit.account().unwrap()).await.unwrap()
}

/// Credits of a year, as the person's own sums read them.
async fn credits(house: &House, visit: &Visit) -> usize {
    house.services.db.read().await.unwrap().list_credits(visit.account().unwrap()).await.unwrap().len()
}

/// What names the account that stays on the page of a pair.
async fn side_of(house: &House, id: &str, visit: &Visit) -> &'static str {
    let pair = house.services.db.read().await.unwrap().find_alike(id).await.unwrap().unwrap();
    if pair.one == *visit.account().unwrap() { "one" } else { "other" }
}

async fn signed_in_by(house: &House, mobile: &str) -> Option<domain::id::AccountId> {
    let mut browser = Browser::new(house, "203.0.113.9").await;
    browser.send("login", mobile).await.unwrap();
    let code = browser.code(mobile).await.unwrap();
    browser.sign_in_by_mobile(mobile, &code).await.unwrap();
    browser.visit().await.account().ok().cloned()
}

async fn two_accounts_of_one_human_are_merged_by_two_with_all_that_hangs_on_them_and_parted_again(house: House) {
    let old = collected(&house, OLD.0, OLD.1).await;
    let certificate = complete(&old).await;
    let zhao = administrator(&house).await;
    let school = school(&house, &zhao, "dongao").await;
    let old = house.again(&old).await;
    enrolled(&old, &school, "2026").await;
    let new = collected(&house, NEW.0, NEW.1).await;
    let before = [held(&house, &old).await, held(&house, &new).await];

    let li = reviewer(&house, PROVINCE, "李省厅").await;
    let wang = reviewer(&house, PROVINCE, "王省厅").await;
    let found = view(&li).await.pairs.remove(0);
    assert!(found.why.contains(&Likeness::SameBirth), "{:?}", found.why);
    let keep = side_of(&house, &found.id, &new).await;
    act_on_accounts(&li, &form("ask", &found.id, keep)).await.unwrap();
    let merge = view(&li).await.merges.remove(0);
    assert_eq!(merge.state, MergeState::Waiting { may_agree: false });
    assert!(view(&li).await.pairs.is_empty());
    assert_eq!(held(&house, &old).await, before[0], "nothing moves before the second has agreed");
    assert_eq!(refusal(act_on_accounts(&li, &form("agree", &merge.id, "")).await), Refusal::SecondPersonNeeded);
    assert_eq!(view(&wang).await.merges[0].state, MergeState::Waiting { may_agree: true });
    act_on_accounts(&wang, &form("agree", &merge.id, "")).await.unwrap();
    act_on_accounts(&wang, &form("agree", &merge.id, "")).await.unwrap();

    let [after, stayed] = [held(&house, &new).await, held(&house, &old).await];
    assert_eq!(after.cases, before[0].cases + before[1].cases);
    assert_eq!((after.enrolments, after.certificates), (1, 1));
    assert_eq!(after.messages, before[0].messages + before[1].messages + 2, "with the word of the merging to both");
    assert_eq!(sent(&house, OLD.1).await.iter().filter(|(purpose, ..)| purpose == "merged").count(), 1);
    assert_eq!((after.records, stayed.records), (1, 1), "the record of the account that stays is the record");
    assert_eq!((stayed.cases, stayed.messages, stayed.enrolments, stayed.sessions), (0, 0, 0, 0));
    assert_eq!((stayed.credits, after.credits), (1, 0), "rows that are only added stay as they were written");
    assert_eq!(credits(&house, &new).await, 1, "and the person's sums read both");
    let numbers = house.services.db.read().await.unwrap().list_all_certificates(new.account().unwrap()).await.unwrap();
    assert!(numbers.iter().any(|row| row.number == certificate.number && row.ended_at.is_none()));
    assert!(house.services.db.read().await.unwrap().find_record(old.account().unwrap()).await.unwrap().is_none());
    assert!(house.again(&old).await.account().is_err(), "whoever was in is out");
    assert_eq!(signed_in_by(&house, OLD.1).await.as_ref(), new.account().ok(), "the one leads to the other");

    act_on_accounts(&wang, &form("undo", &merge.id, "")).await.unwrap();
    assert_eq!(view(&wang).await.merges[0].state, MergeState::Undone);
    let [one, other] = [held(&house, &old).await, held(&house, &new).await];
    assert_eq!(HeldRow { sessions: 0, messages: one.messages - 1, ..one }, HeldRow { sessions: 0, ..before[0] });
    assert_eq!(HeldRow { sessions: 0, messages: other.messages - 1, ..other }, HeldRow { sessions: 0, ..before[1] });
    assert_eq!(credits(&house, &new).await, 0);
    assert!(house.services.db.read().await.unwrap().find_record(old.account().unwrap()).await.unwrap().is_some());
    house.clock.forward(Duration::minutes(2));
    assert_eq!(signed_in_by(&house, OLD.1).await.as_ref(), old.account().ok());
    assert_audit_stands(&house).await;
}
both!(two_accounts_of_one_human_are_merged_by_two_with_all_that_hangs_on_them_and_parted_again);

async fn nobody_but_the_province_merges_and_what_both_have_open_comes_first(house: House) {
    let old = collected(&house, OLD.0, OLD.1).await;
    let new = collected(&house, NEW.0, NEW.1).await;
    let li = reviewer(&house, PROVINCE, "李省厅").await;
    let found = view(&li).await.pairs.remove(0);
    let ask = form("ask", &found.id, "one");
    let district = reviewer(&house, DISTRICT, "周审核").await;
    assert_eq!(refusal(act_on_accounts(&district, &ask).await), Refusal::NotYours);
    assert_eq!(refusal(merges_view(&district).await), Refusal::NotYours);
    assert_eq!(refusal(act_on_accounts(&new, &ask).await), Refusal::NotYours);
    assert_eq!(refusal(act_on_accounts(&li, &ask).await), Refusal::NoSecondPerson);
    let wang = reviewer(&house, PROVINCE, "王省厅").await;
    let own = reviewer_with(&house, PROVINCE, "张三", OLD.0).await;
    assert_eq!(refusal(act_on_accounts(&own, &ask).await), Refusal::SelfReview);
    let unsaid = MergeForm { reason: String::new(), ..ask.clone() };
    assert!(is_fault(&act_on_accounts(&li, &unsaid).await, "reason", &Fault::ReasonMissing));
    assert!(is_fault(&act_on_accounts(&li, &form("ask", &found.id, "")).await, "pair", &Fault::Missing));

    // A change is open at both.
    for visit in [&old, &new] {
        let visit = house.again(visit).await;
        crate::change::begin_change(&visit, &domain::change::forms::BeginForm::default()).await.unwrap();
    }
    assert!(is_fault(&act_on_accounts(&li, &ask).await, "pair", &Fault::DuplicateRow));
    let mut reader = house.services.db.read().await.unwrap();
    let case = reader.find_latest_case(old.account().unwrap(), CaseKind::Change).await.unwrap().unwrap();
    drop(reader);
    let drop_it = domain::change::forms::DropForm { version: case.version.to_string(), act: "delete".into() };
    crate::change::drop_change(&house.again(&old).await, &drop_it).await.unwrap();
    act_on_accounts(&li, &ask).await.unwrap();
    assert!(matches!(act_on_accounts(&wang, &ask).await, Err(Failure::Stale)), "asked for already");
    let merge = view(&li).await.merges.remove(0);
    act_on_accounts(&wang, &form("refuse", &merge.id, "")).await.unwrap();
    assert_eq!(view(&li).await.merges[0].state, MergeState::Refused);

    // Asked for anew, in force, and past the day it stays.
    act_on_accounts(&wang, &ask).await.unwrap();
    let merge = view(&li).await.merges.into_iter().find(|of| matches!(of.state, MergeState::Waiting { .. })).unwrap();
    act_on_accounts(&li, &form("agree", &merge.id, "")).await.unwrap();
    house.clock.forward(Duration::days(30));
    let later = reviewer(&house, PROVINCE, "孙省厅").await;
    assert!(is_fault(&act_on_accounts(&later, &form("undo", &merge.id, "")).await, "pair", &Fault::ChangedSince));
    assert_audit_stands(&house).await;
}
both!(nobody_but_the_province_merges_and_what_both_have_open_comes_first);

/// The link by which whoever has the number of an account freezes it.
async fn not_me(house: &House, mobile: &str) -> String {
    let texts = sent(house, mobile).await;
    let text = texts.iter().rev().find_map(|(_, text, _)| text.split_once("/hunan/not-me/")).unwrap().1;
    text.split_once(' ').unwrap().0.to_owned()
}

async fn name_of(house: &House, visit: &Visit) -> String {
    house.services.db.read().await.unwrap().find_account(visit.account().unwrap()).await.unwrap().unwrap().name
}

async fn phone_change_of(house: &House, visit: &Visit) -> Option<CaseRow> {
    let mut reader = house.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), CaseKind::PhoneChange).await.unwrap()
}

async fn a_change_of_the_telephone_that_is_not_settled_comes_before_a_merging(house: House) {
    let house = changing(house);
    let old = collected(&house, OLD.0, OLD.1).await;
    collected(&house, NEW.0, NEW.1).await;
    let li = reviewer(&house, PROVINCE, "李省厅").await;
    reviewer(&house, PROVINCE, "王省厅").await;
    let ask = form("ask", &view(&li).await.pairs.remove(0).id, "one");
    let stranger = Browser::new(&house, "203.0.113.8").await;
    apply(&stranger, (&name_of(&house, &old).await, OLD.0), "13800000001").await.unwrap();
    let case = phone_change_of(&house, &old).await.unwrap();
    assert!(is_fault(&act_on_accounts(&li, &ask).await, "pair", &Fault::DuplicateRow));
    let bureau = reviewer(&house, DISTRICT, "周审核").await;
    decide(&bureau, &case.id, case.version, "approve").await.unwrap();
    assert!(is_fault(&act_on_accounts(&li, &ask).await, "pair", &Fault::DuplicateRow), "agreed to, and not yet its day");
}
both!(a_change_of_the_telephone_that_is_not_settled_comes_before_a_merging);

async fn the_freeze_of_a_merged_account_shuts_the_way_through_it_and_nothing_is_asked_for_by_its_document(house: House) {
    let mut house = changing(house);
    house.services = house.services.with(|rooms| rooms.origin = Some("https://kj.example.gov.cn".into()));
    let old = collected(&house, OLD.0, OLD.1).await;
    let new = collected(&house, NEW.0, NEW.1).await;
    let li = reviewer(&house, PROVINCE, "李省厅").await;
    let wang = reviewer(&house, PROVINCE, "王省厅").await;
    let found = view(&li).await.pairs.remove(0);
    let keep = side_of(&house, &found.id, &new).await;
    act_on_accounts(&li, &form("ask", &found.id, keep)).await.unwrap();
    let merge = view(&li).await.merges.remove(0);
    act_on_accounts(&wang, &form("agree", &merge.id, "")).await.unwrap();

    let stranger = Browser::new(&house, "203.0.113.8").await;
    apply(&stranger, (&name_of(&house, &old).await, OLD.0), "13800000001").await.unwrap();
    assert!(phone_change_of(&house, &old).await.is_none() && phone_change_of(&house, &new).await.is_none());

    assert!(house.again(&new).await.account().is_ok());
    let secret = not_me(&house, OLD.1).await;
    freeze(&Browser::new(&house, "198.51.100.7").await.visit().await, &secret).await.unwrap();
    assert!(house.again(&new).await.account().is_err(), "whoever came in through it is out");
    assert_eq!(signed_in_by(&house, OLD.1).await, None);
    assert_eq!(signed_in_by(&house, NEW.1).await.as_ref(), new.account().ok(), "its own telephone still opens it");
    assert_audit_stands(&house).await;
}
both!(the_freeze_of_a_merged_account_shuts_the_way_through_it_and_nothing_is_asked_for_by_its_document);

/// Somebody with two accounts of which the other has applied for nothing yet; a merging that waits, and who agrees to it.
async fn about_to_be_merged(house: &House) -> (Visit, Visit, String) {
    let old = intake::person_of(house, "hunan", OLD.0, OLD.1).await;
    let new = collected(house, NEW.0, NEW.1).await;
    let (li, wang) = (reviewer(house, PROVINCE, "李省厅").await, reviewer(house, PROVINCE, "王省厅").await);
    let found = view(&li).await.pairs.remove(0);
    let keep = side_of(house, &found.id, &new).await;
    act_on_accounts(&li, &form("ask", &found.id, keep)).await.unwrap();
    (house.again(&old).await, wang, view(&li).await.merges.remove(0).id)
}

fn pledging(visit: &Visit) -> PledgeForm {
    let version = visit.province.profile.intake_line().briefing.pledge_version.clone();
    PledgeForm { agreed: "yes".into(), version }
}

async fn whoever_still_acts_for_an_account_that_leads_elsewhere_opens_nothing_for_it(house: House) {
    let (old, wang, merge) = about_to_be_merged(&house).await;
    act_on_accounts(&wang, &form("agree", &merge, "")).await.unwrap();
    let account = house.services.db.read().await.unwrap().find_account(old.account().unwrap()).await.unwrap().unwrap();
    for kind in CaseKind::ALL {
        // As a write that had looked its session up before the merging.
        let (acting, account) = (old.clone(), account.clone());
        let opened = house.services.db.write(move |tx| {
            Box::pin(async move {
                let case = CaseRow::new(acting.services.ids.id().into(), *kind, &account, 1, acting.now());
                crate::case::open(tx, &acting, &case).await
            })
        });
        assert_eq!(refusal(opened.await), Refusal::SignInAgain, "{kind:?}");
    }
    assert_eq!(held(&house, &old).await.cases, 0);
}
both!(whoever_still_acts_for_an_account_that_leads_elsewhere_opens_nothing_for_it);

async fn a_case_that_is_opened_while_two_agree_to_a_merging_goes_along_or_is_not_opened(house: House) {
    let (old, wang, merge) = about_to_be_merged(&house).await;
    let (agreement, typed) = (form("agree", &merge, ""), pledging(&old));
    let (agreed, begun) = tokio::join!(act_on_accounts(&wang, &agreement), crate::intake::pledge(&old, &typed));
    agreed.unwrap();
    assert!(begun.is_ok() || matches!(begun, Err(Failure::Refused(Refusal::SignInAgain))), "{begun:?}");
    assert_eq!(held(&house, &old).await.cases, 0, "whatever there is is at the account that stays");
    assert_audit_stands(&house).await;
}
both!(a_case_that_is_opened_while_two_agree_to_a_merging_goes_along_or_is_not_opened);

async fn two_humans_who_look_alike_are_said_to_be_two_and_not_found_again(house: House) {
    collected(&house, OLD.0, OLD.1).await;
    collected(&house, NEW.0, NEW.1).await;
    let li = reviewer(&house, PROVINCE, "李省厅").await;
    let found = view(&li).await.pairs.remove(0);
    for _ in 0..2 {
        act_on_accounts(&li, &form("dismiss", &found.id, "")).await.unwrap();
    }
    assert!(view(&li).await.pairs.is_empty());
    assert!(matches!(act_on_accounts(&li, &form("ask", &found.id, "one")).await, Err(Failure::NotFound)));
    assert_audit_stands(&house).await;
}
both!(two_humans_who_look_alike_are_said_to_be_two_and_not_found_again);
