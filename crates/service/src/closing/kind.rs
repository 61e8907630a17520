//! What a closing shows the second person, and what their agreement does: the record is closed, and the person told.

use std::collections::BTreeMap;

use domain::case::{Action, Beside, Check, Moment, MomentKind, Refusal, Row, Section, Status};
use domain::closing::ClosingCause;
use domain::date::Dated;
use domain::id::{AccountId, CaseId};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::archive::closing::ClosingRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::{ClosingBody, KIND, closed};
use crate::case::{Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, short};
use crate::{Failure, Services, Visit};

/// 档案关闭登记.
pub(crate) struct RecordClosing;

impl Kind for RecordClosing {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ClosingBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    /// It is the bureau's, and nothing of it is the person's before it is confirmed.
    fn is_owners(&self) -> bool {
        false
    }

    fn is_told(&self) -> bool {
        false
    }

    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        format!("/{}/record", visit.province_key())
    }

    fn moments<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        async move { Ok(reader.list_closings_of(account).await?.iter().flat_map(|row| moments(visit, row)).collect()) }.boxed()
    }

    /// While it is closed, whoever judges something else of the person knows it.
    fn warnings<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move {
            let row = reader.find_closing(account).await?;
            Ok(row.map(|row| closed(visit, &row).words(&visit.province.profile.intake_line().name)).into_iter().collect())
        }
        .boxed()
    }

    /// By somebody who had no part in it.
    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let events = tx.list_events(&of.row.id).await?;
            let agreed = [Action::Endorse.code(), Action::Approve.code()];
            let mut agreed = events.iter().filter(|event| agreed.contains(&event.action.as_str()));
            if agreed.any(|event| event.actor_id == of.who.id.as_str()) {
                return Err(Refusal::SecondPersonNeeded.into());
            }
            let row = tx.find_closing(&of.account.id).await?.filter(|row| row.case_id == of.row.id);
            // Whoever came back by 信息采集 is in the register again.
            if row.is_none() {
                return Ok(json!({ "round": of.row.round, "reopened": false }));
            }
            tx.reopen_record(&of.account.id, of.visit.now()).await?;
            opened(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "reopened": true }))
        }
        .boxed()
    }
}

/// When it was closed, and when it was opened again.
fn moments(visit: &Visit, row: &ClosingRow) -> Vec<Moment> {
    let moment = |at, title: &str| Moment {
        at,
        kind: MomentKind::Record,
        title: title.to_owned(),
        action: None,
        said: format!("{}（{}），{}", row.cause.term(), row.since_on, bureau_name(&visit.province, &row.bureau)),
        way: "record".to_owned(),
    };
    let how = if row.cause.is_entered() { "档案关闭" } else { "档案停用" };
    let closed = row.closed_at.map(|at| moment(at, how));
    closed.into_iter().chain(row.ended_at.map(|at| moment(at, "档案恢复"))).collect()
}

impl Body for ClosingBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("closing.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let closing = &self.closing;
        let rows = vec![
            row("cause", "关闭原因", closing.cause.term().to_owned()),
            row("since", "发生日期", Dated::Day(closing.since).words()),
            row("note", "说明", closing.note.clone()),
        ];
        vec![Section { key: "closing".to_owned(), title: visit.line(KIND).name.clone(), rows }]
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

    /// What is on its way of the person: it is decided as it was asked, also after the closing.
    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let cases = reader.list_all_cases(&row.account_id).await?.into_iter().filter(|case| case.id != row.id);
            let open = cases.filter(|case| matches!(case.status, Status::Submitted | Status::Returned));
            let said: Vec<String> = open
                .map(|case| format!("{}（受理编号 {}）", visit.line(case.kind).name, case.number.unwrap_or_default()))
                .collect();
            let title = "正在办理的其他申请".to_owned();
            let beside = |said| Beside { title, said, columns: Vec::new(), rows: Vec::new() };
            Ok(if said.is_empty() { Vec::new() } else { vec![beside(said)] })
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            // Suspended, or closed by somebody else, since it was entered.
            if tx.find_closing(&of.account.id).await?.is_some() {
                return Err(Failure::Stale);
            }
            tx.close_record(&of.row.id, of.visit.now()).await?;
            self.told(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "cause": self.closing.cause.code() }))
        }
        .boxed()
    }

    /// The bureau corrects it; the person, whose record is open as before, is not told.
    fn give_back<'a>(&'a self, _: &'a mut Tx, _: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Ok(json!({})) }.boxed()
    }
}

impl ClosingBody {
    /// A short message goes to whoever lives.
    fn told(&self, of: &Decided<'_>) -> Told {
        let (visit, row, closing) = (of.visit, of.row, &self.closing);
        let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
        let state = domain::closing::Closed { cause: closing.cause, since: closing.since, bureau_name: bureau.clone() };
        let sms = format!(
            "{}，您好。您的会计人员档案已因{}关闭，请登录{site}查看；认为有误的，请联系{bureau}。",
            row.applicant,
            closing.cause.term()
        );
        Told {
            title: "会计人员档案已关闭".to_owned(),
            body: state.words(&visit.province.profile.intake_line().name),
            sms: (closing.cause != ClosingCause::Died).then_some(("closing", sms)),
        }
    }
}

/// What is told when it is taken back.
fn opened(of: &Revoked<'_>) -> Told {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    Told {
        title: "会计人员档案已恢复".to_owned(),
        body: format!("{bureau}已撤销对您会计人员档案的关闭，档案恢复。\n原因：{reason}"),
        sms: Some(("revoked", format!("{}，您好。您的会计人员档案已恢复：{}请登录{site}查看。", row.applicant, short(reason)))),
    }
}
