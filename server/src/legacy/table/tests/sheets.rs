use super::book::{Sheet, packed, sheet, xlsx};
use super::*;

const TOP: &[&str] = &["姓名", "证件号码", "手机号", "原证书号", "财政局"];

fn known(table: &Table) -> Vec<(u64, String, LegacyCell)> {
    let of = |line: &LegacyLine| -> Vec<_> {
        line.cells.iter().map(|(field, cell)| (line.number, field.clone(), cell.clone())).collect()
    };
    table.lines.iter().flat_map(of).collect()
}

#[test]
fn every_cell_that_is_no_text_is_known_as_what_it_is() {
    let table = read(include_bytes!("../../cases/c_numbers.xlsx")).unwrap();
    let at = |line: u64, field: &str, cell| (line, field.to_owned(), cell);
    let rounded = |shown: &str| LegacyCell::Rounded { shown: shown.into() };
    let expected = [
        at(3, "document_number", rounded("2.10102E+17")),
        at(5, "certificate", rounded("2.101E+17")),
        at(6, "certificate", LegacyCell::Date { shown: "2010/1/5".into() }),
        at(7, "certificate", LegacyCell::Error { shown: "#N/A".into() }),
        at(8, "certificate", LegacyCell::Truth { shown: "TRUE".into() }),
        at(10, "certificate", LegacyCell::AsShown),
    ];
    assert_eq!(known(&table), expected);
    let certificates: Vec<_> = table.lines.iter().map(|line| line.row.certificate.as_str()).collect();
    assert_eq!(certificates, ["21010000040", "21010000041", "0", "", "", "", "", "21010000047", "00012345"]);
    assert_eq!((table.lines[0].row.mobile.as_str(), table.lines[2].row.bureau.as_str()), ("13800316760", "210102"));
    assert_eq!(table.lines[7].row.document_number, "210102197203210948");
}

#[test]
fn numbers_dates_errors_and_truths_are_known_in_every_column() {
    for (cell, known_as, text) in [
        ("n:430111199003079980", Some(LegacyCell::Rounded { shown: "4.30111E+17".into() }), ""),
        ("n:1000000000000000", Some(LegacyCell::Rounded { shown: "1E+15".into() }), ""),
        ("n:999999999999999", None, "999999999999999"),
        ("n:1.38003167605E+10", Some(LegacyCell::Uneven), "13800316760.5"),
        ("n:1.3800316760E+10", None, "13800316760"),
        ("n:-13800316760", Some(LegacyCell::Uneven), ""),
        ("n:0.5", Some(LegacyCell::Uneven), "0.5"),
        ("z:12345", Some(LegacyCell::AsShown), "00012345"),
        ("z:123456789", None, "123456789"),
        ("p:196505140805", Some(LegacyCell::AsShown), "210102196505140805"),
        ("d:40183", Some(LegacyCell::Date { shown: "2010/1/5".into() }), ""),
        ("e:#REF!", Some(LegacyCell::Error { shown: "#REF!".into() }), ""),
        ("b:0", Some(LegacyCell::Truth { shown: "FALSE".into() }), ""),
        ("'00012345", None, "00012345"),
    ] {
        for (column, field) in LegacyRow::FIELDS.iter().filter(|field| **field != "document_kind").enumerate() {
            let mut cells = ["a", "b", "c", "d", "e"];
            cells[column] = cell;
            let table = read(&xlsx(&[(1, TOP), (2, &cells)])).unwrap();
            let line = &table.lines[0];
            let read = domain::form::Form::values(&line.row).into_iter().find(|(of, _)| of == field).unwrap().1.to_owned();
            assert_eq!((line.cells.first().map(|(_, cell)| cell.clone()), read.as_str()), (known_as.clone(), text), "{cell}");
        }
    }
}

#[test]
fn a_title_over_merged_cells_is_stepped_over() {
    let table = read(include_bytes!("../../cases/c_title_merged.xlsx")).unwrap();
    assert_eq!(names(&table), named(&[(3, "荀彧"), (4, "郭嘉")]));
    let title = "表头之前的内容“沈阳市和平区原持有会计从业资格证人员名单”，不作为人员读取";
    assert_eq!(passed(&table), [(Some(1), title), (Some(2), "表头")]);
}

#[test]
fn headings_over_two_lines_are_understood() {
    let upper: &[&str] = &["姓 名*", "证件", "", "手机号", "原证书号", "财政局"];
    let lower: &[&str] = &["", "证件类型", "证件号码"];
    let person: &[&str] = &["甲", "护照", "E12345678", "", "", "210102"];
    let rows: &[(u32, &[&str])] = &[(1, upper), (2, lower), (3, person)];
    let merged = &["A1:A2", "B1:C1", "D1:D2", "E1:E2", "F1:F2"];
    let table = read(&packed(&[Sheet { merged, ..sheet("名单", rows) }], true)).unwrap();
    assert_eq!(names(&table), named(&[(3, "甲")]));
    assert_eq!((table.lines[0].row.document_kind.as_str(), table.lines[0].row.document_number.as_str()), ("护照", "E12345678"));
    assert_eq!(passed(&table), [(Some(1), "表头"), (Some(2), "表头")]);
}

#[test]
fn a_bureau_over_several_people_is_that_of_each_and_nothing_else_is_shared() {
    let rows: &[(u32, &[&str])] = &[
        (1, TOP),
        (2, &["甲", "1", "13800000001", "x", "210102"]),
        (3, &["乙", "2"]),
        (4, &["", "", "", "y"]),
        (5, &["丁", "4", "", "", "210103"]),
    ];
    let merged = &["E2:E4", "C2:C3", "A3:A4", "B3:B4", "A1:A1", "E5:E60"];
    let table = read(&packed(&[Sheet { merged, ..sheet("名单", rows) }], true)).unwrap();
    let bureaus: Vec<_> = table.lines.iter().map(|line| line.row.bureau.as_str()).collect();
    assert_eq!(bureaus, ["210102", "210102", "210102", "210103"]);
    let at = |line: u64, field: &str, row| (line, field.to_owned(), LegacyCell::Merged { row });
    let expected = [at(3, "mobile", 2), at(3, "bureau", 2), at(4, "name", 3), at(4, "document_number", 3), at(4, "bureau", 2)];
    assert_eq!(known(&table), expected);
}

#[test]
fn the_one_sheet_with_headings_is_read_among_covers_and_two_are_not_guessed_between() {
    let people: &[(u32, &[&str])] = &[(1, TOP), (2, &["甲", "1", "", "", "210102"])];
    let cover: &[(u32, &[&str])] = &[(3, &["填报说明"]), (4, &["请在“名单”中填写"])];
    let hidden = || Sheet { is_hidden: true, ..sheet("旧名单", people) };
    let table = read(&packed(&[sheet("封面", cover), sheet("空白", &[]), sheet("名单", people), hidden()], true)).unwrap();
    assert_eq!(names(&table), named(&[(2, "甲")]));
    assert_eq!(passed(&table)[..2], [(None, "工作表“封面”中没有表头，未读取"), (None, "隐藏的工作表“旧名单”，未读取")]);

    let two = message(&packed(&[sheet("和平区", people), sheet("沈河区", people)], true));
    assert!(two.contains("“和平区”、“沈河区”都有表头"), "{two}");
    let none = message(&packed(&[sheet("封面", cover), hidden()], true));
    assert!(none.contains("工作表“封面”：") && none.contains("第 3 行“填报说明”") && none.contains("取消隐藏"), "{none}");
    assert!(message(&packed(&[sheet("空白", &[])], true)).contains("没有内容"));
    let joined = message(&xlsx(&[(1, &["姓名,证件号码,手机号,原证书号,财政局"])]));
    assert!(joined.contains("第 1 行“姓名,证件号码"), "{joined}");
}

#[test]
fn a_workbook_is_read_packed_or_not_and_its_lines_are_those_of_the_sheet() {
    let rows: &[(u32, &[&str])] =
        &[(1, TOP), (3, &["张三", "1", "n:13912345678", "", "210102"]), (9, &["李四", "2", "", "", "x", "", "旁注"])];
    for is_deflated in [false, true] {
        let table = read(&packed(&[sheet("a", rows)], is_deflated)).unwrap();
        assert_eq!(names(&table), named(&[(3, "张三"), (9, "李四")]));
    }
    let damaged = message(&xlsx(&[(1, TOP), (2, &["e:#WHAT!"])]));
    assert!(damaged.contains("第 1 行之后有读不懂的内容"), "{damaged}");
    let reversed = message(&xlsx(&[(5, TOP), (2, &["甲"])]));
    assert!(reversed.contains("行次序错乱"), "{reversed}");
}

#[test]
fn a_workbook_that_unpacks_to_too_much_or_reaches_to_the_far_end_does_no_harm() {
    let long = "长".repeat(100_000);
    let bomb = xlsx(&[(1, TOP), (2, &[long.as_str()])]);
    assert!(bomb.len() < 6_000);
    let message =
        crate::legacy::table::workbook::read_within(&bomb, &crate::legacy::table::HOLDERS, 100_000).err().unwrap().to_string();
    assert!(message.contains("解压后超过"), "{message}");
    assert_eq!(read(&bomb).unwrap().lines[0].row.name, "长".repeat(200));
    let far =
        read(&packed(&[Sheet { merged: &["A1:XFD1048576"], ..sheet("a", &[(1, TOP), (1_048_576, &["甲"])]) }], false)).unwrap();
    assert_eq!(far.lines.last().unwrap().number, 1_048_576);
}
