//! What a profile must keep beyond its shape, so that a slip is found at start and not by an accountant.

use std::collections::BTreeSet;

use super::bureaus::BETWEEN;
use super::check_intake::intake;
use super::parse::Faults;
use super::{AccountRules, Divisions, Lists, LoginWay, Profile, RegistrationWay, ReviewRules, Taken};
use super::{check_integrity, check_line, check_national};
use crate::account::password::PasswordPolicy;
use crate::account::username::UsernameRules;
use crate::account::work::{LEAST_BITS, MOST_BITS};

/// The largest number of characters of a password is not below it (手册丁 注册: 6-20).
const LEAST_MAX: u32 = 20;
const LONGEST_USERNAME: u32 = 32;
pub(super) const MAX_TIPS: usize = 5;

pub(super) fn lists(lists: &Lists, faults: &mut Faults) {
    for (name, entries) in &lists.0 {
        let mut codes = BTreeSet::new();
        if entries.is_empty() {
            faults.push(name, "the list is empty");
        }
        for entry in entries {
            let key = format!("{name}.{}", entry.code);
            if entry.code.trim().is_empty() || entry.label.trim().is_empty() {
                faults.push(&key, "code and label are needed");
            }
            // A list goes to the browser as one text.
            if entry.code.contains([' ', ',', BETWEEN]) || entry.label.contains(BETWEEN) {
                faults.push(&key, "a code has no space, comma or semicolon, a label no semicolon");
            }
            if !codes.insert(&entry.code) {
                faults.push(&key, "the code stands twice");
            }
            if entry.valid_from.zip(entry.valid_to).is_some_and(|(from, to)| from > to) {
                faults.push(&key, "`valid_from` is after `valid_to`");
            }
        }
    }
}

pub(super) fn profile(profile: &Profile, key: &str, lists: &Lists, divisions: &Divisions, faults: &mut Faults) {
    if profile.key != key {
        faults.push("key", format!("`{}` is not the name of the file", profile.key));
    }
    if divisions.get(&profile.code).is_none_or(|division| division.level != 1) {
        faults.push("code", format!("`{}` is no province in the divisions", profile.code));
    }
    let site = &profile.site;
    texts(
        faults,
        &[
            ("name", &profile.name),
            ("site.title", &site.title),
            ("site.authority", &site.authority),
            ("site.short", &site.short),
            ("site.hours", &site.hours),
            ("site.hotline_fallback", &site.hotline_fallback),
            ("portal.hotlines", &profile.portal.hotlines),
        ],
    );
    let code = &site.footer.site_code;
    if !code.is_empty() && (code.len() != 10 || !code.bytes().all(|byte| byte.is_ascii_digit())) {
        faults.push("site.footer.site_code", "ten digits");
    }
    if profile.portal.has_login_box && profile.account.logins.first() != Some(&LoginWay::NameAndPassword) {
        faults.push(
            "portal.has_login_box",
            "the box asks for name, number and password: `name_and_password` must be the first way",
        );
    }
    account(&profile.account, faults);
    for (n, notice) in profile.portal.notices.iter().enumerate() {
        texts(
            faults,
            &[(&format!("portal.notices.{n}.title"), &notice.title), (&format!("portal.notices.{n}.body"), &notice.body)],
        );
    }
    if profile.review.undo_seconds > ReviewRules::LONGEST_UNDO {
        faults.push("review.undo_seconds", format!("at most {}", ReviewRules::LONGEST_UNDO));
    }
    if profile.review.urge_working_days == 0 {
        faults.push("review.urge_working_days", "must be above 0");
    }
    check_line::lines(profile, lists, faults);
    check_integrity::integrity(profile, faults);
    check_national::national(profile, faults);
    intake(profile, lists, faults);
}

pub(super) fn texts(faults: &mut Faults, texts: &[(&str, &str)]) {
    for (key, _) in texts.iter().filter(|(_, text)| text.trim().is_empty()) {
        faults.push(*key, "the text is empty");
    }
}

fn account(rules: &AccountRules, faults: &mut Faults) {
    let mut kinds = BTreeSet::new();
    for option in &rules.document_kinds {
        let key = format!("account.document_kinds.{}", option.kind.code());
        if option.label.trim().is_empty() {
            faults.push(&key, "the label is empty");
        }
        if !kinds.insert(option.kind) {
            faults.push(&key, "the kind stands twice");
        }
    }
    if kinds.is_empty() {
        faults.push("account.document_kinds", "at least one kind of document is needed");
    }
    if rules.logins.is_empty() {
        faults.push("account.logins", "at least one way to log in is needed");
    }
    ways(rules, faults);
    if let Some(password) = &rules.password {
        self::password(password, faults);
    }
    if let Some(UsernameRules { min, max }) = &rules.username
        && !(1 <= *min && min <= max && *max <= LONGEST_USERNAME)
    {
        faults.push("account.username.max", format!("between `min` and {LONGEST_USERNAME}"));
    }
    if let Some(agreement) = &rules.agreement {
        let (title, version) =
            (("account.agreement.title", agreement.title.as_str()), ("account.agreement.version", agreement.version.as_str()));
        texts(faults, &[title, version, ("account.agreement.paragraphs", &agreement.paragraphs.concat())]);
        if rules.identity_service.is_some() {
            faults.push("account.agreement", "nobody registers here where people come by an identity service");
        }
    }
    work(rules, faults);
    let sms = &rules.sms;
    if !(5..=6).contains(&sms.code_digits) {
        faults.push("account.sms.code_digits", "5 or 6");
    }
    texts(faults, &[("account.sms.signature", &sms.signature), ("account.captcha", &rules.captcha)]);
    let counts = [
        ("resend_seconds", sms.resend_seconds),
        ("pause_seconds", sms.pause_seconds),
        ("code_minutes", sms.code_minutes),
        ("max_tries", sms.max_tries),
    ];
    for (key, value) in counts {
        if value == 0 {
            faults.push(format!("account.sms.{key}"), "must be above 0");
        }
    }
}

fn work(rules: &AccountRules, faults: &mut Faults) {
    let Some(work) = &rules.work else { return };
    if !(LEAST_BITS..=MOST_BITS).contains(&work.bits) {
        faults.push("account.work.bits", format!("between {LEAST_BITS} and {MOST_BITS}"));
    }
    if work.pages.is_empty() || work.pages.iter().collect::<BTreeSet<_>>().len() < work.pages.len() {
        faults.push("account.work.pages", "at least one page, each once");
    }
    if rules.identity_service.is_some() {
        faults.push("account.work", "nobody proves anything here where people come by an identity service");
    }
}

/// What the ways into an account need beside them.
fn ways(rules: &AccountRules, faults: &mut Faults) {
    let by_password =
        |way: &LoginWay| matches!(way, LoginWay::PasswordAndSlider | LoginWay::NameAndPassword | LoginWay::UsernameAndPassword);
    let has_password = rules.password.is_some();
    if rules.logins.iter().any(by_password) != has_password {
        faults.push("account.password", "is needed exactly where a way to log in asks for a password");
    }
    let sets_password = matches!(
        rules.registration,
        RegistrationWay::WithPassword | RegistrationWay::WithUsername | RegistrationWay::PasswordAfter
    );
    if sets_password != has_password {
        faults.push("account.registration", "sets a password exactly where `account.password` has a rule for it");
    }
    let by_name = rules.registration == RegistrationWay::WithUsername;
    if by_name != rules.username.is_some() || by_name != rules.logins.contains(&LoginWay::UsernameAndPassword) {
        faults.push("account.username", "`with_username`, `username_and_password` and this table go together");
    }
    let by_service = rules.logins.contains(&LoginWay::IdentityService);
    if by_service != rules.identity_service.is_some() || by_service != (rules.registration == RegistrationWay::IdentityService) {
        faults.push("account.identity_service", "registration, logins and this table go together");
    }
    if rules.registration == RegistrationWay::PasswordAfter && rules.taken == Taken::Silent {
        faults.push(
            "account.taken",
            "a password follows the proven telephone, so that a taken number cannot be passed over in silence",
        );
    }
    if rules.has_legacy_holders && !has_password {
        faults.push("account.has_legacy_holders", "holders set a password, so that `account.password` is needed");
    }
}

fn password(password: &PasswordPolicy, faults: &mut Faults) {
    if password.min < 6 || password.min > 64 {
        faults.push("account.password.min", "between 6 and 64");
    }
    if password.max < password.min.max(LEAST_MAX) {
        let why = "a limit below keeps people from good passwords";
        faults.push("account.password.max", format!("at least {LEAST_MAX}, and not below `min`: {why}"));
    }
    if !(1..=password.counted.all()).contains(&password.kinds) {
        faults.push("account.password.kinds", format!("between 1 and {}, which are told apart", password.counted.all()));
    }
    if password.specials.chars().any(|c| c.is_alphanumeric() || c.is_whitespace()) {
        faults.push("account.password.specials", "special characters only");
    }
}
