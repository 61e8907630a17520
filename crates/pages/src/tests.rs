//! Documents as people have them, and as nobody should have them, written here by hand.

use image::{Rgb, RgbImage};

use super::*;

const TWO_PAGES: &[u8] = include_bytes!("../cases/form_two_pages.pdf");

fn drawn(bytes: &[u8], most: u32) -> Result<Vec<RgbImage>, Flaw> {
    let mut pages = Vec::new();
    draw(bytes.to_vec(), most, None, &mut |page| pages.push(image::load_from_memory(&page).unwrap().to_rgb8()))?;
    Ok(pages)
}

/// A document whose pages are `size` points large and filled with red from below to their middle.
fn document(pages: usize, size: (f32, f32), trailer: &str) -> Vec<u8> {
    let (width, height) = size;
    let content = format!("1 0 0 rg 0 0 {width} {} re f", height / 2.0);
    let kids: String = (0..pages).map(|n| format!("{} 0 R ", n + 4)).collect();
    let mut objects = vec![
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        format!("<< /Type /Pages /Count {pages} /Kids [{kids}] >>"),
        format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()),
    ];
    let page = format!("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents 3 0 R >>");
    objects.extend((0..pages).map(|_| page.clone()));
    let (mut file, mut places) = ("%PDF-1.4\n".to_owned(), Vec::new());
    for (n, object) in objects.iter().enumerate() {
        places.push(file.len());
        file += &format!("{} 0 obj\n{object}\nendobj\n", n + 1);
    }
    let (start, count) = (file.len(), objects.len() + 1);
    file += &format!("xref\n0 {count}\n0000000000 65535 f \n");
    places.iter().for_each(|place| file += &format!("{place:010} 00000 n \n"));
    file += &format!("trailer\n<< /Size {count} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n");
    file.into_bytes()
}

fn is_red([r, g, b]: [u8; 3]) -> bool {
    r > 200 && g < 60 && b < 60
}

#[test]
fn the_form_of_two_pages_is_two_upright_pages_with_something_on_them() {
    let pages = drawn(TWO_PAGES, 2).unwrap();
    assert_eq!(pages.len(), 2);
    for page in &pages {
        assert_eq!(page.height(), 1600);
        let dark = page.pixels().filter(|pixel| pixel.0[0] < 128).count();
        assert!(dark > 2_000 && dark < page.pixels().len() / 3, "{dark}");
    }
    assert_eq!(drawn(TWO_PAGES, 1), Err(Flaw::Many(2)));
}

#[test]
fn a_page_lies_as_it_is_read() {
    let page = drawn(&document(1, (300.0, 400.0), ""), 1).unwrap().remove(0);
    assert_eq!(page.dimensions(), (1200, 1600));
    assert!(is_red(page.get_pixel(600, 1400).0) && !is_red(page.get_pixel(600, 200).0));
}

#[test]
fn pages_are_counted_before_any_is_drawn() {
    assert_eq!(drawn(&document(0, (300.0, 400.0), ""), 9), Err(Flaw::Damaged));
    assert_eq!(drawn(&document(3, (300.0, 400.0), ""), 9).map(|pages| pages.len()), Ok(3));
    assert_eq!(drawn(&document(30, (300.0, 400.0), ""), 9), Err(Flaw::Many(30)));
}

#[test]
fn a_page_of_any_size_is_drawn_no_larger_than_others() {
    for (size, seen) in [
        ((14_400.0, 14_400.0), Some((1600, 1600))),
        ((1_000_000_000.0, 1_000_000_000.0), Some((1600, 1600))),
        ((10.0, 20.0), Some((80, 160))),
        ((100_000.0, 1.0), None),
        ((0.0, 0.0), None),
    ] {
        let result = drawn(&document(1, size, ""), 1);
        // A page without measures may be taken for an ordinary one, never for a large one.
        let measures = result.as_ref().ok().map(|pages| pages[0].dimensions());
        assert!(measures.is_none_or(|(width, height)| width <= 1600 && height <= 1600), "{size:?} {measures:?}");
        assert!(seen.is_none() || measures == seen, "{size:?} {measures:?}");
    }
}

#[test]
fn a_locked_document_is_told_as_such() {
    let lock = "/Encrypt << /Filter /Standard /V 1 /R 2 /O <00000000000000000000000000000000000000000000000000000000000000AA> \
         /U <00000000000000000000000000000000000000000000000000000000000000BB> /P -4 >> /ID [<00> <00>]";
    assert_eq!(drawn(&document(1, (300.0, 400.0), lock), 1), Err(Flaw::Locked));
}

#[test]
fn no_cut_and_no_changed_document_panics() {
    let whole = document(2, (300.0, 400.0), "");
    for end in (0..whole.len()).step_by(97) {
        let _ = drawn(&whole[..end], 2);
    }
    for at in (0..whole.len()).step_by(31) {
        let mut changed = whole.clone();
        changed[at] ^= 0x15;
        let _ = drawn(&changed, 2);
    }
    assert_eq!(drawn(b"%PDF-1.7", 1), Err(Flaw::Damaged));
    assert_eq!(drawn(b"", 1), Err(Flaw::Damaged));
}

#[test]
fn pictures_of_other_formats_become_small_and_lie_on_white() {
    let sheet = RgbImage::from_fn(3_200, 400, |x, _| if x < 1_600 { Rgb([220, 20, 20]) } else { Rgb([20, 20, 220]) });
    for format in [image::ImageFormat::Bmp, image::ImageFormat::Tiff, image::ImageFormat::WebP] {
        let mut bytes = Cursor::new(Vec::new());
        sheet.write_to(&mut bytes, format).unwrap();
        let page = drawn(bytes.get_ref(), 1).unwrap().remove(0);
        assert_eq!(page.dimensions(), (1600, 200), "{format:?}");
        assert!(is_red(page.get_pixel(200, 100).0) && !is_red(page.get_pixel(1400, 100).0), "{format:?}");
    }
    let clear = image::RgbaImage::from_pixel(40, 40, image::Rgba([0, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, image::ImageFormat::WebP).unwrap();
    assert!(drawn(bytes.get_ref(), 1).unwrap()[0].get_pixel(20, 20).0.iter().all(|value| *value > 250));
}

/// Little-endian, without compression; each page is one value of grey.
fn tiff(pages: &[u8]) -> Vec<u8> {
    let (side, mut file) = (16_u32, b"II*\0\x08\0\0\0".to_vec());
    for (n, grey) in pages.iter().enumerate() {
        let data = file.len() as u32 + 2 + 12 * 9 + 4;
        let next = if n + 1 < pages.len() { data + side * side } else { 0 };
        let entries: [(u16, u16, u32); 9] = [
            (256, 4, side),
            (257, 4, side),
            (258, 3, 8),
            (259, 3, 1),
            (262, 3, 1),
            (273, 4, data),
            (277, 3, 1),
            (278, 4, side),
            (279, 4, side * side),
        ];
        file.extend_from_slice(&(entries.len() as u16).to_le_bytes());
        for (tag, kind, value) in entries {
            file.extend_from_slice(&tag.to_le_bytes());
            file.extend_from_slice(&kind.to_le_bytes());
            file.extend_from_slice(&1_u32.to_le_bytes());
            file.extend_from_slice(&value.to_le_bytes());
        }
        file.extend_from_slice(&next.to_le_bytes());
        file.extend(vec![*grey; (side * side) as usize]);
    }
    file
}

#[test]
fn every_page_of_a_tiff_is_drawn() {
    let pages = drawn(&tiff(&[20, 120, 230]), 3).unwrap();
    let greys: Vec<u8> = pages.iter().map(|page| page.get_pixel(8, 8).0[0]).collect();
    assert!(greys.iter().zip([20, 120, 230]).all(|(seen, grey)| seen.abs_diff(grey) < 4), "{greys:?}");
    assert_eq!(drawn(&tiff(&[20, 120, 230]), 2), Err(Flaw::Many(3)));
    // Directories in a ring end, in a refusal.
    let mut ring = tiff(&[20]);
    let next = 8 + 2 + 12 * 9;
    ring[next..next + 4].copy_from_slice(&8_u32.to_le_bytes());
    assert_eq!(drawn(&ring, 3), Err(Flaw::Damaged));
}
