//! The file of a departure: made when its person asks for it, locked, and downloaded by them.

use domain::limit::Limited;
use domain::relocation::passphrase;
use serde_json::json;
use store::relocation::DepartureRow;

use super::lock::{by_passphrase, for_recipient, own_recipient};
use super::pack::pack;
use super::places;
use crate::account::count;
use crate::{Failure, Limit, Visit};

/// Each is read, signed and locked anew, and written down for good.
const MADE: Limit = Limit::new(Limited::Requests, 20, 86_400);

/// Makes the file of the departure by which the record of whoever asks is elsewhere, over the one before. Answers the passphrase that
/// locks it, which is kept nowhere; `None` where a key of the destination does.
///
/// # Errors
/// `NotFound` for whoever's record has not left, `TooOften`, `SignInAgain`, `Store`, `Broken`.
pub async fn make_file(visit: &Visit) -> Result<Option<String>, Failure> {
    let row = departure(visit).await?;
    let (work, bucket) = (visit.clone(), visit.bucket("package:made", visit.account()?.as_str()));
    visit.write(move |tx| Box::pin(async move { count(tx, &work, &bucket, &[MADE]).await })).await?;
    let package = {
        let mut reader = visit.services.db.read().await?;
        pack(&visit.services, &visit.province, &mut reader, &row).await?
    };
    let signed = visit.services.notary.package(visit.province_key(), &serde_json::to_value(&package)?)?;
    let recipient = recipient(visit, &row.destination)?;
    let secret = recipient.is_none().then(|| passphrase(&visit.services.ids.secret()));
    let (to, by) = (recipient, secret.clone());
    let locked = tokio::task::spawn_blocking(move || match (to, by) {
        (Some(recipient), _) => for_recipient(&recipient, signed.as_bytes()),
        (None, Some(secret)) => by_passphrase(&secret, signed.as_bytes()),
        (None, None) => Err(Failure::Broken("a package without a lock".into())),
    });
    let file = locked.await.map_err(|_| Failure::Broken("a package that broke what locks it".into()))??;
    let work = visit.clone();
    let write = visit.write(move |tx| {
        Box::pin(async move {
            tx.keep_package(&row.case_id, &file, work.now()).await?;
            let detail = json!({ "package": row.package_id, "destination": row.destination });
            Ok::<_, Failure>(tx.audit(&work.entry("make_package", "case", row.case_id.as_str(), detail)).await?)
        })
    });
    write.await?;
    Ok(secret)
}

/// The file that was made last, with its name.
///
/// # Errors
/// `NotFound` where none was made, `SignInAgain`, `Store`.
pub async fn download(visit: &Visit) -> Result<(String, Vec<u8>), Failure> {
    let row = departure(visit).await?;
    let file = visit.services.db.read().await?.find_package(&row.case_id).await?.ok_or(Failure::NotFound)?;
    Ok((format!("{}-{}.age", row.province, row.destination), file))
}

async fn departure(visit: &Visit) -> Result<DepartureRow, Failure> {
    let account = visit.account()?;
    places(visit)?;
    visit.services.db.read().await?.find_standing_departure(account).await?.ok_or(Failure::NotFound)
}

/// What a package to a place is locked for, where that is known.
///
/// # Errors
/// `Broken` for keys of our own that are none.
pub(super) fn recipient(visit: &Visit, place: &str) -> Result<Option<String>, Failure> {
    if visit.services.provinces.contains_key(place) {
        return own_recipient(&visit.services, place).map(Some);
    }
    Ok(visit.province.places.get(place).and_then(|place| place.recipient.clone()))
}
