//! Faces: which one has a character, how wide it is, and a text as runs of glyphs.

use std::path::Path;
use std::sync::Arc;

use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::charmap::Charmap;
use skrifa::instance::{LocationRef, Size};
use skrifa::metrics::GlyphMetrics;
use skrifa::{FontRef, MetadataProvider};

use crate::{Press, Unprintable};

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

impl<'a> Cut<'a> {
    fn find(&self, nth: usize, character: char) -> Option<Found<'a>> {
        let glyph = self.map.map(character).filter(|glyph| glyph.to_u32() != 0)?;
        let advance = self.metrics.advance_width(glyph).unwrap_or(self.em) / self.em;
        Some(Found { nth, font: self.font, glyph: GlyphId::new(glyph.to_u32()), advance })
    }
}

/// The glyph of a character and its face, by number in the order in which faces are asked.
struct Found<'a> {
    nth: usize,
    font: &'a Font,
    glyph: GlyphId,
    /// In ems.
    advance: f32,
}

/// How wide the blank for a character that no face has is, in ems: a line to write on, and the small word behind it.
const BLANK: f32 = BLANK_LINE + 2.0 * BLANK_WORD + 0.1;
/// The line of a blank, in ems.
pub(crate) const BLANK_LINE: f32 = 1.5;
/// The size of the word behind it, in ems.
pub(crate) const BLANK_WORD: f32 = 0.5;

/// Glyphs of one face in a row, and the text that they stand for; without a font the blank for one character that no face has.
pub(crate) struct Run {
    pub font: Option<Font>,
    pub text: String,
    pub glyphs: Vec<KrillaGlyph>,
    /// In ems.
    pub width: f32,
    nth: Option<usize>,
}

impl Run {
    fn begin(found: Option<&Found<'_>>) -> Self {
        let font = found.map(|found| found.font.clone());
        Self { font, text: String::new(), glyphs: Vec::new(), width: 0.0, nth: found.map(|found| found.nth) }
    }

    fn push(&mut self, character: char, found: Option<&Found<'_>>) {
        let start = self.text.len();
        self.text.push(character);
        if let Some(Found { glyph, advance, .. }) = found {
            self.glyphs.push(KrillaGlyph::new(*glyph, *advance, 0.0, 0.0, 0.0, start..self.text.len(), None));
        }
        self.width += found.map_or(BLANK, |found| found.advance);
    }

    fn join(&mut self, character: char) {
        self.text.push(character);
        let end = self.text.len();
        self.glyphs.last_mut().into_iter().for_each(|glyph| glyph.text_range.end = end);
    }
}

/// The faces of a press, ready to be asked while one form is set.
pub(crate) struct Types<'a> {
    press: &'a Press,
    regular: Cut<'a>,
    bold: Cut<'a>,
}

impl<'a> Types<'a> {
    pub fn new(press: &'a Press) -> Result<Self, Unprintable> {
        let cut = |face: &'a Face| face.cut().ok_or_else(|| Unprintable("a font cannot be read".to_owned()));
        Ok(Self { press, regular: cut(&press.regular)?, bold: cut(&press.bold)? })
    }

    /// The characters of a text that no face has, each once.
    pub fn missing(&self, text: &str) -> String {
        let mut missing = String::new();
        for character in text.chars().filter(|c| !is_blank(*c) && !joins(*c)) {
            if !missing.contains(character) && self.find(character, Weight::Regular).is_none() {
                missing.push(character);
            }
        }
        missing
    }

    /// Every face gives private code points a meaning of its own, so none has them.
    fn find(&self, character: char, weight: Weight) -> Option<Found<'a>> {
        if is_private(character) {
            return None;
        }
        let order = match weight {
            Weight::Regular => [&self.regular, &self.bold],
            Weight::Bold => [&self.bold, &self.regular],
        };
        let usual = order.iter().enumerate().find_map(|(nth, cut)| cut.find(nth, character));
        usual.or_else(|| {
            let rare = (0..).map_while(|nth| self.press.rare(nth));
            rare.enumerate().find_map(|(nth, face)| face?.cut()?.find(order.len() + nth, character))
        })
    }

    /// How wide a text is at a size.
    pub fn width(&self, text: &str, weight: Weight, size: f32) -> f32 {
        self.runs(text, weight).iter().map(|run| run.width * size).sum()
    }

    /// A text as runs.
    pub fn runs(&self, text: &str, weight: Weight) -> Vec<Run> {
        let mut runs: Vec<Run> = Vec::new();
        for character in text.chars().map(|c| if is_blank(c) && c != '\u{3000}' { ' ' } else { c }) {
            if joins(character) {
                runs.last_mut().into_iter().for_each(|run| run.join(character));
                continue;
            }
            let found = self.find(character, weight);
            let goes_on = runs.last().is_some_and(|run| found.is_some() && run.nth == found.as_ref().map(|found| found.nth));
            if !goes_on {
                runs.push(Run::begin(found.as_ref()));
            }
            runs.last_mut().into_iter().for_each(|run| run.push(character, found.as_ref()));
        }
        runs
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

fn is_private(character: char) -> bool {
    matches!(character, '\u{E000}'..='\u{F8FF}' | '\u{F0000}'..)
}
