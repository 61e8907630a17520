//! Files as people have them. Those in `../../cases` came out of reports about comparable systems; all people are invented.

pub mod book;
mod encodings;
mod separated;
mod sheets;

use domain::account::legacy::{LegacyBreak, LegacyCell, LegacyLine, LegacyRow};

use super::{Table, read};

fn message(bytes: &[u8]) -> String {
    let message = read(bytes).unwrap_err().to_string();
    assert!(message.chars().any(|c| c >= '一'), "not in Chinese: {message}");
    message
}

fn table(text: &str) -> Table {
    read(text.as_bytes()).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

/// The lines with the names that stand in them; of a line that cannot be told apart, why.
fn names(table: &Table) -> Vec<(u64, String)> {
    let told = |line: &LegacyLine| line.broken.map_or_else(|| line.row.name.clone(), |broken| format!("{broken:?}"));
    table.lines.iter().map(|line| (line.number, told(line))).collect()
}

fn named(expected: &[(u64, &str)]) -> Vec<(u64, String)> {
    expected.iter().map(|(number, name)| (*number, (*name).to_owned())).collect()
}

fn passed(table: &Table) -> Vec<(Option<u64>, &str)> {
    table.passed.iter().map(|passed| (passed.line, passed.what.as_str())).collect()
}

/// A row of the five columns that have to be there.
fn row(values: [&str; 5]) -> LegacyRow {
    let [name, document_number, mobile, certificate, bureau] = values.map(str::to_owned);
    LegacyRow { name, document_number, mobile, certificate, bureau, ..LegacyRow::default() }
}

const HEADINGS: &str = "姓名,证件号码,手机号,原证书号,财政局";
