//! What a revocation leaves room for: other conversions of the kind and year that the cap had cut get the rest of what they are
//! worth, by further rows.

use std::collections::BTreeMap;

use domain::id::CaseId;
use domain::learning::{CreditEntry, Credits, TopUp, kind_of, top_ups};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::rules;
use crate::{Failure, Visit};

/// Books it, in the order in which the others were booked; what stood under another 科目类别 is taken back and booked whole. The account is locked, `freed` is the row that was taken back, `row`
/// the case that had booked it. Answers 受理编号 and amount of each. Repeating it books nothing.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn top_up(
    tx: &mut Tx,
    visit: &Visit,
    row: &CaseRow,
    freed: &CreditEntry,
    by: &str,
) -> Result<Vec<(String, Credits)>, Failure> {
    let rules = rules(visit)?;
    let mut worths = BTreeMap::new();
    let mut numbers = BTreeMap::new();
    for other in tx.list_conversions_of(&row.account_id, freed.year, kind_of(&freed.rule)).await? {
        worths.insert(other.case_id.to_string(), Credits::of_hundredths(other.worth));
        numbers.insert(other.case_id.to_string(), other.number.unwrap_or_default());
    }
    let entries = tx.list_credits_of_year(&row.account_id, freed.year).await?;
    let mut told = Vec::new();
    for more in top_ups(rules, &entries, &worths, freed) {
        let number = row.number.as_deref().unwrap_or_default();
        let why = more.why_taken_back(rules);
        for old in &more.taken_back {
            let new = visit.services.ids.id().into();
            // What was taken back before is left as it is.
            let Ok(reversal) = CreditEntry::reversing(&entries, &old.id, new, (by, visit.now(), &why)) else { continue };
            tx.book_credit(&row.account_id, &row.province, &reversal).await?;
        }
        let entry = more.entry(rules, (freed, number), visit.services.ids.id().into(), (by, visit.now()));
        if tx.book_credit(&row.account_id, &row.province, &entry).await? {
            note(tx, visit, row, &more).await?;
            told.push((numbers.remove(&more.first.source.id).unwrap_or_default(), more.more));
        }
    }
    Ok(told)
}

async fn note(tx: &mut Tx, visit: &Visit, row: &CaseRow, more: &TopUp) -> Result<(), Failure> {
    let case = CaseId::from(more.first.source.id.as_str());
    let amount = (more.booked + more.more).hundredths();
    tx.settle_conversion(&case, (amount, more.worth.hundredths())).await?;
    let detail = json!({ "hundredths": more.more.hundredths(), "after": row.id });
    Ok(tx.audit(&visit.entry("top_up", "case", case.as_str(), detail)).await?)
}
