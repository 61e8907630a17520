//! What a reward shows the bureau, and what its approval does: it is recorded, in the same transaction.

use std::collections::BTreeMap;

use domain::case::{Beside, Check, CheckRule, Level, Row, Section};
use domain::date::Dated;
use domain::id::CaseId;
use domain::integrity::EntryKind;
use domain::province::{AttachmentRules, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::integrity::entry::IntegrityEntryRow;
use store::{Reader, Tx};

use super::super::record::take_back;
use super::super::{REWARD, beside, case_page, rules};
use super::RewardBody;
use crate::case::{
    Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, returned, sheet_slot, short,
};
use crate::{Failure, Services, Visit};

/// 诚信奖励.
pub(crate) struct Reward;

impl Kind for Reward {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<RewardBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(REWARD).attachments.iter();
        slots.map(|slot| (slot.slot.clone(), slot.title.clone())).collect()
    }

    fn page(&self, visit: &Visit, case: &CaseId) -> String {
        case_page(visit, case)
    }

    fn slot<'a>(
        &'a self,
        visit: &'a Visit,
        _: &'a mut Reader,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<AttachmentRules, Failure>> {
        async move {
            rules(visit)?;
            sheet_slot(visit, row, slot)
        }
        .boxed()
    }

    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let end = take_back(tx, of).await?;
            revoked(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "entry": end.reverses }))
        }
        .boxed()
    }
}

impl Body for RewardBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: &str| Row {
            item: format!("reward.{key}"),
            group: None,
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let reward = &self.reward;
        let rows = vec![
            row("name", "奖励名称", &reward.name),
            row("level", "级别", &self.level),
            row("body", "授予单位", &reward.body),
            row("granted_on", "授予日期", &Dated::Day(reward.granted_on).words()),
            row("number", "文号", &reward.number),
        ];
        vec![Section { key: "reward".to_owned(), title: visit.line(REWARD).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let mut elsewhere = 0;
            for file in &self.files {
                elsewhere += reader.count_file_elsewhere(&file.sha256, &of.row.id).await?;
            }
            let level = if elsewhere == 0 { Level::Fine } else { Level::Look };
            let inputs = vec![("count".to_owned(), elsewhere.to_string())];
            Ok(vec![Check { rule: CheckRule::FileElsewhere, level, item: "reward.name".to_owned(), inputs }])
        }
        .boxed()
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
            let (visit, row, reward) = (of.visit, of.row, &self.reward);
            let entry = IntegrityEntryRow {
                id: visit.services.ids.id(),
                account_id: row.account_id.clone(),
                province: row.province.clone(),
                kind: EntryKind::Reward,
                case_id: row.id.clone(),
                title: reward.name.clone(),
                level: reward.level.clone(),
                body: reward.body.clone(),
                number: reward.number.clone(),
                decided_on: reward.granted_on,
                basis: String::new(),
                ban: String::new(),
                ban_until: None,
                bureau: row.bureau.clone().unwrap_or_else(|| of.who.bureau.clone()),
                entered_by: None,
                confirmed_by: of.who.id.clone(),
                recorded_at: visit.now(),
                reverses: None,
                ending: String::new(),
                reason: String::new(),
            };
            tx.insert_integrity_entry(&entry).await?;
            approved(of, &rules(visit)?.page_name).tell(tx, &visit.services, of.account, row).await?;
            Ok(json!({ "entry": entry.id, "level": reward.level }))
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

fn approved(of: &Decided<'_>, page: &str) -> Told {
    let (name, number) = (&of.visit.line(REWARD).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
    Told {
        title: format!("{name}审核通过"),
        body: format!("您的{name}申请（编号 {number}）已由{bureau}审核通过，记入诚信档案，可以在“{page}”中查看。"),
        sms: Some(("approved", format!("{}，您好。您的{name}申请已审核通过，请登录{site}查看。", of.row.applicant))),
    }
}

fn revoked(of: &Revoked<'_>) -> Told {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (name, number) = (&visit.line(REWARD).name, row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    Told {
        title: format!("{name}已撤销"),
        body: format!(
            "{bureau}撤销了您的{name}（编号 {number}）的审核通过，诚信档案中注明已撤销。\n原因：{reason}\n有异议的，请联系{bureau}。"
        ),
        sms: Some((
            "revoked",
            format!("{}，您好。您的{name}已被撤销审核通过：{}请登录{site}查看。", row.applicant, short(reason)),
        )),
    }
}
