//! A person's record and their transfer: the one that is open, or was decided last.

use domain::case::{Refusal, Status};
use domain::id::AccountId;
use store::Reader;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::KIND;
use super::body::TransferBody;
use crate::case::open_body;
use crate::{Failure, Visit};

pub(super) struct Held {
    pub account: AccountRow,
    /// The newest version; `None` for somebody who has no record.
    pub record: Option<RecordRow>,
    pub case: Option<CaseRow>,
    /// The newest round.
    pub last: Option<TransferBody>,
    /// The proof of what was returned.
    pub files: Vec<AttachmentRow>,
}

impl Held {
    /// Loads it for the person who asks.
    ///
    /// # Errors
    /// `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader, asking: &AccountId) -> Result<Self, Failure> {
        let account = reader.find_account(asking).await?.ok_or(Refusal::SignInAgain)?;
        let record = reader.find_record(asking).await?;
        let case = reader.find_latest_case(asking, KIND).await?;
        let (mut last, mut files) = (None, Vec::new());
        if let Some(case) = &case {
            let newest = reader.list_submissions(&case.id).await?.pop();
            last = newest.map(|round| open_body(&visit.services, &case.id, &round)).transpose()?;
            if case.status == Status::Returned {
                files = reader.list_attachments(&case.id).await?;
            }
        }
        Ok(Self { account, record, case, last, files })
    }

    /// What was returned and can be handed in again.
    pub fn returned(&self) -> Option<&CaseRow> {
        self.case.as_ref().filter(|case| case.status == Status::Returned)
    }
}
