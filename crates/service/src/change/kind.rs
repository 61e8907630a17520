//! 信息变更 as a kind of case.

use std::collections::BTreeMap;

use domain::case::Action;
use domain::id::CaseId;
use domain::province::{AttachmentRules, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::Value;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::annul::{put_back, put_forward};
use super::body::ChangeBody;
use super::file::Folder;
use super::{KIND, page};
use crate::case::{Annulled, Body, Kind, open_body};
use crate::{Failure, Services, Visit};

/// 信息变更.
pub(crate) struct Change;

impl Kind for Change {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ChangeBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        page(visit, "files")
    }

    fn slot<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<AttachmentRules, Failure>> {
        async move {
            let folder = Folder::of(visit, reader, Some(row.clone())).await?.ok_or(Failure::NotFound)?;
            folder.permit(visit, Action::Save)?;
            let called = folder.slots(visit, &folder.changed())?.into_iter().find(|(rules, _)| rules.slot == slot);
            called.map(|(rules, _)| rules.clone()).ok_or(Failure::NotFound)
        }
        .boxed()
    }

    fn higher<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        levels: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        super::earned::higher(visit, reader, levels).boxed()
    }

    fn annulment(&self, _: &Visit) -> Option<String> {
        Some("档案恢复到这次变更以前的内容，作为新的版本；以后再次变更过的内容不变。".to_owned())
    }

    fn annul<'a>(&'a self, tx: &'a mut Tx, of: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        put_back(tx, of).boxed()
    }

    fn restore<'a>(&'a self, tx: &'a mut Tx, of: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        put_forward(tx, of).boxed()
    }
}
