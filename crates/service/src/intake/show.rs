//! The parts that several pages show.

use std::collections::BTreeSet;

use domain::case::view::{MarkView, RejectedItem};
use domain::case::{Action, Mark};
use domain::fault::FieldError;
use domain::intake::view::SlotView;
use domain::intake::{Context, Task, display};
use domain::province::Profile;

use super::Submitted;
use super::load::{Folder, path};
use crate::case::{file_of_mark, files_of, fingerprints};
use crate::{Failure, Visit};

/// The slots that the answers call for, with their files.
///
/// # Errors
/// `Broken` when a remark cannot be opened.
pub(super) fn slots(visit: &Visit, folder: &Folder) -> Result<Vec<SlotView>, Failure> {
    let before = folder.last.as_ref().map(|last| last.hashes()).unwrap_or_default();
    let slots = folder.slots().into_iter().map(|rules| {
        let item = format!("attachment.{}", rules.slot);
        let rows = folder.files.get(&rules.slot).map_or(&[][..], Vec::as_slice);
        let now = fingerprints(rows.iter().map(|row| (row.slot.as_str(), row.sha256.as_str())));
        let reason = folder.rejected.get(&item).cloned();
        Ok(SlotView {
            rules: rules.clone(),
            files: files_of(&visit.services, rows)?,
            is_open: folder.may_change(&item),
            is_amended: reason.is_some() && now.get(&rules.slot) != before.get(&rules.slot),
            reason,
            error: None,
            words: visit.province.profile.intake.words.slot.clone(),
        })
    });
    slots.collect()
}

/// What the province calls the document of the person.
pub(super) fn document_label(folder: &Folder) -> String {
    let mut kinds = folder.province().profile.account.document_kinds.iter();
    kinds.find(|option| option.kind == folder.holder.document_kind).map(|option| option.label.clone()).unwrap_or_default()
}

/// Titles that stand several times get numbers: pages of one paper.
pub(super) fn numbered<T>(files: Vec<(String, T)>) -> Vec<(String, T)> {
    let titles: Vec<String> = files.iter().map(|(title, _)| title.clone()).collect();
    let count = |of: &[String], title: &String| of.iter().filter(|one| *one == title).count();
    let number = |(n, (title, file)): (usize, (String, T))| match count(&titles, &title) {
        1 => (title, file),
        all => (format!("{title}（第 {} 张，共 {all} 张）", count(&titles[..=n], &title)), file),
    };
    files.into_iter().enumerate().map(number).collect()
}

/// The rejected items, or those among them that `only` names, with their words and the way to them.
pub(super) fn rejected(visit: &Visit, folder: &Folder, only: Option<&[String]>) -> Vec<RejectedItem> {
    let Some(before) = &folder.last else { return Vec::new() };
    let cx = folder.cx();
    let as_they_were: BTreeSet<String> = folder.as_they_were().into_iter().collect();
    let explained = folder.explained_as_they_were();
    let may_explain = folder.permit(Action::Resubmit).is_ok() && folder.is_returned();
    let wanted = folder.rejected.iter().filter(|(item, _)| only.is_none_or(|only| only.contains(item)));
    let mut items: Vec<_> = wanted
        .map(|(item, reason)| RejectedItem {
            item: item.clone(),
            label: label(visit, &cx.with(&before.answers), item),
            reason: reason.clone(),
            mark: folder.marks.get(item).and_then(|mark| mark_view(folder, before, mark)),
            is_amended: folder.is_returned() && !as_they_were.contains(item),
            link: link(visit, item),
            explanation: explained.get(item).cloned(),
            explain_link: (may_explain && as_they_were.contains(item)).then(|| path(visit, &format!("intake/explain/{item}"))),
        })
        .collect();
    let order = domain::intake::items(&cx, &before.answers);
    items.sort_by_key(|rejected| order.iter().position(|item| *item == rejected.item));
    items
}

/// What was ringed round, on the picture as it was submitted.
fn mark_view(folder: &Folder, before: &Submitted, mark: &Mark) -> Option<MarkView> {
    let file = file_of_mark(&before.files, mark)?;
    let title = folder.province().profile.intake_line().attachment(&mark.slot)?.title.clone();
    Some(MarkView { file: file.id.clone(), title, mark: mark.clone() })
}

fn label(visit: &Visit, cx: &Context<'_>, item: &str) -> String {
    if let Some(slot) = item.strip_prefix("attachment.") {
        return visit
            .province
            .profile
            .intake_line()
            .attachment(slot)
            .map_or_else(|| slot.to_owned(), |rules| rules.title.clone());
    }
    let row = display(cx, cx.answers).into_iter().flat_map(|section| section.rows).find(|row| row.item == item);
    match row {
        // Rows have the same questions, so that only the heading tells them apart.
        Some(row) if item.contains(".rows.") => row.group.map_or(row.label.clone(), |group| format!("{group}：{}", row.label)),
        Some(row) => row.label,
        None => item.to_owned(),
    }
}

fn link(visit: &Visit, item: &str) -> String {
    match item.split_once('.') {
        Some(("attachment", slot)) => path(visit, &format!("intake/files#slot-{slot}")),
        Some((step, field)) => path(visit, &format!("intake/{step}#field-{field}")),
        None => path(visit, "intake"),
    }
}

/// What keeps the application from being submitted, each with the name of its field.
pub(super) fn faults(folder: &Folder) -> Vec<(Task, String, FieldError)> {
    let profile = &folder.province().profile;
    let faults = folder.faults().into_iter().flat_map(|(task, errors)| errors.0.into_iter().map(move |error| (task, error)));
    faults.map(|(task, error)| (task, name_of(profile, task, &error.field), error)).collect()
}

fn name_of(profile: &Profile, task: Task, field: &str) -> String {
    let column = field.rsplit('.').next().unwrap_or(field);
    match task {
        Task::Step(step) => {
            let rules = profile.intake.step(step).and_then(|rules| rules.field(column));
            let label = rules.map(|rules| rules.label.clone()).unwrap_or_default();
            let row = field.strip_prefix("rows.").and_then(|rest| rest.split('.').next()?.parse::<usize>().ok());
            row.map_or(label.clone(), |row| format!("第 {} 项的{label}", row + 1))
        }
        Task::Attachments => profile.intake_line().attachment(field).map(|rules| rules.title.clone()).unwrap_or_default(),
        Task::Briefing => profile.intake_line().pledge_title.clone(),
        Task::Check => String::new(),
    }
}
