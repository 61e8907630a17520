//! The press: one form at a time on a blocking thread, with fonts that are read when the first form is printed.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use futures::FutureExt;
use futures::future::BoxFuture;
use paper::{Press, Section};
use service::{Diploma, Paper, PaperError, Seal, Sheet};
use tokio::sync::Semaphore;

/// A form takes some hundredths of a second; whoever waits longer than this stands in a queue without end.
const PATIENCE: Duration = Duration::from_secs(10);

/// Prints with the fonts of a folder.
pub struct Printer {
    fonts: PathBuf,
    press: Arc<OnceLock<Press>>,
    turn: Arc<Semaphore>,
}

impl Printer {
    /// A printer that will read these fonts.
    #[must_use]
    pub fn new(fonts: PathBuf) -> Self {
        Self { fonts, press: Arc::default(), turn: Arc::new(Semaphore::new(1)) }
    }
}

impl Paper for Printer {
    fn form(&self, sheet: Sheet) -> BoxFuture<'_, Result<Vec<u8>, PaperError>> {
        self.work(move |press| press.form(&laid_out(sheet)).map_err(|error| PaperError::Broken(error.0))).boxed()
    }

    fn diploma(&self, diploma: Diploma) -> BoxFuture<'_, Result<Vec<u8>, PaperError>> {
        self.work(move |press| press.diploma(&certified(diploma)).map_err(|error| PaperError::Broken(error.0))).boxed()
    }

    fn missing(&self, text: String) -> BoxFuture<'_, Result<String, PaperError>> {
        self.work(move |press| press.missing(&text).map_err(|error| PaperError::Broken(error.0))).boxed()
    }
}

impl Printer {
    /// Does something with the press when it is its turn.
    async fn work<T, W>(&self, what: W) -> Result<T, PaperError>
    where
        T: Send + 'static,
        W: FnOnce(&Press) -> Result<T, PaperError> + Send + 'static,
    {
        let waiting = tokio::time::timeout(PATIENCE, self.turn.clone().acquire_owned());
        let turn = waiting.await.ok().and_then(Result::ok).ok_or(PaperError::Busy)?;
        let (press, fonts) = (self.press.clone(), self.fonts.clone());
        let work = move || {
            // Kept until the work is done, also when nobody waits for it any more.
            let _turn = turn;
            what(opened(&press, &fonts)?)
        };
        tokio::task::spawn_blocking(work).await.map_err(|_| PaperError::Broken("the press broke down".into()))?
    }
}

fn opened<'a>(press: &'a OnceLock<Press>, fonts: &Path) -> Result<&'a Press, PaperError> {
    if let Some(press) = press.get() {
        return Ok(press);
    }
    // Not remembered when it fails: fonts may be installed while the server runs.
    let opened = Press::open(fonts).map_err(|error| {
        tracing::error!(%error, "the fonts of the printed forms cannot be read");
        PaperError::NoFonts
    })?;
    Ok(press.get_or_init(|| opened))
}

fn laid_out(sheet: Sheet) -> paper::Sheet {
    paper::Sheet {
        title: sheet.title,
        authority: sheet.authority,
        number: sheet.number,
        sections: sheet.sections.into_iter().map(|(title, rows)| Section { title, rows }).collect(),
        has_photo: sheet.has_photo,
        photo: sheet.photo,
        promise: sheet.promise,
        signatures: sheet.signatures,
        printed_on: sheet.printed_on,
        seal: sheet.seal.map(sealed),
    }
}

/// What the attached statement is called, as JOSE calls it.
const STATEMENT: &str = "statement.jws";

fn sealed(seal: Seal) -> paper::Seal {
    paper::Seal {
        notes: seal.notes,
        issuer: seal.issuer,
        code: seal.address,
        statement: (STATEMENT.to_owned(), seal.statement),
        issued_on: day(seal.issued_on),
    }
}

fn day((year, month, day): (i32, u32, u32)) -> (u16, u8, u8) {
    let small = |number: u32| u8::try_from(number).unwrap_or(1);
    (u16::try_from(year).unwrap_or_default(), small(month), small(day))
}

fn certified(diploma: Diploma) -> paper::Diploma {
    paper::Diploma {
        title: diploma.title,
        text: diploma.text,
        heads: diploma.heads,
        rows: diploma.rows,
        notes: diploma.notes,
        issuer: diploma.issuer,
        code: diploma.address,
        statement: (STATEMENT.to_owned(), diploma.statement),
        issued_on: day(diploma.issued_on),
    }
}
