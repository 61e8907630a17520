//! What became of each row, for whoever made the file: CSV that a spreadsheet opens, and in which no cell is a formula.

use std::collections::HashMap;
use std::path::Path;

use app::ui::sentence;
use domain::account::legacy::{HEADINGS, LegacyOutcome, LegacyReason, LegacyRow};
use domain::fault::Fault;
use domain::identity::mask;
use service::account::LegacyReport;

use crate::disk;

const COLUMNS: [&str; 5] = ["行号", "姓名", "证件号码", "结果", "原因"];

/// Writes every row that was not imported, readable by the owner only: it names people.
///
/// # Errors
/// When it cannot be written.
pub fn write(place: &Path, rows: &[(u64, LegacyRow)], found: &LegacyReport) -> anyhow::Result<()> {
    anyhow::ensure!(!place.exists() || place.is_file(), "the report goes into a file");
    Ok(disk::write(place, &text(rows, found)?)?)
}

fn text(rows: &[(u64, LegacyRow)], found: &LegacyReport) -> anyhow::Result<Vec<u8>> {
    let typed: HashMap<u64, &LegacyRow> = rows.iter().map(|(number, row)| (*number, row)).collect();
    // Without the mark a spreadsheet takes UTF-8 for something else.
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(COLUMNS)?;
    for (number, outcome) in &found.rows {
        let Some(row) = typed.get(number) else { continue };
        let (result, reasons) = match outcome {
            LegacyOutcome::Imported => continue,
            LegacyOutcome::Already => ("已导入", "该证件号码已有账号，未作改动".to_owned()),
            LegacyOutcome::Refused(reasons) => {
                ("未导入", reasons.iter().map(|reason| sentence(row, reason)).collect::<Vec<_>>().join("；"))
            }
        };
        let cells = [number.to_string(), row.name.clone(), mask::document(&row.document_number), result.into(), reasons];
        writer.write_record(cells.map(harmless))?;
    }
    Ok(writer.into_inner()?)
}

fn sentence(row: &LegacyRow, reason: &LegacyReason) -> String {
    match reason {
        LegacyReason::Fault { field, .. } if field == "document_number" && row.document_number.contains("E1") => {
            "证件号码在表格中是数字，后几位已经丢失，请将这一列设为文本后重新填写".into()
        }
        LegacyReason::Fault { field, fault: Fault::NotInList } if field == "bureau" => {
            "财政局不在本省的名单中，请填写全称或者代码".into()
        }
        LegacyReason::Fault { field, fault } => {
            let at = LegacyRow::FIELDS.iter().position(|name| name == field).unwrap_or(0);
            sentence::fault(HEADINGS[at], fault)
        }
        LegacyReason::NumberTwice { row } => format!("证件号码与第 {row} 行重复"),
        LegacyReason::MobileTwice { row } => format!("手机号与第 {row} 行重复，共用的号码不能证明本人身份，请只保留一人"),
        LegacyReason::MobileTaken => "手机号已用于另一个账号".into(),
    }
}

/// A cell that a spreadsheet does not take for a formula.
fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_that_was_left_out_is_told_with_all_its_reasons_and_no_cell_is_a_formula() {
        let row =
            |name: &str, number: &str| LegacyRow { name: name.into(), document_number: number.into(), ..LegacyRow::default() };
        let rows = [
            (2, row("=HYPERLINK(\"http://x\")", "430111199003079980")),
            (3, row("李四", "4.3E17")),
            (4, row("王五", "1")),
            (5, row("@赵六", "2")),
        ];
        let at = |field: &str, fault| LegacyReason::Fault { field: field.into(), fault };
        let refused = vec![at("name", Fault::Character { refused: '=' }), at("bureau", Fault::NotInList)];
        let found = LegacyReport {
            batch: None,
            rows: vec![
                (2, LegacyOutcome::Refused(refused)),
                (
                    3,
                    LegacyOutcome::Refused(vec![at("document_number", Fault::IdLength { length: 6 }), LegacyReason::MobileTaken]),
                ),
                (4, LegacyOutcome::Imported),
                (5, LegacyOutcome::Already),
            ],
        };
        let text = String::from_utf8(super::text(&rows, &found).unwrap()).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "\u{FEFF}行号,姓名,证件号码,结果,原因");
        assert_eq!(
            lines[1],
            "2,\"'=HYPERLINK(\"\"http://x\"\")\",430111********9980,未导入,姓名中不能有“=”，请检查；财政局不在本省的名单中，请填写全称或者代码"
        );
        assert!(
            lines[2].starts_with("3,李四,") && lines[2].contains("设为文本") && lines[2].ends_with("；手机号已用于另一个账号")
        );
        assert!(lines[3].starts_with("5,'@赵六,") && lines[3].contains("已导入") && lines.len() == 4, "{text}");
    }
}
