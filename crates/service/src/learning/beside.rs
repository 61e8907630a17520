//! What lies beside a conversion for its reviewer: the ledger of the person for that year.

use domain::case::Beside;
use domain::date::Dated;
use domain::learning::{Claim, CreditEntry, LearningRules, Standing, booked_of, reversal_of, rule_words};
use store::Reader;
use store::case::file::CaseRow;

use super::rules;
use crate::{Failure, Visit};

/// The rows of the year with where each comes from, their sums, what is missing, and what the cap of the kind leaves.
///
/// # Errors
/// `NotFound` where the province has no 继续教育, `Store`.
pub(super) async fn ledger(visit: &Visit, reader: &mut Reader, row: &CaseRow, claim: &Claim<'_>) -> Result<Beside, Failure> {
    let rules = rules(visit)?;
    let entries = reader.list_credits_of_year(&row.account_id, claim.year).await?;
    let columns = ["登记日期", "通过方式", "科目类别", rules.unit.as_str(), "依据", "规则", "状态"];
    Ok(Beside {
        title: format!("申请人 {} 年度的{}", claim.year, rules.unit),
        said: said(rules, &entries, claim),
        columns: columns.map(str::to_owned).into(),
        rows: entries.iter().map(|entry| line(rules, &entries, entry)).collect(),
    })
}

fn said(rules: &LearningRules, entries: &[CreditEntry], claim: &Claim<'_>) -> Vec<String> {
    let (year, unit) = (claim.year, &rules.unit);
    let mut said = Vec::new();
    if let Some(standard) = rules.year(year).map(|rules| rules.standard()) {
        let Standing { sums, missing, completed_on, .. } = Standing::of(entries, year, &standard);
        let (total, professional, public) = (sums.total, sums.professional, sums.public);
        said.push(format!("已登记 {total} {unit}：专业科目 {professional}，公需科目 {public}。要求{}。", standard.words(unit)));
        said.push(match completed_on {
            Some(on) => format!("{}达到要求。", Dated::Day(on).words()),
            None => format!("{}。", missing.words_of_missing(unit)),
        });
    }
    if let Some((kind, cap)) = claim.kind_in(rules).and_then(|kind| Some((kind, kind.cap?))) {
        let booked = booked_of(entries, claim.kind, year);
        let (short, left) = (&kind.short, cap.less(booked));
        said.push(format!("{short}本年度最多 {cap} {unit}，已登记 {booked} {unit}，还可以登记 {left} {unit}。"));
    }
    said
}

fn line(rules: &LearningRules, entries: &[CreditEntry], entry: &CreditEntry) -> Vec<String> {
    let state = match (entry.reverses.is_some(), reversal_of(entries, &entry.id).is_some()) {
        (true, _) => "撤销",
        (false, true) => "已撤销",
        (false, false) => "有效",
    };
    let (source, subject) = (entry.source.kind.term(), entry.subject.term());
    vec![
        entry.booked_on().to_string(),
        source.to_owned(),
        subject.to_owned(),
        entry.amount.to_string(),
        entry.arithmetic.clone(),
        rule_words(rules, entry),
        state.to_owned(),
    ]
}
