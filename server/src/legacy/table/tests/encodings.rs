use encoding_rs::GB18030;

use super::*;

const TEXT: &str = "姓名,证件号码,手机号,原证书号,财政局\r\n欧阳𬱖,430111199003079988,13912345678,辽2101,210102\r\n";

fn wide(text: &str, mark: bool, is_little: bool) -> Vec<u8> {
    let units = mark.then_some(0xFEFF).into_iter().chain(text.encode_utf16());
    units.flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() }).collect()
}

#[test]
fn a_text_is_read_in_every_encoding_that_spreadsheets_write() {
    let plain = table(TEXT);
    assert_eq!(plain.lines[0].row, row(["欧阳𬱖", "430111199003079988", "13912345678", "辽2101", "210102"]));
    let chinese = GB18030.encode(TEXT).0.into_owned();
    assert_ne!(chinese, TEXT.as_bytes());
    let marked = [b"\xEF\xBB\xBF", TEXT.as_bytes()].concat();
    let tabs = wide(&TEXT.replace(',', "\t"), true, true);
    for (name, bytes) in [
        ("UTF-8 with its mark", marked),
        ("GB18030", chinese),
        ("UTF-16 little", wide(TEXT, true, true)),
        ("UTF-16 big", wide(TEXT, true, false)),
        ("UTF-16 little without its mark", wide(TEXT, false, true)),
        ("UTF-16 big without its mark", wide(TEXT, false, false)),
        ("the Unicode text of a spreadsheet", tabs),
    ] {
        assert_eq!(read(&bytes).unwrap(), plain, "{name}");
    }
}

#[test]
fn a_broken_byte_spoils_its_own_line_and_no_other() {
    let text = format!("{HEADINGS}\n张三,1,,,210102\n李四,2,,,210102\n王五,3,,,210102\n");
    let chinese = GB18030.encode(&text).0.into_owned();
    for bytes in [text.into_bytes(), chinese] {
        let at = bytes.windows(4).position(|window| window == b",2,,").unwrap();
        // In the name and in the number of the certificate, which may be anything.
        for place in [at, at + 3] {
            let mut broken = bytes.clone();
            broken.insert(place, 0xFF);
            assert_eq!(names(&read(&broken).unwrap()), named(&[(2, "张三"), (3, "Bytes"), (4, "王五")]));
        }
    }
}

/// A packed file of one part, as if its part were packed with a password.
fn sealed(mut packed: Vec<u8>) -> Vec<u8> {
    let central = packed.windows(4).position(|window| window == b"PK\x01\x02").unwrap();
    packed[6] |= 1;
    packed[central + 8] |= 1;
    packed
}

/// A file as old programs of offices write it, with these records behind its head.
fn old(records: &[u8]) -> Vec<u8> {
    [&b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"[..], &[0; 504], records].concat()
}

/// The beginning of an old workbook, then records of a kind with so many bytes.
fn book_of(begin: &[u8], records: &[(u8, usize)]) -> Vec<u8> {
    let record = |(kind, size): &(u8, usize)| [&[*kind, 0, u8::try_from(*size).unwrap(), 0][..], &vec![0; *size][..]].concat();
    old(&[begin.to_vec(), records.iter().flat_map(record).collect()].concat())
}

#[test]
fn a_password_is_named_whatever_program_set_it() {
    const PASSWORD: (u8, usize) = (0x2F, 54);
    let new = [&[0x09, 0x08, 0x10, 0x00][..], &[0; 16]].concat();
    let older = [&[0x09, 0x08, 0x08, 0x00][..], &[0; 8]].concat();
    let package: Vec<u8> = "EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (set_by, bytes) in [
        ("a program of today", include_bytes!("../../cases/e_password.xlsx").to_vec()),
        ("one that writes its list of streams elsewhere", old(&[&[0; 700][..], &package[..]].concat())),
        ("one of 2003", book_of(&new, &[PASSWORD])),
        ("one of 2003 that may not be written to either", book_of(&new, &[(0x86, 0), PASSWORD])),
        ("one of 2003 that says its interface first", book_of(&new, &[(0xE1, 2), (0xC1, 2), (0xE2, 0), PASSWORD])),
        ("one of 2003 with the short password", book_of(&new, &[(0x2F, 6)])),
        ("one of 1995", book_of(&older, &[(0x2F, 4)])),
        ("one that begins its book in a later sector", book_of(&[vec![0; 1_024], new.clone()].concat(), &[PASSWORD])),
    ] {
        assert!(message(&bytes).contains("打开密码"), "{set_by}: {}", message(&bytes));
    }
    for bytes in [book_of(&new, &[]), book_of(&new, &[(0x42, 2), (0x31, 30)]), book_of(&older, &[])] {
        assert!(message(&bytes).contains("旧版 .xls"), "one without a password: {}", message(&bytes));
    }
}

#[test]
fn what_is_no_table_is_told_as_what_it_is() {
    let part = |name: &'static str| book::zipped([(name, &b"x"[..])].into_iter(), false);
    let begin = [&[0x09, 0x08, 0x10, 0x00][..], &[0; 16]].concat();
    let locked = old(&[&begin[..], &[0x2F, 0x00, 0x02, 0x00, 0, 0]].concat());
    let word = old(&"WordDocument".encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    for (bytes, told) in [
        (Vec::new(), "空的"),
        (b" \r\n\t\n".to_vec(), "空的"),
        (include_bytes!("../../cases/e_password.xlsx").to_vec(), "打开密码"),
        (locked, "打开密码"),
        (sealed(part("xl/workbook.xml")), "打开密码"),
        (old(&begin), "旧版 .xls"),
        (word, "旧版 Word"),
        (b"%TSD-Header-###%\0\x01".to_vec(), "加密软件"),
        (b"b\0E-SafeNet\0LOCK".to_vec(), "加密软件"),
        (b"%PDF-1.7\n".to_vec(), "PDF"),
        (b"\xFF\xD8\xFF\xE0\0\x10JFIF".to_vec(), "图片"),
        (b"\x89PNG\r\n\x1a\n".to_vec(), "图片"),
        (b"Rar!\x1A\x07".to_vec(), "压缩包"),
        (b"\x1F\x8B\x08\0".to_vec(), "压缩包"),
        (part("a.csv"), "压缩包"),
        (part("word/document.xml"), "Word"),
        (part("content.xml"), ".ods"),
        (part("xl/workbook.bin"), ".xlsb"),
        (b"PK\x03\x04 nothing".to_vec(), "已损坏"),
        (part("xl/workbook.xml"), "已损坏"),
        (b"<html><table><tr><td>\xd0\xd5</td></tr></table>".to_vec(), "网页"),
        (b"\xEF\xBB\xBF<?xml version=\"1.0\"?><Workbook/>".to_vec(), "XML"),
        (b"\x01\x02\0\0\x03\0\0\x04\0".to_vec(), "既不是文本"),
    ] {
        let message = message(&bytes);
        assert!(message.contains(told), "{told}: {message}");
    }
}
