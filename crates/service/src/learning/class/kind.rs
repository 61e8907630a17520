//! What a class shows the bureau. Its approval lets results be reported, and does nothing else.

use std::collections::BTreeMap;

use domain::case::{Beside, Check, Row, Section};
use domain::id::CaseId;
use domain::learning::class::Planned;
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::ended::manager_ended;
use super::{ClassBody, FILING};
use crate::case::{Asked, Body, Decided, Kind, SubmittedFile, Told, bureau_name, open_body, returned};
use crate::{Failure, Services, Visit};

/// 单位内部培训备案.
pub(crate) struct Class;

impl Kind for Class {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ClassBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

/// What a class is, as the bureau reads it.
pub(super) fn rows(visit: &Visit, planned: &Planned, employer: &str) -> Vec<Row> {
    let row =
        |key: &str, label: &str, value: String| Row { item: format!("class.{key}"), group: None, label: label.to_owned(), value };
    let unit = visit.province.profile.learning.as_ref().map(|rules| rules.unit.clone()).unwrap_or_default();
    let subject = planned.subject.term();
    vec![
        row("employer", "单位", employer.to_owned()),
        row("audience", "培训对象", planned.audience.term().to_owned()),
        row("title", "培训名称", planned.title.clone()),
        row("programme", "培训内容", planned.programme.clone()),
        row("teacher", "授课教师", planned.teacher.clone()),
        row("days", "培训时间", format!("{} 至 {}", planned.starts_on, planned.ends_on)),
        row("year", "继续教育年度", planned.year.to_string()),
        row("credits", &unit, format!("每人 {} {unit}（{subject}）", planned.credits)),
    ]
}

impl Body for ClassBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let rows = rows(visit, &self.planned, &self.employer);
        vec![Section { key: "class".to_owned(), title: visit.line(FILING).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn year(&self) -> Option<i32> {
        Some(self.planned.year)
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn beside<'a>(&'a self, reader: &'a mut Reader, of: (&'a Visit, &'a CaseRow)) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move { manager_ended(reader, of, &of.1.id).await }.boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (name, title) = (&of.visit.line(FILING).name, &self.planned.title);
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let body = format!(
                "“{title}”的{name}申请（编号 {}）已由{bureau}审核通过。培训结束后，请上传考核结果。",
                of.row.number.as_deref().unwrap_or_default()
            );
            let told = Told { title: format!("{name}审核通过"), body, sms: None };
            told.tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "year": self.planned.year }))
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (province, bureau) = (&of.visit.province, bureau_name(&of.visit.province, of.row.bureau.as_ref()));
            let told = returned(of.row, &bureau, &province.profile, &[], of.reason);
            told.tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({}))
        }
        .boxed()
    }
}
