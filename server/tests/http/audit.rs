//! `suanpan verify-audit`, the real program.

use std::path::Path;
use std::process::{Command, Output};

use store::testing;

use super::support::{folder, root};

fn suanpan(data: &Path, words: &[&str]) -> Output {
    let mut program = Command::new(env!("CARGO_BIN_EXE_suanpan"));
    program.args(words).env_remove("DATABASE_URL").env("DATA_DIR", data).env("PROVINCES_DIR", root().join("provinces"));
    program.output().unwrap()
}

#[tokio::test]
async fn verify_audit_tells_a_trail_that_stands_from_one_that_was_changed() {
    let data = folder();
    assert!(suanpan(&data, &["migrate"]).status.success());
    assert!(suanpan(&data, &["bootstrap", "--province", "hunan"]).status.success());
    let stands = suanpan(&data, &["verify-audit"]);
    assert!(stands.status.success(), "{}", String::from_utf8_lossy(&stands.stderr));
    assert_eq!(String::from_utf8_lossy(&stands.stdout), "the audit trail stands: 1 rows\n");

    let missing = suanpan(&data, &["verify-audit", "--heads", "/nowhere/at/all"]);
    assert!(!missing.status.success());

    let file = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "sqlite")).unwrap();
    let url = format!("sqlite:{}", file.display());
    testing::tamper(&url, "DROP TRIGGER audit_no_update; UPDATE audit SET action = 'nothing'").await.unwrap();
    let broken = suanpan(&data, &["verify-audit"]);
    assert!(!broken.status.success());
    let told = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(told.contains("row 1 of chain") && told.contains("was changed or is missing"), "{told}");
}

#[tokio::test]
async fn the_key_of_the_trail_lies_where_it_is_said_and_a_trail_without_it_is_neither_verified_nor_gone_on_with() {
    let (data, elsewhere) = (folder(), folder());
    std::fs::create_dir_all(&elsewhere).unwrap();
    let key = elsewhere.join("trail.key");
    let words = ["--audit-key-file", key.to_str().unwrap()];
    assert!(suanpan(&data, &["migrate"]).status.success());
    assert!(suanpan(&data, &[&["bootstrap", "--province", "hunan"][..], &words].concat()).status.success());
    assert!(key.exists() && !data.join("audit.key").exists());
    assert!(suanpan(&data, &[&["verify-audit"][..], &words].concat()).status.success());
    for command in [&["verify-audit"][..], &["outbox"]] {
        let refused = suanpan(&data, command);
        let told = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(!refused.status.success() && told.contains("the key of the audit trail is missing"), "{told}");
    }
}
