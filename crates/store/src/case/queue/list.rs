//! A page of the queue, asked for.

use super::{BELOW, LAST, OWN, QueueFilter, QueueRow};
use crate::conn::{Reader, on};
use crate::error::StoreError;
use chrono::NaiveDate;
use domain::case::{CaseKind, Status};
use domain::identity::name::name_key;
use serde::{Deserialize, Deserializer};
use std::sync::LazyLock;

/// From SQLite a page comes as one text: its rows would come one by one out of another thread, each of them in fifteen pieces.
static OWN_AT_ONCE: LazyLock<String> = LazyLock::new(|| at_once(OWN));
static BELOW_AT_ONCE: LazyLock<String> = LazyLock::new(|| at_once(BELOW));

/// The columns stand in the order of the fields of [`QueueRow`].
fn at_once(statement: &str) -> String {
    format!(
        "SELECT json_group_array(json_array(id, number, kind, applicant, bureau, status, round, papers, doubts, submitted_at, due_on,
            is_calm, nullif(holder_id, ''), holder_name, held_until)) FROM ({statement})"
    )
}

/// Whether a column of SQLite says yes.
pub(super) fn is_one<'de, D: Deserializer<'de>>(told: D) -> Result<bool, D::Error> {
    Ok(i64::deserialize(told)? == 1)
}

fn rows_of(told: &str) -> Result<Vec<QueueRow>, sqlx::Error> {
    serde_json::from_str(told).map_err(|error| sqlx::Error::Decode(error.into()))
}

impl Reader {
    /// The lines of the page that are in one status, in order.
    pub(super) async fn list_status(&mut self, f: &QueueFilter<'_>, status: Status) -> Result<Vec<QueueRow>, StoreError> {
        let (due_on, is_calm, id) =
            f.after.map_or((NaiveDate::default(), false, ""), |(due_on, is_calm, id)| (due_on, is_calm, id.as_str()));
        let applicant = name_key(f.applicant);
        let beyond = format!("{applicant}{LAST}");
        let status = status.code();
        let (kind, year) = (f.kind.map_or("", CaseKind::code), f.year.map_or(0, i64::from));
        let bureau = f.bureau_path.rsplit('/').next().unwrap_or_default();
        let end = format!("{}{LAST}", f.bureau_path);
        macro_rules! own {
            ($query:expr) => {
                $query
                    .bind(bureau)
                    .bind(status)
                    .bind(due_on)
                    .bind(id)
                    .bind(&applicant)
                    .bind(&beyond)
                    .bind(f.number)
                    .bind(f.limit)
                    .bind(f.province)
                    .bind(f.hash)
                    .bind(f.until)
                    .bind(kind)
                    .bind(year)
                    .bind(is_calm)
                    .bind(f.school)
            };
        }
        macro_rules! below {
            ($query:expr) => {
                $query
                    .bind(f.province)
                    .bind(status)
                    .bind(due_on)
                    .bind(id)
                    .bind(&applicant)
                    .bind(&beyond)
                    .bind(f.number)
                    .bind(f.limit)
                    .bind(f.bureau_path)
                    .bind(&end)
                    .bind(f.hash)
                    .bind(f.until)
                    .bind(kind)
                    .bind(year)
                    .bind(is_calm)
                    .bind(f.school)
            };
        }
        if let Some(conn) = self.asking_at_once(1) {
            let told: Result<String, sqlx::Error> = if f.include_below {
                below!(sqlx::query_scalar(BELOW_AT_ONCE.as_str())).fetch_one(conn).await
            } else {
                own!(sqlx::query_scalar(OWN_AT_ONCE.as_str())).fetch_one(conn).await
            };
            let rows = told.and_then(|told| rows_of(&told));
            self.answered(rows.as_ref().err());
            return Ok(rows?);
        }
        if f.include_below {
            return Ok(on!(self, |c| below!(sqlx::query_as(BELOW)).fetch_all(c))?);
        }
        Ok(on!(self, |c| own!(sqlx::query_as(OWN)).fetch_all(c))?)
    }
}
