//! The first of the two: what was typed at the counter goes to a second person as a case.

use domain::answer::Answer;
use domain::case::{Action, Member, Refusal, Status};
use domain::counter::forms::{CorrectForm, Corrected};
use domain::counter::{Correction, forms};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use serde_json::json;
use store::account::AccountRow;
use store::case::file::{CaseRow, Desk};
use store::case::round::EventRow;
use store::{Reader, Tx};

use super::seek::{KIND, account_of, is_elsewhere, is_ours, kinds, prepared, searched};
use super::{APPLICATION, CounterBody};
use crate::case::{
    By, HandIn, bureau_name, bureau_path, hand_in, line, note_lookup, open_body, reviewer, reviewers_above, seal_body,
};
use crate::notify::{News, tell};
use crate::{Failure, Visit};

/// Asks for a correction; it takes effect when a second reviewer agrees: of the own bureau, or, where nobody else works there, of
/// the nearest above it. The person is told.
///
/// # Errors
/// Faults of the form, `MobileElsewhere` at `mobile`, `DocumentTaken` at `document_number`, `Unchanged` at the field that is as it was;
/// `Stale` when the search is over, `NotFound` where the province leaves nothing to its bureaus, `NotYours`, `SelfReview`,
/// `CorrectionOpen`, `NoSecondPerson`; for a print and what is taken in also `NotComplete`, `AlreadySubmitted`.
pub async fn correct(visit: &Visit, form: &CorrectForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let (corrected, reason) = form.check(&kinds(visit), visit.services.today())?;
    if !Correction::offered(&visit.province.profile).contains(&corrected.what()) {
        return Err(Failure::NotFound);
    }
    let document = searched(visit, &form.search)?.ok().flatten().ok_or(Failure::Stale)?;
    if matches!(corrected, Corrected::Mobile(_) | Corrected::Document(_)) {
        note_lookup(visit, &who, "try_number").await?;
    }
    let work = visit.clone();
    let answer = visit.write(move |tx| {
        Box::pin(async move {
            let account = account_of(tx, &work, &document).await?.ok_or(Failure::Stale)?;
            is_ours(tx, &work, &who, &account).await?;
            let body = body(tx, &work, &who, &account, &corrected, reason).await?;
            let done = |case: &CaseId| Answer::go(format!("/{}/staff/counter?search=&done={case}", work.province_key()));
            if let Some(case) = asked_already(tx, &work, &who, &account, &body).await? {
                return Ok(done(&case));
            }
            let case = open(tx, &work, &who, &account, &body).await?;
            told(tx, &work, &account, &case, &body).await?;
            let detail = json!({ "what": body.what, "account": account.id, "bureau": case.bureau });
            tx.audit(&work.entry("ask_for_correction", "case", case.id.as_str(), detail)).await?;
            Ok::<_, Failure>(done(&case.id))
        })
    });
    let answer = answer.await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

async fn body(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    account: &AccountRow,
    corrected: &forms::Corrected,
    reason: String,
) -> Result<CounterBody, Failure> {
    let vault = &visit.services.vault;
    let of = |place, sealed: &[u8]| vault.open_text(place, account.id.as_str(), sealed);
    let fault = |field: &str, fault| Err(Failure::from(FieldErrors::one(field, fault)));
    let (what, mut document_kinds) = (corrected.what(), None);
    let (before, now) = match corrected {
        Corrected::Name(name) if *name == account.name => return fault("name", Fault::Unchanged),
        Corrected::Name(name) => (account.name.clone(), name.clone()),
        Corrected::Mobile(mobile) => {
            let hash = vault.keyed_hash("mobile", mobile.as_str());
            match reader.find_account_of_mobile(visit.province_key(), &hash).await? {
                Some(owner) if owner.id == account.id => return fault("mobile", Fault::Unchanged),
                Some(_) => return fault("mobile", Fault::MobileElsewhere),
                None => (of("account.mobile", &account.mobile_sealed)?, mobile.as_str().to_owned()),
            }
        }
        Corrected::Document(document) => {
            document_kinds = Some((account.document_kind.clone(), document.kind().code().to_owned()));
            match account_of(reader, visit, document).await? {
                Some(owner) if owner.id == account.id => return fault("document_number", Fault::Unchanged),
                Some(_) => return fault("document_number", Fault::DocumentTaken),
                None => (of("account.document", &account.document_sealed)?, document.number().to_owned()),
            }
        }
        Corrected::Release => {
            let mobile = of("account.mobile", &account.mobile_sealed)?;
            if mobile.is_empty() {
                return fault("what", Fault::Unchanged);
            }
            (mobile, String::new())
        }
        Corrected::Print | Corrected::TakeIn => (of_application(reader, visit, who, account, what).await?, String::new()),
    };
    Ok(CounterBody { what, before, now, document_kinds, reason })
}

/// What the second person agrees to where a form is printed or taken in, as a hash: nothing for a print, which is made as the form stands.
///
/// # Errors
/// `NotYours` where another bureau takes it, `NotComplete`, `AlreadySubmitted`, `NotFound` where there is nothing to print.
async fn of_application(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    account: &AccountRow,
    what: Correction,
) -> Result<String, Failure> {
    let prepared = prepared(reader, visit, account).await?;
    if is_elsewhere(prepared.as_ref(), who) {
        return Err(Refusal::NotYours.into());
    }
    let case = reader.find_latest_case(&account.id, APPLICATION).await?;
    match (what, prepared) {
        (Correction::TakeIn, Some(prepared)) if prepared.is_complete => Ok(prepared.print),
        (Correction::TakeIn, None) if case.as_ref().is_some_and(|case| case.status == Status::Submitted) => {
            Err(Refusal::AlreadySubmitted.into())
        }
        (Correction::TakeIn, _) => Err(Refusal::NotComplete.into()),
        _ => case.map(|_| String::new()).ok_or(Failure::NotFound),
    }
}

/// The case that waits for a second person because the same one asked for the same: posted twice, it has one answer.
async fn asked_already(
    tx: &mut Tx,
    visit: &Visit,
    who: &Member,
    account: &AccountRow,
    body: &CounterBody,
) -> Result<Option<CaseId>, Failure> {
    let Some(case) = tx.lock_latest_case(&account.id, KIND).await?.filter(|case| case.status == Status::Submitted) else {
        return Ok(None);
    };
    let Some(round) = tx.list_submissions(&case.id).await?.pop() else { return Ok(None) };
    let is_same = open_body::<CounterBody>(&visit.services, &case.id, &round)? == *body;
    let events = tx.list_events(&case.id).await?;
    let is_by = |event: &EventRow| event.round == case.round && who.id == *event.actor_id;
    Ok((is_same && events.iter().any(is_by)).then_some(case.id))
}

/// A new case, or the next round of a returned one, with the first seat taken by who asks.
async fn open(tx: &mut Tx, visit: &Visit, who: &Member, account: &AccountRow, body: &CounterBody) -> Result<CaseRow, Failure> {
    let case = match tx.lock_latest_case(&account.id, KIND).await? {
        Some(case) if case.status == Status::Returned => case,
        Some(case) if case.status == Status::Submitted => return Err(Refusal::CorrectionOpen.into()),
        _ => {
            let case = CaseRow::new(visit.services.ids.id().into(), KIND, account, 1, visit.now());
            crate::case::open(tx, visit, &case).await?;
            case
        }
    };
    // What is taken in waits for somebody else again, who decides it.
    let needed = if body.what == Correction::TakeIn { 2 } else { 1 };
    let bureau = second_desk(tx, visit, who, needed).await?;
    let body_sealed = seal_body(&visit.services, &case.id, case.round + 1, body)?;
    let what = HandIn { bureau: &who.bureau, form_version: 1, body_sealed, by: By::staff(who), note: "" };
    let case = hand_in(tx, visit, &case, what).await?;
    let path = bureau_path(&visit.province.bureaus, &bureau);
    tx.hand_on_case(&case, &Desk { bureau: &bureau, bureau_path: &path, seat: 1 }, visit.now()).await?;
    tx.add_event(&line(&visit.services, &case, Action::Endorse, By::staff(who), "")?).await?;
    Ok(CaseRow { bureau: Some(bureau), seat: 1, ..case })
}

/// Where somebody else can confirm: the own bureau, or the nearest above it. Where `needed` others have a part in it, the own bureau
/// confirms only when it has as many; else whoever else works there is kept for what follows.
async fn second_desk(reader: &mut Reader, visit: &Visit, who: &Member, needed: i64) -> Result<BureauCode, Failure> {
    let counts = reviewers_above(reader, visit, &who.bureau, [&who.id, &who.id]).await?;
    if counts.iter().map(|(_, count)| count).sum::<i64>() < needed {
        return Err(Refusal::NoSecondPerson.into());
    }
    let is_free = |(bureau, count): &(BureauCode, i64)| *count >= if *bureau == who.bureau { needed } else { 1 };
    Ok(counts.into_iter().find(is_free).map(|(bureau, _)| bureau).ok_or(Refusal::NoSecondPerson)?)
}

async fn told(tx: &mut Tx, visit: &Visit, account: &AccountRow, case: &CaseRow, body: &CounterBody) -> Result<(), Failure> {
    let (bureau, what) = (bureau_name(&visit.province, case.bureau.as_ref()), body.what.label());
    let text = format!("{bureau}的窗口已受理“{what}”，由另一位工作人员复核后生效。如非本人办理，请立即联系该财政局。");
    let key = format!("counter_asked:{}:{}", case.id, case.round);
    let sms = Some(("counter_asked", text.clone()));
    tell(tx, &visit.services, account, News { case: Some(&case.id), title: "窗口办理已受理", body: &text, sms, dedupe_key: &key })
        .await
}
