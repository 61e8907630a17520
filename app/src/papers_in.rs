//! The pages that take pictures, of whatever line: they are one part of the program (`parts.rs`).

pub use crate::intake::{AmendPage, FilesPage};
pub use crate::learning::ConversionPage;
