//! Who is what to a case, and who has which power.

use super::*;
use crate::province::Bureau;

fn bureaus() -> Bureaus {
    let bureau = |(code, level, parent): (&str, u8, &str)| {
        let text = str::to_owned;
        let bureau = Bureau {
            code: code.into(),
            name: text(code),
            level,
            parent: BureauCode::given(parent),
            division: text(code),
            handles_direct: true,
            address: String::new(),
            phone: String::new(),
            hours: String::new(),
        };
        (bureau.code.clone(), bureau)
    };
    let rows = [("430000", 1, ""), ("430100", 2, "430000"), ("430111", 3, "430100"), ("430112", 3, "430100")];
    Bureaus(rows.into_iter().map(bureau).collect())
}

fn staff(bureau: &str) -> Actor {
    let member = Member {
        id: "s".into(),
        name: "李审核".to_owned(),
        province: "hunan".to_owned(),
        bureau: bureau.into(),
        role: StaffRole::Reviewer,
        is_second_factor_done: true,
    };
    Actor::Staff { member, session: "x".to_owned() }
}

fn changed(bureau: &str, change: impl FnOnce(&mut StaffRole, &mut bool, &mut String)) -> Actor {
    let mut actor = staff(bureau);
    if let Actor::Staff { member, .. } = &mut actor {
        change(&mut member.role, &mut member.is_second_factor_done, &mut member.province);
    }
    actor
}

fn role(actor: &Actor, case_bureau: &str) -> Role {
    role_in(actor, "hunan", &"a".into(), BureauCode::given(case_bureau).as_ref(), &bureaus())
}

#[test]
fn a_bureau_reviews_its_own_cases_and_looks_at_those_below_but_never_beside_or_above() {
    assert_eq!(role(&staff("430111"), "430111"), Role::Reviewer);
    assert_eq!(role(&staff("430100"), "430111"), Role::Overseer);
    assert_eq!(role(&staff("430000"), "430111"), Role::Overseer);
    assert_eq!(role(&staff("430112"), "430111"), Role::Stranger);
    assert_eq!(role(&staff("430111"), "430100"), Role::Stranger);
}

#[test]
fn a_case_without_a_bureau_or_of_another_province_is_nobodys() {
    assert_eq!(role(&staff("430000"), ""), Role::Stranger);
    assert_eq!(role(&staff(""), ""), Role::Stranger);
    let other = changed("430111", |_, _, province| "hubei".clone_into(province));
    assert_eq!(role(&other, "430111"), Role::Stranger);
}

#[test]
fn an_administrator_and_a_reviewer_without_second_factor_see_no_case() {
    let administrator = changed("430111", |role, _, _| *role = StaffRole::Administrator);
    let half = changed("430111", |_, is_done, _| *is_done = false);
    assert_eq!([role(&administrator, "430111"), role(&half, "430111")], [Role::Stranger; 2]);
    assert_eq!(scope(&administrator, &bureaus(), true), Err(Refusal::NotYours));
    assert_eq!(scope(&half, &bureaus(), true), Err(Refusal::SecondFactorNeeded));
}

#[test]
fn only_an_administrator_of_the_province_s_own_bureau_with_both_factors_administers() {
    let administrator = |bureau| changed(bureau, |role, _, _| *role = StaffRole::Administrator);
    let half = changed("430000", |role, is_done, _| (*role, *is_done) = (StaffRole::Administrator, false));
    let accountant = Actor::Accountant { account: "a".into(), province: "hunan".to_owned(), session: "x".to_owned() };
    for (actor, expected) in [
        (administrator("430000"), Ok(())),
        (administrator("430100"), Err(Refusal::NotYours)),
        (administrator("999999"), Err(Refusal::NotYours)),
        (staff("430000"), Err(Refusal::NotYours)),
        (half, Err(Refusal::SecondFactorNeeded)),
        (accountant, Err(Refusal::NotYours)),
        (Actor::Visitor { session: "x".to_owned() }, Err(Refusal::SignInAgain)),
    ] {
        for power in [Power::KeepStaff, Power::KeepPortal, Power::KeepContacts] {
            assert_eq!(holder(&actor, power, &bureaus()).map(drop), expected, "{actor:?} {power:?}");
        }
    }
}

#[test]
fn an_accountant_owns_only_the_own_case() {
    let accountant = |account: &str, province: &str| Actor::Accountant {
        account: account.into(),
        province: province.to_owned(),
        session: "x".to_owned(),
    };
    assert_eq!(role(&accountant("a", "hunan"), ""), Role::Owner);
    assert_eq!(role(&accountant("b", "hunan"), ""), Role::Stranger);
    assert_eq!(role(&accountant("a", "hubei"), ""), Role::Stranger);
    assert_eq!(scope(&accountant("a", "hunan"), &bureaus(), false), Err(Refusal::NotYours));
    assert_eq!(scope(&Actor::Visitor { session: "x".to_owned() }, &bureaus(), false), Err(Refusal::SignInAgain));
}

#[test]
fn whoever_fills_in_for_a_person_is_a_stranger_to_every_case_and_has_no_power() {
    let Actor::Staff { member, .. } = staff("430111") else { panic!() };
    let acting = Actor::Acting { account: "a".into(), member, session: "x".to_owned() };
    assert_eq!([role(&acting, "430111"), role(&acting, "")], [Role::Stranger; 2]);
    assert_eq!(scope(&acting, &bureaus(), false), Err(Refusal::NotYours));
}

#[test]
fn a_program_is_a_stranger_to_every_case_and_does_what_its_token_is_for_alone() {
    let machine = Machine { kind: MachineKind::School, id: "s".to_owned(), province: "hunan".to_owned() };
    let program = Actor::Machine(machine.clone());
    assert_eq!([role(&program, "430111"), role(&program, "")], [Role::Stranger; 2]);
    assert_eq!(scope(&program, &bureaus(), true), Err(Refusal::NotYours));
    assert_eq!(calling(&program, Power::Report), Ok(&machine));
    for power in [Power::Review, Power::KeepStaff, Power::KeepSchools] {
        assert_eq!(holder(&program, power, &bureaus()), Err(Refusal::NotYours), "{power:?}");
        assert_eq!(calling(&program, power), Err(Refusal::NotYours), "{power:?}");
    }
    assert_eq!(calling(&staff("430000"), Power::Report), Err(Refusal::NotYours));
    assert_eq!(calling(&Actor::Visitor { session: "x".to_owned() }, Power::Report), Err(Refusal::SignInAgain));
}

#[test]
fn a_scope_holds_the_own_bureau_and_those_below_only_when_asked() {
    let codes = |bureau, below| scope(&staff(bureau), &bureaus(), below).unwrap().bureaus().to_vec();
    assert_eq!(codes("430100", false), ["430100"]);
    assert_eq!(codes("430100", true), ["430100", "430111", "430112"]);
    assert_eq!(codes("430111", true), ["430111"]);
    assert_eq!(scope(&staff("999999"), &bureaus(), true), Err(Refusal::NotYours));
}
