//! 调转 as a kind of case.

use std::collections::BTreeMap;

use domain::case::Status;
use domain::id::{AccountId, CaseId};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use store::Reader;
use store::case::round::SubmissionRow;

use super::body::TransferBody;
use super::{KIND, page};
use crate::case::{Beginning, Body, Kind, open_body};
use crate::{Failure, Services, Visit};

/// 调转.
pub(crate) struct Transfer;

impl Kind for Transfer {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<TransferBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    /// While it is open nothing else is handed in that decides what stands on record.
    fn bars<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
        (kind, _): Beginning<'a>,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        async move {
            if kind == KIND || !kind.is_of_record() {
                return Ok(None);
            }
            let case = reader.find_latest_case(account, KIND).await?;
            let is_open = case.is_some_and(|case| matches!(case.status, Status::Submitted | Status::Returned));
            Ok(is_open.then(|| page(visit)))
        }
        .boxed()
    }
}
