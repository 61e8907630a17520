//! 跨省调出 as a kind of case, and what it means for the other kinds that a record has left.

use std::collections::BTreeMap;

use domain::case::{Beside, Check, Moment, MomentKind, Row, Section, Status};
use domain::date::Dated;
use domain::id::{AccountId, CaseId};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::apply::{DepartureBody, open_beside};
use super::beside::beside_of;
use super::{BESIDE, KIND, name_of, page};
use crate::case::{Asked, Beginning, Body, Decided, Kind, SubmittedFile, Told, bureau_name, open_body, returned};
use crate::{Failure, Services, Visit, china_date};

/// 跨省调出.
pub(crate) struct Relocation;

impl Kind for Relocation {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<DepartureBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    /// With a place on it, by which links know that the program does not draw it.
    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        format!("{}#leave", page(visit))
    }

    /// What has left is read only; what is on its way rests, but for 继续教育.
    fn bars<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
        (kind, case): Beginning<'a>,
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        async move {
            let here = || page(visit);
            if let Some(left) = reader.find_standing_departure(account).await? {
                let came_back = match case {
                    Some(case) => reader.find_received_of(case).await?.filter(|row| Some(row.received_at) > left.left_at),
                    None => None,
                };
                return Ok(came_back.is_none().then(here));
            }
            let waits = reader.find_latest_case(account, KIND).await?.is_some_and(|case| case.status == Status::Submitted);
            Ok((waits && !BESIDE.contains(&kind)).then(here))
        }
        .boxed()
    }

    fn lays_beside<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let Some(received) = reader.find_received_of(&row.id).await? else { return Ok(Vec::new()) };
            beside_of(visit, reader, &received).await
        }
        .boxed()
    }

    fn warnings<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move {
            let left = reader.find_standing_departure(account).await?;
            let said = left.and_then(|row| Some((row.left_at?, row.destination)));
            let said = said.map(|(at, to)| {
                format!(
                    "档案已于 {} 调出至{}，在本省只能查看。",
                    Dated::Day(china_date(at)).words(),
                    name_of(&visit.province.places, &to)
                )
            });
            Ok(said.into_iter().collect())
        }
        .boxed()
    }

    fn moments<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        async move {
            let left = reader.find_standing_departure(account).await?;
            let moment = left.and_then(|row| Some((row.left_at?, row.destination))).map(|(at, to)| Moment {
                at,
                kind: MomentKind::Record,
                title: "档案已调出".to_owned(),
                action: None,
                said: format!("调往{}", name_of(&visit.province.places, &to)),
                way: "relocation#leave".to_owned(),
            });
            Ok(moment.into_iter().collect())
        }
        .boxed()
    }
}

impl Body for DepartureBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("relocation.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let rows = vec![
            row("destination", "调往", self.destination_name.clone()),
            row("reason", "调出原因", self.reason.clone()),
            row("version", "档案版本", format!("第 {} 版", self.version)),
        ];
        vec![Section { key: "relocation".to_owned(), title: visit.line(KIND).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let open = open_beside(reader, &row.account_id).await?;
            let said = |case: &CaseRow| format!("申请人还有{}没有办结，办结以后才能同意调出。", visit.line(case.kind).name);
            let said: Vec<String> = open.iter().map(said).collect();
            let title = "申请人的其他业务".to_owned();
            let of = |said| Beside { title, said, columns: Vec::new(), rows: Vec::new() };
            Ok(if said.is_empty() { Vec::new() } else { vec![of(said)] })
        }
        .boxed()
    }

    /// The account is locked: nothing else of the person is written between the look at what is open and the departure.
    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            // Closed or suspended since it was handed in, it leaves no more.
            if !open_beside(tx, &of.account.id).await?.is_empty() || tx.find_closing(&of.account.id).await?.is_some() {
                return Err(Failure::Stale);
            }
            tx.leave(&of.row.id, of.visit.now()).await?;
            left(of, &self.destination_name).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "destination": self.destination, "record": self.version }))
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

fn left(of: &Decided<'_>, to: &str) -> Told {
    let (name, number) = (&of.visit.line(KIND).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
    Told {
        title: format!("{name}审核通过"),
        body: format!(
            "您的{name}申请（编号 {number}）已由{bureau}审核通过，档案转为“已调出”，在本省只能查看。\n请在“业务办理”的“跨省调转”中生成档案包，再到{to}的平台办理跨省调入。"
        ),
        sms: Some(("approved", format!("{}，您好。您的{name}申请已审核通过，请登录{site}查看。", of.row.applicant))),
    }
}
