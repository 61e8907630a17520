//! What the person may do beside handing in: 撤销申请, 取消申请, 删除 of a draft.

use domain::case::{Action, Role, permitted};
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::event::then;
use super::{By, line};
use crate::{Failure, Visit};

/// What ends the waiting of the owner's own accord: 撤销申请 (手册甲 二（二）), after which the case is a draft again; 取消申请,
/// which ends what waits at the bureau or was returned by it; 删除 of a draft, which forgets what was typed and the files of
/// one that was never submitted. That there was one stays known.
///
/// # Errors
/// `NotAllowedIn` where the kind or the province knows no such thing; `Stale` when the case changed since it was read.
pub(crate) async fn take_back(tx: &mut Tx, visit: &Visit, case: &CaseRow, action: Action) -> Result<(), Failure> {
    permitted(case.status, Role::Owner, action, &visit.kind_rules(case.kind))?;
    let event = line(&visit.services, case, action, By::owner(case, &case.applicant), "")?;
    tx.move_case(case, then(case, action)?, None, visit.now()).await?;
    tx.add_event(&event).await?;
    if action == Action::Delete {
        tx.clear_drafts(&case.id).await?;
        if case.round == 0 {
            tx.clear_attachments(&case.id).await?;
        }
    }
    Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), json!({ "round": case.round }))).await?)
}
