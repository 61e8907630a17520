//! What `serve` refuses before anybody is served; the real program.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use super::support::{folder, root};

fn suanpan(data: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_suanpan"));
    program.args(words).env_remove("DATABASE_URL").env("DATA_DIR", data).env("PROVINCES_DIR", root().join("provinces"));
    program.output().unwrap()
}

fn refusal(data: &Path, words: &[&str]) -> String {
    let done = suanpan(data, words);
    assert!(!done.status.success());
    String::from_utf8_lossy(&done.stderr).into_owned()
}

#[test]
fn serve_refuses_a_missing_origin_and_a_folder_that_others_can_read() {
    let data = folder();
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o755)).unwrap();
    let told = refusal(&data, &["serve"]);
    assert!(told.contains("--origin"), "{told}");
    let told = refusal(&data, &["serve", "--origin", "https://kj.example.gov.cn"]);
    assert!(told.contains(&format!("chmod 700 {}", data.display())), "{told}");
}

#[test]
fn what_the_program_makes_is_its_owners_alone() {
    let data = folder().join("new");
    assert!(suanpan(&data, &["migrate"]).status.success());
    assert!(suanpan(&data, &["bootstrap", "--province", "hunan"]).status.success());
    let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o077;
    assert_eq!(mode(&data), 0);
    for entry in std::fs::read_dir(&data).unwrap() {
        let path = entry.unwrap().path();
        assert_eq!(mode(&path), 0, "{}", path.display());
    }
}

#[test]
fn nothing_works_on_a_database_whose_keys_file_is_gone() {
    let data = folder();
    assert!(suanpan(&data, &["migrate"]).status.success());
    assert!(suanpan(&data, &["bootstrap", "--province", "hunan"]).status.success());
    std::fs::remove_file(data.join("keys")).unwrap();
    for words in [&["bootstrap", "--province", "hubei"][..], &["outbox"], &["serve", "--demo", "--port", "0"]] {
        let told = refusal(&data, words);
        assert!(told.contains("from its backup"), "{words:?}: {told}");
    }
    assert!(!data.join("keys").exists());
}
