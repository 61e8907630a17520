//! What the pages of 信息变更 show.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::answer::Flash;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::case::{Action, Section};
use crate::fault::FieldError;
use crate::intake::StepKey;
use crate::intake::view::Kit;
use crate::limit::Left;
use crate::papers::{Promise, SlotView};

/// 变更入口, 资料上传 and 变更退回.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeView {
    /// What a change is called.
    pub name: String,
    /// Working days until it is decided.
    pub days: u32,
    /// Who decides on it: the bureau that has the record, and where it leads to another one both; while it waits, the one that has it.
    /// Empty where there is no record.
    pub bureau_name: String,
    /// Whether there is a record that could be changed.
    pub is_collected: bool,
    /// That it is closed, with the way out; empty while it is not.
    pub closed: Option<String>,
    /// What restricts the person today, in sentences; empty for almost everybody.
    pub warnings: Vec<String>,
    /// The change that is open, or the one that was decided last; `None` before the first.
    pub case: Option<CaseSummary>,
    /// What its person may do now.
    pub actions: Vec<Action>,
    /// 如果我……, while nothing is begun.
    pub occasions: Vec<OccasionView>,
    /// The forms of which something may be changed, with how many answers are.
    pub forms: Vec<(StepKey, String, usize)>,
    /// What is changed, in the order of the forms.
    pub changed: Vec<ChangedItem>,
    /// What keeps it from being handed in: the form, what the field is called, and the fault.
    pub faults: Vec<(StepKey, String, FieldError)>,
    /// 调出 and 调入, in sentences: from which employer to which, and where the record goes to another bureau, who decides on that and
    /// what the other one wants.
    pub moves: Vec<String>,
    /// Why it cannot be handed in although the new answers lead to another bureau.
    pub stays: Option<String>,
    /// That the employer has confirmed, or may be asked to, where a paper is called for that its word stands in for.
    pub word: Option<String>,
    /// 资料上传: what the changes call for.
    pub slots: Vec<CalledSlot>,
    /// How many more pictures can be sent, when few can.
    pub uploads_left: Option<Left>,
    /// What was handed in; empty while it is the person's.
    pub sections: Vec<Section>,
    /// Why it was returned; may be empty.
    pub reason: String,
    /// The titles of papers that were rejected, each with the reason.
    pub rejected_files: Vec<(String, String)>,
    /// What happened.
    pub timeline: Vec<TimelineItem>,
    /// The promise, and the sentence at its tick.
    pub promise: (Promise, String),
    /// Names the next attempt to hand it in.
    pub request_key: String,
    /// What was posted without scripts.
    pub flash: Option<Flash>,
}

/// Something that may have happened, with what it leads to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OccasionView {
    /// Names it in the form.
    pub key: String,
    /// As people say it.
    pub title: String,
    /// The questions, as the forms ask them.
    pub labels: Vec<String>,
    /// The papers that they ask for.
    pub papers: Vec<String>,
}

/// An answer that is changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangedItem {
    /// 项目, such as `education.full_time_level`.
    pub item: String,
    /// The form that asks for it.
    pub step: StepKey,
    /// The question, with the heading of its row where rows repeat.
    pub label: String,
    /// On record, in words.
    pub before: String,
    /// As it would be, in words.
    pub now: String,
    /// Whether it takes effect with 提交.
    pub is_at_once: bool,
    /// Why the bureau rejected it; empty where it did not.
    pub reason: String,
}

/// 变更页.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ChangeFormView {
    /// What a change is called.
    pub name: String,
    /// How many answers of this form are changed.
    pub touched: usize,
    /// How many are changed in all.
    pub changed: usize,
    /// The form; `None` while nothing is open.
    pub sheet: Option<SheetView>,
    /// What was posted without scripts.
    pub flash: Option<Flash>,
}

/// A form with the answers as they would be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SheetView {
    /// Which form it is.
    pub step: StepKey,
    /// What the rules need in the browser; under each question stands what its change asks for.
    pub kit: Kit,
    /// The version that the next save must name; 0 before the first one.
    pub version: i64,
    /// What may be changed.
    pub open: BTreeSet<String>,
    /// The reviewer's reasons by item.
    pub reasons: BTreeMap<String, String>,
}

/// A slot with the sentence why this change calls for it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CalledSlot {
    /// The slot.
    pub slot: SlotView,
    /// 因为您修改了“全日制最高学历”.
    pub because: String,
}
