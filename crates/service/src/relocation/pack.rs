//! What goes into a package: everything that the province has on record of somebody.

use std::collections::BTreeMap;

use domain::case::CaseKind;
use domain::id::BureauCode;
use domain::intake::{Context, display};
use domain::learning::{CreditEntry, reversal_of};
use domain::province::Province;
use domain::relocation::{
    Approval, FORMAT, Package, PackedCredit, PackedEntry, PackedFile, PackedHolder, PackedVersion, Party, VERSION,
};
use store::Reader;
use store::archive::RecordRow;
use store::integrity::entry::IntegrityEntryRow;
use store::relocation::DepartureRow;

use super::name_of;
use crate::case::bureau_name;
use crate::intake::RecordBody;
use crate::{Failure, Services};

/// The package of a departure that was approved.
///
/// # Errors
/// `NotFound` while it was not, `Store`, `Broken`.
pub(super) async fn pack(
    services: &Services,
    province: &Province,
    reader: &mut Reader,
    row: &DepartureRow,
) -> Result<Package, Failure> {
    let left_at = row.left_at.ok_or(Failure::NotFound)?;
    let broken = |what: &str| Failure::Broken(format!("a departure without {what}"));
    let account = reader.find_account(&row.account_id).await?.ok_or_else(|| broken("account"))?;
    let case = reader.find_case(&row.case_id).await?.ok_or_else(|| broken("case"))?;
    let mut versions = Vec::new();
    for record in reader.list_records(&account.id).await? {
        versions.push(version(services, province, &record)?);
    }
    if versions.is_empty() {
        return Err(broken("record"));
    }
    let record = versions.remove(0);
    let credits = reader.list_credits(&account.id).await?;
    let entries = reader.list_integrity_entries(&account.id).await?;
    let (key, places) = (&province.profile.key, &province.places);
    let party = |key: &str| Party { key: key.to_owned(), name: name_of(places, key) };
    Ok(Package {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: row.package_id.clone(),
        origin: party(key),
        destination: party(&row.destination),
        issued_at: services.now(),
        holder: PackedHolder {
            name: account.name.clone(),
            document_kind: account.document_kind.clone(),
            document_number: services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?,
        },
        departure: Approval {
            bureau_name: bureau_name(province, case.bureau.as_ref()),
            approved_at: left_at,
            case_number: case.number.unwrap_or_default(),
        },
        record,
        versions,
        ledger: credits.iter().map(|entry| credit(&credits, entry)).collect(),
        integrity: entries.iter().filter(|row| row.reverses.is_none()).map(|row| entry(&entries, row)).collect(),
    })
}

fn version(services: &Services, province: &Province, row: &RecordRow) -> Result<PackedVersion, Failure> {
    let body = RecordBody::open(services, row)?;
    let cx = Context::of(province, &body.holder, &body.answers, services.today());
    let titles = titles(services, province);
    let file = |slot: &str, sha256: &str| PackedFile {
        slot: slot.to_owned(),
        title: titles.get(slot).cloned().unwrap_or_else(|| slot.to_owned()),
        sha256: sha256.to_owned(),
    };
    let bureau: &BureauCode = &row.bureau;
    Ok(PackedVersion {
        number: row.version,
        approval: Approval {
            bureau_name: bureau_name(province, bureau),
            approved_at: row.created_at,
            case_number: body.case_number.clone(),
        },
        sections: display(&cx, &body.answers),
        answers: body.answers.values().into_iter().map(|(item, value)| (item, value.to_owned())).collect(),
        files: body.files.iter().map(|of| file(&of.slot, &of.sha256)).collect(),
    })
}

/// What the slots are called that a record may have files of.
pub(super) fn titles(services: &Services, province: &Province) -> BTreeMap<String, String> {
    let mut titles = services.kinds.of(CaseKind::Change).file_titles(province);
    titles.extend(services.kinds.of(CaseKind::Intake).file_titles(province));
    titles
}

fn credit(all: &[CreditEntry], of: &CreditEntry) -> PackedCredit {
    PackedCredit {
        year: of.year,
        subject: of.subject.term().to_owned(),
        credits: of.amount.to_string(),
        source: of.source.kind.term().to_owned(),
        reckoned: of.arithmetic.clone(),
        booked_on: of.booked_on(),
        taken_back: reversal_of(all, &of.id).is_some(),
    }
}

fn entry(all: &[IntegrityEntryRow], of: &IntegrityEntryRow) -> PackedEntry {
    PackedEntry {
        kind: of.kind.term().to_owned(),
        title: of.title.clone(),
        body: of.body.clone(),
        number: of.number.clone(),
        decided_on: of.decided_on,
        ban: of.ban().map(|ban| ban.words()).unwrap_or_default(),
        taken_back: all.iter().any(|row| row.reverses.as_deref() == Some(of.id.as_str())),
    }
}
