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

    let file = std::fs::read_dir(&data).unwrap().map(|entry| entry.unwrap().path());
    let file = file.into_iter().find(|path| path.extension().is_some_and(|kind| kind == "sqlite")).unwrap();
    let url = format!("sqlite:{}", file.display());
    testing::tamper(&url, "DROP TRIGGER audit_no_update; UPDATE audit SET action = 'nothing'").await.unwrap();
    let broken = suanpan(&data, &["verify-audit"]);
    assert!(!broken.status.success());
    let told = String::from_utf8_lossy(&broken.stderr).into_owned();
    assert!(told.contains("row 1 of chain") && told.contains("was changed or is missing"), "{told}");
}
