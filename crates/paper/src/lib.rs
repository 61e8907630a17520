//! Puts a form on paper: an A4 page with a ruled table, as PDF, with the fonts inside. Every character comes from a face
//! that has it, or nothing is printed: a box in the place of a name is worse than no paper.

mod draw;
mod plan;
mod typeface;
mod wrap;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use plan::Look;
use typeface::{Face, Types};

/// The two faces that every form is set in, by their names in the folder of the fonts.
pub const REGULAR: &str = "NotoSerifSC-Regular.ttf";
pub const BOLD: &str = "NotoSerifSC-Bold.ttf";

/// Faces that have what the first two lack, each with its number inside the collection: in the folder of the fonts, or
/// where Debian's `fonts-noto-cjk` puts it.
const RARE: &str = "NotoSerifCJK-Regular.ttc";
const DEBIAN: &str = "/usr/share/fonts/opentype/noto";
const SIMPLIFIED: u32 = 2;

/// What is to be printed, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    pub title: String,
    /// Who takes the form, such as 受理机关：沈阳市财政局; under the title, on the left.
    pub authority: String,
    /// The number of the case with its label, under the title, on the right.
    pub number: Option<String>,
    pub sections: Vec<Section>,
    /// A JPEG; without one the place for it stays empty.
    pub photo: Option<Vec<u8>>,
    /// What the signature stands under; paragraphs are lines.
    pub promise: String,
    /// Where to sign or seal, from left to right; the last one is at the lower right and has a date.
    pub signatures: Vec<String>,
    /// The date of printing, in words.
    pub printed_on: String,
}

/// A heading with its rows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Section {
    pub title: String,
    /// Label and value.
    pub rows: Vec<(String, String)>,
}

/// Why there is no paper.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unprintable {
    /// No face has these characters, each named once. The message counts them only, because they come from names.
    #[error("{} characters are in no face", characters.chars().count())]
    Characters { characters: String },
    /// The photo or a font is broken.
    #[error("the form cannot be written: {0}")]
    Broken(String),
}

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
    folder: PathBuf,
    /// 26 MB that hardly anybody needs: read with the first rare character.
    rare: OnceLock<Option<Face>>,
}

impl Press {
    /// Reads the fonts of a folder.
    ///
    /// # Errors
    /// When one of the two is missing or no font.
    pub fn open(fonts: &Path) -> Result<Self, NoFont> {
        let read = |file: &str| Face::read(&fonts.join(file), 0).map_err(|why| NoFont { file: file.to_owned(), why });
        Ok(Self { regular: read(REGULAR)?, bold: read(BOLD)?, folder: fonts.to_owned(), rare: OnceLock::new() })
    }

    /// The form as PDF. The same sheet gives the same bytes.
    ///
    /// # Errors
    /// [`Unprintable`].
    pub fn form(&self, sheet: &Sheet) -> Result<Vec<u8>, Unprintable> {
        let types = Types::new(self)?;
        let characters = types.uncovered(sheet);
        if !characters.is_empty() {
            return Err(Unprintable::Characters { characters });
        }
        // What is signed and photographed should be one page, if that can be read; else it may as well be pleasant.
        let mut sets = Look::ALL.iter().map(|look| plan::pages(sheet, &types, *look));
        let roomy = sets.next().unwrap_or_default();
        let pages = if roomy.len() == 1 { roomy } else { sets.find(|pages| pages.len() == 1).unwrap_or(roomy) };
        draw::pdf(sheet, &types, &pages)
    }

    fn rare(&self) -> Option<&Face> {
        let places = [self.folder.join(RARE), Path::new(DEBIAN).join(RARE)];
        self.rare.get_or_init(|| places.iter().find_map(|file| Face::read(file, SIMPLIFIED).ok())).as_ref()
    }
}

/// Whether a folder has the fonts that every form needs.
#[must_use]
pub fn has_fonts(folder: &Path) -> bool {
    [REGULAR, BOLD].iter().all(|file| folder.join(file).is_file())
}

#[cfg(test)]
mod tests;
