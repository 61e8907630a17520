//! 备案 of a class, and once more after a return.

use domain::answer::{Answer, Flash};
use domain::case::{Action, Refusal, Role, Status, permitted};
use domain::id::{AccountId, CaseId};
use domain::learning::class::forms::ClassForm;
use domain::learning::class::{Audience, NotFiled, Planned};
use domain::limit::Limited;
use serde_json::json;
use store::Tx;
use store::case::file::CaseRow;
use store::learning::class::NewClass;

use super::{ClassBody, FILING, Managed, class_rules, page};
use crate::account::count;
use crate::case::{By, HandIn, hand_in, seal_body, tell_handed_in, version};
use crate::{Failure, Limit, Visit};

/// Classes that somebody may file in a day: each waits at a bureau for somebody to look at it.
const FILED: Limit = Limit::new(Limited::Requests, 40, 86_400);

/// Hands a class in, or hands it in again after a return. A repetition with the same key gets the same answer. What comes too late is told on
/// the page, which keeps what was typed; a class that was returned was in time, as long as it begins no sooner.
///
/// # Errors
/// The faults of the form; `NotFound` for an employer that somebody else manages, `Stale` for a key that no page gave out and a case that
/// changed since it was seen, `SignInAgain`, `Store`.
pub async fn file_class(visit: &Visit, form: &ClassForm) -> Result<Answer, Failure> {
    let account = visit.account()?.clone();
    let (learning, rules) = class_rules(visit)?;
    if form.request_key.is_empty() || form.request_key.len() > 64 {
        return Err(Failure::Stale);
    }
    let planned = form.check(rules, learning)?;
    let filing = Filing { visit: visit.clone(), account, form: form.clone(), planned };
    let answer = visit.write(move |tx| Box::pin(async move { filing.write(tx).await })).await?;
    match answer {
        Ok(answer) => {
            visit.services.outbox.notify_one();
            Ok(answer)
        }
        Err(why) => {
            visit.keep_flash(Flash::of("class", form, Answer::default())).await?;
            Ok(Answer::go(format!("{}&not={}", page(visit, &form.manager), why.code())))
        }
    }
}

struct Filing {
    visit: Visit,
    account: AccountId,
    form: ClassForm,
    planned: Planned,
}

impl Filing {
    async fn write(&self, tx: &mut Tx) -> Result<Result<Answer, NotFiled>, Failure> {
        let (visit, form) = (&self.visit, &self.form);
        let before = match form.case.as_str() {
            "" => None,
            id => Some(self.returned(tx, &CaseId::from(id)).await?),
        };
        let account = tx.lock_account(&self.account).await?.ok_or(Refusal::SignInAgain)?;
        let scope = format!("class:{}", self.account);
        if let Some(answer) = tx.find_answer(&scope, &form.request_key).await? {
            return Ok(Ok(serde_json::from_str::<Answer>(&answer)?));
        }
        let employer = Managed::of(visit, tx, &form.manager).await?;
        let (_, rules) = class_rules(visit)?;
        let is_admitted = rules.open_name.is_some() && employer.is_institution;
        if self.planned.audience == Audience::All && !is_admitted {
            return Ok(Err(NotFiled::NotAdmitted));
        }
        let was_in_time = match &before {
            Some(case) => {
                permitted(case.status, Role::Owner, Action::Resubmit, &visit.kind_rules(FILING))?;
                if case.version != version(&form.version)? {
                    return Err(Failure::Stale);
                }
                let filed = tx.find_class(&case.id).await?;
                filed.is_some_and(|filed| filed.starts_on <= self.planned.starts_on)
            }
            None => false,
        };
        let is_in_time = rules.is_in_time(&visit.province.calendar, visit.services.today(), self.planned.starts_on);
        if !was_in_time && !is_in_time {
            return Ok(Err(NotFiled::TooLate));
        }
        let case = match before {
            Some(case) => case,
            None => {
                count(tx, visit, &visit.bucket("class:file", self.account.as_str()), &[FILED]).await?;
                let case = CaseRow::new(visit.services.ids.id().into(), FILING, &account, 1, visit.now());
                crate::case::open(tx, visit, &case).await?;
                case
            }
        };
        let planned = &self.planned;
        let new = NewClass {
            title: &planned.title,
            programme: &planned.programme,
            teacher: &planned.teacher,
            days: (planned.starts_on, planned.ends_on),
            year: planned.year,
            subject: planned.subject,
            credits: planned.credits.hundredths(),
            audience: planned.audience,
        };
        tx.save_class(&case.id, &employer.id, new).await?;
        let body = ClassBody { planned: planned.clone(), employer: employer.name.clone(), files: Vec::new() };
        let what = HandIn {
            bureau: &employer.bureau,
            form_version: case.form_version,
            body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
            by: By::owner(&case, &account.name),
            note: "",
        };
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        let now = hand_in(tx, visit, &case, what).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let answer = Answer::go(page(visit, &employer.id));
        tx.remember_answer(&scope, &form.request_key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let detail = json!({ "round": now.round, "year": planned.year, "manager": employer.id });
        tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?;
        Ok(Ok(answer))
    }

    /// A class of this person and this employer, locked.
    async fn returned(&self, tx: &mut Tx, id: &CaseId) -> Result<CaseRow, Failure> {
        let case = tx.lock_case(id).await?.filter(|case| case.account_id == self.account).ok_or(Failure::NotFound)?;
        let filed = tx.find_class(id).await?.filter(|filed| filed.manager_id == self.form.manager);
        filed.map(|_| case).ok_or(Failure::NotFound)
    }
}
