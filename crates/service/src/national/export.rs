//! 学分导出: what was booked in a period, as a file for the national platform (docs/credits.md). It names people with whole numbers, so that
//! it is counted and written down who took it.

use domain::calendar::china_midnight;
use domain::case::{Member, Power, holder};
use domain::fault::{Fault, FieldErrors};
use domain::learning::Credits;
use domain::limit::Limited;
use domain::national::credits::{CreditsFile, FORMAT, FileCredit, FileProvince, MOST, PeriodForm, VERSION};
use domain::national::has_copies;
use domain::national::view::ExportView;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::learning::export::BookedRow;

use crate::account::count;
use crate::{Failure, Limit, Visit, china_date};

/// Files that an administrator may make in a day.
const MADE: Limit = Limit::new(Limited::Requests, 20, 86_400);

/// Whoever brings the copies in brings the credits out.
fn keeper(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, Power::Import, &visit.province.bureaus)?.clone();
    let profile = &visit.province.profile;
    if profile.learning.is_none() || !has_copies(profile) {
        return Err(Failure::NotFound);
    }
    Ok(who)
}

/// The page.
///
/// # Errors
/// `NotFound` where the province has no 继续教育 or no national platform collects for it on any day; `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub fn export_view(visit: &Visit) -> Result<ExportView, Failure> {
    keeper(visit)?;
    let platform = visit.province.profile.national.as_ref().map(|rules| rules.name.clone()).unwrap_or_default();
    let until = visit.services.today().pred_opt().unwrap_or(visit.services.today());
    Ok(ExportView { platform, most: MOST, until })
}

/// The file of a period, with its name.
///
/// # Errors
/// The faults of the form, `TooManyRows` at `until` where a file cannot hold what was booked; `TooOften`, and as [`export_view`]; `Store`, `Broken`.
pub async fn export_credits(visit: &Visit, form: &PeriodForm) -> Result<(String, Vec<u8>), Failure> {
    let who = keeper(visit)?;
    let (from, until) = form.check(visit.services.today())?;
    let (job, bucket) = (visit.clone(), visit.bucket("credits:export", who.id.as_str()));
    visit.write(move |tx| Box::pin(async move { count(tx, &job, &bucket, &[MADE]).await })).await?;
    let end = until.succ_opt().unwrap_or(until);
    let times = (china_midnight(from), china_midnight(end));
    let rows = visit.services.db.read().await?.list_booked(visit.province_key(), times, MOST + 1).await?;
    let size = rows.len();
    if i64::try_from(size).unwrap_or(i64::MAX) > MOST {
        return Err(FieldErrors::one("until", Fault::TooManyRows(u32::try_from(MOST).unwrap_or(u32::MAX))).into());
    }
    let profile = &visit.province.profile;
    let file = CreditsFile {
        format: FORMAT.to_owned(),
        version: VERSION,
        id: visit.services.ids.id(),
        province: FileProvince { key: profile.key.clone(), code: profile.code.clone(), name: profile.name.clone() },
        from,
        until,
        issued_at: visit.now(),
        credits: rows.into_iter().map(|row| credit(visit, row)).collect::<Result<_, _>>()?,
    };
    let bytes = serde_json::to_vec_pretty(&file)?;
    let (work, id, hash) = (visit.clone(), file.id, hex::encode(Sha256::digest(&bytes)));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let detail = json!({ "from": from, "until": until, "rows": size, "sha256": hash });
            Ok::<_, Failure>(tx.audit(&work.entry("export_credits", "credits_file", &id, detail)).await?)
        })
    });
    written.await?;
    Ok((format!("credits-{}-{from}-{until}.json", profile.key), bytes))
}

fn credit(visit: &Visit, row: BookedRow) -> Result<FileCredit, Failure> {
    Ok(FileCredit {
        document_number: visit.services.vault.open_text("account.document", row.account_id.as_str(), &row.document_sealed)?,
        id: row.id,
        name: row.name,
        document_kind: row.document_kind,
        year: i32::try_from(row.year).unwrap_or_default(),
        subject: row.subject.term().to_owned(),
        credits: Credits::of_hundredths(row.amount).to_string(),
        source: row.source_kind.term().to_owned(),
        booked_on: china_date(row.booked_at),
        reverses: row.reverses,
    })
}
