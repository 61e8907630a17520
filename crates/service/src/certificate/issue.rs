//! One certificate stands for a completed learning year of somebody. Whatever changes the ledger settles it in the same
//! transaction: it is issued when the year is completed, replaced when the name or the sums have changed, revoked when the ledger
//! falls below the standard by which it was issued. A profile that is edited ends none.

use chrono::{DateTime, Utc};
use domain::certificate::{Facts, NameShown, Statement, certificate_number};
use domain::id::AccountId;
use domain::learning::{Credits, Standard, Sums};
use domain::province::Profile;
use serde_json::{Value, json};
use store::Tx;
use store::audit::Entry;
use store::certificate::{CertificateRow, End};

use super::ledger::certified;
use crate::{Failure, Services, Visit};

/// Who is noted in the audit trail for what becomes of certificates.
pub struct Noting<'a>(&'a (dyn Fn(&'static str, &str, Value) -> Entry + Sync));

impl<'a> Noting<'a> {
    /// By a function that makes an entry about a certificate: action, number, detail.
    #[must_use]
    pub fn by(entry: &'a (dyn Fn(&'static str, &str, Value) -> Entry + Sync)) -> Self {
        Self(entry)
    }

    fn entry(&self, action: &'static str, number: &str, detail: Value) -> Entry {
        (self.0)(action, number, detail)
    }
}

/// The certificate of a learning year as the ledger is now; `None` where the year is not complete. It is for whoever changes
/// the ledger, inside that write, and has one effect however often it is called.
///
/// # Errors
/// `Store`, `Broken`.
pub async fn settle(
    tx: &mut Tx,
    (services, profile): (&Services, &Profile),
    (account, year): (&AccountId, i32),
    noting: &Noting<'_>,
) -> Result<Option<CertificateRow>, Failure> {
    // Whoever else settles for the same person waits here.
    let account = tx.lock_account(account).await?.ok_or_else(|| Failure::Broken("a ledger without account".into()))?;
    let standing = tx.find_standing_certificate(&account.id, year).await?;
    let entries = tx.list_credits_of_year(&account.id, year).await?;
    let now = services.now();
    match (certified(profile, (&account, year), standing.as_ref(), &entries), standing) {
        (None, None) => Ok(None),
        (None, Some(row)) => {
            tx.end_certificate(&row.number, &End { by: REVOKED, at: now, replaced_by: None }).await?;
            tx.audit(&noting.entry(REVOKE, &row.number, json!({ "year": year }))).await?;
            Ok(None)
        }
        (Some((facts, _)), Some(row)) if still_says(&row, &facts) => Ok(Some(row)),
        (Some((facts, standard)), former) => {
            let shown = former.as_ref().and_then(|row| NameShown::from_code(&row.name_shown)).unwrap_or(NameShown::Masked);
            let row = signed(services, profile, (&facts, &standard), shown, now)?;
            if let Some(former) = &former {
                let end = End { by: REPLACED, at: now, replaced_by: Some(&row.number) };
                tx.end_certificate(&former.number, &end).await?;
            }
            tx.insert_certificate(&row).await?;
            let detail = json!({ "year": year, "replaces": former.map(|row| row.number) });
            tx.audit(&noting.entry("issue_certificate", &row.number, detail)).await?;
            Ok(Some(row))
        }
    }
}

/// Whether a certificate that stands says what holds: the name and the sums. That the house which issued it has another name
/// today, or asks something else, makes it no other one.
fn still_says(row: &CertificateRow, facts: &Facts) -> bool {
    let certified = facts_of(row);
    certified.holder == facts.holder && certified.sums == facts.sums
}

/// The same for whoever changes the ledger by a visit: one line after the last `book_credit` of the write.
///
/// # Errors
/// As [`settle`].
pub async fn settle_for(tx: &mut Tx, visit: &Visit, account: &AccountId, year: i32) -> Result<Option<CertificateRow>, Failure> {
    let entry = |action, number: &str, detail| visit.entry(action, "certificate", number, detail);
    settle(tx, (&visit.services, &visit.province.profile), (account, year), &Noting::by(&entry)).await
}

/// The same for the holder, who asks for it and changes nothing: a year that is complete is certified by now. Should the ledger say
/// less than the certificate all the same, it is not the holder who is noted as having taken it back.
pub(super) async fn settle_asked(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountId,
    year: i32,
) -> Result<Option<CertificateRow>, Failure> {
    let entry = |action, number: &str, detail| {
        let entry = visit.entry(action, "certificate", number, detail);
        if action == REVOKE { Entry { actor_kind: "system", actor_id: "certificate".into(), ..entry } } else { entry }
    };
    settle(tx, (&visit.services, &visit.province.profile), (account, year), &Noting::by(&entry)).await
}

/// Whoever changes the name of somebody settles what was certified under the former one, after the change and in the same write.
///
/// # Errors
/// As [`settle`].
pub async fn renamed(tx: &mut Tx, visit: &Visit, account: &AccountId) -> Result<(), Failure> {
    for (year,) in tx.list_certified_years(account).await? {
        settle_for(tx, visit, account, i32::try_from(year).unwrap_or_default()).await?;
    }
    super::amended(tx, visit, account).await
}

/// What is noted where one is taken back.
const REVOKE: &str = "revoke_certificate";

/// How rows end.
pub(super) const REVOKED: &str = "revoked";
pub(super) const REPLACED: &str = "replaced";

fn signed(
    services: &Services,
    profile: &Profile,
    (facts, standard): (&Facts, &Standard),
    shown: NameShown,
    now: DateTime<Utc>,
) -> Result<CertificateRow, Failure> {
    let number = certificate_number(&profile.code, facts.year, services.ids.number());
    let statement = Statement::of(facts, &number, shown, now);
    Ok(CertificateRow {
        statement: services.notary.sign(&profile.key, &statement.into())?,
        number,
        account_id: facts.account.clone(),
        province: profile.key.clone(),
        year: facts.year.into(),
        holder: facts.holder.clone(),
        issuer: facts.issuer.clone(),
        total: facts.sums.total.hundredths(),
        professional: facts.sums.professional.hundredths(),
        public: facts.sums.public.hundredths(),
        completed_on: facts.completed_on,
        name_shown: shown.code().to_owned(),
        issued_at: now,
        ended_by: String::new(),
        ended_at: None,
        replaced_by: None,
        asked_total: standard.total.hundredths(),
        asked_professional: standard.professional.map(Credits::hundredths),
        asked_public: standard.public.map(Credits::hundredths),
        asked_version: standard.version.clone(),
    })
}

/// What a row certifies.
pub(super) fn facts_of(row: &CertificateRow) -> Facts {
    Facts {
        account: row.account_id.clone(),
        year: i32::try_from(row.year).unwrap_or_default(),
        holder: row.holder.clone(),
        issuer: row.issuer.clone(),
        sums: Sums {
            total: Credits::of_hundredths(row.total),
            professional: Credits::of_hundredths(row.professional),
            public: Credits::of_hundredths(row.public),
        },
        completed_on: row.completed_on,
    }
}

/// What a row says to whoever verifies it.
pub(super) fn statement_of(row: &CertificateRow) -> Statement {
    let shown = NameShown::from_code(&row.name_shown).unwrap_or(NameShown::Hidden);
    Statement::of(&facts_of(row), &row.number, shown, row.issued_at)
}

/// The same row with another degree of the name, where the holder asks for one.
pub(super) async fn show_name(
    tx: &mut Tx,
    visit: &Visit,
    row: CertificateRow,
    shown: Option<NameShown>,
) -> Result<CertificateRow, Failure> {
    let Some(shown) = shown.filter(|shown| shown.code() != row.name_shown) else { return Ok(row) };
    let statement = Statement::of(&facts_of(&row), &row.number, shown, row.issued_at);
    let statement = visit.services.notary.sign(visit.province_key(), &statement.into())?;
    tx.show_name_on_certificate(&row.number, shown.code(), &statement).await?;
    let entry = visit.entry("show_name_on_certificate", "certificate", &row.number, json!({ "shown": shown.code() }));
    tx.audit(&entry).await?;
    Ok(CertificateRow { name_shown: shown.code().to_owned(), statement, ..row })
}
