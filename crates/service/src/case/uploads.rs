//! How often a person may upload, whatever it is for, and what a slot takes.

use domain::id::AccountId;
use domain::limit::{Left, Limited};
use domain::province::AttachmentRules;
use store::Reader;

use crate::picture::{PictureRules, Portrait};
use crate::{Failure, Limit, Visit, allow, left};

/// A person needs seven files; more that are kept in a day than this are no longer corrections.
pub(crate) const UPLOADS: Limit = Limit::new(Limited::Uploads, 40, 24 * 60 * 60).announced_from(10);
/// Files that were looked at, kept or not: each costs the server work, and nobody mends a file so often in a day.
const LOOKED_AT: Limit = Limit::new(Limited::Uploads, 200, 24 * 60 * 60);

/// What a slot takes, one picture of it.
pub(crate) fn accepted(rules: &AttachmentRules) -> PictureRules {
    let min = (rules.min_width.unwrap_or(0), rules.min_height.unwrap_or(0));
    let min = Some(min).filter(|min| *min != (0, 0));
    let portrait = rules.studio().map(|studio| Portrait { rules: studio, kinds: rules.kinds.clone() });
    PictureRules {
        max_bytes: rules.max_bytes,
        max_source: rules.max_source(),
        kinds: rules.kinds.clone(),
        min,
        portrait,
        most: 1,
    }
}

/// Counts a file as kept and as looked at; answers what the first count is called.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count_upload(visit: &Visit, account: &AccountId) -> Result<String, Failure> {
    let (ticket, looked_at, now) = (visit.services.ids.id(), visit.services.ids.id(), visit.now());
    let buckets = ["upload", "upload:looked_at"].map(|name| visit.bucket(name, account.as_str()));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &ticket, &buckets[0], &[UPLOADS], now).await?;
            allow(tx, &looked_at, &buckets[1], &[LOOKED_AT], now).await?;
            Ok(ticket)
        })
    });
    write.await
}

/// A file that was refused does not count as kept.
///
/// # Errors
/// `Store`.
pub(crate) async fn uncount_upload(visit: &Visit, ticket: String) -> Result<(), Failure> {
    visit.write(move |tx| Box::pin(async move { Ok(tx.remove_rate(&ticket).await?) })).await
}

/// How many more files a person can send, when few can.
///
/// # Errors
/// `Store`.
pub(crate) async fn uploads_left(reader: &mut Reader, visit: &Visit, account: &AccountId) -> Result<Option<Left>, Failure> {
    Ok(left(reader, &visit.bucket("upload", account.as_str()), &[UPLOADS], visit.now()).await?)
}
