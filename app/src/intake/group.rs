//! Questions under one heading, or one question of 长者版.

use domain::province::FieldRules;
use leptos::prelude::*;

/// Fields under one heading, which hides with the last of them.
pub struct Group {
    pub title: String,
    /// Whether the page shows another question.
    pub is_hidden: bool,
    /// The key of the first field, which names the group in the style sheet.
    pub first: String,
    pub fields: Vec<AnyView>,
    pub asked: Vec<Signal<bool>>,
}

impl Group {
    /// Begins with a field.
    pub fn of(first: &FieldRules) -> Self {
        let title = first.group.clone().unwrap_or_default();
        Self { title, is_hidden: false, first: first.key.clone(), fields: Vec::new(), asked: Vec::new() }
    }

    /// One question of 长者版; `shown` is the one that its page asks.
    pub fn alone(question: &FieldRules, shown: &str) -> Self {
        Self { title: question.plain.clone(), is_hidden: question.key != shown, ..Self::of(question) }
    }
}
