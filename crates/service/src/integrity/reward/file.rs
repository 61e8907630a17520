//! One reward of a person, loaded at once.

use domain::case::{Action, Role, permitted};
use domain::id::CaseId;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::integrity::RewardRow;
use store::{Reader, Tx};

use super::super::REWARD;
use crate::{Failure, Visit};

/// A reward of the person who asks.
pub(super) struct Held {
    pub account: AccountRow,
    pub case: CaseRow,
    pub row: RewardRow,
    pub files: Vec<AttachmentRow>,
}

impl Held {
    /// Loads it for the person whose it is.
    ///
    /// # Errors
    /// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader, id: &CaseId) -> Result<Self, Failure> {
        let case = reader.find_case(id).await?;
        Self::of(visit, reader, case).await
    }

    /// The same, locked until the end of the write.
    ///
    /// # Errors
    /// The same.
    pub async fn lock(visit: &Visit, tx: &mut Tx, id: &CaseId) -> Result<Self, Failure> {
        let case = tx.lock_case(id).await?;
        Self::of(visit, tx, case).await
    }

    async fn of(visit: &Visit, reader: &mut Reader, case: Option<CaseRow>) -> Result<Self, Failure> {
        let asking = visit.account()?;
        let case = case.filter(|case| case.kind == REWARD && case.account_id == *asking).ok_or(Failure::NotFound)?;
        let missing = |what: &str| Failure::Broken(format!("a reward without {what}"));
        let account = reader.find_account(&case.account_id).await?.ok_or_else(|| missing("account"))?;
        let row = reader.find_reward(&case.id).await?.ok_or_else(|| missing("its row"))?;
        let files = reader.list_attachments(&case.id).await?;
        Ok(Self { account, case, row, files })
    }

    /// Whether its person may do this now.
    ///
    /// # Errors
    /// Why not.
    pub fn permit(&self, visit: &Visit, action: Action) -> Result<(), Failure> {
        Ok(permitted(self.case.status, Role::Owner, action, &visit.kind_rules(REWARD))?)
    }
}
