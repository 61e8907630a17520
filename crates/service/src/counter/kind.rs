//! What a correction shows the second person, and what their agreement does.

mod told;

use std::collections::BTreeMap;

use domain::case::{Action, Check, CheckRule, Level, Row, Section, Status};
use domain::counter::Correction;
use domain::fault::{Fault, FieldErrors};
use domain::id::{CaseId, StaffId};
use domain::identity::{DocumentKind, mask};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, StoreError, Tx};

use super::seek::prepared;
use super::{APPLICATION, CounterBody};
use crate::account::no_mobile;
use crate::case::{Asked, Body, Decided, Kind, OnBehalf, SubmittedFile, bureau_name, open_body, short};
use crate::notify::{News, tell};
use crate::{Failure, Services, Visit};

/// 窗口办理.
pub(crate) struct Counter;

impl Kind for Counter {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<CounterBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        BTreeMap::new()
    }
}

impl CounterBody {
    /// A value as it may be shown: numbers are masked.
    fn shown(&self, value: &str) -> String {
        match self.what {
            Correction::Print | Correction::TakeIn => APPLICATION.term().to_owned(),
            _ if value.is_empty() => "没有".to_owned(),
            Correction::Name => value.to_owned(),
            Correction::Document => mask::document(value),
            Correction::Mobile | Correction::Release => mask::mobile(value),
        }
    }

    fn item(&self) -> &'static str {
        match self.what {
            Correction::Name => "counter.name",
            Correction::Document => "counter.document_number",
            Correction::Mobile | Correction::Release => "counter.mobile",
            Correction::Print | Correction::TakeIn => "counter.before",
        }
    }

    /// Whether the account is still as it was when the correction was asked for.
    async fn is_as_asked_for(&self, reader: &mut Reader, visit: &Visit, of: &AccountRow) -> Result<bool, Failure> {
        let open = |place, sealed: &[u8]| visit.services.vault.open_text(place, of.id.as_str(), sealed);
        Ok(self.before
            == match self.what {
                Correction::Name => of.name.clone(),
                Correction::Document => open("account.document", &of.document_sealed)?,
                Correction::Mobile | Correction::Release => open("account.mobile", &of.mobile_sealed)?,
                Correction::Print => String::new(),
                Correction::TakeIn => prepared(reader, visit, of).await?.map(|prepared| prepared.print).unwrap_or_default(),
            })
    }

    /// What stands in the way of the correction, now.
    async fn is_free(&self, reader: &mut Reader, visit: &Visit, of: &AccountRow) -> Result<bool, Failure> {
        let vault = &visit.services.vault;
        Ok(match self.what {
            Correction::Mobile => {
                let hash = vault.keyed_hash("mobile", &self.now);
                reader.find_account_of_mobile(&of.province, &hash).await?.is_none_or(|holder| holder.id == of.id)
            }
            Correction::Document => {
                let hash = vault.keyed_hash("document", &self.now);
                let kind = self.document_kinds.as_ref().map_or("", |(_, kind)| kind);
                let found = reader.list_accounts_of_document(&of.province, &hash).await?;
                found.iter().all(|holder| holder.id == of.id || holder.document_kind != kind)
            }
            Correction::Name | Correction::Release | Correction::Print | Correction::TakeIn => true,
        })
    }

    /// Hands in what the person has filled in, as one of the staff took it in and this one confirms.
    async fn take_in(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<(), Failure> {
        let events = tx.list_events(&of.row.id).await?;
        let mut seats = events.iter().filter(|event| event.round == of.row.round && event.action == Action::Endorse.code());
        let first = seats.next_back().ok_or_else(|| Failure::Broken("nobody has taken it in".into()))?;
        let kind = of.visit.services.kinds.of(APPLICATION);
        let on_behalf = OnBehalf {
            visit: of.visit,
            account: of.account,
            print: &self.before,
            taken_in_by: (&StaffId::from(first.actor_id.clone()), &first.actor_name),
            confirmed_by: of.who,
            reason: &self.reason,
        };
        let taken_in = kind.take_in(tx, on_behalf).await?;
        Ok(taken_in.map(drop).ok_or_else(|| FieldErrors::one("counter.before", Fault::ChangedSince))?)
    }

    /// Does it. Whoever is signed in to the account has to sign in again, except where only the name was wrong.
    async fn apply(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<u64, Failure> {
        let (vault, now, account) = (&of.visit.services.vault, of.visit.now(), of.account);
        let id = account.id.as_str();
        match self.what {
            Correction::Name => {
                tx.save_name(&account.id, &self.now, now).await?;
                crate::certificate::renamed(tx, of.visit, &account.id).await?;
                crate::import::link_again(tx, &of.visit.services, &account.id).await?;
                return Ok(0);
            }
            Correction::Mobile => {
                let (hash, sealed) = (vault.keyed_hash("mobile", &self.now), vault.seal_text("account.mobile", id, &self.now));
                tx.save_mobile(&account.id, &hash, &sealed, now).await?;
            }
            Correction::Release => {
                let (hash, sealed) = no_mobile(vault, id);
                tx.save_mobile(&account.id, &hash, &sealed, now).await?;
            }
            Correction::Document => {
                let kind = self.document_kinds.as_ref().map_or("", |(_, kind)| kind);
                let sealed = vault.seal_text("account.document", id, &self.now);
                tx.save_document(&account.id, kind, (&vault.keyed_hash("document", &self.now), &sealed), now).await?;
                crate::certificate::amended(tx, of.visit, &account.id).await?;
                crate::import::link_again(tx, &of.visit.services, &account.id).await?;
            }
            Correction::Print => return Ok(0),
            Correction::TakeIn => {
                self.take_in(tx, of).await?;
                return Ok(0);
            }
        }
        Ok(tx.delete_sessions_of_account(&account.id).await?)
    }
}

impl Body for CounterBody {
    fn files(&self) -> &[SubmittedFile] {
        &[]
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("counter.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let options = &visit.province.profile.account.document_kinds;
        let label = |code: &str| {
            let kind = DocumentKind::from_code(code);
            options.iter().find(|option| Some(option.kind) == kind).map(|option| option.label.clone()).unwrap_or_default()
        };
        let mut rows = vec![row("what", "办理事项", self.what.label().to_owned())];
        if let Some((before, now)) = &self.document_kinds {
            rows.push(row("document_kind_before", "原证件类型", label(before)));
            rows.push(row("document_kind", "现证件类型", label(now)));
        }
        if self.what.is_of_account() {
            rows.push(row("before", "原来登记的", self.shown(&self.before)));
            rows.push(Row { item: self.item().to_owned(), ..row("", "更正为", self.shown(&self.now)) });
        } else {
            rows.push(row("before", "办理的申请", self.shown(&self.before)));
        }
        rows.push(row("reason", "原因", self.reason.clone()));
        vec![Section { key: "counter".to_owned(), title: "窗口办理".to_owned(), rows }]
    }

    fn hidden(&self, item: &str) -> Option<String> {
        match item {
            _ if !self.what.is_of_account() => None,
            "counter.before" => Some(self.before.clone()),
            item if item == self.item() => Some(self.now.clone()),
            _ => None,
        }
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn further_mobile(&self) -> Option<String> {
        match self.what {
            Correction::Mobile => Some(format!("申请更换为 {}", self.now)),
            Correction::Document => Some(format!("证件号码更正为 {}", self.now)),
            Correction::Name | Correction::Release | Correction::Print | Correction::TakeIn => None,
        }
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            // Once it is decided nothing has to be as it was.
            if of.row.status != Status::Submitted {
                return Ok(Vec::new());
            }
            let check = |rule, item: &str, is_fine| {
                let level = if is_fine { Level::Fine } else { Level::Wrong };
                Check { rule, level, item: item.to_owned(), inputs: Vec::new() }
            };
            let is_free = self.is_free(reader, of.visit, of.account).await?;
            let is_as_asked_for = self.is_as_asked_for(reader, of.visit, of.account).await?;
            let before = check(CheckRule::AsAskedFor, "counter.before", is_as_asked_for);
            Ok(match self.what {
                Correction::Mobile => vec![before, check(CheckRule::MobileFree, self.item(), is_free)],
                Correction::Document => vec![before, check(CheckRule::DocumentFree, self.item(), is_free)],
                Correction::Name | Correction::Release | Correction::TakeIn => vec![before],
                Correction::Print => Vec::new(),
            })
        }
        .boxed()
    }

    fn line_up<'a>(&'a self, tx: &'a mut Tx, row: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            if self.what == Correction::TakeIn {
                tx.lock_latest_case(&row.account_id, APPLICATION).await?;
            }
            Ok(())
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let taken = || {
                let fault = if self.what == Correction::Document { Fault::DocumentTaken } else { Fault::MobileElsewhere };
                Failure::from(FieldErrors::one(self.item(), fault))
            };
            // The person may have changed it in 账号设置 since it was asked for.
            if !self.is_as_asked_for(tx, of.visit, of.account).await? {
                return Err(FieldErrors::one("counter.before", Fault::ChangedSince).into());
            }
            if !self.is_free(tx, of.visit, of.account).await? {
                return Err(taken());
            }
            self.tell(tx, of).await?;
            // On PostgreSQL somebody may take it in this very moment.
            let ended = match self.apply(tx, of).await {
                Err(Failure::Store(StoreError::Exists { .. })) => return Err(taken()),
                ended => ended?,
            };
            Ok(json!({ "what": self.what, "account": of.account.id, "sessions_ended": ended }))
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let (what, reason) = (self.what.label(), short(of.reason));
            let unchanged = if self.what.is_of_account() { "您账号的信息没有更改" } else { "没有办理" };
            let text = format!("窗口受理的“{what}”没有通过{bureau}的复核：{reason}{unchanged}。");
            let told = format!("窗口受理的“{what}”没有通过{bureau}的复核，{unchanged}。\n复核意见：{}", of.reason);
            let key = format!("counter_returned:{}:{}", of.row.id, of.row.version);
            let sms = Some(("counter_returned", text));
            let news =
                News { case: Some(&of.row.id), title: "窗口办理没有通过复核", body: &told, sms, dedupe_key: &key };
            tell(tx, &of.visit.services, of.account, news).await?;
            Ok(json!({ "what": self.what }))
        }
        .boxed()
    }
}
