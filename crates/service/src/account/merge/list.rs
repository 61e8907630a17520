//! The page of 重复账号: what the machine found with what each account has, and what was merged.

use domain::case::Member;
use domain::id::AccountId;
use domain::identity::{DocumentKind, mask};
use domain::merge::view::{MergeState, MergeView, MergesView, PairView, SideView};
use domain::merge::{Likeness, undo_until};
use serde_json::json;
use store::Reader;
use store::account::alike::AlikeRow;
use store::account::merge::{HeldRow, MergeRow};

use super::keeper;
use crate::{Failure, Visit};

/// Of all pairs and mergings, so many are looked at.
const MOST: i64 = 100;

/// What was found and what was merged. That somebody looked is written down.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn merges_view(visit: &Visit) -> Result<MergesView, Failure> {
    let who = keeper(visit)?;
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_merges(visit.province_key(), MOST).await?;
    let is_merged = |pair: &AlikeRow| rows.iter().any(|row| row.alike_id == pair.id && row.ended_at.is_none());
    let mut view = MergesView { pairs: Vec::new(), merges: Vec::new() };
    for pair in reader.list_alike(visit.province_key(), MOST).await?.into_iter().filter(|pair| !is_merged(pair)) {
        let sides = [side(&mut reader, visit, &pair.one).await?, side(&mut reader, visit, &pair.other).await?];
        view.pairs.push(PairView { id: pair.id, why: Likeness::list(&pair.why), sides });
    }
    for row in &rows {
        view.merges.push(merge(&mut reader, visit, &who, row).await?);
    }
    drop(reader);
    let (work, count) = (visit.clone(), view.pairs.len());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let entry = work.entry("look_at_alike", "session", work.actor.session(), json!({ "pairs": count }));
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    written.await?;
    Ok(view)
}

async fn merge(reader: &mut Reader, visit: &Visit, who: &Member, row: &MergeRow) -> Result<MergeView, Failure> {
    let state = match (row.agreed_at, row.ended_at) {
        (None, None) => MergeState::Waiting { may_agree: row.asked_by != who.id },
        (None, Some(_)) => MergeState::Refused,
        (Some(_), Some(_)) => MergeState::Undone,
        (Some(at), None) => MergeState::InForce { undo_until: Some(undo_until(at)).filter(|until| *until > visit.now()) },
    };
    Ok(MergeView {
        id: row.id.clone(),
        winner: side(reader, visit, &row.winner).await?,
        loser: side(reader, visit, &row.loser).await?,
        reason: row.reason.clone(),
        asked_at: row.asked_at,
        state,
    })
}

/// An account as the province sees it.
async fn side(reader: &mut Reader, visit: &Visit, id: &AccountId) -> Result<SideView, Failure> {
    let account = reader.find_account(id).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
    let open = |place: &str, sealed: &[u8]| visit.services.vault.open_text(place, id.as_str(), sealed);
    let options = &visit.province.profile.account.document_kinds;
    let kind = DocumentKind::from_code(&account.document_kind);
    let option = kind.and_then(|kind| options.iter().find(|option| option.kind == kind));
    let label = option.map(|option| option.label.clone()).unwrap_or_default();
    let document = mask::document(&open("account.document", &account.document_sealed)?);
    Ok(SideView {
        name: account.name,
        document: (label, document),
        mobile: mask::mobile(&open("account.mobile", &account.mobile_sealed)?),
        created_at: account.created_at,
        held: held(&reader.count_held(id).await?),
    })
}

fn held(of: &HeldRow) -> Vec<(&'static str, i64)> {
    vec![
        ("办理的业务", of.cases),
        ("档案版本", of.records),
        ("学分记录", of.credits),
        ("完成证明", of.certificates),
        ("网络培训报名", of.enrolments),
        ("诚信记录", of.integrity),
        ("站内信", of.messages),
        ("登录中的设备", of.sessions),
    ]
}
