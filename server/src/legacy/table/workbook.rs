//! A workbook: the one sheet with headings among covers and notes. Its cells are taken one by one: a sheet with two cells at
//! its far ends would otherwise become a table of seventeen thousand million cells.

use std::io::{Cursor, Read};

use anyhow::{Context, anyhow, bail, ensure};
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx, XlsxError};
use domain::account::legacy::LegacyCell;

use super::headings::{self, Headings, Unread};
use super::{Cell, Line, MAX_CELLS, MAX_COLUMNS, MAX_ROWS, Passed, Room, Sheet, Spec, format, kind, plain};

/// The most that a workbook may hold when it is unpacked.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// The most parts of a workbook.
const MAX_PARTS: usize = 500;
/// The most groups of merged cells.
const MAX_MERGED: usize = 200_000;

type Book<'a> = Xlsx<Cursor<&'a [u8]>>;

/// The sheet with the headings.
///
/// # Errors
/// What was read of the sheets where headings are expected.
pub(super) fn read(bytes: &[u8], spec: &Spec) -> anyhow::Result<Sheet> {
    read_within(bytes, spec, MAX_UNPACKED)
}

pub(super) fn read_within(bytes: &[u8], spec: &Spec, max_unpacked: u64) -> anyhow::Result<Sheet> {
    ensure_small(bytes, max_unpacked)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes)).map_err(|error| match error {
        XlsxError::Password => anyhow!("{}", kind::PASSWORD),
        error => anyhow!(error).context("工作簿已损坏，读不到内容；请打开后另存为 .xlsx，再导入"),
    })?;
    let mut looked = Looked { found: Vec::new(), hidden: Vec::new(), best: None, passed: Vec::new(), room: Room(MAX_CELLS) };
    for sheet in book.sheets_metadata().to_vec() {
        if sheet.typ == SheetType::WorkSheet {
            looked.look(&mut book, spec, (&sheet.name, sheet.visible == SheetVisible::Visible))?;
        }
    }
    looked.sheet(&mut book, spec)
}

/// What the sheets hold.
struct Looked {
    found: Vec<(String, Vec<Line>, Headings)>,
    hidden: Vec<String>,
    best: Option<(String, Unread)>,
    passed: Vec<Passed>,
    room: Room,
}

impl Looked {
    fn look(&mut self, book: &mut Book, spec: &Spec, (name, is_visible): (&str, bool)) -> anyhow::Result<()> {
        let lines = lines(book, name, &mut self.room)?;
        match headings::find(&lines, spec) {
            Ok(headings) if is_visible => self.found.push((name.to_owned(), lines, headings)),
            Ok(_) => {
                self.hidden.push(name.to_owned());
                self.pass(format!("隐藏的工作表“{name}”，未读取"));
            }
            Err(_) if lines.is_empty() || !is_visible => {}
            Err(unread) => {
                self.pass(format!("工作表“{name}”中没有表头，未读取"));
                if self.best.as_ref().is_none_or(|(_, best)| unread.hits > best.hits) {
                    self.best = Some((name.to_owned(), unread));
                }
            }
        }
        Ok(())
    }

    fn pass(&mut self, what: String) {
        self.passed.push(Passed { line: None, what });
    }

    fn sheet(mut self, book: &mut Book, spec: &Spec) -> anyhow::Result<Sheet> {
        let several: Vec<_> = self.found.iter().map(|(name, ..)| format!("“{name}”")).collect();
        if several.len() > 1 {
            bail!("工作表{}都有表头，分不清以哪个为准；请将每个工作表单独存为一个文件，分别导入", several.join("、"));
        }
        let Some((name, lines, headings)) = self.found.pop() else {
            let hidden = self.hidden.first().map(|name| format!("隐藏的工作表“{name}”有表头，如需导入请先取消隐藏。"));
            let hidden = hidden.unwrap_or_default();
            match self.best {
                Some((name, unread)) => bail!("{hidden}工作表“{name}”：{}", unread.why),
                None => bail!("{hidden}工作簿中没有内容。{}", headings::expected(spec)),
            }
        };
        Ok(Sheet { merged: merged(book, &name)?, lines, headings, passed: self.passed })
    }
}

fn lines(book: &mut Book, sheet: &str, room: &mut Room) -> anyhow::Result<Vec<Line>> {
    let mut reader = book.worksheet_cells_reader(sheet).with_context(|| format!("工作表“{sheet}”读不出来"))?;
    let formats: Vec<Option<String>> =
        reader.styles().iter().map(|style| style.number_format.as_ref().map(|format| format.format_code.clone())).collect();
    let mut lines: Vec<Line> = Vec::new();
    loop {
        let last = lines.last().map_or(0, |line| line.number);
        let next = reader.next_cell_with_style_id();
        let next =
            next.with_context(|| format!("工作表“{sheet}”第 {last} 行之后有读不懂的内容；请打开后另存为 .xlsx，再导入"))?;
        let Some((cell, style)) = next else { break };
        let (row, column) = cell.get_position();
        let (number, column) = (u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        if column >= MAX_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if number < last {
            bail!("工作表“{sheet}”的行次序错乱（第 {number} 行在第 {last} 行之后）；请打开后另存为 .xlsx，再导入");
        }
        if number != last {
            ensure!(lines.len() <= MAX_ROWS, "超过 {MAX_ROWS} 行，请分成几个文件");
            lines.push(Line { number, ..Line::default() });
        }
        let Some(Line { cells, .. }) = lines.last_mut() else { continue };
        if cells.len() <= column {
            room.take(column + 1 - cells.len())?;
            cells.resize(column + 1, Cell::default());
        }
        cells[column] = read_cell(cell.get_value(), formats.get(style).and_then(Option::as_deref).unwrap_or_default());
    }
    Ok(lines)
}

/// Groups of cells that are merged downwards, by column and line.
fn merged(book: &mut Book, sheet: &str) -> anyhow::Result<Vec<(usize, u64, u64)>> {
    let groups = book.merge_cells_by_sheet_name(sheet);
    let groups = groups.with_context(|| format!("工作表“{sheet}”的合并单元格读不出来"))?;
    ensure!(groups.len() <= MAX_MERGED, "工作表“{sheet}”的合并单元格超过 {MAX_MERGED} 处，请取消合并后再导入");
    let mut merged = Vec::new();
    for group in groups.iter().filter(|group| group.end.0 > group.start.0) {
        let last = usize::try_from(group.end.1).unwrap_or(usize::MAX).min(MAX_COLUMNS - 1);
        let columns = usize::try_from(group.start.1).unwrap_or(usize::MAX)..=last;
        merged.extend(columns.map(|column| (column, u64::from(group.start.0) + 1, u64::from(group.end.0) + 1)));
    }
    merged.sort_unstable();
    Ok(merged)
}

/// Unpacks everything once into nothing, because what a packed file says about its size may be a lie.
fn ensure_small(bytes: &[u8], max_unpacked: u64) -> anyhow::Result<()> {
    let damaged = "工作簿已损坏，读不到内容；请打开后另存为 .xlsx，再导入";
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).context(damaged)?;
    ensure!(archive.len() <= MAX_PARTS, "工作簿的组成部分超过 {MAX_PARTS} 个，请将名单单独另存为 .xlsx，再导入");
    let parts: Vec<String> = archive.file_names().filter_map(|name| Some(name.ok()?.into_owned())).collect();
    if let Some(what) = kind::foreign(&parts) {
        bail!("{what}");
    }
    let mut left = max_unpacked;
    for part in 0..archive.len() {
        let part = archive.by_index(part).map_err(|error| match error {
            zip::result::ZipError::UnsupportedArchive(zip::result::ZipError::PASSWORD_REQUIRED) => anyhow!("{}", kind::PASSWORD),
            error => anyhow!(error).context(damaged),
        })?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).context(damaged)?;
        ensure!(size <= left, "工作簿解压后超过 {max_unpacked} 字节，请将名单单独另存为 .xlsx，再导入");
        left -= size;
    }
    Ok(())
}

/// What stands in a cell, with what the sheet knows of it. A number is written as the sheet shows it.
fn read_cell(value: &DataRef<'_>, code: &str) -> Cell {
    let strange = |known| Cell { text: Box::default(), known: Some(Box::new(known)) };
    match value {
        DataRef::String(text) => Cell { text: plain(text).into(), known: None },
        DataRef::SharedString(text) => Cell { text: plain(text).into(), known: None },
        DataRef::Int(number) => number_cell(u64::try_from(*number).ok(), code),
        DataRef::Float(number) if number.abs() >= 1e15 => strange(LegacyCell::Rounded { shown: format::power(*number) }),
        DataRef::Float(number) if number.fract() == 0.0 => number_cell(format!("{number:.0}").parse().ok(), code),
        // What is counted in halves is read by whoever counts so.
        DataRef::Float(number) => Cell { text: number.to_string().into(), known: Some(Box::new(LegacyCell::Uneven)) },
        DataRef::Bool(truth) => strange(LegacyCell::Truth { shown: if *truth { "TRUE" } else { "FALSE" }.into() }),
        DataRef::DateTime(date) => {
            let (year, month, day, ..) = date.to_ymd_hms_milli();
            strange(LegacyCell::Date { shown: format!("{year}/{month}/{day}") })
        }
        DataRef::DateTimeIso(text) => strange(LegacyCell::Date { shown: text.chars().take(10).collect() }),
        DataRef::DurationIso(_) => strange(LegacyCell::Date { shown: "时间".into() }),
        DataRef::Error(error) => strange(LegacyCell::Error { shown: error.to_string() }),
        DataRef::Empty => Cell::default(),
    }
}

fn number_cell(number: Option<u64>, code: &str) -> Cell {
    let Some(number) = number else { return Cell { text: Box::default(), known: Some(Box::new(LegacyCell::Uneven)) } };
    match format::shown(code, number) {
        Some(shown) => Cell { text: shown.into(), known: Some(Box::new(LegacyCell::AsShown)) },
        None => Cell { text: number.to_string().into(), known: None },
    }
}

/// The lines of each sheet that is not hidden.
///
/// # Errors
/// What is wrong with the workbook, or that it holds more than `max_unpacked` bytes or `max_cells` cells.
pub(super) fn each_sheet(bytes: &[u8], (max_unpacked, max_cells): (u64, usize)) -> anyhow::Result<Vec<Vec<Line>>> {
    ensure_small(bytes, max_unpacked)?;
    let mut book: Book = Xlsx::new(Cursor::new(bytes))?;
    let seen = |sheet: &calamine::Sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible;
    let names: Vec<String> = book.sheets_metadata().iter().filter(|sheet| seen(sheet)).map(|sheet| sheet.name.clone()).collect();
    let mut room = Room(max_cells);
    names.iter().map(|name| lines(&mut book, name, &mut room)).collect()
}
