//! What became of each line, for whoever made the file: CSV that a spreadsheet opens, in which no cell is a formula and no
//! number of a person stands whole.

use std::collections::HashMap;
use std::path::Path;

use domain::account::legacy::{LegacyLine, LegacyOutcome, LegacyResult};
use domain::identity::mask;
use service::account::LegacyReport;

use super::sentence;
use super::table::Table;
use crate::disk;

const COLUMNS: [&str; 5] = ["行号", "姓名", "证件号码", "结果", "说明"];

/// Writes what became of every line, readable by the owner only: it names people.
///
/// # Errors
/// When it cannot be written.
pub fn write(place: &Path, table: &Table, found: &LegacyReport, is_trial: bool) -> anyhow::Result<()> {
    anyhow::ensure!(!place.exists() || place.is_file(), "the report goes into a file");
    Ok(disk::write(place, &text(table, found, is_trial)?)?)
}

pub(super) fn text(table: &Table, found: &LegacyReport, is_trial: bool) -> anyhow::Result<Vec<u8>> {
    let typed: HashMap<u64, &LegacyLine> = table.lines.iter().map(|line| (line.number, line)).collect();
    let told = found.rows.iter().map(|row| (Some(row.line), of_person(row, typed.get(&row.line).copied(), is_trial)));
    let passed = table.passed.iter().map(|passed| {
        let number = passed.line.map(|line| line.to_string()).unwrap_or_default();
        (passed.line, [number, String::new(), String::new(), "未读取".into(), passed.what.clone()])
    });
    let mut all: Vec<_> = told.chain(passed).collect();
    all.sort_by_key(|(line, _)| *line);
    // Without the mark a spreadsheet takes UTF-8 for something else.
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(COLUMNS)?;
    for (_, cells) in all {
        writer.write_record(cells.map(harmless))?;
    }
    Ok(writer.into_inner()?)
}

fn of_person(row: &LegacyResult, line: Option<&LegacyLine>, is_trial: bool) -> [String; 5] {
    let (name, number) = line.map_or_else(Default::default, |line| {
        // In a line that was taken apart wrongly a number may stand anywhere.
        (mask::within(&line.row.name), mask::document(&line.row.document_number))
    });
    let (result, told) = match &row.outcome {
        LegacyOutcome::Imported => {
            let word = if is_trial { "可导入" } else { "已导入" };
            let warned = if row.warnings.is_empty() { "" } else { "，有提示" };
            (format!("{word}{warned}"), row.warnings.iter().map(sentence::warning).collect::<Vec<_>>().join("；"))
        }
        LegacyOutcome::Already => ("已有账号".into(), "该证件号码已有账号，未作改动".into()),
        LegacyOutcome::Refused(reasons) => ("未导入".into(), reasons.iter().map(sentence::reason).collect::<Vec<_>>().join("；")),
    };
    [row.line.to_string(), name, number, result, told]
}

/// A cell that a spreadsheet does not take for a formula.
pub(crate) fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use domain::account::legacy::{LegacyBreak, LegacyCell, LegacyReason, LegacyRow, LegacyWarning, NoMobile};
    use domain::fault::Fault;

    use super::super::table::Passed;
    use super::*;

    fn line(number: u64, name: &str, document_number: &str) -> LegacyLine {
        let row = LegacyRow { name: name.into(), document_number: document_number.into(), ..LegacyRow::default() };
        LegacyLine::of(number, row)
    }

    fn result(line: u64, outcome: LegacyOutcome, warnings: &[LegacyWarning]) -> LegacyResult {
        LegacyResult { line, outcome, warnings: warnings.to_vec() }
    }

    #[test]
    fn every_line_is_told_with_all_that_is_to_be_said_and_no_cell_is_a_formula() {
        let at = |field: &str, fault| LegacyReason::Fault { field: field.into(), fault };
        let rounded = LegacyCell::Rounded { shown: "4.30111E+17".into() };
        let rounded = LegacyReason::Cell { field: "document_number".into(), cell: rounded };
        let table = Table {
            lines: vec![
                line(2, "=HYPERLINK(\"http://x\")", "430111199003079980"),
                line(3, "李四", ""),
                line(4, "王五", "430111199003079988"),
                line(5, "@赵六", "E12345678"),
                line(6, "钱七", "H12345678"),
                line(7, "孙八430111199003079988,13912345678", ""),
            ],
            passed: vec![
                Passed { line: Some(1), what: "表头".into() },
                Passed { line: None, what: "工作表“封面”中没有表头，未读取".into() },
            ],
        };
        let found = LegacyReport {
            batch: None,
            rows: vec![
                result(2, LegacyOutcome::Refused(vec![at("name", Fault::Character('=')), at("bureau", Fault::NotInList)]), &[]),
                result(3, LegacyOutcome::Refused(vec![rounded]), &[]),
                result(4, LegacyOutcome::Imported, &[]),
                result(5, LegacyOutcome::Already, &[]),
                result(
                    6,
                    LegacyOutcome::Imported,
                    &[LegacyWarning::Upgraded, LegacyWarning::NoMobile(NoMobile::Shared { row: 9 })],
                ),
                result(7, LegacyOutcome::Refused(vec![LegacyReason::Line(LegacyBreak::Quote)]), &[]),
            ],
        };
        let text = String::from_utf8(super::text(&table, &found, false).unwrap()).unwrap();
        let expected = [
            "\u{FEFF}行号,姓名,证件号码,结果,说明",
            ",,,未读取,工作表“封面”中没有表头，未读取",
            "1,,,未读取,表头",
            "2,\"'=HYPERLINK(\"\"http://x\"\")\",430111********9980,未导入,姓名中不能有“=”，请检查；财政局不在本省的名单中，请填写全称或者代码",
            "3,李四,,未导入,证件号码在表格中是数字（显示为 4.30111E+17），末尾的数字已经丢失，请将这一列设为文本后，按原件重新填写",
            "4,王五,430111********9988,已导入,",
            "5,'@赵六,******678,已有账号,该证件号码已有账号，未作改动",
            "6,钱七,******678,已导入，有提示,15 位旧身份证号码已换算为 18 位；手机号与第 9 行的相同，共用的号码不能证明本人身份，都没有采用；该人员没有手机号，不能用短信验证码设置密码",
            "7,\"孙八******************,***********\",,未导入,这一行的英文双引号没有成对，分不清各列的内容，请改正引号",
        ];
        assert_eq!(text.lines().collect::<Vec<_>>(), expected);
        let trial = String::from_utf8(super::text(&table, &found, true).unwrap()).unwrap();
        assert!(trial.contains("\n4,王五,430111********9988,可导入,\n") && trial.contains(",可导入，有提示,"), "{trial}");
    }
}
