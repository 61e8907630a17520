//! What the pages of 信息采集 show: here those on which something is filled in.

mod amend;
mod handed_in;
mod saving;

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

pub use amend::{AmendItem, AmendView, Known, Mend};
pub use handed_in::{ApprovedRecord, CheckView, ExplainView, ProgressView, RecordView};
pub use saving::{EmployerAnswer, SaveHow, Seen};

pub use crate::papers::{Promise, SlotView, UploadAnswer};

use super::{Answers, Context, Holder, StepForm, Task, TaskState};
use crate::answer::Flash;
use crate::case::view::{CaseSummary, RejectedItem};
use crate::case::{Judged, Refusal};
use crate::fault::FieldErrors;
use crate::id::CaseId;
use crate::limit::Left;
use crate::province::{Briefing, Bureau, Bureaus, Divisions, Layout, Lists, NamedRule, PledgeAt, Profile, StepKey, StepRules};

/// The words that the pages of 信息采集 share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Words {
    /// 步骤条, or a navigation at the side.
    pub layout: Layout,
    /// Whether the promise is made at the start or with 提交.
    pub pledge_at: PledgeAt,
    /// Whether 撤销申请 is offered.
    pub may_withdraw: bool,
    /// What is called 采集须知 here.
    pub briefing: String,
    /// The title of each step, in the order of the wizard.
    pub steps: Vec<(StepKey, String)>,
    /// What the page of the files is called.
    pub attachments: String,
    /// What the page is called on which everything is looked through.
    pub check: String,
    /// What the page is called that says where the application stands.
    pub progress: String,
}

impl Words {
    /// Those of a province.
    #[must_use]
    pub fn of(profile: &Profile) -> Self {
        let (intake, line) = (&profile.intake, profile.intake_line());
        Self {
            layout: intake.layout,
            pledge_at: line.pledge_at,
            may_withdraw: line.may_withdraw,
            briefing: line.briefing.title.clone(),
            steps: intake.steps.iter().map(|step| (step.key, step.title.clone())).collect(),
            attachments: intake.attachments_title.clone(),
            check: intake.check_title.clone(),
            progress: intake.progress_name.clone(),
        }
    }

    /// What a task is called.
    #[must_use]
    pub fn task(&self, task: Task) -> &str {
        match task {
            Task::Briefing => &self.briefing,
            Task::Step(step) => self.steps.iter().find(|(key, _)| *key == step).map_or("", |(_, title)| title),
            Task::Attachments => &self.attachments,
            Task::Check => &self.check,
        }
    }
}

/// Everything that the rules of one step need in the browser, and no more.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Kit {
    /// The step, and of the others the questions that it leans on.
    pub steps: Vec<StepRules>,
    /// The rules across fields that the province has.
    pub rules: Vec<NamedRule>,
    /// The choices, by list and code.
    pub lists: Lists,
    /// 行政区划 of the province.
    pub divisions: Divisions,
    /// Without their contacts.
    pub bureaus: Bureaus,
    /// Whose application it is.
    pub holder: Holder,
    /// All that is saved.
    pub answers: Answers,
    /// In China; bounds every date.
    pub today: NaiveDate,
    /// The division of the province.
    pub province: String,
    /// Whether 获取单位信息 looks employers up by their code.
    pub has_directory: bool,
}

impl Kit {
    /// The rules' view of it. What a return opens is only known to the server.
    #[must_use]
    pub fn context(&self) -> Context<'_> {
        Context {
            steps: &self.steps,
            rules: &self.rules,
            attachments: &[],
            returns: Judged::Whole,
            lists: &self.lists,
            divisions: &self.divisions,
            bureaus: &self.bureaus,
            holder: &self.holder,
            answers: &self.answers,
            today: self.today,
        }
    }
}

/// The hub: where one stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct HubView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// `None` before it was begun.
    pub case: Option<CaseSummary>,
    /// In their order, with how far each is.
    pub tasks: Vec<(Task, TaskState)>,
    /// What to do next; `None` when nothing is left.
    pub next: Option<Task>,
    /// After a return: what must be amended.
    pub rejected: Vec<RejectedItem>,
    /// Whether a return item by item stands, so that only the red items can be changed.
    pub is_returned: bool,
    /// Whether the briefing was left for the first step.
    pub has_begun: bool,
    /// What the bureau wrote to the whole of a return.
    pub reason: String,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// 采集须知.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BriefingView {
    /// Where one stands.
    pub hub: HubView,
    /// The text, with the templates to download.
    pub briefing: Briefing,
    /// What is called 本人承诺 here.
    pub pledge_title: String,
}

/// One step of the form.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StepView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// What the rules need in the browser.
    pub kit: Kit,
    /// The step that the page shows.
    pub step: StepKey,
    /// How to reach the bureau that the saved answers lead to, on the page that asks for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub bureau: Option<Bureau>,
    /// The version that the next save must name; 0 before the first save.
    pub version: i64,
    /// In UTC; `None` before the first save.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub saved_at: Option<DateTime<Utc>>,
    /// What the registration knows, on the step about the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub known: Option<Known>,
    /// Shown when the step was posted before.
    pub errors: FieldErrors,
    /// The characters of each field for which the printed form has a blank, because no font has them.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub by_hand: BTreeMap<String, String>,
    /// After a return item by item: the items that may be changed. `None` when everything may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub open: Option<BTreeSet<String>>,
    /// The item that is as registered, while it may not be changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub fixed: Option<String>,
    /// The reviewer's reasons by item.
    pub reasons: BTreeMap<String, String>,
    /// The other window's version, when two windows wrote the same step: theirs is saved, this is what was typed here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub conflict: Option<StepForm>,
    /// In their order, with how far each is.
    pub tasks: Vec<(Task, TaskState)>,
    /// What was posted without scripts; `None` on a fresh page.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flash: Option<Flash>,
}

impl StepView {
    /// Without the words of 长者版, which only its pages show.
    #[must_use]
    pub fn without_plain(mut self) -> Self {
        self.kit.steps.iter_mut().flat_map(|step| &mut step.fields).for_each(|field| field.plain.clear());
        self
    }

    /// What is saved.
    #[must_use]
    pub fn form(&self) -> StepForm {
        self.kit.answers.form(self.step)
    }
}

/// 材料上传.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FilesView {
    /// What the pages and tasks are called.
    pub words: Words,
    /// 温馨提示 of the page.
    pub tips: Vec<String>,
    /// What the button that leads on says.
    pub next: String,
    /// The case that the slots belong to; `None` before anything was begun.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub case: Option<CaseId>,
    /// Those that the answers call for.
    pub slots: Vec<SlotView>,
    /// In their order, with how far each is.
    pub tasks: Vec<(Task, TaskState)>,
    /// Whether the case stands returned.
    pub is_returned: bool,
    /// How many files can still be kept within a day; `None` while it is far from mattering.
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
