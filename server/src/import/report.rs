//! The annotated file: what becomes of every row, as CSV that a spreadsheet opens, in which no cell is a formula and no number of a
//! person stands whole.

use std::path::Path;

use anyhow::Context;
use domain::import::ImportKind;
use domain::import::view::ImportSaid;

use super::sentence;
use crate::disk;
use crate::legacy::report::harmless;

const COLUMNS: [&str; 6] = ["行号", "姓名", "证件号码", "结果", "学分", "说明"];

/// Writes it, readable by the owner only: it names people.
///
/// # Errors
/// When it cannot be written.
pub fn write(place: &Path, kind: ImportKind, is_effective: bool, rows: &[ImportSaid]) -> anyhow::Result<()> {
    anyhow::ensure!(!place.exists() || place.is_file(), "the report goes into a file");
    let text = [begin()?, lines(kind, is_effective, rows)?].concat();
    disk::write(place, &text).with_context(|| format!("writing {}", place.display()))
}

/// The headings, behind the mark without which a spreadsheet takes UTF-8 for something else.
///
/// # Errors
/// Never in memory.
pub fn begin() -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(COLUMNS)?;
    Ok(writer.into_inner()?)
}

/// A table of a kind without rows, to be filled in.
///
/// # Errors
/// Never in memory.
pub fn template(kind: ImportKind) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(kind.columns().iter().map(|column| column.heading))?;
    Ok(writer.into_inner()?)
}

/// Rows below the headings.
///
/// # Errors
/// Never in memory.
pub fn lines(kind: ImportKind, is_effective: bool, rows: &[ImportSaid]) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let amount = if row.amount.is_some() { row.amount.to_string() } else { String::new() };
        let cells = [
            row.line.to_string(),
            row.name.clone(),
            row.number.clone(),
            sentence::outcome(row.outcome, is_effective).to_owned(),
            amount,
            sentence::said(kind, row),
        ];
        writer.write_record(cells.map(harmless))?;
    }
    Ok(writer.into_inner()?)
}
