//! The sheet of the results of a class, by the same readers as the files of holders, and much smaller.

use domain::learning::class::{RosterLine, SheetFault};
use domain::text::{half_width, tidy};

use super::{Line, TooMany, kind, records, text, workbook};

/// The most that a workbook of some hundred rows holds when it is unpacked.
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;
/// The most cells of a sheet: four times as many as five hundred people with fifty columns.
const MAX_CELLS: usize = 100_000;
/// So many lines from the top headings are looked for.
const SEARCHED: usize = 10;

const NAME: [&str; 3] = ["姓名", "人员姓名", "学员姓名"];
const DOCUMENT: [&str; 5] = ["证件号码", "证件号", "身份证号", "身份证号码", "居民身份证号码"];
const RESULT: [&str; 5] = ["考核结果", "结果", "培训结果", "是否合格", "考核情况"];

/// The rows below the headings.
///
/// # Errors
/// Why there are none.
pub fn read(bytes: &[u8]) -> Result<Vec<RosterLine>, SheetFault> {
    if bytes.is_empty() {
        return Err(SheetFault::Empty);
    }
    if kind::unreadable(bytes).is_some() {
        return Err(SheetFault::Unreadable);
    }
    let found = match kind::is_packed(bytes) {
        true => workbook::each_sheet(bytes, (MAX_UNPACKED, MAX_CELLS)).map(|sheets| sheets.into_iter().find_map(rows)),
        false => text::decode(bytes).and_then(|text| records::either_way(&text, MAX_CELLS, rows)),
    };
    let found = found.map_err(|error| if error.is::<TooMany>() { SheetFault::TooLarge } else { SheetFault::Unreadable })?;
    found.ok_or(SheetFault::Headings)
}

/// The rows of lines with headings among them.
fn rows(lines: Vec<Line>) -> Option<Vec<RosterLine>> {
    let (at, columns) = headings(&lines)?;
    let below = lines.iter().skip(at + 1).map(|line| row(line, columns));
    let is_filled = |row: &RosterLine| [&row.name, &row.document, &row.result].iter().any(|text| !text.is_empty());
    Some(below.filter(|row| row.is_broken || is_filled(row)).collect())
}

/// The line with the headings, and their columns.
fn headings(lines: &[Line]) -> Option<(usize, [usize; 3])> {
    lines.iter().take(SEARCHED).enumerate().find_map(|(at, line)| {
        let texts: Vec<String> =
            line.cells.iter().map(|cell| half_width(&tidy(&cell.text)).replace([' ', '*', ':'], "")).collect();
        let place = |words: &[&str]| texts.iter().position(|text| words.contains(&text.as_str()));
        Some((at, [place(&NAME)?, place(&DOCUMENT)?, place(&RESULT)?]))
    })
}

fn row(line: &Line, [name, document, result]: [usize; 3]) -> RosterLine {
    // What the sheet keeps as a rounded number or a date has no text.
    let text = |at: usize| line.cells.get(at).map(|cell| tidy(&cell.text)).unwrap_or_default();
    RosterLine {
        number: line.number,
        name: text(name),
        document: text(document),
        result: text(result),
        is_broken: line.broken.is_some() || line.cells.iter().any(|cell| cell.text.contains(char::REPLACEMENT_CHARACTER)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn csv(text: &str) -> Result<Vec<RosterLine>, SheetFault> {
        read(text.as_bytes())
    }

    #[test]
    fn rows_are_read_whatever_separates_them_and_in_whatever_order_the_headings_stand() {
        for text in [
            "姓名,证件号码,考核结果\n张三,430102199003071234,合格\n",
            "2026 年培训结果\n考核结果;身份证号;姓名\n合格;\"430102199003071234\";张三\n\n",
            "\u{feff}姓名\t证件号\t结果\n张三\t'430102199003071234\t合格",
        ] {
            let rows = csv(text).unwrap();
            assert_eq!(rows.len(), 1, "{text}");
            assert_eq!((rows[0].name.as_str(), rows[0].document.as_str()), ("张三", "430102199003071234"), "{text}");
            assert_eq!((rows[0].result.as_str(), rows[0].is_broken), ("合格", false), "{text}");
        }
        let (gbk, ..) = encoding_rs::GB18030.encode("姓名,证件号码,考核结果\n张三,1,不合格\n");
        assert_eq!(read(&gbk).unwrap()[0].result, "不合格");
    }

    #[test]
    fn a_workbook_is_read_and_a_rounded_number_is_none() {
        use super::super::tests::book::{Sheet, packed, sheet};
        let rows: &[(u32, &[&str])] = &[
            (1, &["培训结果"]),
            (3, &["证件号码", "姓名", "考核结果"]),
            (4, &["430102199003071234", "张三", "合格"]),
            (5, &["n:430102199003071234", "李四", "合格"]),
        ];
        let cover: &[(u32, &[&str])] = &[(1, &["说明"])];
        let hidden = Sheet { is_hidden: true, ..sheet("旧", rows) };
        let read = read(&packed(&[sheet("封面", cover), sheet("名单", rows), hidden], true)).unwrap();
        let seen: Vec<_> = read.iter().map(|row| (row.number, row.name.as_str(), row.document.as_str())).collect();
        assert_eq!(seen, [(4, "张三", "430102199003071234"), (5, "李四", "")]);
    }

    #[test]
    fn a_small_file_that_becomes_very_many_cells_is_refused_while_it_is_read() {
        use super::super::tests::book::xlsx;
        // A sheet of 26 columns of which the last one is filled: what is empty before it takes room as well.
        let mut wide = [""; 26];
        wide[25] = "x";
        let many: Vec<(u32, &[&str])> = (1..5_000).map(|row| (row, &wide[..])).collect();
        let packed = xlsx(&many);
        assert!(packed.len() < 64 * 1024, "{}", packed.len());
        assert_eq!(read(&packed), Err(SheetFault::TooLarge));
        assert_eq!(csv(&format!("姓名,证件号码,考核结果\n{}", ",,\n".repeat(40_000))), Err(SheetFault::TooLarge));
        let five_hundred = "张三,430102199003071234,合格\n".repeat(500);
        assert_eq!(csv(&format!("姓名,证件号码,考核结果\n{five_hundred}")).unwrap().len(), 500);
    }

    #[test]
    fn what_cannot_be_read_says_so() {
        assert_eq!(csv(""), Err(SheetFault::Empty));
        assert_eq!(csv("姓名,电话\n张三,1\n"), Err(SheetFault::Headings));
        assert_eq!(read(b"PK\x03\x04 and nothing more"), Err(SheetFault::Unreadable));
        assert_eq!(csv("姓名,证件号码,考核结果\n"), Ok(Vec::new()));
    }
}
