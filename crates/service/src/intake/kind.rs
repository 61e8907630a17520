//! What an application shows the bureau, and what its approval does: the record is written.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::case::{Check, Moment, Section};
use domain::id::{AccountId, CaseId};
use domain::intake::view::{SlotView, UploadAnswer};
use domain::intake::{FieldKind, StepKey, display, field_kind, items};
use domain::province::{AttachmentRules, Province};
use domain::text;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::archive::record_of;
use super::door::{lock_slot, open_slots, slot_trail, slot_view};
use super::facts::checks;
use super::files::upload_by;
use super::landing::landing;
use super::load::path;
use super::on_behalf::{may_fill_in, prepared, shown, take_in};
use super::print::printed_for;
use super::record::recorded;
use super::suspend::{resume, suspend};
use super::versions::moments;
use super::{Submitted, remember};
use crate::account::find_alike;
use crate::case::{
    Annulled, Asked, Body, Decided, Door, Kind, OnBehalf, Prepared, Printed, Recorded, SubmittedFile, Told, bureau_name, labels,
    returned,
};
use crate::certificate::{amended, renamed};
use crate::{Failure, Services, Visit};

/// 信息采集.
pub(crate) struct Intake;

impl Kind for Intake {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(Submitted::open(services, case, round)?))
    }

    fn file_titles(&self, province: &Province) -> BTreeMap<String, String> {
        let rules = province.profile.intake_line().attachments.iter();
        rules.map(|rules| (rules.slot.clone(), rules.title.clone())).collect()
    }

    fn slot_trail(&self, visit: &Visit, _: &CaseRow) -> Vec<(String, String)> {
        slot_trail(visit)
    }

    fn slot_view<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<SlotView, Failure>> {
        slot_view(visit, reader, row, slot).boxed()
    }

    fn open_slots<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        row: &'a CaseRow,
    ) -> BoxFuture<'a, Result<Vec<AttachmentRules>, Failure>> {
        open_slots(visit, reader, row).boxed()
    }

    fn page(&self, visit: &Visit, _: &CaseId) -> String {
        path(visit, "intake/progress")
    }

    fn moments<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Vec<Moment>, Failure>> {
        moments(visit, reader, account).boxed()
    }

    fn lock_slot<'a>(
        &'a self,
        visit: &'a Visit,
        tx: &'a mut Tx,
        row: &'a CaseRow,
        slot: &'a str,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        lock_slot(visit, tx, row, slot).boxed()
    }

    fn bring<'a>(
        &'a self,
        visit: &'a Visit,
        (_, slot): (&'a CaseRow, &'a str),
        named: (&'a str, &'a str),
        bytes: Vec<u8>,
        door: Arc<dyn Door>,
    ) -> BoxFuture<'a, Result<UploadAnswer, Failure>> {
        upload_by(visit, slot, named, bytes, Some(door)).boxed()
    }

    fn landing<'a>(&'a self, visit: &'a Visit, reader: &'a mut Reader) -> BoxFuture<'a, Result<String, Failure>> {
        landing(visit, reader).boxed()
    }

    fn recorded<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Option<Recorded>, Failure>> {
        recorded(visit, reader, account).boxed()
    }
    fn prepared<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<Option<Prepared>, Failure>> {
        prepared(visit, reader, account).boxed()
    }

    fn may_fill_in<'a>(
        &'a self,
        visit: &'a Visit,
        reader: &'a mut Reader,
        account: &'a AccountId,
    ) -> BoxFuture<'a, Result<(), Failure>> {
        may_fill_in(visit, reader, account).boxed()
    }

    fn form<'a>(&'a self, visit: &'a Visit, account: &'a AccountId) -> BoxFuture<'a, Result<Printed, Failure>> {
        printed_for(visit, account).boxed()
    }

    fn take_in<'a>(&'a self, tx: &'a mut Tx, of: OnBehalf<'a>) -> BoxFuture<'a, Result<Option<CaseRow>, Failure>> {
        take_in(tx, of).boxed()
    }

    fn annulment(&self, visit: &Visit) -> Option<String> {
        let name = &visit.province.profile.intake_line().name;
        Some(format!("会计人员档案停用，停用期间不办理其他业务；按真实情况重新办理{name}，审核通过后恢复。"))
    }

    fn replaces(&self) -> bool {
        true
    }

    fn annul<'a>(&'a self, tx: &'a mut Tx, of: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        suspend(tx, of).boxed()
    }

    fn restore<'a>(&'a self, tx: &'a mut Tx, of: &'a Annulled<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        resume(tx, of).boxed()
    }
}

impl Body for Submitted {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        display(&self.context(&visit.province, visit.services.today()), &self.answers)
    }

    fn hidden(&self, item: &str) -> Option<String> {
        let (step, field) = item.split_once('.')?;
        let is_masked = field_kind(StepKey::parse(step)?, field) == Some(FieldKind::Mobile);
        self.answers.get(item).filter(|_| is_masked).map(text::tidy)
    }

    fn items(&self, visit: &Visit) -> Vec<String> {
        items(&self.context(&visit.province, visit.services.today()), &self.answers)
    }

    fn remark(&self) -> &str {
        &self.remark
    }

    fn explanations(&self) -> BTreeMap<String, String> {
        self.explanations.clone()
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move {
            let found = checks(reader, self, of).await?;
            Ok(self.taken_in.iter().map(shown).chain(found).collect())
        }
        .boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let version = tx.add_record(&record_of(of.visit, of.row, self)?).await?;
            amended(tx, of.visit, &of.account.id).await?;
            // Whoever came back is in the register again.
            tx.reopen_record(&of.account.id, of.visit.now()).await?;
            find_alike(tx, of.visit, &of.account.id).await?;
            let cx = self.context(&of.visit.province, of.visit.services.today());
            if let Ok(application) = self.answers.check(&cx) {
                correct_name(tx, (of.visit, of.account), application.name.as_deref()).await?;
                if let Some(employer) = &application.employer {
                    remember(of.visit, tx, employer).await?;
                }
            }
            approved(of).tell(tx, &of.visit.services, of.account, of.row).await?;
            Ok(json!({ "record": version }))
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let (province, bureau) = (&of.visit.province, bureau_name(&of.visit.province, of.row.bureau.as_ref()));
            // The order of the files is that of the form.
            let titles = province.profile.intake_line().attachments.iter();
            let titles = titles.map(|rules| (format!("attachment.{}", rules.slot), rules.title.clone()));
            let rejected = of.rejected(labels(self.sections(of.visit)).into_iter().chain(titles).collect());
            returned(of.row, &bureau, &province.profile, &rejected, of.reason)
                .tell(tx, &of.visit.services, of.account, of.row)
                .await?;
            Ok(json!({ "rejected": of.rejected_items() }))
        }
        .boxed()
    }
}

/// Where the form may correct the name as registered, its approval does (手册丙 6: 申报人姓名可修改).
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn correct_name(
    tx: &mut Tx,
    (visit, account): (&Visit, &AccountRow),
    name: Option<&str>,
) -> Result<(), Failure> {
    match name.filter(|name| *name != account.name) {
        Some(name) => {
            tx.save_name(&account.id, name, visit.now()).await?;
            renamed(tx, visit, &account.id).await?;
            crate::import::link_again(tx, &visit.services, &account.id).await
        }
        None => Ok(()),
    }
}

fn approved(of: &Decided<'_>) -> Told {
    let (name, number) = (&of.visit.line(of.row.kind).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
    Told {
        title: format!("{name}审核通过"),
        body: format!("您的{name}申请（编号 {number}）已由{bureau}审核通过，会计人员档案已经建立。"),
        sms: Some(("approved", format!("{}，您好。您的{name}申请已审核通过，请登录{site}查看。", of.row.applicant))),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use domain::case::Row;
    use domain::identity::DocumentKind;
    use domain::intake::{Answers, Holder};

    use super::*;

    fn intake(mobile: &str) -> Box<dyn Body> {
        let mut answers = Answers::default();
        assert!(answers.set("person.mobile", mobile.into()));
        let holder = Holder { document_kind: DocumentKind::Passport, name: "张三丰".into(), sex: None, born_on: None };
        Box::new(Submitted {
            answers,
            files: Vec::new(),
            form_version: 1,
            pledge_version: String::new(),
            pledge_hash: String::new(),
            holder,
            remark: String::new(),
            explanations: BTreeMap::new(),
            taken_in: None,
        })
    }

    #[test]
    fn a_number_that_differs_under_its_mask_is_a_change_and_one_typed_with_spaces_is_none() {
        let row = |key: &str| Row { item: format!("person.{key}"), group: None, label: String::new(), value: String::new() };
        let rows = vec![row("mobile"), row("postcode")];
        let sections = [Section { key: "person".to_owned(), title: String::new(), rows }];
        let before = intake("13800000001");
        assert_eq!(intake("13811110001").hidden_changes(&*before, &sections), BTreeSet::from(["person.mobile"]));
        assert_eq!(intake(" 13800000001 ").hidden_changes(&*before, &sections), BTreeSet::new());
    }
}
