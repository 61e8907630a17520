//! How often a person may upload, whatever it is for, and what a slot takes.

use domain::id::AccountId;
use domain::limit::{Left, Limited};
use domain::province::AttachmentRules;
use store::Reader;
use store::case::attachment::AttachmentRow;

use crate::{Failure, Limit, Visit, allow, left};
use pictures::{PictureRules, Portrait};

/// A person needs seven files; more that are kept in a day than this are no longer corrections.
pub(crate) const UPLOADS: Limit = Limit::new(Limited::Uploads, 40, 24 * 60 * 60).announced_from(10);
/// So many proofs: somebody may have a year's papers, books and courses to prove on one day, of three pages each.
const PROOFS: Limit = Limit::new(Limited::Uploads, 120, 24 * 60 * 60).announced_from(10);
/// Files that were looked at, kept or not: each costs the server work, and nobody mends a file so often in a day.
const LOOKED_AT: Limit = Limit::new(Limited::Uploads, 200, 24 * 60 * 60);

/// The same of proofs.
const PROOFS_LOOKED_AT: Limit = Limit::new(Limited::Uploads, 400, 24 * 60 * 60);

/// What files are for; each is counted for itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum UploadFor {
    /// 信息采集.
    Intake,
    /// Proofs of 学分折算, licence and mandate of an employer.
    Proof,
}

impl UploadFor {
    /// What is kept is counted in this bucket, and what is looked at in that one.
    const fn buckets(self) -> [&'static str; 2] {
        match self {
            Self::Intake => ["upload", "upload:looked_at"],
            Self::Proof => ["proof", "proof:looked_at"],
        }
    }

    const fn limits(self) -> [Limit; 2] {
        match self {
            Self::Intake => [UPLOADS, LOOKED_AT],
            Self::Proof => [PROOFS, PROOFS_LOOKED_AT],
        }
    }
}

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
        long: studio::LONG_SIDE,
    }
}

/// Counts a file as kept and as looked at; answers what the first count is called.
///
/// # Errors
/// `TooOften`, `Store`.
pub(crate) async fn count_upload(visit: &Visit, account: &AccountId, of: UploadFor) -> Result<String, Failure> {
    let (ticket, looked_at, now) = (visit.services.ids.id(), visit.services.ids.id(), visit.now());
    let [kept, looked] = of.limits();
    let buckets = of.buckets().map(|name| visit.bucket(name, account.as_str()));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &ticket, &buckets[0], &[kept], now).await?;
            allow(tx, &looked_at, &buckets[1], &[looked], now).await?;
            Ok(ticket)
        })
    });
    write.await
}

/// A file that was refused, or that is there already, does not count as kept.
///
/// # Errors
/// `Store`.
pub(crate) async fn uncount_upload(visit: &Visit, ticket: Option<String>) -> Result<(), Failure> {
    let Some(ticket) = ticket else { return Ok(()) };
    visit.write(move |tx| Box::pin(async move { Ok(tx.remove_rate(&ticket).await?) })).await
}

/// How many more files a person can send, when few can.
///
/// # Errors
/// `Store`.
pub(crate) async fn uploads_left(
    reader: &mut Reader,
    visit: &Visit,
    account: &AccountId,
    of: UploadFor,
) -> Result<Option<Left>, Failure> {
    let ([bucket, _], [limit, _]) = (of.buckets(), of.limits());
    Ok(left(reader, &visit.bucket(bucket, account.as_str()), &[limit], visit.now()).await?)
}

/// Whether all of these lie in a slot already that takes several: the same once more adds no page.
pub(crate) fn are_there<'a>(most: u32, there: &[AttachmentRow], new: impl IntoIterator<Item = &'a str>) -> bool {
    most > 1 && new.into_iter().all(|sha256| there.iter().any(|row| row.sha256 == sha256))
}
