//! What a request shows the bureau, and what its approval does: the closing is entered by whoever approves, and waits for a second person.

use std::collections::BTreeMap;

use domain::case::{Beside, Check, Row, Section};
use domain::closing::Closing;
use domain::date::Dated;
use domain::id::CaseId;
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::{KIND, RequestBody, page};
use crate::case::{
    Asked, Body, Decided, Entered, Entering, Kind, SubmittedFile, Told, bureau_name, may_enter, named, open, open_body, returned,
    to_second,
};
use crate::{Failure, Services, Visit};

/// The questions of a closing are of one version.
const FORM: i64 = 1;

/// 档案关闭申请.
pub(crate) struct ClosingRequest;

impl Kind for ClosingRequest {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<RequestBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        page(visit)
    }
}

impl Body for RequestBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.0.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("closing_request.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let closing = &self.0.closing;
        let rows = vec![
            row("cause", "关闭原因", closing.cause.term().to_owned()),
            row("since", "发生日期", Dated::Day(closing.since).words()),
        ];
        vec![Section { key: "closing_request".to_owned(), title: visit.line(KIND).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn remark(&self) -> &str {
        &self.0.closing.note
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn beside<'a>(&'a self, reader: &'a mut Reader, of: (&'a Visit, &'a CaseRow)) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        self.0.beside(reader, of)
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let case = begin(&self.closing(of), tx, of).await?;
            passed_on(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "closing": case.id }))
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

impl RequestBody {
    /// The closing that was asked for; its note says that it was, and by which case.
    fn closing(&self, of: &Decided<'_>) -> Closing {
        let number = of.row.number.as_deref().unwrap_or_default();
        let asked = format!("本人申请（受理编号 {number}）");
        let note = &self.0.closing.note;
        let note = if note.is_empty() { asked } else { format!("{asked}：{note}") };
        Closing { note, ..self.0.closing.clone() }
    }
}

/// The closing is entered with what was asked for and its proof, and waits for somebody else.
///
/// # Errors
/// `Stale` where the record is closed, or the bureau is closing it, by now; `NotYours`, `SelfReview`, `NoSecondPerson`, `Store`.
async fn begin(closing: &Closing, tx: &mut Tx, of: &Decided<'_>) -> Result<CaseRow, Failure> {
    let (visit, id) = (of.visit, CaseId::from(of.visit.services.ids.id()));
    let entering = Entering { visit, who: of.who, account: of.account, case: &id };
    may_enter(tx, visit, of.who, of.account).await?;
    closing.may(tx, entering).await.map_err(|failure| match failure {
        Failure::Invalid(_) => Failure::Stale,
        other => other,
    })?;
    let case = CaseRow::new(id.clone(), Closing::KIND, of.account, FORM, visit.now());
    open(tx, visit, &case).await?;
    closing.keep(tx, entering).await?;
    let own = tx.list_attachments(&of.row.id).await?.into_iter();
    let files: Vec<AttachmentRow> = own.map(|row| copied(visit, &id, row)).collect();
    let body = closing.body(named(&files));
    let case = to_second(tx, (visit, of.who), &case, &files, (FORM, &body)).await?;
    let detail = json!({
        "account": of.account.id, "bureau": case.bureau, "round": case.round, "cause": closing.cause.code(), "request": of.row.id,
    });
    tx.audit(&visit.entry(Closing::ENTERED, "case", case.id.as_str(), detail)).await?;
    Ok(case)
}

/// The same picture in the slot of the closing.
fn copied(visit: &Visit, case: &CaseId, row: AttachmentRow) -> AttachmentRow {
    AttachmentRow {
        id: visit.services.ids.id(),
        case_id: case.clone(),
        slot: Closing::SLOT.to_owned(),
        // It is sealed for the row that it was written with.
        remark_sealed: None,
        ..row
    }
}

fn passed_on(of: &Decided<'_>) -> Told {
    let (name, number) = (&of.visit.line(KIND).name, of.row.number.as_deref().unwrap_or_default());
    let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
    Told {
        title: format!("{name}申请已审核"),
        body: format!(
            "您的{name}申请（受理编号 {number}）已由{bureau}审核通过，由另一位工作人员确认以后，会计人员档案关闭，届时另行通知。"
        ),
        sms: None,
    }
}
