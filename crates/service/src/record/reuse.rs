//! A paper of 证照库 in another slot: as if it had been uploaded there, so that every check of that slot runs.

use std::sync::Arc;

use domain::answer::Answer;
use domain::fault::FieldErrors;
use domain::id::{AccountId, CaseId};
use domain::papers::UploadAnswer;
use domain::record::ReuseForm;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::attachment::AttachmentRow;
use store::{Reader, Tx};

use crate::case::{Door, bring, own_bytes, slot_view};
use crate::{Failure, Visit};

/// Uses a paper in a slot that may be filled now, and leads there.
///
/// # Errors
/// Faults of the picture at `paper`; `NotFound` for a paper that is not there, a slot that is not asked for and the case of somebody
/// else; the refusals of uploads; `Busy`, `SignInAgain`, `Store`, `Broken`.
pub async fn reuse_paper(visit: &Visit, form: &ReuseForm) -> Result<Answer, Failure> {
    let (file, bytes) = own_bytes(visit, &form.paper).await?;
    let case = {
        let mut reader = visit.services.db.read().await?;
        slot_view(visit, &mut reader, &CaseId::from(form.case.as_str()), &form.slot).await?.0
    };
    let name = file.name.clone();
    let door = Arc::new(FromLibrary { account: file.account_id, paper: file.id, sha256: file.sha256 });
    match bring(visit, (&case, &form.slot), (&name, ""), bytes, door).await? {
        UploadAnswer::Kept(_) => {}
        UploadAnswer::Wrong(fault) => return Err(FieldErrors::one("paper", fault).into()),
        UploadAnswer::Refused(refusal) => return Err(refusal.into()),
        UploadAnswer::Busy => return Err(Failure::Busy),
    }
    let page = visit.services.kinds.of(case.kind).slot_trail(visit, &case).pop().map(|(_, page)| page).unwrap_or_default();
    Ok(Answer::go(format!("{page}#slot-{}", form.slot)))
}

/// The way from 证照库 into a slot: the same paper twice has no second effect.
struct FromLibrary {
    account: AccountId,
    paper: String,
    sha256: String,
}

impl Door for FromLibrary {
    fn came_before<'a>(&'a self, reader: &'a mut Reader) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move {
            let files = reader.list_all_files(&self.account).await?.into_iter();
            Ok(files.filter(|file| file.sha256 == self.sha256).map(|file| file.id).collect())
        }
        .boxed()
    }

    fn pass<'a>(&'a self, _: &'a mut Tx, _: &'a [AttachmentRow]) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }

    fn noted(&self) -> Value {
        json!({ "paper": self.paper })
    }
}
