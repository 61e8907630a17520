//! 登记账号 at the counter, for somebody who has none: without a password, as an imported holder has it.

use domain::answer::Answer;
use domain::case::{Member, Refusal};
use domain::counter::forms::{EnrolForm, Enrolled};
use domain::fault::{Fault, FieldErrors};
use domain::identity::DocumentNumber;
use domain::limit::Limited;
use serde_json::json;
use store::account::AccountRow;
use store::audit::Entry;
use store::{StoreError, Tx};

use super::seek::{account_of, searched};
use crate::account::{NewAccount, Number, count, not_by_service};
use crate::case::{bureau_name, note_lookup, reviewer};
use crate::notify::{News, tell};
use crate::{Failure, Limit, Visit};

/// Accounts that one of the staff makes: a counter serves people who stand there, and is no way to occupy numbers.
const ENROLMENTS: Limit = Limit::new(Limited::Enrolments, 30, 86_400);
/// Tries where somebody makes the same account in the same moment.
const TRIES: usize = 3;

/// Makes an account for the document that was searched and not found. Where it has one meanwhile the page shows it and says so.
///
/// # Errors
/// Faults of the form, `MobileElsewhere` at `mobile`; `NotFound` where people have their account elsewhere, `Stale` when the search is
/// over, `SelfReview` for one's own document, `TooOften`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Busy`, `Store`.
pub async fn enrol(visit: &Visit, form: &EnrolForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    not_by_service(visit)?;
    let wanted = form.check()?;
    let document = searched(visit, &form.search)?.ok().flatten().ok_or(Failure::Stale)?;
    let key = hex::encode(visit.services.vault.keyed_hash("enrol", &serde_json::to_string(form)?));
    if wanted.mobile.is_some() {
        note_lookup(visit, &who, "try_number").await?;
    }
    for _ in 0..TRIES {
        let (work, who, wanted, document) = (visit.clone(), who.clone(), wanted.clone(), document.clone());
        let (scope, key, search) = (format!("enrol:{}", who.id), key.clone(), form.search.clone());
        let answer = visit.write(move |tx| {
            Box::pin(async move {
                if let Some(answer) = tx.find_answer(&scope, &key).await? {
                    return Ok(serde_json::from_str::<Answer>(&answer)?);
                }
                let made = make(tx, &work, &who, &wanted, &document).await?;
                // Somebody else was faster, or the person registered meanwhile.
                let came = if made.is_some() { "enrolled" } else { "known" };
                let answer = Answer::go(format!("/{}/staff/counter?search={search}&came={came}", work.province_key()));
                tx.remember_answer(&scope, &key, &serde_json::to_string(&answer)?, work.now()).await?;
                if let Some(entry) = made {
                    tx.audit(&entry).await?;
                }
                Ok::<_, Failure>(answer)
            })
        });
        match answer.await {
            // In the same moment: look again.
            Err(Failure::Store(StoreError::Exists { .. })) => {}
            other => {
                visit.services.outbox.notify_one();
                return other;
            }
        }
    }
    Err(Failure::Busy)
}

/// Makes it and tells the person; answers the audit entry, or nothing where the document has an account.
async fn make(
    tx: &mut Tx,
    visit: &Visit,
    who: &Member,
    wanted: &Enrolled,
    document: &DocumentNumber,
) -> Result<Option<Entry>, Failure> {
    if account_of(tx, visit, document).await?.is_some() {
        return Ok(None);
    }
    let (province, number) = (visit.province_key(), Number::told(wanted.mobile.as_ref()));
    let row = NewAccount { province, document, name: &wanted.name, number }.row(&visit.services);
    if let Some(mobile) = &wanted.mobile {
        let hash = visit.services.vault.keyed_hash("mobile", mobile.as_str());
        if tx.find_account_of_mobile(visit.province_key(), &hash).await?.is_some() {
            return Err(FieldErrors::one("mobile", Fault::MobileElsewhere).into());
        }
    }
    count(tx, visit, &visit.bucket("counter:enrol", who.id.as_str()), &[ENROLMENTS]).await?;
    tx.insert_account(&row).await?;
    crate::import::link(tx, &visit.services, &row).await?;
    if tx.is_same_person(&row.id, &who.id).await? {
        return Err(Refusal::SelfReview.into());
    }
    told(tx, visit, who, &row, wanted).await?;
    let detail = json!({ "document_kind": row.document_kind, "has_mobile": wanted.mobile.is_some(), "bureau": who.bureau });
    Ok(Some(visit.entry("enrol_at_counter", "account", row.id.as_str(), detail)))
}

async fn told(tx: &mut Tx, visit: &Visit, who: &Member, account: &AccountRow, of: &Enrolled) -> Result<(), Failure> {
    let bureau = bureau_name(&visit.province, &who.bureau);
    let way = match &visit.province.profile.account.password {
        _ if of.mobile.is_none() => "以后本人登录的，请先带证件到窗口登记手机号码。",
        Some(_) => "以后本人登录的，请先在登录页面通过“忘记密码”设置密码。",
        None => "以后可以使用本人的证件号码和手机号码登录。",
    };
    let text = format!("{bureau}的工作人员{}已在窗口为您登记账号。{way}如非您本人到场办理，请立即联系该财政局。", who.name);
    let (body, key) = (format!("{text}\n原因：{}", of.reason), format!("enrolled:{}", account.id));
    let sms = Some(("counter_enrolled", text));
    tell(tx, &visit.services, account, News { case: None, title: "窗口已登记账号", body: &body, sms, dedupe_key: &key }).await
}
