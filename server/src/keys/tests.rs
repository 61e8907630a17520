use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use super::*;

fn file() -> PathBuf {
    std::env::temp_dir().join(format!("suanpan_keys_{}", uuid::Uuid::now_v7().simple())).join("keys")
}

async fn both() -> [Db; 2] {
    [store::testing::sqlite().await.0, store::testing::postgres().await.0]
}

async fn refusal(path: &Path, db: &Db) -> String {
    vault(path, db).await.unwrap_err().to_string()
}

#[tokio::test]
async fn the_first_start_makes_keys_that_only_their_owner_reads_and_the_next_one_finds_them() {
    for db in both().await {
        let path = file();
        let first = vault(&path, &db).await.unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        let again = vault(&path, &db).await.unwrap();
        assert_eq!(again.open("a.b", "1", &first.seal("a.b", "1", b"x")).unwrap(), b"x");
    }
}

#[tokio::test]
async fn a_database_with_data_and_without_its_keys_file_is_not_served_and_no_keys_are_made() {
    for db in both().await {
        let path = file();
        vault(&path, &db).await.unwrap();
        std::fs::remove_file(&path).unwrap();
        let told = refusal(&path, &db).await;
        assert!(told.contains("missing") && told.contains("hash, key.1") && told.contains("from its backup"), "{told}");
        assert!(!path.exists());
    }
}

#[tokio::test]
async fn another_keys_file_is_refused_and_named_key_by_key() {
    for db in both().await {
        let path = file();
        vault(&path, &db).await.unwrap();
        let mine = Keys::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        disk::write(&path, Keys::generate().to_text().as_bytes()).unwrap();
        assert!(refusal(&path, &db).await.contains("hash, key.1"));
        let mut other_hash = mine.clone();
        other_hash.hash_key = [7; 32];
        disk::write(&path, other_hash.to_text().as_bytes()).unwrap();
        assert!(refusal(&path, &db).await.contains("these keys open: hash."));
        disk::write(&path, mine.to_text().as_bytes()).unwrap();
        vault(&path, &db).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_that_was_added_is_needed_from_then_on() {
    for db in both().await {
        let path = file();
        vault(&path, &db).await.unwrap();
        let old = Keys::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
        disk::write(&path, old.rotated().unwrap().to_text().as_bytes()).unwrap();
        vault(&path, &db).await.unwrap();
        disk::write(&path, old.to_text().as_bytes()).unwrap();
        assert!(refusal(&path, &db).await.contains("these keys open: key.2."));
    }
}

#[tokio::test]
async fn an_empty_keys_file_is_told_apart_beside_a_new_database_and_one_with_data() {
    for db in both().await {
        let path = file();
        disk::write(&path, b"").unwrap();
        assert!(refusal(&path, &db).await.contains("remove the file"));
        std::fs::remove_file(&path).unwrap();
        vault(&path, &db).await.unwrap();
        disk::write(&path, b"").unwrap();
        let told = refusal(&path, &db).await;
        assert!(told.contains("not complete") && told.contains("from its backup"), "{told}");
        assert_eq!(std::fs::read(&path).unwrap(), b"");
    }
}

#[tokio::test]
async fn the_database_keeps_no_key() {
    let db = store::testing::sqlite().await.0;
    let path = file();
    vault(&path, &db).await.unwrap();
    let keys = Keys::parse(&std::fs::read_to_string(&path).unwrap()).unwrap();
    for (name, id) in db.read().await.unwrap().needed_keys().await.unwrap() {
        assert!(id != keys.hash_key && keys.keys.values().all(|key| id != key), "{name}");
    }
}
