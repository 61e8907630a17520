//! The planted mistakes of `planted.toml`, and what the profiles promise about files beside them.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::read;
use crate::province::Province;

const KEYS: [&str; 4] = ["hubei", "hunan", "liaoning", "zhejiang"];

#[derive(Deserialize)]
struct Planted {
    mistake: Vec<Mistake>,
}

#[derive(Deserialize)]
struct Mistake {
    what: String,
    profile: String,
    from: String,
    to: String,
    key: String,
}

#[test]
fn planted_mistakes_are_named_with_file_and_key() {
    let planted: Planted = toml::from_str(include_str!("planted.toml")).unwrap();
    assert!(planted.mistake.iter().map(|mistake| &mistake.key).collect::<BTreeSet<_>>().len() >= 20);
    for Mistake { what, profile, from, to, key } in planted.mistake {
        let file = format!("{profile}.toml");
        let text = read(&file).unwrap();
        assert!(text.contains(&from), "{what}: {from} stands in {file}");
        let broken = text.replacen(&from, &to, 1);
        let errors = Province::parse(&|name| if name == file { Some(broken.clone()) } else { read(name) }, &profile).unwrap_err();
        assert!(errors.iter().any(|error| error.file == file && error.key == key), "{what}: {key} among {errors:#?}");
        assert!(errors.iter().any(|error| error.to_string().starts_with(&format!("{file}: {key}: "))), "{what}");
    }
}

#[test]
fn every_province_is_without_a_fault_and_every_division_has_a_bureau_or_a_system_of_its_own() {
    for key in KEYS {
        let province = Province::parse(&read, key).unwrap_or_else(|errors| panic!("{errors:#?}"));
        let without: BTreeSet<_> =
            province.divisions.0.keys().filter(|code| province.bureaus.for_division(code).is_none()).collect();
        let own: &[&str] = match key {
            "liaoning" => &["2102"],
            "zhejiang" => &["3302"],
            // The counties directly under the province stand in a group that is no place (省直辖县级行政区划).
            "hubei" => &["429000"],
            _ => &[],
        };
        assert!(without.iter().all(|code| own.iter().any(|city| code.starts_with(city))), "{key}: {without:?}");
    }
}

#[test]
fn every_example_and_every_template_that_a_profile_names_is_there() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    for key in KEYS {
        let profile = Province::parse(&read, key).unwrap().profile;
        let line = profile.intake_line();
        let proofs = profile.learning.iter().flat_map(|learning| &learning.proofs);
        for rules in line.attachments.iter().chain(proofs) {
            for side in ["right", "wrong"] {
                let picture = top.join(format!("public/examples/{}-{side}.svg", rules.example));
                assert!(picture.is_file(), "{key}: {}", picture.display());
            }
        }
        for template in &line.briefing.templates {
            let file = top.join(format!("provinces/data/templates/{key}-{}.docx", template.file));
            assert!(std::fs::read(&file).unwrap().starts_with(b"PK"), "{}", file.display());
        }
    }
}
