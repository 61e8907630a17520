//! The rows of a file of holders: CSV in UTF-8 or GB18030, or a workbook. Sizes are bounded before anything is believed:
//! a file that somebody sent is a file that somebody made.

use std::borrow::Cow;
use std::io::{Cursor, Read};

use anyhow::{Context, bail, ensure};
use calamine::{DataRef, Reader, Xlsx};
use domain::account::legacy::{HEADINGS, LegacyRow};
use domain::form::Form;
use domain::text::tidy;

/// The largest file.
pub const MAX_BYTES: u64 = 64 * 1024 * 1024;
/// The most that a workbook may hold when it is unpacked.
const MAX_UNPACKED: u64 = 512 * 1024 * 1024;
/// The most parts of a workbook.
const MAX_PARTS: usize = 500;
/// The most rows.
const MAX_ROWS: usize = 1_000_000;
/// Further to the right nothing is read.
const MAX_COLUMNS: usize = 50;
/// The rest of a longer cell is not read: it is too long for every column as it is.
const MAX_CELL: usize = 200;

/// A row of the file: its number, counted as a person counts, and its cells.
type Cells = (u64, Vec<String>);

/// The rows below the headings.
///
/// # Errors
/// What is wrong with the file as a whole.
pub fn rows(bytes: &[u8]) -> anyhow::Result<Vec<(u64, LegacyRow)>> {
    let mut cells = match bytes {
        [b'P', b'K', 3, 4, ..] => workbook(bytes, MAX_UNPACKED)?,
        [0xD0, 0xCF, 0x11, 0xE0, ..] => bail!("this is an old .xls file; save it as .xlsx or CSV"),
        _ => csv(bytes)?,
    }
    .into_iter();
    let (_, headings) = cells.next().context("the file is empty")?;
    let columns = columns(&headings)?;
    Ok(cells.map(|(number, cells)| (number, row(&columns, &cells))).collect())
}

/// Where each column stands.
fn columns(headings: &[String]) -> anyhow::Result<Vec<usize>> {
    let find = |wanted: &str| {
        let mut found = headings.iter().enumerate().filter(|(_, heading)| tidy(heading) == wanted).map(|(at, _)| at);
        match (found.next(), found.next()) {
            (Some(at), None) => Ok(at),
            (None, _) => bail!("the heading {wanted} is missing from the first row"),
            (Some(_), Some(_)) => bail!("the heading {wanted} stands twice in the first row"),
        }
    };
    HEADINGS.iter().map(|heading| find(heading)).collect()
}

fn row(columns: &[usize], cells: &[String]) -> LegacyRow {
    let mut row = LegacyRow::default();
    for (field, at) in LegacyRow::FIELDS.iter().zip(columns) {
        row.set(field, cells.get(*at).cloned().unwrap_or_default());
    }
    row
}

fn text(bytes: &[u8]) -> anyhow::Result<Cow<'_, str>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    let (text, _, is_broken) = encoding_rs::GB18030.decode(bytes);
    ensure!(!is_broken, "the file is neither UTF-8 nor GB18030");
    Ok(text)
}

fn csv(bytes: &[u8]) -> anyhow::Result<Vec<Cells>> {
    let text = text(bytes)?;
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).from_reader(text.as_bytes());
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.context("the file is no CSV")?;
        ensure!(rows.len() <= MAX_ROWS, "more than {MAX_ROWS} rows; divide the file");
        let number = record.position().map_or(0, |position| line(&text, position));
        rows.push((number, record.iter().take(MAX_COLUMNS).map(cut).collect()));
    }
    Ok(rows)
}

/// The line in which a record begins: its position is before the line ends and empty lines that are passed over.
fn line(text: &str, position: &csv::Position) -> u64 {
    let start = usize::try_from(position.byte()).unwrap_or(usize::MAX);
    let ends = text.as_bytes().get(start..).unwrap_or_default().iter().take_while(|byte| matches!(byte, b'\r' | b'\n'));
    let passed = ends.filter(|byte| **byte == b'\n').count();
    position.line() + u64::try_from(passed).unwrap_or(0)
}

/// The first sheet. Its cells are taken one by one: a sheet with two cells at its far ends would otherwise become a table of
/// seventeen thousand million cells.
fn workbook(bytes: &[u8], max_unpacked: u64) -> anyhow::Result<Vec<Cells>> {
    ensure_small(bytes, max_unpacked)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).context("the workbook cannot be read")?;
    let sheet = book.sheet_names().first().cloned().context("the workbook has no sheet")?;
    let mut reader = book.worksheet_cells_reader(&sheet).context("the first sheet cannot be read")?;
    let mut rows: Vec<Cells> = Vec::new();
    while let Some(cell) = reader.next_cell().context("the first sheet cannot be read")? {
        let (row, column) = cell.get_position();
        let (number, column) = (u64::from(row) + 1, usize::try_from(column).unwrap_or(usize::MAX));
        if column >= MAX_COLUMNS || matches!(cell.get_value(), DataRef::Empty) {
            continue;
        }
        if rows.last().is_none_or(|(last, _)| *last != number) {
            ensure!(rows.len() <= MAX_ROWS, "more than {MAX_ROWS} rows; divide the file");
            rows.push((number, Vec::new()));
        }
        let Some((_, cells)) = rows.last_mut() else { continue };
        if cells.len() <= column {
            cells.resize(column + 1, String::new());
        }
        cells[column] = written(cell.get_value());
    }
    Ok(rows)
}

/// Unpacks everything once into nothing, because what a packed file says about its size may be a lie.
fn ensure_small(bytes: &[u8], max_unpacked: u64) -> anyhow::Result<()> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).context("the workbook cannot be read")?;
    ensure!(archive.len() <= MAX_PARTS, "the workbook has more than {MAX_PARTS} parts");
    let mut left = max_unpacked;
    for part in 0..archive.len() {
        let part = archive.by_index(part).context("the workbook cannot be read")?;
        let size = std::io::copy(&mut part.take(left + 1), &mut std::io::sink()).context("the workbook is damaged")?;
        ensure!(size <= left, "the workbook unpacks to more than {max_unpacked} bytes");
        left -= size;
    }
    Ok(())
}

/// What stands in a cell. A number of more than fifteen digits has lost its last ones in the spreadsheet: it is written so that
/// it is taken for nothing else.
fn written(value: &DataRef<'_>) -> String {
    match value {
        DataRef::String(text) => cut(text),
        DataRef::SharedString(text) => cut(text),
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => format!("{number:.0}"),
        DataRef::Float(number) => format!("{number:E}"),
        DataRef::Bool(_) | DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) | DataRef::Error(_) => {
            "#".into()
        }
        DataRef::Empty => String::new(),
    }
}

fn cut(text: &str) -> String {
    text.chars().take(MAX_CELL).collect()
}

#[cfg(test)]
pub(super) mod tests {
    use std::io::Write;

    use super::*;

    /// A workbook with these rows as text in its first sheet; a cell that begins with `n:` is a number.
    pub fn xlsx(rows: &[(u32, &[&str])], packed: bool) -> Vec<u8> {
        let cell = |row: u32, (column, text): (usize, &&str)| {
            let at = format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()));
            match text.strip_prefix("n:") {
                Some(number) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
                None => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
            }
        };
        let rows: String = rows
            .iter()
            .map(|(row, cells)| {
                let cells: String = cells.iter().enumerate().map(|one| cell(*row, one)).collect();
                format!("<row r=\"{row}\">{cells}</row>")
            })
            .collect();
        let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        let rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        let package = "http://schemas.openxmlformats.org/package/2006/relationships";
        let parts = [
            (
                "xl/workbook.xml",
                format!(
                    "<workbook xmlns=\"{main}\" xmlns:r=\"{rel}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
                ),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{rel}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
                ),
            ),
            (
                "_rels/.rels",
                format!(
                    "<Relationships xmlns=\"{package}\"><Relationship Id=\"r0\" Type=\"{rel}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
                ),
            ),
            ("xl/worksheets/sheet1.xml", format!("<worksheet xmlns=\"{main}\"><sheetData>{rows}</sheetData></worksheet>")),
        ];
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let method = if packed { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
        let options = zip::write::SimpleFileOptions::default().compression_method(method);
        for (name, text) in parts {
            zip.start_file(name, options).unwrap();
            zip.write_all(text.as_bytes()).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    const CSV: &str =
        "财政局,姓名, 手机号 ,证件号码,备注,原证书号\r\n210102,张三,13912345678,430111199003079988,x,\"2101\n-1\"\n\n李四\n";

    #[test]
    fn the_columns_of_a_csv_file_stand_in_any_order_and_rows_have_their_line() {
        let rows = rows(CSV.as_bytes()).unwrap();
        let first = LegacyRow {
            name: "张三".into(),
            document_number: "430111199003079988".into(),
            mobile: "13912345678".into(),
            certificate: "2101\n-1".into(),
            bureau: "210102".into(),
        };
        let second = LegacyRow { bureau: "李四".into(), ..LegacyRow::default() };
        assert_eq!(rows, [(2, first), (5, second)]);
    }

    #[test]
    fn utf_8_with_and_without_its_mark_and_gb18030_are_read_and_nothing_else() {
        let plain = rows(CSV.as_bytes()).unwrap();
        assert_eq!(rows(&[b"\xEF\xBB\xBF", CSV.as_bytes()].concat()).unwrap(), plain);
        let (chinese, _, is_lossy) = encoding_rs::GB18030.encode(CSV);
        assert!(!is_lossy && chinese.as_ref() != CSV.as_bytes());
        assert_eq!(rows(&chinese).unwrap(), plain);
        assert!(rows(b"\xFF\xFF\xFF").unwrap_err().to_string().contains("neither"));
    }

    #[test]
    fn a_heading_that_is_missing_or_stands_twice_is_named() {
        let message = |text: &str| rows(text.as_bytes()).unwrap_err().to_string();
        assert!(message("").contains("empty"));
        assert!(message("姓名,证件号码,原证书号,财政局\n").contains("手机号 is missing"));
        assert!(message("姓名,姓名,证件号码,手机号,原证书号,财政局\n").contains("姓名 stands twice"));
        assert!(rows(&[0xD0, 0xCF, 0x11, 0xE0, 0]).unwrap_err().to_string().contains(".xls"));
        assert!(rows(b"PK\x03\x04 nothing").is_err());
    }

    #[test]
    fn a_workbook_is_read_and_numbers_that_lost_their_end_are_not_taken_for_whole() {
        let headings: &[&str] = &["姓名", "证件号码", "手机号", "原证书号", "财政局"];
        let sheet: [(u32, &[&str]); 3] = [
            (1, headings),
            (3, &["张三", "430111199003079988", "n:13912345678", "n:430111900307998", "210102"]),
            (4, &["李四", "n:430111199003079980", "", "", "210102"]),
        ];
        for packed in [false, true] {
            let rows = rows(&xlsx(&sheet, packed)).unwrap();
            assert_eq!((rows[0].0, rows[1].0, rows.len()), (3, 4, 2));
            assert_eq!((rows[0].1.mobile.as_str(), rows[0].1.certificate.as_str()), ("13912345678", "430111900307998"));
            assert_eq!(rows[0].1.document_number, "430111199003079988");
            assert!(rows[1].1.document_number.contains("E17"), "{}", rows[1].1.document_number);
        }
    }

    #[test]
    fn a_workbook_that_unpacks_to_too_much_or_reaches_to_the_far_end_does_no_harm() {
        let long = "长".repeat(100_000);
        let bomb = xlsx(&[(1, &[long.as_str()])], true);
        assert!(bomb.len() < 5_000);
        let message = workbook(&bomb, 100_000).unwrap_err().to_string();
        assert!(message.contains("unpacks"), "{message}");
        assert_eq!(workbook(&bomb, 1_000_000).unwrap(), [(1, vec!["长".repeat(MAX_CELL)])]);
        let far = xlsx(&[(1, &["a"]), (1_048_576, &["b"])], false);
        assert_eq!(workbook(&far, 1_000_000).unwrap().len(), 2);
    }
}
