//! New and reset accounts. One administrator alone could become anybody: what one asks for another has to agree to, or, while
//! fewer than two can sign in, whoever runs the server. The token goes to the person's own telephone and is shown to nobody.

use chrono::Duration;
use domain::id::StaffId;
use domain::identity::Mobile;
use domain::limit::Limited;
use domain::staff::{Second, second};
use serde_json::json;
use store::Tx;
use store::audit::Entry;
use store::staff::StaffRow;
use store::staff::activation::ActivationRow;

use super::told;
use crate::account::count;
use crate::{Failure, Limit, Services, Visit};

/// How long a second person may take to agree.
const PATIENCE: Duration = Duration::hours(72);
/// What one administrator may ask for: each is told to all of them by message.
const ASKED: Limit = Limit::new(Limited::Requests, 200, 86_400);
/// How long a token can be used.
const LIFE: Duration = Duration::hours(24);
/// Digits and letters that nobody takes for one another.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const OPERATOR: &str = "operator";

/// Who has to agree to an account, as the administrators of the province stand now.
pub(super) async fn second_of(tx: &mut store::Reader, person: &StaffRow) -> Result<Second, Failure> {
    Ok(second(tx.count_able_administrators(&person.province, &person.id).await?))
}

/// Asks for an account that is new, or for the reset of one; `mobile` is another telephone that comes with it.
pub(super) async fn ask(
    tx: &mut Tx,
    visit: &Visit,
    person: &StaffRow,
    is_added: bool,
    mobile: Option<&Mobile>,
) -> Result<Second, Failure> {
    let (services, id) = (&visit.services, &person.id);
    let me = super::require_staff(visit)?;
    count(tx, visit, &visit.bucket("staff:ask", me.id.as_str()), &[ASKED]).await?;
    let before = tx.find_activation(id).await?;
    let is_new = is_added || before.as_ref().is_some_and(|before| before.is_new);
    let is_usable = !is_added && before.is_none_or(|before| before.is_usable && before.agreed_by.is_none());
    let second = second_of(tx, person).await?;
    let row = ActivationRow {
        staff_id: id.clone(),
        is_new,
        is_usable,
        mobile_sealed: mobile.map(|mobile| told::seal_mobile(services, id, mobile.as_str())),
        asked_by: me.id,
        asked_in: visit.actor.session().to_owned(),
        asked_from: services.vault.keyed_hash("address", &visit.address),
        asked_at: visit.now(),
        agreed_by: None,
        token_hash: None,
        expires_at: visit.now() + PATIENCE,
    };
    tx.ask_activation(&row).await?;
    let what = what(person, is_new);
    let key = format!("staff:asked:{id}:{}", visit.now().timestamp_micros());
    let text = format!("管理员{}申请{what}。如有疑问，请立即联系其他管理员。", me.name);
    told::administrators(tx, services, &person.province, &text, &key).await?;
    if !is_new {
        let mobile = told::mobile_of(services, id, &person.mobile_sealed)?;
        let text =
            format!("管理员{}申请重置您的工作人员账号，经另一人同意后生效。如非您本人的要求，请立即联系省级管理员。", me.name);
        told::text_to(tx, services, (&person.province, &mobile), &text, format!("{key}:owner")).await?;
    }
    Ok(second)
}

fn what(person: &StaffRow, is_new: bool) -> String {
    let act = if is_new { "添加账号" } else { "重置账号" };
    format!("{act} {}（{}）", person.login, person.name)
}

/// Agrees in the name of `by`: a reset takes place, and the token leaves for the person's telephone.
///
/// # Errors
/// `Stale` when nothing waits for it any more; `Store`.
pub(super) async fn agree(tx: &mut Tx, services: &Services, person: &StaffRow, by: &str) -> Result<(), Failure> {
    let (id, now) = (&person.id, services.now());
    let asked = tx.find_activation(id).await?.ok_or(Failure::Stale)?;
    let token = new_token(services);
    let hash = hash(services, &token);
    tx.agree_to_activation(id, by, &hash, (now, now + LIFE)).await?;
    let sealed = asked.mobile_sealed.as_deref().unwrap_or(&person.mobile_sealed);
    if !asked.is_new || asked.mobile_sealed.is_some() {
        let of = (person.province.as_str(), id, person.version);
        tx.reset_staff(of, &services.gate.dummy_hash(), asked.mobile_sealed.as_deref()).await?;
        tx.delete_sessions_of_staff(id).await?;
        tx.clear_rate(&super::factor::bucket(services, &person.province, id)).await?;
    }
    let mobile = told::mobile_of(services, id, sealed)?;
    let key = format!("staff:agreed:{id}:{}", now.timestamp_micros());
    told::token_to(tx, services, (&person.province, &mobile), (&token, format!("{key}:token")), now + LIFE).await?;
    if asked.asked_by != *by {
        let text = format!("{}已经得到同意，启用口令已发送到本人的手机。", what(person, asked.is_new));
        told::administrators(tx, services, &person.province, &text, &key).await?;
        if !asked.is_new {
            let owner = told::mobile_of(services, id, &person.mobile_sealed)?;
            let text = "您的工作人员账号已经重置，原来的密码和动态口令作废。如非您本人的要求，请立即联系省级管理员。";
            told::text_to(tx, services, (&person.province, &owner), text, format!("{key}:owner")).await?;
        }
    }
    Ok(())
}

/// Another administrator agrees.
///
/// # Errors
/// `Stale` when nothing waits, or for somebody else than an administrator; `Store`.
pub(super) async fn agree_to(tx: &mut Tx, visit: &Visit, person: &StaffRow) -> Result<(), Failure> {
    if second_of(tx, person).await? != Second::Administrator {
        return Err(Failure::Stale);
    }
    agree(tx, &visit.services, person, super::require_staff(visit)?.id.as_str()).await
}

/// Whoever runs the server agrees, while fewer than two administrators besides the account can sign in.
///
/// # Errors
/// `NotFound` when there is no such account or nothing waits for an operator; `Stale` when it waited for too long; `Store`.
pub async fn approve_staff(services: &Services, id: &StaffId) -> Result<(), Failure> {
    let (job, id) = (services.clone(), id.clone());
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            let person = tx.find_staff(&id).await?.filter(|person| person.is_active).ok_or(Failure::NotFound)?;
            tx.lock_rate(&format!("{}:people", person.province), job.now()).await?;
            let asked = tx.find_activation(&id).await?.filter(|asked| asked.agreed_by.is_none()).ok_or(Failure::NotFound)?;
            if second_of(tx, &person).await? != Second::Operator {
                return Err(Failure::NotFound);
            }
            agree(tx, &job, &person, OPERATOR).await?;
            let entry = Entry {
                at: job.now(),
                actor_kind: OPERATOR,
                actor_id: OPERATOR.into(),
                action: "approve_staff",
                object_kind: "staff",
                object_id: id.into(),
                detail: json!({ "asked_by": asked.asked_by, "is_new": asked.is_new }).to_string(),
                request_id: String::new(),
            };
            Ok(tx.audit(&entry).await?)
        })
    });
    written.await?;
    services.outbox.notify_one();
    Ok(())
}

/// Sixteen signs in fours: eighty bits that can be read from a telephone and typed.
fn new_token(services: &Services) -> String {
    let secret = services.ids.secret();
    let signs: Vec<char> = secret.iter().take(16).map(|byte| char::from(SIGNS[usize::from(byte % 32)])).collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// What is stored of a token, however it was typed.
pub(super) fn hash(services: &Services, typed: &str) -> Vec<u8> {
    let signs: String = domain::text::tidy_code(typed).chars().filter(char::is_ascii_alphanumeric).collect();
    services.vault.keyed_hash("activation", &signs.to_uppercase())
}
