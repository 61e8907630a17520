//! What was typed into the forms of plain pages is kept by the tab, by a small script of its own: without scripts the pages are the same.

/// The attribute of a form that the tab keeps, as it stands in a page.
pub const KEEPS: &str = "data-keeps=\"yes\"";

/// Keeps and restores; see `ui/kept.rs`, whose words it keeps in the same place.
pub const KEPT: &str = include_str!("kept.js");
