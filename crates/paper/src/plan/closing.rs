//! What is promised, and where to sign: one box, kept together where a page can hold it.

use super::{Align, Area, LEFT, Mark, PAGE, Plan, RIGHT, THIN};
use crate::Seal;
use crate::typeface::Weight;

/// Room for a signature, and for a round seal of 4 cm, which may reach over the words around it.
const SIGN: f32 = 58.0;
const SEAL: f32 = 96.0;
const BLANK: f32 = 96.0;
/// 38 mm: what is printed at 32 mm or more is read by every telephone.
const CODE: f32 = 38.0 * 72.0 / 25.4;
/// Around the code, where nothing may stand.
const QUIET: f32 = 12.0;

impl Plan<'_> {
    pub(super) fn closing(&mut self) {
        let inner = RIGHT - LEFT - 16.0;
        let promise: Vec<String> = self.sheet.promise.lines().map(|line| format!("\u{3000}\u{3000}{}", line.trim())).collect();
        let mut lines = if promise.is_empty() { Vec::new() } else { self.lines(&promise.join("\n"), inner, Weight::Regular) };
        let sign = match (&self.sheet.seal, self.sheet.signatures.len()) {
            (Some(_), _) => CODE + 2.0 * QUIET,
            (None, 0) => 0.0,
            (None, 1) => SIGN,
            (None, _) => SEAL,
        };
        let whole = self.height(lines.len()) + sign;
        if whole > self.room() && (whole <= PAGE || self.fitting() < 6) && !self.is_at_top() {
            self.break_page();
        }
        // Nobody should sign a page that says nothing.
        while self.height(lines.len()) + sign > self.room() && lines.len() > 2 {
            let rest = lines.split_off(self.fitting().clamp(1, lines.len() - 2));
            self.boxed(&lines, 0.0);
            lines = rest;
            self.break_page();
        }
        let top = self.y + self.height(lines.len());
        self.boxed(&lines, sign);
        match self.sheet.seal.clone() {
            Some(seal) => self.sealed(&seal, top),
            None => self.signatures(top, sign),
        }
    }

    /// The 二维码 at the left, what is said of it beside it, and who signed at the lower right.
    fn sealed(&mut self, seal: &Seal, top: f32) {
        let area = Area { x: LEFT + QUIET, y: top + QUIET, width: CODE, height: CODE };
        self.mark(Mark::Code { area });
        let left = area.x + CODE + QUIET;
        let width = RIGHT - left - QUIET;
        let notes: Vec<String> = seal.notes.iter().flat_map(|note| self.lines(note, width, Weight::Regular)).collect();
        let height = self.height(notes.len());
        self.text(Area { x: left, y: area.y, width, height }, &notes, Weight::Regular, Align::Left);
        let (issuer, on) = &seal.issuer;
        let height = self.height(2);
        let bottom = Area { x: left, y: area.y + CODE - height, width, height };
        self.text(bottom, &[issuer.clone(), on.clone()], Weight::Bold, Align::Right);
    }

    fn boxed(&mut self, lines: &[String], below: f32) {
        let height = self.height(lines.len());
        let area = Area { x: LEFT, y: self.y, width: RIGHT - LEFT, height: height + below };
        self.mark(Mark::Frame { area, width: THIN });
        self.text(Area { x: LEFT + 8.0, width: area.width - 16.0, height, ..area }, lines, Weight::Regular, Align::Left);
        self.y += height + below;
    }

    fn signatures(&mut self, top: f32, height: f32) {
        let names = self.sheet.signatures.clone();
        let columns = names.len().max(2) as f32;
        let width = (RIGHT - LEFT) / columns;
        for (nth, name) in names.iter().rev().enumerate() {
            let x = RIGHT - (nth as f32 + 1.0) * width;
            let line = Area { x: x + 8.0, y: top, width: width - 16.0, height: 30.0 };
            if nth > 0 {
                self.text(line, &[format!("{name}：")], Weight::Regular, Align::Left);
                continue;
            }
            // The one who signs does so at the very bottom, with the date below.
            let line = Area { y: top + height - 56.0, ..line };
            self.blanks(line, &[(&format!("{name}："), BLANK)]);
            self.blanks(
                Area { y: top + height - 30.0, height: 26.0, ..line },
                &[("日期：", 34.0), ("年", 20.0), ("月", 20.0), ("日", 0.0)],
            );
        }
    }

    /// Words with lines to write on, each after its word; the whole at the right.
    fn blanks(&mut self, area: Area, parts: &[(&str, f32)]) {
        let (size, types) = (self.look.size, self.types);
        let whole: f32 = parts.iter().map(|(word, blank)| types.width(word, Weight::Regular, size) + blank).sum();
        let mut x = area.x + area.width - whole;
        for (word, blank) in parts {
            let width = types.width(word, Weight::Regular, size);
            self.text(Area { x, width, ..area }, &[(*word).to_owned()], Weight::Regular, Align::Left);
            x += width;
            if *blank > 0.0 {
                let y = area.y + area.height / 2.0 + 0.5 * size;
                self.mark(Mark::Line { from: (x, y), to: (x + blank, y), width: THIN });
            }
            x += blank;
        }
    }
}
