//! The rows of a file of holders, of results or of credits: separated text in UTF-8, GB18030 or UTF-16, or a workbook. Sizes are bounded before anything
//! is believed: a file that somebody sent is a file that somebody made. What cannot be read is told in the words of whoever
//! made the file.

mod format;
mod headings;
mod kind;
mod records;
pub mod roster;
mod text;
mod workbook;

#[cfg(test)]
pub(crate) mod tests;

use anyhow::bail;
use domain::account::legacy::{HEADINGS, LegacyBreak, LegacyCell, LegacyLine, LegacyRow};
use domain::form::Form;
use domain::identity::mask;
use domain::import::{Column, ImportCell, ImportLine};
use domain::text::tidy;

use headings::Headings;

/// The largest file.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most rows.
const MAX_ROWS: usize = 1_000_000;
/// The most cells that a file may become: an empty one before another takes as much room as a full one, and a packed sheet says in a
/// few bytes that there are many.
const MAX_CELLS: usize = 12_000_000;
/// Further to the right nothing is read.
const MAX_COLUMNS: usize = 50;
/// The rest of a longer cell is not read: it is too long for every column as it is.
const MAX_CELL: usize = 200;

/// A file would become more cells than there is room for.
#[derive(Debug, thiserror::Error)]
#[error("表格的行和列太多；请删去名单以外的内容，或者分成几个文件")]
struct TooMany;

/// Room for so many more cells.
struct Room(usize);

impl Room {
    fn take(&mut self, cells: usize) -> Result<(), TooMany> {
        self.0 = self.0.checked_sub(cells).ok_or(TooMany)?;
        Ok(())
    }
}

/// The columns that are looked for, and where a template is to be had.
#[derive(Clone, Copy, Debug)]
pub struct Spec {
    pub columns: &'static [Column],
    pub hint: &'static str,
}

const fn column(at: usize, words: &'static [&'static str]) -> Column {
    // 证件类型 may be left out.
    Column { field: LegacyRow::FIELDS[at], heading: HEADINGS[at], words, is_needed: at != 1 }
}

/// Those of holders of the old certificate.
const HOLDERS: Spec = Spec {
    columns: &[
        column(0, &["人员姓名", "持证人姓名", "持证人"]),
        column(1, &["证件种类", "身份证件类型", "身份证件种类"]),
        column(
            2,
            &["证件号", "身份证号", "身份证号码", "居民身份证号", "居民身份证号码", "公民身份号码", "身份证件号码", "身份证件号"],
        ),
        column(3, &["手机号码", "手机", "移动电话", "联系手机", "联系电话", "电话", "联系方式"]),
        column(
            4,
            &[
                "原证书编号",
                "证书号",
                "证书编号",
                "原证号",
                "从业资格证书号",
                "从业资格证书编号",
                "会计从业资格证书号",
                "会计从业资格证书编号",
            ],
        ),
        column(5, &["所属财政局", "所在财政局", "管理财政局", "发证财政局", "财政局名称", "财政局代码", "财政部门"]),
    ],
    hint: "；可用 suanpan import-legacy --template 生成模板",
};

/// What was read of a file.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The lines below the headings.
    pub lines: Vec<LegacyLine>,
    /// What was passed over, so that every line of the file is accounted for.
    pub passed: Vec<Passed>,
}

/// Something that is no person.
#[derive(Debug, PartialEq, Eq)]
pub struct Passed {
    /// `None` for a whole sheet.
    pub line: Option<u64>,
    /// What it is.
    pub what: String,
}

/// A cell as text, and what the sheet knows of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Cell {
    // A file has a million of them.
    text: Box<str>,
    known: Option<Box<LegacyCell>>,
}

/// A line of the file: its number, counted as a person counts, and its cells.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Line {
    number: u64,
    cells: Vec<Cell>,
    broken: Option<LegacyBreak>,
}

/// What was read of a file whose columns are known.
pub struct Sheet {
    lines: Vec<Line>,
    headings: Headings,
    /// Cells of a column that are merged downwards: column, first and last line.
    merged: Vec<(usize, u64, u64)>,
    passed: Vec<Passed>,
}

/// The lines below the headings, and everything else that stands in the file.
///
/// # Errors
/// What is wrong with the file as a whole, in Chinese: what was read, and what is expected.
pub fn read(bytes: &[u8]) -> anyhow::Result<Table> {
    Ok(sheet(bytes, &HOLDERS)?.table())
}

/// The same for other columns, line by line.
///
/// # Errors
/// As [`read`].
pub fn sheet(bytes: &[u8], spec: &Spec) -> anyhow::Result<Sheet> {
    if let Some(what) = kind::unreadable(bytes) {
        bail!("{what}");
    }
    if kind::is_packed(bytes) { workbook::read(bytes, spec) } else { records::read(&text::decode(bytes)?, spec) }
}

impl Sheet {
    /// The lines below the headings in which something stands, their cells in the order of the columns.
    pub fn import_lines(&self) -> impl Iterator<Item = ImportLine> + '_ {
        let below = self.lines.iter().skip(self.headings.last + 1).filter(|line| !self.headings.are_repeated(line));
        below.map(|line| self.import_line(line)).filter(|line| !line.is_empty())
    }

    fn import_line(&self, line: &Line) -> ImportLine {
        let mut read = ImportLine { number: line.number, broken: line.broken, cells: Vec::new() };
        if line.broken.is_some() {
            let first = line.cells.first().map(|cell| cell.text.to_string()).unwrap_or_default();
            return ImportLine { cells: vec![ImportCell { text: first, known: None }], ..read };
        }
        for at in &self.headings.columns {
            let cell = at.and_then(|at| line.cells.get(at));
            let text = cell.map(|cell| cell.text.to_string()).unwrap_or_default();
            let merged = at.filter(|_| text.is_empty()).and_then(|at| self.merged_from(at, line.number));
            let known = cell.and_then(|cell| cell.known.as_deref().cloned());
            if text.contains(char::REPLACEMENT_CHARACTER) {
                read.broken = Some(LegacyBreak::Bytes);
            }
            read.cells.push(ImportCell { text, known: merged.map(|row| LegacyCell::Merged { row }).or(known) });
        }
        // A line of which nothing but merged cells reaches into it is empty.
        let is_merged = |cell: &ImportCell| matches!(cell.known, Some(LegacyCell::Merged { .. }));
        if read.cells.iter().all(|cell| is_merged(cell) || (cell.known.is_none() && tidy(&cell.text).is_empty())) {
            read.cells.clear();
        }
        read
    }

    fn table(mut self) -> Table {
        let mut table = Table { passed: std::mem::take(&mut self.passed), ..Table::default() };
        for (at, line) in self.lines.iter().enumerate() {
            let pass = |what: String| Passed { line: Some(line.number), what };
            let has_text = line.cells.iter().any(|cell| !tidy(&cell.text).is_empty());
            if at < self.headings.first && has_text {
                table.passed.push(pass(format!("表头之前的内容“{}”，不作为人员读取", excerpt(&line.cells))));
            } else if (self.headings.first..=self.headings.last).contains(&at) {
                table.passed.push(pass("表头".into()));
            } else if at > self.headings.last {
                let read = self.line(line);
                if self.headings.are_repeated(line) {
                    table.passed.push(pass("重复的表头".into()));
                } else if read.row.is_sample() {
                    table.passed.push(pass("模板中的示例行，不导入".into()));
                } else if !read.is_empty() {
                    table.lines.push(read);
                } else if has_text {
                    table.passed.push(pass(format!("各列均为空，只有其他内容“{}”", excerpt(&line.cells))));
                }
            }
        }
        table
    }

    fn line(&self, line: &Line) -> LegacyLine {
        let mut read = LegacyLine { number: line.number, broken: line.broken, ..LegacyLine::default() };
        if line.broken.is_some() {
            // Enough to find the line by; whoever shows it hides the numbers in it.
            read.row.name = line.cells.first().map(|cell| cell.text.chars().take(20).collect()).unwrap_or_default();
            return read;
        }
        for (field, at) in LegacyRow::FIELDS.iter().zip(&self.headings.columns) {
            let Some(at) = at else { continue };
            let mut cell = line.cells.get(*at).cloned().unwrap_or_default();
            if let Some(row) = self.merged_from(*at, line.number).filter(|_| cell.text.is_empty()) {
                // A bureau over several people is the bureau of each; nothing else is anybody's but the first one's.
                if *field == "bureau" {
                    cell.text = self.text_at(row, *at).into();
                }
                cell.known = Some(Box::new(LegacyCell::Merged { row }));
            }
            if cell.text.contains(char::REPLACEMENT_CHARACTER) {
                read.broken = Some(LegacyBreak::Bytes);
            }
            read.row.set(field, cell.text.into());
            read.cells.extend(cell.known.map(|known| ((*field).to_owned(), *known)));
        }
        // A line of which nothing but merged cells reaches into it is empty.
        if read.cells.iter().all(|(_, cell)| matches!(cell, LegacyCell::Merged { .. })) && is_merged_alone(&read) {
            return LegacyLine { number: line.number, ..LegacyLine::default() };
        }
        read
    }

    fn merged_from(&self, column: usize, line: u64) -> Option<u64> {
        let before = self.merged.partition_point(|(at, first, _)| (*at, *first) < (column, line));
        let (at, first, last) = self.merged.get(before.checked_sub(1)?)?;
        (*at == column && *last >= line).then_some(*first)
    }

    fn text_at(&self, line: u64, column: usize) -> String {
        let found = self.lines.binary_search_by_key(&line, |line| line.number).ok().and_then(|at| self.lines.get(at));
        found.and_then(|line| line.cells.get(column)).map(|cell| cell.text.to_string()).unwrap_or_default()
    }
}

fn is_merged_alone(line: &LegacyLine) -> bool {
    line.row.values().iter().all(|(field, text)| tidy(text).is_empty() || line.cells.iter().any(|(of, _)| *of == **field))
}

/// What stands in some cells, shortened and without the numbers of people.
fn excerpt(cells: &[Cell]) -> String {
    let short = |text: &str| -> String {
        let hidden = mask::within(&tidy(text));
        if hidden.chars().count() > 20 { hidden.chars().take(20).chain(['…']).collect() } else { hidden }
    };
    let read: Vec<_> = cells.iter().map(|cell| short(&cell.text)).filter(|text| !text.is_empty()).take(10).collect();
    read.join("、")
}

/// What somebody meant by a cell: spreadsheets and exports mark a number as text with `="…"` or an apostrophe before it.
fn plain(text: &str) -> String {
    let text: String = text.chars().take(MAX_CELL).collect();
    if let Some(inner) = text.trim().strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"')) {
        return inner.to_owned();
    }
    match text.trim().strip_prefix(['\'', '’', '‘', '`']) {
        Some(rest) if !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') => {
            rest.to_owned()
        }
        _ => text,
    }
}
