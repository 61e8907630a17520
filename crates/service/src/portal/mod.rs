//! 通知公告, 操作指南, 政策法规, 常见问题, 咨询电话 and 查询办理进度: what visitors read, and how the staff keep it.

mod act;
mod contacts;
mod files;
mod kept;
mod letters;
mod look_up;
mod markdown;
mod read;
mod save;
mod shown;
mod status;
#[cfg(test)]
mod stories;
#[cfg(test)]
mod stories_look_up;
#[cfg(test)]
mod stories_reading;
#[cfg(test)]
mod stories_texts;
#[cfg(test)]
mod stories_waits;
mod waits;

pub use act::act_on_text;
pub use contacts::{contact, contacts, save_contact};
pub use files::{MOST_BYTES as MOST_FILE_BYTES, add_file, knows_file, remove_file, text_file};
pub use kept::{kept_text, kept_texts, old_version, preview};
pub use letters::index as text_index;
pub use look_up::look_up;
pub use read::{Wanted, front, hotlines};
pub(crate) use save::draft;
pub use save::save_text;
pub use shown::{search, shown_text, shown_texts, staff_text, staff_texts, vote};
pub use status::{Glance, status};
pub(crate) use waits::wait_words;
pub use waits::{Remembered, count_waits};

use domain::answer::{Answer, Flash};
use domain::form::Form;
use domain::id::{BureauCode, StaffId};
use domain::portal::view::Changed;
use domain::province::{Bureau, Bureaus, Province};
use store::Reader;
use store::portal::contact::ContactRow;

use crate::{Failure, Visit};

/// The bureaus of a province as they are reached today: what their staff wrote wins over the data files. Everything that
/// shows more than the name of a bureau asks here.
///
/// # Errors
/// `Store`.
pub(crate) async fn bureaus(reader: &mut Reader, province: &Province) -> Result<Bureaus, Failure> {
    let mut bureaus = province.bureaus.clone();
    for row in reader.list_contacts(&province.profile.key).await? {
        if let Some(bureau) = bureaus.0.get_mut(&row.bureau) {
            overlay(bureau, row);
        }
    }
    Ok(bureaus)
}

/// The same for one bureau.
///
/// # Errors
/// `Store`.
pub(crate) async fn bureau(reader: &mut Reader, province: &Province, code: &BureauCode) -> Result<Option<Bureau>, Failure> {
    let Some(mut bureau) = province.bureaus.get(code).cloned() else { return Ok(None) };
    if let Some(row) = reader.find_contact(&province.profile.key, code).await? {
        overlay(&mut bureau, row);
    }
    Ok(Some(bureau))
}

fn overlay(bureau: &mut Bureau, row: ContactRow) {
    (bureau.phone, bureau.address, bureau.hours) = (row.phone, row.address, row.hours);
}

/// What was typed is kept when somebody else was faster: the page shows it beside what is there now.
async fn keep_typed<F: Form>(
    visit: &Visit,
    name: &'static str,
    form: &F,
    outcome: Result<Answer, Failure>,
) -> Result<Answer, Failure> {
    if matches!(outcome, Err(Failure::Stale)) {
        let flash = Flash::of(name, form, Answer::default());
        visit.remember(move |memo| drop(memo.flashes.insert(name.to_owned(), flash))).await?;
    }
    outcome
}

/// What is under the pen: the stored form; what was typed, when it has faults; or both, when somebody else was faster.
fn under_the_pen<F: Form>(stored: F, flash: Option<Flash>, key: &str) -> (F, Option<F>, Option<Flash>) {
    let Some(flash) = flash else { return (stored, None, None) };
    let typed: F = flash.refill();
    if typed.get(key) != stored.get(key) {
        return (stored, None, None);
    }
    if typed.get("version") == stored.get("version") { (typed, None, Some(flash)) } else { (stored, Some(typed), None) }
}

async fn changed(reader: &mut Reader, by: &StaffId, at: chrono::DateTime<chrono::Utc>) -> Result<Changed, Failure> {
    Ok(reader.find_staff(by).await?.map(|staff| (staff.name, at)))
}

/// The staff member who is asking; who may do what is asked of the rules.
fn staff_id(visit: &Visit) -> Result<StaffId, Failure> {
    crate::staff::require_staff(visit).map(|staff| staff.id)
}

/// The version that a form says was seen.
fn seen(typed: &str) -> Result<i64, Failure> {
    typed.trim().parse().map_err(|_| Failure::Stale)
}
