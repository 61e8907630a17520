use std::fmt;

use super::fields::fields_of;
use crate::province::StepKey;

/// More rows than there are categories are refused.
pub const MAX_ROWS: usize = 10;

/// The name of an answer: a field that exists, in one of the rows where its form has such.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Item {
    /// The form that has the field.
    pub step: StepKey,
    /// Counted from 0, below [`MAX_ROWS`].
    pub row: Option<usize>,
    /// The key of the field, as in [`Field`](super::Field).
    pub field: &'static str,
}

impl Item {
    /// `full_time_level` or `rows.0.level` of a form; `None` for what does not exist.
    #[must_use]
    pub fn of(step: StepKey, name: &str) -> Option<Self> {
        let (row, key) = match row_field(name) {
            Some((row, key)) => (Some(row), key),
            None => (None, name),
        };
        if row.is_some() != step.has_rows() {
            return None;
        }
        fields_of(step).find(|field| field.key == key).map(|field| Self { step, row, field: field.key })
    }

    /// `education.full_time_level` or `qualification.rows.0.level`; `None` for what does not exist.
    #[must_use]
    pub fn parse(item: &str) -> Option<Self> {
        let (step, name) = item.split_once('.')?;
        Self::of(StepKey::parse(step)?, name)
    }

    /// Its name within its form.
    #[must_use]
    pub fn name(&self) -> String {
        self.row.map_or_else(|| self.field.to_owned(), |row| format!("rows.{row}.{}", self.field))
    }
}

impl fmt::Display for Item {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.step.as_str(), self.name())
    }
}

/// `rows.2.level` as row and column.
pub(super) fn row_field(name: &str) -> Option<(usize, &str)> {
    let (row, key) = name.strip_prefix("rows.")?.split_once('.')?;
    let row = row.parse().ok().filter(|row| *row < MAX_ROWS)?;
    Some((row, key))
}
