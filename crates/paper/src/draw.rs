//! Marks on pages become PDF.

use krilla::Document;
use krilla::color::rgb;
use krilla::geom::{PathBuilder, Point, Rect, Size, Transform};
use krilla::image::Image;
use krilla::metadata::Metadata;
use krilla::page::PageSettings;
use krilla::paint::{Fill, Stroke};
use krilla::surface::Surface;

use crate::archival::{self, Attached};
use crate::code;
use crate::plan::{Area, HEIGHT, Mark, WIDTH};
use crate::typeface::{BLANK_LINE, BLANK_WORD, Types, Weight};
use crate::{Seal, Sheet, Unprintable};

/// The small word behind a blank.
pub(crate) const BY_HAND: &str = "手写";
/// Between photo and frame.
const AIR: f32 = 3.0;

pub(crate) fn broken(what: &str) -> Unprintable {
    Unprintable(what.to_owned())
}

/// The document. It carries no time and no random number, so that the same pages give the same bytes.
pub(crate) fn pdf(sheet: &Sheet, types: &Types<'_>, pages: &[Vec<Mark>]) -> Result<Vec<u8>, Unprintable> {
    let photo = match &sheet.photo {
        Some(bytes) => {
            Some(Image::from_jpeg(bytes.clone().into(), sheet.seal.is_none()).map_err(|_| broken("the photo is no JPEG"))?)
        }
        None => None,
    };
    let mut document = match &sheet.seal {
        Some(Seal { issuer, statement, issued_on, .. }) => {
            archival::document(&Attached { title: &sheet.title, author: &issuer.0, statement, on: *issued_on })?
        }
        None => plain(&sheet.title),
    };
    for marks in pages {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("the size of the page"))?;
        let mut page = document.start_page_with(settings);
        let mut surface = page.surface();
        let drawn = marks.iter().try_for_each(|mark| match (mark, &sheet.seal) {
            (Mark::Code { area }, Some(seal)) => code::put(&mut surface, &seal.code, (area.x, area.y, area.width)),
            _ => {
                put(&mut surface, types, mark, photo.as_ref());
                Ok(())
            }
        });
        surface.finish();
        page.finish();
        drawn?;
    }
    // The error of the library would name the font or the picture with all its bytes.
    document.finish().map_err(|_| broken("the PDF cannot be completed"))
}

fn plain(title: &str) -> Document {
    let mut document = Document::new();
    document.set_metadata(Metadata::new().title(title.to_owned()).language("zh-CN".to_owned()));
    document
}

fn put(surface: &mut Surface<'_>, types: &Types<'_>, mark: &Mark, photo: Option<&Image>) {
    match mark {
        Mark::Text { x, y, size, weight, text } => {
            write(surface, types, (*x, *y), (text, *weight, *size));
        }
        Mark::Line { from, to, width } => {
            let mut path = PathBuilder::new();
            path.move_to(from.0, from.1);
            path.line_to(to.0, to.1);
            stroke(surface, path, *width);
        }
        Mark::Frame { area, width } => {
            stroke(surface, rectangle(*area), *width);
        }
        Mark::Ground { area } => {
            surface.set_stroke(None);
            surface.set_fill(Some(grey(236)));
            rectangle(*area).finish().iter().for_each(|path| surface.draw_path(path));
        }
        // Drawn where the address is known.
        Mark::Code { .. } => {}
        Mark::Photo { area } => photo.into_iter().for_each(|photo| paste(surface, photo, *area)),
    }
}

/// A text from the line that it stands on.
pub(crate) fn write(surface: &mut Surface<'_>, types: &Types<'_>, (x, y): (f32, f32), (text, weight, size): (&str, Weight, f32)) {
    let mut x = x;
    for run in types.runs(text, weight) {
        match run.font {
            Some(font) => {
                surface.set_stroke(None);
                surface.set_fill(Some(grey(0)));
                surface.draw_glyphs(Point::from_xy(x, y), &run.glyphs, font, &run.text, size, false);
            }
            None => blank(surface, types, (x, y), size),
        }
        x += run.width * size;
    }
}

/// Where a character is to be written by hand.
fn blank(surface: &mut Surface<'_>, types: &Types<'_>, (x, y): (f32, f32), size: f32) {
    let mut line = PathBuilder::new();
    line.move_to(x + 0.05 * size, y + 0.1 * size);
    line.line_to(x + BLANK_LINE * size, y + 0.1 * size);
    stroke(surface, line, 0.5);
    write(surface, types, (x + (BLANK_LINE + 0.05) * size, y), (BY_HAND, Weight::Regular, BLANK_WORD * size));
}

fn rectangle(area: Area) -> PathBuilder {
    let mut path = PathBuilder::new();
    Rect::from_xywh(area.x, area.y, area.width, area.height).into_iter().for_each(|rect| path.push_rect(rect));
    path
}

fn stroke(surface: &mut Surface<'_>, path: PathBuilder, width: f32) {
    surface.set_fill(None);
    surface.set_stroke(Some(Stroke { width, ..Stroke::default() }));
    path.finish().iter().for_each(|path| surface.draw_path(path));
}

fn grey(light: u8) -> Fill {
    Fill { paint: rgb::Color::new(light, light, light).into(), ..Fill::default() }
}

/// The whole photo in the middle of its frame, never stretched.
fn paste(surface: &mut Surface<'_>, photo: &Image, area: Area) {
    let (width, height) = photo.size();
    let scale = ((area.width - 2.0 * AIR) / width as f32).min((area.height - 2.0 * AIR) / height as f32);
    let Some(size) = Size::from_wh(width as f32 * scale, height as f32 * scale) else { return };
    let left = area.x + (area.width - size.width()) / 2.0;
    let top = area.y + (area.height - size.height()) / 2.0;
    surface.push_transform(&Transform::from_translate(left, top));
    surface.draw_image(photo.clone(), size);
    surface.pop();
}
