//! A certificate: one page of A4 across, in a double frame, with a table, a 二维码 of at least 32 mm, and the signed statement
//! attached. PDF/A-3b, because the statement has to stay with the paper for years, and A-2b takes no attachment.

mod pieces;

use krilla::color::rgb;
use krilla::geom::{PathBuilder, Rect};
use krilla::page::PageSettings;
use krilla::paint::Stroke;
use krilla::surface::Surface;

use crate::archival::{self, Attached};
use crate::draw::{broken, write};
use crate::typeface::{Types, Weight};
use crate::{Unprintable, code, plan, wrap};
use pieces::{Piece, lines};

/// What is certified, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diploma {
    pub title: String,
    /// The text, piece by piece; the marked ones are bold.
    pub text: Vec<(String, bool)>,
    /// The heads of the table.
    pub heads: Vec<String>,
    pub rows: Vec<Vec<String>>,
    /// Beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who certifies, and when.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub code: String,
    /// The statement that is attached, and its name.
    pub statement: (String, String),
    /// When it was certified: year, month, day.
    pub issued_on: (u16, u8, u8),
}

/// A4 across.
const WIDTH: f32 = plan::HEIGHT;
const HEIGHT: f32 = plan::WIDTH;
const LEFT: f32 = 92.0;
const RIGHT: f32 = WIDTH - LEFT;
const TITLE: f32 = 30.0;
const TEXT: f32 = 15.0;
const LEADING: f32 = 28.0;
const SMALL: f32 = 10.5;
/// 38 mm: what is printed at 32 mm or more is read by every telephone.
const CODE: f32 = 38.0 * 72.0 / 25.4;
const CODE_TOP: f32 = HEIGHT - 62.0 - CODE;
const ROW: f32 = 24.0;
/// The colour of the frame: old gold.
const GOLD: (u8, u8, u8) = (168, 132, 76);

pub(crate) fn pdf(diploma: &Diploma, types: &Types<'_>) -> Result<Vec<u8>, Unprintable> {
    let Diploma { title, issuer, statement, issued_on, .. } = diploma;
    let mut document = archival::document(&Attached { title, author: &issuer.0, statement, on: *issued_on })?;
    let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("the size of the page"))?;
    let mut page = document.start_page_with(settings);
    let mut surface = page.surface();
    let drawn = Sheet { surface: &mut surface, types }.draw(diploma);
    surface.finish();
    page.finish();
    drawn?;
    document.finish().map_err(|_| broken("the PDF cannot be completed"))
}

struct Sheet<'s, 'p, 't> {
    surface: &'s mut Surface<'p>,
    types: &'s Types<'t>,
}

impl Sheet<'_, '_, '_> {
    fn draw(&mut self, diploma: &Diploma) -> Result<(), Unprintable> {
        self.frame(28.0, 2.0);
        self.frame(34.0, 0.6);
        let below = self.head(diploma);
        self.table(diploma, below);
        code::put(self.surface, &diploma.code, (LEFT, CODE_TOP, CODE))?;
        self.notes(diploma);
        Ok(())
    }

    fn frame(&mut self, inset: f32, width: f32) {
        self.rectangle((inset, inset), (WIDTH - 2.0 * inset, HEIGHT - 2.0 * inset), width);
    }

    fn rectangle(&mut self, (x, y): (f32, f32), (wide, high): (f32, f32), width: f32) {
        let mut path = PathBuilder::new();
        Rect::from_xywh(x, y, wide, high).into_iter().for_each(|rect| path.push_rect(rect));
        let paint = rgb::Color::new(GOLD.0, GOLD.1, GOLD.2).into();
        self.surface.set_fill(None);
        self.surface.set_stroke(Some(Stroke { paint, width, ..Stroke::default() }));
        path.finish().iter().for_each(|path| self.surface.draw_path(path));
    }

    fn text(&mut self, at: (f32, f32), text: &str, weight: Weight, size: f32) {
        write(self.surface, self.types, at, (text, weight, size));
    }

    /// Title and text; answers where the table may begin.
    fn head(&mut self, diploma: &Diploma) -> f32 {
        let mut y = 78.0;
        for line in self.wrapped(&diploma.title, Weight::Bold, TITLE) {
            y += TITLE;
            let x = (WIDTH - self.types.width(&line, Weight::Bold, TITLE)) / 2.0;
            self.text((x, y), &line, Weight::Bold, TITLE);
            y += 8.0;
        }
        y += 10.0;
        let indented = std::iter::once(Piece { text: "\u{3000}\u{3000}", weight: Weight::Regular });
        let weight = |bold: bool| if bold { Weight::Bold } else { Weight::Regular };
        let pieces: Vec<Piece<'_>> =
            indented.chain(diploma.text.iter().map(|(text, bold)| Piece { text, weight: weight(*bold) })).collect();
        for line in lines(&pieces, RIGHT - LEFT, |c, weight| self.wide(c, weight, TEXT)) {
            y += LEADING;
            let mut x = LEFT;
            for (text, weight) in &line {
                self.text((x, y), text, *weight, TEXT);
                x += self.types.width(text, *weight, TEXT);
            }
        }
        y + 20.0
    }

    fn wide(&self, character: char, weight: Weight, size: f32) -> f32 {
        self.types.width(character.encode_utf8(&mut [0; 4]), weight, size)
    }

    fn wrapped(&self, text: &str, weight: Weight, size: f32) -> Vec<String> {
        wrap::lines(text, RIGHT - LEFT, |c| self.wide(c, weight, size))
    }

    /// The first column is the widest; the last one, a figure, stands at the right.
    fn table(&mut self, diploma: &Diploma, top: f32) {
        let count = diploma.heads.len().max(1);
        let widths = columns(count);
        let all = diploma.rows.len() + 1;
        let row = ROW.min((CODE_TOP - 14.0 - top) / all as f32).max(9.0);
        let size = (row * 0.52).min(12.0);
        for (nth, cells) in std::iter::once(&diploma.heads).chain(&diploma.rows).enumerate() {
            let weight = if nth == 0 { Weight::Bold } else { Weight::Regular };
            let (y, mut x) = (top + nth as f32 * row, LEFT);
            for (column, (cell, width)) in cells.iter().zip(&widths).enumerate() {
                self.rectangle((x, y), (*width, row), 0.5);
                let spare = width - self.types.width(cell, weight, size) - 16.0;
                let left = if column + 1 == count { x + 8.0 + spare } else { x + 8.0 };
                self.text((left, y + row / 2.0 + 0.38 * size), cell, weight, size);
                x += width;
            }
        }
    }

    /// The lines beside the code, who certifies at the right, and what is to be written by hand.
    fn notes(&mut self, diploma: &Diploma) {
        let (issuer, on) = &diploma.issuer;
        let right = [(issuer, Weight::Bold), (on, Weight::Regular)];
        let widest = right.iter().map(|(text, weight)| self.types.width(text, *weight, TEXT)).fold(0.0, f32::max);
        let bottom = CODE_TOP + CODE;
        for ((text, weight), y) in right.into_iter().zip([bottom - 30.0, bottom - 4.0]) {
            let x = RIGHT - widest / 2.0 - self.types.width(text, weight, TEXT) / 2.0;
            self.text((x, y), text, weight, TEXT);
        }
        let left = LEFT + CODE + 18.0;
        let room = RIGHT - widest - 24.0 - left;
        let mut notes = diploma.notes.clone();
        let words: String = diploma.text.iter().map(|(text, _)| text.as_str()).collect();
        if !self.types.missing(&words).is_empty() {
            notes.push("标有“手写”的横线处是打印字库中没有的字，请用黑色墨水笔写上。".to_owned());
        }
        let fit = |note: &String| wrap::lines(note, room, |c| self.wide(c, Weight::Regular, SMALL));
        let lines: Vec<String> = notes.iter().flat_map(fit).collect();
        let mut y = bottom - 4.0 - (lines.len().saturating_sub(1)) as f32 * 17.0;
        for line in &lines {
            self.text((left, y), line, Weight::Regular, SMALL);
            y += 17.0;
        }
    }
}

/// How wide the columns are, from left to right.
fn columns(count: usize) -> Vec<f32> {
    let first = 1.6;
    let unit = (RIGHT - LEFT) / (first + count.saturating_sub(1) as f32);
    (0..count).map(|nth| if nth == 0 { first * unit } else { unit }).collect()
}
