//! 分享链接: the holder gives somebody a link that shows what they chose, until it ends. It is counted by day, and nothing is kept of
//! who opened it.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{Duration, NaiveDate};
use domain::answer::Answer;
use domain::certificate::view::{CertificateView, ShareView, SharedView};
use domain::certificate::{MOST_SHARES, NameShown, ShareForm, Shared, SharedName, UnshareForm};
use domain::id::AccountId;
use domain::identity::mask;
use domain::limit::Limited;
use serde_json::json;
use sha2::{Digest, Sha256};
use store::certificate::CertificateRow;
use store::certificate::share::ShareRow;

use super::issue::{settle_asked, statement_of};
use super::ledger::certified;
use super::verify::PATIENCE;
use crate::account::path;
use crate::{Failure, Limit, Services, Visit, allow, china_date};

/// Links that somebody makes in a day.
const SHARES: Limit = Limit::new(Limited::Shares, 20, 24 * 60 * 60);

/// The certificate of a learning year; a complete one that nobody has certified yet, because it became so by another profile, is
/// certified now.
async fn standing(visit: &Visit, account: &AccountId, year: i32) -> Result<Option<CertificateRow>, Failure> {
    let mut reader = visit.services.db.read().await?;
    let found = reader.find_standing_certificate(account, year).await?;
    if found.is_some() {
        return Ok(found);
    }
    let entries = reader.list_credits_of_year(account, year).await?;
    let holder = reader.find_account(account).await?.ok_or(Failure::NotFound)?;
    drop(reader);
    if certified(&visit.province.profile, (&holder, year), None, &entries).is_none() {
        return Ok(None);
    }
    let (job, account) = (visit.clone(), account.clone());
    visit.write(move |tx| Box::pin(async move { settle_asked(tx, &job, &account, year).await })).await
}

/// What is written down of a link and what waits for it, by day, the newest first.
fn opened(written: Vec<(NaiveDate, i64)>, waiting: Vec<(NaiveDate, i64)>) -> Vec<(NaiveDate, i64)> {
    let mut days: BTreeMap<NaiveDate, i64> = BTreeMap::new();
    for (on, times) in written.into_iter().chain(waiting) {
        *days.entry(on).or_default() += times;
    }
    days.into_iter().rev().collect()
}

/// The page of the holder. `site` is the address of the site as others reach it.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` while the year is not certified, `Store`, `Broken`.
pub async fn certificate(visit: &Visit, year: i32, site: &str) -> Result<CertificateView, Failure> {
    let account = visit.account()?.clone();
    let learning = visit.province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
    let flash = visit.take_flash("share").await?;
    let row = standing(visit, &account, year).await?.ok_or(Failure::NotFound)?;
    let mut reader = visit.services.db.read().await?;
    let mut shares = Vec::new();
    for share in reader.list_open_shares(&account, year, visit.now()).await? {
        let opened = opened(reader.list_share_days(&share.id).await?, visit.services.openings.of(&share.id));
        let address =
            format!("{}/{}/shared/{}", site.trim_end_matches('/'), visit.province_key(), token(&visit.services, &share.id));
        shares.push(ShareView { address, shared: shared_of(&share), until: share.until_at, opened, id: share.id });
    }
    let shown = NameShown::from_code(&row.name_shown).unwrap_or(NameShown::Masked);
    Ok(CertificateView { year, unit: learning.unit.clone(), statement: statement_of(&row), shown, shares, flash })
}

/// 生成分享链接.
///
/// # Errors
/// `Invalid`, `NotFound` while the year is not complete, `TooOften` also where many links are open, `SignInAgain`, `Store`, `Broken`.
pub async fn share(visit: &Visit, form: &ShareForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let year = year_of(&form.year)?;
    let (shared, until) = form.check().map_err(Failure::Invalid)?;
    let (job, ticket, bucket) = (visit.clone(), visit.services.ids.id(), visit.bucket("share", account.as_str()));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let now = job.now();
            allow(tx, &ticket, &bucket, &[SHARES], now).await?;
            settle_asked(tx, &job, &account, year).await?.ok_or(Failure::NotFound)?;
            // The account is held since, so that two at once cannot pass together.
            let open = tx.list_open_shares(&account, year, now).await?;
            if let Some(oldest) = open.last().filter(|_| open.len() >= MOST_SHARES) {
                tx.end_share(&oldest.id, (&account, year), now).await?;
            }
            let id = job.services.ids.id();
            let row = ShareRow {
                token_hash: hash(&token(&job.services, &id)),
                account_id: account,
                year: year.into(),
                name_shown: shared.name.code().to_owned(),
                shows_document: shared.document,
                shows_credits: shared.credits,
                created_at: now,
                until_at: now + Duration::days(until.days()),
                ended_at: None,
                id,
            };
            tx.insert_share(&row).await?;
            let detail = json!({ "year": year, "name": row.name_shown, "document": shared.document, "credits": shared.credits });
            Ok::<_, Failure>(tx.audit(&job.entry("share_certificate", "certificate_share", &row.id, detail)).await?)
        })
    });
    written.await?;
    Ok(Answer::go(path(visit, &format!("/learning/certificate/{year}"))))
}

/// 停止分享; what is not open, or somebody else's, is left as it is.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn unshare(visit: &Visit, form: &UnshareForm) -> Result<Answer, Failure> {
    let (account, year) = (visit.account()?.clone(), year_of(&form.year)?);
    let (job, id) = (visit.clone(), form.share.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            if tx.end_share(&id, (&account, year), job.now()).await? {
                tx.audit(&job.entry("unshare_certificate", "certificate_share", &id, json!({ "year": year }))).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await?;
    Ok(Answer::go(path(visit, &format!("/learning/certificate/{year}"))))
}

/// What a link shows, counted; `None` for one that has ended or that nobody gave out. Counting takes no write of the one who opens it.
///
/// # Errors
/// `Busy` while the database does not answer, `Store`, `Broken`.
pub async fn shared(services: &Services, province: &str, token: &str) -> Result<Option<SharedView>, Failure> {
    let found = patiently(services, province, token).await?;
    if let Some((id, _)) = &found {
        services.openings.count(id, china_date(services.now()), 1);
    }
    Ok(found.map(|(_, view)| view))
}

/// The same for a program that only asks whether there is something, and so opens nothing.
///
/// # Errors
/// As [`shared`].
pub async fn looked_at(services: &Services, province: &str, token: &str) -> Result<Option<SharedView>, Failure> {
    Ok(patiently(services, province, token).await?.map(|(_, view)| view))
}

async fn patiently(services: &Services, province: &str, token: &str) -> Result<Option<(String, SharedView)>, Failure> {
    tokio::time::timeout(PATIENCE, look(services, province, token)).await.map_err(|_| Failure::Busy)?
}

async fn look(services: &Services, province: &str, token: &str) -> Result<Option<(String, SharedView)>, Failure> {
    let mut reader = services.db.read().await?;
    let now = services.now();
    let row = reader.find_share(&hash(token)).await?.filter(|row| row.ended_at.is_none() && row.until_at > now);
    let Some(row) = row else { return Ok(None) };
    let account = reader.find_account(&row.account_id).await?.filter(|account| account.province == province);
    let Some(account) = account else { return Ok(None) };
    let certificate = reader.find_standing_certificate(&row.account_id, i32::try_from(row.year).unwrap_or_default()).await?;
    drop(reader);
    let shared = shared_of(&row);
    let document = match shared.document {
        true => {
            Some(mask::document(&services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?))
        }
        false => None,
    };
    let name = certificate.as_ref().map(|certificate| shared.name.of(&certificate.holder)).unwrap_or_default();
    let statement = certificate.as_ref().map(statement_of);
    Ok(Some((row.id, SharedView { statement, shared, name, document, until: row.until_at })))
}

/// The token of a link comes from its id by the key of the house, so that its holder can see it again and the database never has it.
pub(super) fn token(services: &Services, id: &str) -> String {
    URL_SAFE_NO_PAD.encode(services.vault.keyed_hash("certificate_share", id))
}

fn hash(token: &str) -> Vec<u8> {
    Sha256::digest(token.as_bytes()).to_vec()
}

fn shared_of(row: &ShareRow) -> Shared {
    let name = SharedName::from_code(&row.name_shown).unwrap_or(SharedName::Hidden);
    Shared { name, document: row.shows_document, credits: row.shows_credits }
}

fn year_of(typed: &str) -> Result<i32, Failure> {
    typed.parse().map_err(|_| Failure::NotFound)
}
