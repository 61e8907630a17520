//! 需要修改的项目: a return item by item as a list of things to do (手册甲 二（五）2).

use domain::case::view::RejectedItem;
use domain::case::{Row, Section};
use domain::intake::view::{AmendItem, AmendView, Mend};
use domain::intake::{FieldKind, StepKey, display, field_kind, items};

use super::load::Folder;
use super::progress::reason_of_return;
use super::show;
use super::slots::{Slots, slots};
use crate::case::summary;
use crate::{Failure, Visit};

/// What was returned, each item with the way to mend it; no item where nothing was returned item by item.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn amend_view(visit: &Visit) -> Result<AmendView, Failure> {
    let (folder, Slots { slots, uploads_left, prints_left, refusal, by_hand }) = slots(visit).await?;
    let rejected = if folder.is_returned() { show::rejected(visit, &folder, None) } else { Vec::new() };
    let before = folder.last.as_ref().map(|last| display(&folder.cx().with(&last.answers), &last.answers)).unwrap_or_default();
    let now = display(&folder.cx(), &folder.answers);
    let line = |item: RejectedItem| AmendItem {
        before: value(&before, &item.item),
        now: value(&now, &item.item),
        mend: mend(visit, &folder, &item.item),
        item,
    };
    let reason = reason_of_return(&folder, &mut visit.services.db.read().await?).await?;
    let case = folder.case.as_ref().map(|case| summary(case, &visit.province.bureaus));
    Ok(AmendView {
        items: rejected.into_iter().map(line).collect(),
        bureau_name: case.map(|case| case.bureau_name).unwrap_or_default(),
        case: folder.case.as_ref().map(|case| case.id.clone()),
        reason,
        sealed: items(&folder.cx(), &folder.answers).iter().filter(|item| !folder.may_change(item)).count(),
        slots,
        uploads_left,
        prints_left,
        refusal,
        by_hand,
    })
}

fn value(of: &[Section], item: &str) -> Option<String> {
    let mut rows = of.iter().flat_map(|section| &section.rows);
    rows.find(|row: &&Row| row.item == item).map(|row| row.value.clone())
}

/// The question of an item, where it stands by itself: a place leads to a bureau, which its own page shows.
fn mend(visit: &Visit, folder: &Folder, item: &str) -> Option<Mend> {
    let (step, field) = item.split_once('.')?;
    let (step, column) = (StepKey::parse(step)?, field.rsplit('.').next()?);
    let rules = visit.province.profile.intake.step(step)?.field(column)?;
    let form = folder.answers.form(step);
    if !folder.may_change(item) {
        return None;
    }
    let value = form.get(field).unwrap_or_default().to_owned();
    let kind = field_kind(step, column)?;
    let choices = match kind {
        FieldKind::Division | FieldKind::Bureau | FieldKind::ResponsibleBureau => return None,
        FieldKind::Choice => {
            let today = visit.services.today();
            let entries = visit.province.lists.entries(rules.list.as_deref()?).iter();
            let open = entries.filter(|entry| entry.is_valid(today) || entry.code == value);
            open.map(|entry| (entry.code.clone(), entry.label.clone())).collect()
        }
        _ => Vec::new(),
    };
    let others = form.values().into_iter().filter(|(name, value)| name != field && !value.is_empty());
    Some(Mend {
        step,
        version: folder.saved.get(&step).map_or(0, |saved| saved.version),
        field: field.to_owned(),
        hint: rules.hint.clone(),
        example: rules.example.clone().unwrap_or_default(),
        is_digits: is_digits(kind),
        choices,
        others: others.map(|(name, value)| (name, value.to_owned())).collect(),
        value,
    })
}

fn is_digits(kind: FieldKind) -> bool {
    use FieldKind::{Date, DateOrMonth, Mobile, Postcode, Telephone};
    matches!(kind, Date | DateOrMonth | Mobile | Postcode | Telephone)
}
