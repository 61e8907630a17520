//! What the slot asks for whose tile was pressed.

use studio::Rules;
use web_sys::HtmlInputElement;

/// On the input: what stands in it was made here, and is not for the studio any more.
const MADE: &str = "data-studio-made";

/// A photograph for an input.
#[derive(Clone)]
pub struct Asked {
    pub input: HtmlInputElement,
    /// Of the slot.
    pub title: String,
    pub rules: Rules,
}

/// Says so.
pub fn mark(input: &HtmlInputElement) {
    let _ = input.set_attribute(MADE, "");
}

/// Whether the file in the input was made here; asked once for each.
pub fn is_made(input: &HtmlInputElement) -> bool {
    let is_made = input.has_attribute(MADE);
    let _ = input.remove_attribute(MADE);
    is_made
}
