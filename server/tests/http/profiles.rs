//! `suanpan check-provinces`, the real program, over a folder of profiles.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use super::support::{folder, root};

#[derive(serde::Deserialize)]
struct Planted {
    mistake: Vec<Mistake>,
}

#[derive(serde::Deserialize)]
struct Mistake {
    what: String,
    profile: String,
    from: String,
    to: String,
    key: String,
}

/// A folder with the common data and no profile.
fn data_only() -> PathBuf {
    let folder = folder();
    std::fs::create_dir_all(folder.join("data")).unwrap();
    for file in ["fields.toml", "lists.toml", "calendar.toml", "laws.toml", "places.toml", "divisions.csv", "bureaus.csv"] {
        std::fs::copy(root().join("provinces/data").join(file), folder.join("data").join(file)).unwrap();
    }
    folder
}

fn check(folder: &Path) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_suanpan"));
    program.arg("check-provinces").arg("--provinces-dir").arg(folder).output().unwrap()
}

#[test]
fn check_provinces_names_file_and_key_of_planted_mistakes_in_as_many_profiles() {
    let tests = root().join("crates/domain/src/province/tests");
    let planted: Planted = toml::from_str(&std::fs::read_to_string(tests.join("planted.toml")).unwrap()).unwrap();
    assert!(planted.mistake.len() >= 20);
    let folder = data_only();
    for (n, Mistake { what, profile, from, to, .. }) in planted.mistake.iter().enumerate() {
        let text = std::fs::read_to_string(root().join(format!("provinces/{profile}.toml"))).unwrap();
        assert!(text.contains(from), "{what}");
        let named = text.replacen(&format!("key = \"{profile}\""), &format!("key = \"broken{n}\""), 1);
        std::fs::write(folder.join(format!("broken{n}.toml")), named.replacen(from, to, 1)).unwrap();
    }
    let output = check(&folder);
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    for (n, Mistake { what, key, .. }) in planted.mistake.iter().enumerate() {
        assert!(told.contains(&format!("broken{n}.toml: {key}: ")), "{what}: {told}");
    }
}

fn copy_profile(key: &str, folder: &Path) {
    let name = format!("{key}.toml");
    let real = root().join("provinces").join(&name);
    let invented = root().join("crates/domain/src/province/tests").join(&name);
    std::fs::copy(if real.exists() { real } else { invented }, folder.join(&name)).unwrap();
    let learnt = root().join("provinces/learning").join(&name);
    if learnt.exists() {
        std::fs::create_dir_all(folder.join("learning")).unwrap();
        std::fs::copy(learnt, folder.join("learning").join(&name)).unwrap();
    }
}

#[test]
fn check_provinces_finds_the_real_profiles_in_order_and_an_invented_one_that_borrows_the_code_of_one() {
    for keys in [&["hubei", "hunan", "liaoning", "zhejiang"][..], &["hunan", "liaoning", "yunhai", "zhejiang"]] {
        let folder = data_only();
        keys.iter().for_each(|key| copy_profile(key, &folder));
        let output = check(&folder);
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let told = String::from_utf8(output.stdout).unwrap();
        for key in keys {
            assert!(
                told.lines().any(|line| line.starts_with(&format!("{key}: ")) && line.ends_with("in order")),
                "{key}: {told}"
            );
        }
    }
}

#[test]
fn check_provinces_refuses_two_profiles_with_one_code() {
    let folder = data_only();
    copy_profile("hubei", &folder);
    copy_profile("yunhai", &folder);
    let output = check(&folder);
    assert!(!output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(told.contains("yunhai.toml: code: 420000 is the code of hubei.toml already"), "{told}");
}
