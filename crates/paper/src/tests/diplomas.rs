//! A certificate is written, and read back by other programs.

use std::io::Write;
use std::process::{Command, Stdio};

use crate::tests::{press, raw_text, read};
use crate::{Diploma, Press};

const STATEMENT: &str = "eyJhbGciOiJFZERTQSIsImtpZCI6Imh1bmFuLTEifQ.eyJqdGkiOiI0MzAwMDAtMjAyNSJ9.c2lnbmF0dXJl";

fn diploma() -> Diploma {
    let piece = |text: &str, bold| (text.to_owned(), bold);
    let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
    Diploma {
        title: "会计人员继续教育完成证明".to_owned(),
        text: vec![
            piece("欧阳䶮", true),
            piece("（证件号码 430111********0123）于 2025 年度参加会计人员继续教育，取得 ", false),
            piece("96", true),
            piece(" 学分，其中专业科目 ", false),
            piece("66", true),
            piece(" 学分，达到该年度不少于 90 学分，其中专业科目不少于 60 的要求。特此证明。", false),
        ],
        heads: row(["方式", "科目", "学分"]),
        rows: vec![row(["网络培训", "专业科目", "66"]), row(["学分折算", "公需科目", "30"])],
        notes: vec![
            "证明编号：430000-2025-7K3M-9QXZ-4T8C".to_owned(),
            "通过时间：2026年3月1日".to_owned(),
            "打印时间：2026年11月26日".to_owned(),
            "查验：扫描左侧二维码，或者打开 https://kj.example.gov.cn/hunan/verify 输入证明编号。".to_owned(),
        ],
        issuer: ("湖南省财政厅".to_owned(), "2026年3月2日".to_owned()),
        code: format!("https://kj.example.gov.cn/hunan/verify?c={}{}", STATEMENT, "x".repeat(330)),
        statement: ("statement.jws".to_owned(), STATEMENT.to_owned()),
        issued_on: (2026, 3, 2),
    }
}

fn bare(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn everything_on_a_certificate_can_be_read_back_from_one_page() {
    let pdf = press().diploma(&diploma()).unwrap();
    let text = raw_text(&pdf);
    let body: String = diploma().text.iter().map(|(text, _)| text.as_str()).collect();
    let mut wanted = vec![diploma().title, body, diploma().issuer.0, diploma().issuer.1];
    wanted.extend(diploma().notes.into_iter().chain(diploma().rows.concat()).chain(diploma().heads));
    for wanted in wanted {
        assert!(text.contains(&bare(&wanted)), "{wanted} is not in {text}");
    }
    let facts = read("pdfinfo", &pdf, &["-"]);
    assert!(facts.contains("Pages:           1") && facts.contains("841.89 x 595.28"), "{facts}");
}

#[test]
fn a_certificate_is_archival_small_and_always_the_same() {
    let pdf = press().diploma(&diploma()).unwrap();
    let metadata = read("pdfinfo", &pdf, &["-meta", "-"]);
    assert!(metadata.contains("<pdfaid:part>3</pdfaid:part>"), "{metadata}");
    assert!(metadata.contains("<pdfaid:conformance>B</pdfaid:conformance>"), "{metadata}");
    assert!(pdf.len() <= 60_000, "{} bytes", pdf.len());
    assert!(pdf == press().diploma(&diploma()).unwrap());
}

#[test]
fn the_signed_statement_is_attached() {
    let folder = std::env::temp_dir().join(format!("suanpan-diploma-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join("certificate.pdf");
    std::fs::write(&file, press().diploma(&diploma()).unwrap()).unwrap();
    let saved = folder.join("statement");
    let done = Command::new("pdfdetach").args(["-save", "1", "-o"]).arg(&saved).arg(&file).output().unwrap();
    assert!(done.status.success(), "{done:?}");
    assert_eq!(std::fs::read_to_string(&saved).unwrap(), STATEMENT);
    let listed = Command::new("pdfdetach").arg("-list").arg(&file).output().unwrap();
    assert!(String::from_utf8_lossy(&listed.stdout).contains("statement.jws"), "{listed:?}");
    std::fs::remove_dir_all(&folder).unwrap();
}

/// Dots an inch, as an office printer has them.
pub(super) const DOTS: u32 = 300;

/// The corner of the page with the code, as it is printed.
fn drawn(press: &Press, diploma: &Diploma) -> Vec<u8> {
    let mut child = Command::new("pdftoppm")
        .args(["-r", &DOTS.to_string(), "-gray", "-png", "-x", "340", "-y", "1725", "-W", "540", "-H", "540", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&press.diploma(diploma).unwrap()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

/// What the one 二维码 of a picture says, and how wide it is in millimetres.
pub(super) fn code_of(page: &[u8]) -> (String, f32) {
    let page = image::load_from_memory(page).unwrap().to_luma8();
    let (width, height) = (page.width() as usize, page.height() as usize);
    let mut page = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| page.get_pixel(x as u32, y as u32).0[0]);
    let grids = page.detect_grids();
    assert_eq!(grids.len(), 1);
    let side = (grids[0].bounds[1].x - grids[0].bounds[0].x) as f32 / DOTS as f32 * 25.4;
    (grids[0].decode().unwrap().1, side)
}

#[test]
fn its_code_is_large_enough_and_read_back_from_the_page() {
    let (address, side) = code_of(&drawn(&press(), &diploma()));
    assert_eq!(address, diploma().code);
    assert!(side >= 32.0, "{side} mm");
}

#[test]
fn many_ways_and_a_long_name_stay_on_the_page() {
    let mut long = diploma();
    long.text[0].0 = "买买提江·阿卜杜热合曼·吐尔逊·伊斯坎达尔".to_owned();
    long.rows = (0..15).map(|n| vec![format!("方式{n}"), "专业科目和公需科目".to_owned(), "1096.25".to_owned()]).collect();
    let text = raw_text(&press().diploma(&long).unwrap());
    assert!(text.contains("方式14") && text.contains("伊斯坎达尔"), "{text}");
    assert_eq!(code_of(&drawn(&press(), &long)).0, long.code);
}

#[test]
fn an_address_that_no_code_holds_is_refused() {
    let long = Diploma { code: "x".repeat(3_000), ..diploma() };
    assert!(press().diploma(&long).is_err());
}
