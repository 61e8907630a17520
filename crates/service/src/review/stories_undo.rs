//! 撤销: a decision waits, can be taken back, and takes effect once.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::id::{BureauCode, CaseId};
use domain::review::Lapse;
use domain::review::forms::{CaseForm, DecideForm, ForwardForm, UndoForm};
use domain::review::view::StagedView;
use futures::future::join_all;
use store::case::file::Desk;
use store::case::round::VerdictRow;

use super::stories::*;
use super::{case, desk, forward, next, release, settle_decisions};
use crate::case::bureau_path;
use crate::testing::{House, both};
use crate::{Failure, Visit};

async fn undo(visit: &Visit, case: &CaseId, version: i64) -> Result<Answer, Failure> {
    super::undo(visit, &UndoForm { case: case.to_string(), version: version.to_string() }).await
}

/// A house in which decisions can be undone for half a minute, a reviewer, and a case with its version.
async fn begin(house: House) -> (House, Visit, CaseId, i64) {
    let house = house.undoing(30);
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let version = row(&house, &id).await.version;
    (house, li, id, version)
}

/// The half minute is over, and the timer comes.
async fn time_comes(house: &House) {
    house.clock.forward(Duration::seconds(30));
    settle_decisions(&house.services).await.unwrap();
}

async fn told(house: &House, id: &CaseId) -> usize {
    let account = row(house, id).await.account_id;
    house.services.db.read().await.unwrap().list_messages(&account, "~", 50).await.unwrap().len()
}

async fn on_desk(visit: &Visit) -> Vec<StagedView> {
    desk(visit).await.unwrap().staged
}

async fn a_decision_waits_untold_and_takes_effect_when_its_time_has_come(house: House) {
    let (house, li, id, version) = begin(house).await;
    let answer = decide(&li, &id, version, "approve").await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/staff/queue?undo=1"));
    let waiting = row(&house, &id).await;
    assert_eq!((waiting.status, waiting.version, told(&house, &id).await), (Status::Submitted, version, 0));
    assert_eq!(waiting.holder_name.as_deref(), Some("李审核"));
    let seen = on_desk(&li).await;
    let expected = StagedView { case: id.clone(), version, name: "张*".into(), is_approval: true, seconds: 30, lapse: None };
    assert_eq!(seen, [expected]);

    house.clock.forward(Duration::seconds(29));
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 0);
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
    house.clock.forward(Duration::seconds(1));
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 1);
    let after = row(&house, &id).await;
    assert_eq!((after.status, after.decided_by, told(&house, &id).await), (Status::Approved, Some(staff_id(&li)), 1));
    assert!(house.services.db.read().await.unwrap().find_record(&after.account_id).await.unwrap().is_some());
    assert_eq!((on_desk(&li).await, settle_decisions(&house.services).await.unwrap()), (Vec::new(), 0));
    let actors = |rows: Vec<store::audit::AuditRow>| rows.into_iter().map(|row| row.actor_id).collect::<Vec<_>>();
    for action in ["stage_decision", "approve"] {
        assert_eq!(actors(audited(&house, &id, action).await), [staff_id(&li).as_str()], "{action}");
    }
    assert_audit_stands(&house).await;
}
both!(a_decision_waits_untold_and_takes_effect_when_its_time_has_come);

async fn a_return_waits_with_its_reason(house: House) {
    let (house, li, id, version) = begin(house).await;
    assert_eq!(refusal(decide(&li, &id, version, "return").await), Refusal::NothingRejected);
    judge(&li, &id, "person.nationality", "reject", "民族与身份证不一致").await.unwrap();
    assert_eq!(refusal(decide(&li, &id, version, "approve").await), Refusal::RejectedItems);
    let form = DecideForm {
        case: id.to_string(),
        version: version.to_string(),
        decision: "return".into(),
        reason: "请尽快修改。".into(),
    };
    super::decide(&li, &form).await.unwrap();
    time_comes(&house).await;
    assert_eq!((row(&house, &id).await.status, told(&house, &id).await), (Status::Returned, 1));
    assert_eq!(case(&li, &id).await.unwrap().timeline[0].note, "请尽快修改。");
}
both!(a_return_waits_with_its_reason);

async fn a_second_return_for_another_reason_is_no_repetition(house: House) {
    let (_house, li, id, version) = begin(house).await;
    judge(&li, &id, "person.nationality", "reject", "民族与身份证不一致").await.unwrap();
    let form = |reason: &str| DecideForm {
        case: id.to_string(),
        version: version.to_string(),
        decision: "return".into(),
        reason: reason.into(),
    };
    super::decide(&li, &form("请尽快修改。")).await.unwrap();
    super::decide(&li, &form("请尽快修改。")).await.unwrap();
    let other = super::decide(&li, &form("请携带原件到窗口。")).await;
    assert!(matches!(refusal(other), Refusal::Staged { .. }), "undo comes first");
}
both!(a_second_return_for_another_reason_is_no_repetition);

async fn an_undone_decision_never_happened_and_the_case_is_still_held(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    for _ in 0..2 {
        let answer = undo(&li, &id, version).await.unwrap();
        assert_eq!(answer.go, Some(format!("/hunan/staff/cases/{id}")));
    }
    assert_eq!(audited(&house, &id, "undo_decision").await.len(), 1, "the second time changes nothing");
    time_comes(&house).await;
    let after = row(&house, &id).await;
    assert_eq!((after.status, after.version, told(&house, &id).await), (Status::Submitted, version + 1, 0));
    assert!(case(&li, &id).await.unwrap().hold.unwrap().is_mine);
    decide(&li, &id, version + 1, "approve").await.unwrap();
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.status, Status::Approved);
    assert_audit_stands(&house).await;
}
both!(an_undone_decision_never_happened_and_the_case_is_still_held);

async fn what_comes_late_neither_decides_again_nor_undoes_what_came_after(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    undo(&li, &id, version).await.unwrap();
    // The same post once more, as a line that was down sends it: what was taken back is not decided by it.
    assert!(matches!(decide(&li, &id, version, "approve").await, Err(Failure::Stale)));
    assert_eq!(on_desk(&li).await, []);
    judge(&li, &id, "person.nationality", "reject", "民族与身份证不一致").await.unwrap();
    decide(&li, &id, version + 1, "return").await.unwrap();
    assert!(matches!(undo(&li, &id, version).await, Err(Failure::Stale)), "another decision was meant");
    assert_eq!(on_desk(&li).await.iter().map(|of| of.version).collect::<Vec<_>>(), [version + 1]);
    time_comes(&house).await;
    assert_eq!((row(&house, &id).await.status, told(&house, &id).await), (Status::Returned, 1));
    for seen in [version, version + 1] {
        assert_eq!(refusal(undo(&li, &id, seen).await), Refusal::UndoOver);
    }
    assert_eq!(audited(&house, &id, "stage_decision").await.len(), 2);
    assert_audit_stands(&house).await;
}
both!(what_comes_late_neither_decides_again_nor_undoes_what_came_after);

async fn too_late_is_too_late_whether_or_not_the_timer_came(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    house.clock.forward(Duration::seconds(30));
    assert_eq!(refusal(undo(&li, &id, version).await), Refusal::UndoOver);
    settle_decisions(&house.services).await.unwrap();
    assert_eq!(refusal(undo(&li, &id, version).await), Refusal::UndoOver);
    assert_eq!(row(&house, &id).await.status, Status::Approved);
}
both!(too_late_is_too_late_whether_or_not_the_timer_came);

async fn nobody_else_undoes_and_nothing_else_happens_meanwhile(house: House) {
    let (house, li, id, version) = begin(house).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let sibling = reviewer(&house, SIBLING, "邻审核").await;
    decide(&li, &id, version, "approve").await.unwrap();
    decide(&li, &id, version, "approve").await.unwrap();
    assert_eq!(audited(&house, &id, "stage_decision").await.len(), 1, "the same decision once more changes nothing");
    assert_eq!(refusal(undo(&wang, &id, version).await), Refusal::NotYours);
    assert_not_found(undo(&sibling, &id, version).await);
    assert_eq!(on_desk(&wang).await, []);

    let until = house.services.now() + Duration::seconds(30);
    let form =
        ForwardForm {
            case: id.to_string(), version: version.to_string(), bureau: SIBLING.into(), reason: "转交给你们".into()
        };
    assert_eq!(refusal(decide(&li, &id, version, "return").await), Refusal::Staged { until });
    assert_eq!(refusal(judge(&li, &id, "person.nationality", "reject", "不一致").await), Refusal::Staged { until });
    assert_eq!(refusal(forward(&li, &form).await), Refusal::Staged { until });
    assert!(matches!(refusal(decide(&wang, &id, version, "return").await), Refusal::HeldByOther { .. }));
    release(&li, &CaseForm { case: id.to_string() }).await.unwrap();
    assert!(row(&house, &id).await.holder_id.is_some(), "it stays held");
    assert_eq!(audited(&house, &id, "release_case").await.len(), 0, "what was not given back is not written down as given back");
    assert_eq!(next(&li, None).await.unwrap().go.as_deref(), Some("/hunan/staff/queue"), "it is nobody's next case");
    let seen = case(&li, &id).await.unwrap();
    assert!(!seen.actions.contains(&domain::case::Action::Approve), "{:?}", seen.actions);
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.status, Status::Approved);
}
both!(nobody_else_undoes_and_nothing_else_happens_meanwhile);

async fn of_servers_that_come_at_once_one_puts_it_into_effect(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    house.clock.forward(Duration::seconds(30));
    let servers = (0..4).map(|_| house.services.clone());
    let came = servers.map(|services| tokio::spawn(async move { settle_decisions(&services).await.unwrap() }));
    let settled: usize = join_all(came).await.into_iter().map(Result::unwrap).sum();
    assert_eq!((settled, audited(&house, &id, "approve").await.len(), told(&house, &id).await), (1, 1, 1));
}
both!(of_servers_that_come_at_once_one_puts_it_into_effect);

async fn while_every_server_is_down_the_hold_ends_and_the_decision_stands(house: House) {
    let (house, li, id, version) = begin(house).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&li, &id, version, "approve").await.unwrap();
    house.clock.forward(Duration::minutes(20));
    assert!(matches!(refusal(judge(&wang, &id, "person.nationality", "reject", "不一致").await), Refusal::HeldByOther { .. }));
    assert_eq!(next(&wang, None).await.unwrap().go.as_deref(), Some("/hunan/staff/queue"));
    settle_decisions(&house.services).await.unwrap();
    let after = row(&house, &id).await;
    assert_eq!((after.status, after.decided_by), (Status::Approved, Some(staff_id(&li))));
}
both!(while_every_server_is_down_the_hold_ends_and_the_decision_stands);

/// It did not take effect, and the desk of `visit` says why.
async fn assert_lapsed(house: &House, id: &CaseId, visit: &Visit, why: Lapse) {
    let after = row(house, id).await;
    assert_eq!((after.decided_by, told(house, id).await), (None, 0));
    assert_eq!(audited(house, id, "lapse_decision").await.len(), 1);
    let seen = on_desk(visit).await;
    assert_eq!(seen.iter().map(|of| (&of.case, of.lapse)).collect::<Vec<_>>(), [(id, Some(why))]);
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 0, "it is not tried again");
    assert_audit_stands(house).await;
}

async fn a_disabled_reviewer_decides_nothing_and_the_colleagues_hear_of_it(house: House) {
    let (house, li, id, version) = begin(house).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    decide(&li, &id, version, "approve").await.unwrap();
    let staff = staff_id(&li);
    let disable =
        house.services.db.write(move |tx| Box::pin(async move { tx.set_staff_active("hunan", &staff, 1, false).await }));
    disable.await.unwrap();
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
    assert_lapsed(&house, &id, &wang, Lapse::Inactive).await;
    assert_eq!(next(&wang, None).await.unwrap().go, Some(format!("/hunan/staff/cases/{id}")), "it is free again");
    decide(&wang, &id, version, "approve").await.unwrap();
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.decided_by, Some(staff_id(&wang)));
    assert_eq!(on_desk(&wang).await, []);
}
both!(a_disabled_reviewer_decides_nothing_and_the_colleagues_hear_of_it);

async fn what_the_applicant_took_back_is_not_decided(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    put(&house, &id, Status::Draft, None).await;
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.status, Status::Draft);
    assert_lapsed(&house, &id, &li, Lapse::Changed).await;
    house.clock.forward(Duration::days(1));
    assert_eq!(on_desk(&signed_in_again(&house, &li).await).await.len(), 0, "it is told for a day");
}
both!(what_the_applicant_took_back_is_not_decided);

/// Moves the case to another version, at a bureau.
async fn move_to(house: &House, id: &CaseId, bureau: &'static str) {
    let (row, now, bureaus) = (row(house, id).await, house.services.now(), house.services.province("hunan").unwrap());
    let moved = house.services.db.write(move |tx| {
        Box::pin(async move {
            let bureau = BureauCode::from(bureau);
            let path = bureau_path(&bureaus.bureaus, &bureau);
            tx.hand_on_case(&row, &Desk { bureau: &bureau, bureau_path: &path, seat: 0 }, now).await
        })
    });
    moved.await.unwrap();
}

async fn a_case_of_another_version_or_bureau_is_not_decided(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    move_to(&house, &id, DISTRICT).await;
    time_comes(&house).await;
    assert_lapsed(&house, &id, &li, Lapse::Changed).await;

    let second = submitted(&house, DISTRICT, 2).await;
    decide(&li, &second, row(&house, &second).await.version, "approve").await.unwrap();
    move_to(&house, &second, SIBLING).await;
    time_comes(&house).await;
    assert_eq!(row(&house, &second).await.status, Status::Submitted);
    let seen = on_desk(&li).await;
    assert_eq!(seen.iter().map(|of| of.lapse).collect::<Vec<_>>(), [Some(Lapse::OutOfScope), Some(Lapse::Changed)]);
}
both!(a_case_of_another_version_or_bureau_is_not_decided);

async fn what_the_rules_refuse_by_then_goes_back_to_the_list(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    let verdict = VerdictRow {
        round: 1,
        item: "person.nationality".into(),
        is_accepted: false,
        reason: "不一致".into(),
        mark: String::new(),
        staff_id: staff_id(&li),
        judged_at: house.services.now(),
    };
    let case = id.clone();
    house.services.db.write(move |tx| Box::pin(async move { tx.save_verdict(&case, &verdict).await })).await.unwrap();
    time_comes(&house).await;
    assert_eq!(row(&house, &id).await.holder_id, None);
    assert_lapsed(&house, &id, &li, Lapse::Refused).await;
    // Otherwise nobody would ever hear what it is that the rules have against it.
    assert_eq!(refusal(decide(&li, &id, version, "approve").await), Refusal::RejectedItems);
    decide(&li, &id, version, "return").await.unwrap();
    assert_eq!(row(&house, &id).await.status, Status::Returned, "at once");
}
both!(what_the_rules_refuse_by_then_goes_back_to_the_list);

async fn what_a_server_that_died_had_taken_up_another_does_once_after_its_lease(house: House) {
    let (house, li, id, version) = begin(house).await;
    decide(&li, &id, version, "approve").await.unwrap();
    house.clock.forward(Duration::seconds(30));
    // The one that dies has the lease, and nothing more.
    let now = house.services.now();
    let claim =
        house.services.db.write(move |tx| Box::pin(async move { tx.claim_staged(now, now + Duration::seconds(60)).await }));
    assert_eq!(claim.await.unwrap(), std::slice::from_ref(&id));
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 0, "it may still be at work");
    assert_eq!(row(&house, &id).await.status, Status::Submitted);
    house.clock.forward(Duration::seconds(61));
    assert_eq!(settle_decisions(&house.services).await.unwrap(), 1);
    assert_eq!((row(&house, &id).await.status, told(&house, &id).await), (Status::Approved, 1));
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(what_a_server_that_died_had_taken_up_another_does_once_after_its_lease);
