//! 备查: within the years for which originals are to be kept the bureau asks for those of an approved conversion; the person
//! sends them in a slot of the case, and the bureau says that they are in order, or revokes the approval.

use domain::answer::Answer;
use domain::calendar::china_time;
use domain::case::{Action, Member, Refusal, Status, check_reason};
use domain::date::Dated;
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::inspection::{InspectForm, InspectedForm, InspectionRules, InspectionView, Inspections, Outcome, keep_until, seen};
use domain::learning::LearningRules;
use serde_json::json;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::learning::inspection::InspectionRow;
use store::{Reader, Tx};

use super::{KIND, path, rules};
use crate::case::{By, bureau_name, files_of, find, line, may, reviewer, short};
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// 要求提供原件: asks for the originals with a sentence and a deadline, which are told to the person. Whoever asks once more for the
/// same gets the same answer.
///
/// # Errors
/// Faults at `reason`; `NotFound` where the province has no such thing, `SelfReview`, `NotAllowedIn`, `NotYours`; `Stale` when
/// they are asked for already, or need not be kept any more.
pub async fn inspect(visit: &Visit, form: &InspectForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let asked = check_reason(&form.reason).map_err(|fault| FieldErrors::one("reason", fault))?;
    let before = form.asked.parse::<usize>().unwrap_or(0);
    let (work, case) = (visit.clone(), CaseId::from(form.case.as_str()));
    let write = visit.write(move |tx| Box::pin(async move { ask(tx, &work, &who, &case, (&asked, before)).await }));
    let answer = write.await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

async fn ask(tx: &mut Tx, visit: &Visit, who: &Member, case: &CaseId, (asked, before): (&str, usize)) -> Result<Answer, Failure> {
    let row = lock(tx, visit, who, case).await?;
    let rules = inspection(rules(visit)?)?;
    let all = tx.list_inspections(case).await?;
    if all.len() == before + 1 && all.first().is_some_and(|last| last.staff_id == who.id && last.asked == asked) {
        return Ok(Answer::go(page(visit, case)));
    }
    let (now, today) = (visit.now(), visit.services.today());
    let is_kept = kept(visit, &row).is_some_and(|until| today <= until);
    if all.len() != before || !is_kept || all.iter().any(|of| of.outcome.is_empty()) {
        return Err(Failure::Stale);
    }
    // What was sent for an earlier one has been looked at; the slot is free for what is sent now.
    for file in sent(tx, case, rules).await? {
        tx.remove_attachment(case, &file.id).await?;
    }
    let due_on = rules.due_on(today);
    let (id, staff_id) = (visit.services.ids.id(), who.id.clone());
    let (outcome, ended_at) = (String::new(), None);
    let new =
        InspectionRow { id, case_id: case.clone(), staff_id, asked: asked.to_owned(), asked_at: now, due_on, outcome, ended_at };
    tx.insert_inspection(&new).await?;
    let until = Dated::Day(due_on).words();
    let note = format!("要求在 {until} 前提供原件：{asked}");
    tx.add_event(&line(&visit.services, &row, Action::Note, By::staff(who), &note)?).await?;
    let number = row.number.as_deref().unwrap_or_default();
    let (name, bureau) = (&visit.line(KIND).name, bureau_name(&visit.province, row.bureau.as_ref()));
    let site = &visit.province.profile.site.title;
    let body = format!(
        "{bureau}需要核对您的{name}（编号 {number}）的原件，请在 {until} 前到这件申请的页面上传。\n说明：{asked}\n原件缺失或者不实的，审核通过可能被撤销。"
    );
    let sms = format!("{}，您好。请在 {until} 前登录{site}上传{name}的原件，供财政部门核对：{}", row.applicant, short(asked));
    said(tx, visit, &row, (&format!("{name}：请提供原件"), &body), ("inspect", sms, &new.id)).await?;
    let detail = json!({ "inspection": new.id, "due_on": due_on });
    tx.audit(&visit.entry("inspect", "case", case.as_str(), detail)).await?;
    Ok(Answer::go(page(visit, case)))
}

/// 核对无误: what was sent and looked at is in order, which the person is told. Repeating it changes nothing.
///
/// # Errors
/// `Stale` when nothing was sent, or other files lie there than were seen; `SelfReview`, `NotAllowedIn`, `NotYours`, `NotFound`.
pub async fn inspected(visit: &Visit, form: &InspectedForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let (work, case, form) = (visit.clone(), CaseId::from(form.case.as_str()), form.clone());
    let write = visit.write(move |tx| Box::pin(async move { in_order(tx, &work, &who, &case, &form).await }));
    let answer = write.await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

async fn in_order(tx: &mut Tx, visit: &Visit, who: &Member, case: &CaseId, form: &InspectedForm) -> Result<Answer, Failure> {
    let id = form.inspection.as_str();
    let row = lock(tx, visit, who, case).await?;
    let go = Answer::go(page(visit, case));
    let all = tx.list_inspections(case).await?;
    let of = all.into_iter().find(|of| of.id == id).ok_or(Failure::NotFound)?;
    if !of.outcome.is_empty() {
        return Ok(go);
    }
    let sent = sent(tx, case, inspection(rules(visit)?)?).await?;
    if sent.is_empty() || seen(sent.iter().map(|file| file.id.as_str())) != form.seen {
        return Err(Failure::Stale);
    }
    tx.end_inspection(id, Outcome::InOrder.code(), visit.now()).await?;
    tx.add_event(&line(&visit.services, &row, Action::Note, By::staff(who), "原件核对无误")?).await?;
    let number = row.number.as_deref().unwrap_or_default();
    let (name, bureau) = (&visit.line(KIND).name, bureau_name(&visit.province, row.bureau.as_ref()));
    let body = format!("{bureau}已核对您的{name}（编号 {number}）的原件，没有问题。您不需要做任何操作。");
    let sms = format!("{}，您好。您的{name}的原件已核对无误。", row.applicant);
    said(tx, visit, &row, (&format!("{name}：原件核对无误"), &body), ("inspected", sms, id)).await?;
    let files: Vec<_> = sent.into_iter().map(|file| file.id).collect();
    let detail = json!({ "inspection": id, "outcome": Outcome::InOrder.code(), "files": files });
    tx.audit(&visit.entry("end_inspection", "case", case.as_str(), detail)).await?;
    Ok(go)
}

/// What a revocation makes of one that is open: the originals were missing or false.
pub(super) async fn fail_open(tx: &mut Tx, visit: &Visit, case: &CaseId) -> Result<(), Failure> {
    for of in tx.list_inspections(case).await?.iter().filter(|of| of.outcome.is_empty()) {
        tx.end_inspection(&of.id, Outcome::Failed.code(), visit.now()).await?;
        let detail = json!({ "inspection": of.id, "outcome": Outcome::Failed.code() });
        tx.audit(&visit.entry("end_inspection", "case", case.as_str(), detail)).await?;
    }
    Ok(())
}

/// The page of the case at the desk.
fn page(visit: &Visit, case: &CaseId) -> String {
    path(visit, &format!("staff/cases/{case}"))
}

/// The case, locked, for whoever may take its approval back; nobody asks themselves.
async fn lock(tx: &mut Tx, visit: &Visit, who: &Member, case: &CaseId) -> Result<CaseRow, Failure> {
    tx.lock_case(case).await?;
    let (row, role) = find(tx, visit, case).await?;
    if row.kind != KIND {
        return Err(Failure::NotFound);
    }
    may(visit, &row, role, Action::Revoke)?;
    if tx.is_same_person(&row.account_id, &who.id).await? {
        return Err(Refusal::SelfReview.into());
    }
    Ok(row)
}

async fn said(
    tx: &mut Tx,
    visit: &Visit,
    row: &CaseRow,
    (title, body): (&str, &str),
    (purpose, sms, id): (&'static str, String, &str),
) -> Result<(), Failure> {
    let account = tx.find_account(&row.account_id).await?;
    let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
    let dedupe_key = format!("{purpose}|{id}");
    let news = News { case: Some(&row.id), title, body, sms: Some((purpose, sms)), dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &account, news).await
}

/// What lies in the slot of the originals, in the order of the pages.
async fn sent(reader: &mut Reader, case: &CaseId, rules: &InspectionRules) -> Result<Vec<AttachmentRow>, Failure> {
    let mut files = reader.list_attachments(case).await?;
    files.retain(|file| file.slot == rules.proof);
    Ok(files)
}

/// How the bureau may ask for originals, where the province says so.
pub(super) fn inspection(rules: &LearningRules) -> Result<&InspectionRules, Failure> {
    rules.inspection.as_ref().ok_or(Failure::NotFound)
}

/// The last day on which the originals of an approved conversion are to be kept.
fn kept(visit: &Visit, row: &CaseRow) -> Option<chrono::NaiveDate> {
    let years = rules(visit).ok()?.keep_proofs_years;
    let approved = row.decided_at.filter(|_| row.status == Status::Approved)?;
    Some(keep_until(china_time(approved).date(), years))
}

/// What a page says of the originals; `None` for what is not approved, and where the province asks for none.
pub(super) async fn inspections(visit: &Visit, reader: &mut Reader, row: &CaseRow) -> Result<Option<Inspections>, Failure> {
    let Some(rules) = rules(visit)?.inspection.as_ref() else { return Ok(None) };
    let Some(keep_until) = kept(visit, row) else { return Ok(None) };
    let today = visit.services.today();
    let view = |of: InspectionRow| InspectionView {
        is_late: of.outcome.is_empty() && of.due_on < today,
        id: of.id,
        asked: of.asked,
        asked_at: of.asked_at,
        due_on: of.due_on,
        outcome: Outcome::from_code(&of.outcome),
        ended_at: of.ended_at,
    };
    let all: Vec<_> = reader.list_inspections(&row.id).await?.into_iter().map(view).collect();
    let sent = sent(reader, &row.id, rules).await?;
    let may_ask = today <= keep_until && all.iter().all(|of| of.outcome.is_some());
    Ok(Some(Inspections { keep_until, days: rules.days, may_ask, all, files: files_of(&visit.services, &sent)? }))
}
