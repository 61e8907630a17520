//! What the pages of 继续教育 show.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use super::credits::Credits;
use super::duty::Trigger;
use super::entry::CreditEntry;
use super::kind::{ConversionKind, Question};
use super::reckon::Reckoning;
use super::rules::{ConversionLayout, LearningRules};
use super::ways::{Way, YearState};
use super::window::Open;
use crate::answer::Flash;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::case::{Action, Section, Status};
use crate::fault::FieldErrors;
use crate::id::CaseId;
use crate::inspection::Inspections;
use crate::limit::Left;
use crate::not_converted::NotConverted;
use crate::papers::{Promise, SlotView};

/// The words that the pages of 继续教育 share.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LearningWords {
    /// What an amount is called: 学分.
    pub unit: String,
    /// What the hours are called: 学时.
    pub hour: String,
    /// 继续教育完成记录, 继续教育查询.
    pub record: String,
    /// 继续教育学分折算, 继续教育个人申报.
    pub conversion: String,
    /// What the list of the conversions is called: 继续教育管理.
    pub management: String,
    /// What the page of a new conversion is called: 继续教育提交.
    pub submission: String,
    /// What people do to have something counted: 折算, 抵免.
    pub converting: String,
    /// What a conversion is called that the bureau gave back, where it has a word of its own: 审核退回.
    pub returned: Option<String>,
    /// What the page of the conversion says of credits that it does not take; may be empty.
    pub note: String,
    /// For how many years originals are to be kept.
    pub keep_years: u32,
    /// How the page of a new conversion is laid out.
    pub layout: ConversionLayout,
    /// Whether people can ask for conversions here.
    pub converts: bool,
    /// Whether the province imports results of exams.
    pub exams: bool,
    /// Whether 信息采集 was approved, without which nothing can be asked for.
    pub is_collected: bool,
    /// 单位管理 and 单位管理员, where the province has them.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub employers: Option<(String, String)>,
}

impl LearningWords {
    /// Those of a province.
    #[must_use]
    pub fn of(rules: &LearningRules, converts: bool, is_collected: bool) -> Self {
        let management = rules.management_name.as_ref().unwrap_or(&rules.conversion_name);
        Self {
            unit: rules.unit.clone(),
            hour: rules.hour.clone(),
            record: rules.record_name.clone(),
            conversion: rules.conversion_name.clone(),
            management: management.clone(),
            submission: rules.submission_name.as_ref().unwrap_or(&rules.conversion_name).clone(),
            converting: rules.converting.clone(),
            returned: rules.returned_word.clone(),
            note: rules.note.clone(),
            keep_years: rules.keep_proofs_years,
            layout: rules.conversion_layout,
            converts,
            exams: rules.exams.is_some(),
            is_collected,
            employers: None,
        }
    }
}

/// 继续教育完成记录, 继续教育查询.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningView {
    /// What things are called.
    pub words: LearningWords,
    /// From when the person owes it: the first year, what decided, and the date in words. `None` where no date is known.
    pub duty: Option<(i32, Trigger, String)>,
    /// The learning year of today.
    pub now: i32,
    /// In China.
    pub today: NaiveDate,
    /// A row a year, the newest first.
    pub years: Vec<YearView>,
}

/// A year of the person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YearView {
    /// What it asks, where the person stands, and the last day.
    pub state: YearState,
    /// What is booked, and what is asked, in 学时.
    pub hours: Option<(Credits, Credits)>,
    /// What is asked for and not decided.
    pub pending: Credits,
    /// As they were booked.
    pub entries: Vec<EntryView>,
    /// The ways to what is missing that are open today, the quickest first.
    pub ways: Vec<Way>,
}

/// A row of the ledger with where it comes from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EntryView {
    /// The row.
    pub entry: CreditEntry,
    /// 登记年份, where it is not 培训年份.
    pub registered_in: Option<i32>,
    /// Which rule decided 培训年份 where the two differ, in words; empty where it is not known.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub year_by: String,
    /// The rule that it was reckoned by, in words.
    pub rule: String,
    /// Whether it counts: it was not taken back, and takes nothing back.
    pub stands: bool,
    /// The conversion of this person that booked it.
    pub case: Option<CaseId>,
}

/// What is still asked for this year, in a card.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LearningCard {
    /// What things are called.
    pub words: LearningWords,
    /// The learning year of today.
    pub year: YearView,
    /// In China.
    pub today: NaiveDate,
}

/// A kind of conversion as it can be chosen.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KindView {
    /// Its code.
    pub code: String,
    /// As people choose it.
    pub name: String,
    /// The question that the sub-options answer; may be empty.
    pub options_label: String,
    /// (code, name); empty where there is nothing to choose.
    pub options: Vec<(String, String)>,
    /// What else it asks.
    pub questions: Vec<Question>,
    /// Lines above the form.
    pub tips: Vec<String>,
    /// The titles of the proofs that it asks for.
    pub proofs: Vec<String>,
}

impl KindView {
    /// That of a kind. Questions of a common list get its choices; `choices` answers those of a list.
    #[must_use]
    pub fn of(kind: &ConversionKind, rules: &LearningRules, choices: impl Fn(&str) -> Vec<crate::province::Entry>) -> Self {
        let asked = |question: &Question| match &question.list {
            Some(list) => Question { choices: choices(list), ..question.clone() },
            None => question.clone(),
        };
        let title = |slot: &String| rules.proof(slot).map(|proof| proof.title.clone());
        Self {
            code: kind.code.clone(),
            name: kind.name.clone(),
            options_label: kind.options_label.clone(),
            options: kind.offered().map(|option| (option.code.clone(), option.name.clone())).collect(),
            questions: kind.questions.iter().map(asked).collect(),
            tips: kind.tips.clone(),
            proofs: kind.proofs.iter().filter_map(title).collect(),
        }
    }
}

/// A conversion in the list of its person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionLine {
    /// The case.
    pub case: CaseId,
    /// 受理编号; empty for a draft.
    pub number: String,
    /// 继续教育年度.
    pub year: i32,
    /// 继续教育方式, with the sub-option.
    pub name: String,
    /// As it was reckoned when it was handed in, then as it was booked; nothing before.
    pub amount: Credits,
    /// Where it stands.
    pub status: Status,
    /// Why it was returned or revoked; may be empty.
    pub reason: String,
    /// 证明材料: what names the file in addresses, and its title.
    pub proofs: Vec<(String, String)>,
    /// What the next change must name.
    pub version: i64,
    /// Whether the person may delete it.
    pub may_delete: bool,
}

/// 继续教育学分折算, 继续教育管理.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionsView {
    /// What things are called.
    pub words: LearningWords,
    /// The newest first.
    pub lines: Vec<ConversionLine>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// A new conversion: year and kind, or the entries below each other.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct NewConversionView {
    /// What things are called.
    pub words: LearningWords,
    /// The years for which it is open today, the newest first, with the last day.
    pub years: Vec<(i32, Open)>,
    /// Why it is shut, where it is for every year.
    pub shut: Option<NotConverted>,
    /// In the order of the page.
    pub kinds: Vec<KindView>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// One conversion, as its person sees it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ConversionView {
    /// What things are called.
    pub words: LearningWords,
    /// Where it stands.
    pub case: CaseSummary,
    /// What it is.
    pub kind: KindView,
    /// The years that can be chosen.
    pub years: Vec<i32>,
    /// `year`, `option` and the answers, as typed.
    pub answers: BTreeMap<String, String>,
    /// The version of the draft that the next save must name; 0 before the first save.
    pub version: i64,
    /// In UTC; `None` before the first save.
    pub saved_at: Option<DateTime<Utc>>,
    /// What it would give as it stands.
    pub reckoning: Option<Reckoning>,
    /// Why it could not be handed in as it stands; `None` where nothing but answers or proofs is missing.
    pub obstacle: Option<NotConverted>,
    /// What is wrong with the answers.
    pub errors: FieldErrors,
    /// 证明材料.
    pub slots: Vec<SlotView>,
    /// 备查: what the bureau said of the originals; `None` for what is not approved.
    pub inspections: Option<Inspections>,
    /// The slot of the originals, while the bureau asks for them.
    pub originals: Option<SlotView>,
    /// How many more files can be sent, when few can.
    pub uploads_left: Option<Left>,
    /// What was handed in, as people read it; empty for a draft.
    pub sections: Vec<Section>,
    /// 备注 of the person to the reviewer, as it was handed in; may be empty.
    pub remark: String,
    /// The rows of the ledger that came of it, as they were booked, each with its rule in words.
    pub booked: Vec<(CreditEntry, String)>,
    /// Why it was returned or revoked; may be empty.
    pub reason: String,
    /// Oldest first.
    pub timeline: Vec<TimelineItem>,
    /// What the person may do.
    pub actions: Vec<Action>,
    /// 本人承诺, and the sentence at its tick.
    pub promise: (Promise, String),
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
    /// Names the attempt to hand it in.
    pub request_key: String,
}
