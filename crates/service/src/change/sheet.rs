//! 变更页: a form of the record. It is read apart from the other pages, because nothing else of a change needs the rules in the browser.

use std::collections::{BTreeMap, BTreeSet};

use domain::case::Action;
use domain::change::item_of;
use domain::change::view::{ChangeFormView, SheetView};
use domain::intake::StepKey;
use domain::province::Bureaus;
use store::Reader;

use super::file::Folder;
use super::show::changed;
use super::{KIND, rules};
use crate::intake::kit;
use crate::{Failure, Visit, portal};

/// The form of that key, with the answers as they would be; without a sheet while there is no change that could be saved.
///
/// # Errors
/// `NotFound` where the province has no such thing or asks no such form, `SignInAgain`, `Store`, `Broken`.
pub async fn change_form(visit: &Visit, step: &str) -> Result<ChangeFormView, Failure> {
    let of = rules(visit)?;
    let step =
        StepKey::parse(step).filter(|step| visit.province.profile.intake.step(*step).is_some()).ok_or(Failure::NotFound)?;
    let flash = visit.take_flash("change").await?;
    let mut view = ChangeFormView { name: visit.line(KIND).name.clone(), touched: 0, changed: 0, sheet: None, flash };
    let mut reader = visit.services.db.read().await?;
    let Some(folder) = Folder::load(visit, &mut reader).await? else { return Ok(view) };
    if folder.permit(visit, Action::Save).is_err() {
        return Ok(view);
    }
    let items = changed(of, &folder, &folder.changed());
    view.changed = items.len();
    view.touched = items.iter().filter(|item| item.step == step).count();
    view.sheet = Some(sheet(visit, &mut reader, &folder, step).await?);
    Ok(view)
}

/// A form of the record. Under each question stands what its change asks for, and, where it was touched, what is on record.
async fn sheet(visit: &Visit, reader: &mut Reader, folder: &Folder, step: StepKey) -> Result<SheetView, Failure> {
    let (rules, province) = (rules(visit)?, &visit.province);
    let bureaus = match step {
        StepKey::Employment => portal::bureaus(reader, province).await?,
        _ => Bureaus::default(),
    };
    let cx = folder.cx();
    let shown = folder.answers.form(step);
    let mut kit = kit(province, (&folder.holder, cx.today), &folder.answers, (shown, &bureaus));
    // Nothing is fetched from a directory here: what changed is typed.
    kit.has_directory = false;
    let items = folder.changed();
    let touched: BTreeMap<String, String> =
        changed(rules, folder, &items).into_iter().map(|changed| (changed.item, changed.before)).collect();
    let slots = &visit.line(KIND).attachments;
    for field in kit.steps.iter_mut().filter(|rules| rules.key == step).flat_map(|rules| &mut rules.fields) {
        let item = format!("{}.{}", step.as_str(), field.key);
        let own = rules.hints.get(&item).cloned().unwrap_or_else(|| field.hint.clone());
        let before = touched.get(&item).map(|before| match before.as_str() {
            "" => "原：未填写。".to_owned(),
            before => format!("原：{before}。"),
        });
        field.hint = format!("{own}{}{}", rules.sentence(slots, &item_of(&item), &cx), before.unwrap_or_default());
    }
    let open: BTreeSet<String> = province.profile.intake.step(step).map(|step| rules.open(step)).into_iter().flatten().collect();
    let version = folder.versions.get(&step).copied().unwrap_or(0);
    Ok(SheetView { step, kit, version, open, reasons: folder.rejected.clone() })
}
