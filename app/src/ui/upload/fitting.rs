//! A file in an ordinary form: with scripts it is made to fit where it was chosen, and goes along with the form.

use domain::fault::FieldErrors;
use domain::province::AttachmentRules;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{DataTransfer, File, HtmlInputElement};

use super::convert;
use crate::ui::form::FormState;

/// Puts a JPEG in the place of a chosen file that the slot does not keep as it is, where the browser can open it. What is known to
/// be wrong is said at the field at once; everything else the server says.
pub fn make_fit(input: HtmlInputElement, rules: AttachmentRules, state: FormState) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let slot = rules.slot.clone();
    let others = move |errors: &mut FieldErrors| errors.0.retain(|error| error.field != slot);
    state.errors.update(&others);
    spawn_local(async move {
        match convert::prepared(file.clone(), &rules).await {
            Ok(ready) if ready == file => {}
            Ok(ready) => drop(put(&input, &ready)),
            Err(fault) => {
                input.set_value("");
                state.errors.update(|errors| errors.push(&rules.slot, fault));
            }
        }
    });
}

fn put(input: &HtmlInputElement, file: &File) -> Option<()> {
    let transfer = DataTransfer::new().ok()?;
    transfer.items().add_with_file(file).ok()?;
    input.set_files(transfer.files().as_ref());
    Some(())
}
