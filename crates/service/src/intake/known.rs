//! The facts of the registration that the step about the person shows and does not ask.

use chrono::Datelike;
use domain::identity::mask;
use domain::intake::StepKey;
use domain::intake::view::Known;

use super::load::Folder;
use super::show;
use crate::{Failure, Visit};

/// What the registration knows, but for what the step asks for again.
///
/// # Errors
/// `Broken` when the number cannot be opened.
pub(super) fn known(visit: &Visit, folder: &Folder) -> Result<Known, Failure> {
    let (account, profile) = (&folder.account, &folder.province().profile);
    let rules = profile.intake.step(StepKey::Person);
    let asked = |key: &str| rules.and_then(|rules| rules.field(key));
    let label = |key: &str, plain: &str| asked(key).map_or_else(|| plain.to_owned(), |field| field.label.clone());
    let mobile = visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let mut facts = Vec::new();
    if asked("name").is_none() {
        facts.push(("姓名".to_owned(), account.name.clone()));
    }
    let kind = show::document_label(folder);
    facts.push(("证件类型".to_owned(), kind));
    facts.push(("证件号码".to_owned(), mask::document(&folder.document)));
    facts.extend(folder.holder.sex.map(|sex| (label("sex", "性别"), sex.label().to_owned())));
    facts.extend(
        folder.holder.born_on.map(|on| (label("born_on", "出生日期"), format!("{}年{}月{}日", on.year(), on.month(), on.day()))),
    );
    if asked("mobile").is_none() {
        facts.push(("手机号码".to_owned(), mask::mobile(&mobile)));
    }
    facts.retain(|(_, value)| !value.is_empty());
    let slots = folder.slots();
    let photo = slots.iter().find(|rules| rules.photo.is_some()).and_then(|rules| folder.files.get(&rules.slot)?.last());
    Ok(Known { facts, photo: photo.map(|row| row.id.clone()) })
}
