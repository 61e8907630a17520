//! The file of the integrity record for the national platform (docs/integrity-export.md).

use domain::calendar::china_midnight;
use domain::case::{Member, Power, holder};
use domain::fault::{Fault, FieldErrors};
use domain::integrity::export::{
    Asked, ExportBan, ExportEntry, ExportFile, ExportForm, ExportPerson, ExportProvince, ExportRecord, ExportState, FORMAT,
    MOST_ENTRIES, VERSION,
};
use domain::integrity::{Ban, Ending};
use domain::limit::Limited;
use serde_json::json;
use store::integrity::export::ExportedRow;

use super::rules;
use crate::account::count;
use crate::{Failure, Limit, Visit, china_date};

/// Files that an administrator may take in a day: each names people with their whole numbers.
const TAKEN: [Limit; 1] = [Limit::new(Limited::Requests, 20, 86_400)];

/// A file, as it leaves the house.
pub struct Exported {
    /// What it is called; names nobody.
    pub name: String,
    /// JSON.
    pub bytes: Vec<u8>,
}

impl std::fmt::Debug for Exported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Exported").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Whether the administrator who asks may take such files.
///
/// # Errors
/// `NotFound` where the province has no such record, `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub fn export_page(visit: &Visit) -> Result<(), Failure> {
    keeper(visit).map(drop)
}

fn keeper(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, Power::ExportIntegrity, &visit.province.bureaus)?.clone();
    rules(visit)?;
    Ok(who)
}

/// The entries that were recorded or ended on the days that are asked for, as a file. It is written down who took it.
///
/// # Errors
/// The faults of the form, `SlotFull` at `to` for more than a file holds; `TooOften`, and as [`export_page`]; `Store`, `Broken`.
pub async fn export_record(visit: &Visit, form: &ExportForm) -> Result<Exported, Failure> {
    let who = keeper(visit)?;
    let asked = form.check(visit.services.today())?;
    let (work, bucket) = (visit.clone(), visit.bucket("integrity:export", who.id.as_str()));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            count(tx, &work, &bucket, &TAKEN).await?;
            let span = (china_midnight(asked.from), china_midnight(asked.to.succ_opt().unwrap_or(asked.to)));
            let limit = i64::from(MOST_ENTRIES) + 1;
            let rows = tx.list_exported_entries(work.province_key(), asked.kinds, span, limit).await?;
            if rows.len() > MOST_ENTRIES as usize {
                return Err(FieldErrors::one("to", Fault::SlotFull(MOST_ENTRIES)).into());
            }
            let detail = json!({ "from": asked.from, "to": asked.to, "kinds": asked.kinds, "entries": rows.len() });
            tx.audit(&work.entry("export_integrity", "province", work.province_key(), detail)).await?;
            Ok::<_, Failure>(rows)
        })
    });
    let entries = written.await?.into_iter().map(|row| entry(visit, row)).collect::<Result<_, _>>()?;
    let file = file(visit, &asked, entries);
    let name = format!("integrity-{}-{}-{}.json", visit.province_key(), asked.from, asked.to);
    Ok(Exported { name, bytes: serde_json::to_vec_pretty(&file)? })
}

fn file(visit: &Visit, asked: &Asked, entries: Vec<ExportEntry>) -> ExportFile {
    let profile = &visit.province.profile;
    let mut kinds = asked.kinds.to_vec();
    kinds.dedup();
    ExportFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        province: ExportProvince { key: profile.key.clone(), code: profile.code.clone(), name: profile.name.clone() },
        from: asked.from,
        to: asked.to,
        kinds,
        made_at: visit.now(),
        entries,
    }
}

fn entry(visit: &Visit, row: ExportedRow) -> Result<ExportEntry, Failure> {
    let state = match row.ending() {
        None => ExportState::Standing,
        Some(Ending::Revoked) => ExportState::Revoked,
        Some(Ending::Removed) => ExportState::Removed,
        Some(Ending::Corrected) => ExportState::Corrected,
    };
    let (id, kind, ended_on) = (row.case_number.clone().unwrap_or_default(), row.kind, row.ended_at.map(china_date));
    // What stands no longer is only taken down.
    let record = if state == ExportState::Standing { Some(record(visit, row)?) } else { None };
    Ok(ExportEntry { id, kind, state, ended_on, record })
}

fn record(visit: &Visit, row: ExportedRow) -> Result<ExportRecord, Failure> {
    let (rules, today, ban) = (rules(visit)?, visit.services.today(), row.ban());
    let is_penalty = row.kind == domain::integrity::EntryKind::Penalty;
    let public = if is_penalty { rules.public_until(ban, row.decided_on) } else { None };
    let document = visit.services.vault.open_text("account.document", row.account_id.as_str(), &row.document_sealed)?;
    let person = ExportPerson { name: row.name, document_kind: row.document_kind, document_number: document };
    Ok(ExportRecord {
        person,
        title: row.title,
        level: rules.level(&row.level).map_or(row.level, |level| level.label.clone()),
        body: row.body,
        number: row.number,
        decided_on: row.decided_on,
        basis: row.basis,
        ban: ban.map(|ban| ExportBan::of(ban, today)),
        is_public: public.is_some_and(|until| until.is_active(today)),
        public_until: public.and_then(|until| match until {
            Ban::Until(day) => Some(day),
            Ban::Life => None,
        }),
        bureau: row.bureau,
        recorded_on: china_date(row.recorded_at),
    })
}
