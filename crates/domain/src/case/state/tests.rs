use super::*;
use crate::case::{CaseKind, Seat};

const HUNAN: KindRules = CaseKind::Intake.rules();
const ELSEWHERE: KindRules = KindRules { may_withdraw: false, ..HUNAN };
const DOUBLE: KindRules = CaseKind::PhoneChange.rules();

/// Every kind that is delivered.
fn kinds() -> impl Iterator<Item = CaseKind> {
    CaseKind::ALL.iter().copied().filter(|kind| kind.code() != "demo")
}

fn machine() -> String {
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    let mut text = format!("| status | action | then | {} |\n|---|---|---|{}\n", roles.join(" | "), "---|".repeat(roles.len()));
    for status in Status::ALL {
        for action in Action::ALL {
            let then = after(*status, *action).map_or("—", Status::code);
            let marks: String =
                Role::ALL.iter().map(|role| if actions(*status, *role).contains(action) { " yes |" } else { " |" }).collect();
            text.push_str(&format!("| {} | {} | {then} |{marks}\n", status.code(), action.code()));
        }
    }
    text
}

/// What a kind permits, in words.
fn row(kind: CaseKind) -> String {
    let rules = kind.rules();
    let seats: Vec<&str> =
        rules.seats.iter().map(|seat| if *seat == Seat::Same { "same bureau" } else { "next bureau" }).collect();
    let judged = if rules.judged == Judged::PerItem { "item by item" } else { "as a whole" };
    let marks: String = [
        rules.has_draft,
        rules.has_delay,
        rules.may_object,
        rules.may_withdraw,
        rules.may_delete,
        rules.may_cancel,
        rules.may_revoke,
        rules.is_single,
    ]
    .map(|is_so| if is_so { " yes |" } else { " |" })
    .concat();
    format!("| {} | {} | {judged} |{marks}\n", kind.code(), seats.join(", then "))
}

/// What each role may do with a case of a kind in each status.
fn offers(kind: CaseKind) -> String {
    let mut text = format!("\n## {}\n\n| status | role | may |\n|---|---|---|\n", kind.code());
    for status in Status::ALL {
        for role in Role::ALL {
            let may: Vec<&str> = offered(*status, *role, &kind.rules()).map(Action::code).collect();
            if !may.is_empty() {
                text.push_str(&format!("| {} | {} | {} |\n", status.code(), role.code(), may.join(", ")));
            }
        }
    }
    text
}

fn table() -> String {
    format!(
        "# The case machine\n\nPrinted by the test of `domain::case` and compared with it. A province may take something away from a kind, and adds\n\
         nothing.\n\n## Kinds\n\n\
         | kind | seats | judged | draft | delay | object | withdraw | delete | cancel | revoke | one at a time |\n\
         |---|---|---|---|---|---|---|---|---|---|---|\n{}{}\n\
         ## Every status × action × role\n\n`then` is the status that follows; what a kind does not permit is left out above.\n\n{}",
        kinds().map(row).collect::<String>(),
        kinds().map(offers).collect::<String>(),
        machine(),
    )
}

#[test]
fn the_table_that_people_read_is_the_table_that_the_code_obeys() {
    let table = table();
    assert!(table == include_str!("../../../../../docs/case-machine.md"), "docs/case-machine.md should read:\n{table}");
}

#[test]
fn an_action_is_possible_exactly_when_some_role_may_do_it() {
    for status in Status::ALL {
        for action in Action::ALL {
            let is_somebodys = Role::ALL.iter().any(|role| actions(*status, *role).contains(action));
            assert_eq!(after(*status, *action).is_some(), is_somebodys, "{status:?} {action:?}");
        }
    }
}

#[test]
fn random_actions_never_leave_the_graph() {
    let mut seed = 20_190_101_u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    let mut seen = std::collections::BTreeSet::new();
    for nth in 0..1000 {
        let rules = if nth % 2 == 0 { HUNAN } else { DOUBLE };
        let (mut status, mut was_submitted) = (Status::Draft, false);
        for _ in 0..40 {
            let (role, action) = (Role::ALL[next(Role::ALL.len())], Action::ALL[next(Action::ALL.len())]);
            let Ok(()) = permitted(status, role, action, &rules) else { continue };
            let then = after(status, action).expect("what is permitted leads somewhere");
            was_submitted |= then == Status::Submitted;
            assert!(was_submitted || then == Status::Draft, "nothing is decided that was never submitted");
            let may_end = (rules.may_object || rules.has_delay) && then == Status::Closed;
            assert!(status != Status::Approved || then == status || may_end, "an approval is final");
            assert!(status != Status::Closed || then == status, "what has ended stays so");
            let is_decision = then != status && matches!(then, Status::Approved | Status::Returned);
            assert!(!is_decision || role == Role::Reviewer, "only the bureau of the case decides");
            status = then;
            seen.insert(status);
        }
    }
    assert_eq!(seen.len(), Status::ALL.len());
}

#[test]
fn a_stranger_may_nothing_and_an_overseer_only_looks() {
    for status in Status::ALL {
        for action in Action::ALL {
            assert_eq!(permitted(*status, Role::Stranger, *action, &HUNAN), Err(Refusal::NotYours));
            let expected = if *action == Action::Look && *status != Status::Draft { Ok(()) } else { Err(Refusal::NotYours) };
            assert_eq!(permitted(*status, Role::Overseer, *action, &HUNAN), expected, "{status:?} {action:?}");
        }
    }
}

#[test]
fn withdrawing_needs_a_province_that_permits_it() {
    let withdraw = |rules| permitted(Status::Submitted, Role::Owner, Action::Withdraw, rules);
    assert_eq!(withdraw(&HUNAN), Ok(()));
    let refusal = Refusal::NotAllowedIn { status: Status::Submitted, action: Action::Withdraw };
    assert_eq!(withdraw(&ELSEWHERE), Err(refusal));
    assert!(!offered(Status::Submitted, Role::Owner, &ELSEWHERE).any(|action| action == Action::Withdraw));
}

#[test]
fn endorsements_objections_and_a_later_effect_belong_to_the_kinds_whose_row_says_so() {
    for (status, role, action) in [
        (Status::Submitted, Role::Reviewer, Action::Endorse),
        (Status::Submitted, Role::Owner, Action::Object),
        (Status::Approved, Role::Owner, Action::Object),
        (Status::Approved, Role::Timer, Action::Apply),
        (Status::Approved, Role::Timer, Action::Lapse),
    ] {
        assert_eq!(permitted(status, role, action, &DOUBLE), Ok(()), "{status:?} {action:?}");
        assert!(permitted(status, role, action, &HUNAN).is_err(), "{status:?} {action:?}");
    }
    assert!(permitted(Status::Submitted, Role::Reviewer, Action::Judge, &DOUBLE).is_err());
    assert!(permitted(Status::Submitted, Role::Owner, Action::Withdraw, &DOUBLE).is_err());
    assert!(permitted(Status::Closed, Role::Owner, Action::Object, &DOUBLE).is_err());
}

#[test]
fn a_refusal_tells_the_owner_and_the_reviewer_what_is_the_matter() {
    let owner = |status, action| permitted(status, Role::Owner, action, &HUNAN);
    assert_eq!(owner(Status::Submitted, Action::Submit), Err(Refusal::AlreadySubmitted));
    assert_eq!(owner(Status::Approved, Action::Save), Err(Refusal::AlreadyCollected));
    assert_eq!(owner(Status::Submitted, Action::Approve), Err(Refusal::NotYours));
    let late = Refusal::NotAllowedIn { status: Status::Approved, action: Action::Return };
    assert_eq!(permitted(Status::Approved, Role::Reviewer, Action::Return, &HUNAN), Err(late));
    assert_eq!(permitted(Status::Draft, Role::Reviewer, Action::Approve, &HUNAN), Err(Refusal::NotYours));
}

#[test]
fn codes_are_read_back_and_equal_those_of_serde() {
    for status in Status::ALL {
        assert_eq!(Status::from_code(status.code()), Some(*status));
        assert_eq!(serde_json::to_string(status).unwrap(), format!("\"{}\"", status.code()));
    }
    for action in Action::ALL {
        assert_eq!(serde_json::to_string(action).unwrap(), format!("\"{}\"", action.code()));
    }
    assert_eq!(CaseKind::from_code("intake"), Some(CaseKind::Intake));
    assert_eq!(CaseKind::from_code("Intake"), None);
}

#[test]
fn only_an_approved_case_of_a_kind_whose_row_says_so_is_revoked_and_only_by_its_bureau() {
    let rules = CaseKind::Conversion.rules();
    for status in Status::ALL {
        for role in Role::ALL {
            let may = permitted(*status, *role, Action::Revoke, &rules).is_ok();
            assert_eq!(may, (*status, *role) == (Status::Approved, Role::Reviewer), "{status:?} {role:?}");
            assert!(permitted(*status, *role, Action::Revoke, &HUNAN).is_err());
        }
    }
}
