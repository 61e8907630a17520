//! A signed extract is written, and read back by other programs.

use std::io::Write;
use std::process::{Command, Stdio};

use super::diplomas::{DOTS, code_of};
use crate::tests::{press, raw_text, read};
use crate::{Seal, Section, Sheet};

const STATEMENT: &str = "eyJhbGciOiJFZERTQSIsImtpZCI6Imh1YmVpLTEifQ.eyJqdGkiOiI0MjAwMDAtMjAyNiJ9.c2lnbmF0dXJl";

fn extract(many: usize) -> Sheet {
    let row = |nth: usize| (format!("项目{nth}"), format!("内容{nth}"));
    Sheet {
        title: "会计人员信息登记表".to_owned(),
        authority: "会计管理部门：武汉市武昌区财政局".to_owned(),
        number: Some("证明编号：420000-2026-7K3M-9QXZ-4T8C".to_owned()),
        sections: vec![Section { title: "个人信息".to_owned(), rows: (0..many).map(row).collect() }],
        promise: "以上是会计人员档案第 1 版的内容，于2026年7月30日审核通过。".to_owned(),
        printed_on: "2026年11月30日".to_owned(),
        seal: Some(Seal {
            notes: vec!["打印时间：2026年11月30日".to_owned(), "查验：扫描左侧二维码。".to_owned()],
            issuer: ("湖北省财政厅".to_owned(), "2026年11月30日".to_owned()),
            code: format!("https://kj.example.gov.cn/hubei/verify?c={STATEMENT}{}", "x".repeat(300)),
            statement: ("statement.jws".to_owned(), STATEMENT.to_owned()),
            issued_on: (2026, 11, 30),
        }),
        ..Sheet::default()
    }
}

#[test]
fn a_signed_extract_is_archival_carries_its_statement_and_says_who_signed() {
    let mut photo = Vec::new();
    let grey = image::RgbImage::from_pixel(35, 49, image::Rgb([120, 130, 140]));
    image::codecs::jpeg::JpegEncoder::new(&mut photo).encode_image(&grey).unwrap();
    let sheet = Sheet { has_photo: true, photo: Some(photo), ..extract(10) };
    let pdf = press().form(&sheet).unwrap();
    assert!(pdf == press().form(&sheet).unwrap());
    let metadata = read("pdfinfo", &pdf, &["-meta", "-"]);
    assert!(metadata.contains("<pdfaid:part>3</pdfaid:part>"), "{metadata}");
    let text = raw_text(&pdf);
    for wanted in ["证明编号：420000-2026-7K3M-9QXZ-4T8C", "湖北省财政厅", "扫描左侧二维码"] {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(String::from_utf8_lossy(&pdf).contains(STATEMENT), "it is attached as it is");
}

/// The last page, as it is printed.
fn last_page(pdf: &[u8]) -> Vec<u8> {
    let facts = read("pdfinfo", pdf, &["-"]);
    let pages = facts.lines().find_map(|line| line.strip_prefix("Pages:")).unwrap().trim().to_owned();
    let mut child = Command::new("pdftoppm")
        .args(["-r", &DOTS.to_string(), "-gray", "-png", "-f", &pages, "-l", &pages, "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(pdf).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    output.stdout
}

#[test]
fn its_code_is_large_enough_and_read_back_wherever_the_table_ends() {
    for many in [1, 56, 90] {
        let (address, side) = code_of(&last_page(&press().form(&extract(many)).unwrap()));
        assert_eq!(address, extract(many).seal.unwrap().code, "{many} rows");
        assert!(side >= 32.0, "{side} mm");
    }
}
