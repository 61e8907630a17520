//! A province that nobody has written a line of Rust for: the invented 云海省 is `yunhai.toml` alone.

use super::read;
use crate::account::password::Counted;
use crate::account::work::WorkPage;
use crate::case::Judged;
use crate::province::{Layout, LoginWay, PledgeAt, ProfileError, Province, RegistrationWay, StepKey};

fn parse(text: &str) -> Result<Province, Vec<ProfileError>> {
    Province::parse(&|name: &str| if name == "yunhai.toml" { Some(text.to_owned()) } else { read(name) }, "yunhai")
}

#[test]
fn a_fifth_province_is_a_toml_file_and_nothing_else() {
    let yunhai = parse(include_str!("yunhai.toml")).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let intake = &yunhai.profile.intake;
    let steps: Vec<_> = intake.steps.iter().map(|step| step.key).collect();
    assert_eq!(steps, [StepKey::Employment, StepKey::Credential, StepKey::Person, StepKey::Education], "an order of its own");
    let line = yunhai.profile.intake_line();
    let ways = (intake.layout, line.pledge_at, line.returns, line.may_withdraw);
    assert_eq!(ways, (Layout::Side, PledgeAt::Start, Judged::PerItem, true), "a mixture that no other province has");
    assert_eq!(yunhai.bureaus.for_division("420102").unwrap().name, "武汉市江岸区财政局");
}

#[test]
fn it_runs_its_accounts_by_user_name_with_the_figures_of_a_service() {
    let account = parse(include_str!("yunhai.toml")).unwrap().profile.account;
    assert_eq!((account.registration, account.logins[0]), (RegistrationWay::WithUsername, LoginWay::UsernameAndPassword));
    let name = account.username.as_ref().unwrap();
    let password = account.registration_password().unwrap();
    assert_eq!((name.min, name.max, account.sms.code_digits), (4, 20, 5));
    assert_eq!((password.min, password.max, password.kinds, password.counted), (6, 20, 2, Counted::DigitLetterSymbol));
    assert!(account.agreement.is_some_and(|agreement| agreement.paragraphs.len() == 2));
}

#[test]
fn its_pages_are_proven_by_work_where_it_says_so() {
    let account = parse(include_str!("yunhai.toml")).unwrap().profile.account;
    assert_eq!(account.work_at(WorkPage::Login).map(|work| work.bits), Some(13));
    assert_eq!(account.work_at(WorkPage::PhoneChange), None);
    let text = include_str!("yunhai.toml");
    let (before, after) = (text.find("[account.work]").unwrap(), text.find("[account.agreement]").unwrap());
    let without = parse(&format!("{}{}", &text[..before], &text[after..])).unwrap().profile.account;
    assert_eq!(without.work_at(WorkPage::Login), None, "it need not be there");
}

#[test]
fn a_mistake_in_the_rules_of_its_accounts_is_named_with_file_and_key() {
    let right = include_str!("yunhai.toml");
    for (from, to, key) in [
        ("username = { min = 4, max = 20 }", "", "account.username"),
        ("username = { min = 4, max = 20 }", "username = { min = 4, max = 3 }", "account.username.max"),
        ("username = { min = 4, max = 20 }", "username = { min = 4, max = 40 }", "account.username.max"),
        ("username = { min = 4, max = 20 }", "username = { min = 4, most = 20 }", "account.username.most"),
        ("\"username_and_password\", ", "\"password_and_slider\", ", "account.username"),
        ("registration = \"with_username\"", "registration = \"with_password\"", "account.username"),
        ("kinds = 2\nspecials", "kinds = 4\nspecials", "account.password.kinds"),
        ("max = 20\ncounted", "max = 16\ncounted", "account.password.max"),
        ("min = 6\nmax", "min = 5\nmax", "account.password.min"),
        ("code_digits = 5", "code_digits = 4", "account.sms.code_digits"),
        ("bits = 13", "bits = 11", "account.work.bits"),
        ("bits = 13", "bits = 21", "account.work.bits"),
        ("\"forgot\", \"settings\"]", "\"forgot\", \"login\"]", "account.work.pages"),
        ("pages = [\"login\", \"register\", \"forgot\", \"settings\"]", "pages = []", "account.work.pages"),
        ("title = \"《云海省会计人员注册协议》\"", "title = \"\"", "account.agreement.title"),
        ("version = \"y1\"\nparagraphs = [\"账号", "version = \" \"\nparagraphs = [\"账号", "account.agreement.version"),
    ] {
        assert!(right.contains(from), "{from}");
        let errors = parse(&right.replacen(from, to, 1)).unwrap_err();
        assert!(errors.iter().any(|error| error.file == "yunhai.toml" && error.key == key), "{key} among {errors:#?}");
    }
}
