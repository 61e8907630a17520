//! What the staff write on the portal: notices, guides, and how the bureaus are reached.

pub mod contact;
pub mod notice;
