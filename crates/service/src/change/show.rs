//! 变更入口, 资料上传 and 变更退回.

use std::collections::BTreeMap;

use domain::answer::Flash;
use domain::case::{Action, CaseKind, Role, Section, Status, offered};
use domain::change::view::{CalledSlot, ChangeView, ChangedItem, OccasionView};
use domain::change::{ChangeRules, Occasion, Way, item_of};
use domain::fault::FieldError;
use domain::intake::{Item, StepKey, display};
use domain::national::Doing;
use domain::papers::{Promise, SlotView};
use domain::province::AttachmentRules;
use store::Reader;

use super::begin::is_over;
use super::file::Folder;
use super::moves::{employers, moving, said_of};
use super::{KIND, rules, word};
use crate::case::{
    Body, UploadFor, bureau_name, done_here, fault_name, files_of, labels, newest_reason, open_beside, summary, timeline,
    uploads_left, warnings,
};
use crate::{Failure, Memo, Visit};

/// The forms of the pages.
const FORMS: [&str; 2] = ["change-submit", "change-other"];

/// A change as its person sees it. Whoever has no record reads what comes first.
///
/// # Errors
/// `NotFound` where the province has no such thing, `Elsewhere` while nothing is open that goes on here, `SignInAgain`, `Store`, `Broken`.
pub async fn change_view(visit: &Visit) -> Result<ChangeView, Failure> {
    let rules = rules(visit)?;
    let mut flash = None;
    for form in FORMS {
        flash = flash.or(visit.take_flash(form).await?);
    }
    let mut reader = visit.services.db.read().await?;
    let folder = Folder::load(visit, &mut reader).await?;
    match folder.as_ref().and_then(|folder| folder.case.as_ref()).map(|case| case.status).filter(|status| !is_over(*status)) {
        None => done_here(visit, KIND, Doing::Open)?,
        Some(Status::Draft) => done_here(visit, KIND, Doing::HandIn)?,
        Some(_) => {}
    }
    let mut view = empty(visit, flash);
    let Some(folder) = folder else { return Ok(view) };
    view.is_collected = true;
    if let Some(open) = open_beside(&mut reader, &folder.account.id, KIND).await? {
        let (name, number) = (&visit.line(open.kind).name, open.number.as_deref().unwrap_or_default());
        view.closed = Some(format!("{name}（受理编号 {number}）正在办理，办结或者取消以后才能办理{}。", view.name));
    }
    if folder.closing.is_some() {
        let closing = visit.services.kinds.of(CaseKind::Closing);
        view.closed = closing.warnings(visit, &mut reader, &folder.account.id).await?.into_iter().next();
    } else {
        view.warnings = warnings(&mut reader, visit, &folder.account.id).await?;
    }
    view.bureau_name = bureau_name(&visit.province, &folder.record.bureau);
    view.occasions = rules.occasions.iter().map(|occasion| happened(visit, rules, &folder, occasion)).collect();
    if let Some(case) = &folder.case {
        let events = reader.list_events(&case.id).await?;
        let timeline = timeline(&mut reader, visit, case, events.clone()).await?;
        let case = summary(case, &visit.province.bureaus);
        view.reason = newest_reason(&events, case.status);
        view.timeline = timeline;
        view.actions = offered(case.status, Role::Owner, &visit.kind_rules(KIND)).collect();
        view.case = Some(case);
    }
    // Of a closed record, and beside another decision of it, nothing is begun or gone on with.
    let goes_on = |status| !is_over(status) && (view.closed.is_none() || status == Status::Submitted);
    let open = folder.case.as_ref().filter(|case| goes_on(case.status));
    let Some(case) = open else {
        if view.closed.is_some() {
            view.actions.clear();
        }
        return Ok(view);
    };
    let items = folder.changed();
    view.changed = changed(rules, &folder, &items);
    said_of_moves(visit, &mut reader, &folder, &mut view).await?;
    if case.status == Status::Submitted {
        view.sections = folder.last.as_ref().map(|body| body.sections(visit)).unwrap_or_default();
        return Ok(view);
    }
    view.forms = forms(visit, rules, &items);
    view.faults = faults(visit, &folder);
    view.rejected_files = rejected_files(visit, &folder);
    view.uploads_left = uploads_left(&mut reader, visit, &folder.account.id, UploadFor::Proof).await?;
    drop(reader);
    view.slots = slots(visit, &folder, &items).await?;
    view.word = word::said(visit, &folder, &items)?;
    Ok(view)
}

/// 调出 and 调入 as far as the change is about them, and who decides on it.
async fn said_of_moves(visit: &Visit, reader: &mut Reader, folder: &Folder, view: &mut ChangeView) -> Result<(), Failure> {
    let waits = folder.case.as_ref().filter(|case| case.status == Status::Submitted);
    if let Some(case) = waits {
        view.bureau_name = bureau_name(&visit.province, case.bureau.as_ref());
        if let Some(moving) = folder.last.as_ref().and_then(|last| last.moving.as_ref()) {
            view.moves = moving.waiting(visit, reader, case.seat).await?;
        }
    } else {
        match moving(visit, folder) {
            Ok(Some(moving)) => {
                (view.bureau_name, view.days) = (moving.deciders(visit), moving.days());
                view.moves = moving.said(visit, reader).await?;
            }
            Ok(None) => {}
            Err(why) => view.stays = Some(why),
        }
    }
    let find = |item: &str| {
        let found = view.changed.iter().find(|changed| changed.item == item);
        found.map(|changed| (changed.before.as_str(), changed.now.as_str()))
    };
    let said = employers(find).map(said_of);
    view.moves.extend(said);
    Ok(())
}

/// Of somebody without a record.
fn empty(visit: &Visit, flash: Option<Flash>) -> ChangeView {
    let line = visit.line(KIND);
    ChangeView {
        name: line.name.clone(),
        days: line.review_working_days,
        bureau_name: String::new(),
        is_collected: false,
        closed: None,
        warnings: Vec::new(),
        case: None,
        actions: Vec::new(),
        occasions: Vec::new(),
        forms: Vec::new(),
        changed: Vec::new(),
        faults: Vec::new(),
        moves: Vec::new(),
        stays: None,
        word: None,
        slots: Vec::new(),
        uploads_left: None,
        sections: Vec::new(),
        reason: String::new(),
        rejected_files: Vec::new(),
        timeline: Vec::new(),
        promise: (Promise::of(line), line.confirm_label.clone()),
        request_key: visit.services.ids.id(),
        flash,
    }
}

/// What is asked of whom something happened to, by the rule of 资料上传.
fn happened(visit: &Visit, rules: &ChangeRules, folder: &Folder, of: &Occasion) -> OccasionView {
    let (all, cx) = (&visit.line(KIND).attachments, folder.cx());
    let mut papers: Vec<String> = Vec::new();
    for slot in of.fields.iter().flat_map(|path| rules.asks_for(all, &item_of(path), &cx)) {
        if !papers.contains(&slot.title) {
            papers.push(slot.title.clone());
        }
    }
    let label = |item: &String| {
        let (step, field) = item.split_once('.')?;
        Some(visit.province.profile.intake.step(StepKey::parse(step)?)?.field(field)?.label.clone())
    };
    OccasionView { key: of.key.clone(), title: of.title.clone(), labels: of.fields.iter().filter_map(label).collect(), papers }
}

/// The forms of which something may be changed, with how many answers are.
fn forms(visit: &Visit, rules: &ChangeRules, items: &[String]) -> Vec<(StepKey, String, usize)> {
    let steps = visit.province.profile.intake.steps.iter().filter(|step| !rules.open(step).is_empty());
    let count = |key: StepKey| items.iter().filter(|item| Item::parse(item).is_some_and(|item| item.step == key)).count();
    steps.map(|step| (step.key, step.title.clone(), count(step.key))).collect()
}

/// What is changed, in words.
pub(super) fn changed(rules: &ChangeRules, folder: &Folder, items: &[String]) -> Vec<ChangedItem> {
    let words = |answers| display(&folder.cx().with(answers), answers);
    let (was, is) = (words(&folder.before), words(&folder.answers));
    let value = |of: &[Section], item: &str| {
        let mut rows = of.iter().flat_map(|section| &section.rows);
        rows.find(|row| row.item == item).map(|row| row.value.clone()).unwrap_or_default()
    };
    let titles: BTreeMap<String, String> = labels(was.clone()).into_iter().chain(labels(is.clone())).collect();
    let line = |item: &String| {
        Some(ChangedItem {
            step: Item::parse(item)?.step,
            label: titles.get(item).cloned().unwrap_or_default(),
            before: value(&was, item),
            now: value(&is, item),
            is_at_once: rules.way(item) == Some(Way::AtOnce),
            reason: folder.rejected.get(item).cloned().unwrap_or_default(),
            item: item.clone(),
        })
    };
    items.iter().filter_map(line).collect()
}

fn faults(visit: &Visit, folder: &Folder) -> Vec<(StepKey, String, FieldError)> {
    let found = folder.answers.check(&folder.cx()).err().unwrap_or_default().into_iter();
    let label = |step: StepKey, field: &str| {
        let column = field.rsplit('.').next().unwrap_or(field);
        let rules = visit.province.profile.intake.step(step);
        let of = rules.and_then(|rules| rules.field(column)).map(|field| field.label.clone());
        of.or_else(|| rules.map(|rules| rules.title.clone())).unwrap_or_default()
    };
    found.flat_map(|(step, errors)| errors.0.into_iter().map(move |error| (step, label(step, &error.field), error))).collect()
}

fn rejected_files(visit: &Visit, folder: &Folder) -> Vec<(String, String)> {
    let title = |slot: &str| visit.line(KIND).attachment(slot).map(|rules| rules.title.clone());
    let of =
        folder.rejected.iter().filter_map(|(item, reason)| Some((title(item.strip_prefix("attachment.")?)?, reason.clone())));
    of.collect()
}

/// 资料上传, each with the sentence why. What was wrong with an upload without scripts is shown once.
async fn slots(visit: &Visit, folder: &Folder, items: &[String]) -> Result<Vec<CalledSlot>, Failure> {
    let Ok(case) = folder.permit(visit, Action::Save) else { return Ok(Vec::new()) };
    let (faults, id) = (visit.glimpse()?.upload_faults, case.id.clone());
    if faults.names().any(|name| name.starts_with(id.as_str())) {
        visit.remember(move |memo: &mut Memo| memo.upload_faults.forget(|name| name.starts_with(id.as_str()))).await?;
    }
    let files = files_of(&visit.services, &folder.files)?;
    let as_they_were = folder.as_they_were(visit)?;
    let titles: BTreeMap<String, String> = labels(display(&folder.cx().with(&folder.before), &folder.before))
        .into_iter()
        .chain(labels(display(&folder.cx(), &folder.answers)))
        .collect();
    let view = |(rules, of): (&AttachmentRules, Vec<String>)| {
        let item = format!("attachment.{}", rules.slot);
        let reason = folder.rejected.get(&item).cloned();
        let slot = SlotView {
            files: files.iter().filter(|file| file.slot == rules.slot).cloned().collect(),
            is_open: true,
            is_amended: reason.is_some() && !as_they_were.contains(&item),
            reason,
            error: faults.get(&fault_name(&case.id, &rules.slot)).cloned(),
            words: visit.province.profile.intake.words.slot.clone(),
            rules: rules.clone(),
        };
        let named: Vec<String> = of.iter().filter_map(|item| titles.get(item)).map(|title| format!("“{title}”")).collect();
        CalledSlot { slot, because: format!("因为您修改了{}。", named.join("、")) }
    };
    Ok(folder.slots(visit, items)?.into_iter().map(view).collect())
}
