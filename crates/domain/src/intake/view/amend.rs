//! What 需要修改的项目 shows, and what the registration knows on the step about the person.

use serde::{Deserialize, Serialize};

use super::SlotView;
use crate::case::Refusal;
use crate::case::view::RejectedItem;
use crate::id::CaseId;
use crate::limit::Left;
use crate::province::StepKey;

/// What the registration knows of the person: shown, and not asked again (手册甲 二（二）1; 手册乙 4.3; 手册丙 6; 手册丁 基本信息).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    /// Label and value of each fact, in the words of the province where it asks for them elsewhere.
    pub facts: Vec<(String, String)>,
    /// The newest photograph of the person, where one was uploaded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<String>,
}

/// 需要修改的项目: after a return item by item, what is to be done, each with the way to mend it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct AmendView {
    /// Empty when nothing was returned item by item.
    pub items: Vec<AmendItem>,
    /// With the city before it.
    pub bureau_name: String,
    /// What the bureau wrote to the whole of the return.
    pub reason: String,
    /// How many items are sealed.
    pub sealed: usize,
    /// The case that the slots belong to; `None` before anything was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// All slots that the answers call for, so that a picture is known wherever it lies.
    pub slots: Vec<SlotView>,
    /// How many files can still be kept within a day; `None` while it is far from mattering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uploads_left: Option<Left>,
    /// How many more times the form can be printed; `None` while that is far from mattering.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prints_left: Option<Left>,
    /// Why the last upload without scripts was refused; shown once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub refusal: Option<Refusal>,
    /// The characters for which the printed form has a blank, because no font has them.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub by_hand: String,
}

/// A rejected item with the way to mend it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AmendItem {
    /// What was rejected, why, and whether it was changed since.
    pub item: RejectedItem,
    /// As it was submitted, in words; `None` for a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub before: Option<String>,
    /// As it is now, in words; `None` for a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub now: Option<String>,
    /// The question itself, where it can be answered by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mend: Option<Mend>,
}

impl AmendItem {
    /// Whether nothing is left to do about it: changed, or said to be right (内容无误).
    #[must_use]
    pub fn is_done(&self) -> bool {
        self.item.is_amended || self.item.explanation.is_some()
    }

    /// The slot, where it is a file.
    #[must_use]
    pub fn slot(&self) -> Option<&str> {
        self.item.item.strip_prefix("attachment.")
    }
}

/// A question that is answered by itself: an ordinary save of its step, in which everything else stays as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mend {
    /// The step that is saved.
    pub step: StepKey,
    /// Of the step, as the save must name it.
    pub version: i64,
    /// The name of the field in the form of the step.
    pub field: String,
    /// A line beside the question; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub hint: String,
    /// A right answer, to look at; may be empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub example: String,
    /// Whether it is answered with digits.
    pub is_digits: bool,
    /// (code, label); empty for what is typed.
    pub choices: Vec<(String, String)>,
    /// What stands there now.
    pub value: String,
    /// The other answers of the step, which are posted along.
    pub others: Vec<(String, String)>,
}
