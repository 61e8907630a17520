//! The profile of a province as it stands in `provinces/<key>.toml`. Unknown keys are refused.

use std::collections::BTreeMap;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer};

use super::intake::IntakeRules;
use super::line::LineRules;
use super::record::RecordRules;
use super::review::ReviewRules;
use super::site::{AccountRules, Portal, Site};
use super::steps::StepRules;
use crate::annulment::AnnulmentRules;
use crate::case::CaseKind;
use crate::change::ChangeRules;
use crate::confirmation::ConfirmationRules;
use crate::employer::EmployerRules;
use crate::integrity::IntegrityRules;
use crate::learning::LearningRules;
use crate::national::NationalRules;
use crate::question::QuestionRules;
use crate::reminder::ReminderRules;
use crate::transfer::TransferRules;

/// What one province says differently from the others. `S` is a step as it is asked, or as it stands in the file.
#[derive(Clone, PartialEq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Profile<S = StepRules> {
    /// The segment of the address and the name of the file, such as `yunhai`.
    pub key: String,
    /// The division code of the province, such as `430000`.
    pub code: String,
    /// 省份, as people call it.
    pub name: String,
    /// Who runs the site and whom to ask.
    pub site: Site,
    /// How people register and log in.
    pub account: AccountRules,
    /// What the first page shows.
    pub portal: Portal,
    /// The kinds of case that the province has, with what every kind has; see [`Profile::line`].
    #[serde(deserialize_with = "by_kind")]
    pub lines: BTreeMap<CaseKind, LineRules>,
    /// What only 信息采集 has.
    pub intake: IntakeRules<S>,
    /// Where the province has 手机号更换.
    #[serde(default)]
    pub phone_change: Option<PhoneChangeRules>,
    /// 这不是我本人, where whoever gets a message about somebody else's account can freeze it.
    #[serde(default)]
    pub freeze: Option<FreezeRules>,
    /// 信息变更, where the province has it.
    #[serde(default)]
    pub change: Option<ChangeRules>,
    /// 调转, where the province has it.
    #[serde(default)]
    pub transfer: Option<TransferRules>,
    /// The national platform, and from when on it collects in the place of the province.
    #[serde(default)]
    pub national: Option<NationalRules>,
    /// 单位管理, where the province has it.
    #[serde(default)]
    pub employers: Option<EmployerRules>,
    /// 单位确认, where the administrator of an employer may speak in the place of a paper.
    #[serde(default)]
    pub confirmation: Option<ConfirmationRules>,
    /// 诚信, where the province has it.
    #[serde(default)]
    pub integrity: Option<IntegrityRules>,
    /// 撤销登记, in provinces that have the line of it.
    #[serde(default)]
    pub annulment: Option<AnnulmentRules>,
    /// How its bureaus review.
    #[serde(default)]
    pub review: ReviewRules,
    /// 咨询.
    #[serde(default)]
    pub questions: QuestionRules,
    /// Of which deadlines people are reminded, and how long before.
    #[serde(default)]
    pub reminders: ReminderRules,
    /// What the person reads of their own record.
    #[serde(default)]
    pub record: RecordRules,
    /// 继续教育, where the province has it: here or in `learning/<key>.toml`.
    #[serde(default)]
    pub learning: Option<LearningRules>,
}

/// By way of text keys, so that a fault within a line is told with the whole way to it.
fn by_kind<'de, D: Deserializer<'de>>(reader: D) -> Result<BTreeMap<CaseKind, LineRules>, D::Error> {
    let lines = BTreeMap::<String, LineRules>::deserialize(reader)?;
    let kinds: Vec<&str> = CaseKind::ALL.iter().map(|kind| kind.code()).collect();
    let known = |code: String| CaseKind::from_code(&code).ok_or(code);
    let of = |code| known(code).map_err(|code| D::Error::custom(format!("unknown variant `{code}`, expected one of {kinds:?}")));
    lines.into_iter().map(|(code, line)| Ok((of(code)?, line))).collect()
}

/// 手机号更换: the hours in which the owner of the old number can object.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhoneChangeRules {
    /// 异议期, in hours after the approval.
    pub cool_off_hours: u32,
}

/// 这不是我本人: a link in every message to the number of an account.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FreezeRules {
    /// So many hours nobody signs in to the account.
    pub hours: u32,
    /// So many days the link of a message serves.
    pub link_days: u32,
}

impl FreezeRules {
    /// What a stranger to an account may do to it stays short: nobody who has a number keeps its owner out for long.
    pub const LONGEST_HOURS: u32 = 72;
}
