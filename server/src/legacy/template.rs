//! The file to be filled in. In the workbook every column is text, so that no number loses its end or its first noughts.

use std::io::{Cursor, Write};
use std::path::Path;

use anyhow::{Context, ensure};
use domain::account::legacy::{HEADINGS, LegacyRow, kind_word};
use domain::form::Form;
use domain::identity::DocumentKind;
use domain::province::Province;

use crate::config::Place;
use crate::{disk, provinces};

const NOTES: [&str; 6] = [
    "第 2 行是示例，导入时自动跳过，可以删除。",
    "姓名、证件号码、财政局必填；财政局填写全称或者代码。",
    "证件类型留空的，按证件号码的形式辨认；15 位旧身份证号码自动换算为 18 位。",
    "手机号、原证书号可以留空；没有手机号的人员不能用短信验证码设置密码。",
    "每一列都已设为文本，请不要改为数字或者日期，也不要合并单元格。",
    "导入后请查看报告，每一行都有结果。",
];

const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const REL: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const KIND: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";

/// Writes the template, a workbook where the file is named so and CSV otherwise, with a bureau of the province in its example.
///
/// # Errors
/// When there is such a file already, no such province, or it cannot be written.
pub fn write(place: &Place, province: Option<&str>, file: &Path) -> anyhow::Result<()> {
    ensure!(!file.exists(), "{} is there already", file.display());
    let row = match province {
        Some(key) => {
            let all = provinces::load(&place.provinces())?;
            sample(all.get(key).with_context(|| format!("no province has the key {key}"))?)
        }
        None => LegacyRow::sample(kind_word(DocumentKind::ResidentId), "某某市某某区财政局"),
    };
    let is_workbook = file.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("xlsx"));
    let bytes = if is_workbook { workbook(&row)? } else { separated(&row)? };
    disk::write_new(file, &bytes).with_context(|| format!("writing {}", file.display()))?;
    println!("模板：{}", file.display());
    Ok(())
}

pub(super) fn sample(province: &Province) -> LegacyRow {
    let kinds = &province.profile.account.document_kinds;
    let label = kinds.iter().find(|option| option.kind == DocumentKind::ResidentId).map(|option| option.label.as_str());
    let bureau = province.bureaus.0.values().max_by_key(|bureau| bureau.level).map(|bureau| bureau.name.as_str());
    LegacyRow::sample(label.unwrap_or_else(|| kind_word(DocumentKind::ResidentId)), bureau.unwrap_or_default())
}

fn cells(row: &LegacyRow) -> Vec<&str> {
    row.values().into_iter().map(|(_, text)| text).collect()
}

pub(super) fn separated(row: &LegacyRow) -> anyhow::Result<Vec<u8>> {
    let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xEF\xBB\xBF".to_vec());
    writer.write_record(HEADINGS)?;
    writer.write_record(cells(row))?;
    Ok(writer.into_inner()?)
}

pub(super) fn workbook(row: &LegacyRow) -> anyhow::Result<Vec<u8>> {
    let notes: Vec<Vec<&str>> = NOTES.iter().map(|note| vec![*note]).collect();
    let parts = [
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", relations(&[("officeDocument", "xl/workbook.xml")])),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{REL}\"><sheets><sheet name=\"名单\" sheetId=\"1\" r:id=\"r1\"/>\
                 <sheet name=\"填写说明\" sheetId=\"2\" r:id=\"r2\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relations(&[
                ("worksheet", "worksheets/sheet1.xml"),
                ("worksheet", "worksheets/sheet2.xml"),
                ("styles", "styles.xml"),
            ]),
        ),
        ("xl/styles.xml", styles()),
        ("xl/worksheets/sheet1.xml", worksheet(&[HEADINGS.to_vec(), cells(row)], 24)),
        ("xl/worksheets/sheet2.xml", worksheet(&notes, 80)),
    ];
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        zip.start_file(name, zip::write::SimpleFileOptions::default())?;
        zip.write_all(format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n{text}").as_bytes())?;
    }
    Ok(zip.finish()?.into_inner())
}

fn content_types() -> String {
    let part = |name: &str, kind: &str| format!("<Override PartName=\"/xl/{name}.xml\" ContentType=\"{KIND}.{kind}+xml\"/>");
    format!(
        "<Types xmlns=\"{PACKAGE}/content-types\">\
         <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>{}{}{}{}</Types>",
        part("workbook", "sheet.main"),
        part("worksheets/sheet1", "worksheet"),
        part("worksheets/sheet2", "worksheet"),
        part("styles", "styles"),
    )
}

fn relations(all: &[(&str, &str)]) -> String {
    let all: String = (1..)
        .zip(all)
        .map(|(at, (kind, target))| format!("<Relationship Id=\"r{at}\" Type=\"{REL}/{kind}\" Target=\"{target}\"/>"))
        .collect();
    format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

/// The second style is text (49), for whole columns.
fn styles() -> String {
    format!(
        "<styleSheet xmlns=\"{MAIN}\"><fonts count=\"1\"><font><sz val=\"11\"/><name val=\"宋体\"/></font></fonts>\
         <fills count=\"2\"><fill><patternFill patternType=\"none\"/></fill><fill><patternFill patternType=\"gray125\"/></fill></fills>\
         <borders count=\"1\"><border><left/><right/><top/><bottom/><diagonal/></border></borders>\
         <cellStyleXfs count=\"1\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\"/></cellStyleXfs>\
         <cellXfs count=\"2\"><xf numFmtId=\"0\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\"/>\
         <xf numFmtId=\"49\" fontId=\"0\" fillId=\"0\" borderId=\"0\" xfId=\"0\" applyNumberFormat=\"1\"/></cellXfs></styleSheet>"
    )
}

fn worksheet(rows: &[Vec<&str>], width: u32) -> String {
    let columns = rows.first().map_or(1, Vec::len);
    let cell = |row: usize, (column, text): (usize, &&str)| {
        let column = (b'A'..=b'Z').nth(column).map_or('A', char::from);
        let text = text.replace('&', "&amp;").replace('<', "&lt;");
        format!("<c r=\"{column}{row}\" s=\"1\" t=\"inlineStr\"><is><t>{text}</t></is></c>")
    };
    let row = |(at, cells): (usize, &Vec<&str>)| {
        let cells: String = cells.iter().enumerate().map(|one| cell(at, one)).collect();
        format!("<row r=\"{at}\">{cells}</row>")
    };
    let rows: String = (1..).zip(rows).map(row).collect();
    format!(
        "<worksheet xmlns=\"{MAIN}\"><cols><col min=\"1\" max=\"{columns}\" width=\"{width}\" style=\"1\" customWidth=\"1\"/></cols>\
         <sheetData>{rows}</sheetData></worksheet>"
    )
}
