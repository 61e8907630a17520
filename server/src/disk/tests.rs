use super::*;

fn place() -> PathBuf {
    std::env::temp_dir().join(format!("suanpan_disk_{}", uuid::Uuid::now_v7().simple()))
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn names(folder: &Path) -> Vec<String> {
    fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_file_is_written_whole_into_folders_that_are_its_owners_alone() {
    let file = place().join("a/b/c");
    write(&file, b"one").unwrap();
    write(&file, b"two").unwrap();
    assert_eq!(fs::read(&file).unwrap(), b"two");
    assert_eq!((mode(&file), mode(above(&file)), mode(above(above(&file)))), (0o600, 0o700, 0o700));
    assert_eq!(names(above(&file)), ["c"]);
}

#[test]
fn a_file_that_is_there_is_not_replaced_by_a_new_one() {
    let file = place().join("keys");
    write_new(&file, b"first").unwrap();
    assert_eq!(write_new(&file, b"second").unwrap_err().kind(), ErrorKind::AlreadyExists);
    assert_eq!((fs::read(&file).unwrap(), names(above(&file))), (b"first".to_vec(), vec!["keys".to_owned()]));
}

#[test]
fn a_write_that_fails_leaves_nothing_beside() {
    let folder_in_the_way = place().join("taken");
    fs::create_dir_all(folder_in_the_way.join("full")).unwrap();
    assert!(write(&folder_in_the_way, b"bytes").is_err());
    assert_eq!(names(above(&folder_in_the_way)), ["taken"]);
}

#[test]
fn half_files_of_killed_servers_are_swept_away_and_nothing_else() {
    let root = place();
    folder(&root.join("ab/cd")).unwrap();
    let (half, whole) = (root.join("ab/cd/.0192d3a0-0000-7000-8000-000000000001"), root.join("ab/cd/0192d3a0"));
    fs::write(&half, b"ha").unwrap();
    fs::write(&whole, b"whole").unwrap();
    fs::write(root.join(".hidden"), b"somebody else's").unwrap();
    assert_eq!(sweep(&root, LEFT_BEHIND).unwrap(), 0, "another server may still be writing");
    assert_eq!(sweep(&root, Duration::ZERO).unwrap(), 1);
    assert!(!half.exists() && whole.exists() && root.join(".hidden").exists());
}

#[test]
fn what_others_may_read_is_refused_with_the_command_that_mends_it() {
    let root = place();
    folder(&root).unwrap();
    assert!(ensure_private(&root, 0o700).is_ok());
    for open in [0o750, 0o701, 0o755] {
        fs::set_permissions(&root, fs::Permissions::from_mode(open)).unwrap();
        let told = ensure_private(&root, 0o700).unwrap_err().to_string();
        assert!(told.contains(&format!("chmod 700 {}", root.display())), "{told}");
    }
}
