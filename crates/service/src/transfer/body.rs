//! What was handed in, as it lies sealed in the submission; it is never edited.

use chrono::NaiveDate;
use domain::case::{Beside, Check, CheckRule, Level, Row, Section};
use domain::id::BureauCode;
use domain::province::Bureaus;
use domain::transfer::{TransferReason, TransferWay};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::KIND;
use super::effect::{give_back, take_effect};
use crate::case::{Asked, Body, Decided, SubmittedFile, bureau_name, let_go, line_up_others};
use crate::confirmation::{Employer, beside_named};
use crate::{Failure, Visit};

/// A round of a transfer. The way is that of the day on which it was handed in.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct TransferBody {
    /// The bureau that had the record then.
    pub from: BureauCode,
    pub to: BureauCode,
    pub way: TransferWay,
    pub reason: TransferReason,
    /// 调入单位; empty where it was not asked.
    pub employer_name: String,
    /// 备注 to both bureaus; may be empty.
    pub remark: String,
    pub files: Vec<SubmittedFile>,
}

impl TransferBody {
    /// The last day of whoever answers within so many working days from today.
    fn day(visit: &Visit, working_days: u32) -> NaiveDate {
        visit.province.calendar.add_working_days(visit.services.today(), working_days)
    }
}

impl Body for TransferBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("transfer.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let name = |code: &BureauCode| bureau_name(&visit.province, code);
        let mut rows = vec![row("way", "调转类型", self.way.name.clone()), row("from", "调出财政局", name(&self.from))];
        rows.push(row("to", "调入财政局", name(&self.to)));
        rows.push(row("reason", "调转原因", self.reason.title.clone()));
        if !self.employer_name.is_empty() {
            rows.push(row("employer_name", "调入单位", self.employer_name.clone()));
        }
        vec![Section { key: "transfer".to_owned(), title: visit.line(KIND).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    /// The destination does not agree in the place of the origin.
    fn is_kept_from(&self, _: &Bureaus, row: &CaseRow, bureau: &BureauCode) -> bool {
        row.seat == 0 && *bureau == self.to
    }

    fn due_on(&self, visit: &Visit) -> Option<NaiveDate> {
        Some(Self::day(visit, self.way.origin_working_days.unwrap_or(self.way.working_days)))
    }

    fn first_seat(&self) -> usize {
        usize::from(self.way.origin_working_days.is_none())
    }

    fn next_due_on(&self, visit: &Visit) -> Option<NaiveDate> {
        Some(Self::day(visit, self.way.working_days))
    }

    fn next_bureau(&self) -> Option<&BureauCode> {
        Some(&self.to)
    }

    fn remark(&self) -> &str {
        &self.remark
    }

    /// The new employer, where that has confirmed.
    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        beside_named(reader, visit, &row.account_id, Employer::Name(&self.employer_name)).boxed()
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let mut elsewhere = 0;
            for file in &self.files {
                elsewhere += reader.count_file_elsewhere(&file.sha256, &of.row.id).await?;
            }
            let level = if elsewhere == 0 { Level::Fine } else { Level::Look };
            let inputs = vec![("count".to_owned(), elsewhere.to_string())];
            Ok(vec![Check { rule: CheckRule::FileElsewhere, level, item: "transfer.reason".to_owned(), inputs }])
        }
        .boxed()
    }

    /// Its approval brings along every other case of the person that the origin has.
    fn line_up<'a>(&'a self, tx: &'a mut Tx, row: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        line_up_others(tx, row).boxed()
    }

    fn handed_on<'a>(
        &'a self,
        tx: &'a mut Tx,
        of: &'a Decided<'a>,
        due_on: Option<NaiveDate>,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        let_go(tx, of, &self.to, due_on).boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        take_effect(self, tx, of).boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        give_back(tx, of).boxed()
    }
}
