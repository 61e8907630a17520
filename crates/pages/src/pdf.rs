//! The pages of a PDF, by `hayro`.

use std::path::Path;
use std::sync::Arc;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_interpret::font::{FontData, FontQuery};
use hayro::hayro_syntax::{LoadPdfError, Pdf};
use hayro::vello_cpu::Pixmap;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use studio::{LONG_SIDE, Picture};

use crate::{Flaw, check, encoded};

/// A stamp becomes no poster.
const LARGEST_SCALE: f32 = 8.0;

pub(crate) fn draw(bytes: Vec<u8>, most: u32, font: Option<&Path>, hand_over: &mut dyn FnMut(Vec<u8>)) -> Result<(), Flaw> {
    let pdf = Pdf::new(bytes).map_err(|error| match error {
        LoadPdfError::Decryption(_) => Flaw::Locked,
        LoadPdfError::Invalid => Flaw::Damaged,
    })?;
    check(pdf.pages().len(), most)?;
    let settings = settings(font);
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let long = width.max(height);
        // Half a pixel is none, and the measures may be anything.
        let scale = (LONG_SIDE as f32 / long).min(LARGEST_SCALE);
        if !(long.is_finite() && width * scale >= 1.0 && height * scale >= 1.0) {
            return Err(Flaw::Damaged);
        }
        let size = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let cache = RenderCache::new();
        let drawn = picture(&render(page, &cache, &settings, &RenderSettings::default(), &size));
        hand_over(encoded(&drawn)?);
    }
    Ok(())
}

/// On white nothing is transparent any more.
fn picture(drawn: &Pixmap) -> Picture {
    let rgb = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
    Picture { width: drawn.width().into(), height: drawn.height().into(), rgb }
}

/// Chinese text whose typeface is not in the file is drawn in ours, which is read when it is first needed.
fn settings(font: Option<&Path>) -> InterpreterSettings {
    let font = font.map(Path::to_path_buf);
    let ours = move || {
        let bytes = std::fs::read(font.as_deref()?).ok()?;
        Some((Arc::new(bytes) as FontData, 0))
    };
    let font_resolver = Arc::new(move |query: &FontQuery| match query {
        FontQuery::Standard(standard) => Some(standard.get_font_data()),
        FontQuery::Fallback(fallback) => {
            let ours = fallback.character_collection.as_ref().and_then(|_| ours());
            ours.or_else(|| Some(fallback.pick_standard_font().get_font_data()))
        }
    });
    InterpreterSettings { font_resolver, ..InterpreterSettings::default() }
}
