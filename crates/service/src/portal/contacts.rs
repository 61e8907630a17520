//! Address, telephone and hours of a bureau, under the pen of its reviewers and of the province's administrators.

use domain::answer::Answer;
use domain::id::BureauCode;
use domain::portal::forms::ContactForm;
use domain::portal::view::{ContactView, ContactsView};
use domain::portal::{editable_contacts, may_edit_contact};
use domain::province::Bureau;
use serde_json::json;
use store::portal::contact::ContactRow;

use super::read::{holds, tidied};
use super::{changed, keep_typed, seen, staff_id, under_the_pen};
use crate::account::path;
use crate::{Failure, Visit};

/// The form that is kept between two requests.
const FORM: &str = "contact";

/// The bureaus whose contact may be changed, as they are reached today.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn contacts(visit: &Visit, search: &str) -> Result<ContactsView, Failure> {
    let editable = editable_contacts(&visit.actor, &visit.province.bureaus)?;
    let all = super::bureaus(&mut visit.services.db.read().await?, &visit.province).await?;
    let search = tidied(search);
    let lines = editable.iter().filter_map(|bureau| all.get(&bureau.code)).filter(|bureau| holds(bureau, &search));
    Ok(ContactsView { lines: lines.cloned().collect(), search })
}

/// The contact of a bureau to be written.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn contact(visit: &Visit, bureau: &BureauCode) -> Result<ContactView, Failure> {
    may_edit_contact(&visit.actor, bureau, &visit.province.bureaus)?;
    let mut reader = visit.services.db.read().await?;
    let shown = super::bureau(&mut reader, &visit.province, bureau).await?.ok_or(Failure::NotFound)?;
    let row = reader.find_contact(visit.province_key(), bureau).await?;
    let changed = match &row {
        Some(row) => changed(&mut reader, &row.updated_by, row.updated_at).await?,
        None => None,
    };
    drop(reader);
    let stored = form_of(&shown, row.as_ref());
    let (form, typed, flash) = under_the_pen(stored, visit.take_flash(FORM).await?, "bureau");
    Ok(ContactView { bureau_name: shown.name, form, typed, changed, flash })
}

fn form_of(bureau: &Bureau, row: Option<&ContactRow>) -> ContactForm {
    ContactForm {
        bureau: bureau.code.to_string(),
        version: row.map_or(0, |row| row.version).to_string(),
        phone: bureau.phone.clone(),
        address: bureau.address.clone(),
        hours: bureau.hours.clone(),
        wants: row.map(|row| row.wants.clone()).unwrap_or_default(),
    }
}

/// Writes the contact of a bureau over the version that was seen.
///
/// # Errors
/// Faults at the fields; `Stale` when somebody else wrote in between: what was typed is then kept for the page.
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn save_contact(visit: &Visit, form: &ContactForm) -> Result<Answer, Failure> {
    let bureau = BureauCode::from(form.bureau.as_str());
    may_edit_contact(&visit.actor, &bureau, &visit.province.bureaus)?;
    let contact = form.check()?;
    let row = ContactRow {
        province: visit.province_key().to_owned(),
        bureau,
        phone: contact.phone,
        address: contact.address,
        hours: contact.hours,
        wants: contact.wants,
        version: seen(&form.version)?,
        updated_by: staff_id(visit)?,
        updated_at: visit.now(),
    };
    let entry = visit.entry("save_contact", "bureau", row.bureau.as_str(), json!({ "over": row.version }));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            tx.save_contact(&row).await?;
            tx.audit(&entry).await?;
            Ok::<_, Failure>(())
        })
    });
    let outcome = written.await.map(|()| Answer::go(path(visit, "/staff/hotlines?saved=1")));
    keep_typed(visit, FORM, form, outcome).await
}
