//! Puts a form on paper: an A4 page with a ruled table, as PDF, with the fonts inside. Every character comes from a face
//! that has it; in the place of one that no face has is a blank to write on, with a note at the foot of the page.

mod archival;
mod code;
mod diploma;
mod draw;
mod plan;
mod typeface;
mod wrap;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

pub use diploma::Diploma;
use plan::Look;
use typeface::{Face, Types};

/// The two faces that every form is set in, by their names in the folder of the fonts.
pub const REGULAR: &str = "NotoSerifSC-Regular.ttf";
pub const BOLD: &str = "NotoSerifSC-Bold.ttf";

/// A face that has what those before it lack, by its name in the folder of the fonts.
struct Rare {
    file: &'static str,
    /// Its number inside the collection.
    index: u32,
    /// Where Debian's package puts it.
    debian: &'static str,
}

/// Of `fonts-noto-cjk`, then of `fonts-babelstone-han`, in the order in which they are asked.
const RARE: [Rare; 2] = [
    Rare { file: "NotoSerifCJK-Regular.ttc", index: 2, debian: "/usr/share/fonts/opentype/noto" },
    Rare { file: "BabelStoneHan.ttf", index: 0, debian: "/usr/share/fonts/truetype/babelstone" },
];

/// What is to be printed, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// Who takes the form, such as 受理机关：沈阳市财政局; under the title, on the left.
    pub authority: String,
    /// The number of the case with its label, under the title, on the right.
    pub number: Option<String>,
    pub sections: Vec<Section>,
    /// Whether there is a place for a photograph.
    pub has_photo: bool,
    /// A JPEG; without one the place for it stays empty.
    pub photo: Option<Vec<u8>>,
    /// What the signature stands under; paragraphs are lines.
    pub promise: String,
    /// Where to sign or seal, from left to right; the last one is at the lower right and has a date.
    pub signatures: Vec<String>,
    /// The date of printing, in words.
    pub printed_on: String,
    /// What makes it a signed extract; it stands where a form has its signatures.
    pub seal: Option<Seal>,
}

/// A signed statement: a 二维码 on the page, and the same inside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// Beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who signed, and when.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub code: String,
    /// The statement that is attached, and its name.
    pub statement: (String, String),
    /// When it was signed: year, month, day.
    pub issued_on: (u16, u8, u8),
}

/// A heading with its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// Label and value.
    pub rows: Vec<(String, String)>,
}

/// Why there is no paper: the photo or a font is broken. The text is for the log.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the form cannot be written: {0}")]
pub struct Unprintable(pub String);

/// Why there is no press.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {why}")]
pub struct NoFont {
    /// The name of the file.
    pub file: String,
    pub why: String,
}

/// The fonts, read once.
pub struct Press {
    regular: Face,
    bold: Face,
    rare: [Seldom; RARE.len()],
}

/// 26 and 51 MB that hardly anybody needs: read with the first character that all before lack.
struct Seldom {
    places: Vec<PathBuf>,
    index: u32,
    face: OnceLock<Option<Face>>,
}

impl Press {
    /// Reads the fonts of a folder. The faces for rare characters are looked for there, and where Debian's packages put them.
    ///
    /// # Errors
    /// When one of the two is missing or no font.
    pub fn open(fonts: &Path) -> Result<Self, NoFont> {
        Self::with_rare(fonts, |rare| vec![fonts.join(rare.file), Path::new(rare.debian).join(rare.file)])
    }

    fn with_rare(fonts: &Path, places: impl Fn(&Rare) -> Vec<PathBuf>) -> Result<Self, NoFont> {
        let read = |file: &str| Face::read(&fonts.join(file), 0).map_err(|why| NoFont { file: file.to_owned(), why });
        let rare = RARE.map(|rare| Seldom { places: places(&rare), index: rare.index, face: OnceLock::new() });
        Ok(Self { regular: read(REGULAR)?, bold: read(BOLD)?, rare })
    }

    /// The form as PDF, or as PDF/A-3b with its statement attached. The same sheet gives the same bytes.
    ///
    /// # Errors
    /// [`Unprintable`].
    pub fn form(&self, sheet: &Sheet) -> Result<Vec<u8>, Unprintable> {
        let types = Types::new(self)?;
        // What is signed and photographed should be few pages, if those can be read; of as many, the more pleasant ones.
        let mut sets = Look::ALL.iter().map(|look| plan::pages(sheet, &types, *look));
        let roomy = sets.next().unwrap_or_default();
        let pages = match roomy.len() {
            0 | 1 => roomy,
            _ => std::iter::once(roomy).chain(sets).min_by_key(Vec::len).unwrap_or_default(),
        };
        draw::pdf(sheet, &types, &pages)
    }

    /// A certificate as PDF/A-3b, with its statement attached. The same one gives the same bytes.
    ///
    /// # Errors
    /// [`Unprintable`].
    pub fn diploma(&self, diploma: &Diploma) -> Result<Vec<u8>, Unprintable> {
        diploma::pdf(diploma, &Types::new(self)?)
    }

    /// The characters of a text in whose place a form has a blank, each once.
    ///
    /// # Errors
    /// [`Unprintable`] for a font that cannot be read any more.
    pub fn missing(&self, text: &str) -> Result<String, Unprintable> {
        Ok(Types::new(self)?.missing(text))
    }

    /// A face for rare characters, `Some(None)` where it is not installed; `None` after the last one.
    fn rare(&self, nth: usize) -> Option<Option<&Face>> {
        let Seldom { places, index, face } = self.rare.get(nth)?;
        Some(face.get_or_init(|| places.iter().find_map(|file| Face::read(file, *index).ok())).as_ref())
    }
}

/// Whether a folder has the fonts that every form needs.
#[must_use]
pub fn has_fonts(folder: &Path) -> bool {
    [REGULAR, BOLD].iter().all(|file| folder.join(file).is_file())
}

#[cfg(test)]
mod tests;
