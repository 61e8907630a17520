//! What stands in a row, by the rules of Hunan and Hubei.

use chrono::NaiveDate;

use super::*;
use crate::account::legacy::LegacyCell;
use crate::fault::Fault;
use crate::learning::{Claim, Credits, Subject};
use crate::province::Province;

pub(super) const NUMBER: &str = "430111199003079988";

pub(super) fn province(key: &str) -> Province {
    let folder = format!("{}/../../provinces", env!("CARGO_MANIFEST_DIR"));
    Province::parse(&|file: &str| std::fs::read_to_string(format!("{folder}/{file}")).ok(), key).unwrap()
}

pub(super) fn checked_in(key: &str, kind: ImportKind, line: &ImportLine) -> Result<ImportRow, Vec<ImportReason>> {
    let province = province(key);
    let learning = province.profile.learning.as_ref().unwrap();
    let today = NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
    let kinds = &province.profile.account.document_kinds;
    let (integrity, laws) = (province.profile.integrity.as_ref(), &province.laws);
    line.check(kind, &ImportRules { learning, integrity, laws, province: &province, lists: &province.lists, kinds, today })
}

fn checked(kind: ImportKind, cells: &[&str]) -> Result<ImportRow, Vec<ImportReason>> {
    checked_in("hunan", kind, &ImportLine::of(2, cells))
}

pub(super) fn fault(field: &str, fault: Fault) -> ImportReason {
    ImportReason::Fault { field: field.into(), fault }
}

fn exam<'a>(exam: &'a str, level: &'a str, passed: &'a str, on: &'a str) -> [&'a str; 10] {
    ["张三", "", NUMBER, exam, level, "中级会计实务", "2025", passed, "20251234", on]
}

#[test]
fn a_pass_is_reckoned_by_the_kind_of_conversion_that_the_profile_names_in_either_province() {
    for (key, name, level) in [
        ("hunan", "会计专业技术资格考试", "中级"),
        ("hunan", "中级会计专业技术资格考试", ""),
        ("hubei", "会计专业技术资格考试", "中级"),
    ] {
        let line = ImportLine::of(2, &exam(name, level, "合格", "2025-11-25"));
        let row = checked_in(key, ImportKind::Exam, &line).unwrap();
        assert_eq!((row.year, row.amount, row.rule.as_str()), (2025, Credits::whole(90), "exam/2019"), "{key} {name}");
        assert!(row.arithmetic.starts_with("考试折算：") && row.arithmetic.ends_with("90 学分"), "{}", row.arithmetic);
        assert_eq!(row.converts, "exam|INTERMEDIATE|中级会计实务");
        let result = row.exam.unwrap();
        assert!(result.passed && result.certificate == "20251234" && row.said.is_empty());
    }
}

#[test]
fn what_the_province_registers_is_no_choice_of_a_person_and_the_same_exam_gives_credits_once() {
    for (key, option, converts) in [
        ("liaoning", "intermediate", "exam|INTERMEDIATE|中级会计实务"),
        ("zhejiang", "intermediate_here", "exam|INTERMEDIATE|中级会计实务"),
    ] {
        let line = ImportLine::of(2, &exam("会计专业技术资格考试", "中级", "合格", "2025-11-25"));
        let row = checked_in(key, ImportKind::Exam, &line).unwrap();
        assert_eq!((row.year, row.amount, row.rule.as_str()), (2025, Credits::whole(90), "exam/2019"), "{key}");
        assert_eq!(row.converts, converts, "{key}");
        assert!(row.arithmetic.contains("中级会计专业技术资格考试 90 学分"), "{}", row.arithmetic);
        let province = province(key);
        let learning = province.profile.learning.as_ref().unwrap();
        let nothing = std::collections::BTreeMap::new();
        let asks = |option: &str| Claim { year: 2025, kind: "exam", option, answers: &nothing }.is_registered(learning);
        assert!(asks(option) && !asks("cpa"), "{key}");
    }
    // 浙江 asks of a pass of the 注册会计师 where it can be looked up, which no file says.
    let line = ImportLine::of(2, &exam("注册会计师全国统一考试", "", "合格", "2025-11-25"));
    let row = checked_in("zhejiang", ImportKind::Exam, &line).unwrap();
    assert_eq!((row.amount, row.said), (Credits::ZERO, vec![ImportReason::NoCredits]));
}

#[test]
fn a_certificate_of_an_exam_is_a_qualification_and_a_pass_of_a_subject_or_of_another_exam_is_none() {
    for key in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let province = province(key);
        let rules = province.profile.learning.as_ref().unwrap().exams.as_ref().unwrap();
        let result = |exam: &str, level: &str, passed: bool, certificate: &str| ExamResult {
            exam: exam.into(),
            level: level.into(),
            subject: "中级会计实务".into(),
            year: 2025,
            passed,
            certificate: certificate.into(),
        };
        let earned = |of: ExamResult| rules.earned(&of).map(|earned| earned.code.clone());
        for (exam, level) in [("会计专业技术资格考试", "中级"), ("中级会计专业技术资格考试", "")] {
            assert_eq!(earned(result(exam, level, true, "20251234")).as_deref(), Some("intermediate"), "{key} {exam}");
        }
        assert_eq!(earned(result("会计专业技术资格考试", "中级", true, "")), None, "a subject alone");
        assert_eq!(earned(result("会计专业技术资格考试", "中级", false, "20251234")), None);
        assert_eq!(earned(result("会计专业技术资格考试", "高级", true, "20251234")), None, "which is judged besides");
        assert_eq!(earned(result("珠算等级考试", "中级", true, "20251234")), None);
    }
}

#[test]
fn a_result_without_credits_is_kept_and_says_so() {
    let failed = checked(ImportKind::Exam, &exam("会计专业技术资格考试", "中级", "不合格", "")).unwrap();
    assert_eq!((failed.amount, failed.rule.as_str(), failed.said.len()), (Credits::ZERO, "", 0));
    let other = checked(ImportKind::Exam, &exam("珠算等级考试", "", "合格", "")).unwrap();
    assert_eq!((other.amount, other.said), (Credits::ZERO, vec![ImportReason::NoCredits]));
    let undated = checked(ImportKind::Exam, &exam("会计专业技术资格考试", "中级", "合格", "")).unwrap_err();
    assert_eq!(undated, [fault("published_on", Fault::Missing)]);
}

#[test]
fn every_fault_of_a_row_is_told_at_once_in_the_order_of_the_columns() {
    let wrong = checked(ImportKind::School, &["张三", "", "430111199003079989", "", "2031", "其他", "many", "2026-13-01", ""]);
    let expected = [
        fault("document_number", Fault::IdCheckDigit),
        fault("school", Fault::Missing),
        fault("year", Fault::InTheFuture),
        fault("subject", Fault::NotInList),
        fault("credits", Fault::NotAnAmount),
        fault("completed_on", Fault::NotADate),
        fault("number", Fault::Missing),
    ];
    assert_eq!(wrong.unwrap_err(), expected);
}

#[test]
fn credits_belong_to_the_year_of_their_date_and_are_no_more_than_it_asks() {
    let row = |year, credits, on| checked(ImportKind::Public, &["张三", "", NUMBER, year, credits, on, "公需课"]);
    let good = row("2026年度", "30", "2026.6.1").unwrap();
    assert_eq!((good.year, good.subject, good.amount), (2026, Subject::Public, Credits::whole(30)));
    assert_eq!((good.rule.as_str(), good.arithmetic.as_str()), ("public/2019", "公需科目：30 学分，完成日期 2026-06-01，公需课"));
    assert_eq!(row("2025", "30", "2026-06-01").unwrap_err(), [ImportReason::OtherYear { year: 2025, of: Some(2026) }]);
    assert_eq!(row("2026", "90.5", "2026-06-01").unwrap_err(), [ImportReason::AboveYear { total: "90".into() }]);
    let history = ["张三", "", NUMBER, "2016", "不分科目", "24", "2019-03-01", ""];
    let old = checked(ImportKind::History, &history).unwrap();
    assert_eq!((old.year, old.subject, old.rule.as_str()), (2016, Subject::Both, "history/2013"));
}

#[test]
fn what_makes_two_rows_the_same_is_not_how_they_are_written() {
    let same = |project: &str| {
        let cells = ["张三", "", NUMBER, "2026", "30", "2026-06-01", project];
        checked(ImportKind::Public, &cells).unwrap().same
    };
    assert_eq!(same("公需课（一）"), same(" 公需课 (一) "));
    assert_ne!(same("公需课一"), same("公需课二"));
}

#[test]
fn a_day_that_the_sheet_knows_is_a_day_and_every_other_strange_cell_is_told() {
    let mut line = ImportLine::of(3, &["张三", "", NUMBER, "2026", "7.5", "", ""]);
    line.cells[4].known = Some(LegacyCell::Uneven);
    line.cells[5].known = Some(LegacyCell::Date { shown: "2026/6/1".into() });
    assert_eq!(checked_in("hunan", ImportKind::Public, &line).unwrap().amount, Credits::of_hundredths(750));
    line.cells[3].known = Some(LegacyCell::Date { shown: "2026/1/1".into() });
    line.cells[2].text = "4.30111E+17".into();
    let reasons = checked_in("hunan", ImportKind::Public, &line).unwrap_err();
    assert!(
        matches!(&reasons[..], [ImportReason::Cell { field, .. }, ImportReason::Cell { field: year, .. }]
        if field == "document_number" && year == "year"),
        "{reasons:?}"
    );
}
