//! What administrators do about a batch: one asks, another agrees. Credits of thousands hang on it, or what is held against people, so that nobody does both.

use domain::answer::Answer;
use domain::case::{Member, Refusal};
use domain::import::{ImportAct, ImportStage};
use domain::limit::Limited;
use serde_json::json;
use store::Tx;

use super::view::offers;
use super::{keeper, kind_of, stage_of};
use crate::account::{count, path};
use crate::staff::administrators;
use crate::{Failure, Limit, Visit};

/// What an administrator may ask for in a day: each is told to all of them by SMS.
const ASKED: Limit = Limit::new(Limited::Requests, 50, 86_400);

/// 申请导入, 申请撤销, 同意, 不同意, 放弃, over the version that was seen. What is agreed to is done by the house, right afterwards.
/// Pressed again, it is the same.
///
/// # Errors
/// `NotYours` for what one asked for oneself or a shut account did; `Stale` when it was moved since; `NotFound` for a batch of another
/// province; `SignInAgain`, `SecondFactorNeeded`, `Store`.
pub async fn act(visit: &Visit, batch: &str, (act, version): (&str, &str)) -> Result<Answer, Failure> {
    let who = keeper(visit)?;
    let act = ImportAct::from_code(act).ok_or(Failure::NotFound)?;
    let seen: i64 = version.parse().map_err(|_| Failure::Stale)?;
    let (work, id) = (visit.clone(), batch.to_owned());
    let written = visit.write(move |tx| Box::pin(async move { make(tx, &work, &who, &id, (act, seen)).await }));
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/imports/{batch}"))))
}

async fn make(tx: &mut Tx, visit: &Visit, who: &Member, id: &str, (act, seen): (ImportAct, i64)) -> Result<(), Failure> {
    let row = tx.lock_import(id).await?.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?;
    let stage = stage_of(&row)?;
    // The same once more, whose answer was lost.
    let asks = matches!(act, ImportAct::Apply | ImportAct::Undo);
    if asks && row.version == seen + 1 && stage.waits() && row.asked_by.as_ref() == Some(&who.id) {
        return Ok(());
    }
    let to = stage.after(act).filter(|_| row.version == seen).ok_or(Failure::Stale)?;
    if !offers(tx, &row, &who.id).await?.contains(&act) {
        return Err(Refusal::NotYours.into());
    }
    let asked_by = if asks { Some(&who.id) } else { row.asked_by.as_ref() };
    if asks {
        count(tx, visit, &visit.bucket("import:ask", who.id.as_str()), &[ASKED]).await?;
    }
    if act == ImportAct::Agree {
        tx.agree_to_import(id, &who.id).await?;
    }
    tx.move_import(&row, to.code(), asked_by).await?;
    if asks || act == ImportAct::Agree {
        let what = match to {
            ImportStage::ApplyAsked => "申请导入，等待另一位管理员同意",
            ImportStage::UndoAsked => "申请撤销，等待另一位管理员同意",
            ImportStage::Undoing => "同意撤销",
            _ => "同意导入",
        };
        let text = format!(
            "管理员{}对{}批次“{}”{what}。如有疑问，请在“数据导入”中核对。",
            who.name,
            kind_of(&row)?.label(),
            row.request_key
        );
        administrators(tx, &visit.services, visit.province_key(), &text, &format!("import:{id}:{}", row.version)).await?;
    }
    let detail = json!({ "act": act.code(), "stage": to.code(), "asked_by": asked_by });
    Ok(tx.audit(&visit.entry("decide_import", "import", id, detail)).await?)
}
