//! What `serve` refuses before anybody is served; the real program.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use suanpan_server::config::Place;

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

/// A database as an earlier line of the program left it.
fn of_another_line(file: &Path) {
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let made = "CREATE TABLE _sqlx_migrations (version BIGINT PRIMARY KEY, checksum BLOB); INSERT INTO _sqlx_migrations VALUES (99, x'00')";
    tokio::runtime::Runtime::new().unwrap().block_on(async {
        drop(store::Db::open(&format!("sqlite:{}", file.display())).await.unwrap());
        store::testing::tamper(&format!("sqlite:{}", file.display()), made).await.unwrap();
    });
}

#[test]
fn a_database_of_another_line_is_refused_and_that_of_a_demonstration_set_aside() {
    let (data, demo) = (folder().join("real"), folder().join("demo"));
    of_another_line(&data.join("suanpan.sqlite"));
    std::fs::set_permissions(&data, std::fs::Permissions::from_mode(0o700)).unwrap();
    for words in [&["migrate"][..], &["serve", "--origin", "https://kj.example.gov.cn"]] {
        let told = refusal(&data, words);
        assert!(told.contains("was made by another line of the program"), "{told}");
    }
    of_another_line(&demo.join("suanpan.sqlite"));
    std::fs::write(demo.join("keys"), "of the old one").unwrap();
    let place = Place { data_dir: Some(demo.clone()), provinces_dir: Some(root().join("provinces")), ..Place::default() };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let services = runtime.block_on(suanpan_server::start::services(&place, true)).unwrap();
    assert!(runtime.block_on(services.db.is_ready()).unwrap());
    let old = std::fs::read_dir(demo.parent().unwrap()).unwrap().map(|entry| entry.unwrap().path());
    let old: Vec<_> = old.filter(|path| path.display().to_string().contains("demo.old-20")).collect();
    assert_eq!(old.len(), 1, "{old:?}");
    assert_eq!(std::fs::read(old[0].join("keys")).unwrap(), b"of the old one");
    assert_ne!(std::fs::read(demo.join("keys")).unwrap(), b"of the old one");
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
