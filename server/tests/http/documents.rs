//! Documents through the real upload route and the real process that draws them: pages, and files that want too much of it.

use crate::hostile::applicant;
use crate::support::TestApp;
use crate::support::pictures::deflated;

/// A page that draws a picture which unpacks to `bytes`, and a content that does nothing else.
fn pdf_with(filter: &str, measures: (u32, u32), data: &[u8]) -> Vec<u8> {
    let (width, height) = measures;
    let content = "q 500 0 0 700 0 0 cm /A Do Q";
    let picture = format!(
        "<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /BitsPerComponent 8 /ColorSpace /DeviceRGB /Filter {filter} /Length {} >>\nstream\n",
        data.len()
    );
    let objects: [Vec<u8>; 5] = [
        b"<< /Type /Catalog /Pages 2 0 R >>".to_vec(),
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>".to_vec(),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 500 700] /Contents 4 0 R /Resources << /XObject << /A 5 0 R >> >> >>"
            .to_vec(),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()).into_bytes(),
        [picture.as_bytes(), data, b"\nendstream"].concat(),
    ];
    let (mut file, mut places) = (b"%PDF-1.4\n".to_vec(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file.extend_from_slice(&[format!("{} 0 obj\n", n + 1).as_bytes(), object, b"\nendobj\n"].concat());
    }
    let start = file.len();
    file.extend_from_slice(b"xref\n0 6\n0000000000 65535 f \n");
    places.iter().for_each(|place| file.extend_from_slice(format!("{place:010} 00000 n \n").as_bytes()));
    file.extend_from_slice(format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{start}\n%%EOF\n").as_bytes());
    file
}

/// The process that draws pages ends where a file wants too much of it, and the server goes on.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_document_that_wants_too_much_ends_only_its_own_process() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    let nested =
        [b"%PDF-1.4\n1 0 obj\n".to_vec(), b"[".repeat(200_000), b"\nendobj\ntrailer\n<< /Root 1 0 R >>\n".to_vec()].concat();
    for (what, bytes) in [
        ("a picture that unpacks to a gigabyte", pdf_with("/FlateDecode", (20_000, 17_000), &deflated(0, 1 << 30))),
        ("lists in lists", nested),
        ("a head alone", b"%PDF-1.7\n".to_vec()),
        (
            "a bitmap of four thousand million pixels",
            [&b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0\0\xFF\0\0\0\xFF\0\0\x01\0\x18\0"[..], &[0; 40]].concat(),
        ),
    ] {
        let page = browser.upload("photo", "a.pdf", &bytes).await;
        assert!(page.text().starts_with("{\"Wrong\""), "{what}: {} {}", page.status, page.text());
    }
    let harmless = pdf_with("/FlateDecode", (600, 800), &deflated(0x60, 600 * 800 * 3));
    let page = browser.upload("id_front", "证件.pdf", &harmless).await;
    assert_eq!(page.json()["Kept"][0]["name"], "证件.pdf", "{}", page.text());
}

/// A file of several pages is several files of its slot, and each can be taken out again.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_pages_of_a_document_are_pictures_of_their_own() {
    let app = TestApp::sqlite().await;
    let mut browser = applicant(&app).await;
    let two = include_bytes!("../../../crates/pages/cases/form_two_pages.pdf");
    let page = browser.upload("id_front", "表.pdf", two).await;
    assert_eq!(page.json()["Wrong"]["FilePages"]["pages"], 2, "{}", page.text());
}
