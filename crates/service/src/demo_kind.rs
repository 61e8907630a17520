//! A kind of case that exists for the tests of the engine alone: three fields, one file, two seats at two bureaus, deletable,
//! cancellable, several open at once. It is one row in `domain`, one line of the match from kinds to what they do, and this file.

use std::collections::BTreeMap;

use domain::case::{Check, Row, Section};
use domain::id::{BureauCode, CaseId};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use crate::case::{Asked, Body, Decided, Kind, SubmittedFile, Told, bureau_name, labels, open_body, returned};
use crate::{Failure, Services, Visit};

#[cfg(test)]
mod stories;

const FIELDS: [(&str, &str); 3] = [("title", "名称"), ("year", "年度"), ("note", "说明")];
const SLOT: (&str, &str) = ("proof", "证明材料");

pub(crate) struct Demo;

/// What was typed, and the bureau of the second seat.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(crate) struct DemoBody {
    pub fields: BTreeMap<String, String>,
    pub to: Option<BureauCode>,
    pub files: Vec<SubmittedFile>,
}

impl Kind for Demo {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<DemoBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        BTreeMap::from([(SLOT.0.to_owned(), SLOT.1.to_owned())])
    }
}

impl Body for DemoBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, _: &Visit) -> Vec<Section> {
        let value = |key: &str| self.fields.get(key).cloned().unwrap_or_default();
        let row = |(key, label): (&str, &str)| Row {
            item: format!("demo.{key}"),
            group: None,
            label: label.to_owned(),
            value: value(key),
        };
        vec![Section { key: "demo".to_owned(), title: "演示事项".to_owned(), rows: FIELDS.map(row).into() }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        let fields = FIELDS.iter().map(|(key, _)| format!("demo.{key}"));
        fields.chain([format!("attachment.{}", SLOT.0)]).collect()
    }

    fn next_bureau(&self) -> Option<&BureauCode> {
        self.to.as_ref()
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let told = Told { title: "演示事项已办结".to_owned(), body: format!("{bureau}已同意。"), sms: None };
            told.tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "effect": true }))
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (province, bureau) = (&of.visit.province, bureau_name(&of.visit.province, of.row.bureau.as_ref()));
            let file = (format!("attachment.{}", SLOT.0), SLOT.1.to_owned());
            let rejected = of.rejected(labels(self.sections(of.visit)).into_iter().chain([file]).collect());
            let told = returned(of.row, &bureau, &province.profile, &rejected, of.reason);
            told.tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "rejected": of.rejected_items() }))
        }
        .boxed()
    }
}
