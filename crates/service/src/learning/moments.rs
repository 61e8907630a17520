//! What the ledger of credits tells in the timeline of a person's record.

use domain::case::{Moment, MomentKind};
use domain::id::AccountId;
use domain::learning::{CreditEntry, LearningRules};
use store::Reader;

use super::rules;
use crate::{Failure, Visit};

/// Every row of the ledger, those that take others back among them; nothing where the province has no 继续教育.
///
/// # Errors
/// `Store`.
pub(super) async fn moments(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<Moment>, Failure> {
    let Ok(rules) = rules(visit) else { return Ok(Vec::new()) };
    let entries = reader.list_credits(account).await?;
    Ok(entries.iter().map(|entry| moment(rules, entry)).collect())
}

fn moment(rules: &LearningRules, entry: &CreditEntry) -> Moment {
    let unit = &rules.unit;
    let title = match entry.reverses {
        Some(_) => format!("撤销 {} {unit}", -entry.amount),
        None => format!("登记 {} {unit}", entry.amount),
    };
    let (subject, source) = (entry.subject.term(), entry.source.kind.term());
    Moment {
        at: entry.booked_at,
        kind: MomentKind::Credit,
        title,
        action: None,
        said: format!("{} 年度{subject}，{source}：{}", entry.year, entry.arithmetic),
        way: format!("learning#year-{}", entry.year),
    }
}
