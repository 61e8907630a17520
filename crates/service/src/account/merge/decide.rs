//! What somebody of the province does about two accounts: asks for their merging, agrees to what another asked for, refuses it, undoes
//! it, or says that they are two humans.

use std::collections::BTreeSet;

use domain::case::{Member, Refusal, check_reason};
use domain::fault::{Fault, FieldErrors};
use domain::id::AccountId;
use domain::merge::{MergeForm, undo_until};
use serde_json::json;
use store::account::AccountRow;
use store::account::alike::AlikeRow;
use store::account::merge::MergeRow;
use store::{StoreError, Tx};

use super::keeper;
use crate::certificate::settle_for;
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// Does what the form says. What was done already is done.
///
/// # Errors
/// `ReasonMissing` and other faults at `reason`; at `pair` `Missing` where none of the two is to stay, `DuplicateRow` where both have a
/// case open of which a person may have but one, or either has a change of the telephone or an appeal that is not settled, `Unchanged`
/// where both had the same converted, `ChangedSince` for what cannot be undone any more; `SecondPersonNeeded`,
/// `NoSecondPerson`, `SelfReview`, `NotYours`, `Stale`, `NotFound`, `Store`.
pub async fn act_on_accounts(visit: &Visit, form: &MergeForm) -> Result<(), Failure> {
    let acting = Acting { visit: visit.clone(), who: keeper(visit)?, form: form.clone() };
    let written = visit.write(move |tx| Box::pin(async move { acting.act(tx).await })).await;
    visit.services.outbox.notify_one();
    match written {
        // Two asked at once.
        Err(Failure::Store(StoreError::Exists { .. })) => Err(Failure::Stale),
        written => written,
    }
}

struct Acting {
    visit: Visit,
    who: Member,
    form: MergeForm,
}

impl Acting {
    async fn act(&self, tx: &mut Tx) -> Result<(), Failure> {
        match self.form.what.as_str() {
            "ask" => self.ask(tx).await,
            "dismiss" => self.dismiss(tx).await,
            "agree" => self.agree(tx).await,
            "refuse" => self.refuse(tx).await,
            "undo" => self.undo(tx).await,
            _ => Err(Failure::NotFound),
        }
    }

    async fn ask(&self, tx: &mut Tx) -> Result<(), Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let pair = self.pair(tx).await?;
        if pair.dismissed_at.is_some() {
            return Err(Failure::NotFound);
        }
        let reason = check_reason(&self.form.reason).map_err(|fault| FieldErrors::one("reason", fault))?;
        let (winner, loser) = match self.form.keep.as_str() {
            "one" => (pair.one, pair.other),
            "other" => (pair.other, pair.one),
            _ => return Err(FieldErrors::one("pair", Fault::Missing).into()),
        };
        let row = MergeRow {
            id: visit.services.ids.id(),
            alike_id: pair.id,
            province: pair.province,
            winner,
            loser,
            reason,
            asked_by: who.id.clone(),
            asked_at: visit.now(),
            agreed_by: None,
            agreed_at: None,
            ended_at: None,
        };
        self.may(tx, &row).await?;
        if tx.count_reviewers(visit.province_key(), &who.bureau, [&who.id, &who.id]).await? == 0 {
            return Err(Refusal::NoSecondPerson.into());
        }
        tx.insert_merge(&row).await?;
        self.note(tx, "ask_merge", &row).await
    }

    async fn dismiss(&self, tx: &mut Tx) -> Result<(), Failure> {
        let pair = self.pair(tx).await?;
        self.not_own(tx, [&pair.one, &pair.other]).await?;
        if tx.list_merges_of(&pair.one).await?.iter().any(|row| row.alike_id == pair.id) {
            return Err(Failure::Stale);
        }
        if tx.dismiss_alike(&pair.id, self.who.id.as_str(), self.visit.now()).await? {
            let detail = json!({ "other": pair.other });
            tx.audit(&self.visit.entry("dismiss_alike", "account", pair.one.as_str(), detail)).await?;
        }
        Ok(())
    }

    async fn agree(&self, tx: &mut Tx) -> Result<(), Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let row = self.found(tx).await?;
        let [winner, loser] = lock(tx, [&row.winner, &row.loser]).await?;
        // Read once more: somebody else may have been faster.
        let row = self.found(tx).await?;
        if row.agreed_by.as_ref() == Some(&who.id) && row.ended_at.is_none() {
            return Ok(());
        }
        if row.agreed_at.is_some() || row.ended_at.is_some() {
            return Err(Failure::Stale);
        }
        if row.asked_by == who.id {
            return Err(Refusal::SecondPersonNeeded.into());
        }
        self.may(tx, &row).await?;
        let years = years(tx, &row.loser).await?;
        // Before the messages move, and to the number of the account that will lead elsewhere: it may be somebody else's.
        self.tell_loser(tx, &row, &loser).await?;
        tx.agree_merge(&row.id, &who.id, visit.now()).await?;
        tx.move_merged(&row).await?;
        tx.delete_sessions_of_account(&row.loser).await?;
        for year in years {
            settle_for(tx, visit, &row.winner, year).await?;
        }
        self.note(tx, "agree_merge", &row).await?;
        let site = &visit.province.profile.site.title;
        let body = format!(
            "您的两个账号已经合并，业务、学分、证明和站内信都在这个账号中。用另一个账号登录{site}时，会进入这个账号。认为有误的，请在 30 日内联系省级财政部门。"
        );
        let dedupe_key = format!("merged|{}", row.id);
        let news = News { case: None, title: "账号已合并", body: &body, sms: None, dedupe_key: &dedupe_key };
        tell(tx, &visit.services, &winner, news).await
    }

    async fn tell_loser(&self, tx: &mut Tx, row: &MergeRow, loser: &AccountRow) -> Result<(), Failure> {
        let site = &self.visit.province.profile.site.title;
        let body = format!(
            "您在{site}的这个账号已经合并到您的另一个账号，业务、学分、证明和站内信都在那个账号中，登录后会进入那个账号。认为有误的，请在 30 日内联系省级财政部门。"
        );
        let dedupe_key = format!("merged_into|{}", row.id);
        let sms = Some(("merged", body.clone()));
        let news = News { case: None, title: "账号已合并", body: &body, sms, dedupe_key: &dedupe_key };
        tell(tx, &self.visit.services, loser, news).await
    }

    async fn refuse(&self, tx: &mut Tx) -> Result<(), Failure> {
        let row = self.found(tx).await?;
        lock(tx, [&row.winner, &row.loser]).await?;
        let row = self.found(tx).await?;
        self.not_own(tx, [&row.winner, &row.loser]).await?;
        if row.agreed_at.is_some() {
            return Err(Failure::Stale);
        }
        if tx.end_merge(&row.id, &self.who.id, self.visit.now()).await? {
            self.note(tx, "refuse_merge", &row).await?;
        }
        Ok(())
    }

    async fn undo(&self, tx: &mut Tx) -> Result<(), Failure> {
        let (visit, now) = (&self.visit, self.visit.now());
        let row = self.found(tx).await?;
        lock(tx, [&row.winner, &row.loser]).await?;
        let row = self.found(tx).await?;
        self.not_own(tx, [&row.winner, &row.loser]).await?;
        let Some(agreed_at) = row.agreed_at else { return Err(Failure::Stale) };
        if row.ended_at.is_some() {
            return Ok(());
        }
        if undo_until(agreed_at) <= now || tx.has_merged_record_grown(&row.id).await? {
            return Err(FieldErrors::one("pair", Fault::ChangedSince).into());
        }
        let years = years(tx, &row.loser).await?;
        tx.move_back_merged(&row).await?;
        tx.end_merge(&row.id, &self.who.id, now).await?;
        // Whoever came in by the other account finds it again with the next sign-in.
        tx.delete_sessions_of_account(&row.winner).await?;
        for year in years {
            settle_for(tx, visit, &row.winner, year).await?;
            settle_for(tx, visit, &row.loser, year).await?;
        }
        self.note(tx, "undo_merge", &row).await
    }

    async fn found(&self, tx: &mut Tx) -> Result<MergeRow, Failure> {
        let row = tx.find_merge(&self.form.id).await?.filter(|row| row.province == self.visit.province_key());
        row.ok_or(Failure::NotFound)
    }

    /// The pair, as it is once both accounts are locked: one asks while another dismisses it.
    async fn pair(&self, tx: &mut Tx) -> Result<AlikeRow, Failure> {
        let of_province = |pair: &AlikeRow| pair.province == self.visit.province_key();
        let pair = tx.find_alike(&self.form.id).await?.filter(of_province).ok_or(Failure::NotFound)?;
        lock(tx, [&pair.one, &pair.other]).await?;
        tx.find_alike(&self.form.id).await?.filter(of_province).ok_or(Failure::NotFound)
    }

    /// Nobody decides about their own accounts.
    async fn not_own(&self, tx: &mut Tx, both: [&AccountId; 2]) -> Result<(), Failure> {
        for id in both {
            if tx.is_same_person(id, &self.who.id).await? {
                return Err(Refusal::SelfReview.into());
            }
        }
        Ok(())
    }

    /// Asked inside the write, on what is read there.
    async fn may(&self, tx: &mut Tx, row: &MergeRow) -> Result<(), Failure> {
        let both = [&row.winner, &row.loser];
        self.not_own(tx, both).await?;
        // One leads to the other and neither further: the way is one step long.
        let others = |rows: Vec<MergeRow>| rows.into_iter().filter(|other| other.id != row.id).collect::<Vec<_>>();
        let of_winner = others(tx.list_merges_of(&row.winner).await?);
        if of_winner.iter().any(|other| other.loser == row.winner) || !others(tx.list_merges_of(&row.loser).await?).is_empty() {
            return Err(Failure::Stale);
        }
        // A change of the telephone would take effect on the account that stays.
        if tx.count_both_open(both).await? > 0 || tx.count_unsettled_phone_changes(both).await? > 0 {
            return Err(FieldErrors::one("pair", Fault::DuplicateRow).into());
        }
        if tx.count_same_conversions(both).await? > 0 {
            return Err(FieldErrors::one("pair", Fault::Unchanged).into());
        }
        Ok(())
    }

    async fn note(&self, tx: &mut Tx, action: &'static str, row: &MergeRow) -> Result<(), Failure> {
        let detail = json!({ "merge": row.id, "loser": row.loser, "reason": row.reason });
        Ok(tx.audit(&self.visit.entry(action, "account", row.winner.as_str(), detail)).await?)
    }
}

/// Both accounts in the order in which they are named; always locked in the same order.
async fn lock(tx: &mut Tx, [one, other]: [&AccountId; 2]) -> Result<[AccountRow; 2], Failure> {
    let mut ids = [one, other];
    ids.sort_by_key(|id| id.as_str().to_owned());
    let mut locked = Vec::new();
    for id in ids {
        locked.extend(tx.lock_account(id).await?);
    }
    let mut of = |id: &AccountId| locked.iter().position(|account| account.id == *id).map(|nth| locked.swap_remove(nth));
    match (of(one), of(other)) {
        (Some(one), Some(other)) => Ok([one, other]),
        _ => Err(Failure::Broken("an account that is gone".into())),
    }
}

/// The years of which an account has credits.
async fn years(tx: &mut Tx, account: &AccountId) -> Result<BTreeSet<i32>, Failure> {
    Ok(tx.list_credits(account).await?.into_iter().map(|entry| entry.year).collect())
}
