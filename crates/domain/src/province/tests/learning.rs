//! Planted mistakes in `[learning]`, named with file and key, and the invented province with and without it.

use std::collections::BTreeSet;

use serde::Deserialize;

use super::read;
use crate::case::CaseKind;
use crate::province::{ProfileError, Province};

const YUNHAI: &str = include_str!("yunhai.toml");
const LEARNING: &str = include_str!("yunhai_learning.toml");

#[derive(Deserialize)]
struct Planted {
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    what: String,
    from: String,
    to: String,
    key: String,
}

fn parse(text: &str, beside: Option<&str>) -> Result<Province, Vec<ProfileError>> {
    let of = |name: &str| match name {
        "yunhai.toml" => Some(text.to_owned()),
        "learning/yunhai.toml" => beside.map(str::to_owned),
        name => read(name),
    };
    Province::parse(&of, "yunhai")
}

/// The section as a file of its own.
fn beside(section: &str) -> String {
    section.replace("[learning]\n", "").replace("[[learning.", "[[")
}

#[test]
fn the_fifth_province_has_继续教育_in_its_profile_or_beside_it_or_not_at_all() {
    let without = parse(YUNHAI, None).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(without.profile.learning, None);
    let within = parse(&format!("{YUNHAI}{LEARNING}"), None).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let file = parse(YUNHAI, Some(&beside(LEARNING))).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert!(within.profile.learning.is_some());
    assert_eq!(within.profile.learning, file.profile.learning);
    let twice = parse(&format!("{YUNHAI}{LEARNING}"), Some(&beside(LEARNING))).unwrap_err();
    assert_eq!(twice.iter().map(|error| error.file.as_str()).collect::<Vec<_>>(), ["learning/yunhai.toml"]);
}

#[test]
fn planted_mistakes_of_继续教育_are_named_with_file_and_key_in_the_profile_and_beside_it() {
    let planted: Planted = toml::from_str(include_str!("planted_learning.toml")).unwrap();
    assert!(planted.mistake.iter().map(|mistake| &mistake.key).collect::<BTreeSet<_>>().len() >= 40);
    for Mistake { what, from, to, key } in planted.mistake {
        assert!(LEARNING.contains(&from), "{what}: {from}");
        let broken = LEARNING.replacen(&from, &to, 1);
        for (text, file, prefix) in [
            (parse(&format!("{YUNHAI}{broken}"), None), "yunhai.toml", "learning."),
            (parse(YUNHAI, Some(&beside(&broken))), "learning/yunhai.toml", ""),
        ] {
            let errors = text.err().unwrap_or_else(|| panic!("{what}: nothing is found"));
            let key = format!("{prefix}{key}");
            assert!(errors.iter().any(|error| error.file == file && error.key == key), "{what}: {key} among {errors:#?}");
        }
    }
}

#[test]
fn the_provinces_that_have_it_are_without_a_fault_and_lead_to_it_from_their_menu() {
    for key in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let profile = Province::parse(&read, key).unwrap_or_else(|errors| panic!("{errors:#?}")).profile;
        let learning = profile.learning.as_ref().unwrap_or_else(|| panic!("{key}"));
        assert_eq!(profile.line(CaseKind::Conversion).name, learning.conversion_name, "{key}");
        assert!(profile.has_line(CaseKind::Conversion), "{key}");
        let menu = profile.intake.after_approval.iter().filter(|item| item.key == "learning");
        assert_eq!(menu.map(|item| item.title.as_str()).collect::<Vec<_>>(), ["继续教育"], "{key}");
    }
    // 手册甲 三（三）1 注: 图片需要小于200KB.
    let hunan = Province::parse(&read, "hunan").unwrap().profile.learning.unwrap();
    assert!(hunan.proofs.iter().all(|proof| proof.max_bytes < 200 * 1024));
    // 准考证, 论文封面, 会议通知, 成绩合格证明; nobody is held up by the first.
    let example = |name: &str| hunan.proofs.iter().find(|proof| proof.example == name).map(|proof| proof.required);
    let shown = ["exam-ticket", "paper-cover", "meeting-notice", "exam-result"].map(example);
    assert_eq!(shown, [Some(false), Some(true), Some(true), Some(true)]);
}

#[test]
fn a_line_of_conversions_where_nothing_is_learnt_is_named() {
    let line = r#"[lines.conversion]
name = "学分抵免"
review_working_days = 5
returns = "whole"
return_reasons = ["看不清楚。"]

[lines.intake]"#;
    let text = YUNHAI.replacen("[lines.intake]", line, 1);
    let is_named = |beside: Option<&str>| {
        let errors = parse(&text, beside).err().unwrap_or_default();
        errors.iter().any(|error| error.file == "yunhai.toml" && error.key == "lines.conversion")
    };
    assert!(is_named(None));
    assert!(!is_named(Some(&self::beside(LEARNING))));
}
