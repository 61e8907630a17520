//! The rules across the fields of a form.

use super::check::Reader;
use crate::fault::Fault;
use crate::province::{NamedRule, StepKey};

/// A rule across fields. Without `rule` it holds in every province, otherwise where the profile names it.
pub(super) struct Across {
    pub step: StepKey,
    pub rule: Option<NamedRule>,
    pub check: fn(&mut Reader),
}

/// All of them, in the order in which they are checked.
pub(super) const ACROSS: &[Across] = &[
    Across { step: StepKey::Education, rule: Some(NamedRule::FullTimeNotNone), check: full_time_not_none },
    Across { step: StepKey::Education, rule: Some(NamedRule::FullTimeNotAbovePartTime), check: full_time_not_above_part_time },
    Across { step: StepKey::Qualification, rule: Some(NamedRule::OneRowPerCategory), check: one_row_per_category },
    Across { step: StepKey::Employment, rule: None, check: a_bureau_takes_the_case },
    Across { step: StepKey::Employment, rule: Some(NamedRule::StartedNotAfterAppointed), check: started_not_after_appointed },
];

/// 全日制学历不能为无 (手册甲 二（二）2); rank 0 is 无学历.
fn full_time_not_none(read: &mut Reader) {
    if read.rank("full_time_level") == Some(0) {
        read.errors.push("full_time_level", Fault::FullTimeNone);
    }
}

/// 全日制学历不能高于非全日制学历, when the latter is given (手册甲 二（二）2).
fn full_time_not_above_part_time(read: &mut Reader) {
    let ranks = (read.rank("full_time_level"), read.rank("part_time_level"));
    if matches!(ranks, (Some(full), Some(part)) if part > 0 && full > part) {
        read.errors.push("full_time_level", Fault::FullTimeAbovePartTime);
    }
}

/// 同类型的专业技术资格只填写最高级别 (手册甲 二（二）3).
fn one_row_per_category(read: &mut Reader) {
    let mut seen: Vec<String> = Vec::new();
    for row in read.rows() {
        let name = format!("rows.{row}.category");
        let Some(category) = read.text(&name).map(str::to_owned) else { continue };
        if seen.contains(&category) {
            read.errors.push(&name, Fault::DuplicateRow);
        }
        seen.push(category);
    }
}

/// The division leads to a bureau; where the province lets people choose, to one among those that match (手册丙 7).
fn a_bureau_takes_the_case(read: &mut Reader) {
    let division = read.text("division").unwrap_or_default();
    let matching = read.cx.bureaus.matching(division);
    if matching.is_empty() {
        let fault = if division.is_empty() { Fault::Missing } else { Fault::NoBureau };
        return read.errors.push("division", fault);
    }
    let chosen = read.text("bureau").unwrap_or_default();
    let is_wrong = !chosen.is_empty() && !matching.iter().any(|bureau| bureau.code == chosen);
    if read.cx.chooses_bureau() && is_wrong {
        read.errors.push("bureau", Fault::NotInList);
    }
}

/// 开始从事会计工作时间不得晚于专业技术职务聘任时间 (手册甲 二（二）4).
fn started_not_after_appointed(read: &mut Reader) {
    let dates = (read.date("accounting_started_on"), read.date("title_appointed_on"));
    if matches!(dates, (Some(started), Some(appointed)) if started.is_surely_after(appointed)) {
        read.errors.push("accounting_started_on", Fault::StartedAfterAppointed);
    }
}
