use std::collections::{BTreeMap, BTreeSet};

use serde_json::json;

use super::*;
use crate::identity::{DocumentKind, Sex};
use crate::intake::Holder;
use crate::province::{Province, read_for_tests};

fn province(key: &str) -> Province {
    Province::parse(&read_for_tests, key).unwrap()
}

fn holder() -> Holder {
    Holder {
        document_kind: DocumentKind::ResidentId,
        name: "张三".into(),
        sex: Some(Sex::Female),
        born_on: "1990-03-07".parse().ok(),
    }
}

fn answers(of: &[(&str, &str)]) -> BTreeMap<String, String> {
    of.iter().map(|(item, value)| ((*item).to_owned(), (*value).to_owned())).collect()
}

fn filled(key: &str, of: &[(&str, &str)]) -> Filled {
    fill(&province(key), &holder(), &answers(of), "2026-12-01".parse().unwrap())
}

#[test]
fn what_the_form_asks_is_filled_and_the_rest_is_kept() {
    let filled = filled(
        "hubei",
        &[
            ("person.nationality", "CN"),
            ("person.postcode", "410007"),
            ("person.name", "张三"),
            ("education.full_time_level", "college"),
            ("education.full_time_school", "湖南财政经济学院"),
            ("qualification.rows.0.level", "intermediate"),
            ("employment.status", "employed_accounting"),
            ("employment.division", "430111"),
            ("employment.unheard_of", "x"),
        ],
    );
    let said: Vec<_> = filled.answers.values();
    let said: Vec<(&str, &str)> = said.iter().map(|(item, value)| (item.as_str(), *value)).collect();
    assert_eq!(
        said,
        [
            ("person.nationality", "CN"),
            ("education.full_time_level", "college"),
            ("education.full_time_school", "湖南财政经济学院"),
        ]
    );
    let kept: Vec<&str> = filled.kept.iter().map(String::as_str).collect();
    assert_eq!(
        kept,
        ["employment.division", "employment.status", "employment.unheard_of", "person.postcode", "qualification.rows.0.level"],
        "the name is that of the account"
    );
}

#[test]
fn what_nobody_is_asked_with_these_answers_does_not_lie_unseen_in_the_form() {
    let filled = filled("hubei", &[("education.full_time_level", "none"), ("education.full_time_school", "湖南大学")]);
    assert_eq!(filled.kept, ["education.full_time_school"]);
}

#[test]
fn every_answer_of_a_province_that_fills_its_own_form_stands_in_it() {
    let of = [("person.nationality", "CN"), ("employment.division", "430111"), ("employment.status", "employed_accounting")];
    let filled = filled("hunan", &of);
    assert_eq!((filled.answers.values().len(), filled.kept.len()), (3, 0));
}

#[test]
fn what_is_no_package_is_told_from_one_of_another_version() {
    for (signed, why) in [
        (json!({}), NotReceived::NotAPackage),
        (json!({ "format": "another", "version": 1 }), NotReceived::NotAPackage),
        (json!({ "format": FORMAT, "version": 2, "whatever": [] }), NotReceived::OtherVersion),
        (json!({ "format": FORMAT, "version": VERSION }), NotReceived::NotAPackage),
    ] {
        assert_eq!(Package::read(&signed).err(), Some(why), "{signed}");
    }
}

#[test]
fn every_province_that_is_served_is_a_place_and_cities_of_their_own_are_too() {
    let places = province("hunan").places;
    for key in ["hunan", "hubei", "liaoning", "zhejiang", "dalian", "ningbo"] {
        assert!(places.get(key).is_some(), "{key}");
    }
    assert!(places.but("hunan").all(|place| place.key != "hunan"));
}

/// The file that describes the format to others names what the program writes, and nothing else.
#[test]
fn the_schema_names_the_fields_that_a_package_has() {
    let path = format!("{}/../../docs/package.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let at = "2026-12-01T02:00:00Z";
    let approval = json!({ "bureau_name": "a", "approved_at": at, "case_number": "1" });
    let version = json!({
        "number": 1, "approval": approval, "answers": { "person.nationality": "CN" },
        "sections": [{ "key": "person", "title": "t", "rows": [{ "item": "i", "group": null, "label": "l", "value": "v" }] }],
        "files": [{ "slot": "photo", "title": "照片", "sha256": "aa" }],
    });
    let package = json!({
        "format": FORMAT, "version": VERSION, "id": "x", "issued_at": at, "departure": approval,
        "origin": { "key": "hunan", "name": "湖南省" }, "destination": { "key": "hubei", "name": "湖北省" },
        "holder": { "name": "张三", "document_kind": "resident_id", "document_number": "1" },
        "record": version, "versions": [version],
        "ledger": [{ "year": 2025, "subject": "s", "credits": "30", "source": "s", "reckoned": "r", "booked_on": "2026-01-01", "taken_back": false }],
        "integrity": [{ "kind": "k", "title": "t", "body": "b", "number": "", "decided_on": "2026-01-01", "ban": "", "taken_back": false }],
    });
    let read = Package::read(&package).unwrap();
    let written = serde_json::to_value(&read).unwrap();
    described(&schema, &schema, &written, "package");
}

/// Each object has the fields that the schema requires, and the schema names each.
fn described(root: &serde_json::Value, of: &serde_json::Value, value: &serde_json::Value, at: &str) {
    let of = match of["$ref"].as_str() {
        Some(way) => root.pointer(way.trim_start_matches('#')).unwrap(),
        None => of,
    };
    if let Some(fields) = value.as_object().filter(|_| of["properties"].is_object()) {
        let named: BTreeSet<&str> = of["properties"].as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields.keys().map(String::as_str).collect::<BTreeSet<_>>(), named, "{at}");
        let required: BTreeSet<&str> = of["required"].as_array().unwrap().iter().filter_map(|name| name.as_str()).collect();
        assert_eq!(required, named, "{at}");
        for (name, value) in fields {
            described(root, &of["properties"][name], value, &format!("{at}.{name}"));
        }
    }
    for value in value.as_array().into_iter().flatten() {
        described(root, &of["items"], value, &format!("{at}[]"));
    }
}

#[test]
fn papers_of_the_person_travel_and_those_of_a_workplace_a_home_and_a_printed_form_do_not() {
    for (key, stay) in [("hunan", vec!["employment_proof"]), ("hubei", vec!["employment_proof", "residence_proof"])] {
        let province = province(key);
        let slots = province.profile.intake_line().attachments.iter();
        let left: Vec<&str> = slots.filter(|slot| !travels(slot)).map(|slot| slot.slot.as_str()).collect();
        assert_eq!(left, stay, "{key}");
    }
    let printed = province("liaoning").profile.intake_line().attachment("signed_form").cloned().unwrap();
    assert!(!travels(&printed));
}
