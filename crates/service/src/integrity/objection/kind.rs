//! What an objection shows the bureau above, and what its answers do.

use std::collections::BTreeMap;

use domain::case::{Action, Beside, Check, Refusal, Row, Section, Status};
use domain::date::Dated;
use domain::id::{BureauCode, CaseId};
use domain::integrity::{Ban, Ending, EntryKind, Outcome};
use domain::province::{Bureaus, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::super::record::take_back;
use super::super::{OBJECTION, beside};
use super::decide::{answered, end_penalty, may_answer};
use super::{ObjectionBody, page, standing};
use crate::case::{Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, short};
use crate::{Failure, Services, Visit};

/// What the person reads where the bureau wrote nothing of its own.
const REMOVED: &str = "经核实，异议成立。";

/// 处罚异议.
pub(crate) struct Objection;

impl Kind for Objection {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ObjectionBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(OBJECTION).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    /// It lies at the bureau above the one that entered the penalty, wherever the record goes.
    fn goes_along(&self) -> bool {
        false
    }

    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        page(visit)
    }

    /// Takes back a penalty that was corrected. What was answered otherwise recorded nothing that could be taken back.
    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let Some(entry) = tx.find_integrity_entry_of(&of.row.id).await? else {
                return Err(Refusal::NotAllowedIn { status: of.row.status, action: Action::Revoke }.into());
            };
            if entry.confirmed_by == of.who.id {
                return Err(Refusal::SecondPersonNeeded.into());
            }
            let end = take_back(tx, of).await?;
            lifted(of, (end.body.as_str(), end.number.as_str())).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "entry": end.reverses }))
        }
        .boxed()
    }
}

impl Body for ObjectionBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("objection.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let penalty = &self.penalty;
        let [body, number, decided_on, title] = penalty.kind.labels();
        let mut rows = vec![
            row("reasons", "异议理由", self.reasons.clone()),
            row("body", body, penalty.body.clone()),
            row("number", number, penalty.number.clone()),
            row("decided_on", decided_on, Dated::Day(penalty.decided_on).words()),
            row("kinds", title, penalty.title.clone()),
        ];
        if penalty.kind == EntryKind::Penalty {
            rows.push(row("basis", "法律依据", penalty.basis.clone()));
            rows.push(row("ban", "限制从业", penalty.ban.map_or_else(|| "没有".to_owned(), Ban::words)));
        }
        rows.push(row("bureau", "登记的财政局", bureau_name(&visit.province, &penalty.bureau)));
        vec![Section { key: "objection".to_owned(), title: visit.line(OBJECTION).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    /// Whoever entered the penalty, or works below them, does not say whether that was right (`desk_above` knows the exception).
    fn is_kept_from(&self, bureaus: &Bureaus, _: &CaseRow, bureau: &BureauCode) -> bool {
        bureaus.is_within(bureau, &self.penalty.bureau)
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    /// How the answers are given, the number under which the decision lies, and the whole record.
    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let recorded = reader.find_case(&self.of).await?.and_then(|case| case.number).unwrap_or_default();
            let penalty = self.penalty.kind == EntryKind::Penalty;
            let proof = if penalty { "处罚决定书" } else { "证明材料" };
            // What came by a file has no picture.
            let is_proven = !reader.list_attachments(&self.of).await?.is_empty();
            let mut said = vec![
                match is_proven {
                    true => format!("{proof}随原登记（受理编号 {recorded}）保存，可以在审核列表中按编号查看。"),
                    false => format!("原登记（受理编号 {recorded}）由数据导入，没有附{proof}，请向处罚决定机关核对。"),
                },
                "记录确实有误、应当撤下的，审核通过；维持原记录的，退回，退回的理由就是给本人的答复，本人不能再次提出。"
                    .to_owned(),
            ];
            said.push(match penalty {
                true => "记录应当更正的，在工作台的“行政处罚登记”中办理更正。".to_owned(),
                false => "审核通过以后，撤销登记的决定撤回，档案恢复。".to_owned(),
            });
            let how = Beside { title: "怎样答复".to_owned(), said, columns: Vec::new(), rows: Vec::new() };
            let whole = beside::whole(visit, reader, &row.account_id).await?;
            Ok(std::iter::once(how).chain(whole).collect())
        }
        .boxed()
    }

    /// The case that recorded the penalty ends with it.
    fn line_up<'a>(&'a self, tx: &'a mut Tx, _: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            tx.lock_case(&self.of).await?;
            Ok(())
        }
        .boxed()
    }

    /// It is found to be wrong, and shown no longer. Where the bureau took it back itself meanwhile, only the answer is left.
    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let answer = if of.reason.is_empty() { REMOVED } else { of.reason };
            let entry = standing(tx, &of.row.account_id, &self.of).await?;
            if let Some(entry) = &entry {
                may_answer(tx, of.visit, entry, of.who).await?;
                end_penalty(tx, (of.visit, of.who), entry, (Ending::Removed, answer)).await?;
            }
            self.answer(tx, of, (Outcome::Removed, answer)).await?;
            Ok(json!({ "outcome": Outcome::Removed, "entry": entry.map(|entry| entry.id) }))
        }
        .boxed()
    }

    /// 维持. There is nothing to amend, so the case ends with the answer.
    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            if let Some(entry) = standing(tx, &of.row.account_id, &self.of).await? {
                may_answer(tx, of.visit, &entry, of.who).await?;
            }
            let returned = CaseRow { status: Status::Returned, version: of.row.version + 1, ..of.row.clone() };
            tx.move_case(&returned, Status::Closed, Some(&of.who.id), of.visit.now()).await?;
            self.answer(tx, of, (Outcome::Upheld, of.reason)).await?;
            Ok(json!({ "outcome": Outcome::Upheld }))
        }
        .boxed()
    }
}

impl ObjectionBody {
    /// Notes the answer and tells it.
    async fn answer(&self, tx: &mut Tx, of: &Decided<'_>, (outcome, answer): (Outcome, &str)) -> Result<(), Failure> {
        tx.settle_objection(&of.row.id, outcome, answer).await?;
        let penalty = (self.penalty.kind, self.penalty.body.as_str(), self.penalty.number.as_str());
        let told = answered(of.visit, of.row, penalty, (outcome, answer));
        told.tell(tx, &of.visit.services, of.account, of.row).await
    }
}

/// What is told when a corrected penalty is taken back.
fn lifted(of: &Revoked<'_>, (body, number): (&str, &str)) -> Told {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    Told {
        title: "诚信档案的记录已撤销".to_owned(),
        body: format!("{bureau}已撤销您诚信档案中{body}的处罚决定（{number}）的记录，限制从业的同时解除。\n原因：{reason}"),
        sms: Some((
            "revoked",
            format!("{}，您好。您诚信档案中的一条记录已撤销：{}请登录{site}查看。", row.applicant, short(reason)),
        )),
    }
}
