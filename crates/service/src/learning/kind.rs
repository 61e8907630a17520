//! What a conversion shows the bureau, and what its approval does: the credits are booked, in the same transaction.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use domain::case::{Beside, Check, CheckRule, Level, Moment, Row, Section};
use domain::correction::Correctable;
use domain::id::{AccountId, CaseId};
use domain::inspection::Inspections;
use domain::learning::{
    Claim, ConversionKind, CreditEntry, LearningRules, NotConverted, OPTION, Question, Reckoning, Source, SourceKind, Unreckoned,
    reckon,
};
use domain::province::{AttachmentRules, Province};
use domain::text;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::beside::ledger;
use super::file::booked;
use super::inspect::inspections;
use super::moments::moments;
use super::revoke::revoke;
use super::start::refused;
use super::upload::slot_of;
use super::{ConversionBody, case_path, rules};
use crate::case::{Asked, Body, Decided, Kind, Revoked, SubmittedFile, Told, bureau_name, open_body, returned};
use crate::certificate::settle_for;
use crate::{Failure, Services, Visit};

/// 学分折算.
pub(crate) struct Conversion;

impl Kind for Conversion {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<ConversionBody>(services, case, round)?))
    }

    fn is_for_bureau(&self, province: &Province, slot: &str) -> bool {
        let inspection = province.profile.learning.as_ref().and_then(|rules| rules.inspection.as_ref());
        inspection.is_some_and(|inspection| inspection.proof == slot)
    }

    fn page(&self, visit: &Visit, case: &CaseId) -> String {
        case_path(visit, case)
    }

    fn moments<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        moments(visit, reader, account).boxed()
    }

    fn slot<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<AttachmentRules, Failure>> {
        slot_of(visit, reader, row, slot).boxed()
    }

    fn slot_rules<'a>(&self, visit: &'a Visit, _: &CaseRow, slot: &str) -> Option<&'a AttachmentRules> {
        rules(visit).ok()?.proof(slot)
    }

    fn revoke<'a>(&'a self, tx: &'a mut Tx, of: &'a Revoked<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        revoke(tx, of).boxed()
    }

    fn inspections<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Option<Inspections>, Failure>> {
        inspections(visit, reader, row).boxed()
    }

    fn years(&self, province: &Province, today: NaiveDate) -> Vec<i32> {
        let Some(rules) = province.profile.learning.as_ref() else { return Vec::new() };
        let (first, last) = (rules.first_year(), rules.year_of(today));
        first.zip(last).map(|(first, last)| (first..=last).rev().collect()).unwrap_or_default()
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let proofs = province.profile.learning.iter().flat_map(|rules| &rules.proofs);
        proofs.map(|proof| (proof.slot.clone(), proof.title.clone())).collect()
    }
}

impl ConversionBody {
    fn claim(&self) -> Claim<'_> {
        Claim { year: self.year, kind: &self.kind, option: &self.option, answers: &self.answers }
    }

    /// 方式, with the sub-option.
    fn rows(&self, province: &Province, rules: &LearningRules) -> Vec<Row> {
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("conversion.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        let mut rows = vec![row("year", "继续教育年度", self.year.to_string())];
        let Some(kind) = self.claim().kind_in(rules) else { return rows };
        rows.push(row("kind", "继续教育方式", kind.name.clone()));
        if let Some(option) = kind.option(&self.option) {
            rows.push(row(OPTION, &kind.options_label, option.name.clone()));
        }
        let asked = kind.asked(&self.option);
        rows.extend(asked.map(|question| row(&question.key, &question.label, self.read(province, question))));
        rows.push(row("arithmetic", "折算", self.reckoning.arithmetic.clone()));
        rows.push(row("decided", "年度依据", self.reckoning.decided.words()));
        rows
    }

    /// An answer as people read it.
    fn read(&self, province: &Province, question: &Question) -> String {
        let answer = self.answers.get(&question.key).map(|answer| text::tidy(answer)).unwrap_or_default();
        let own = question.choices.iter().find(|choice| choice.code == answer).map(|choice| choice.label.clone());
        let common = || province.lists.label(question.list.as_deref()?, &answer).map(str::to_owned);
        own.or_else(common).unwrap_or(answer)
    }

    /// What it gives now: others of the kind may have been booked since it was handed in.
    async fn now(&self, reader: &mut Reader, visit: &Visit, row: &CaseRow) -> Result<Now, Failure> {
        let booked = booked(reader, row, &self.claim()).await?;
        Ok(reckon(rules(visit)?, &visit.province.lists, &self.claim(), booked, visit.services.today()))
    }
}

type Now = Result<Reckoning, Unreckoned>;

impl Body for ConversionBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let Ok(rules) = rules(visit) else { return Vec::new() };
        let rows = self.rows(&visit.province, rules);
        vec![Section { key: "conversion".to_owned(), title: rules.conversion_name.clone(), rows }]
    }

    fn hidden(&self, _: &str) -> Option<String> {
        None
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn remark(&self) -> &str {
        &self.remark
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let decided = &self.reckoning.decided;
            let finding = |rule, level, item: &str, inputs: Vec<(&str, String)>| Check {
                rule,
                level,
                item: format!("conversion.{item}"),
                inputs: inputs.into_iter().map(|(name, value)| (name.to_owned(), value)).collect(),
            };
            let mut found = Vec::new();
            // Once it is approved its own credits are among what is booked.
            if of.row.decided_at.is_none() {
                let now = self.now(reader, of.visit, of.row).await?;
                let is_there = !matches!(now, Err(Unreckoned::OtherYear { .. } | Unreckoned::NotThen { .. }));
                let level = if is_there { Level::Fine } else { Level::Wrong };
                let inputs = vec![("by", decided.by.clone()), ("on", decided.on.clone()), ("year", self.year.to_string())];
                found.push(finding(CheckRule::ConversionYear, level, "decided", inputs));
                let (level, gives) = match &now {
                    Ok(now) if now.cap.is_none() => (Level::Fine, now.arithmetic.clone()),
                    Ok(now) => (Level::Look, now.arithmetic.clone()),
                    Err(_) => (Level::Wrong, self.reckoning.arithmetic.clone()),
                };
                found.push(finding(CheckRule::ConversionCap, level, "arithmetic", vec![("gives", gives)]));
            }
            let mut elsewhere = 0;
            for file in &self.files {
                elsewhere += reader.count_file_elsewhere(&file.sha256, &of.row.id).await?;
            }
            let level = if elsewhere == 0 { Level::Fine } else { Level::Look };
            found.push(finding(CheckRule::FileElsewhere, level, "kind", vec![("count", elsewhere.to_string())]));
            Ok(found)
        }
        .boxed()
    }

    fn year(&self) -> Option<i32> {
        Some(self.year)
    }

    fn beside<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        async move { Ok(vec![ledger(visit, reader, row, &self.claim()).await?]) }.boxed()
    }

    fn correctable<'a>(
        &'a self,
        reader: &'a mut Reader,
        (visit, row): (&'a Visit, &'a CaseRow),
    ) -> BoxFuture<'a, Result<Option<Correctable>, Failure>> {
        async move {
            let rules = rules(visit)?;
            Ok(self.now(reader, visit, row).await?.ok().map(|now| now.correctable(rules, &self.claim())))
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            // The account is locked with the decision, so that nothing else of the kind is booked beside it.
            let now = self.now(tx, of.visit, of.row).await?.map_err(|unreckoned| match unreckoned.faults() {
                Err(Some(why)) => refused(why),
                Ok(_) | Err(None) => domain::case::Refusal::NotComplete.into(),
            })?;
            let now = match of.amount {
                Some(amount) => now.corrected(rules(of.visit)?, amount, of.reason),
                None => now,
            };
            let entry = CreditEntry {
                id: of.visit.services.ids.id().into(),
                year: now.year,
                subject: now.subject,
                amount: now.amount,
                source: Source { kind: SourceKind::Conversion, id: of.row.id.to_string() },
                rule: now.rule.clone(),
                arithmetic: now.arithmetic.clone(),
                decided: now.decided.words(),
                booked_by: of.who.id.to_string(),
                booked_at: of.visit.now(),
                reverses: None,
            };
            tx.book_credit(&of.row.account_id, &of.row.province, &entry).await?;
            tx.settle_conversion(&of.row.id, (now.amount.hundredths(), now.worth().hundredths())).await?;
            settle_for(tx, of.visit, &of.row.account_id, now.year).await?;
            approved(of, &now, &rules(of.visit)?.unit).tell(tx, &of.visit.services, of.account, of.row).await?;
            let (hundredths, is_capped) = (now.amount.hundredths(), now.cap.is_some());
            let is_corrected = of.amount.is_some();
            Ok(json!({
                "year": now.year, "rule": now.rule, "hundredths": hundredths, "capped": is_capped, "corrected": is_corrected,
            }))
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

/// What is told with the approval: how much was booked for which year, and why it is not more.
fn approved(of: &Decided<'_>, now: &Reckoning, unit: &str) -> Told {
    let (name, number) = (&of.visit.line(of.row.kind).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
    let (year, amount, arithmetic) = (now.year, now.amount, &now.arithmetic);
    Told {
        title: format!("{name}审核通过"),
        body: format!("您的{name}申请（编号 {number}）已由{bureau}审核通过，{year} 年度登记 {amount} {unit}。\n{arithmetic}"),
        sms: Some((
            "approved",
            format!("{}，您好。您的{name}申请已审核通过，{year} 年度登记 {amount} {unit}，请登录{site}查看。", of.row.applicant),
        )),
    }
}

/// The name of a kind with its sub-option, as lists show it.
pub(super) fn name_of(kind: Option<&ConversionKind>, option: &str, code: &str) -> String {
    let Some(kind) = kind else { return code.to_owned() };
    kind.option(option).map_or_else(|| kind.name.clone(), |option| format!("{}（{}）", kind.name, option.name))
}

/// Why nothing could be handed in as it stands, beside faults.
pub(super) fn obstacle(unreckoned: Unreckoned) -> Option<NotConverted> {
    unreckoned.faults().err().flatten()
}
