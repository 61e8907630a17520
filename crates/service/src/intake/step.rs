//! One step of the form: shown, and saved as it was typed whether or not it is complete.

use chrono::{NaiveDate, TimeDelta};
use domain::answer::{Answer, Flash, Notice};
use domain::case::{Action, Status};
use domain::fault::{Fault, FieldErrors};
use domain::intake::view::{Kit, SaveHow, Seen, StepView, Words};
use domain::intake::{Answers, Holder, StepForm, StepKey, Task, asks_division, leaned_on, lists_of, next_task};
use domain::province::{Bureaus, Divisions, Province};
use serde_json::json;
use store::Tx;
use store::case::begun::Begun;
use store::case::draft::{DraftPlace, NewDraft};
use store::case::file::CaseRow;

use super::known::known;
use super::load::{Folder, KIND, Saved, back_path, draft_place, path, task_path};
use super::print::by_hand;
use super::turn::{open_begun, turn};
use crate::case::note_typing;
use crate::{Failure, Visit, portal};

/// No answer is longer, so that a draft stays small whatever is posted.
const LONGEST: usize = 4000;
/// A page saves by itself all the time; of these saves the audit trail has one in so long.
const QUIET: TimeDelta = TimeDelta::minutes(10);
/// What names a page is as long as a page makes it.
const LONGEST_TAB: usize = 40;

/// A step with what is saved; with `is_checked` also with what is wrong.
///
/// # Errors
/// `NotFound` for a step that the province does not ask, `SignInAgain`, `Store`, `Broken`.
pub async fn step_view(visit: &Visit, step: StepKey, is_checked: bool) -> Result<StepView, Failure> {
    let rules = visit.province.profile.intake.step(step).ok_or(Failure::NotFound)?;
    let folder = Folder::to_fill_in(visit, &mut visit.services.db.read().await?).await?;
    let form = folder.answers.form(step);
    let shown = if folder.saved.contains_key(&step) { form.clone() } else { form.clone().at_first(rules) };
    let errors = if is_checked { form.check(&folder.cx()).err().unwrap_or_default() } else { FieldErrors::default() };
    let saved = folder.saved.get(&step);
    let by_hand = by_hand(visit, &form).await;
    // A save on leaving may have come after the one that was chosen: what is saved already contradicts nothing.
    let conflict =
        visit.take_flash(&conflict_name(step)).await?.map(|flash| refilled(step, flash)).filter(|typed| *typed != form);
    let province = folder.province();
    // Which bureau takes the case is asked where the division is.
    let bureaus = match step {
        StepKey::Employment => portal::bureaus(&mut visit.services.db.read().await?, province).await?,
        _ => Bureaus::default(),
    };
    let bureau = folder.answers.bureau(&folder.cx()).and_then(|bureau| bureaus.get(&bureau.code).cloned());
    Ok(StepView {
        words: Words::of(&province.profile),
        kit: kit(province, (&folder.holder, folder.cx().today), &folder.answers, (shown, &bureaus)),
        step,
        bureau,
        version: saved.map_or(0, |saved| saved.version),
        saved_at: saved.map(|saved| saved.at),
        known: if step == StepKey::Person { Some(known(visit, &folder)?) } else { None },
        errors,
        by_hand,
        open: folder.open.clone(),
        fixed: folder.has_fixed_name().then(|| "person.name".to_owned()),
        reasons: folder.rejected.clone(),
        conflict,
        tasks: folder.tasks(),
        flash: visit.take_flash("intake").await?,
    })
}

/// What the rules need of a step. `shown` is what stands in its fields, `answers` what is saved of all of them.
pub(crate) fn kit(
    province: &Province,
    (holder, today): (&Holder, NaiveDate),
    answers: &Answers,
    (shown, bureaus): (StepForm, &Bureaus),
) -> Kit {
    let step = shown.step();
    let intake = &province.profile.intake;
    let steps = leaned_on(intake, step);
    let is_chosen = intake.step(step).is_some_and(|rules| rules.field("bureau").is_some());
    Kit {
        answers: answers.with(shown).within(&steps),
        steps,
        rules: intake.rules.clone(),
        lists: lists_of(province, step),
        divisions: if asks_division(intake, step) { province.divisions.clone() } else { Divisions::default() },
        bureaus: if step == StepKey::Employment { bureaus.without_contacts(is_chosen) } else { Bureaus::default() },
        holder: holder.clone(),
        today,
        province: province.profile.code.clone(),
        has_directory: intake.employer_directory,
    }
}

/// Saves a step over the version that was seen, then says what is wrong with it or where to go.
///
/// # Errors
/// `Stale` when another window saved in between; what was typed is then kept for the page of the step. `AlreadySubmitted`,
/// `AlreadyCollected`, `NotFound` for a step that the province does not ask, `Invalid` for what is too long to be kept.
pub async fn save_step(visit: &Visit, form: StepForm, seen: impl Into<Seen>, how: SaveHow) -> Result<Answer, Failure> {
    visit.filling_in()?;
    let step = form.step();
    visit.province.profile.intake.step(step).ok_or(Failure::NotFound)?;
    check_size(&form)?;
    let seen = seen.into();
    if seen.tab.len() > LONGEST_TAB || seen.sequence < 0 {
        return Err(Failure::NotFound);
    }
    let (work, typed, seen, waited) = (visit.clone(), form.clone(), seen, turn(visit).await?);
    let saving =
        visit.write_form(KIND, move |tx, begun| Box::pin(async move { keep(&work, tx, begun, typed, (seen, how)).await }));
    let result = saving.await;
    drop(waited);
    if matches!(result, Err(Failure::Stale)) {
        let name = conflict_name(step);
        let values = form.values().into_iter().map(|(field, value)| (field, value.to_owned())).collect();
        let flash = Flash { form: name.clone(), values, answer: Answer::default() };
        visit.remember(move |memo| drop(memo.flashes.insert(name, flash))).await?;
    }
    let mut answer = result?;
    if answer.notice.is_some() {
        answer.by_hand = by_hand(visit, &form).await;
    }
    Ok(answer)
}

async fn keep(
    visit: &Visit,
    tx: &mut Tx,
    begun: Begun,
    typed: StepForm,
    (seen, how): (Seen, SaveHow),
) -> Result<Answer, Failure> {
    let mut folder = open_begun(visit, tx, begun).await?;
    folder.permit(Action::Save)?;
    let Some(case) = folder.case.clone() else {
        return Ok(Answer::go(path(visit, "intake/briefing")));
    };
    let step = typed.step();
    let form = match folder.last.as_ref().filter(|_| folder.is_returned()) {
        Some(before) => {
            domain::intake::keep_locked(&folder.rejected_set(), &before.answers, &folder.answers, typed, &folder.cx())
        }
        None if step == StepKey::Person && folder.has_fixed_name() => {
            let mut typed = typed;
            typed.set("name", folder.account.name.clone());
            typed
        }
        None => typed,
    };
    let before = folder.saved.get(&step).cloned();
    let saved = match before {
        Some(saved) if is_overtaken(&seen, &saved) => return Ok(after_save(visit, &folder, &saved, &seen, (step, how))),
        Some(saved) if folder.answers.form(step) == form && !is_own(&seen, &saved) => saved,
        before => write(visit, tx, (&case, before), &form, &seen, how).await?,
    };
    folder.saved.insert(step, saved.clone());
    folder.answers.put(form);
    // The files decide where to go only when everything else is done.
    if how == SaveHow::Continue && seen.back.is_none() && next_task(&folder.tasks()) == Some(Task::Attachments) {
        folder.read_files(tx).await?;
    }
    Ok(after_save(visit, &folder, &saved, &seen, (step, how)))
}

/// Whether the same page has saved something newer already: this one came late.
fn is_overtaken(seen: &Seen, saved: &Saved) -> bool {
    is_own(seen, saved) && seen.sequence <= saved.sequence
}

fn is_own(seen: &Seen, saved: &Saved) -> bool {
    !seen.tab.is_empty() && seen.tab == saved.tab
}

/// Writes it over what the page had seen, or over an earlier save of the same page.
async fn write(
    visit: &Visit,
    tx: &mut Tx,
    (case, before): (&CaseRow, Option<Saved>),
    form: &StepForm,
    seen: &Seen,
    how: SaveHow,
) -> Result<Saved, Failure> {
    let (step, now) = (form.step(), visit.now());
    // Quiet only for whoever was noted: beside the person somebody else may be at work, such as a clerk.
    let entry = visit.entry("save_draft", "case", case.id.as_str(), json!({ "step": step.as_str() }));
    let noted = before.as_ref().map(|saved| &saved.noted).filter(|(at, by)| *by == entry.actor_id && now - *at < QUIET);
    let noted_at = noted.map(|(at, _)| *at).filter(|_| how == SaveHow::Auto);
    let sealed = visit.services.vault.seal("draft.body", &draft_place(&case.id, step), &serde_json::to_vec(form)?);
    let over = before.filter(|saved| is_own(seen, saved)).map_or(seen.version, |saved| saved.version);
    let noted = (noted_at.unwrap_or(now), entry.actor_id.clone());
    let new = NewDraft { sealed: &sealed, tab: &seen.tab, sequence: seen.sequence, noted_at: noted.0, noted_by: &noted.1 };
    let version = tx.save_draft(DraftPlace { case: &case.id, step: step.as_str() }, new, over, now).await?;
    note_typing(tx, visit, case).await?;
    if noted_at.is_none() {
        tx.audit(&entry).await?;
    }
    Ok(Saved { version, at: now, tab: seen.tab.clone(), sequence: seen.sequence, noted })
}

fn after_save(visit: &Visit, folder: &Folder, saved: &Saved, seen: &Seen, (step, how): (StepKey, SaveHow)) -> Answer {
    let notice = Some(Notice::Saved { version: saved.version, at: saved.at });
    let errors = match how {
        SaveHow::Auto => return Answer { notice, ..Answer::default() },
        SaveHow::Later => FieldErrors::default(),
        SaveHow::Continue => folder.answers.form(step).check(&folder.cx()).err().unwrap_or_default(),
    };
    if !errors.is_empty() {
        return Answer { errors, notice, ..Answer::default() };
    }
    let goes_on = how == SaveHow::Continue && folder.status() == Status::Draft;
    let back = seen.back.filter(|_| how == SaveHow::Continue);
    let go = match (back, goes_on) {
        (Some(back), _) => back_path(visit, back),
        (None, true) => next_task(&folder.tasks()).map_or_else(|| path(visit, "intake"), |task| task_path(visit, task)),
        (None, false) => path(visit, "intake"),
    };
    Answer { go: Some(go), notice, ..Answer::default() }
}

/// That nothing in it is too long to be kept.
///
/// # Errors
/// `Invalid` with `TooLong`.
pub(crate) fn check_size(form: &StepForm) -> Result<(), Failure> {
    let mut errors = FieldErrors::default();
    for (field, _) in form.values().iter().filter(|(_, value)| value.len() > LONGEST) {
        errors.push(field, Fault::TooLong(LONGEST as u32 / 4));
    }
    Ok(errors.or(())?)
}

fn conflict_name(step: StepKey) -> String {
    format!("conflict:{}", step.as_str())
}

fn refilled(step: StepKey, flash: Flash) -> StepForm {
    let mut form = StepForm::of(step);
    for (field, value) in flash.values {
        form.set(&field, value);
    }
    form
}
