//! The sections: a heading, and below it questions by themselves or two in a row.

use super::marks::{Align, Area, Mark};
use super::{LABEL, LEFT, PAGE, PHOTO, Plan, RIGHT, THIN};
use crate::Section;
use crate::typeface::Weight;

impl Plan<'_> {
    pub(super) fn section(&mut self, section: &Section) {
        let height = self.height(1);
        // A heading is never the last thing on a page.
        if self.room() < height + self.first_height(&section.rows) && !self.is_at_top() {
            self.break_page();
        }
        let area = Area { x: LEFT, y: self.y, width: self.right() - LEFT, height };
        self.mark(Mark::Ground { area });
        self.cell(area, std::slice::from_ref(&section.title), Weight::Bold, Align::Left);
        self.advance(height);
        let mut rest = section.rows.as_slice();
        while let Some((first, others)) = rest.split_first() {
            match others.first().filter(|second| self.is_pair(first, second)) {
                Some(second) => {
                    self.pair(first, second);
                    rest = &others[1..];
                }
                None => {
                    self.single(first);
                    rest = others;
                }
            }
        }
    }

    /// How much the first row of a section needs on the page of its heading.
    fn first_height(&self, rows: &[(String, String)]) -> f32 {
        let Some((first, others)) = rows.split_first() else { return 0.0 };
        if others.first().is_some_and(|second| self.is_pair(first, second)) {
            return self.height(2);
        }
        let lines = self.lines(&first.1, self.right() - LEFT - LABEL - 10.0, Weight::Regular).len();
        Some(self.height(lines.max(2))).filter(|height| *height < PAGE / 2.0).unwrap_or_else(|| self.height(4))
    }

    /// How many lines still fit into a cell on this page.
    pub(super) fn fitting(&self) -> usize {
        ((self.room() - 2.0 * self.look.pad) / self.look.leading).floor().max(0.0) as usize
    }

    /// The first answer is as wide beside the photo as below it, so that the rules of all rows meet.
    fn answers(&self) -> [f32; 2] {
        let first = (RIGHT - PHOTO.0 - LEFT) / 2.0 - LABEL;
        [first, self.right() - LEFT - 2.0 * LABEL - first]
    }

    fn is_pair(&self, first: &(String, String), second: &(String, String)) -> bool {
        [first, second].iter().zip(self.answers()).all(|((label, value), width)| {
            self.label_lines(label).len() <= 2 && self.lines(value, width - 10.0, Weight::Regular).len() == 1
        })
    }

    fn label(&mut self, area: Area, label: &str) {
        let lines = self.label_lines(label);
        self.mark(Mark::Frame { area, width: THIN });
        self.text(area, &lines, Weight::Regular, Align::Middle);
    }

    fn pair(&mut self, first: &(String, String), second: &(String, String)) {
        let lines = |label: &str| self.label_lines(label).len();
        let height = self.height(lines(&first.0).max(lines(&second.0)));
        if self.room() < height {
            self.break_page();
        }
        let mut x = LEFT;
        for ((label, value), width) in [first, second].into_iter().zip(self.answers()) {
            self.label(Area { x, y: self.y, width: LABEL, height }, label);
            self.cell(Area { x: x + LABEL, y: self.y, width, height }, std::slice::from_ref(value), Weight::Regular, Align::Left);
            x += LABEL + width;
        }
        self.advance(height);
    }

    /// A question by itself. A value that is longer than a page goes on on the next one.
    fn single(&mut self, (label, value): &(String, String)) {
        let label_lines = self.label_lines(label).len();
        let answer = |plan: &Self| plan.lines(value, plan.right() - LEFT - LABEL - 10.0, Weight::Regular);
        let mut lines = answer(self);
        let height = self.height(lines.len().max(label_lines));
        if height > self.room() && (height <= PAGE || self.fitting() < label_lines.max(4)) && !self.is_at_top() {
            self.break_page();
            lines = answer(self);
        }
        loop {
            let fitting = self.fitting().clamp(1, lines.len());
            let rest = lines.split_off(fitting);
            let height = self.height(lines.len().max(label_lines));
            self.label(Area { x: LEFT, y: self.y, width: LABEL, height }, label);
            let area = Area { x: LEFT + LABEL, y: self.y, width: self.right() - LEFT - LABEL, height };
            self.cell(area, &lines, Weight::Regular, Align::Left);
            self.advance(height);
            if rest.is_empty() {
                return;
            }
            lines = rest;
            self.break_page();
        }
    }
}
