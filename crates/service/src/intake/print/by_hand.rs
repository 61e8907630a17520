//! Which characters of a form will be blanks on paper, by field and altogether.

use std::collections::BTreeMap;

use domain::identity::name::as_printed;
use domain::intake::{StepForm, display};

use super::answers;
use crate::Visit;
use crate::by_hand::missing;
use crate::intake::load::Folder;

/// The characters of each field of a step that will be blanks on paper; empty where the province prints nothing.
pub(in crate::intake) async fn by_hand(visit: &Visit, form: &StepForm) -> BTreeMap<String, String> {
    let values = form.values();
    let missing = missing(visit, values.iter().map(|(_, value)| *value)).await;
    let of = |value: &str| missing.chars().filter(|c| as_printed(value).contains(*c)).collect::<String>();
    let fields = values.into_iter().map(|(field, value)| (field, of(value)));
    fields.filter(|(_, characters)| !characters.is_empty()).collect()
}

/// Those of the whole form, each once.
pub(in crate::intake) async fn by_hand_of_all(visit: &Visit, folder: &Folder) -> String {
    let sections = display(&folder.cx(), answers(folder));
    let rows = sections.iter().flat_map(|section| &section.rows).map(|row| row.value.as_str());
    missing(visit, rows.chain([folder.holder.name.as_str()])).await
}
