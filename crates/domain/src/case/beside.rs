use serde::{Deserialize, Serialize};

/// What a kind lays beside a case for whoever reviews it: sentences, and a table of texts. It is looked at and not judged.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beside {
    /// What it is.
    pub title: String,
    /// Sentences above the table.
    pub said: Vec<String>,
    /// What the columns are called.
    pub columns: Vec<String>,
    /// Each as long as `columns`.
    pub rows: Vec<Vec<String>>,
}
