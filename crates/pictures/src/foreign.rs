//! What is neither JPEG nor PNG, and who draws it.

use futures::future::BoxFuture;

/// Why a document was not drawn.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PagesError {
    /// It has more pages than were asked for.
    #[error("{pages} pages")]
    Many {
        /// How many it has.
        pages: u32,
    },
    /// It opens with a password.
    #[error("locked")]
    Locked,
    /// It cannot be read.
    #[error("damaged")]
    Damaged,
    /// It needs more memory or time than there is for one.
    #[error("too heavy")]
    TooHeavy,
    /// Anything else; the text is for the log.
    #[error("pages: {0}")]
    Broken(String),
}

/// Draws what is neither JPEG nor PNG: PDF, WebP, BMP, TIFF. Whoever implements it bounds memory and time.
pub trait Pages: Send + Sync {
    /// The pages as JPEGs, upright, of at most [`studio::LONG_SIDE`] pixels; at most `most` of them.
    fn draw<'a>(&'a self, bytes: &'a [u8], most: u32) -> BoxFuture<'a, Result<Vec<Vec<u8>>, PagesError>>;
}
