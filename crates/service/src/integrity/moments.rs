//! What the integrity record tells in the timeline of a person's record.

use domain::case::{Moment, MomentKind};
use domain::id::AccountId;
use store::Reader;
use store::integrity::entry::IntegrityEntryRow;

use super::record::shown;
use crate::Failure;

/// Every entry that is shown, and when one was taken back.
///
/// # Errors
/// `Store`.
pub(super) async fn moments(reader: &mut Reader, account: &AccountId) -> Result<Vec<Moment>, Failure> {
    Ok(shown(reader.list_integrity_entries(account).await?).into_iter().map(moment).collect())
}

fn moment(row: IntegrityEntryRow) -> Moment {
    let what = row.kind.term();
    let done = if row.reverses.is_some() { "撤销" } else { "记入" };
    let number = if row.number.is_empty() { String::new() } else { format!("（{}）", row.number) };
    Moment {
        at: row.recorded_at,
        kind: MomentKind::Integrity,
        title: format!("诚信档案{done}{what}：{}", row.title),
        action: None,
        said: format!("{}{number}，{}", row.body, row.decided_on),
        way: "learning?integrity=all".to_owned(),
    }
}
