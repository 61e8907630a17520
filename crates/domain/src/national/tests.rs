//! Who collects on which day, and what is said of it.

use chrono::NaiveDate;

use super::credits::{CreditsFile, FORMAT, FileCredit, FileProvince, PeriodForm, VERSION};
use super::view::Elsewhere;
use super::*;
use crate::account::view::ProvinceWords;
use crate::fault::Fault;
use crate::province::Province;

/// A province whose terms are these.
fn province(key: &str, terms: &str) -> Province {
    let folder = format!("{}/../../provinces", env!("CARGO_MANIFEST_DIR"));
    let url = "url = \"https://ausm.mof.gov.cn/index\"";
    let read = |file: &str| {
        let text = std::fs::read_to_string(format!("{folder}/{file}")).ok()?;
        let is_it = file == format!("{key}.toml");
        Some(if is_it { text.replacen(url, &format!("{url}\nterms = [{terms}]"), 1) } else { text })
    };
    Province::parse(&read, key).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

const TERMS: &str = r#"
    { from = "2027-07-01", collection_owner = "national", drafts_until = "2027-07-31" },
    { from = "2028-01-01", collection_owner = "province" },
"#;

fn on(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

#[test]
fn every_kind_by_which_people_are_collected_goes_there_on_the_day_and_comes_back_and_no_other_ever_does() {
    let profile = province("hunan", TERMS).profile;
    for kind in CaseKind::ALL {
        let lets = |doing, day: &str| is_done_here(&profile, *kind, doing, on(day));
        let moves = kind.is_of_collection();
        for (day, opens, takes) in [
            ("2027-06-30", true, true),
            ("2027-07-01", !moves, true),
            ("2027-07-31", !moves, true),
            ("2027-08-01", !moves, !moves),
            ("2027-12-31", !moves, !moves),
            ("2028-01-01", true, true),
        ] {
            assert_eq!((lets(Doing::Open, day), lets(Doing::HandIn, day)), (opens, takes), "{kind:?} {day}");
        }
    }
    let moved: Vec<_> =
        CaseKind::ALL.iter().filter(|kind| !is_done_here(&profile, **kind, Doing::Open, on("2027-09-01"))).collect();
    assert_eq!(moved, [&CaseKind::Intake, &CaseKind::Change, &CaseKind::Relocation, &CaseKind::Transfer]);
}

#[test]
fn what_is_said_names_the_day_the_platform_and_the_last_day_for_drafts() {
    let profile = province("hunan", TERMS).profile;
    let said = |day: &str| Elsewhere::of(&profile, on(day));
    let ahead = said("2027-05-01").unwrap();
    assert!(!ahead.is_shut && !ahead.is_over, "{ahead:?}");
    assert!(ahead.said.starts_with("2027年7月1日起，信息采集、信息变更、跨省调出、调转改在"), "{}", ahead.said);
    assert!(ahead.said.contains("2027年7月31日以前"), "{}", ahead.said);
    let grace = said("2027-07-31").unwrap();
    assert!(grace.is_shut && !grace.is_over && grace.said.contains("不再开始新的申请"), "{grace:?}");
    let over = said("2027-08-01").unwrap();
    assert!(over.is_shut && over.is_over && over.said.contains("继续教育仍在本平台办理"), "{over:?}");
    assert_eq!(said("2028-01-01"), None);
    assert_eq!(Elsewhere::of(&province("hunan", "").profile, on("2027-09-01")), None, "without terms the province collects");
}

#[test]
fn the_entries_of_the_menu_lead_where_the_thing_is_done() {
    let profile = province("hunan", TERMS).profile;
    let pages = |day: &str| {
        let words = ProvinceWords::of(&profile, on(day));
        let page = |item: &MenuItem| words.page_of(item).unwrap_or_default();
        (words.after_approval.iter().map(page).collect::<Vec<_>>(), words.has_change)
    };
    let here = pages("2027-06-30");
    assert!(here.1 && here.0.contains(&"intake?change=all") && here.0.contains(&"transfer"), "{here:?}");
    let there = pages("2027-09-01");
    assert!(!there.1 && there.0.contains(&"learning") && there.0.contains(&ENTRY), "{there:?}");
    assert!(!there.0.iter().any(|page| page.starts_with("intake") || *page == "transfer"), "{there:?}");
    assert_eq!(pages("2028-01-01"), here);
    assert!(footer(&profile, on("2027-09-01")).unwrap().contains("https://ausm.mof.gov.cn/index"));
    assert_eq!(footer(&profile, on("2027-06-30")), None);
}

#[test]
fn a_period_ends_before_today_and_is_no_longer_than_a_year() {
    let check = |from: &str, until: &str| PeriodForm { from: from.into(), until: until.into() }.check(on("2027-09-02"));
    assert_eq!(check("2027.8.1", "20270901"), Ok((on("2027-08-01"), on("2027-09-01"))));
    assert_eq!(check("2026-09-02", "2027-09-01"), Ok((on("2026-09-02"), on("2027-09-01"))));
    for (from, until, field, fault) in [
        ("", "2027-09-01", "from", Fault::Missing),
        ("x", "2027-09-01", "from", Fault::NotADate),
        ("2027-08-01", "", "until", Fault::Missing),
        ("2027-08-01", "2027-09-02", "until", Fault::InTheFuture),
        ("2027-08-01", "2027-07-31", "until", Fault::TooEarly),
        ("2026-08-31", "2027-09-01", "from", Fault::TooEarly),
    ] {
        assert_eq!(check(from, until).unwrap_err().of(field), Some(&fault), "{from} {until}");
    }
}

/// The file that describes the format to others names what the program writes, and nothing else.
#[test]
fn the_schema_names_the_fields_that_a_file_of_credits_has() {
    let path = format!("{}/../../docs/credits.schema.json", env!("CARGO_MANIFEST_DIR"));
    let schema: serde_json::Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let day = on("2027-08-01");
    let file = CreditsFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: "x".to_owned(),
        province: FileProvince { key: "hunan".to_owned(), code: "430000".to_owned(), name: "湖南省".to_owned() },
        from: day,
        until: day,
        issued_at: "2027-08-02T02:00:00Z".parse().unwrap(),
        credits: vec![FileCredit {
            id: "1".to_owned(),
            name: "张三".to_owned(),
            document_kind: "resident_id".to_owned(),
            document_number: "1".to_owned(),
            year: 2027,
            subject: "专业科目".to_owned(),
            credits: "30".to_owned(),
            source: "网络培训".to_owned(),
            booked_on: day,
            reverses: None,
        }],
    };
    let written = serde_json::to_value(&file).unwrap();
    let named = |of: &serde_json::Value| of["properties"].as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    let required = |of: &serde_json::Value| {
        let mut names: Vec<String> =
            of["required"].as_array().unwrap().iter().map(|name| name.as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    for (of, value) in [
        (&schema, &written),
        (&schema["properties"]["province"], &written["province"]),
        (&schema["properties"]["credits"]["items"], &written["credits"][0]),
    ] {
        let mut written: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        written.sort();
        let mut known = named(of);
        known.sort();
        assert_eq!((known, required(of)), (written.clone(), written));
    }
    assert_eq!(schema["properties"]["format"]["const"], FORMAT);
    assert_eq!(schema["properties"]["version"]["const"], VERSION);
}
