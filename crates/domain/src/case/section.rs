//! An application as people read it, whatever it is about.

use serde::{Deserialize, Serialize};

/// A part of an application under its heading.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Section {
    /// A word for links and for the browser, such as `education`.
    pub key: String,
    /// The heading, in the words of the province.
    pub title: String,
    /// In the order of the form.
    pub rows: Vec<Row>,
}

/// A question with its answer; an empty value was not answered.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// Such as `education.full_time_level`.
    pub item: String,
    /// The heading that the row stands under.
    pub group: Option<String>,
    /// The question, as the form asks it.
    pub label: String,
    /// As people read it: the label of a choice, not its code.
    pub value: String,
}
