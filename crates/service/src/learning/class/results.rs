//! What the results of a class show the bureau, and what their approval does: the credits of everybody who passed are booked.

use std::collections::BTreeMap;

use domain::case::{Beside, Check, Row, Section};
use domain::id::{AccountId, CaseId};
use domain::learning::{CreditEntry, Source, booked_by};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::asked::source_of;
use super::ended::manager_ended;
use super::kind::rows;
use super::{PersonResult, RESULTS, ResultsBody, class_rules};
use crate::case::{Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, returned, short};
use crate::certificate::settle_for;
use crate::notify::{News, tell};
use crate::{Failure, Services, Visit};

/// 单位内部培训结果.
pub(crate) struct ClassResults;

impl Kind for ClassResults {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ResultsBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        BTreeMap::new()
    }

    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let last = tx.list_submissions(&of.row.id).await?.pop();
            let last = last.ok_or_else(|| Failure::Broken("approved results without a round".into()))?;
            let body = open_body::<ResultsBody>(&of.visit.services, &of.row.id, &last)?;
            let mut taken = 0;
            for person in body.passed() {
                taken += i64::from(body.take_back(tx, of, person).await?);
            }
            tx.release_results(&of.row.id).await?;
            body.revoked(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "round": of.row.round, "year": body.planned.year, "taken": taken }))
        }
        .boxed()
    }
}

impl ResultsBody {
    /// Whoever passed, always in the same order: two approvals that meet wait for each other.
    fn passed(&self) -> Vec<&PersonResult> {
        let mut passed: Vec<_> = self.people.iter().filter(|person| person.passed).collect();
        passed.sort_by(|a, b| a.account.cmp(&b.account));
        passed
    }

    fn source(case: &CaseId, person: &PersonResult) -> Source {
        source_of(case, &person.account)
    }

    async fn book(&self, tx: &mut Tx, of: &Decided<'_>, person: &PersonResult) -> Result<bool, Failure> {
        let visit = of.visit;
        let (learning, rules) = class_rules(visit)?;
        let account =
            tx.lock_account(&person.account).await?.ok_or_else(|| Failure::Broken("a result without account".into()))?;
        let entry = CreditEntry {
            id: visit.services.ids.id().into(),
            year: self.planned.year,
            subject: self.planned.subject,
            amount: self.planned.credits,
            source: Self::source(&of.row.id, person),
            rule: rules.rule(),
            arithmetic: self.planned.arithmetic(rules, learning, &self.employer),
            decided: format!("培训结束日期：{}", self.planned.ends_on),
            booked_by: of.who.id.to_string(),
            booked_at: visit.now(),
            reverses: None,
        };
        if !tx.book_credit(&account.id, &of.row.province, &entry).await? {
            return Ok(false);
        }
        settle_for(tx, visit, &account.id, entry.year).await?;
        let body = format!("{} 年度登记 {} {}。\n{}", entry.year, entry.amount, learning.unit, entry.arithmetic);
        let title = format!("{}{}已登记", rules.name_of(self.planned.audience), learning.unit);
        let dedupe_key = format!("class:{}", entry.source.id);
        let news = News { case: None, title: &title, body: &body, sms: None, dedupe_key: &dedupe_key };
        tell(tx, &visit.services, &account, news).await?;
        Ok(true)
    }

    async fn take_back(&self, tx: &mut Tx, of: &Revoked<'_>, person: &PersonResult) -> Result<bool, Failure> {
        let visit = of.visit;
        let (learning, rules) = class_rules(visit)?;
        let account =
            tx.lock_account(&person.account).await?.ok_or_else(|| Failure::Broken("a result without account".into()))?;
        let entries = tx.list_credits_of_year(&account.id, self.planned.year).await?;
        let Some(first) = booked_by(&entries, &Self::source(&of.row.id, person)) else { return Ok(false) };
        let by = (of.who.id.as_str(), visit.now(), of.reason);
        let Ok(reversal) = CreditEntry::reversing(&entries, &first.id, visit.services.ids.id().into(), by) else {
            return Ok(false);
        };
        tx.book_credit(&account.id, &of.row.province, &reversal).await?;
        settle_for(tx, visit, &account.id, self.planned.year).await?;
        let bureau = bureau_name(&visit.province, of.row.bureau.as_ref());
        let (title, amount, unit) = (&self.planned.title, first.amount, &learning.unit);
        let body = format!(
            "{bureau}撤销了“{title}”的培训结果，{} 年度已登记的 {amount} {unit}相应扣回。\n原因：{}\n有异议的，请联系{bureau}。",
            self.planned.year, of.reason
        );
        let title = format!("{}{unit}已扣回", rules.name_of(self.planned.audience));
        let dedupe_key = format!("class_revoked:{}", first.source.id);
        let news = News { case: None, title: &title, body: &body, sms: None, dedupe_key: &dedupe_key };
        tell(tx, &visit.services, &account, news).await?;
        Ok(true)
    }

    fn revoked(&self, of: &Revoked<'_>) -> Told {
        let (name, title, reason) = (&of.visit.line(RESULTS).name, &self.planned.title, of.reason);
        let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
        let site = &of.visit.province.profile.site.title;
        Told {
            title: format!("{name}已撤销"),
            body: format!(
                "{bureau}撤销了“{title}”的{name}的审核通过，已登记的内容相应扣回。\n原因：{reason}\n有异议的，请联系{bureau}。"
            ),
            sms: Some((
                "revoked",
                format!("{}，您好。您的{name}已被撤销审核通过：{}请登录{site}查看。", of.row.applicant, short(reason)),
            )),
        }
    }
}

impl Body for ResultsBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let class = rows(visit, &self.planned, &self.employer);
        let person = |(nth, person): (usize, &PersonResult)| Row {
            item: format!("results.{nth}"),
            group: None,
            label: person.name.clone(),
            value: format!("{}，{}", person.document, if person.passed { "合格" } else { "不合格" }),
        };
        let people = self.people.iter().enumerate().map(person).collect();
        vec![
            Section { key: "class".to_owned(), title: "培训".to_owned(), rows: class },
            Section { key: "results".to_owned(), title: visit.line(RESULTS).name.clone(), rows: people },
        ]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn year(&self) -> Option<i32> {
        Some(self.planned.year)
    }

    fn people(&self) -> Vec<&AccountId> {
        self.people.iter().map(|person| &person.account).collect()
    }

    fn checks<'a>(&'a self, _: &'a mut Reader, _: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async { Ok(Vec::new()) }.boxed()
    }

    fn beside<'a>(&'a self, reader: &'a mut Reader, of: (&'a Visit, &'a CaseRow)) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move { manager_ended(reader, of, &self.class).await }.boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let mut booked = 0;
            for person in self.passed() {
                booked += i64::from(self.book(tx, of, person).await?);
            }
            let (name, title) = (&of.visit.line(RESULTS).name, &self.planned.title);
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let body = format!("“{title}”的{name}已由{bureau}审核通过，为 {booked} 人登记。");
            let told = Told { title: format!("{name}审核通过"), body, sms: None };
            told.tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "year": self.planned.year, "booked": booked, "hundredths": self.planned.credits.hundredths() }))
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
