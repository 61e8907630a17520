use super::*;

fn folder() -> PathBuf {
    let folder = std::env::temp_dir().join(format!("suanpan_audit_{}", uuid::Uuid::now_v7().simple()));
    disk::folder(&folder).unwrap();
    folder
}

async fn audited(db: &Db) {
    let entry = store::audit::Entry {
        at: DateTime::UNIX_EPOCH,
        actor_kind: "system",
        actor_id: "test".into(),
        action: "count",
        object_kind: "test",
        object_id: "x".into(),
        detail: "{}".into(),
        request_id: String::new(),
    };
    db.write::<_, StoreError, _>(move |tx| async move { tx.audit(&entry).await }.boxed()).await.unwrap();
}

#[tokio::test]
async fn heads_are_read_back_and_an_altered_or_foreign_signature_is_refused() {
    let (db, _) = store::testing::sqlite().await;
    for _ in 0..20 {
        audited(&db).await;
    }
    let (key, folder) = (store::testing::audit_key(), folder());
    assert!(read_heads(&folder, &key).unwrap_err().to_string().contains("holds no heads"));
    let path = write_heads(&db, &folder, DateTime::UNIX_EPOCH).await.unwrap();
    let heads = read_heads(&folder, &key).unwrap();
    assert_eq!(heads, db.audit_heads().await.unwrap());
    assert_eq!(db.verify_audit(&heads).await.unwrap(), Ok(20));
    assert!(read_heads(&path, &AuditKey::new([9; 32])).is_err());
    let text = std::fs::read_to_string(&path).unwrap();
    let flipped = text.trim_end().len() - 10;
    let signature =
        format!("{}{}{}", &text[..flipped], if &text[flipped..=flipped] == "A" { "B" } else { "A" }, &text[flipped + 1..]);
    for altered in [signature, text.replacen("\n0 ", "\n1 ", 1), text.replace("signed ", ""), text.replacen("heads", "Heads", 1)]
    {
        std::fs::write(&path, altered).unwrap();
        assert!(read_heads(&path, &key).is_err());
    }
}

#[tokio::test]
async fn the_key_is_made_once_and_never_beside_a_trail() {
    let (db, url) = store::testing::sqlite().await;
    let folder = folder();
    let path = folder.join("audit.key");
    let key = use_key(&path, &db).await.unwrap();
    assert_eq!(use_key(&path, &db).await.unwrap().id(), key.id());
    let text = std::fs::read(&path).unwrap();
    std::fs::write(&path, URL_SAFE_NO_PAD.encode([1; 32])).unwrap();
    assert!(use_key(&path, &db).await.unwrap_err().to_string().contains("not the key of this audit trail"));
    std::fs::remove_file(&path).unwrap();
    assert!(use_key(&path, &Db::open(&url).await.unwrap()).await.unwrap_err().to_string().contains("is missing"));
    assert!(!path.exists());
    std::fs::write(&path, text).unwrap();
    use_key(&path, &db).await.unwrap();
}

#[tokio::test]
async fn the_heads_of_a_day_are_written_again_while_they_are_none_or_forged() {
    let (db, _) = store::testing::sqlite().await;
    let (folder, now) = (folder(), DateTime::UNIX_EPOCH);
    let path = write_heads(&db, &folder, now).await.unwrap();
    assert!(!is_written(&db, &folder, now), "there were none yet");
    audited(&db).await;
    write_heads(&db, &folder, now).await.unwrap();
    assert!(is_written(&db, &folder, now));
    std::fs::write(&path, "suanpan audit heads\nsigned nothing\n").unwrap();
    assert!(!is_written(&db, &folder, now));
}
