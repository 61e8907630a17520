//! What an approval does: the next version of the record, in the same transaction. What was not changed stays as it is on record by
//! then.

use domain::change::lead_to;
use domain::id::BureauCode;
use domain::intake::{Answers, Context, Holder};
use domain::text;
use serde_json::{Value, json};
use store::Tx;
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::KIND;
use super::body::{ChangeBody, over};
use crate::case::{Body, Decided, SubmittedFile, Told, bring_along, bureau_name, labels, returned};
use crate::certificate::amended;
use crate::intake::{RecordBody, correct_name, holder, on_record, remember, seal_record};
use crate::{Failure, Visit};

/// The next version of a record: these items as they would be, over the newest one.
pub(super) struct Next<'a> {
    pub visit: &'a Visit,
    pub account: &'a AccountRow,
    /// The case that it comes from; it has its number by now.
    pub row: &'a CaseRow,
    pub items: &'a [String],
    /// Where their values stand.
    pub answers: &'a Answers,
    /// What they were when they were changed: a record that says otherwise by now was changed by somebody else.
    pub before: &'a Answers,
    /// The proofs.
    pub files: &'a [SubmittedFile],
    /// From which bureau the record goes to which; `None` where it stays.
    pub moves: Option<(&'a BureauCode, &'a BureauCode)>,
}

impl Next<'_> {
    /// Writes it; answers its version and what it says.
    ///
    /// # Errors
    /// `Stale` where the record says something else of these items than when they were changed, or is no longer with the bureau that it
    /// goes from; `Store`, `Broken`.
    pub async fn write(&self, tx: &mut Tx) -> Result<(i64, RecordBody), Failure> {
        let (visit, account) = (self.visit, self.account);
        let current = tx.find_record(&account.id).await?.ok_or(Failure::Stale)?;
        let filed = RecordBody::open(&visit.services, &current)?;
        let mut answers = on_record(&visit.province, account, &filed);
        let value = |of: &Answers, item: &str| text::tidy(of.get(item).unwrap_or_default());
        let is_elsewhere = self.moves.is_some_and(|(from, _)| current.bureau != *from);
        if is_elsewhere || self.items.iter().any(|item| value(&answers, item) != value(self.before, item)) {
            return Err(Failure::Stale);
        }
        for item in self.items {
            answers.set(item, self.answers.get(item).unwrap_or_default().to_owned());
        }
        let name = answers.get("person.name").filter(|name| !name.is_empty()).unwrap_or(&account.name).to_owned();
        // A counter may have corrected the document since.
        let (_, holder) = holder(&visit.services, account)?;
        let holder = Holder { name, ..holder };
        let today = visit.services.today();
        // Where the destination handed it on, the place is that of whoever decided.
        if let Some(to) = self.moves.and_then(|(_, to)| visit.province.bureaus.get(to)) {
            let placed = lead_to(&Context::of(&visit.province, &holder, &answers, today), &answers, to);
            answers = placed;
        }
        let application = answers.check(&Context::of(&visit.province, &holder, &answers, today)).ok();
        let body = RecordBody {
            case_number: self.row.number.clone().unwrap_or_default(),
            form_version: visit.province.profile.intake.form_version,
            holder,
            application,
            files: over(&filed.files, self.files),
            answers,
        };
        // Without a transfer the bureau stays that of the record, wherever the case was reviewed.
        let bureau = self.moves.map_or(current.bureau, |(_, to)| to.clone());
        let row = CaseRow { bureau: Some(bureau), ..self.row.clone() };
        let version = tx.add_record(&seal_record(visit, &row, &body)?).await?;
        amended(tx, visit, &account.id).await?;
        Ok((version, body))
    }
}

/// 审核通过.
///
/// # Errors
/// As [`Next::write`].
pub(super) async fn take_effect(body: &ChangeBody, tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
    // Whoever decides last has the record from now on.
    let moves = body.moving.as_ref().and_then(|moving| Some((&moving.from, of.row.bureau.as_ref()?)));
    let next = Next {
        visit: of.visit,
        account: of.account,
        row: of.row,
        items: &body.items,
        answers: &body.answers,
        before: &body.before,
        files: &body.files,
        moves,
    };
    let (version, now) = next.write(tx).await?;
    if body.items.iter().any(|item| item == "person.name") {
        correct_name(tx, (of.visit, of.account), now.answers.get("person.name")).await?;
    }
    if let Some(employer) = now.application.as_ref().and_then(|application| application.employer.as_ref()) {
        remember(of.visit, tx, employer).await?;
    }
    let cases = match moves.filter(|(from, to)| from != to) {
        Some(places) => bring_along(tx, of, places).await?,
        None => 0,
    };
    approved(of, moves.is_some()).tell(tx, &of.visit.services, of.account, of.row).await?;
    Ok(json!({ "record": version, "items": body.items, "to": moves.map(|(_, to)| to), "cases": cases }))
}

/// 变更退回.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn give_back(body: &ChangeBody, tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
    let (province, bureau) = (&of.visit.province, bureau_name(&of.visit.province, of.row.bureau.as_ref()));
    let titles = of.visit.line(KIND).attachments.iter();
    let titles = titles.map(|rules| (format!("attachment.{}", rules.slot), rules.title.clone()));
    let rejected = of.rejected(labels(body.sections(of.visit)).into_iter().chain(titles).collect());
    returned(of.row, &bureau, &province.profile, &rejected, of.reason).tell(tx, &of.visit.services, of.account, of.row).await?;
    Ok(json!({ "rejected": of.rejected_items() }))
}

fn approved(of: &Decided<'_>, is_moved: bool) -> Told {
    let (name, number) = (&of.visit.line(KIND).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, of.row.bureau.as_ref()), &of.visit.province.profile.site.title);
    let kept = if is_moved { format!("，调转同时办结，今后由{bureau}管理") } else { String::new() };
    Told {
        title: format!("{name}审核通过"),
        body: format!("您的{name}申请（编号 {number}）已由{bureau}审核通过，会计人员档案已经更新{kept}。"),
        sms: Some(("approved", format!("{}，您好。您的{name}申请已审核通过，请登录{site}查看。", of.row.applicant))),
    }
}
