use chrono::NaiveDate;

use super::{LoginWay, Province, read_for_tests as read};

mod bureaus;
mod employers;
mod fifth;
mod learning;
mod names;
mod planted;
mod words;

/// Hunan with one text of one file replaced.
fn broken(file: &str, from: &str, to: &str) -> Vec<(String, String, String)> {
    let text = read(file).unwrap();
    assert!(text.contains(from), "{from} stands in {file}");
    let replaced = text.replacen(from, to, 1);
    let with_change = |name: &str| if name == file { Some(replaced.clone()) } else { read(name) };
    let errors = Province::parse(&with_change, "hunan").unwrap_err();
    errors.into_iter().map(|error| (error.file, error.key, error.problem)).collect()
}

fn names(file: &str, from: &str, to: &str, key: &str) {
    let errors = broken(file, from, to);
    assert!(errors.iter().any(|(f, k, _)| f == file && k == key), "{file} {key} among {errors:#?}");
}

#[test]
fn hunan_is_without_a_fault() {
    let hunan = Province::parse(&read, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(hunan.profile.account.password.as_ref().unwrap().specials, "@$!*?&~`()/-+\\.^");
    assert_eq!(hunan.profile.account.sms.resend_seconds, 90);
    assert_eq!(hunan.profile.account.document_kinds.len(), 5);
    assert_eq!(hunan.profile.intake_line().attachments.len(), 7);
}

#[test]
fn an_unknown_key_is_named_with_its_table() {
    names("hunan.toml", "resend_seconds = 90", "resend_secs = 90\nresend_seconds = 90", "account.sms.resend_secs");
}

#[test]
fn a_missing_section_is_named() {
    let errors = broken("hunan.toml", "[site]", "[sight]");
    assert!(errors.iter().any(|(_, key, _)| key == "sight" || key == "site" || key == "sight.sight"), "{errors:?}");
}

#[test]
fn a_password_that_follows_the_telephone_cannot_pass_over_a_taken_number() {
    let (from, to) = ("registration = \"with_password\"", "registration = \"password_after\"");
    names("hunan.toml", from, to, "account.taken");
    let text = read("hunan.toml").unwrap().replacen(from, &format!("{to}\ntaken = \"told\""), 1);
    let with_change = |name: &str| if name == "hunan.toml" { Some(text.clone()) } else { read(name) };
    let rules = Province::parse(&with_change, "hunan").unwrap().profile.account;
    assert_eq!(rules.registration_password(), None);
}

#[test]
fn a_way_to_log_in_is_found_by_its_key_and_the_first_one_otherwise() {
    let rules = Province::parse(&read, "hunan").unwrap().profile.account;
    assert_eq!(rules.login("mobile"), Some(LoginWay::MobileAndSlider));
    for key in ["", "password", "name", "x"] {
        assert_eq!(rules.login(key), Some(LoginWay::PasswordAndSlider));
    }
    assert!(rules.registration_password().is_some());
}

#[test]
fn an_unknown_field_is_named() {
    names("hunan.toml", "key = \"postcode\"", "key = \"zip\"", "intake.steps.person.fields.zip");
}

#[test]
fn an_unknown_list_is_named() {
    names(
        "hunan.toml",
        "{ key = \"full_time_degree\" }",
        "{ key = \"full_time_degree\", list = \"degrees\" }",
        "intake.steps.education.fields.full_time_degree.list",
    );
}

#[test]
fn a_condition_on_a_field_that_is_not_asked_is_named() {
    let (from, to) = ("field = \"title\"", "field = \"rank\"");
    names("hunan.toml", from, to, "intake.steps.employment.fields.title_appointed_on.when.field");
}

#[test]
fn a_condition_on_a_value_that_cannot_be_is_named() {
    let (from, to) = ("is = [\"employed_accounting\"]", "is = [\"working\"]");
    names("hunan.toml", from, to, "intake.steps.employment.fields.accounting_started_on.when");
}

#[test]
fn a_field_that_depends_on_itself_is_named() {
    let own = "when = { field = \"ethnicity\", is = [\"01\"] }";
    let (from, to) = ("{ key = \"ethnicity\" }", &*format!("{{ key = \"ethnicity\", {own} }}"));
    names("hunan.toml", from, to, "intake.steps.person.fields.ethnicity.when");
}

#[test]
fn an_impossible_limit_of_an_attachment_is_named() {
    names("hunan.toml", "max_bytes = 3145728", "max_bytes = 0", "lines.intake.attachments.photo.max_bytes");
    names("hunan.toml", "kinds = [\"jpg\", \"png\"]", "kinds = [\"exe\"]", "lines.intake.attachments.photo.kinds");
    names("hunan.toml", "min_width = 600", "min_width = 0", "lines.intake.attachments.id_front.min_width");
}

#[test]
fn a_slot_for_a_printed_form_without_a_title_is_named() {
    names("hunan.toml", "example = \"photo\"", "example = \"photo\"\nprints = true", "intake.form_title");
}

#[test]
fn a_field_that_stands_twice_is_named() {
    names("hunan.toml", "key = \"post\"", "key = \"duty\"", "intake.steps.employment.fields.duty");
}

#[test]
fn an_empty_label_is_named() {
    names(
        "hunan.toml",
        "{ key = \"ethnicity\" }",
        "{ key = \"ethnicity\", label = \" \" }",
        "intake.steps.person.fields.ethnicity.label",
    );
}

#[test]
fn a_step_that_stands_twice_is_named() {
    names("hunan.toml", "key = \"qualification\"", "key = \"employment\"", "intake.steps.employment");
}

#[test]
fn a_profile_without_a_required_division_is_refused() {
    names("hunan.toml", "key = \"division\"", "key = \"duty\"", "intake.steps.employment.fields.division");
}

#[test]
fn a_broken_table_of_data_is_named_with_its_line() {
    names("data/bureaus.csv", "210000,辽宁省财政厅,1", "210000,辽宁省财政厅,9", "line 2");
    names("data/divisions.csv", "210100,沈阳市,2,210000", "210100,沈阳市,2,990000", "210100");
    names("data/lists.toml", "label = \"汉族\"", "label = \"\"", "ethnicity.01");
    names("data/calendar.toml", "\"2026-01-04\"", "\"2026-01-01\"", "rest");
}

#[test]
fn a_fault_in_the_common_words_of_the_fields_is_named() {
    let file = "data/fields.toml";
    names(file, "[person]\n", "[person]\nzip = { label = \"邮编\" }\n", "person.zip");
    names(file, "list = \"sex\"", "list = \"sexes\"", "person.sex.list");
    names(file, "label = \"民族\"", "label = \"\"", "person.ethnicity.label");
    let errors = broken(file, "label = \"民族\"", "lable = \"民族\"");
    assert!(errors.iter().any(|(_, key, _)| key.ends_with("lable")), "{errors:?}");
}

#[test]
fn a_province_takes_a_common_word_away() {
    let all = "{ key = \"ethnicity\", always = true, required = false, hint = \"\" },\n  { key = \"born_on\", example = \"\" }";
    let text = read("hunan.toml").unwrap().replacen("{ key = \"born_on\" }", "{ key = \"email\" }", 1);
    let text = text.replacen("{ key = \"ethnicity\" }", all, 1).replacen(
        "  { key = \"email\" },\n  { key = \"telephone\"",
        "  { key = \"telephone\"",
        1,
    );
    let with_change = |name: &str| if name == "hunan.toml" { Some(text.clone()) } else { read(name) };
    let hunan = Province::parse(&with_change, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"));
    let person = hunan.profile.intake.step(super::StepKey::Person).unwrap();
    let ethnicity = person.field("ethnicity").unwrap();
    assert_eq!((ethnicity.label.as_str(), ethnicity.required, ethnicity.when.len()), ("民族", false, 0));
    assert_eq!(person.field("born_on").unwrap().example, None);
}

#[test]
fn a_kind_that_a_province_does_not_have_still_shows_its_cases() {
    let zhejiang = Province::parse(&read, "zhejiang").unwrap().profile;
    let line = zhejiang.line(crate::case::CaseKind::PhoneChange);
    assert_eq!((line.name.as_str(), line.review_working_days), ("手机号更换", 10));
    assert_eq!(zhejiang.phone_change_days(), None);
    assert!(!zhejiang.has_line(crate::case::CaseKind::PhoneChange) && zhejiang.has_line(crate::case::CaseKind::Intake));
}

#[test]
fn whoever_has_an_account_of_the_province_can_change_a_lost_number_from_outside() {
    for key in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let profile = Province::parse(&read, key).unwrap().profile;
        let is_own = profile.account.identity_service.is_none();
        assert_eq!((profile.phone_change.is_some(), profile.phone_change_days().is_some()), (is_own, is_own), "{key}");
        assert_eq!(profile.has_line(crate::case::CaseKind::Appeal), is_own, "{key}");
        assert!(profile.freeze.is_some(), "{key}");
    }
}

#[test]
fn a_wrong_word_of_a_field_is_named_with_the_way_to_it() {
    names("hunan.toml", "{ key = \"sex\" }", "{ key = \"sex\", lable = \"性别\" }", "intake.steps[0].groups[0].fields[1].lable");
    names("hunan.toml", "review_working_days = 10", "review_working_days = \"ten\"", "lines.intake.review_working_days");
}

#[test]
fn several_faults_are_found_in_one_go() {
    let text =
        read("hunan.toml").unwrap().replace("{ key = \"sex\" }", "{ key = \"sex\", label = \"\" }").replace("min = 8", "min = 1");
    let bad = |name: &str| if name == "hunan.toml" { Some(text.clone()) } else { read(name) };
    assert_eq!(Province::parse(&bad, "hunan").unwrap_err().len(), 2);
}

#[test]
fn a_missing_file_is_named() {
    let errors = Province::parse(&|_| None, "hunan").unwrap_err();
    let files: Vec<_> = errors.iter().map(|error| error.file.as_str()).collect();
    assert_eq!(
        files,
        [
            "hunan.toml",
            "data/fields.toml",
            "data/lists.toml",
            "data/calendar.toml",
            "data/laws.toml",
            "data/places.toml",
            "data/divisions.csv",
            "data/bureaus.csv"
        ]
    );
}

#[test]
fn a_province_holds_its_own_divisions_only() {
    let hunan = Province::parse(&read, "hunan").unwrap();
    assert_eq!(hunan.divisions.path_label("430111"), "湖南省长沙市雨花区");
    assert_eq!(hunan.divisions.path_label("999999"), "");
    assert_eq!(hunan.divisions.children("430000").len(), 14);
    assert_eq!(hunan.divisions.0.values().filter(|division| division.level == 3).count(), 122);
    assert!(hunan.divisions.get("330102").is_none() && hunan.bureaus.get(&"330102".into()).is_none());
}

#[test]
fn every_division_of_the_province_has_a_bureau() {
    let hunan = Province::parse(&read, "hunan").unwrap();
    assert!(hunan.divisions.0.keys().all(|code| hunan.bureaus.for_division(code).is_some()));
}

#[test]
fn a_choice_that_has_run_out_is_no_longer_offered_but_still_read() {
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    let entry = r#"{"degree":[{"code":"old","label":"旧学位","valid_to":"2020-12-31"}]}"#;
    let lists = super::Lists(serde_json::from_str(entry).unwrap());
    assert!(lists.has("degree", "old", day("2020-12-31")) && !lists.has("degree", "old", day("2021-01-01")));
    assert_eq!(lists.label("degree", "old"), Some("旧学位"));
    assert_eq!(lists.rank("degree", "old"), None);
}

#[test]
fn the_calendar_knows_the_holidays_and_the_working_sundays() {
    let hunan = Province::parse(&read, "hunan").unwrap();
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    assert!(!hunan.calendar.is_working_day(day("2026-02-17")));
    assert!(hunan.calendar.is_working_day(day("2026-02-28")));
}

#[test]
fn mistakes_of_a_photograph_are_named_with_their_keys() {
    let key = "lines.intake.attachments.photo.photo";
    let photo = |to: &str, key: &str| names("hunan.toml", "photo = { width = 295, height = 413 }", to, key);
    photo("photo = { width = 20, height = 413 }", &format!("{key}.width"));
    photo("photo = { width = 295, height = 4130 }", &format!("{key}.height"));
    photo("photo = { width = 295, height = 413, min_bytes = 3000000 }", &format!("{key}.min_bytes"));
    photo("photo = { width = 295, height = 413, max_original_bytes = 1000 }", &format!("{key}.max_original_bytes"));
    photo("photo = { width = 295, height = 413, max_original_bytes = 20000000 }", &format!("{key}.max_original_bytes"));
    photo("photo = { width = 295, height = 413, backgrounds = [\"red\", \"red\"] }", &format!("{key}.backgrounds"));
    photo("photo = { width = 295, height = 413 }\nmin_width = 295", key);
    names("hunan.toml", "kinds = [\"jpg\", \"png\"]", "kinds = [\"png\"]", key);
    let errors = broken("hunan.toml", "height = 413 }", "height = 413, backgrounds = [\"pink\"] }");
    assert!(errors.iter().any(|(_, key, problem)| key.contains("backgrounds") || problem.contains("pink")), "{errors:?}");
}

#[test]
fn the_lists_of_every_province_arrive_as_they_left() {
    for key in ["hubei", "hunan", "liaoning", "zhejiang"] {
        let province = Province::parse(&read, key).unwrap();
        let json = serde_json::to_string(&province.lists).unwrap();
        assert_eq!(serde_json::from_str::<super::Lists>(&json).unwrap(), province.lists);
        let json = serde_json::to_string(&(&province.divisions, &province.bureaus)).unwrap();
        let both: (super::Divisions, super::Bureaus) = serde_json::from_str(&json).unwrap();
        assert_eq!(both, (province.divisions, province.bureaus));
    }
}
