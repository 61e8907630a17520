//! Files with their headings in any order, in either encoding, and what is said of their rows.

use domain::fault::Fault;
use domain::import::view::ImportSaid;
use domain::import::{ImportKind, ImportOutcome, ImportReason};
use domain::learning::Credits;

use super::{report, sentence, spec};
use crate::legacy::table::sheet;
use crate::legacy::table::tests::book::xlsx;

const TEXT: &str = "2026 年公需科目名单\n完成日期,学 分*,姓名,年度,身份证号,备注,培训项目\n2026-06-01,30,张三,2026,430111199003079988,x,公需课\n\n2026-06-02,7.5,\"李四\",2026,110105194912310011,,\n";

fn read(bytes: &[u8]) -> Vec<(u64, Vec<String>)> {
    let sheet = sheet(bytes, &spec(ImportKind::Public)).unwrap_or_else(|error| panic!("{error}"));
    let cells = |line: domain::import::ImportLine| line.cells.into_iter().map(|cell| cell.text).collect();
    sheet.import_lines().map(|line| (line.number, cells(line))).collect()
}

fn row(cells: [&str; 7]) -> Vec<String> {
    cells.map(str::to_owned).to_vec()
}

#[test]
fn headings_stand_in_any_order_below_a_title_and_a_file_reads_the_same_in_utf_8_gb18030_and_as_a_workbook() {
    let expected = [
        (3, row(["张三", "", "430111199003079988", "2026", "30", "2026-06-01", "公需课"])),
        (5, row(["李四", "", "110105194912310011", "2026", "7.5", "2026-06-02", ""])),
    ];
    assert_eq!(read(TEXT.as_bytes()), expected);
    let (gb, ..) = encoding_rs::GB18030.encode(TEXT);
    assert_eq!(read(&gb), expected);
    let book = xlsx(&[
        (1, &["2026 年公需科目名单"]),
        (2, &["完成日期", "学分", "姓名", "年度", "证件号码", "备注", "培训项目"]),
        (3, &["2026-06-01", "30", "张三", "2026", "430111199003079988", "x", "公需课"]),
        (5, &["d:46175", "n:7.5", "李四", "n:2026", "110105194912310011"]),
    ]);
    let mut shown = read(&book);
    // What the sheet knows as a day is read as one.
    assert!(shown[1].1[5].is_empty());
    shown[1].1[5] = "2026-06-02".into();
    assert_eq!(shown, expected);
}

#[test]
fn a_file_without_its_headings_is_told_what_was_read_and_what_is_expected() {
    let error = sheet("姓名,电话\n张三,1\n".as_bytes(), &spec(ImportKind::Exam)).err().unwrap().to_string();
    assert!(error.contains("读到的表头是“姓名、电话”") && error.contains("证件号码") && error.contains("考试"), "{error}");
    assert!(!error.contains("import-legacy"), "{error}");
}

#[test]
fn the_annotated_file_has_every_fault_of_every_row_and_no_cell_is_a_formula() {
    let fault = |field: &str, fault| ImportReason::Fault { field: field.into(), fault };
    let said = |line, name: &str, outcome, reasons: &[ImportReason]| ImportSaid {
        line,
        name: name.into(),
        number: "430111********9988".into(),
        outcome,
        amount: if outcome == ImportOutcome::Ready { Credits::whole(30) } else { Credits::ZERO },
        reasons: reasons.to_vec(),
    };
    let rows = [
        said(3, "张三", ImportOutcome::Ready, &[]),
        said(4, "=1+1", ImportOutcome::Refused, &[fault("credits", Fault::NotAnAmount), fault("completed_on", Fault::NotADate)]),
        said(5, "王五", ImportOutcome::Repeated, &[ImportReason::Twice { line: 3 }]),
        said(6, "赵六", ImportOutcome::Later, &[]),
    ];
    let text = [report::begin().unwrap(), report::lines(ImportKind::Public, false, &rows).unwrap()].concat();
    let text = String::from_utf8(text).unwrap();
    let expected = [
        "\u{FEFF}行号,姓名,证件号码,结果,学分,说明",
        "3,张三,430111********9988,可导入,30,",
        "4,'=1+1,430111********9988,未导入,,学分应是大于 0、最多两位小数的数字；完成日期请填写真实的日期，例如 20171018",
        "5,王五,430111********9988,重复，未导入,,与第 3 行相同",
        "6,赵六,430111********9988,可导入，本人注册后登记,,",
    ];
    assert_eq!(text.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn every_reason_has_a_sentence_of_its_own() {
    let reasons = [
        ImportReason::KindUnknown,
        ImportReason::Twice { line: 3 },
        ImportReason::Imported,
        ImportReason::OtherName,
        ImportReason::OtherYear { year: 2026, of: Some(2025) },
        ImportReason::OtherYear { year: 2026, of: None },
        ImportReason::AboveYear { total: "90".into() },
        ImportReason::NoSchool,
        ImportReason::NoEnrolment,
        ImportReason::BeforeEnrolment,
        ImportReason::AboveEnrolled,
        ImportReason::Converted,
        ImportReason::NoCredits,
        ImportReason::NotAsked { field: "level".into() },
        ImportReason::Differs { label: "级别".into(), before: "中级".into(), now: "高级".into() },
        ImportReason::AsOnRecord,
        ImportReason::BothChanged { on: "2026-11-21".parse().unwrap() },
        ImportReason::Older { than: "2026-11-20".parse().unwrap() },
        ImportReason::Shut,
    ];
    let told: std::collections::BTreeSet<String> =
        reasons.iter().map(|reason| sentence::reason(ImportKind::School, reason)).collect();
    assert_eq!(told.len(), reasons.len());
}
