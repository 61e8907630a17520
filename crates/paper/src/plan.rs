//! Where everything stands: rows beside the photo and below it, two questions a row where they fit, pages, and the place
//! to sign at the lower right of the last one. All lengths in points, from the upper left.

mod closing;
mod marks;
mod note;
mod rows;

use crate::typeface::{Types, Weight};
use crate::{Sheet, wrap};
use marks::Align;
pub(crate) use marks::{Area, Look, Mark};

/// A4.
pub(crate) const WIDTH: f32 = 595.28;
pub(crate) const HEIGHT: f32 = 841.89;
const LEFT: f32 = 48.0;
const RIGHT: f32 = WIDTH - LEFT;
const TOP: f32 = 46.0;
const BOTTOM: f32 = HEIGHT - 52.0;
/// The baseline of the page number.
const FOOT: f32 = HEIGHT - 34.0;
/// What fits on a page that goes on with a table.
const PAGE: f32 = BOTTOM - TOP - 12.0;

const LABEL: f32 = 77.0;
/// A photo of two inches is 35 mm by 49 mm.
const PHOTO: (f32, f32) = (99.2, 138.9);
const THIN: f32 = 0.5;
const THICK: f32 = 1.0;
const SMALL: f32 = 9.0;
const TITLE: f32 = 18.0;

/// The pages of a sheet.
pub(crate) fn pages(sheet: &Sheet, types: &Types<'_>, look: Look) -> Vec<Vec<Mark>> {
    let mut plan = Plan { sheet, types, look, pages: vec![Vec::new()], y: TOP, table_top: TOP, photo_top: None };
    plan.head();
    for section in &sheet.sections {
        plan.section(section);
    }
    plan.close_photo(true);
    plan.closing();
    plan.end_table();
    plan.number_pages();
    plan.note_blanks();
    plan.pages
}

struct Plan<'a> {
    sheet: &'a Sheet,
    types: &'a Types<'a>,
    look: Look,
    pages: Vec<Vec<Mark>>,
    /// Where the next row begins.
    y: f32,
    /// Where the table begins on this page.
    table_top: f32,
    /// While rows stand beside the photo: where its cell begins.
    photo_top: Option<f32>,
}

impl Plan<'_> {
    fn mark(&mut self, mark: Mark) {
        if let Some(page) = self.pages.last_mut() {
            page.push(mark);
        }
    }

    /// The right end of the rows.
    fn right(&self) -> f32 {
        if self.photo_top.is_some() { RIGHT - PHOTO.0 } else { RIGHT }
    }

    fn room(&self) -> f32 {
        BOTTOM - self.y
    }

    fn height(&self, lines: usize) -> f32 {
        lines as f32 * self.look.leading + 2.0 * self.look.pad
    }

    fn lines(&self, text: &str, width: f32, weight: Weight) -> Vec<String> {
        let size = self.look.size;
        wrap::lines(text, width, |character| self.types.width(character.encode_utf8(&mut [0; 4]), weight, size))
    }

    /// A label in lines of about the same length.
    fn label_lines(&self, label: &str) -> Vec<String> {
        let most = LABEL - 6.0;
        let lines = self.lines(label, most, Weight::Regular);
        let even = self.types.width(label, Weight::Regular, self.look.size) / lines.len() as f32 + 0.5 * self.look.size;
        let balanced = self.lines(label, even.min(most), Weight::Regular);
        if balanced.len() == lines.len() { balanced } else { lines }
    }

    fn head(&mut self) {
        let types = self.types;
        let wide = RIGHT - LEFT;
        for line in wrap::lines(&self.sheet.title, wide, |c| types.width(c.encode_utf8(&mut [0; 4]), Weight::Bold, TITLE)) {
            self.y += TITLE;
            let x = LEFT + (wide - types.width(&line, Weight::Bold, TITLE)) / 2.0;
            self.mark(Mark::Text { x, y: self.y, size: TITLE, weight: Weight::Bold, text: line });
            self.y += 7.0;
        }
        let area = Area { x: LEFT, y: self.y + 2.0, width: wide, height: 20.0 };
        self.text(area, std::slice::from_ref(&self.sheet.authority), Weight::Regular, Align::Left);
        if let Some(number) = self.sheet.number.clone() {
            self.text(area, &[number], Weight::Regular, Align::Right);
        }
        self.y += 23.0;
        self.table_top = self.y;
        self.photo_top = self.sheet.has_photo.then_some(self.y);
    }

    /// Lines in the middle of the height of an area.
    fn text(&mut self, area: Area, lines: &[String], weight: Weight, align: Align) {
        let Look { size, leading, .. } = self.look;
        let top = area.y + (area.height - lines.len() as f32 * leading) / 2.0;
        for (nth, line) in lines.iter().enumerate().filter(|(_, line)| !line.is_empty()) {
            let spare = area.width - self.types.width(line, weight, size);
            let x = match align {
                Align::Left => area.x,
                Align::Middle => area.x + spare / 2.0,
                Align::Right => area.x + spare,
            };
            // Chinese characters reach from 0.12 below the line to 0.88 above it.
            let y = top + (nth as f32 + 0.5) * leading + 0.38 * size;
            self.mark(Mark::Text { x, y, size, weight, text: line.clone() });
        }
    }

    fn break_page(&mut self) {
        self.close_photo(true);
        self.end_table();
        self.pages.push(Vec::new());
        self.y = TOP;
        let text = format!("{}（续）", self.sheet.title);
        self.mark(Mark::Text { x: LEFT, y: TOP + 2.0, size: SMALL, weight: Weight::Regular, text });
        self.y += 10.0;
        self.table_top = self.y;
    }

    fn is_at_top(&self) -> bool {
        self.pages.len() > 1 && self.y == self.table_top
    }

    /// The thick frame around everything on this page.
    fn end_table(&mut self) {
        let area = Area { x: LEFT, y: self.table_top, width: RIGHT - LEFT, height: self.y - self.table_top };
        self.mark(Mark::Frame { area, width: THICK });
    }

    /// Draws the photo's cell when the rows beside it have come far enough, or must end.
    fn close_photo(&mut self, is_over: bool) {
        let Some(top) = self.photo_top else { return };
        let bottom = top + PHOTO.1;
        if self.y < bottom && !is_over {
            return;
        }
        if self.y < bottom {
            let rest = Area { x: LEFT, y: self.y, width: self.right() - LEFT, height: bottom - self.y };
            self.mark(Mark::Frame { area: rest, width: THIN });
            self.y = bottom;
        }
        self.photo_top = None;
        let cell = Area { x: RIGHT - PHOTO.0, y: top, width: PHOTO.0, height: self.y - top };
        self.mark(Mark::Frame { area: cell, width: THIN });
        match self.sheet.photo {
            Some(_) => self.mark(Mark::Photo { area: cell }),
            None => self.text(cell, &["照".to_owned(), "片".to_owned()], Weight::Regular, Align::Middle),
        }
    }

    fn cell(&mut self, area: Area, lines: &[String], weight: Weight, align: Align) {
        self.mark(Mark::Frame { area, width: THIN });
        let inner = Area { x: area.x + 5.0, width: area.width - 10.0, ..area };
        self.text(inner, lines, weight, align);
    }

    fn advance(&mut self, height: f32) {
        self.y += height;
        self.close_photo(false);
    }

    fn number_pages(&mut self) {
        let (all, types) = (self.pages.len(), self.types);
        let printed = format!("打印日期：{}", self.sheet.printed_on);
        for (nth, page) in self.pages.iter_mut().enumerate() {
            let number = format!("第 {} 页 共 {all} 页", nth + 1);
            let middle = (WIDTH - types.width(&number, Weight::Regular, SMALL)) / 2.0;
            for (x, text) in [(LEFT, printed.clone()), (middle, number)] {
                page.push(Mark::Text { x, y: FOOT, size: SMALL, weight: Weight::Regular, text });
            }
        }
    }
}
