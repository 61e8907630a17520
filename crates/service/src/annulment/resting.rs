//! What rests on an approval: what was signed, certified and booked on the record since.

use std::collections::BTreeMap;

use domain::learning::Credits;
use store::Reader;
use store::case::file::CaseRow;

use crate::{Failure, Visit};

/// It, in sentences. An annulment takes none of it back: each is looked into by itself.
///
/// # Errors
/// `Store`.
pub(super) async fn resting(reader: &mut Reader, visit: &Visit, of: &CaseRow) -> Result<Vec<String>, Failure> {
    let account = &of.account_id;
    let is_since = |at| of.decided_at.or(of.submitted_at).is_none_or(|since| at >= since);
    let mut said = Vec::new();
    if let Some(row) = reader.find_standing_extract(account).await?.filter(|row| is_since(row.issued_at)) {
        said.push(format!("登记表（带电子签名，编号 {}），撤销登记后不再有效", row.number));
    }
    let certificates = reader.list_all_certificates(account).await?;
    for row in certificates.iter().filter(|row| row.ended_at.is_none() && is_since(row.issued_at)) {
        said.push(format!("{} 年度继续教育完成证明（编号 {}）", row.year, row.number));
    }
    let entries = reader.list_credits(account).await?;
    let is_reversed = |id| entries.iter().any(|entry| entry.reverses.as_ref() == Some(id));
    let stands = entries.iter().filter(|entry| entry.reverses.is_none() && !is_reversed(&entry.id) && is_since(entry.booked_at));
    let mut booked = BTreeMap::<_, i64>::new();
    for entry in stands {
        *booked.entry((entry.year, entry.source.kind)).or_default() += entry.amount.hundredths();
    }
    let unit = visit.province.profile.learning.as_ref().map_or("学分", |learning| learning.unit.as_str());
    let line = |((year, kind), sum): ((i32, domain::learning::SourceKind), i64)| {
        format!("{year} 年度{} {} {unit}", kind.term(), Credits::of_hundredths(sum))
    };
    said.extend(booked.into_iter().rev().map(line));
    Ok(said)
}
