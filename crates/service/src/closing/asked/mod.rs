//! 档案关闭申请: a person asks that their record be closed. Whoever approves it enters the closing with what was asked for, and another
//! person confirms that, as with every closing.

mod apply;
mod kind;
mod show;
#[cfg(test)]
mod stories;

pub use apply::{ask_closing, drop_request};
pub(crate) use kind::ClosingRequest;
pub use show::request_view;

use domain::case::{CaseKind, Refusal, Status};
use domain::id::AccountId;
use domain::province::AttachmentRules;
use serde::{Deserialize, Serialize};
use store::Reader;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use super::ClosingBody;
use crate::case::open_body;
use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::ClosingRequest;
/// The slot of the proof.
const PROOF: &str = "proof";

/// What was asked for, as it lies sealed in the submission: what the closing will say.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(transparent)]
struct RequestBody(ClosingBody);

/// What is asked of the proof; where the province has no such line there is no such thing.
fn proof(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(KIND).attachment(PROOF).ok_or(Failure::NotFound)
}

fn page(visit: &Visit) -> String {
    format!("/{}/closing", visit.province_key())
}

/// A person's record and their request: the one that is open, or was decided last.
struct Held {
    account: AccountRow,
    /// `None` for somebody who has no record.
    record: Option<RecordRow>,
    case: Option<CaseRow>,
    /// The newest round.
    last: Option<RequestBody>,
    /// The proof of what was returned.
    files: Vec<AttachmentRow>,
}

impl Held {
    async fn load(visit: &Visit, reader: &mut Reader, asking: &AccountId) -> Result<Self, Failure> {
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
    fn returned(&self) -> Option<&CaseRow> {
        self.case.as_ref().filter(|case| case.status == Status::Returned)
    }

    /// Whether what was asked for is being closed: one of the bureau has entered it, and another is to confirm it. What a bureau prepares of
    /// its own accord is not told.
    async fn is_confirming(&self, reader: &mut Reader) -> Result<bool, Failure> {
        let written_at = self.record.as_ref().map(|record| record.created_at);
        let approved = self.case.as_ref().filter(|case| case.status == Status::Approved);
        if approved.is_none_or(|case| case.decided_at < written_at) {
            return Ok(false);
        }
        let is_open = |status| matches!(status, Status::Submitted | Status::Returned);
        Ok(reader.list_closings_of(&self.account.id).await?.iter().any(|row| is_open(row.status)))
    }
}
