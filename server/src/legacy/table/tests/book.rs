//! Workbooks made by hand.

use std::io::{Cursor, Write};

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";

/// A sheet: its name, its rows, its merged cells, and whether it is hidden.
pub struct Sheet<'a> {
    pub name: &'a str,
    pub rows: &'a [(u32, &'a [&'a str])],
    pub merged: &'a [&'a str],
    pub is_hidden: bool,
}

/// A sheet with nothing merged that is not hidden.
pub fn sheet<'a>(name: &'a str, rows: &'a [(u32, &'a [&'a str])]) -> Sheet<'a> {
    Sheet { name, rows, merged: &[], is_hidden: false }
}

/// A workbook of one sheet.
pub fn xlsx(rows: &[(u32, &[&str])]) -> Vec<u8> {
    packed(&[sheet("名单", rows)], true)
}

/// A workbook. A cell is text, or by its prefix: `n:` a number, `z:` a number of eight digits by its format, `p:` one that its
/// format puts 210102 before, `d:` a date, `e:` an error, `b:` a truth; an empty one is left out.
pub fn packed(sheets: &[Sheet<'_>], is_deflated: bool) -> Vec<u8> {
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations(&[("r0".to_owned(), "officeDocument", "xl/workbook.xml".to_owned())])),
        ("xl/styles.xml".to_owned(), styles()),
    ];
    let (mut list, mut relation) = (String::new(), vec![("s".to_owned(), "styles", "styles.xml".to_owned())]);
    for (at, sheet) in sheets.iter().enumerate() {
        let state = if sheet.is_hidden { " state=\"hidden\"" } else { "" };
        list += &format!("<sheet name=\"{}\" sheetId=\"{}\"{state} r:id=\"r{at}\"/>", sheet.name, at + 1);
        relation.push((format!("r{at}"), "worksheet", format!("worksheets/sheet{at}.xml")));
        parts.push((format!("xl/worksheets/sheet{at}.xml"), worksheet(sheet)));
    }
    parts.push((
        "xl/workbook.xml".into(),
        format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets>{list}</sheets></workbook>"),
    ));
    parts.push(("xl/_rels/workbook.xml.rels".into(), relations(&relation)));
    zipped(parts.iter().map(|(name, text)| (name.as_str(), text.as_bytes())), is_deflated)
}

/// Any packed file.
pub fn zipped<'a>(parts: impl Iterator<Item = (&'a str, &'a [u8])>, is_deflated: bool) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let method = if is_deflated { zip::CompressionMethod::Deflated } else { zip::CompressionMethod::Stored };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    for (name, bytes) in parts {
        zip.start_file(name, options).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn relations(all: &[(String, &str, String)]) -> String {
    let all: String = all
        .iter()
        .map(|(id, kind, target)| format!("<Relationship Id=\"{id}\" Type=\"{REL}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}\">{all}</Relationships>")
}

fn styles() -> String {
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><numFmts count=\"2\"><numFmt numFmtId=\"164\" formatCode=\"00000000\"/>\
         <numFmt numFmtId=\"165\" formatCode=\"&quot;210102&quot;000000000000\"/></numFmts><cellXfs count=\"4\">\
         <xf numFmtId=\"0\"/><xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"31\"/></cellXfs></styleSheet>"
    )
}

fn worksheet(sheet: &Sheet<'_>) -> String {
    let rows: String = sheet
        .rows
        .iter()
        .map(|(row, cells)| {
            let cells: String = cells.iter().enumerate().map(|(column, text)| cell(*row, column, text)).collect();
            format!("<row r=\"{row}\">{cells}</row>")
        })
        .collect();
    let merged: String = sheet.merged.iter().map(|cells| format!("<mergeCell ref=\"{cells}\"/>")).collect();
    let merged = if merged.is_empty() { merged } else { format!("<mergeCells>{merged}</mergeCells>") };
    format!("<worksheet xmlns=\"{MAIN}\"><sheetData>{rows}</sheetData>{merged}</worksheet>")
}

fn cell(row: u32, column: usize, text: &str) -> String {
    let at = format!("{}{row}", char::from(b'A' + u8::try_from(column).unwrap()));
    match text.split_once(':') {
        _ if text.is_empty() => String::new(),
        Some(("n", number)) => format!("<c r=\"{at}\"><v>{number}</v></c>"),
        Some(("z", number)) => format!("<c r=\"{at}\" s=\"1\"><v>{number}</v></c>"),
        Some(("p", number)) => format!("<c r=\"{at}\" s=\"2\"><v>{number}</v></c>"),
        Some(("d", number)) => format!("<c r=\"{at}\" s=\"3\"><v>{number}</v></c>"),
        Some(("e", error)) => format!("<c r=\"{at}\" t=\"e\"><v>{error}</v></c>"),
        Some(("b", truth)) => format!("<c r=\"{at}\" t=\"b\"><v>{truth}</v></c>"),
        _ => format!("<c r=\"{at}\" t=\"inlineStr\"><is><t>{text}</t></is></c>"),
    }
}
