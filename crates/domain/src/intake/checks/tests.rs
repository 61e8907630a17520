use super::*;

/// 外国人永久居留身份证 of somebody who was born on 1984-05-06.
const FOREIGNER: &str = "943840198405060014";

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn found(answers: &[(&str, &str)], alter: impl FnOnce(&mut Facts)) -> Vec<Check> {
    let mut typed = Answers::default();
    for (item, value) in answers {
        assert!(typed.set(item, (*value).to_owned()), "{item}");
    }
    let mut facts = Facts {
        name: "张三",
        document_kind: DocumentKind::ResidentId,
        document_number: "430111199003079988",
        born_on: Some(day("1990-03-07")),
        sex: Some(Sex::Female),
        answers: &typed,
        same_document: 0,
        same_certificates: &[],
        files: &[],
        today: day("2026-03-01"),
    };
    alter(&mut facts);
    check(&facts)
}

fn level(checks: &[Check], rule: CheckRule) -> Option<Level> {
    checks.iter().find(|check| check.rule == rule).map(|check| check.level)
}

fn level_of(rule: CheckRule, answers: &[(&str, &str)]) -> Option<Level> {
    level(&found(answers, |_| ()), rule)
}

#[test]
fn a_right_number_agrees_with_what_is_stated() {
    let checks = found(&[], |_| ());
    assert!(checks.iter().all(|check| check.level == Level::Fine), "{checks:?}");
    assert_eq!(checks.len(), 4);
}

#[test]
fn a_wrong_check_digit_another_birth_and_another_sex_are_red() {
    let wrong = found(&[], |facts| facts.document_number = "430111199003079980");
    assert_eq!(level(&wrong, CheckRule::IdentityCheckDigit), Some(Level::Wrong));
    assert_eq!(level(&wrong, CheckRule::IdentityBirth), None);
    let other = found(&[("person.born_on", "1990-03-08"), ("person.sex", "1")], |_| ());
    assert_eq!(level(&other, CheckRule::IdentityBirth), Some(Level::Wrong));
    assert_eq!(level(&other, CheckRule::IdentitySex), Some(Level::Wrong));
    assert_eq!(level_of(CheckRule::IdentityBirth, &[("person.born_on", "1990-03-07")]), Some(Level::Fine));
}

#[test]
fn a_passport_is_not_measured_by_the_rules_of_the_identity_number() {
    let checks = found(&[], |facts| {
        facts.document_kind = DocumentKind::Passport;
        facts.document_number = "E12345678";
    });
    assert_eq!(checks.len(), 1, "only the duplicates: {checks:?}");
}

#[test]
fn what_the_number_of_a_foreign_resident_says_of_the_birth_is_compared_with_what_was_typed() {
    let born = |number: &'static str, on: &'static str| {
        let checks = found(&[("person.born_on", on)], |facts| {
            facts.document_kind = DocumentKind::PermanentResidence;
            facts.document_number = number;
            (facts.born_on, facts.sex) = (None, None);
        });
        level(&checks, CheckRule::IdentityBirth)
    };
    assert_eq!(born(FOREIGNER, "1984-05-06"), Some(Level::Fine));
    assert_eq!(born(FOREIGNER, "1984年6月5日"), Some(Level::Look), "it advises, because the form asks for the date");
    assert_eq!(born("USA430084050612", "1984-06-05"), None, "the old numbers are not read");
}

#[test]
fn who_worked_before_sixteen_is_asked_to_look_again() {
    for item in ["employment.joined_on", "employment.accounting_started_on"] {
        let worked = |on: &'static str| level_of(CheckRule::WorkedYoung, &[(item, on)]);
        assert_eq!((worked("2006-03-06"), worked("2006-03-07")), (Some(Level::Look), Some(Level::Fine)), "{item}");
    }
    assert_eq!(level_of(CheckRule::WorkedYoung, &[("employment.accounting_started_on", "2006-03")]), Some(Level::Fine));
}

#[test]
fn no_finding_holds_the_identity_number() {
    let text = serde_json::to_string(&found(&[("person.sex", "1")], |_| ())).unwrap();
    assert!(!text.contains("430111199003079988") && !text.contains("9988"), "{text}");
}

#[test]
fn duplicates_are_red_come_first_and_name_the_other_cases() {
    let same = vec![("qualification.rows.0.certificate_number".to_owned(), vec!["43202503090000171".to_owned()])].leak();
    let checks = found(&[], |facts| {
        facts.same_document = 1;
        facts.same_certificates = same;
    });
    assert_eq!(checks.iter().filter(|check| check.level == Level::Wrong).count(), 2);
    assert_eq!((checks[0].rule, checks[1].rule), (CheckRule::SameDocument, CheckRule::SameCertificate));
    assert_eq!(checks[1].inputs, [("case".to_owned(), "43202503090000171".to_owned())]);
}

#[test]
fn unlikely_dates_are_amber_and_a_late_start_of_work_is_red() {
    let graduated = |on| level_of(CheckRule::GraduatedYoung, &[("education.full_time_graduated_on", on)]);
    assert_eq!((graduated("2005-03-06"), graduated("2005-03-07")), (Some(Level::Look), Some(Level::Fine)));
    let obtained = |on| level_of(CheckRule::QualifiedYoung, &[("qualification.rows.0.obtained_on", on)]);
    assert_eq!((obtained("2006-03-06"), obtained("2006-03-07")), (Some(Level::Look), Some(Level::Fine)));
    let joined = [("education.full_time_graduated_on", "2012-06-30"), ("employment.joined_on", "2011-01-01")];
    assert_eq!(level_of(CheckRule::JoinedBeforeGraduated, &joined), Some(Level::Look));
    let late = [("employment.accounting_started_on", "2015-01-02"), ("employment.title_appointed_on", "2015-01-01")];
    assert_eq!(level_of(CheckRule::StartedAfterAppointed, &late), Some(Level::Wrong));
    assert_eq!(level_of(CheckRule::StartedAfterAppointed, &late[..1]), None);
    assert_eq!((graduated("2005-02"), graduated("2005年3月")), (Some(Level::Look), Some(Level::Fine)), "some day of it fits");
}

#[test]
fn a_diploma_since_2003_has_18_digits_with_the_year_of_graduation() {
    let levels = |level: &str, on: &str, number: &str| {
        let answers = [
            ("education.full_time_level", level),
            ("education.full_time_graduated_on", on),
            ("education.full_time_certificate_number", number),
        ];
        let checks = found(&answers, |_| ());
        (self::level(&checks, CheckRule::DiplomaLength), self::level(&checks, CheckRule::DiplomaYear))
    };
    assert_eq!(levels("bachelor", "2012-06-30", "105321201205001234"), (Some(Level::Fine), Some(Level::Fine)));
    assert_eq!(levels("bachelor", "2013-06-30", "105321201205001234"), (Some(Level::Fine), Some(Level::Look)));
    assert_eq!(levels("bachelor", "2012-06-30", "湘教第12号"), (Some(Level::Look), None));
    assert_eq!(levels("bachelor", "2002-06-30", "10532120020500123"), (None, None));
    assert_eq!(levels("senior", "2012-06-30", "1"), (None, None));
}

#[test]
fn the_credit_code_is_compared_with_the_kind_of_employer() {
    let level = |kind, code| {
        level_of(CheckRule::CreditCodePrefix, &[("employment.employer_kind", kind), ("employment.credit_code", code)])
    };
    assert_eq!(level("government", "11430000006120000X"), Some(Level::Fine));
    assert_eq!(level("unlisted_private", "11430000006120000X"), Some(Level::Look));
    assert_eq!(level("rural", "n2430111MF1234567X"), Some(Level::Fine));
    assert_eq!(level("other", "11430000006120000X"), None);
}

#[test]
fn the_codes_that_the_checks_know_are_those_of_the_lists() {
    let lists: toml::Table = include_str!("../../../../../provinces/data/lists.toml").parse().unwrap();
    let codes = |list: &str| -> Vec<String> {
        let entries = lists[list].as_array().unwrap().iter();
        entries.map(|entry| entry["code"].as_str().unwrap().to_owned()).collect()
    };
    let mut known: Vec<&str> = EMPLOYER_PREFIXES.iter().map(|(code, _)| *code).collect();
    known.push("other");
    assert_eq!(codes("employer_kind"), known, "a new kind of employer needs its prefixes here");
    let levels = codes("education_level");
    assert!(SCHOOL_LEVELS.iter().all(|level| levels.iter().any(|code| code == level)), "{levels:?}");
}

/// 手册丙 6
#[test]
fn a_corrected_name_is_shown_to_the_reviewer() {
    assert_eq!(level_of(CheckRule::NameCorrected, &[]), None);
    assert_eq!(level_of(CheckRule::NameCorrected, &[("person.name", "张三")]), Some(Level::Fine));
    assert_eq!(level_of(CheckRule::NameCorrected, &[("person.name", "张三丰")]), Some(Level::Look));
    let checks = found(&[("person.name", "赵\u{9FB4}")], |facts| facts.name = "赵\u{E81E}");
    assert_eq!(level(&checks, CheckRule::NameCorrected), Some(Level::Fine), "another code point of one character");
}

#[test]
fn the_highest_qualification_and_the_code_of_an_employer_are_looked_at_like_the_others() {
    let young = [("credential.obtained_on", "2005-01-01")];
    assert_eq!(level_of(CheckRule::QualifiedYoung, &young), Some(Level::Look));
    let code = |code: &'static str| [("employment.employer_kind", "government"), ("employment.employer_code", code)];
    assert_eq!(level_of(CheckRule::CreditCodePrefix, &code("91350100M000100Y43")), Some(Level::Look));
    assert_eq!(level_of(CheckRule::CreditCodePrefix, &code("12345678-8")), None);
}

#[test]
fn a_file_in_two_slots_is_told_at_the_later_one_and_three_different_ones_are_fine() {
    let file = |slot: &str, sha256: &str| (slot.to_owned(), format!("{slot}的名称"), sha256.to_owned());
    let files = [file("id_front", "aa"), file("id_back", "aa"), file("photo", "bb")];
    let twice = found(&[], |facts| facts.files = Box::leak(Box::new(files)));
    let told: Vec<_> = twice.iter().filter(|check| check.rule == CheckRule::SameFile).collect();
    assert_eq!(told.len(), 1);
    assert_eq!((told[0].item.as_str(), told[0].level), ("attachment.id_back", Level::Look));
    assert_eq!(told[0].inputs, [("other".to_owned(), "id_front的名称".to_owned())]);
    let files = [file("id_front", "aa"), file("id_back", "cc"), file("photo", "bb")];
    let fine = found(&[], |facts| facts.files = Box::leak(Box::new(files)));
    assert_eq!(level(&fine, CheckRule::SameFile), Some(Level::Fine));
}

#[test]
fn the_person_is_told_contradictions_and_not_what_only_the_bureau_can_weigh() {
    let mut typed = Answers::default();
    typed.set("education.full_time_graduated_on", "2001-06-30".to_owned());
    let certificates = [("qualification.rows.0.certificate_number".to_owned(), vec!["4320261100001".to_owned()])];
    let facts = Facts {
        name: "张三",
        document_kind: DocumentKind::ResidentId,
        document_number: "430111199003079988",
        born_on: Some(day("1990-03-07")),
        sex: Some(Sex::Female),
        answers: &typed,
        same_document: 2,
        same_certificates: &certificates,
        files: &[],
        today: day("2026-03-01"),
    };
    assert_eq!(doubts(&facts).iter().map(|check| check.rule).collect::<Vec<_>>(), [CheckRule::GraduatedYoung]);
    assert!(check(&facts).iter().any(|check| check.rule == CheckRule::SameDocument && check.level == Level::Wrong));
}
