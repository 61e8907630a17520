use std::path::PathBuf;

use super::*;

/// A province with imported holders, made of Hunan's profile, and an empty migrated database.
async fn place(name: &str) -> (PathBuf, Place) {
    let folder = std::env::temp_dir().join(format!("suanpan_legacy_{}_{name}", std::process::id()));
    let provinces = folder.join("provinces");
    std::fs::create_dir_all(&provinces).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../provinces");
    let hunan = std::fs::read_to_string(root.join("hunan.toml")).unwrap();
    let changed = hunan.replacen("registration = ", "has_legacy_holders = true\nregistration = ", 1);
    assert_ne!(hunan, changed);
    std::fs::write(provinces.join("hunan.toml"), changed).unwrap();
    std::os::unix::fs::symlink(root.join("data").canonicalize().unwrap(), provinces.join("data")).unwrap();
    let place = Place { data_dir: Some(folder.join("data")), provinces_dir: Some(provinces), ..Place::default() };
    start::migrate(place.clone()).await.unwrap();
    (folder, place)
}

async fn accounts(place: &Place, number: &str) -> usize {
    let services = start::services(place, false).await.unwrap();
    let hash = services.vault.keyed_hash("document", number);
    let found = services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().len();
    services.db.close().await;
    found
}

#[tokio::test]
async fn a_file_is_looked_at_imported_and_taken_back() {
    let (folder, place) = place("whole").await;
    let file = folder.join("holders.csv");
    let text = "姓名,证件号码,手机号,原证书号,财政局\n张三丰,430111900307998,13912345678,1,430111\n李,1,,,x\n";
    std::fs::write(&file, encoding_rs::GB18030.encode(text).0).unwrap();
    let options = |dry_run| ImportLegacy {
        place: place.clone(),
        file: Some(file.clone()),
        province: Some("hunan".into()),
        dry_run,
        ..ImportLegacy::default()
    };
    run(options(true)).await.unwrap();
    assert_eq!(accounts(&place, "430111199003079988").await, 0);
    let report = std::fs::read_to_string(folder.join("holders.csv.report.csv")).unwrap();
    assert!(report.contains("\n3,李,") && report.contains("姓名至少 2 个字") && !report.contains("张三丰"), "{report}");
    run(options(false)).await.unwrap();
    assert_eq!(accounts(&place, "430111199003079988").await, 1);

    let services = start::services(&place, false).await.unwrap();
    let bytes = std::fs::read(&file).unwrap();
    let sha256 = Sha256::digest(&bytes);
    let batch = services.db.read().await.unwrap().find_legacy_batch_of_file("hunan", &sha256).await.unwrap().unwrap().id;
    services.db.close().await;
    let back = ImportLegacy { place: place.clone(), undo: Some(batch), ..ImportLegacy::default() };
    run(back).await.unwrap();
    assert_eq!(accounts(&place, "430111199003079988").await, 0);
    let unknown = ImportLegacy { place, undo: Some("x".into()), ..ImportLegacy::default() };
    assert!(run(unknown).await.unwrap_err().to_string().contains("no import x"));
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn a_province_without_such_holders_and_a_file_that_is_too_large_are_refused() {
    let (folder, place) = place("refused").await;
    let file = folder.join("large.csv");
    std::fs::File::create(&file).unwrap().set_len(table::MAX_BYTES + 1).unwrap();
    let options = |province: &str| ImportLegacy {
        place: place.clone(),
        file: Some(file.clone()),
        province: Some(province.into()),
        ..ImportLegacy::default()
    };
    assert!(run(options("hunan")).await.unwrap_err().to_string().contains("larger than"));
    assert!(run(options("atlantis")).await.unwrap_err().to_string().contains("atlantis"));
    std::fs::remove_dir_all(folder).unwrap();
}
