//! Faces: which one has a character, how wide it is, and a text as runs of glyphs.

use std::path::Path;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::{Press, Sheet, Unprintable};

/// A font as it was read.
pub(crate) struct Face {
    bytes: Arc<Vec<u8>>,
    index: u32,
    font: Font,
}

/// How heavy a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    Regular,
    Bold,
}

impl Face {
    /// Reads a font, or the font with this number out of a collection.
    pub fn read(file: &Path, index: u32) -> Result<Self, String> {
        let bytes = Arc::new(std::fs::read(file).map_err(|error| format!("{:?}", error.kind()))?);
        let font = Font::new(bytes.clone().into(), index).ok_or("not a font")?;
        Ok(Self { bytes, index, font })
    }

    fn cut(&self) -> Option<Cut<'_>> {
        let font = FontRef::from_index(&self.bytes, self.index).ok()?;
        Some(Cut {
            font: &self.font,
            map: font.charmap(),
            metrics: font.glyph_metrics(Size::unscaled(), LocationRef::default()),
            em: self.font.units_per_em(),
        })
    }
}

/// A face that can be asked.
struct Cut<'a> {
    font: &'a Font,
    map: Charmap<'a>,
    metrics: GlyphMetrics<'a>,
    em: f32,
}

/// Glyphs of one face in a row, and the text that they stand for.
pub(crate) struct Run {
    pub font: Font,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub width: f32,
}

/// The faces of a press, ready to be asked while one form is set.
pub(crate) struct Types<'a> {
    press: &'a Press,
    regular: Cut<'a>,
    bold: Cut<'a>,
}

impl<'a> Types<'a> {
    pub fn new(press: &'a Press) -> Result<Self, Unprintable> {
        let cut = |face: &'a Face| face.cut().ok_or_else(|| Unprintable::Broken("a font cannot be read".to_owned()));
        Ok(Self { press, regular: cut(&press.regular)?, bold: cut(&press.bold)? })
    }

    /// The characters of a sheet that no face has, each once.
    pub fn uncovered(&self, sheet: &Sheet) -> String {
        let rows = sheet.sections.iter().flat_map(|section| {
            let rows = section.rows.iter().flat_map(|(label, value)| [label, value]);
            std::iter::once(&section.title).chain(rows)
        });
        let texts = [&sheet.title, &sheet.authority, &sheet.promise, &sheet.printed_on].into_iter();
        let mut missing = String::new();
        for character in texts.chain(&sheet.number).chain(&sheet.signatures).chain(rows).flat_map(|text| text.chars()) {
            if !is_blank(character) && !joins(character) && !missing.contains(character) && !self.covers(character) {
                missing.push(character);
            }
        }
        missing
    }

    fn covers(&self, character: char) -> bool {
        self.has(character) || self.rare().is_some_and(|cut| cut.map.map(character).is_some_and(|glyph| glyph.to_u32() != 0))
    }

    fn has(&self, character: char) -> bool {
        [&self.regular, &self.bold].iter().any(|cut| cut.map.map(character).is_some_and(|glyph| glyph.to_u32() != 0))
    }

    fn rare(&self) -> Option<Cut<'a>> {
        self.press.rare().and_then(Face::cut)
    }

    /// How wide a text is at a size.
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.runs(text, weight).iter().map(|run| run.width * size).sum()
    }

    /// A text as runs. What no face has was refused before.
    pub fn runs(&self, text: &str, weight: Weight) -> Vec<Run> {
        let rare = text.chars().any(|c| !is_blank(c) && !joins(c) && !self.has(c)).then(|| self.rare()).flatten();
        let order = match weight {
            Weight::Regular => [Some(&self.regular), Some(&self.bold), rare.as_ref()],
            Weight::Bold => [Some(&self.bold), Some(&self.regular), rare.as_ref()],
        };
        let mut runs: Vec<(usize, Run)> = Vec::new();
        for character in text.chars().map(|c| if is_blank(c) && c != '\u{3000}' { ' ' } else { c }) {
            if joins(character) {
                if let Some((_, run)) = runs.last_mut() {
                    run.text.push(character);
                    let end = run.text.len();
                    run.glyphs.last_mut().into_iter().for_each(|glyph| glyph.text_range.end = end);
                }
                continue;
            }
            let found = order.iter().enumerate().find_map(|(nth, cut)| {
                let cut = cut.as_ref()?;
                let glyph = cut.map.map(character).filter(|glyph| glyph.to_u32() != 0)?;
                Some((nth, *cut, glyph))
            });
            let Some((nth, cut, glyph)) = found else { continue };
            if runs.last().is_none_or(|(last, _)| *last != nth) {
                runs.push((nth, Run { font: cut.font.clone(), text: String::new(), glyphs: Vec::new(), width: 0.0 }));
            }
            let Some((_, run)) = runs.last_mut() else { continue };
            let advance = cut.metrics.advance_width(glyph).unwrap_or(cut.em) / cut.em;
            let start = run.text.len();
            run.text.push(character);
            let range = start..run.text.len();
            run.glyphs.push(KrillaGlyph::new(GlyphId::new(glyph.to_u32()), advance, 0.0, 0.0, 0.0, range, None));
            run.width += advance;
        }
        runs.into_iter().map(|(_, run)| run).collect()
    }
}

/// Set as a blank.
fn is_blank(character: char) -> bool {
    character.is_whitespace() || character.is_control()
}

/// Belongs to the character before it and is nothing by itself: variation selectors and joiners.
fn joins(character: char) -> bool {
    matches!(character, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{E0100}'..='\u{E01EF}')
}
