//! The way to paper: what is printed, in words.

use futures::future::BoxFuture;

/// A form as it goes on paper, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sheet {
    /// Title of the form.
    pub title: String,
    /// Who takes the form.
    pub authority: String,
    /// The number of the case with its label, once there is one.
    pub number: Option<String>,
    /// Headings, each with its labels and values.
    pub sections: Vec<(String, Vec<(String, String)>)>,
    /// Whether there is a place for a photograph.
    pub has_photo: bool,
    /// The photograph as JPEG; `None` where there is none.
    pub photo: Option<Vec<u8>>,
    /// What the signature stands under.
    pub promise: String,
    /// Where to sign or seal, from left to right.
    pub signatures: Vec<String>,
    /// The date, in words.
    pub printed_on: String,
    /// What makes it a signed extract; `None` for a form.
    pub seal: Option<Seal>,
}

/// A signed statement on paper, and inside the document.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Seal {
    /// What stands beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who signed, and when, in words.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub address: String,
    /// The signed statement, which is attached to the document.
    pub statement: String,
    /// When it was signed: year, month, day in China.
    pub issued_on: (i32, u32, u32),
}

/// Why there is no paper.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaperError {
    /// Too many people print at once.
    #[error("busy")]
    Busy,
    /// The fonts are not installed.
    #[error("no fonts")]
    NoFonts,
    /// Anything else; the text is for the log.
    #[error("paper: {0}")]
    Broken(String),
}

/// The way to paper.
pub trait Paper: Send + Sync {
    /// The form as PDF, with a blank to write on in the place of each character that no font has.
    fn form(&self, sheet: Sheet) -> BoxFuture<'_, Result<Vec<u8>, PaperError>>;
    /// The 完成证明 as PDF/A-3b with its statement inside.
    fn diploma(&self, diploma: Diploma) -> BoxFuture<'_, Result<Vec<u8>, PaperError>>;
    /// The characters of a text that no font has, each once.
    fn missing(&self, text: String) -> BoxFuture<'_, Result<String, PaperError>>;
}

/// What the 完成证明 of a learning year looks like on paper, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Diploma {
    /// The title.
    pub title: String,
    /// What is certified, piece by piece; the marked ones stand out.
    pub text: Vec<(String, bool)>,
    /// The heads of the table.
    pub heads: Vec<String>,
    /// Its rows.
    pub rows: Vec<Vec<String>>,
    /// What stands beside the 二维码, a line each.
    pub notes: Vec<String>,
    /// Who certifies, and when, in words.
    pub issuer: (String, String),
    /// What the 二维码 holds.
    pub address: String,
    /// The signed statement, which is attached to the document.
    pub statement: String,
    /// When it was certified: year, month, day in China.
    pub issued_on: (i32, u32, u32),
}
