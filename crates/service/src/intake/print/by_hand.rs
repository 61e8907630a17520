//! Which characters of a form cannot be printed, told where they are typed: the paper has a blank for each.

use std::collections::BTreeMap;

use domain::identity::name::as_printed;
use domain::intake::{StepForm, display};

use super::answers;
use crate::intake::load::Folder;
use crate::{Failure, Visit};

/// The characters of each field of a step that will be blanks on paper; empty where the province prints nothing.
///
/// # Errors
/// `Broken`.
pub(in crate::intake) async fn by_hand(visit: &Visit, form: &StepForm) -> Result<BTreeMap<String, String>, Failure> {
    let values = form.values();
    let missing = missing(visit, values.iter().map(|(_, value)| *value)).await?;
    let of = |value: &str| missing.chars().filter(|c| as_printed(value).contains(*c)).collect::<String>();
    let fields = values.into_iter().map(|(field, value)| (field, of(value)));
    Ok(fields.filter(|(_, characters)| !characters.is_empty()).collect())
}

/// Those of the whole form, each once.
///
/// # Errors
/// `Broken`.
pub(in crate::intake) async fn by_hand_of_all(visit: &Visit, folder: &Folder) -> Result<String, Failure> {
    let sections = display(&folder.cx(), answers(folder));
    let rows = sections.iter().flat_map(|section| &section.rows).map(|row| row.value.as_str());
    missing(visit, rows.chain([folder.holder.name.as_str()])).await
}

/// Asks the fonts only about what is rare enough to be missing.
async fn missing<'a>(visit: &Visit, texts: impl Iterator<Item = &'a str>) -> Result<String, Failure> {
    if !visit.province.profile.intake_line().prints() {
        return Ok(String::new());
    }
    let rare: String = texts.flat_map(|text| as_printed(text).chars().filter(|c| !is_common(*c)).collect::<Vec<_>>()).collect();
    if rare.is_empty() {
        return Ok(rare);
    }
    // Without fonts nothing is printed, and the link to print says so.
    Ok(visit.services.paper.missing(rare).await.unwrap_or_default())
}

/// Every face for Chinese has GB 2312, which lies in these ranges, and ASCII.
fn is_common(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{3000}'..='\u{3011}' | '\u{4E00}'..='\u{9FA5}' | '\u{FF01}'..='\u{FF5E}' | '·' | '—' | '“' | '”' | '‘' | '’')
}
