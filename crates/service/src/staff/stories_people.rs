//! How administrators keep the accounts of the staff, on both engines.

use chrono::Duration;
use domain::account::forms::{SecondFactorForm, StaffLoginForm};
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::Fault;
use domain::id::{BureauCode, StaffId};
use domain::staff::Act;
use domain::staff::forms::{ActForm, ActivateForm, FindForm, PersonForm};
use domain::staff::view::{PeopleQuery, PersonState, PersonView};
use totp_rs::{Algorithm, Secret, TOTP};

use super::*;
use crate::account::stories::{Browser, is_fault};
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

const PASSWORD: &str = "Lotus-Harbour-71";

pub(super) async fn administrator(house: &House, name: &str) -> Visit {
    staff(house, "430000", name, "administrator", true).await
}

pub(super) fn id_of(visit: &Visit) -> StaffId {
    require_staff(visit).unwrap().id
}

pub(super) const MOBILE: &str = "13812345678";

pub(super) fn form(login: &str, bureau: &str, role: &str) -> PersonForm {
    PersonForm {
        login: login.into(),
        name: "李雨花".into(),
        mobile: MOBILE.into(),
        document_number: if role == "administrator" { String::new() } else { "430111199003079988".into() },
        bureau: bureau.into(),
        role: role.into(),
    }
}

/// Two administrators of the province.
pub(super) async fn pair(house: &House) -> (Visit, Visit) {
    (administrator(house, "赵管理").await, administrator(house, "钱管理").await)
}

pub(super) async fn added(by: &Visit, form: &PersonForm) -> StaffId {
    let go = add_person(by, form).await.unwrap().go.unwrap();
    go.strip_prefix("/hunan/staff/people/").unwrap().into()
}

/// Makes an account, to which another agrees; answers its id and the token that its telephone was told.
pub(super) async fn made(house: &House, (by, second): (&Visit, &Visit), form: &PersonForm) -> (StaffId, String) {
    let id = added(by, form).await;
    act(house, second, &id, Act::Agree).await.unwrap();
    (id, token(house).await.unwrap())
}

/// The newest token that left for a telephone.
pub(super) async fn token(house: &House) -> Option<String> {
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    let all = house.sms.0.lock().unwrap();
    all.iter().rev().find(|sms| sms.purpose == "staff_token").and_then(|sms| sms.code.clone())
}

pub(super) async fn seen(house: &House, by: &Visit, id: &StaffId) -> PersonView {
    person(&house.again(by).await, id).await.unwrap()
}

pub(super) async fn act(house: &House, by: &Visit, id: &StaffId, act: Act) -> Result<Answer, Failure> {
    let found = house.services.db.read().await.unwrap().find_person("hunan", id).await.unwrap();
    let version = found.map(|row| row.version).unwrap_or_default().to_string();
    act_on_person(by, &ActForm { person: id.to_string(), version, act: act.code().into(), mobile: String::new() }).await
}

/// One asks for a reset, another agrees; answers the token.
async fn reset(house: &House, (by, second): (&Visit, &Visit), id: &StaffId) -> String {
    act(house, by, id, Act::Reset).await.unwrap();
    act(house, second, id, Act::Agree).await.unwrap();
    token(house).await.unwrap()
}

pub(super) async fn give(visit: &Visit, token: &str) -> Result<Answer, Failure> {
    let form = ActivateForm { token: token.into(), password: PASSWORD.into(), password_again: PASSWORD.into() };
    activate(visit, &form).await
}

async fn password(browser: &mut Browser<'_>, login: &str) -> Result<String, Failure> {
    let form = StaffLoginForm { login: login.into(), password: PASSWORD.into(), captcha: browser.captcha().await };
    sign_in(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
}

/// Sets the authenticator up; answers where the work begins.
async fn set_up(house: &House, browser: &mut Browser<'_>) -> String {
    let view = enrol_view(&browser.visit().await).await.unwrap();
    assert!(!view.is_enrolled);
    let totp =
        TOTP::new(Algorithm::SHA1, 6, 1, 30, Secret::Encoded(view.secret).to_bytes().unwrap(), None, String::new()).unwrap();
    let code = totp.generate(house.services.now().timestamp().unsigned_abs());
    let entered = enrol(&browser.visit().await, &SecondFactorForm { code }).await.unwrap();
    browser.took(entered);
    acknowledge(&browser.visit().await).await.unwrap().go.unwrap()
}

async fn a_new_reviewer_sets_a_password_and_a_second_factor_and_the_administrator_knows_neither(house: House) {
    let (zhao, qian) = pair(&house).await;
    let (id, token) = made(&house, (&zhao, &qian), &form("Li.Yuhua", "430111", "reviewer")).await;
    let view = seen(&house, &zhao, &id).await;
    assert_eq!((view.mobile.as_str(), token.len()), ("138****5678", 19));
    assert!(matches!(view.line.state, PersonState::Waiting { is_over: false, .. }));
    assert_eq!((view.line.login.as_str(), view.line.bureau_name.as_str()), ("li.yuhua", "长沙市雨花区财政局"));
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    assert!(is_fault(&password(&mut browser, "li.yuhua").await, "login", &Fault::Credentials), "nothing opens it yet");
    let visit = browser.visit().await;
    let short = ActivateForm { token: token.clone(), password: "Short-71".into(), password_again: "x".into() };
    let faults = activate(&visit, &short).await;
    assert!(is_fault(&faults, "password", &Fault::PasswordShort(12)));
    assert!(is_fault(&faults, "password_again", &Fault::PasswordsDiffer));
    let own =
        ActivateForm { token: token.clone(), password: "my-li.yuhua-word".into(), password_again: "my-li.yuhua-word".into() };
    assert!(is_fault(&activate(&visit, &own).await, "password", &Fault::PasswordPersonal));
    assert!(is_fault(&give(&visit, "x").await, "token", &Fault::CodeExpired));
    assert!(is_fault(&give(&visit, " ").await, "token", &Fault::Missing));
    assert_eq!(give(&visit, &token).await.unwrap().go.as_deref(), Some("/hunan/staff/login"));
    assert!(is_fault(&give(&visit, &token).await, "token", &Fault::CodeExpired), "it serves once");
    assert_eq!(password(&mut browser, "li.yuhua").await.unwrap(), "/hunan/staff/second-factor");
    assert_eq!(set_up(&house, &mut browser).await, "/hunan/staff/desk");
    let line = seen(&house, &zhao, &id).await.line;
    assert_eq!((line.state, line.has_second_factor), (PersonState::Active, true));
    assert_audit_stands(&house).await;
}
both!(a_new_reviewer_sets_a_password_and_a_second_factor_and_the_administrator_knows_neither);

async fn a_token_lives_a_day_and_dies_with_the_next_one_and_with_the_account(house: House) {
    let (zhao, qian) = pair(&house).await;
    let visitor = house.visit(None).await;
    let (id, first) = made(&house, (&zhao, &qian), &form("li.yuhua", "430111", "reviewer")).await;
    let second = reset(&house, (&qian, &zhao), &id).await;
    assert!(is_fault(&give(&visitor, &first).await, "token", &Fault::CodeExpired));
    act(&house, &zhao, &id, Act::Disable).await.unwrap();
    assert!(is_fault(&give(&visitor, &second).await, "token", &Fault::CodeExpired));
    act(&house, &zhao, &id, Act::Enable).await.unwrap();
    house.clock.forward(Duration::hours(24));
    assert!(is_fault(&give(&visitor, &second).await, "token", &Fault::CodeExpired));
    let zhao = administrator(&house, "赵管理").await;
    assert!(matches!(seen(&house, &zhao, &id).await.line.state, PersonState::Waiting { is_over: true, .. }));
}
both!(a_token_lives_a_day_and_dies_with_the_next_one_and_with_the_account);

async fn whoever_is_switched_off_or_reset_is_out_at_once(house: House) {
    let (zhao, qian) = pair(&house).await;
    let li = staff(&house, "430111", "李审核", "reviewer", true).await;
    let id = id_of(&li);
    act(&house, &zhao, &id, Act::Disable).await.unwrap();
    assert!(matches!(require_staff(&house.again(&li).await), Err(Failure::Refused(Refusal::SignInAgain))));
    assert_eq!(seen(&house, &zhao, &id).await.line.state, PersonState::Disabled);
    assert!(matches!(act(&house, &zhao, &id, Act::Reset).await, Err(Failure::Stale)), "it is off");
    act(&house, &zhao, &id, Act::Enable).await.unwrap();
    assert!(require_staff(&house.again(&li).await).is_err(), "the session does not come back");

    let (id, token) = made(&house, (&zhao, &qian), &form("zhou.shen", "430111", "reviewer")).await;
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    give(&browser.visit().await, &token).await.unwrap();
    password(&mut browser, "zhou.shen").await.unwrap();
    set_up(&house, &mut browser).await;
    act(&house, &zhao, &id, Act::Reset).await.unwrap();
    assert!(require_staff(&browser.visit().await).is_ok(), "nobody has agreed yet");
    act(&house, &qian, &id, Act::Agree).await.unwrap();
    assert!(!seen(&house, &zhao, &id).await.line.has_second_factor);
    assert!(matches!(require_staff(&browser.visit().await), Err(Failure::Refused(Refusal::SignInAgain))));
    assert!(is_fault(&password(&mut browser, "zhou.shen").await, "login", &Fault::Credentials), "the old password is void");
    assert_eq!(house.services.db.read().await.unwrap().count_recovery_codes(&id).await.unwrap(), 0);
    assert_audit_stands(&house).await;
}
both!(whoever_is_switched_off_or_reset_is_out_at_once);

async fn nobody_ends_the_own_account_and_one_administrator_always_stays(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    let me = id_of(&zhao);
    for one in [Act::Disable, Act::Reset] {
        assert_eq!(refusal(act(&house, &zhao, &me, one).await), Refusal::LastAdministrator);
    }
    let other = added(&zhao, &form("qian", "430000", "administrator")).await;
    approve_staff(&house.services, &other).await.unwrap();
    let token = token(&house).await.unwrap();
    let refused = refusal(act(&house, &zhao, &me, Act::Disable).await);
    assert_eq!(refused, Refusal::LastAdministrator, "the other one cannot sign in yet");
    give(&house.visit(None).await, &token).await.unwrap();
    for one in [Act::Disable, Act::Reset] {
        assert_eq!(refusal(act(&house, &zhao, &me, one).await), Refusal::OwnAccount);
    }
    let view = seen(&house, &zhao, &me).await;
    assert!(view.is_own && view.line.state == PersonState::Active);
}
both!(nobody_ends_the_own_account_and_one_administrator_always_stays);

async fn of_two_administrators_who_switch_each_other_off_exactly_one_stays(house: House) {
    for _ in 0..5 {
        let pair = [administrator(&house, "赵管理").await, administrator(&house, "钱管理").await];
        let ids = [id_of(&pair[0]), id_of(&pair[1])];
        let tries = [(pair[0].clone(), ids[1].clone()), (pair[1].clone(), ids[0].clone())].map(|(visit, id)| {
            let form = ActForm { person: id.to_string(), version: "1".into(), act: "disable".into(), mobile: String::new() };
            tokio::spawn(async move { act_on_person(&visit, &form).await })
        });
        let done: Vec<_> = futures::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
        let (won, lost): (Vec<_>, Vec<_>) = done.into_iter().partition(Result::is_ok);
        assert_eq!((won.len(), lost.len()), (1, 1));
        assert!(matches!(lost[0], Err(Failure::Refused(Refusal::SignInAgain))), "{lost:?}");
        let mut stay = 0;
        for visit in &pair {
            stay += usize::from(require_staff(&house.again(visit).await).is_ok());
        }
        assert_eq!(stay, 1);
    }
    assert_audit_stands(&house).await;
}
both!(of_two_administrators_who_switch_each_other_off_exactly_one_stays);

async fn of_two_administrators_who_decide_about_the_same_account_the_second_is_told(house: House) {
    let (zhao, qian) = pair(&house).await;
    let sun = administrator(&house, "孙管理").await;
    let id = added(&zhao, &form("li.yuhua", "430111", "reviewer")).await;
    let tries = [qian, sun].into_iter().zip(["agree", "refuse"]).map(|(visit, act)| {
        let form = ActForm { person: id.to_string(), version: "1".into(), act: act.into(), mobile: String::new() };
        tokio::spawn(async move { act_on_person(&visit, &form).await })
    });
    let done: Vec<_> = futures::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(done.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{done:?}");
    let told = |outcome: &&Result<Answer, Failure>| matches!(outcome, Err(Failure::Stale | Failure::NotFound));
    assert_eq!(done.iter().filter(told).count(), 1, "{done:?}");
}
both!(of_two_administrators_who_decide_about_the_same_account_the_second_is_told);

async fn only_administrators_of_the_province_keep_accounts(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    let id = added(&zhao, &form("li.yuhua", "430111", "reviewer")).await;
    for (visit, expected) in [
        (house.visit(None).await, Refusal::SignInAgain),
        (staff(&house, "430000", "王审核", "reviewer", true).await, Refusal::NotYours),
        (staff(&house, "430100", "孙管理", "administrator", true).await, Refusal::NotYours),
        (staff(&house, "430000", "周管理", "administrator", false).await, Refusal::SecondFactorNeeded),
    ] {
        assert_eq!(refusal(people(&visit, &PeopleQuery::default()).await), expected);
        assert_eq!(refusal(new_person(&visit).await), expected);
        assert_eq!(refusal(person(&visit, &id).await.map(drop)), expected);
        assert_eq!(refusal(add_person(&visit, &form("another", "430111", "reviewer")).await), expected);
        assert_eq!(refusal(act(&house, &visit, &id, Act::Disable).await), expected);
    }
    let two = add_person(&zhao, &form("LI.YUHUA", "430102", "reviewer")).await;
    assert!(is_fault(&two, "login", &Fault::LoginTaken));
    let city = add_person(&zhao, &form("sun", "430100", "administrator")).await;
    assert!(is_fault(&city, "bureau", &Fault::ProvinceOnly));
    let faulty = add_person(&zhao, &form("a", "999999", "owner")).await;
    assert!(is_fault(&faulty, "login", &Fault::TooShort(3)));
    assert!(is_fault(&faulty, "bureau", &Fault::NotInList) && is_fault(&faulty, "role", &Fault::NotInList));
    assert!(matches!(person(&zhao, &StaffId::from("nobody")).await, Err(Failure::NotFound)));
}
both!(only_administrators_of_the_province_keep_accounts);

async fn the_list_of_the_staff_goes_on_from_page_to_page_and_can_be_searched(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    for nth in 0..60 {
        let bureau = if nth % 2 == 0 { "430111" } else { "430102" };
        add_person(&house.again(&zhao).await, &form(&format!("person{nth:02}"), bureau, "reviewer")).await.unwrap();
    }
    let ask = |bureau: &str, search: &str, after: &str| PeopleQuery {
        bureau: BureauCode::given(bureau),
        search: search.into(),
        after: StaffId::given(after),
    };
    let first = people(&zhao, &ask("", "", "")).await.unwrap();
    let second = people(&zhao, &ask("", "", first.next.as_ref().unwrap().as_str())).await.unwrap();
    let mut logins: Vec<_> = first.lines.iter().chain(&second.lines).map(|line| line.login.clone()).collect();
    assert_eq!((first.lines.len(), logins.len(), second.next), (50, 61, None));
    logins.sort();
    logins.dedup();
    assert_eq!(logins.len(), 61, "none stands twice");
    assert_eq!(people(&zhao, &ask("430111", "", "")).await.unwrap().lines.len(), 30);
    let found = |bureau: &str, words: &str| {
        let (house, zhao, form) = (&house, &zhao, FindForm { bureau: bureau.into(), words: words.into() });
        async move {
            let go = find_people(zhao, &form).await.unwrap().go.unwrap();
            let (rest, search) = go.split_once("&search=").unwrap();
            let query = ask(rest.split_once("bureau=").unwrap().1, search, "");
            people(&house.again(zhao).await, &query).await.unwrap().lines
        }
    };
    assert_eq!(found("", " person07 ").await[0].login, "person07");
    assert_eq!(found("430000", "赵管理").await.len(), 1);
    assert_eq!(found("430000", "赵 管理").await.len(), 1, "however the name is written");
}
both!(the_list_of_the_staff_goes_on_from_page_to_page_and_can_be_searched);
