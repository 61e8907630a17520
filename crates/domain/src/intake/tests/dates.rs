//! Dates as certificates have them, to the day or to the month.

use super::*;

#[test]
fn a_month_is_taken_where_certificates_have_no_day_and_nowhere_else() {
    let mut world = hunan();
    for (item, step, field) in [
        ("education.full_time_graduated_on", StepKey::Education, "full_time_graduated_on"),
        ("education.part_time_graduated_on", StepKey::Education, "part_time_graduated_on"),
        ("qualification.rows.0.obtained_on", StepKey::Qualification, "rows.0.obtained_on"),
    ] {
        world.set(item, "二〇一五年七月");
        assert_eq!(world.fault(step, field), None, "{item}");
    }
    world.holder = Holder { document_kind: DocumentKind::Passport, sex: None, born_on: None, ..world.holder };
    world.set("person.born_on", "1990年3月");
    assert_eq!(world.fault(StepKey::Person, "born_on"), Some(Fault::NotADate));
}

#[test]
fn a_month_contradicts_a_date_only_where_no_day_of_it_fits() {
    let mut world = hunan();
    world.set("employment.accounting_started_on", "2015-07-20").set("employment.title_appointed_on", "2015年7月");
    assert_eq!(world.fault(StepKey::Employment, "accounting_started_on"), None);
    world.set("employment.title_appointed_on", "2015年6月");
    assert_eq!(world.fault(StepKey::Employment, "accounting_started_on"), Some(Fault::StartedAfterAppointed));
    world.set("employment.accounting_started_on", "201506");
    assert_eq!(world.fault(StepKey::Employment, "accounting_started_on"), None);
}

#[test]
fn a_month_is_shown_without_a_day_that_nobody_stated() {
    let mut world = hunan();
    world.set("education.full_time_graduated_on", "201207");
    let sections = display(&world.cx(), &world.answers);
    let row = sections.iter().flat_map(|section| &section.rows).find(|row| row.item == "education.full_time_graduated_on");
    assert_eq!(row.unwrap().value, "2012年7月");
}

#[test]
fn every_example_that_a_keypad_of_digits_types_has_nothing_but_digits_and_is_understood() {
    let mut seen = 0;
    for key in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let province = Province::parse(&read_for_tests, key).unwrap();
        for (step, field) in
            province.profile.intake.steps.iter().flat_map(|step| step.fields.iter().map(|field| (step.key, field)))
        {
            let (Some(kind), Some(example)) = (field_kind(step, &field.key), &field.example) else { continue };
            let is_understood = match kind {
                FieldKind::Date => crate::date::parse_date(example).is_some(),
                FieldKind::DateOrMonth => {
                    [example.as_str(), &example[..6]].into_iter().all(|typed| crate::date::Dated::parse(typed).is_some())
                }
                FieldKind::Mobile => crate::identity::Mobile::check(example).is_ok(),
                FieldKind::Telephone => crate::identity::contact::telephone(example).is_ok(),
                FieldKind::Postcode => crate::identity::contact::postcode(example).is_ok(),
                _ => continue,
            };
            seen += 1;
            assert!(is_understood && example.bytes().all(|byte| byte.is_ascii_digit()), "{key} {step:?} {} {example}", field.key);
        }
    }
    assert!(seen > 20, "{seen}");
}
