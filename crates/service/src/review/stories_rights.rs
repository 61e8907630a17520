//! Who may do what, exhaustively.

use chrono::Duration;
use domain::case::{Action, CaseKind, Refusal, Role, Status, actions, after, permitted};
use domain::fault::Fault;
use domain::id::CaseId;
use domain::limit::Limited;
use domain::review::forms::{CaseForm, ForwardForm, RevealForm};
use domain::review::view::QueueQuery;

use super::stories::*;
use super::{case, desk, forward, next, queue, release, reveal, take_hold};
use crate::testing::{House, both};
use crate::{Failure, Visit};

fn forwarding(case: &CaseId, version: i64, bureau: &str) -> ForwardForm {
    ForwardForm {
        case: case.to_string(), version: version.to_string(), bureau: bureau.into(), reason: "单位不在本区".into()
    }
}

fn revealing(case: &CaseId, purpose: &str) -> RevealForm {
    RevealForm { case: case.to_string(), purpose: purpose.into() }
}

async fn act(visit: &Visit, case: &CaseId, version: i64, action: Action) -> Option<Result<(), Failure>> {
    let form = CaseForm { case: case.to_string() };
    Some(match action {
        Action::Look => super::case(visit, case).await.map(drop),
        Action::Hold => take_hold(visit, &form).await.map(drop),
        Action::Judge => judge(visit, case, "person.nationality", "accept", "").await.map(drop),
        Action::Approve => decide(visit, case, version, "approve").await.map(drop),
        Action::Return => decide(visit, case, version, "return").await.map(drop),
        Action::Forward => forward(visit, &forwarding(case, version, SIBLING)).await.map(drop),
        Action::Reveal => reveal(visit, &revealing(case, "电话核实")).await.map(drop),
        Action::Save | Action::Submit | Action::Withdraw | Action::Delete | Action::Cancel | Action::Resubmit | Action::Note => {
            return None;
        }
        // Not of this kind; its own stories try them.
        Action::Endorse | Action::Object | Action::Apply | Action::Lapse | Action::Revoke => return None,
    })
}

async fn every_action_in_every_status_is_open_to_whom_the_table_says(house: House) {
    let rules = CaseKind::Intake.rules();
    let (mut nth, mut done) = (0, 0);
    for (role, bureau) in [(Role::Reviewer, DISTRICT), (Role::Overseer, PROVINCE), (Role::Stranger, SIBLING)] {
        let visit = reviewer(&house, bureau, "李审核").await;
        let judge_of_it = reviewer(&house, DISTRICT, "王审核").await;
        for (status, action) in Status::ALL.iter().flat_map(|status| Action::ALL.iter().map(|action| (*status, *action))) {
            nth += 1;
            let id = submitted(&house, DISTRICT, nth).await;
            if action == Action::Return {
                judge(&judge_of_it, &id, "person.nationality", "reject", "与材料不一致").await.unwrap();
                release(&judge_of_it, &CaseForm { case: id.to_string() }).await.unwrap();
            }
            match status {
                Status::Submitted => {}
                Status::Draft => put(&house, &id, status, None).await,
                Status::Returned | Status::Approved | Status::Closed => {
                    put(&house, &id, status, Some(&staff_id(&judge_of_it))).await
                }
            }
            let version = row(&house, &id).await.version;
            let Some(result) = act(&visit, &id, version, action).await else { continue };
            let then = row(&house, &id).await.status;
            done += 1;
            match permitted(status, role, action, &rules) {
                Ok(()) => {
                    assert!(result.is_ok(), "{role:?} {status:?} {action:?}: {result:?}");
                    assert_eq!(Some(then), after(status, action));
                }
                Err(expected) => {
                    assert_eq!(then, status);
                    if actions(status, role).contains(&Action::Look) {
                        assert_eq!(refusal(result), expected, "{role:?} {status:?} {action:?}");
                    } else if status == Status::Draft && role != Role::Stranger {
                        assert_eq!(refusal(result), Refusal::Withdrawn, "{role:?} {action:?}: it lay here before");
                    } else {
                        assert_not_found(result);
                    }
                }
            }
        }
    }
    assert_eq!(done, 3 * 5 * 7);
    assert_audit_stands(&house).await;
}
both!(every_action_in_every_status_is_open_to_whom_the_table_says);

async fn only_reviewers_with_their_second_factor_get_in(house: House) {
    let id = submitted(&house, DISTRICT, 1).await;
    let half = staff(&house, DISTRICT, "李审核", "reviewer", false).await;
    let administrator = staff(&house, DISTRICT, "管理员", "administrator", true).await;
    let nowhere = reviewer(&house, "999999", "无单位").await;
    let visitor = house.visit(None).await;
    for (visit, expected) in [
        (&visitor, Refusal::SignInAgain),
        (&half, Refusal::SecondFactorNeeded),
        (&administrator, Refusal::NotYours),
        (&nowhere, Refusal::NotYours),
    ] {
        assert_eq!(refusal(desk(visit).await), expected);
        assert_eq!(refusal(queue(visit, &QueueQuery::default()).await), expected);
        assert_eq!(refusal(next(visit, None).await), expected);
        for action in Action::ALL {
            if let Some(result) = act(visit, &id, 2, *action).await {
                assert_eq!(refusal(result), expected, "{action:?}");
            }
        }
    }
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_not_found(case(&li, &CaseId::from("00000000-0000-7000-8000-999999999999")).await);
}
both!(only_reviewers_with_their_second_factor_get_in);

async fn a_forwarded_case_leaves_the_sight_of_the_one_who_sent_it(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let chen = reviewer(&house, SIBLING, "陈审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let before = row(&house, &id).await;
    let view = case(&li, &id).await.unwrap();
    assert!(view.bureaus.iter().all(|(code, _)| code != DISTRICT) && view.bureaus.iter().any(|(code, _)| code == SIBLING));
    assert_not_found(case(&chen, &id).await);
    for wrong in [DISTRICT, "210102", ""] {
        let Err(Failure::Invalid(errors)) = forward(&li, &forwarding(&id, before.version, wrong)).await else { panic!() };
        assert_eq!(errors.of("bureau"), Some(&Fault::NotInList));
    }
    let form = ForwardForm { reason: "短".into(), ..forwarding(&id, before.version, SIBLING) };
    let Err(Failure::Invalid(errors)) = forward(&li, &form).await else { panic!() };
    assert_eq!(errors.of("reason"), Some(&Fault::TooShort(2)));

    let answer = forward(&li, &forwarding(&id, before.version, SIBLING)).await.unwrap();
    assert_eq!(answer.go.as_deref(), Some("/hunan/staff/queue"));
    let moved = row(&house, &id).await;
    assert_eq!((moved.bureau.as_ref().unwrap().as_str(), moved.bureau_path.as_str()), (SIBLING, "430000/430100/430102"));
    assert_eq!((moved.due_on, moved.status, moved.holder_id), (before.due_on, Status::Submitted, None));
    for action in Action::ALL {
        if let Some(result) = act(&li, &id, moved.version, *action).await {
            assert_not_found(result);
        }
    }
    let view = case(&chen, &id).await.unwrap();
    assert_eq!((view.timeline[0].action, view.timeline[0].note.as_str()), (Action::Forward, "单位不在本区"));
    let told = house.services.db.read().await.unwrap().list_messages(&moved.account_id, "~", 5).await.unwrap();
    assert!(told.len() == 1 && told[0].body.starts_with("您的申请已转由") && told[0].body.contains("审核"));
    decide(&chen, &id, moved.version, "approve").await.unwrap();
    let late = refusal(forward(&chen, &forwarding(&id, moved.version, DISTRICT)).await);
    assert!(matches!(late, Refusal::DecidedByOther { status: Status::Approved, .. }), "{late:?}");
    assert_audit_stands(&house).await;
}
both!(a_forwarded_case_leaves_the_sight_of_the_one_who_sent_it);

async fn a_reveal_has_a_purpose_is_audited_and_happens_at_most_sixty_times_an_hour(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    for (purpose, fault) in [(" ", Fault::Missing), ("查", Fault::TooShort(2)), (&*"查".repeat(101), Fault::TooLong(100))] {
        let Err(Failure::Invalid(errors)) = reveal(&li, &revealing(&id, purpose)).await else { panic!("{purpose}") };
        assert_eq!(errors.of("purpose"), Some(&fault));
    }
    let start = house.services.now();
    for nth in 1..=60 {
        let shown = reveal(&li, &revealing(&id, "电话 13900000001 核实")).await.unwrap();
        assert_eq!((shown.document.as_str(), shown.mobile.as_str()), ("430102199003070001", "13900000001"));
        assert_eq!(shown.left.map(|left| left.times), (nth >= 58).then_some(60 - nth));
    }
    let refused = refusal(reveal(&li, &revealing(&id, "电话核实")).await);
    assert_eq!(refused, Refusal::TooOften { of: Limited::Reveals, retry_at: start + Duration::hours(1), at: start });
    let rows = audited(&house, &id, "reveal").await;
    assert_eq!(rows.len(), 60);
    assert!(rows.iter().all(|row| row.detail == r#"{"purpose":"电话***核实"}"#), "{}", rows[0].detail);
    let li = house.wait_awake(&li, Duration::hours(1) + Duration::seconds(1)).await;
    reveal(&li, &revealing(&id, "电话核实")).await.unwrap();
    assert_audit_stands(&house).await;
}
both!(a_reveal_has_a_purpose_is_audited_and_happens_at_most_sixty_times_an_hour);

async fn parallel_reveals_do_not_pass_the_limit_together(house: House) {
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let id = submitted(&house, DISTRICT, 1).await;
    let asked = (0..80).map(|_| {
        let (visit, form) = (li.clone(), revealing(&id, "电话核实"));
        tokio::spawn(async move { reveal(&visit, &form).await })
    });
    let answers = futures::future::join_all(asked).await;
    assert_eq!(answers.into_iter().filter(|answer| answer.as_ref().unwrap().is_ok()).count(), 60);
}
both!(parallel_reveals_do_not_pass_the_limit_together);
