//! 提交申请 and 重新提交: the whole application is checked again on what is stored, and kept as it is then.

use domain::answer::Answer;
use domain::case::{Refusal, check_remark};
use domain::fault::{Fault, FieldErrors};
use domain::id::BureauCode;
use domain::intake::forms::SubmitForm;
use domain::intake::{Answers, Application, Context, display};
use domain::province::PledgeAt;
use domain::text;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;

use super::load::{Folder, path};
use super::turn::{lock, turn};
use super::{Submitted, pledge};
use crate::case::{By, HandIn, SubmittedFile, bureau_name, seal_body};
use crate::notify::{News, tell};
use crate::vault::Vault;
use crate::{Failure, Visit, case};

/// Submits the application, or submits it again after a return. A repetition with the same key gets the same answer.
///
/// # Errors
/// `Invalid` with `NotAgreed`, `Stale` for a key that no page gave out and when another promise is in force, `AlreadySubmitted`, `AlreadyCollected`,
/// `NotComplete`, `NoBureau`, `NotAllAmended`, `Invalid` with `TooLong` at `remark`.
pub async fn submit(visit: &Visit, form: &SubmitForm) -> Result<Answer, Failure> {
    let account = visit.account()?;
    if form.agreed != "yes" {
        return Err(FieldErrors::one("agreed", Fault::NotAgreed).into());
    }
    if form.request_key.is_empty() || form.request_key.len() > 64 {
        return Err(Failure::Stale);
    }
    let remark = check_remark(&form.remark)?;
    let line = visit.province.profile.intake_line();
    if line.pledge_at == PledgeAt::End && form.version != line.briefing.pledge_version {
        return Err(Failure::Stale);
    }
    let _turn = turn(visit).await?;
    let (work, scope, key) = (visit.clone(), format!("submit:{account}"), form.request_key.clone());
    let answer = visit
        .write(move |tx| {
            Box::pin(async move {
                let case = lock(&work, tx).await?;
                if let Some(answer) = tx.find_answer(&scope, &key).await? {
                    return Ok(serde_json::from_str::<Answer>(&answer)?);
                }
                let mut folder = Folder::of(&work, tx, case).await?;
                folder.read_files(tx).await?;
                let answer = Answer::go(path(&work, "intake/progress"));
                tx.remember_answer(&scope, &key, &serde_json::to_string(&answer)?, work.now()).await?;
                if work.province.profile.intake_line().pledge_at == PledgeAt::End {
                    let case = folder.case.as_ref().ok_or(Failure::Stale)?;
                    pledge::keep(&work, &case.id, tx).await?;
                    folder.is_pledged = true;
                }
                submit_own(&work, tx, &folder, remark).await?;
                Ok::<_, Failure>(answer)
            })
        })
        .await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

async fn submit_own(visit: &Visit, tx: &mut Tx, folder: &Folder, remark: String) -> Result<(), Failure> {
    let action = folder.next();
    folder.permit(action)?;
    let case = folder.case.as_ref().ok_or(Refusal::NotComplete)?;
    let application = complete(folder)?;
    let submitted = submitted(visit, tx, folder, remark).await?;
    let by = By::owner(case, &folder.account.name);
    let now = hand_in(visit, tx, folder, Ready { bureau: &application.bureau, submitted: &submitted, by, note: "" }).await?;
    let (round, number) = (now.round, now.number.unwrap_or_default());
    let (bureau, due_on) = (bureau_name(folder.province(), now.bureau.as_ref()), now.due_on.unwrap_or_default());
    let body = format!("您的申请已提交{bureau}审核，受理编号 {number}，预计 {due_on} 前审核完毕。");
    let dedupe_key = format!("submitted:{}:{round}", case.id);
    let news = News { case: Some(&case.id), title: "申请已提交", body: &body, sms: None, dedupe_key: &dedupe_key };
    tell(tx, &visit.services, &folder.account, news).await?;
    let detail = json!({ "round": round, "bureau": application.bureau, "number": number });
    Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?)
}

/// What is ready to be handed in, and by whom.
pub(super) struct Ready<'a> {
    pub bureau: &'a BureauCode,
    pub submitted: &'a Submitted,
    pub by: By<'a>,
    /// For the timeline; may be empty.
    pub note: &'a str,
}

/// Puts a folder into the queue of a bureau. Answers the case as it is then.
pub(super) async fn hand_in(visit: &Visit, tx: &mut Tx, folder: &Folder, ready: Ready<'_>) -> Result<CaseRow, Failure> {
    let case = folder.case.as_ref().ok_or(Refusal::NotComplete)?;
    let what = HandIn {
        bureau: ready.bureau,
        form_version: folder.province().profile.intake.form_version.into(),
        body_sealed: seal_body(&visit.services, &case.id, case.round + 1, ready.submitted)?,
        by: ready.by,
        note: ready.note,
    };
    let now = case::hand_in(tx, visit, case, what).await?;
    tx.save_certificates(&case.id, &certificates(&visit.services.vault, &folder.cx(), &folder.answers)).await?;
    Ok(now)
}

/// The application, when nothing is missing or wrong and every rejected item was amended.
pub(super) fn complete(folder: &Folder) -> Result<Application, Refusal> {
    let faults = folder.faults();
    if faults.iter().flat_map(|(_, errors)| &errors.0).any(|error| error.fault == Fault::NoBureau) {
        return Err(Refusal::NoBureau);
    }
    if !faults.is_empty() {
        return Err(Refusal::NotComplete);
    }
    let items = folder.not_amended();
    if !items.is_empty() {
        return Err(Refusal::NotAllAmended { items });
    }
    folder.answers.check(&folder.cx()).map_err(|_| Refusal::NotComplete)
}

/// What is handed in, with the promise that was made for it.
pub(super) async fn submitted(visit: &Visit, tx: &mut Tx, folder: &Folder, remark: String) -> Result<Submitted, Failure> {
    let case = folder.case.as_ref().ok_or(Refusal::NotComplete)?;
    let version = &visit.province.profile.intake_line().briefing.pledge_version;
    let pledge = tx.find_pledge(&case.id, version).await?.ok_or(Refusal::NotComplete)?;
    let files = folder.slots().into_iter().filter_map(|rules| folder.files.get(&rules.slot)).flatten();
    let files = files.map(|row| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() });
    Ok(Submitted {
        answers: folder.answers.clone(),
        files: files.collect(),
        form_version: folder.province().profile.intake.form_version,
        pledge_version: pledge.version.clone(),
        pledge_hash: pledge.text_hash.clone(),
        holder: folder.holder.clone(),
        remark,
        explanations: folder.explained_as_they_were(),
        taken_in: None,
    })
}

/// The keyed hashes of the certificate numbers that the answers give where they are asked, by item.
#[must_use]
pub fn certificates(vault: &Vault, cx: &Context<'_>, answers: &Answers) -> Vec<(String, Vec<u8>)> {
    let rows = display(cx, answers).into_iter().flat_map(|section| section.rows);
    let items = rows.map(|row| row.item).filter(|item| item.ends_with("certificate_number"));
    let numbers = items.map(|item| (text::tidy_code(answers.get(&item).unwrap_or_default()), item));
    let given = numbers.filter(|(number, _)| !number.is_empty());
    given.map(|(number, item)| (item, vault.keyed_hash("certificate", &number))).collect()
}
