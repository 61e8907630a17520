//! What an annulment shows the second person, and what their agreement does: the approval is taken back, the integrity record says so, and
//! the person is told.

use std::collections::BTreeMap;

use domain::case::{Action, Beside, Check, Moment, MomentKind, Refusal, Row, Section, Status};
use domain::id::{AccountId, CaseId, StaffId};
use domain::integrity::EntryKind;
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::archive::annulment::AnnulmentRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::integrity::entry::IntegrityEntryRow;
use store::{Reader, Tx};

use super::enter::rests_on;
use super::resting::resting;
use super::told::restored;
use super::{AnnulmentBody, KIND, STATEMENT, effect, page, said, words, words_of};
use crate::case::{Annulled, Asked, Body, Decided, Kind, Revoked, SubmittedFile, bureau_name, open_body};
use crate::integrity::take_back;
use crate::{Failure, Services, Visit};

/// 撤销登记.
pub(crate) struct RecordAnnulment;

impl Kind for RecordAnnulment {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<AnnulmentBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    /// It is the bureau's; what the person is told of it, they are told here.
    fn is_owners(&self) -> bool {
        false
    }

    fn is_told(&self) -> bool {
        false
    }

    /// With a place on it, by which links know that the program does not draw it.
    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        format!("{}#main", page(visit))
    }

    fn is_ripe<'a>(&'a self, visit: &'a Visit, reader: &'a mut Reader, row: &'a CaseRow) -> BoxFuture<'a, Result<bool, Failure>> {
        async move {
            let Some(noted) = reader.find_annulment(&row.id).await? else { return Ok(false) };
            let has_said = reader.list_statements(&row.id).await?.iter().any(|said| said.round == row.round);
            Ok(row.status != Status::Submitted || has_said || visit.services.today() > noted.heard_until)
        }
        .boxed()
    }

    fn brought<'a>(&'a self, reader: &'a mut Reader, row: &'a CaseRow) -> BoxFuture<'a, Result<Vec<SubmittedFile>, Failure>> {
        async move {
            let files = reader.list_attachments(&row.id).await?.into_iter().filter(|file| file.slot == STATEMENT);
            Ok(files.map(|file| SubmittedFile { slot: file.slot, id: file.id, sha256: file.sha256 }).collect())
        }
        .boxed()
    }

    /// That the person was told; what followed from it the integrity record tells.
    fn moments<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        async move {
            let mut moments = Vec::new();
            for row in reader.list_annulments_of(account).await? {
                let moment = |at, title: &str| Moment {
                    at,
                    kind: MomentKind::Record,
                    title: title.to_owned(),
                    action: None,
                    said: format!("{}，{}", words(visit, &row), bureau_name(&visit.province, &row.bureau)),
                    way: "annulments#main".to_owned(),
                };
                moments.push(moment(row.told_at, "拟撤销登记，听取本人意见"));
                moments.extend(
                    reader.list_statements(&row.case_id).await?.iter().map(|said| moment(said.said_at, "对撤销登记提出意见")),
                );
            }
            Ok(moments)
        }
        .boxed()
    }

    /// While the person is heard, they and whoever judges something else of theirs know it.
    fn warnings<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move {
            let rows = reader.list_annulments_of(account).await?.into_iter().filter(|row| row.status == Status::Submitted);
            let said = |row: AnnulmentRow| {
                let (bureau, what) = (bureau_name(&visit.province, &row.bureau), words(visit, &row));
                format!("{bureau}拟撤销{what}的审核通过，{} 以前（含当日）本人可以在撤销登记页面提出意见。", row.heard_until)
            };
            Ok(rows.map(said).collect())
        }
        .boxed()
    }

    /// Whoever opens the approved application reads what became of it.
    fn lays_beside<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let rows = reader.list_annulments_of(&row.account_id).await?.into_iter().filter(|of| of.of_case == row.id);
            let line = |of: AnnulmentRow| {
                let number = of.case_number.clone().unwrap_or_default();
                match of.status {
                    Status::Approved => Some(format!("这件申请的审核通过已经撤销（受理编号 {number}）。")),
                    Status::Submitted => Some(format!("正在办理撤销这件申请的审核通过（受理编号 {number}）。")),
                    Status::Draft | Status::Returned | Status::Closed => None,
                }
            };
            let said: Vec<String> = rows.filter_map(line).collect();
            let title = visit.line(KIND).name.clone();
            Ok(if said.is_empty() { Vec::new() } else { vec![beside(title, said)] })
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
            let end = take_back(tx, of).await?;
            let done = undo(tx, of).await?;
            restored(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "entry": end.reverses, "done": done }))
        }
        .boxed()
    }

    /// The bureau above found it to be wrong.
    fn lifted<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async move { undo(tx, of).await.map(|_| ()) }.boxed()
    }
}

fn beside(title: String, said: Vec<String>) -> Beside {
    Beside { title, said, columns: Vec::new(), rows: Vec::new() }
}

/// What was noted with a case, and the approved case that it is about.
async fn noted(reader: &mut Reader, case: &CaseId) -> Result<(AnnulmentRow, CaseRow), Failure> {
    let broken = || Failure::Broken("an annulment of nothing".into());
    let row = reader.find_annulment(case).await?.ok_or_else(broken)?;
    let of = reader.find_case(&row.of_case).await?.ok_or_else(broken)?;
    Ok((row, of))
}

/// Puts forward again what was taken back. Answers what the audit notes.
async fn undo(tx: &mut Tx, of: &Revoked<'_>) -> Result<Value, Failure> {
    let (row, approved) = noted(tx, &of.row.id).await?;
    let annulled = Annulled { visit: of.visit, row: of.row, of: &approved, account: of.account, bureau: &row.bureau };
    of.visit.services.kinds.of(approved.kind).restore(tx, &annulled).await
}

impl Body for AnnulmentBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("annulment.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let annulment = &self.annulment;
        let rows = vec![
            row("of", "撤销的审核通过", words_of(visit, self.of_kind, &annulment.of)),
            row("ground", "撤销原因", annulment.ground.term().to_owned()),
            row("facts", "查明的情况", annulment.facts.clone()),
            row("effect", "确认以后", effect(visit, self.of_kind)),
        ];
        vec![Section { key: "annulment".to_owned(), title: visit.line(KIND).name.clone(), rows }]
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

    /// What the person says, or until when they may; and what rests on the approval.
    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move {
            let (noted, approved) = noted(reader, &row.id).await?;
            let mut heard: Vec<String> = said(reader, visit, &row.id).await?.into_iter().map(|(said, _)| said).collect();
            if heard.is_empty() {
                let until = noted.heard_until;
                heard.push(format!(
                    "本人还没有提出意见。听取意见的期限到 {until} 止（含当日），本人提出意见或者期满以后才能确认。"
                ));
            }
            let mut rests = resting(reader, visit, &approved).await?;
            if rests.is_empty() {
                rests.push("没有。".to_owned());
            }
            Ok(vec![beside("本人的意见".to_owned(), heard), beside("审核通过以后签发的证明和记入的学分".to_owned(), rests)])
        }
        .boxed()
    }

    /// The approved case.
    fn line_up<'a>(&'a self, tx: &'a mut Tx, row: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            let (row, _) = noted(tx, &row.id).await?;
            tx.lock_case(&row.of_case).await?;
            Ok(())
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (visit, row) = (of.visit, of.row);
            let (noted, approved) = noted(tx, &row.id).await?;
            if !rests_on(tx, visit, &of.account.id, &approved).await? {
                return Err(Failure::Stale);
            }
            let rests = resting(tx, visit, &approved).await?;
            let annulled = Annulled { visit, row, of: &approved, account: of.account, bureau: &noted.bureau };
            let done = visit.services.kinds.of(approved.kind).annul(tx, &annulled).await?;
            let entry = self.entry(tx, of, &noted).await?;
            tx.insert_integrity_entry(&entry).await?;
            self.told(of, &noted, &rests).tell(tx, &visit.services, of.account, row).await?;
            Ok(json!({ "of": approved.id, "entry": entry.id, "done": done, "resting": rests.len() }))
        }
        .boxed()
    }

    /// Nothing comes of it, and the case ends: the person, who was told, is not kept waiting, and whoever finds more enters it anew.
    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let returned = CaseRow { status: Status::Returned, version: of.row.version + 1, ..of.row.clone() };
            tx.move_case(&returned, Status::Closed, Some(&of.who.id), of.visit.now()).await?;
            self.dropped(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "dropped": true }))
        }
        .boxed()
    }
}

impl AnnulmentBody {
    /// What the integrity record says.
    async fn entry(&self, tx: &mut Tx, of: &Decided<'_>, noted: &AnnulmentRow) -> Result<IntegrityEntryRow, Failure> {
        let (visit, row) = (of.visit, of.row);
        let events = tx.list_events(&row.id).await?;
        let first = events.iter().find(|event| event.round == row.round && event.action == Action::Endorse.code());
        let first = first.ok_or_else(|| Failure::Broken("nobody has entered it".into()))?;
        Ok(IntegrityEntryRow {
            id: visit.services.ids.id(),
            account_id: row.account_id.clone(),
            province: row.province.clone(),
            kind: EntryKind::Annulment,
            case_id: row.id.clone(),
            title: format!("{}，{}", words(visit, noted), self.annulment.ground.term()),
            level: String::new(),
            body: bureau_name(&visit.province, &noted.bureau),
            number: row.number.clone().unwrap_or_default(),
            decided_on: visit.services.today(),
            basis: String::new(),
            ban: String::new(),
            ban_until: None,
            bureau: noted.bureau.clone(),
            entered_by: StaffId::given(&first.actor_id),
            confirmed_by: of.who.id.clone(),
            recorded_at: visit.now(),
            reverses: None,
            ending: String::new(),
            reason: String::new(),
        })
    }
}
