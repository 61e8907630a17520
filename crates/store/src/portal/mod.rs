//! What the staff write on the portal: texts with their versions and files, and how the bureaus are reached.

pub mod contact;
pub mod file;
pub mod search;
pub mod shown;
pub mod text;
pub mod version;
pub mod vote;
