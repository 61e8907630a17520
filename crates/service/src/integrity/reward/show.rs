//! One reward as its person sees it: the form while it is theirs, what was handed in afterwards.

use domain::case::{Action, Role, offered};
use domain::id::CaseId;
use domain::integrity::forms::RewardForm;
use domain::integrity::view::RewardView;
use domain::papers::{Promise, SlotView};

use super::super::{REWARD, rules};
use super::file::Held;
use super::obstacle;
use crate::case::{UploadFor, fault_name, files_of, newest_reason, summary, timeline, uploads_left};
use crate::{Failure, Memo, Visit};

/// A reward with its proof, what stands in its way, and everything that was said about it.
///
/// # Errors
/// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn reward_view(visit: &Visit, case: &CaseId) -> Result<RewardView, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let flash = visit.take_flash("reward-case").await?;
    let mut reader = visit.services.db.read().await?;
    let held = Held::load(visit, &mut reader, case).await?;
    let is_open = held.permit(visit, Action::Save).is_ok();
    let reward = held.row.reward();
    let obstacle = match is_open {
        true => obstacle(visit, &mut reader, &account, (Some(&reward), Some(case))).await?,
        false => None,
    };
    let events = reader.list_events(case).await?;
    let sections = match reader.list_submissions(case).await?.pop().filter(|_| !is_open) {
        Some(round) => visit.services.kinds.of(REWARD).open(&visit.services, case, &round)?.sections(visit),
        None => Vec::new(),
    };
    let uploads_left = if is_open { uploads_left(&mut reader, visit, &account, UploadFor::Proof).await? } else { None };
    let timeline = timeline(&mut reader, visit, &held.case, events.clone()).await?;
    drop(reader);
    let (line, case) = (visit.line(REWARD), summary(&held.case, &visit.province.bureaus));
    Ok(RewardView {
        rules: rules.clone(),
        reward_name: line.name.clone(),
        reward: RewardForm::of(&reward),
        slots: slots(visit, &held, is_open).await?,
        uploads_left,
        sections,
        obstacle,
        reason: newest_reason(&events, case.status),
        timeline,
        actions: offered(case.status, Role::Owner, &visit.kind_rules(REWARD)).collect(),
        promise: (Promise::of(line), line.confirm_label.clone()),
        flash,
        request_key: visit.services.ids.id(),
        case,
    })
}

/// The proof. What was wrong with an upload without scripts is shown once.
async fn slots(visit: &Visit, held: &Held, is_open: bool) -> Result<Vec<SlotView>, Failure> {
    let faults = visit.glimpse()?.upload_faults;
    let id = held.case.id.clone();
    if faults.names().any(|name| name.starts_with(id.as_str())) {
        visit.remember(move |memo: &mut Memo| memo.upload_faults.forget(|name| name.starts_with(id.as_str()))).await?;
    }
    let files = files_of(&visit.services, &held.files)?;
    let slot = |rules: &domain::province::AttachmentRules| SlotView {
        files: files.iter().filter(|file| file.slot == rules.slot).cloned().collect(),
        is_open,
        reason: None,
        is_amended: false,
        error: faults.get(&fault_name(&held.case.id, &rules.slot)).cloned(),
        words: visit.province.profile.intake.words.slot.clone(),
        rules: rules.clone(),
    };
    Ok(visit.line(REWARD).attachments.iter().map(slot).collect())
}
