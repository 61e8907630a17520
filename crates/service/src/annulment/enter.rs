//! What an annulment has of its own where it is entered: an approval that still stands, of which its person is told and heard.

use domain::annulment::Annulment;
use domain::annulment::forms::AnnulmentForm;
use domain::answer::Answer;
use domain::case::{CaseKind, Power, Status};
use domain::fault::{Fault, FieldErrors};
use domain::id::{AccountId, BureauCode, CaseId};
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::archive::annulment::{AnnulmentRow, NewAnnulment};
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::{AnnulmentBody, KIND, effect, rules, words_of};
use crate::case::{Entered, Entering, Proof, SubmittedFile, Told, bureau_name, enter, keeper, known_bureau};
use crate::{Failure, Visit};

/// What is entered, with the approved application that its number names.
#[derive(Clone)]
pub(super) struct Entry {
    annulment: Annulment,
    of: CaseId,
    of_kind: CaseKind,
    account: AccountId,
}

/// Enters that an approval is to be taken back. The person is told at once, and nobody agrees before they have said what they have to
/// say, or the days for it are over.
///
/// # Errors
/// The faults of the form; at `of` `NotInList` where no approved application has that number, `Unchanged` for one that stands no longer,
/// `DuplicateRow` where it is taken back or about to be, `ChangedSince` while another application of the person is decided; for the
/// rest as `crate::case::enter`.
pub async fn enter_annulment(visit: &Visit, form: &AnnulmentForm, file: Option<Proof>) -> Result<Answer, Failure> {
    let who = keeper::<Entry>(visit)?;
    let checked = match form.check() {
        Err(errors) => Err(errors),
        Ok((of, annulment)) => match approved(&mut visit.services.db.read().await?, visit, (&who.bureau, &annulment.of)).await? {
            Some(case) => Ok((of, Entry { annulment, of: case.id, of_kind: case.kind, account: case.account_id })),
            None => Err(FieldErrors::one("of", Fault::NotInList)),
        },
    };
    enter(visit, (&form.case, &form.request_key), checked, file).await
}

/// The approved application of a number, of a kind whose approval can be taken back and of somebody whom the bureau, or one below it, keeps.
/// Of others nothing is said, not even whether there is such a number.
///
/// # Errors
/// `Store`.
pub(super) async fn approved(
    reader: &mut Reader,
    visit: &Visit,
    (bureau, number): (&BureauCode, &str),
) -> Result<Option<CaseRow>, Failure> {
    let Some(id) = reader.find_case_of_number(visit.province_key(), number).await? else { return Ok(None) };
    let can_be =
        |case: &CaseRow| case.status == Status::Approved && visit.services.kinds.of(case.kind).annulment(visit).is_some();
    let Some(case) = reader.find_case(&id).await?.filter(can_be) else { return Ok(None) };
    let at = known_bureau(reader, visit, &case.account_id).await?;
    Ok(at.is_some_and(|at| visit.province.bureaus.is_within(&at, bureau)).then_some(case))
}

/// Whether the record of an account still rests on an approval: nothing came in its place, it is not suspended, and it has not left.
/// Asked when an annulment is entered, and again when it takes effect.
///
/// # Errors
/// `Store`.
pub(super) async fn rests_on(reader: &mut Reader, visit: &Visit, account: &AccountId, case: &CaseRow) -> Result<bool, Failure> {
    let stands = |other: &CaseRow| other.status == Status::Approved && other.account_id == *account;
    let newest = reader.list_cases(account, case.kind).await?.into_iter().find(stands);
    let is_alone = visit.services.kinds.of(case.kind).replaces();
    let is_former = is_alone && newest.is_none_or(|newest| newest.id != case.id);
    let is_annulled = reader.find_closing(account).await?.is_some_and(|row| row.is_annulled());
    Ok(stands(case) && !is_former && !is_annulled && reader.find_standing_departure(account).await?.is_none())
}

impl Entered for Entry {
    const KIND: CaseKind = KIND;
    const PAGE: &'static str = "annulments";
    const ENTERED: &'static str = "enter_annulment";
    const SLOT: &'static str = "proof";
    const POWER: Power = Power::CloseRecords;
    type Body = AnnulmentBody;

    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<(AccountId, BureauCode)>, Failure>> {
        async move { Ok(reader.find_annulment(case).await?.map(|row| (row.account_id, row.bureau))) }.boxed()
    }

    fn about<'a>(&'a self, visit: &'a Visit) -> BoxFuture<'a, Result<AccountRow, Failure>> {
        async move {
            let found = visit.services.db.read().await?.find_account(&self.account).await?;
            found.ok_or_else(|| Failure::Broken("a case without account".into()))
        }
        .boxed()
    }

    fn may<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            match self.fault(tx, of).await? {
                None => Ok(()),
                Some(fault) => Err(FieldErrors::one("of", fault).into()),
            }
        }
        .boxed()
    }

    fn keep<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            let visit = of.visit;
            let days = rules(visit)?.hear_working_days;
            let new = NewAnnulment {
                case: of.case,
                account: &of.account.id,
                province: visit.province_key(),
                bureau: &of.who.bureau,
                of: &self.of,
                told_at: visit.now(),
                heard_until: visit.province.calendar.add_working_days(visit.services.today(), days),
            };
            Ok(tx.save_annulment(new).await?)
        }
        .boxed()
    }

    fn body(&self, files: Vec<SubmittedFile>) -> AnnulmentBody {
        AnnulmentBody { annulment: self.annulment.clone(), of_kind: self.of_kind, files }
    }

    fn noted(&self) -> Value {
        json!({ "of": self.of, "ground": self.annulment.ground.code() })
    }

    fn tell<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>, case: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async move {
            let noted = tx.find_annulment(&case.id).await?.ok_or_else(|| Failure::Broken("nothing was noted".into()))?;
            self.told(of, &noted).tell(tx, &of.visit.services, of.account, case).await
        }
        .boxed()
    }
}

impl Entry {
    /// Why it cannot be entered, on what is read inside the write.
    async fn fault(&self, tx: &mut Tx, of: Entering<'_>) -> Result<Option<Fault>, Failure> {
        let account = &of.account.id;
        let stands = |case: &CaseRow| case.status == Status::Approved && case.account_id == *account;
        let Some(case) = tx.find_case(&self.of).await?.filter(stands) else { return Ok(Some(Fault::NotInList)) };
        let others = tx.list_annulments_of(account).await?;
        let is_open = |status| matches!(status, Status::Submitted | Status::Returned);
        let same = |row: &AnnulmentRow| is_open(row.status) || row.of_case == case.id && row.status == Status::Approved;
        if others.iter().any(|row| row.case_id != *of.case && same(row)) {
            return Ok(Some(Fault::DuplicateRow));
        }
        if !rests_on(tx, of.visit, account, &case).await? {
            return Ok(Some(Fault::Unchanged));
        }
        let waits = |other: &CaseRow| other.kind.is_of_record() && other.status == Status::Submitted;
        let is_deciding = tx.list_all_cases(account).await?.iter().any(waits);
        Ok(is_deciding.then_some(Fault::ChangedSince))
    }

    /// What the person reads before anything is decided.
    fn told(&self, of: Entering<'_>, noted: &AnnulmentRow) -> Told {
        let (visit, annulment) = (of.visit, &self.annulment);
        let (bureau, site) = (bureau_name(&visit.province, &noted.bureau), &visit.province.profile.site.title);
        let (what, until) = (words_of(visit, self.of_kind, &annulment.of), noted.heard_until);
        let (ground, facts, does) = (annulment.ground.term(), &annulment.facts, effect(visit, self.of_kind));
        let name = &visit.line(KIND).name;
        Told {
            title: format!("{name}：请您提出意见"),
            body: format!(
                "{bureau}拟撤销您的{what}的审核通过，原因：{ground}。\n{facts}\n撤销后：{does}\n您可以在 {until} 以前（含当日）提出意见，并附上证明材料。您提出意见或者期满以后，由另一位工作人员核对决定，结果以站内信和短信告知。"
            ),
            sms: Some((
                "annulment",
                format!(
                    "{}，您好。{bureau}拟撤销您一项申请的审核通过，请在{until}以前登录{site}查看并提出意见。",
                    of.account.name
                ),
            )),
        }
    }
}
