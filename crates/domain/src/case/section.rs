//! An application as people read it, whatever it is about.

use serde::{Deserialize, Serialize};

/// A part of an application under its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// A word for links and for the browser, such as `education`.
    pub key: String,
    pub title: String,
    pub rows: Vec<Row>,
}

/// A question with its answer; an empty value was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Such as `education.full_time_level`.
    pub item: String,
    /// The heading that the row stands under.
    pub group: Option<String>,
    pub label: String,
    pub value: String,
}
