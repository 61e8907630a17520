//! What one administrator asks for a school and another has to agree to: a token, with which one alone could act as the school, the
//! networks from which it is good, and 登录地址, to which tickets with names are posted. A token is shown to who agrees, who did not choose the hour: whoever wants one for
//! themselves cannot bring it about.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, Duration, Utc};
use domain::answer::{Answer, Flash};
use domain::case::{Member, Refusal, StaffRole};
use domain::id::StaffId;
use domain::limit::Limited;
use domain::school::forms::{ApprovalForm, NewToken, TokenForm};
use domain::school::view::WaitingLine;
use domain::school::{ApprovalEnd, ApprovalKind, MOST_TOKENS, Verdict, verdicts};
use serde_json::json;
use store::school::approval::ApprovalRow;
use store::school::{SchoolRow, TokenRow};
use store::{Reader, Tx};

use super::hash_of;
use super::keep::{keeper, tell_keepers};
use crate::account::{count, path};
use crate::visit::edit_memo;
use crate::{Failure, Limit, Visit};

/// What a token begins with, so that it is known for one where it turns up.
const PREFIX: &str = "kjxy_";
/// How long a second administrator may take to agree.
const PATIENCE: Duration = Duration::hours(72);
/// What an administrator may ask and withdraw in a day: each is told to all of them by SMS.
const ASKED: Limit = Limit::new(Limited::Requests, 50, 86_400);

/// What the session remembers a token by that is to be shown once.
pub(super) fn token_name(school: &str) -> String {
    format!("school_token:{school}")
}

/// What waits at a school, as somebody sees it.
pub(super) async fn waiting(
    reader: &mut Reader,
    school: &str,
    (me, now): (&StaffId, DateTime<Utc>),
) -> Result<Vec<WaitingLine>, Failure> {
    let mut lines = Vec::new();
    for row in reader.list_approvals(school).await?.into_iter().filter(|row| row.expires_at > now) {
        let asker = reader.find_staff(&row.asked_by).await?;
        let can_asker = asker.as_ref().is_some_and(|asker| asker.is_active && asker.role == StaffRole::Administrator.code());
        lines.push(WaitingLine {
            kind: kind_of(&row)?,
            id: row.id,
            wanted: row.wanted,
            by: asker.map(|asker| asker.name).unwrap_or_default(),
            is_mine: row.asked_by == *me,
            at: row.asked_at,
            until: row.expires_at,
            verdicts: verdicts(&row.asked_by, me, can_asker).to_vec(),
        });
    }
    Ok(lines)
}

fn kind_of(row: &ApprovalRow) -> Result<ApprovalKind, Failure> {
    ApprovalKind::from_code(&row.kind).ok_or_else(|| Failure::Broken("what waits at a school".into()))
}

/// Asks for something at a school that is held; what was asked of the kind before is replaced. Answers its id.
async fn ask(tx: &mut Tx, visit: &Visit, school: &str, (kind, wanted): (ApprovalKind, &str)) -> Result<String, Failure> {
    let (by, now) = (keeper(visit)?, visit.now());
    count(tx, visit, &visit.bucket("school:ask", by.id.as_str()), &[ASKED]).await?;
    for old in tx.list_approvals(school).await?.into_iter().filter(|old| old.kind == kind.code()) {
        tx.end_approval(&old.id, ApprovalEnd::Replaced.code(), (&by.id, now)).await?;
    }
    let row = ApprovalRow {
        id: visit.services.ids.id(),
        school_id: school.to_owned(),
        kind: kind.code().to_owned(),
        wanted: wanted.to_owned(),
        asked_by: by.id,
        asked_at: now,
        expires_at: now + PATIENCE,
        outcome: String::new(),
        ended_by: None,
        ended_at: None,
    };
    tx.ask_approval(&row).await?;
    Ok(row.id)
}

/// Another 登录地址 or other networks for a school that was just written; the same once more asks for nothing more. Answers whether
/// it waits.
pub(super) async fn ask_for(
    tx: &mut Tx,
    visit: &Visit,
    school: &SchoolRow,
    (kind, wanted, now): (ApprovalKind, &str, &str),
) -> Result<bool, Failure> {
    if wanted == now {
        return Ok(false);
    }
    let at = visit.now();
    let is_there = |row: &ApprovalRow| row.kind == kind.code() && row.wanted == wanted && row.expires_at > at;
    if tx.list_approvals(&school.id).await?.iter().any(is_there) {
        return Ok(true);
    }
    let id = ask(tx, visit, &school.id, (kind, wanted)).await?;
    let of = format!("{}，等待另一位管理员同意", name_of(kind));
    tell_keepers(tx, visit, &keeper(visit)?, ("申请设定", &school.name, &of), &id).await?;
    Ok(true)
}

fn name_of(kind: ApprovalKind) -> &'static str {
    match kind {
        ApprovalKind::Token => "接口口令",
        ApprovalKind::Entry => "登录地址",
        ApprovalKind::Ranges => "调用地址",
    }
}

/// Asks for a token for the programs of a school, which the administrators are told; another one has to agree. One that is named and
/// that no program ever called with is ended by it: nobody wrote it down. Pressed again by the same, it is the same.
///
/// # Errors
/// `Stale` when one was issued or ended since the page was seen, or somebody else asked; `NotFound` for a school of another
/// province; as [`kept_schools`](super::kept_schools).
pub async fn ask_token(visit: &Visit, form: &TokenForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?;
    let (work, form_) = (visit.clone(), form.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let SchoolRow { id: school, name, .. } = held(tx, &work, &form_.school).await?;
            let now = work.now();
            let waits = |row: &ApprovalRow| row.kind == ApprovalKind::Token.code() && row.expires_at > now;
            if let Some(there) = tx.list_approvals(&school).await?.into_iter().find(waits) {
                return if there.asked_by == by.id { Ok(()) } else { Err(Failure::Stale) };
            }
            let tokens = tx.list_school_tokens(&school).await?;
            if tokens.first().map_or("", |token| token.id.as_str()) != form_.newest {
                return Err(Failure::Stale);
            }
            if !form_.id.is_empty() {
                // By now it may be in use.
                let lost = tokens.iter().find(|token| token.id == form_.id && token.used_at.is_none()).ok_or(Failure::Stale)?;
                tx.end_school_token(&lost.id, &school, now).await?;
            }
            let id = ask(tx, &work, &school, (ApprovalKind::Token, "")).await?;
            tell_keepers(tx, &work, &by, ("申请生成", &name, "接口口令，等待另一位管理员同意"), &id).await?;
            Ok::<_, Failure>(
                tx.audit(&work.entry("ask_school_token", "school", &school, json!({ "approval": id, "instead_of": form_.id })))
                    .await?,
            )
        })
    });
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}

/// 同意 by another administrator than the one who asked: a token is issued, and shown on the next page of who agreed and never again;
/// or tickets go to the new 登录地址, or calls are taken from the new networks. 不同意, or 撤回 by who asked: nothing happens. Pressed again, it is the same.
///
/// # Errors
/// `NotYours` for what one asked for oneself, or a shut account did; `Stale` when it waits no more or the school was changed; `NotFound` for a school of
/// another province; as [`kept_schools`](super::kept_schools).
pub async fn decide_approval(visit: &Visit, form: &ApprovalForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?;
    let verdict = Verdict::from_code(&form.act).ok_or(Failure::NotFound)?;
    let (work, form_) = (visit.clone(), form.clone());
    let written = visit.write(move |tx| Box::pin(async move { decide(tx, &work, &form_, (verdict, &by)).await }));
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}

async fn decide(tx: &mut Tx, visit: &Visit, form: &ApprovalForm, (verdict, by): (Verdict, &Member)) -> Result<(), Failure> {
    let school = held(tx, visit, &form.school).await?;
    let row = tx.find_approval(&form.id, &school.id).await?.ok_or(Failure::Stale)?;
    let end = match verdict {
        Verdict::Agree => ApprovalEnd::Agreed,
        Verdict::Refuse => ApprovalEnd::Refused,
    };
    if row.outcome == end.code() && row.ended_by.as_deref() == Some(by.id.as_str()) {
        return Ok(());
    }
    // What is agreed to is the school as it was shown.
    if !row.outcome.is_empty() || row.expires_at <= visit.now() || form.version != school.version.to_string() {
        return Err(Failure::Stale);
    }
    let lines = waiting(tx, &school.id, (&by.id, visit.now())).await?;
    let line = lines.into_iter().find(|line| line.id == row.id).ok_or(Failure::Stale)?;
    if !line.verdicts.contains(&verdict) {
        return Err(Refusal::NotYours.into());
    }
    tx.end_approval(&row.id, end.code(), (&by.id, visit.now())).await?;
    let by_now = (&by.id, visit.now());
    let (what, action) = match (verdict, line.kind) {
        (Verdict::Agree, ApprovalKind::Token) => {
            issue(tx, visit, &school.id, by).await?;
            ("同意生成", "issue_school_token")
        }
        (Verdict::Agree, ApprovalKind::Entry) => {
            tx.set_school_entry(&school.id, &row.wanted, by_now).await?;
            ("同意设定", "set_school_entry")
        }
        (Verdict::Agree, ApprovalKind::Ranges) => {
            tx.set_school_ranges(&school.id, &row.wanted, by_now).await?;
            ("同意设定", "set_school_ranges")
        }
        (Verdict::Refuse, _) => {
            // A form that holds what was asked for is of before.
            tx.set_school_entry(&school.id, &school.entry, by_now).await?;
            (if line.is_mine { "撤回关于" } else { "不同意关于" }, "refuse_for_school")
        }
    };
    let of = format!("{}{}", name_of(line.kind), if verdict == Verdict::Refuse { "的申请" } else { "" });
    tell_keepers(tx, visit, by, (what, &school.name, &of), &format!("{}:{}", row.id, end.code())).await?;
    let detail =
        json!({ "approval": row.id, "kind": row.kind, "asked_by": row.asked_by, "wanted": row.wanted, "code": school.code });
    Ok(tx.audit(&visit.entry(action, "school", &school.id, detail)).await?)
}

/// Two tokens are good at once: a third ends the oldest.
async fn issue(tx: &mut Tx, visit: &Visit, school: &str, by: &Member) -> Result<(), Failure> {
    for old in tx.list_school_tokens(school).await?.iter().skip(MOST_TOKENS - 1) {
        tx.end_school_token(&old.id, school, visit.now()).await?;
    }
    let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(visit.services.ids.secret()));
    let row = TokenRow {
        id: visit.services.ids.id(),
        school_id: school.to_owned(),
        token_hash: hash_of(&text),
        created_by: by.id.to_string(),
        created_at: visit.now(),
        ended_at: None,
        used_at: None,
    };
    tx.insert_school_token(&row).await?;
    let flash = Flash::of(&token_name(school), &NewToken { school: school.to_owned(), text }, Answer::default());
    edit_memo(tx, visit, move |memo| drop(memo.flashes.insert(flash.form.clone(), flash))).await
}

/// A school of the province, which nobody else can change before this transaction ends.
async fn held(tx: &mut Tx, visit: &Visit, school: &str) -> Result<SchoolRow, Failure> {
    let of_us = tx.lock_school(school).await?.filter(|row| row.province == visit.province_key());
    of_us.ok_or(Failure::NotFound)
}
