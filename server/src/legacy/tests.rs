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
    for beside in ["data", "learning"] {
        std::os::unix::fs::symlink(root.join(beside).canonicalize().unwrap(), provinces.join(beside)).unwrap();
    }
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
    assert!(report.contains("\n3,李,") && report.contains("姓名至少 2 个字"), "{report}");
    assert!(report.contains("\n2,张三丰,************998,可导入，有提示,15 位旧身份证号码已换算为 18 位\n"), "{report}");
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

/// A file of `cases` imported into Liaoning: number, result and what is said of each line.
async fn reported(place: &Place, folder: &Path, name: &str, bytes: &[u8]) -> Vec<(String, String, String)> {
    let file = folder.join(name);
    std::fs::write(&file, bytes).unwrap();
    let options =
        ImportLegacy { place: place.clone(), file: Some(file), province: Some("liaoning".into()), ..ImportLegacy::default() };
    run(options).await.unwrap();
    let report = std::fs::read_to_string(folder.join(format!("{name}.report.csv"))).unwrap();
    let whole = report.split(|c: char| !c.is_ascii_digit()).find(|digits| digits.len() > 7);
    assert_eq!(whole, None, "{report}");
    let mut rows = csv::Reader::from_reader(report.trim_start_matches('\u{FEFF}').as_bytes());
    rows.records().map(|row| row.unwrap()).map(|row| (row[0].to_owned(), row[3].to_owned(), row[4].to_owned())).collect()
}

async fn in_liaoning(name: &str) -> (PathBuf, Place) {
    let folder = std::env::temp_dir().join(format!("suanpan_legacy_{}_{name}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let provinces = Path::new(env!("CARGO_MANIFEST_DIR")).join("../provinces");
    let place = Place { data_dir: Some(folder.join("data")), provinces_dir: Some(provinces), ..Place::default() };
    start::migrate(place.clone()).await.unwrap();
    (folder, place)
}

/// What has to be said of each line: its number, its result, and a part of the sentence.
type Told<'a> = [(&'a str, &'a str, &'a str)];

fn assert_told(found: &[(String, String, String)], expected: &Told<'_>) {
    assert_eq!(found.len(), expected.len(), "{found:#?}");
    for ((line, result, told), (wanted_line, wanted, part)) in found.iter().zip(expected) {
        assert!(line == wanted_line && result == wanted && told.contains(part), "{line} {result} {told}, not {wanted} {part}");
        assert_eq!(told.is_empty(), part.is_empty(), "{line} {told}");
    }
}

#[tokio::test]
async fn text_files_as_people_have_them_are_told_line_by_line() {
    let (folder, place) = in_liaoning("text").await;
    let stray = reported(&place, &folder, "unclosed.csv", include_bytes!("cases/d_unclosed.csv")).await;
    let good = |line| (line, "已导入", "");
    let expected = [
        ("1", "未读取", "表头"),
        good("2"),
        ("3", "未导入", "双引号没有成对"),
        good("4"),
        good("5"),
        good("6"),
        good("7"),
        good("8"),
        good("9"),
    ];
    assert_told(&stray, &expected);
    let old = reported(&place, &folder, "cr.csv", include_bytes!("cases/a_cr_only2.csv")).await;
    assert_told(&old, &[("1", "未读取", "表头"), ("2", "未导入", "姓名至少 2 个字"), good("3")]);

    let people = reported(&place, &folder, "people.csv", include_bytes!("cases/d_people.csv")).await;
    let expected = [
        ("1", "未读取", "表头"),
        good("2"),
        good("3"),
        good("4"),
        // A character that the police made for a rare name.
        good("5"),
        ("6", "未导入", "姓名中不能有“（”"),
        ("7", "已导入，有提示", "姓名中汉字旁边的空格已去掉"),
        ("8", "未导入", "姓名至少 2 个字"),
        ("9", "未导入", "姓名中不能有“1”"),
        good("10"),
        ("11", "未导入", "15 位旧身份证号码中的地区或者出生日期"),
        ("12", "未导入", "姓名中不能有“2”"),
        ("13", "已导入，有提示", "认作港澳居民来往内地通行证，请核对；手机号为空"),
        ("14", "已导入，有提示", "认作台湾居民来往大陆通行证"),
        ("15", "已导入，有提示", "认作军人证"),
        ("16", "已导入，有提示", "认作护照"),
        ("17", "未导入", "证件号码的最后一位与前面的数字不符"),
    ];
    assert_told(&people, &expected);
    std::fs::remove_dir_all(folder).unwrap();
}

#[tokio::test]
async fn workbooks_as_people_have_them_are_told_line_by_line() {
    let (folder, place) = in_liaoning("books").await;
    let numbers = reported(&place, &folder, "numbers.xlsx", include_bytes!("cases/c_numbers.xlsx")).await;
    let good = |line| (line, "已导入", "");
    let expected = [
        ("1", "未读取", "表头"),
        good("2"),
        ("3", "未导入", "证件号码在表格中是数字（显示为 2.10102E+17）"),
        good("4"),
        ("5", "未导入", "原证书号在表格中是数字（显示为 2.101E+17）"),
        ("6", "未导入", "原证书号在表格中是日期（2010/1/5）"),
        ("7", "未导入", "原证书号在表格中是公式的错误值 #N/A"),
        ("8", "未导入", "原证书号在表格中是逻辑值 TRUE"),
        good("9"),
        ("10", "已导入，有提示", "原证书号在表格中是数字，按表格显示的样子"),
    ];
    assert_told(&numbers, &expected);
    let titled = reported(&place, &folder, "titled.xlsx", include_bytes!("cases/c_title_merged.xlsx")).await;
    assert_told(&titled, &[("1", "未读取", "人员名单"), ("2", "未读取", "表头"), good("3"), good("4")]);

    let locked = folder.join("locked.xlsx");
    std::fs::write(&locked, include_bytes!("cases/e_password.xlsx")).unwrap();
    let options = ImportLegacy { place, file: Some(locked), province: Some("liaoning".into()), ..ImportLegacy::default() };
    let told = format!("{:#}", run(options).await.unwrap_err());
    assert!(told.contains("设有打开密码"), "{told}");
    std::fs::remove_dir_all(folder).unwrap();
}

#[test]
fn a_template_needs_neither_a_file_nor_a_province_and_stands_beside_neither() {
    use clap::Parser;
    let parsed = |words: &str| crate::config::Options::try_parse_from(words.split(' '));
    assert!(parsed("suanpan import-legacy --template a.xlsx").is_ok());
    assert!(parsed("suanpan import-legacy --template a.xlsx --province liaoning").is_ok());
    assert!(parsed("suanpan import-legacy a.xlsx --province liaoning --dry-run").is_ok());
    assert!(parsed("suanpan import-legacy --undo x").is_ok());
    for words in ["", " a.xlsx", " a.xlsx --template b.xlsx --province liaoning", " --undo x --template b.xlsx"] {
        assert!(parsed(&format!("suanpan import-legacy{words}")).is_err(), "{words}");
    }
}

#[tokio::test]
async fn the_template_is_imported_without_a_refusal_and_so_is_a_row_like_its_example() {
    let (folder, place) = in_liaoning("template").await;
    for (name, province) in [("a.xlsx", Some("liaoning")), ("a.csv", Some("liaoning")), ("b.xlsx", None), ("b.csv", None)] {
        let file = folder.join(name);
        let options = || ImportLegacy {
            place: place.clone(),
            template: Some(file.clone()),
            province: province.map(str::to_owned),
            ..ImportLegacy::default()
        };
        run(options()).await.unwrap();
        assert!(run(options()).await.is_err(), "a file that is there stays");
        let bytes = std::fs::read(&file).unwrap();
        let told = reported(&place, &folder, name, &bytes).await;
        let people: Vec<_> = told.iter().filter(|(line, ..)| !line.is_empty()).collect();
        assert_eq!(people.len(), 2, "{told:?}");
        assert!(people[0].2 == "表头" && people[1].2.contains("示例行"), "{told:?}");
        assert_eq!(table::read(&bytes).unwrap().lines, []);
    }
    let text = std::fs::read_to_string(folder.join("a.csv")).unwrap();
    let person = text.replace("示例姓名", "张三").replace("11010519491231002X", "210102197203210948");
    let told = reported(&place, &folder, "filled.csv", person.as_bytes()).await;
    assert_told(&told, &[("1", "未读取", "表头"), ("2", "已导入", "")]);
    std::fs::remove_dir_all(folder).unwrap();
}
