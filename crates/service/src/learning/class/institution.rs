//! 培训机构 under the hand of the province's administrators: employers that hold classes for everybody. What they file is reviewed like that
//! of every employer.

use domain::answer::Answer;
use domain::case::{Member, Power, holder};
use domain::identity::credit_code::check_unit;
use domain::learning::class::forms::{EndInstitutionForm, InstitutionForm};
use domain::learning::class::view::{InstitutionLine, InstitutionsView};
use serde_json::json;
use store::StoreError;
use store::learning::institution::InstitutionRow;

use super::class_rules;
use crate::learning::path;
use crate::{Failure, Visit, china_date};

/// What the session remembers the form by.
pub const INSTITUTION_FORM: &str = "institution";

fn keeper(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::KeepSchools, &visit.province.bureaus)?.clone())
}

/// What classes of institutions are called; where the province has no such thing there is nothing to keep.
fn open_name(visit: &Visit) -> Result<&str, Failure> {
    class_rules(visit)?.1.open_name.as_deref().ok_or(Failure::NotFound)
}

/// The institutions that the province admits now.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound` where the province admits none, `Store`.
pub async fn institutions_view(visit: &Visit) -> Result<InstitutionsView, Failure> {
    keeper(visit)?;
    let name = open_name(visit)?.to_owned();
    let flash = visit.take_flash(INSTITUTION_FORM).await?;
    let mut reader = visit.services.db.read().await?;
    let mut lines = Vec::new();
    for row in reader.list_institutions(visit.province_key()).await? {
        let manager = match reader.find_manager_of(visit.province_key(), &row.code).await? {
            Some(manager) => reader.find_account(&manager.account_id).await?.map(|account| account.name).unwrap_or_default(),
            None => String::new(),
        };
        let since = china_date(row.admitted_at);
        lines.push(InstitutionLine { id: row.id, code: row.code, name: row.name, since, manager });
    }
    Ok(InstitutionsView { name, lines, flash })
}

/// Admits an employer; one that is admitted stays as it is. Whoever manages it, now or later, may file classes for everybody from then on.
///
/// # Errors
/// Those of [`CreditCode::check`](domain::identity::CreditCode::check) at `code`; `Missing`, `TooShort` and `TooLong` at `name`. As
/// [`institutions_view`] besides.
pub async fn admit_institution(visit: &Visit, form: &InstitutionForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?.id;
    open_name(visit)?;
    let (code, name) = check_unit(&form.code, &form.name)?;
    let row = InstitutionRow {
        id: visit.services.ids.id(),
        province: visit.province_key().to_owned(),
        code: code.as_str().to_owned(),
        name,
        admitted_by: by,
        admitted_at: visit.now(),
    };
    let work = visit.clone();
    let written = visit.write(move |tx| {
        Box::pin(async move {
            tx.admit_institution(&row).await?;
            let detail = json!({ "employer": row.code });
            tx.audit(&work.entry("admit_institution", "institution", &row.id, detail)).await?;
            Ok::<_, Failure>(())
        })
    });
    match written.await {
        // One that is on the list is there once.
        Ok(()) | Err(Failure::Store(StoreError::Exists { .. })) => Ok(Answer::go(institutions_page(visit))),
        Err(other) => Err(other),
    }
}

/// Ends it: no class for everybody is filed from then on; what the bureau approved before is reported and booked. Repeating it changes
/// nothing.
///
/// # Errors
/// `NotFound` for one of another province; as [`institutions_view`].
pub async fn end_institution(visit: &Visit, form: &EndInstitutionForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?.id;
    open_name(visit)?;
    let (work, id) = (visit.clone(), form.institution.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let row = tx.find_institution_by_id(&id, work.province_key()).await?.ok_or(Failure::NotFound)?;
            if tx.end_institution(&id, &by, work.now()).await? {
                let detail = json!({ "employer": row.code });
                tx.audit(&work.entry("end_institution", "institution", &id, detail)).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await?;
    Ok(Answer::go(institutions_page(visit)))
}

fn institutions_page(visit: &Visit) -> String {
    path(visit, "staff/schools?institutions=1")
}
