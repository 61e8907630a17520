use std::borrow::Cow;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::answers::AnyForm;
use super::check::{Context, Reader};
use crate::fault::{Fault, FieldErrors};
use crate::form::Form;
use crate::province::{NamedRule, StepKey};

/// More rows than there are categories are refused.
pub const MAX_ROWS: usize = 10;

crate::form! {
    /// One 专业技术资格 as typed. A row without any value counts as removed.
    pub struct QualificationRow { category, level, method, obtained_on, certificate_number }
}

/// 专业技术资格 as typed. The fields are named `rows.0.category`; none is a valid answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct QualificationForm {
    pub rows: Vec<QualificationRow>,
}

/// A 专业技术资格 as accepted; what is not asked is `None`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Qualified {
    pub category: Option<String>,
    pub level: Option<String>,
    pub method: Option<String>,
    pub obtained_on: Option<NaiveDate>,
    pub certificate_number: Option<String>,
}

/// The 专业技术资格 as accepted, without empty rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[non_exhaustive]
pub struct Qualification {
    pub rows: Vec<Qualified>,
}

impl QualificationRow {
    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.values().iter().all(|(_, value)| value.trim().is_empty())
    }
}

/// `rows.2.level` as row and column.
pub(super) fn row_field(name: &str) -> Option<(usize, &str)> {
    let (row, key) = name.strip_prefix("rows.")?.split_once('.')?;
    let row = row.parse().ok().filter(|row| *row < MAX_ROWS)?;
    Some((row, key))
}

impl Form for QualificationForm {
    fn values(&self) -> Vec<(Cow<'static, str>, &str)> {
        let rows = self.rows.iter().enumerate();
        rows.flat_map(|(n, row)| row.values().into_iter().map(move |(key, value)| (format!("rows.{n}.{key}").into(), value)))
            .collect()
    }

    fn set(&mut self, field: &str, value: String) -> bool {
        let Some((row, key)) = row_field(field).filter(|(_, key)| QualificationRow::FIELDS.contains(key)) else { return false };
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, QualificationRow::default);
        }
        self.rows.get_mut(row).is_some_and(|row| row.set(key, value))
    }
}

impl QualificationForm {
    /// The rows that hold something, with their numbers.
    pub fn filled(&self) -> impl Iterator<Item = (usize, &QualificationRow)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_blank())
    }

    /// Checks each row that is not empty; one row for a category (手册甲 二（二）3).
    ///
    /// # Errors
    /// Every fault, in the order of the form; `rows` itself when there are more than [`MAX_ROWS`].
    pub fn check(&self, cx: &Context) -> Result<Qualification, FieldErrors> {
        if self.rows.len() > MAX_ROWS {
            return Err(FieldErrors::one("rows", Fault::TooManyRows { max: MAX_ROWS as u32 }));
        }
        let answers = cx.answers.with(AnyForm::Qualification(self.clone()));
        let mut read = Reader::new(cx, &answers, StepKey::Qualification);
        let mut rows: Vec<Qualified> = Vec::new();
        for (n, _) in self.filled() {
            read.row = Some(n);
            let row = Qualified {
                category: read.text("category"),
                level: read.text("level"),
                method: read.text("method"),
                obtained_on: read.date("obtained_on"),
                certificate_number: read.text("certificate_number"),
            };
            let is_double = row.category.is_some() && rows.iter().any(|other| other.category == row.category);
            if is_double && read.applies(NamedRule::OneRowPerCategory) {
                read.errors.push(&format!("rows.{n}.category"), Fault::DuplicateRow);
            }
            rows.push(row);
        }
        read.finish().or(Qualification { rows })
    }
}
