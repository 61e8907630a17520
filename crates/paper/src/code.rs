//! A 二维码 as squares of a drawing: sharp at every size, and read back as it is printed.

use krilla::color::luma;
use krilla::geom::{PathBuilder, Rect, Transform};
use krilla::paint::Fill;
use krilla::surface::Surface;
use qrcode::{Color, EcLevel, QrCode};

use crate::Unprintable;
use crate::draw::broken;

/// Puts the code of an address into a square. Around it the page is empty, which is the quiet zone.
pub(crate) fn put(surface: &mut Surface<'_>, address: &str, (left, top, side): (f32, f32, f32)) -> Result<(), Unprintable> {
    let code = QrCode::with_error_correction_level(address, EcLevel::M).map_err(|_| broken("the address is too long"))?;
    let module = side / code.width() as f32;
    // In whole modules, so that a square is a few signs in the document.
    let mut path = PathBuilder::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            let rect = Rect::from_xywh(x as f32, y as f32, run as f32, 1.0);
            rect.filter(|_| run > 0).into_iter().for_each(|rect| path.push_rect(rect));
            x += run.max(1);
        }
    }
    surface.push_transform(&Transform::from_row(module, 0.0, 0.0, module, left, top));
    surface.set_stroke(None);
    surface.set_fill(Some(Fill { paint: luma::Color::black().into(), ..Fill::default() }));
    path.finish().iter().for_each(|path| surface.draw_path(path));
    surface.pop();
    Ok(())
}
