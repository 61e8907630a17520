//! What a claim shows the bureau, and what its approval does: the person manages the employer from then on.

use std::collections::BTreeMap;

use domain::case::{Check, CheckRule, Level, Row, Section};
use domain::id::CaseId;
use domain::identity::CreditCode;
use domain::province::{AttachmentRules, Province};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::employer::manager::ManagerRow;
use store::{Reader, StoreError, Tx};

use super::{ClaimBody, KIND, case_page, rules};
use crate::case::{
    Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, returned, sheet_slot, short,
};
use crate::{Failure, Services, Visit};

/// 单位管理员认证.
pub(crate) struct EmployerClaim;

impl Kind for EmployerClaim {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ClaimBody>(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let slots = province.profile.line(KIND).attachments.iter();
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
            let manager = tx.find_manager_of_case(&of.row.id).await?;
            let ended = match &manager {
                Some(manager) => tx.end_manager(&manager.id, of.visit.now()).await?,
                None => false,
            };
            revoked(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "employer": manager.map(|manager| manager.code), "ended": ended }))
        }
        .boxed()
    }

    fn vouched<'a>(
        &'a self,
        tx: &'a mut Tx,
        visit: &'a Visit,
        account: &'a AccountRow,
        (code, name): (&'a CreditCode, &'a str),
    ) -> BoxFuture<'a, Result<Option<String>, Failure>> {
        super::vouched::vouched(tx, visit, account, (code, name)).boxed()
    }
}

impl Body for ClaimBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: &str| Row {
            item: format!("employer.{key}"),
            group: None,
            label: label.to_owned(),
            value: value.to_owned(),
        };
        let rows = vec![row("code", "统一社会信用代码", &self.code), row("name", "单位名称", &self.name)];
        vec![Section { key: "employer".to_owned(), title: visit.line(KIND).name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let province = &of.row.province;
            let finding = |rule, level, item: &str, inputs: Vec<(String, String)>| Check {
                rule,
                level,
                item: format!("employer.{item}"),
                inputs,
            };
            let manager = reader.find_manager_of(province, &self.code).await?;
            // Once it is approved the manager is the one of this case.
            let is_free = manager.is_none_or(|manager| manager.case_id.as_ref() == Some(&of.row.id));
            let free = if is_free { Level::Fine } else { Level::Wrong };
            let hash = of.visit.services.vault.keyed_hash("employer", &self.code);
            let record = reader.find_record(&of.row.account_id).await?;
            let is_own = record.is_some_and(|record| record.employer_hash.is_some_and(|own| own == hash));
            let own = if is_own { Level::Fine } else { Level::Look };
            let mut found = vec![
                finding(CheckRule::EmployerFree, free, "code", Vec::new()),
                finding(CheckRule::EmployerOfRecord, own, "code", Vec::new()),
            ];
            if let Some(known) = reader.find_employer(province, &self.code).await? {
                let level = if known == self.name { Level::Fine } else { Level::Look };
                found.push(finding(CheckRule::EmployerName, level, "name", vec![("known".to_owned(), known)]));
            }
            Ok(found)
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (visit, row) = (of.visit, of.row);
            let bureau = row.bureau.clone().ok_or_else(|| Failure::Broken("an approved claim without bureau".into()))?;
            let manager = ManagerRow {
                id: visit.services.ids.id(),
                province: row.province.clone(),
                code: self.code.clone(),
                code_hash: visit.services.vault.keyed_hash("employer", &self.code),
                account_id: row.account_id.clone(),
                case_id: Some(row.id.clone()),
                bureau,
                since: visit.now(),
                ended_at: None,
            };
            if tx.find_manager_of(&row.province, &self.code).await?.is_some() {
                return Err(Failure::Stale);
            }
            tx.insert_manager(&manager).await.map_err(|error| match error {
                // Another claim of the employer was approved in this moment; the page, read anew, says so.
                StoreError::Exists { .. } => Failure::Stale,
                other => other.into(),
            })?;
            tx.save_employer(&row.province, &self.code, &self.name, visit.now()).await?;
            self.approved(of)?.tell(tx, &visit.services, of.account, row).await?;
            Ok(json!({ "employer": self.code }))
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

impl ClaimBody {
    fn approved(&self, of: &Decided<'_>) -> Result<Told, Failure> {
        let (name, number) = (&of.visit.line(KIND).name, of.row.number.as_deref().unwrap_or_default());
        let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
        let (rules, employer) = (rules(of.visit)?, &self.name);
        let (manager, page) = (&rules.manager_name, &rules.page_name);
        Ok(Told {
            title: format!("{name}审核通过"),
            body: format!(
                "您的{name}申请（编号 {number}）已由{bureau}审核通过，您现在是{employer}的{manager}。本单位的会计人员同意后，您可以在“{page}”中看到。"
            ),
            sms: Some(("approved", format!("{}，您好。您的{name}申请已审核通过，请登录{site}查看。", of.row.applicant))),
        })
    }
}

fn revoked(of: &Revoked<'_>) -> Told {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (name, number) = (&visit.line(KIND).name, row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    Told {
        title: format!("{name}已撤销"),
        body: format!(
            "{bureau}撤销了您的{name}（编号 {number}）的审核通过，您不再是该单位的管理员。\n原因：{reason}\n有异议的，请联系{bureau}。"
        ),
        sms: Some((
            "revoked",
            format!("{}，您好。您的{name}已被撤销审核通过：{}请登录{site}查看。", row.applicant, short(reason)),
        )),
    }
}
