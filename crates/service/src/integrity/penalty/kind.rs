//! What a penalty shows the second person, and what their agreement does: it is recorded, and the person is told.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::case::{Action, Beside, Check, Moment, Refusal, Row, Section};
use domain::date::Dated;
use domain::id::{AccountId, CaseId, StaffId};
use domain::integrity::{self, Ban, EntryKind};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::integrity::entry::IntegrityEntryRow;
use store::{Reader, Tx};

use super::super::moments::moments;
use super::super::record::take_back;
use super::super::{beside, page};
use super::{PENALTY, PenaltyBody, rules};
use crate::case::{Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, short};
use crate::{Failure, Services, Visit};

/// 行政处罚登记.
pub(crate) struct Penalty;

impl Kind for Penalty {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<PenaltyBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(PENALTY).attachments.iter();
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
        page(visit)
    }

    /// Of the whole record: a reward tells nothing beside it.
    fn moments<'a>(
        &'a self,
        _: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        moments(reader, account).boxed()
    }

    /// By somebody who had no part in recording it: so two are never enough to make and to lift a ban.
    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let entry = tx.find_integrity_entry_of(&of.row.id).await?;
            let had_part =
                |entry: IntegrityEntryRow| entry.confirmed_by == of.who.id || entry.entered_by.as_ref() == Some(&of.who.id);
            if entry.is_some_and(had_part) {
                return Err(Refusal::SecondPersonNeeded.into());
            }
            let end = take_back(tx, of).await?;
            lifted(&of.visit.province, of.row, of.reason, &end).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "entry": end.reverses }))
        }
        .boxed()
    }

    fn warnings<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<String>, Failure>> {
        async move { beside::bans(visit, reader, account).await }.boxed()
    }
}

impl Body for PenaltyBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("penalty.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let penalty = &self.penalty;
        let ban = penalty.ban().map_or_else(|| "没有".to_owned(), Ban::words);
        let rows = vec![
            row("body", "处罚决定机关", penalty.body.clone()),
            row("number", "处罚决定书文号", penalty.number.clone()),
            row("decided_on", "处罚决定日期", Dated::Day(penalty.decided_on).words()),
            row("kinds", "处罚种类", penalty.kinds_words()),
            row("basis", "法律依据", penalty.basis()),
            row("ban", "限制从业", ban),
            row("facts", "违法事实", penalty.facts.clone()),
        ];
        vec![Section { key: "penalty".to_owned(), title: visit.line(PENALTY).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    /// It has to be recorded so many working days after the decision, whenever it was entered.
    fn due_on(&self, visit: &Visit) -> Option<NaiveDate> {
        let days = rules(visit).ok()?.record_working_days;
        Some(visit.province.calendar.add_working_days(self.penalty.decided_on, days))
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move { beside::whole(visit, reader, &row.account_id).await }.boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (visit, row, penalty) = (of.visit, of.row, &self.penalty);
            let events = tx.list_events(&row.id).await?;
            let first = events.iter().find(|event| event.round == row.round && event.action == Action::Endorse.code());
            let first = first.ok_or_else(|| Failure::Broken("nobody has entered it".into()))?;
            let (ban, ban_until) = Ban::kept(penalty.ban());
            let entry = IntegrityEntryRow {
                id: visit.services.ids.id(),
                account_id: row.account_id.clone(),
                province: row.province.clone(),
                kind: EntryKind::Penalty,
                case_id: row.id.clone(),
                title: penalty.kinds_words(),
                level: String::new(),
                body: penalty.body.clone(),
                number: penalty.number.clone(),
                decided_on: penalty.decided_on,
                basis: penalty.basis(),
                ban: ban.to_owned(),
                ban_until,
                bureau: row.bureau.clone().unwrap_or_else(|| of.who.bureau.clone()),
                entered_by: StaffId::given(&first.actor_id),
                confirmed_by: of.who.id.clone(),
                recorded_at: visit.now(),
                reverses: None,
                ending: String::new(),
                reason: String::new(),
            };
            tx.insert_integrity_entry(&entry).await?;
            let page = &rules(visit)?.page_name;
            recorded(&visit.province, row, penalty, page).tell(tx, &visit.services, of.account, row).await?;
            Ok(json!({ "entry": entry.id, "kinds": penalty.kinds, "ban": ban }))
        }
        .boxed()
    }

    /// The bureau corrects it; the person, of whom nothing is recorded, is not told.
    fn give_back<'a>(&'a self, _: &'a mut Tx, _: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async { Ok(json!({})) }.boxed()
    }
}

/// What is told when it is recorded.
pub(in super::super) fn recorded(province: &Province, row: &CaseRow, penalty: &integrity::Penalty, page: &str) -> Told {
    let (bureau, site) = (bureau_name(province, row.bureau.as_ref()), &province.profile.site.title);
    let (body, number, kinds, on) = (&penalty.body, &penalty.number, penalty.kinds_words(), penalty.decided_on);
    let ban = penalty.ban().map(|ban| format!("不得从事会计工作的期限：{}。", ban.words())).unwrap_or_default();
    Told {
        title: "诚信档案有新的记录".to_owned(),
        body: format!(
            "{bureau}已将{body} {on} 的处罚决定（{number}）记入您的诚信档案。\n处罚种类：{kinds}。{ban}\n可以在“{page}”中查看；认为记录有误的，可以在那里提出异议。"
        ),
        sms: Some((
            "penalty",
            format!("{}，您好。您的诚信档案有新的记录，请登录{site}查看；认为有误的，可以在线提出异议。", row.applicant),
        )),
    }
}

/// What is told when it is taken back.
pub(in super::super) fn lifted(province: &Province, row: &CaseRow, reason: &str, end: &IntegrityEntryRow) -> Told {
    let (bureau, site) = (bureau_name(province, row.bureau.as_ref()), &province.profile.site.title);
    let (body, number) = (&end.body, &end.number);
    Told {
        title: "诚信档案的记录已撤销".to_owned(),
        body: format!("{bureau}已撤销您诚信档案中{body}的处罚决定（{number}）的记录，限制从业的同时解除。\n原因：{reason}"),
        sms: Some((
            "revoked",
            format!("{}，您好。您诚信档案中的一条记录已撤销：{}请登录{site}查看。", row.applicant, short(reason)),
        )),
    }
}
