//! What a file is, by its first bytes: what is no table is named, so that nobody looks for a fault in the rows.

/// Whether it is packed like a workbook.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// What a file is that cannot be read, and what to do about it.
pub(super) fn unreadable(bytes: &[u8]) -> Option<String> {
    let begin = &bytes[..bytes.len().min(4096)];
    let is = |marks: &[&[u8]]| marks.iter().any(|mark| begin.starts_with(mark));
    let save = "请打开后另存为 .xlsx 或 CSV，再导入";
    let told = if bytes.iter().all(u8::is_ascii_whitespace) {
        "文件是空的，没有读到任何内容".to_owned()
    } else if is(&[b"\xD0\xCF\x11\xE0"]) {
        return Some(compound(bytes).to_owned());
    } else if is(&[b"%TSD-Header", b"\x14#e\x00"]) || has(begin, b"E-SafeNet") {
        format!("文件被文档加密软件加密，读不到内容；请先解密，{save}")
    } else if is(&[b"%PDF"]) {
        "这是 PDF 文件，不是表格；请提供 .xlsx 或 CSV".to_owned()
    } else if is(&[b"\xFF\xD8\xFF", b"\x89PNG", b"GIF8", b"BM\x00"]) {
        "这是图片，不是表格；请提供 .xlsx 或 CSV".to_owned()
    } else if is(&[b"Rar!", b"7z\xBC\xAF", b"\x1F\x8B", b"PK\x05\x06"]) {
        "这是压缩包，不是表格；请解压后导入其中的 .xlsx 或 CSV".to_owned()
    } else if is(&[b"{\\rtf"]) {
        "这是文字处理文档，不是表格；请提供 .xlsx 或 CSV".to_owned()
    } else if is_markup(begin) {
        format!("这是网页或 XML 格式的表格（虽然扩展名可能是 .xls）；{save}")
    } else {
        return None;
    };
    Some(told)
}

/// A packed file that is no workbook of the new kind, by the names of its parts.
pub(super) fn foreign(parts: &[String]) -> Option<&'static str> {
    let mut told = "这是压缩包，不是工作簿；请解压后导入其中的 .xlsx 或 CSV";
    let is_workbook = parts.iter().any(|part| {
        if part.eq_ignore_ascii_case("xl/workbook.bin") {
            told = "这是 .xlsb 工作簿，请打开后另存为 .xlsx 或 CSV，再导入";
        } else if part.starts_with("word/") || part.starts_with("ppt/") {
            told = "这是 Word 或 PowerPoint 文档，不是表格；请提供 .xlsx 或 CSV";
        } else if part == "content.xml" {
            told = "这是 OpenDocument 表格（.ods），请打开后另存为 .xlsx 或 CSV，再导入";
        } else if part == "Index/Document.iwa" {
            told = "这是 Numbers 表格，请导出为 .xlsx 或 CSV，再导入";
        }
        part.eq_ignore_ascii_case("xl/workbook.xml")
    });
    (!is_workbook).then_some(told)
}

/// What is said of a workbook with a password.
pub(super) const PASSWORD: &str = "工作簿设有打开密码，读不到内容；请打开后取消密码并另存为 .xlsx，再导入";

/// What lies in a compound file: a workbook with a password, or one of the old kind.
fn compound(bytes: &[u8]) -> &'static str {
    let names = |name: &str| has(bytes, &name.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
    if names("EncryptedPackage") || is_old_with_password(bytes) {
        PASSWORD
    } else if names("WordDocument") || names("PowerPoint Document") {
        "这是旧版 Word 或 PowerPoint 文档，不是表格；请提供 .xlsx 或 CSV"
    } else {
        "这是旧版 .xls 工作簿，请打开后另存为 .xlsx 或 CSV，再导入"
    }
}

/// An old workbook begins with a record that says what it is (0x0809); with a password the next ones hold 0x002F.
fn is_old_with_password(bytes: &[u8]) -> bool {
    let sectors = bytes.chunks(512).skip(1);
    let starts =
        sectors.filter(|sector| sector.starts_with(&[0x09, 0x08, 0x10, 0x00]) || sector.starts_with(&[0x09, 0x08, 0x08, 0x00]));
    starts.into_iter().any(|sector| {
        let mut rest = sector;
        for _ in 0..6 {
            let [kind, kind_high, size, size_high, after @ ..] = rest else { return false };
            if [*kind, *kind_high] == [0x2F, 0x00] {
                return true;
            }
            let Some(next) = after.get(usize::from(u16::from_le_bytes([*size, *size_high]))..) else { return false };
            rest = next;
        }
        false
    })
}

fn is_markup(begin: &[u8]) -> bool {
    let text = begin.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begin).trim_ascii_start();
    let lower: Vec<u8> = text.iter().take(200).map(u8::to_ascii_lowercase).collect();
    [&b"<html"[..], b"<!doctype", b"<?xml", b"<table", b"<meta", b"mime-version:"].iter().any(|mark| lower.starts_with(mark))
}

fn has(bytes: &[u8], wanted: &[u8]) -> bool {
    bytes.windows(wanted.len()).any(|window| window == wanted)
}
