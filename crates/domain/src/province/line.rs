//! What a province says about one kind of case, whatever the kind: what the engine and the desk ask for.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use super::{AttachmentRules, Profile, StepKey};
use crate::case::{CaseKind, Judged, KindRules, Sla};

/// The rules of a province for a kind of case: the same keys for every kind. What only one kind has stands in a section of its own.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRules {
    /// What people call it: 信息采集, 手机号更换, …
    pub name: String,
    /// 审核期限 in working days.
    pub review_working_days: u32,
    /// How a return opens the application again. A reviewer may mark items even where it opens the whole.
    pub returns: Judged,
    /// Whether 撤销申请 is offered, where the kind permits it.
    #[serde(default)]
    pub may_withdraw: bool,
    /// Reasons that a reviewer may choose.
    pub return_reasons: Vec<String>,
    /// Whether the promise is made before the first step or with 提交.
    #[serde(default)]
    pub pledge_at: PledgeAt,
    /// What the promise is called.
    #[serde(default)]
    pub pledge_title: String,
    /// The sentence at the tick of the last page.
    #[serde(default)]
    pub confirm_label: String,
    /// 采集须知 and 本人承诺.
    #[serde(default)]
    pub briefing: Briefing,
    /// The tips of 材料上传.
    #[serde(default)]
    pub attachment_tips: Vec<String>,
    /// The files that may be asked for, in the order of the page.
    #[serde(default)]
    pub attachments: Vec<AttachmentRules>,
}

/// When the promise is made.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PledgeAt {
    /// With the briefing (手册甲 二（一）2).
    #[default]
    Start,
    /// With 提交 (手册丙 10; 手册丁 表单信息提交确认).
    End,
}

/// 采集须知 and 本人承诺; their versions are stored with the agreement.
#[derive(Clone, PartialEq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Briefing {
    /// What is called 采集须知 here.
    pub title: String,
    /// Stored when it was read.
    pub version: String,
    /// A line each.
    pub paragraphs: Vec<String>,
    /// Stored with the agreement.
    pub pledge_version: String,
    /// The full text of the pledge.
    pub pledge: String,
    /// Documents to download; may be empty.
    #[serde(default)]
    pub templates: Vec<Template>,
}

/// A form to download: `file` is its name under `/templates/`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Template {
    /// As people read it at the link.
    pub title: String,
    /// The name under `/templates/`.
    pub file: String,
}

impl LineRules {
    /// From which age in working days a case is urgent.
    #[must_use]
    pub const fn sla(&self) -> Sla {
        Sla::of(self.review_working_days)
    }

    /// Whether some slot holds the printed form, so that there is one to print.
    #[must_use]
    pub fn prints(&self) -> bool {
        self.attachments.iter().any(|rules| rules.prints)
    }

    /// The rules of a slot.
    #[must_use]
    pub fn attachment(&self, slot: &str) -> Option<&AttachmentRules> {
        self.attachments.iter().find(|rules| rules.slot == slot)
    }

    /// Of a kind that a province does not have (any more): enough to show the cases that there are.
    fn closed(kind: CaseKind) -> Self {
        Self {
            name: kind.term().to_owned(),
            review_working_days: 10,
            returns: kind.rules().judged,
            may_withdraw: false,
            return_reasons: Vec::new(),
            pledge_at: PledgeAt::default(),
            pledge_title: String::new(),
            confirm_label: String::new(),
            briefing: Briefing::default(),
            attachment_tips: Vec::new(),
            attachments: Vec::new(),
        }
    }
}

static CLOSED: LazyLock<BTreeMap<CaseKind, LineRules>> =
    LazyLock::new(|| CaseKind::ALL.iter().map(|kind| (*kind, LineRules::closed(*kind))).collect());

impl Profile {
    /// What the province says about a kind of case, also of one that it does not have (any more).
    #[must_use]
    pub fn line(&self, kind: CaseKind) -> &LineRules {
        self.lines.get(&kind).unwrap_or_else(|| &CLOSED[&kind])
    }

    /// What it says about 信息采集.
    #[must_use]
    pub fn intake_line(&self) -> &LineRules {
        self.line(CaseKind::Intake)
    }

    /// Whether people can apply for it here.
    #[must_use]
    pub fn has_line(&self, kind: CaseKind) -> bool {
        self.lines.contains_key(&kind)
    }

    /// Working days of 手机号更换, where the province has it.
    #[must_use]
    pub fn phone_change_days(&self) -> Option<u32> {
        self.lines.get(&CaseKind::PhoneChange).map(|line| line.review_working_days)
    }

    /// Whether the form of 信息采集 asks people for an 电子邮箱.
    #[must_use]
    pub fn asks_email(&self) -> bool {
        self.intake.step(StepKey::Person).is_some_and(|step| step.field("email").is_some())
    }

    /// What a kind of case permits, less what the province takes away.
    #[must_use]
    pub fn kind_rules(&self, kind: CaseKind) -> KindRules {
        let row = kind.rules();
        KindRules { may_withdraw: row.may_withdraw && self.line(kind).may_withdraw, ..row }
    }
}
