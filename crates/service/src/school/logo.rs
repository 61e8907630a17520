//! 标志 of a school: what its keepers send is drawn anew by the gate of all pictures, small and without metadata, and shown beside
//! its name to everybody.

use domain::answer::Answer;
use domain::fault::Fault;
use domain::limit::Limited;
use domain::school::forms::TokenForm;
use serde_json::json;

use super::keep::keeper;
use crate::account::{count, path};
use crate::{Failure, Limit, Visit};
use pictures::{PictureError, PictureRules};

/// The most bytes of a picture of which a logo is made.
pub const MOST_BYTES: u32 = 2 << 20;
/// The long side of a logo, in pixels: twice what is shown.
const LONG: u32 = 240;
/// Pictures that one may send in an hour.
const SENT: Limit = Limit::new(Limited::Uploads, 30, 3_600);

/// What the session remembers a fault of the picture by.
fn fault_name(school: &str) -> String {
    format!("logo:{school}")
}

/// What was wrong with the picture that was sent last without scripts, once.
pub(super) async fn take_fault(visit: &Visit, school: &str) -> Result<Option<Fault>, Failure> {
    let name = fault_name(school);
    let fault = visit.glimpse()?.upload_faults.get(&name).cloned();
    if fault.is_some() {
        visit.remember(move |memo| memo.upload_faults.forget(|kept| kept == name)).await?;
    }
    Ok(fault)
}

/// Keeps a picture as the logo of a school; `sent` is its bytes, or what is wrong with them already. A fault is remembered for the
/// page.
///
/// # Errors
/// `NotFound` for a school of another province, `TooOften`, `Busy`; as [`kept_schools`](super::kept_schools).
pub async fn keep_logo(visit: &Visit, school: &str, sent: Result<Vec<u8>, Fault>) -> Result<(), Failure> {
    let by = keeper(visit)?.id;
    let there = visit.services.db.read().await?.find_school(school).await?;
    there.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    let (work, bucket) = (visit.clone(), visit.bucket("school:logo", by.as_str()));
    let counted = visit.write(move |tx| Box::pin(async move { count(tx, &work, &bucket, &[SENT]).await }));
    counted.await?;
    let drawn = match sent {
        Ok(bytes) => draw(visit, bytes).await?,
        Err(fault) => Err(fault),
    };
    let body = match drawn {
        Ok(body) => body,
        Err(fault) => {
            let name = fault_name(school);
            return visit.remember(move |memo| memo.upload_faults.keep(name, fault)).await;
        }
    };
    let (work, id) = (visit.clone(), school.to_owned());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let there = tx.lock_school(&id).await?.filter(|row| row.province == work.province_key());
            there.ok_or(Failure::NotFound)?;
            let mark = super::hash_of_bytes(&body);
            tx.put_logo(&id, (&body, &mark), (&by, work.now())).await?;
            Ok::<_, Failure>(tx.audit(&work.entry("keep_school_logo", "school", &id, json!({ "mark": mark }))).await?)
        })
    });
    written.await
}

/// No format is kept as it came, so that what is shown was always drawn here.
async fn draw(visit: &Visit, bytes: Vec<u8>) -> Result<Result<Vec<u8>, Fault>, Failure> {
    let rules = PictureRules {
        max_bytes: MOST_BYTES,
        max_source: MOST_BYTES,
        kinds: Vec::new(),
        min: Some((32, 32)),
        portrait: None,
        most: 1,
        long: LONG,
    };
    match visit.services.pictures.inspect(bytes, rules).await {
        Ok(pictures) => Ok(pictures.into_iter().next().map(|picture| picture.view).ok_or(Fault::FileDamaged)),
        Err(PictureError::Refused(fault)) => Ok(Err(fault)),
        Err(PictureError::Busy) => Err(Failure::Busy),
    }
}

/// 删除标志.
///
/// # Errors
/// As [`keep_logo`].
pub async fn take_logo_away(visit: &Visit, form: &TokenForm) -> Result<Answer, Failure> {
    keeper(visit)?;
    let (work, id) = (visit.clone(), form.school.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let there = tx.lock_school(&id).await?.filter(|row| row.province == work.province_key());
            there.ok_or(Failure::NotFound)?;
            if tx.take_logo_away(&id).await? {
                tx.audit(&work.entry("take_school_logo_away", "school", &id, json!({}))).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await?;
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}

/// The logo of a school of the province (JPEG), for whoever looks at its pages.
///
/// # Errors
/// `NotFound` where there is none, `Store`.
pub async fn logo(visit: &Visit, school: &str) -> Result<Vec<u8>, Failure> {
    let logo = visit.services.db.read().await?.find_logo(school, visit.province_key()).await?;
    logo.ok_or(Failure::NotFound)
}
