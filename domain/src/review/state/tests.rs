use super::*;

const HUNAN: Rules = Rules::of(CaseKind::Intake, true);
const ELSEWHERE: Rules = Rules::of(CaseKind::Intake, false);
const DOUBLE: Rules = Rules::of(CaseKind::PhoneChange, true);

fn table() -> String {
    let mut text = String::from(
        "# The case machine\n\nEvery status × action × role, printed by the test of `domain::review` and compared with it.\n\
         `then` is the status that follows; `withdraw` is offered only where the province permits it; `endorse`, `object`,\n\
         `apply` and `lapse` belong to kinds that two persons decide and whose effect waits, which have no `save` and no `judge`.\n\n",
    );
    let roles: Vec<&str> = Role::ALL.iter().map(|role| role.code()).collect();
    text.push_str(&format!("| status | action | then | {} |\n|---|---|---|{}\n", roles.join(" | "), "---|".repeat(roles.len())));
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

#[test]
fn the_table_that_people_read_is_the_table_that_the_code_obeys() {
    let table = table();
    assert!(table == include_str!("../../../../docs/case-machine.md"), "docs/case-machine.md should read:\n{table}");
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
            let may_end = rules.is_double && then == Status::Closed;
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
fn only_a_kind_that_two_persons_decide_knows_endorsements_objections_and_a_later_effect() {
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
