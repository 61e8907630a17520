//! What every page shows that asks for papers and for a promise, of whatever line of business.

use serde::{Deserialize, Serialize};

use crate::case::Refusal;
use crate::case::view::FileView;
use crate::fault::Fault;
use crate::province::{AttachmentRules, LineRules, SlotWords};

/// The promise, as a page shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    /// What is called 本人承诺 here.
    pub title: String,
    /// The full text of the pledge.
    pub text: String,
}

impl Promise {
    /// That of a province.
    #[must_use]
    pub fn of(line: &LineRules) -> Self {
        Self { title: line.pledge_title.clone(), text: line.briefing.pledge.clone() }
    }
}

/// A slot of 材料上传.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SlotView {
    /// What the province asks of the file.
    pub rules: AttachmentRules,
    /// In their order; empty while nothing is uploaded.
    pub files: Vec<FileView>,
    /// Whether the file may be changed now.
    pub is_open: bool,
    /// Why the reviewer rejected the file.
    pub reason: Option<String>,
    /// Whether the file was replaced since it was rejected.
    pub is_amended: bool,
    /// What was wrong with the last try, without scripts.
    pub error: Option<Fault>,
    /// What the province calls the things that can be done there.
    #[serde(default)]
    pub words: SlotWords,
}

/// What an upload answers: the receipt, or what is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum UploadAnswer {
    /// The file lies in its slot, which holds these now.
    Kept(Vec<FileView>),
    /// The file has a fault.
    Wrong(Fault),
    /// The rules say no.
    Refused(Refusal),
    /// Too many uploads at once: try again.
    Busy,
}

crate::form! {
    /// A file that is to be removed from its slot.
    pub struct ProofForm {
        /// Id of the case.
        case,
        /// Key of the slot.
        slot,
        /// Id of the file.
        file,
    }
}
