use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::*;
use crate::fault::{Fault, FieldErrors};
use crate::form::Typed;
use crate::identity::Sex;
use crate::identity::document::DocumentKind;
use crate::province::{Province, read_for_tests};

mod dates;
mod earned;
mod hubei;
mod liaoning;
mod returns;
mod switched;
mod tables;
mod views;
mod zhejiang;

pub(super) struct World {
    pub province: Province,
    pub holder: Holder,
    pub answers: Answers,
}

impl World {
    pub fn cx(&self) -> Context<'_> {
        Context::of(&self.province, &self.holder, &self.answers, day("2026-03-17"))
    }

    pub fn set(&mut self, item: &str, value: &str) -> &mut Self {
        assert!(self.answers.set(item, value.to_owned()), "{item}");
        self
    }

    fn faults(&self, step: StepKey) -> FieldErrors {
        self.answers.form(step).check(&self.cx()).err().unwrap_or_default()
    }

    fn fault(&self, step: StepKey, field: &str) -> Option<Fault> {
        self.faults(step).of(field).cloned()
    }
}

pub(super) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A complete application in Hunan.
pub(super) fn hunan() -> World {
    let province = Province::parse(&read_for_tests, "hunan").unwrap();
    let holder = Holder {
        document_kind: DocumentKind::ResidentId,
        name: "张三".to_owned(),
        sex: Some(Sex::Female),
        born_on: Some(day("1990-03-07")),
    };
    let mut world = World { province, holder, answers: Answers::default() };
    for (item, value) in [
        ("person.nationality", "CN"),
        ("person.ethnicity", "01"),
        ("person.political_status", "13"),
        ("person.residence_address", "韶山中路 1 号"),
        ("education.full_time_level", "college"),
        ("education.full_time_school", "湖南财政经济学院"),
        ("education.full_time_major", "会计学"),
        ("education.full_time_graduated_on", "2012.6.30"),
        ("education.part_time_level", "bachelor"),
        ("education.part_time_degree", "none"),
        ("education.part_time_school", "湖南大学"),
        ("education.part_time_major", "财务管理"),
        ("education.part_time_graduated_on", "2018-12-30"),
        ("qualification.rows.0.category", "accounting"),
        ("qualification.rows.0.level", "intermediate"),
        ("qualification.rows.0.method", "exam"),
        ("qualification.rows.0.obtained_on", "2019-09-18"),
        ("qualification.rows.0.certificate_number", "19430001"),
        ("employment.status", "employed_accounting"),
        ("employment.division", "430111"),
        ("employment.accounting_started_on", "2012-07-16"),
        ("employment.employer_name", "长沙某某有限公司"),
        ("employment.credit_code", "91350100M000100Y43"),
        ("employment.employer_kind", "unlisted_private"),
        ("employment.employer_address", "韶山中路 2 号"),
        ("employment.joined_on", "2015-03-16"),
        ("employment.post", "cashier"),
        ("employment.duty", "staff"),
        ("employment.title", "accountant"),
        ("employment.title_appointed_on", "2019-12-20"),
    ] {
        world.set(item, value);
    }
    world
}

#[test]
fn a_complete_application_is_accepted_and_finds_its_bureau() {
    let world = hunan();
    let application = world.answers.check(&world.cx()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((application.division.as_str(), application.bureau.as_str()), ("430111", "430111"));
    let employer = Employer { code: "91350100M000100Y43".to_owned(), name: "长沙某某有限公司".to_owned() };
    assert_eq!((application.name, application.employer), (None, Some(employer)));
}

/// 手册甲 二（二）2
#[test]
fn full_time_education_may_not_be_none() {
    let mut world = hunan();
    world.set("education.full_time_level", "none");
    assert_eq!(world.fault(StepKey::Education, "full_time_level"), Some(Fault::FullTimeNone));
}

/// 手册甲 二（二）2
#[test]
fn full_time_education_may_not_be_above_part_time_education() {
    let mut world = hunan();
    world.set("education.full_time_level", "master").set("education.full_time_degree", "master");
    assert_eq!(world.fault(StepKey::Education, "full_time_level"), Some(Fault::FullTimeAbovePartTime));
    world.set("education.part_time_level", "master");
    assert_eq!(world.fault(StepKey::Education, "full_time_level"), None);
}

/// 手册甲 二（二）2
#[test]
fn without_part_time_education_full_time_education_may_be_any() {
    for none in ["", "none"] {
        let mut world = hunan();
        world.set("education.full_time_level", "doctor").set("education.full_time_degree", "doctor");
        world.set("education.part_time_level", none);
        assert!(world.faults(StepKey::Education).is_empty());
    }
}

/// 手册甲 二（二）3
#[test]
fn one_category_of_qualification_has_one_row() {
    let mut world = hunan();
    world.set("qualification.rows.2.category", "accounting");
    assert_eq!(world.fault(StepKey::Qualification, "rows.2.category"), Some(Fault::DuplicateRow));
    world.set("qualification.rows.2.category", "audit");
    assert_eq!(world.fault(StepKey::Qualification, "rows.2.category"), None);
    assert_eq!(world.fault(StepKey::Qualification, "rows.2.level"), Some(Fault::Missing));
}

/// 手册甲 二（二）3
#[test]
fn no_qualification_is_an_answer_and_an_empty_row_is_none() {
    let mut world = hunan();
    world.answers.put(StepForm::of(StepKey::Qualification));
    world.set("qualification.rows.1.level", " ");
    assert!(world.faults(StepKey::Qualification).is_empty());
    assert!(!attachments_called_for(&world.province.profile, &world.answers).iter().any(|a| a.slot == "qualification_proof"));
}

#[test]
fn more_rows_than_can_be_are_refused() {
    let typed = |name: &str| Typed([(name.to_owned(), "senior".to_owned())].into());
    let refused = StepForm::read(StepKey::Qualification, &typed("rows.10.level")).unwrap_err();
    assert_eq!(refused, FieldErrors::one("rows", Fault::TooManyRows(10)));
    let unknown = StepForm::read(StepKey::Qualification, &typed("rows.0.colour")).unwrap_err();
    assert_eq!(unknown, FieldErrors::one("rows.0.colour", Fault::NotInList));
    let mut world = hunan();
    assert!(!world.answers.set("qualification.rows.10.level", String::new()));
    assert!(!world.answers.set("qualification.rows.0.colour", String::new()));
}

/// 手册甲 二（二）4
#[test]
fn accounting_work_may_not_start_after_the_appointment() {
    let mut world = hunan();
    world.set("employment.accounting_started_on", "2019-12-21");
    assert_eq!(world.fault(StepKey::Employment, "accounting_started_on"), Some(Fault::StartedAfterAppointed));
    world.set("employment.accounting_started_on", "2019-12-20");
    assert!(world.faults(StepKey::Employment).is_empty());
    world.set("employment.accounting_started_on", "2019-12-21").set("employment.title", "none");
    assert!(world.faults(StepKey::Employment).is_empty(), "without a title there is no appointment");
    world.set("employment.title", "accountant").set("employment.status", "employed_other");
    assert!(world.faults(StepKey::Employment).is_empty(), "only for 在会计岗工作");
}

#[test]
fn a_student_is_not_asked_for_an_employer_and_what_was_typed_is_dropped() {
    let mut world = hunan();
    world.set("employment.status", "student").set("employment.credit_code", "wrong").set("employment.joined_on", "never");
    assert!(world.faults(StepKey::Employment).is_empty());
    assert_eq!(world.answers.check(&world.cx()).unwrap().employer, None);
}

#[test]
fn a_division_leads_to_a_bureau_and_an_unknown_one_is_refused() {
    let mut world = hunan();
    world.set("employment.division", "430100");
    assert_eq!(world.answers.check(&world.cx()).unwrap().bureau, "430100");
    world.set("employment.division", "330102");
    assert_eq!(world.fault(StepKey::Employment, "division"), Some(Fault::NotInList));
    world.set("employment.division", "");
    assert_eq!(world.fault(StepKey::Employment, "division"), Some(Fault::Missing));
    world.set("employment.division", "430111");
    world.province.bureaus.0.remove("430111");
    assert_eq!(world.fault(StepKey::Employment, "division"), Some(Fault::NoBureau));
}

#[test]
fn a_date_is_real_past_and_after_birth() {
    let mut world = hunan();
    for (typed, fault) in [
        ("2019-02-30", Some(Fault::NotADateOrMonth)),
        ("2019", Some(Fault::NotADateOrMonth)),
        ("2026-04", Some(Fault::InTheFuture)),
        ("2026年3月", None),
        ("1899-12", Some(Fault::TooEarly)),
        ("1990-02", Some(Fault::TooEarly)),
        ("1990-03", None),
        ("二〇一二年七月", None),
        ("2026-03-18", Some(Fault::InTheFuture)),
        ("1899-12-31", Some(Fault::TooEarly)),
        ("1990-03-06", Some(Fault::TooEarly)),
        ("2026年3月17日", None),
    ] {
        world.set("qualification.rows.0.obtained_on", typed);
        assert_eq!(world.fault(StepKey::Qualification, "rows.0.obtained_on"), fault, "{typed}");
    }
}

#[test]
fn sex_and_birth_date_are_asked_only_when_the_document_does_not_carry_them() {
    let mut world = hunan();
    world.set("person.sex", "").set("person.born_on", "1770-01-01");
    assert!(world.faults(StepKey::Person).is_empty(), "the document wins");
    let asked = |world: &World| items(&world.cx(), &world.answers).contains(&"person.sex".to_owned());
    assert!(!asked(&world));
    world.holder = Holder { document_kind: DocumentKind::Passport, sex: None, born_on: None, ..world.holder };
    assert!(asked(&world));
    assert_eq!(world.fault(StepKey::Person, "born_on"), Some(Fault::TooEarly));
    world.set("person.sex", "1").set("person.born_on", "1970-01-01");
    assert!(world.faults(StepKey::Person).is_empty());
    world.set("person.sex", "").set("person.born_on", "");
    assert_eq!(world.fault(StepKey::Person, "born_on"), Some(Fault::Missing));
}

#[test]
fn faults_stand_in_the_order_of_the_page() {
    let world = World { answers: Answers::default(), ..hunan() };
    let fields: Vec<_> = world.faults(StepKey::Employment).0.into_iter().map(|error| error.field).collect();
    assert_eq!(fields, ["status", "division"]);
    let steps: Vec<_> = world.answers.check(&world.cx()).unwrap_err().into_iter().map(|(step, _)| step).collect();
    assert_eq!(steps, [StepKey::Person, StepKey::Education, StepKey::Employment]);
}

#[test]
fn a_choice_outside_the_list_and_a_text_too_long_are_refused() {
    let mut world = hunan();
    world.set("person.ethnicity", "99").set("person.residence_address", &"长".repeat(101)).set("person.email", "nobody");
    assert_eq!(world.fault(StepKey::Person, "ethnicity"), Some(Fault::NotInList));
    assert_eq!(world.fault(StepKey::Person, "residence_address"), Some(Fault::TooLong(100)));
    assert_eq!(world.fault(StepKey::Person, "email"), Some(Fault::Email));
}

/// 手册甲 二（三）1
#[test]
fn only_the_files_that_the_answers_call_for_are_asked() {
    let slots = |world: &World| -> Vec<String> {
        attachments_called_for(&world.province.profile, &world.answers).iter().map(|rules| rules.slot.clone()).collect()
    };
    let mut world = hunan();
    assert_eq!(slots(&world).len(), 7);
    world.set("education.part_time_level", "none");
    world.answers.put(StepForm::of(StepKey::Qualification));
    assert_eq!(slots(&world), ["photo", "id_front", "id_back", "full_time_diploma", "employment_proof"]);
}
