//! Forms are written, read back by another program, and looked through.

mod diplomas;
mod extracts;

use std::io::Write;
use std::process::{Command, Stdio};

use super::*;

const RARE_NAMES: &str = "䶮㛃𬭎𫖯龘𠅤𤋮";
/// Of names that people have; Noto has none of them but the last.
const RAREST: &str = "\u{2BC20}\u{3158E}\u{31350}\u{323AF}\u{30EDD}";

#[expect(clippy::disallowed_methods, reason = "the tools say where the fonts are")]
pub(crate) fn press() -> Press {
    let folder = std::env::var("FONTS_DIR").expect("FONTS_DIR names the folder of the fonts; tools/setup.sh sets it");
    Press::open(Path::new(&folder)).unwrap()
}

/// Without a face for rare characters, as on a machine where neither package is installed.
#[expect(clippy::disallowed_methods, reason = "the tools say where the fonts are")]
fn press_of_two() -> Press {
    let folder = std::env::var("FONTS_DIR").expect("FONTS_DIR names the folder of the fonts; tools/setup.sh sets it");
    Press::with_rare(Path::new(&folder), |_| Vec::new()).unwrap()
}

fn rows(rows: &[(&str, &str)]) -> Vec<(String, String)> {
    rows.iter().map(|(label, value)| ((*label).to_owned(), (*value).to_owned())).collect()
}

fn sheet() -> Sheet {
    let person = [
        ("姓名", "欧阳龘"),
        ("性别", "女"),
        ("证件类型", "居民身份证"),
        ("证件号码", "430111199003079988"),
        ("出生日期", "1990年3月7日"),
        ("手机号码", "13900001234"),
        ("民族", "汉族"),
        ("电子邮箱", "ouyang.guizhou.the.accountant@finance.example.gov.cn"),
        ("现居住地址", "湖南省长沙市雨花区韶山中路一百二十三号湖南财政经济学院教职工宿舍第十二栋（东）二单元一千二百零三室"),
    ];
    let work = [
        ("是否在岗", "在岗且从事会计工作"),
        ("统一社会信用代码", "91350100M000100Y43"),
        ("单位名称", "长沙某某有限公司"),
        ("开始从事会计工作时间", "2012年7月16日"),
    ];
    Sheet {
        title: "辽宁省会计专业技术人员基本信息表".to_owned(),
        authority: "受理机关：沈阳市财政局".to_owned(),
        number: Some("受理编号：430000-20261118-0001".to_owned()),
        sections: vec![
            Section { title: "个人信息".to_owned(), rows: rows(&person) },
            Section { title: "工作单位信息".to_owned(), rows: rows(&work) },
        ],
        has_photo: true,
        photo: None,
        promise: "本人承诺：\n填写的信息和上传的材料真实、准确、完整、有效，材料与原件一致。".to_owned(),
        signatures: vec!["单位盖章".to_owned(), "本人签名".to_owned()],
        printed_on: "2026年11月18日".to_owned(),
        seal: None,
    }
}

/// A program of poppler-utils reads it: what it finds is what everybody finds. Blanks and ends of lines are dropped.
pub(crate) fn read(program: &str, pdf: &[u8], arguments: &[&str]) -> String {
    let child = Command::new(program).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut child = child.unwrap_or_else(|_| panic!("{program} of poppler-utils is missing"));
    let (mut input, bytes) = (child.stdin.take().unwrap(), pdf.to_vec());
    let writer = std::thread::spawn(move || input.write_all(&bytes));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success(), "{program} cannot read it");
    String::from_utf8(output.stdout).unwrap()
}

fn text(pdf: &[u8]) -> String {
    read("pdftotext", pdf, &["-", "-"]).chars().filter(|c| !c.is_whitespace()).collect()
}

/// In the order of the lines on the page, so that a text that goes on on the next page is whole.
pub(crate) fn raw_text(pdf: &[u8]) -> String {
    read("pdftotext", pdf, &["-raw", "-", "-"]).chars().filter(|c| !c.is_whitespace()).collect()
}

fn pages(pdf: &[u8]) -> usize {
    // pdftotext ends every page with a form feed.
    read("pdftotext", pdf, &["-", "-"]).matches('\u{c}').count()
}

#[test]
fn everything_on_the_sheet_can_be_read_back() {
    let sheet = sheet();
    let pdf = press().form(&sheet).unwrap();
    assert!(pdf.starts_with(b"%PDF-"));
    let text = raw_text(&pdf);
    let answers = sheet.sections.iter().flat_map(|section| &section.rows).flat_map(|(label, value)| [label, value]);
    let others = [&sheet.title, &sheet.authority, &sheet.promise, &sheet.printed_on];
    for wanted in answers.chain(others).chain(&sheet.number) {
        let wanted: String = wanted.chars().filter(|c| !c.is_whitespace()).collect();
        assert!(text.contains(&wanted), "{wanted} is not in {text}");
    }
    for wanted in ["本人签名：", "单位盖章：", "日期：", "第1页共1页"] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
}

#[test]
fn rare_characters_are_in_the_document_in_every_weight() {
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = RARE_NAMES.to_owned();
    sheet.title = format!("{RARE_NAMES}的表");
    let text = text(&press().form(&sheet).unwrap());
    assert_eq!(text.matches(RARE_NAMES).count(), 2, "{text}");
}

#[test]
fn all_fonts_are_embedded_as_subsets() {
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = RARE_NAMES.to_owned();
    let pdf = press().form(&sheet).unwrap();
    let fonts = read("pdffonts", &pdf, &["-"]);
    let lines: Vec<&str> = fonts.lines().skip(2).collect();
    assert_eq!(lines.len(), 3, "regular, bold and the one for rare characters: {fonts}");
    // emb, sub, uni.
    assert!(lines.iter().all(|line| line.contains("yes yes yes")), "{fonts}");
    assert!(pdf.len() < 300_000, "{} bytes", pdf.len());
}

#[test]
fn a_long_form_has_numbered_pages_and_loses_nothing() {
    let mut sheet = sheet();
    let long: String = (1..=400).map(|n| format!("第{n}段经历，")).collect();
    sheet.sections[1].rows.push(("工作经历".to_owned(), long.clone()));
    let pdf = press().form(&sheet).unwrap();
    assert_eq!(pages(&pdf), 2);
    let text = raw_text(&pdf);
    assert!(text.contains("第1页共2页") && text.contains("第2页共2页"), "{text}");
    for n in [1, 200, 399, 400] {
        assert!(text.contains(&format!("第{n}段经历")), "{n} is missing in {text}");
    }
    sheet.sections[1].rows.last_mut().unwrap().1 = long.repeat(10);
    let pdf = press().form(&sheet).unwrap();
    assert!(pages(&pdf) > 3, "{}", pages(&pdf));
    assert_eq!(raw_text(&pdf).matches('段').count(), 4000);
}

#[test]
fn a_form_that_is_a_little_too_long_is_set_closer() {
    let mut sheet = sheet();
    let before = pages(&press().form(&sheet).unwrap());
    let row = ("毕业院校".to_owned(), "东北财经大学会计学院（萨里国际学院）工商管理硕士教育中心".to_owned());
    sheet.sections[1].rows.extend(std::iter::repeat_n(row.clone(), 13));
    assert_eq!((before, pages(&press().form(&sheet).unwrap())), (1, 1));
    sheet.sections[1].rows.extend(std::iter::repeat_n(row, 20));
    assert_eq!(pages(&press().form(&sheet).unwrap()), 2);
}

#[test]
fn a_long_name_beside_the_photo_and_a_long_promise_find_their_place() {
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = "阿卜杜拉".repeat(900);
    sheet.promise = (1..=300).map(|n| format!("第{n}条承诺。\n")).collect();
    let text = raw_text(&press().form(&sheet).unwrap());
    assert_eq!(text.matches('拉').count(), 900);
    assert_eq!(text.matches("条承诺").count(), 300);
    assert!(text.contains("本人签名"));
}

#[test]
fn who_has_no_employer_only_signs() {
    let mut sheet = sheet();
    sheet.signatures = vec!["本人签名".to_owned()];
    let text = text(&press().form(&sheet).unwrap());
    assert!(text.contains("本人签名：") && !text.contains("单位盖章"), "{text}");
}

#[test]
fn the_same_sheet_gives_the_same_bytes() {
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = RARE_NAMES.to_owned();
    let (one, other) = (press(), press());
    let first = one.form(&sheet).unwrap();
    assert!(first == one.form(&sheet).unwrap() && first == other.form(&sheet).unwrap());
    sheet.printed_on = "2026年11月19日".to_owned();
    assert!(first != one.form(&sheet).unwrap());
}

#[test]
fn what_only_the_face_of_last_resort_has_is_printed_and_stays_small() {
    let press = press();
    assert_eq!(press.missing(RAREST).unwrap(), "", "fonts-babelstone-han is missing; tools/setup.sh installs it");
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = format!("欧阳{RAREST}");
    let pdf = press.form(&sheet).unwrap();
    let text = raw_text(&pdf);
    assert!(text.contains(&format!("欧阳{RAREST}")) && !text.contains("手写"), "{text}");
    assert!(pdf.len() < 300_000, "{} bytes", pdf.len());
}

/// Whoever asks for `missing` need not ask about these (`is_common` in `service`).
#[test]
fn the_two_faces_have_every_usual_character() {
    let ranges = [' '..='~', '\u{3000}'..='\u{3011}', '\u{4E00}'..='\u{9FA5}', '\u{FF01}'..='\u{FF5E}'];
    let usual: String = ranges.into_iter().flatten().chain("·—“”‘’".chars()).collect();
    assert_eq!(press_of_two().missing(&usual).unwrap(), "");
}

#[test]
fn what_no_face_has_is_a_blank_to_write_on_with_a_note_and_never_refused() {
    let press = press_of_two();
    assert_eq!(press.missing(&format!("欧阳{RAREST}{RAREST}")).unwrap(), RAREST);
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = format!("欧阳{RAREST}");
    sheet.title = "\u{2BC20}的表".to_owned();
    let text = raw_text(&press.form(&sheet).unwrap());
    assert!(text.contains(&format!("欧阳{}", "手写".repeat(5))) && text.contains("手写的表"), "{text}");
    let note =
        "注：标有“手写”的横线处是打印字库中没有的字（U+2BC20、U+3158E、U+31350、U+323AF、U+30EDD），请打印后用黑色墨水笔写上。";
    assert_eq!(text.matches(note).count(), 1, "{text}");
}

#[test]
fn a_private_code_point_is_a_blank_with_every_face_and_the_note_keeps_to_its_line() {
    let mut sheet = sheet();
    let private: String = ('\u{E100}'..'\u{E140}').collect();
    sheet.sections[0].rows[0].1 = format!("张\u{E123}三{private}");
    let text = raw_text(&press().form(&sheet).unwrap());
    assert!(text.contains("张手写三手写手写手写"), "{text}");
    assert!(text.contains("（U+E123、") && text.contains("等），请打印后"), "{text}");
}

#[test]
fn a_note_stands_on_the_page_of_its_blank_and_on_no_other() {
    let mut sheet = sheet();
    let long: String = (1..=400).map(|n| format!("第{n}段经历，")).collect();
    sheet.sections[1].rows.push(("工作经历".to_owned(), format!("{long}\u{2BC20}")));
    let pdf = press_of_two().form(&sheet).unwrap();
    let text = read("pdftotext", &pdf, &["-raw", "-", "-"]);
    let notes: Vec<usize> = text.split('\u{c}').map(|page| page.matches("打印字库中没有的字").count()).collect();
    assert_eq!(notes, [0, 1, 0], "{text}");
}

#[test]
fn a_variation_selector_stays_with_its_character() {
    let mut sheet = sheet();
    sheet.sections[0].rows[0].1 = "葛\u{E0100}城".to_owned();
    let text = text(&press().form(&sheet).unwrap());
    assert!(text.contains("葛\u{E0100}城") || text.contains("葛城"), "{text}");
}

#[test]
fn a_photo_is_in_the_document_as_it_is() {
    let mut photo = Vec::new();
    let grey = image::RgbImage::from_pixel(35, 49, image::Rgb([120, 130, 140]));
    image::codecs::jpeg::JpegEncoder::new(&mut photo).encode_image(&grey).unwrap();
    let mut sheet = sheet();
    sheet.photo = Some(photo.clone());
    let pdf = press().form(&sheet).unwrap();
    assert!(pdf.windows(photo.len()).any(|window| window == photo), "the JPEG is not in the PDF");
    sheet.photo = Some(b"GIF89a".to_vec());
    assert!(matches!(press().form(&sheet), Err(Unprintable(_))));
}

#[test]
fn without_fonts_there_is_no_press() {
    let empty = std::env::temp_dir().join("suanpan-no-fonts");
    let failed = Press::open(&empty).err().unwrap();
    assert_eq!(failed.file, REGULAR);
    assert!(!has_fonts(&empty));
}

#[test]
fn a_sheet_that_nobody_signs_has_no_place_for_a_photograph_and_none_to_sign() {
    let receipt = Sheet { has_photo: false, signatures: Vec::new(), promise: "不代表审核通过。".to_owned(), ..sheet() };
    let pdf = press().form(&receipt).unwrap();
    let text = text(&pdf);
    assert!(text.contains("不代表审核通过。") && text.contains("欧阳龘"), "{text}");
    assert!(!text.contains("照片") && !text.contains("签名"), "{text}");
    assert_eq!(text.matches("日期：").count(), 1, "only that of the printing: {text}");
    assert_eq!(pages(&pdf), 1);
}
