//! 撤销审核通过 of a conversion whose proof is false or missing: the ledger gets a reversal.

use domain::learning::{CreditEntry, Credits, Source, SourceKind, booked_by};
use serde_json::{Value, json};
use store::Tx;
use store::learning::integrity::IntegrityNoteRow;

use super::inspect::fail_open;
use super::top_up::top_up;
use super::{KIND, rules};
use crate::Failure;
use crate::case::{Revoked, Told, bureau_name, short};
use crate::certificate::settle_for;

/// What a revocation took back, and 受理编号 and amount of what others got by it.
#[derive(Default)]
struct Taken {
    amount: Credits,
    more: Vec<(String, Credits)>,
}

/// Takes the credits back by further rows, and lets the person ask for the same again.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn revoke(tx: &mut Tx, of: &Revoked<'_>) -> Result<Value, Failure> {
    let taken = take_back(tx, of).await?;
    tx.release_conversion(&of.row.id).await?;
    fail_open(tx, of.visit, &of.row.id).await?;
    tx.insert_integrity_note(&note(of)).await?;
    told(of, &taken)?.tell(tx, &of.visit.services, of.account, of.row).await?;
    Ok(json!({ "round": of.row.round, "hundredths": taken.amount.hundredths() }))
}

/// For the integrity record of the person.
fn note(of: &Revoked<'_>) -> IntegrityNoteRow {
    IntegrityNoteRow {
        id: of.visit.services.ids.id(),
        account_id: of.row.account_id.clone(),
        case_id: of.row.id.clone(),
        reason: of.reason.to_owned(),
        staff_id: of.who.id.clone(),
        noted_at: of.visit.now(),
    }
}

/// The reversals of what the case has booked, and what others get by the room that is left. Answers how much was taken.
async fn take_back(tx: &mut Tx, of: &Revoked<'_>) -> Result<Taken, Failure> {
    let (visit, row) = (of.visit, of.row);
    let entries = tx.list_credits(&row.account_id).await?;
    let source = Source { kind: SourceKind::Conversion, id: row.id.to_string() };
    let Some(first) = booked_by(&entries, &source).cloned() else { return Ok(Taken::default()) };
    let mut taken = Credits::ZERO;
    for own in entries.iter().filter(|entry| entry.is_of_case(&row.id)) {
        let new = visit.services.ids.id().into();
        let by = (of.who.id.as_str(), visit.now(), of.reason);
        // A reversal, and what was taken back before, are left as they are.
        let Ok(reversal) = CreditEntry::reversing(&entries, &own.id, new, by) else { continue };
        tx.book_credit(&row.account_id, &row.province, &reversal).await?;
        taken = taken + own.amount;
    }
    let more = top_up(tx, visit, row, &first, of.who.id.as_str()).await?;
    settle_for(tx, visit, &row.account_id, first.year).await?;
    Ok(Taken { amount: taken, more })
}

fn told(of: &Revoked<'_>, taken: &Taken) -> Result<Told, Failure> {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (name, unit) = (&visit.line(KIND).name, &rules(visit)?.unit);
    let (bureau, number) = (bureau_name(&visit.province, row.bureau.as_ref()), row.number.as_deref().unwrap_or_default());
    let site = &visit.province.profile.site.title;
    let Taken { amount, more } = taken;
    let more: String = more
        .iter()
        .map(|(number, more)| format!("\n您的另一件{name}（编号 {number}）因此不再受上限限制，补登记 {more} {unit}。"))
        .collect();
    let body = format!(
        "{bureau}撤销了您的{name}（编号 {number}）的审核通过，已登记的 {amount} {unit}相应扣回。\n原因：{reason}{more}\n有异议的，请联系{bureau}。"
    );
    let sms = format!("{}，您好。您的{name}已被撤销审核通过：{}请登录{site}查看。", row.applicant, short(reason));
    Ok(Told { title: format!("{name}已撤销"), body, sms: Some(("revoked", sms)) })
}
