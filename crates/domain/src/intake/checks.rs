//! Automatic checks: what a machine can tell the reviewer about a case, with the rule and what went into it.
//! They advise and never decide; what is an error was refused by the form already.

use chrono::{Datelike, Months, NaiveDate};

use super::{Answers, StepKey};
use crate::case::{Check, CheckRule, Level};
use crate::date::{Dated, parse_date};
use crate::identity::name::is_same_name;
use crate::identity::{DocumentKind, DocumentNumber, Sex};
use crate::text;

/// 单位类型 and the first two characters that its credit codes usually have (GB 32100-2015 table 1). Types that are not listed
/// are not checked. Village bodies have codes of the agricultural (N1–N3) and civil (54) authorities, later than that table.
pub const EMPLOYER_PREFIXES: &[(&str, &[&str])] = &[
    ("government", &["11", "13", "19"]),
    ("institution", &["12", "19"]),
    ("listed_state", &["91"]),
    ("listed_private", &["91"]),
    ("unlisted_state", &["91"]),
    ("unlisted_private", &["91", "92"]),
    ("rural", &["93", "54", "N1", "N2", "N3"]),
    ("nonprofit", &["51", "52", "53", "59", "13"]),
];

/// Levels below higher education: their diplomas have no national number.
const SCHOOL_LEVELS: &[&str] = &["none", "junior", "senior", "secondary"];
/// The item of everything that concerns the identity number, which is no answer but belongs to the account.
const DOCUMENT: &str = "holder.document_number";

/// What the checks look at. The number is in clear: it never reaches a [`Check`].
#[derive(Clone, Copy, Debug)]
pub struct Facts<'a> {
    /// As registered.
    pub name: &'a str,
    /// 证件类型 of the registration.
    pub document_kind: DocumentKind,
    /// Normalised, in clear.
    pub document_number: &'a str,
    /// Kept with the account; an answer on the form goes before it.
    pub born_on: Option<NaiveDate>,
    /// Kept with the account; an answer on the form goes before it.
    pub sex: Option<Sex>,
    /// What was submitted.
    pub answers: &'a Answers,
    /// How many other accounts have the same identity number.
    pub same_document: u32,
    /// Items with a certificate number, and the numbers of the other cases that have the same one.
    pub same_certificates: &'a [(String, Vec<String>)],
    /// Slot, title and SHA-256 of each file, in the order of the page.
    pub files: &'a [(String, String, String)],
    /// In China.
    pub today: NaiveDate,
}

impl Facts<'_> {
    fn text(&self, item: &str) -> Option<&str> {
        self.answers.get(item).map(str::trim).filter(|value| !value.is_empty())
    }

    fn date(&self, item: &str) -> Option<Dated> {
        self.text(item).and_then(Dated::parse)
    }

    fn born_on(&self) -> Option<NaiveDate> {
        self.text("person.born_on").and_then(parse_date).or(self.born_on)
    }
}

fn finding<V: ToString>(rule: CheckRule, level: Level, item: &str, inputs: &[(&str, V)]) -> Check {
    let inputs = inputs.iter().map(|(name, value)| ((*name).to_owned(), value.to_string())).collect();
    Check { rule, level, item: item.to_owned(), inputs }
}

fn fine_unless(is_doubtful: bool, doubt: Level) -> Level {
    if is_doubtful { doubt } else { Level::Fine }
}

/// Runs every check whose inputs are there; the reddest first, otherwise in the order of the form.
pub fn check(facts: &Facts) -> Vec<Check> {
    let mut checks = identity(facts);
    checks.extend(name(facts));
    checks.extend(duplicates(facts));
    checks.extend(dates(facts));
    checks.extend(diplomas(facts));
    checks.extend(credit_code(facts));
    checks.extend(same_files(facts));
    checks.sort_by_key(|check| std::cmp::Reverse(check.level));
    checks
}

/// What the person had better look at before the application is handed in; it keeps nobody from doing so. What only the bureau
/// can weigh (other accounts, other cases) is not in it.
pub fn doubts(facts: &Facts) -> Vec<Check> {
    let is_bureaus = |rule| matches!(rule, CheckRule::SameDocument | CheckRule::SameCertificate | CheckRule::NameCorrected);
    check(facts).into_iter().filter(|check| check.level != Level::Fine && !is_bureaus(check.rule)).collect()
}

fn identity(facts: &Facts) -> Vec<Check> {
    if !facts.document_kind.carries_sex_and_birth() {
        return implied_birth(facts).into_iter().collect();
    }
    let last: String = facts.document_number.trim().chars().last().into_iter().collect();
    let number = DocumentNumber::check(facts.document_kind, facts.document_number, facts.today);
    let level = fine_unless(number.is_err(), Level::Wrong);
    let mut checks = vec![finding(CheckRule::IdentityCheckDigit, level, DOCUMENT, &[("last", last)])];
    let Ok(number) = number else { return checks };
    if let (Some(carried), Some(stated)) = (number.born_on(), facts.born_on()) {
        let level = fine_unless(carried != stated, Level::Wrong);
        checks.push(finding(CheckRule::IdentityBirth, level, DOCUMENT, &[("number", carried), ("stated", stated)]));
    }
    let stated = facts.text("person.sex").and_then(Sex::from_code).or(facts.sex);
    if let (Some(carried), Some(stated)) = (number.sex(), stated) {
        let level = fine_unless(carried != stated, Level::Wrong);
        let inputs = [("number", carried.code()), ("stated", stated.code())];
        checks.push(finding(CheckRule::IdentitySex, level, DOCUMENT, &inputs));
    }
    checks
}

/// A number that was typed for a document of another kind may still say when its holder was born.
fn implied_birth(facts: &Facts) -> Option<Check> {
    let number = DocumentNumber::check(facts.document_kind, facts.document_number, facts.today).ok()?;
    let (implied, stated) = (number.implied_birth()?, facts.born_on()?);
    let level = fine_unless(implied != stated, Level::Look);
    Some(finding(CheckRule::IdentityBirth, level, "person.born_on", &[("number", implied), ("stated", stated)]))
}

fn name(facts: &Facts) -> Option<Check> {
    let item = "person.name";
    let stated = facts.text(item)?;
    let level = fine_unless(!is_same_name(stated, facts.name), Level::Look);
    Some(finding(CheckRule::NameCorrected, level, item, &[("registered", facts.name), ("stated", stated)]))
}

fn duplicates(facts: &Facts) -> Vec<Check> {
    let level = fine_unless(facts.same_document > 0, Level::Wrong);
    let mut checks = vec![finding(CheckRule::SameDocument, level, DOCUMENT, &[("others", facts.same_document)])];
    checks.extend(facts.same_certificates.iter().map(|(item, cases)| {
        let inputs: Vec<_> = cases.iter().map(|case| ("case", case)).collect();
        finding(CheckRule::SameCertificate, fine_unless(!cases.is_empty(), Level::Wrong), item, &inputs)
    }));
    checks
}

/// The orders that domain practice expects; only an appointment before the start of work contradicts a rule of the form.
fn dates(facts: &Facts) -> Vec<Check> {
    let mut checks = Vec::new();
    let mut ordered = |rule, doubt, item: &str, earlier: Option<Dated>, later: Option<Dated>| {
        if let (Some(earlier), Some(later)) = (earlier, later) {
            let level = fine_unless(earlier.is_surely_after(later), doubt);
            checks.push(finding(rule, level, item, &[("not_before", earlier), ("date", later)]));
        }
    };
    let birthday = |years: u32| facts.born_on().and_then(|born| born.checked_add_months(Months::new(years * 12))).map(Dated::Day);
    for item in ["education.full_time_graduated_on", "education.part_time_graduated_on"] {
        ordered(CheckRule::GraduatedYoung, Level::Look, item, birthday(15), facts.date(item));
    }
    for row in facts.answers.rows(StepKey::Qualification) {
        let item = format!("qualification.rows.{row}.obtained_on");
        ordered(CheckRule::QualifiedYoung, Level::Look, &item, birthday(16), facts.date(&item));
    }
    let item = "credential.obtained_on";
    ordered(CheckRule::QualifiedYoung, Level::Look, item, birthday(16), facts.date(item));
    for item in ["employment.joined_on", "employment.accounting_started_on"] {
        ordered(CheckRule::WorkedYoung, Level::Look, item, birthday(16), facts.date(item));
    }
    let (graduated, joined) = (facts.date("education.full_time_graduated_on"), facts.date("employment.joined_on"));
    ordered(CheckRule::JoinedBeforeGraduated, Level::Look, "employment.joined_on", graduated, joined);
    let (started, appointed) = (facts.date("employment.accounting_started_on"), facts.date("employment.title_appointed_on"));
    ordered(CheckRule::StartedAfterAppointed, Level::Wrong, "employment.accounting_started_on", started, appointed);
    checks
}

/// 毕业证书编号: 5 institution + 1 type + 4 year + 2 level + 6 serial since 2003; never an error, many exceptions exist.
fn diplomas(facts: &Facts) -> Vec<Check> {
    let mut checks = Vec::new();
    for way in ["full_time", "part_time"] {
        let item = format!("education.{way}_certificate_number");
        let is_school = facts.text(&format!("education.{way}_level")).is_none_or(|level| SCHOOL_LEVELS.contains(&level));
        let graduated = facts.date(&format!("education.{way}_graduated_on"));
        let (Some(number), Some(graduated), false) = (facts.text(&item), graduated, is_school) else { continue };
        let year = graduated.first().year();
        let is_standard = number.len() == 18 && number.bytes().all(|byte| byte.is_ascii_digit());
        if year >= 2003 {
            let inputs = [("length", number.chars().count().to_string()), ("graduated", year.to_string())];
            checks.push(finding(CheckRule::DiplomaLength, fine_unless(!is_standard, Level::Look), &item, &inputs));
        }
        if let Some(printed) = number.get(6..10).filter(|_| is_standard) {
            let level = fine_unless(printed != year.to_string(), Level::Look);
            let inputs = [("number", printed.to_owned()), ("graduated", year.to_string())];
            checks.push(finding(CheckRule::DiplomaYear, level, &item, &inputs));
        }
    }
    checks
}

fn credit_code(facts: &Facts) -> Option<Check> {
    let kind = facts.text("employment.employer_kind")?;
    let given = |item: &'static str| facts.text(item).map(|code| (item, code));
    let (item, code) = given("employment.credit_code").or_else(|| given("employment.employer_code"))?;
    // An organisation code has no prefix that tells anything.
    let prefix: String =
        Some(code).filter(|code| text::length(code) == 18)?.chars().take(2).flat_map(char::to_uppercase).collect();
    let (_, usual) = EMPLOYER_PREFIXES.iter().find(|(code, _)| *code == kind)?;
    let level = fine_unless(!usual.contains(&prefix.as_str()), Level::Look);
    let inputs = [("prefix", prefix.as_str()), ("employer_kind", kind), ("usual", &usual.join(" "))];
    Some(finding(CheckRule::CreditCodePrefix, level, item, &inputs))
}

/// A file in two slots is mostly the wrong one in one of them; each of the later slots is named.
fn same_files(facts: &Facts) -> Vec<Check> {
    let twice = facts.files.iter().enumerate().filter_map(|(nth, (slot, _, sha256))| {
        let (_, other, _) = facts.files.get(..nth)?.iter().find(|(_, _, before)| before == sha256)?;
        Some(finding(CheckRule::SameFile, Level::Look, &format!("attachment.{slot}"), &[("other", other)]))
    });
    let found: Vec<Check> = twice.collect();
    if found.is_empty() && facts.files.len() > 1 {
        return vec![finding::<&str>(CheckRule::SameFile, Level::Fine, "attachment", &[])];
    }
    found
}

#[cfg(test)]
mod tests;
