//! 证明查验: for anybody, by the signature and by the register. Neither needs a session, and the first needs no database.

use std::time::Duration;

use domain::certificate::view::{Registered, RegisteredOf, VerifiedView};
use domain::certificate::{Doubt, Presented, Signed, Standing, Verdict, province_of_key, province_of_number};
use store::Reader;
use store::certificate::CertificateRow;
use store::certificate::extract::ExtractRow;

use super::extract::extract_of;
use super::issue::{REPLACED, statement_of};
use super::notary::{KeySet, Opened, named_key};
use crate::{Failure, Services, china_date};

/// Whoever scans a paper shall not wait for a database that does not answer.
pub(super) const PATIENCE: Duration = Duration::from_secs(3);

/// The public keys of every province that is served here.
///
/// # Errors
/// `Broken` for keys that are none.
pub fn key_set(services: &Services) -> Result<KeySet, Failure> {
    let keys = services.provinces.keys().map(|province| services.notary.public_keys(province));
    Ok(KeySet { keys: keys.collect::<Result<Vec<_>, _>>()?.concat() })
}

/// What holds of what somebody brought to a province; `None` where that is nothing.
///
/// # Errors
/// `Broken` for keys that are none.
pub async fn verified(services: &Services, province: &str, typed: &str) -> Result<Option<VerifiedView>, Failure> {
    match Presented::read(typed) {
        Presented::Nothing => Ok(None),
        Presented::Other => Ok(Some(bare(Verdict::NotOurs))),
        Presented::Number(number) => Ok(Some(of_number(services, province, &number).await)),
        Presented::Code(code) => of_code(services, province, &code).await.map(Some),
    }
}

/// The same by a file with public keys alone. Whether it was taken back since, they cannot know.
#[must_use]
pub fn verified_offline(keys: &KeySet, typed: &str) -> VerifiedView {
    let opened = match Presented::read(typed) {
        Presented::Code(code) => keys.open(&code),
        Presented::Nothing | Presented::Number(_) | Presented::Other => Err(Doubt::NotOurs),
    };
    let verdict = Verdict::of_code(opened.as_ref().map(|_| ()).map_err(Clone::clone), Standing::Unreachable);
    VerifiedView { verdict, signed: opened.ok().map(|opened| opened.signed), registered: None }
}

fn bare(verdict: Verdict) -> VerifiedView {
    VerifiedView { verdict, signed: None, registered: None }
}

async fn of_code(services: &Services, province: &str, code: &str) -> Result<VerifiedView, Failure> {
    let Opened { signed, key_id } = match opened(services, code)? {
        Ok(opened) => opened,
        Err(doubt) => return Ok(bare(Verdict::of_code(Err(doubt), Standing::Unreachable))),
    };
    if let Some(other) = province_of_key(&key_id).filter(|key| *key != province) {
        return Ok(bare(Verdict::OtherProvince { key: other.to_owned() }));
    }
    let (register, found) = looked_up(services, province, signed.number()).await;
    let is_same = found.is_none_or(|found| found.signed().agrees(&signed));
    let verdict = Verdict::of_code(Ok(()), if is_same { register } else { Standing::Unknown });
    let signed = verdict.is_certified().then_some(signed);
    Ok(VerifiedView { verdict, signed, registered: None })
}

/// By the keys of the province that the code names.
fn opened(services: &Services, code: &str) -> Result<Result<Opened, Doubt>, Failure> {
    let named = match named_key(code) {
        Ok(named) => named,
        Err(doubt) => return Ok(Err(doubt)),
    };
    let of = province_of_key(&named).filter(|province| services.provinces.contains_key(*province));
    let keys = of.map(|province| services.notary.public_keys(province)).transpose()?.unwrap_or_default();
    Ok(KeySet { keys }.open(code))
}

async fn of_number(services: &Services, province: &str, number: &str) -> VerifiedView {
    if let Some(key) = elsewhere(services, province, number) {
        return bare(Verdict::OtherProvince { key });
    }
    let (register, found) = looked_up(services, province, number).await;
    VerifiedView { verdict: Verdict::of_number(register), signed: None, registered: found.map(Found::registered) }
}

/// The other province that is served here whose number this is.
fn elsewhere(services: &Services, province: &str, number: &str) -> Option<String> {
    let code = province_of_number(number);
    let has_code = |key: &str| services.provinces.get(key).is_some_and(|of| of.profile.code == code);
    if has_code(province) {
        return None;
    }
    services.provinces.keys().find(|key| has_code(key)).cloned()
}

/// What stands in the register under a number.
enum Found {
    Certificate(CertificateRow),
    Extract(ExtractRow),
}

impl Found {
    fn signed(&self) -> Signed {
        match self {
            Self::Certificate(row) => statement_of(row).into(),
            Self::Extract(row) => extract_of(row).into(),
        }
    }

    fn registered(self) -> Registered {
        match self {
            Self::Certificate(row) => {
                let year = i32::try_from(row.year).unwrap_or_default();
                Registered { of: RegisteredOf::Year(year), number: row.number, issuer: row.issuer }
            }
            Self::Extract(row) => Registered { of: RegisteredOf::Version(row.version), number: row.number, issuer: row.issuer },
        }
    }
}

/// What the register says of a number of the province, with the row where there is one.
async fn looked_up(services: &Services, province: &str, number: &str) -> (Standing, Option<Found>) {
    let look = tokio::time::timeout(PATIENCE, look_up(services, province, number));
    match look.await {
        Ok(Ok(found)) => found,
        Ok(Err(error)) => {
            tracing::warn!(%error, "the register of certificates does not answer");
            (Standing::Unreachable, None)
        }
        Err(_) => (Standing::Unreachable, None),
    }
}

async fn look_up(services: &Services, province: &str, number: &str) -> Result<(Standing, Option<Found>), Failure> {
    let mut reader = services.db.read().await?;
    if let Some(row) = reader.find_certificate(number).await?.filter(|row| row.province == province) {
        return Ok((standing(&mut reader, &row).await?, Some(Found::Certificate(row))));
    }
    let Some(row) = reader.find_extract(number).await?.filter(|row| row.province == province) else {
        return Ok((Standing::Unknown, None));
    };
    // Whoever has a record has one that holds now.
    let standing = row.ended_at.map_or(Standing::Stands, |at| Standing::Replaced { on: china_date(at), is_complete: true });
    Ok((standing, Some(Found::Extract(row))))
}

async fn standing(reader: &mut Reader, row: &CertificateRow) -> Result<Standing, Failure> {
    Ok(match row.ended_at {
        None => Standing::Stands,
        Some(at) if row.ended_by == REPLACED => {
            let year = i32::try_from(row.year).unwrap_or_default();
            let is_complete = reader.find_standing_certificate(&row.account_id, year).await?.is_some();
            Standing::Replaced { on: china_date(at), is_complete }
        }
        Some(at) => Standing::Revoked { on: china_date(at) },
    })
}
