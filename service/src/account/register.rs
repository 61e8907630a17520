//! 注册 (湖南手册 一（一）). Whether a document number has an account already is told to nobody but its owner.

use domain::account::forms::{CodePurpose, Registration, RegistrationForm};
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::identity::DocumentKind;
use serde_json::json;
use store::account::AccountRow;
use store::{StoreError, Tx};

use super::{Judged, code, count, edit_memo, not_by_service, path};
use crate::{Failure, Limit, Visit, notify};

/// Whole bureaus and firms come from one address.
const PER_ADDRESS: [Limit; 1] = [Limit::new(20, 3_600)];
const PURPOSE: CodePurpose = CodePurpose::Registration;

/// Makes an account. A taken document number gets the same answer as a free one; its owner is told by short message.
///
/// # Errors
/// `Invalid` (`MobileTaken` only once the telephone is proven), `TooOften`, `Busy`, `Store`.
pub async fn register(visit: &Visit, form: &RegistrationForm) -> Result<Answer, Failure> {
    not_by_service(visit)?;
    let rules = &visit.province.profile.account;
    let kinds: Vec<DocumentKind> = rules.document_kinds.iter().map(|option| option.kind).collect();
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, PURPOSE, &form.mobile)? {
        form.captcha = passed;
    }
    let wanted = form.check(&kinds, rules.password.as_ref(), visit.services.today())?;
    code::expect_code(visit, PURPOSE, wanted.mobile.as_str()).await?;
    // An empty hash opens for no password.
    let hash = match &wanted.password {
        Some(password) => visit.services.gate.hash(password.clone()).await?,
        None => String::new(),
    };
    for _ in 0..3 {
        let (job, wanted, hash) = (visit.clone(), wanted.clone(), hash.clone());
        let written = visit.services.db.write(move |tx| Box::pin(async move { admit(tx, &job, &wanted, hash).await })).await;
        match written {
            // Somebody registered the same in the same moment: look again.
            Err(Failure::Store(StoreError::Exists { .. })) => {}
            other => {
                other??;
                visit.services.outbox.notify_one();
                return Ok(Answer::go(path(visit, "/registered")));
            }
        }
    }
    Err(Failure::Busy)
}

async fn admit(tx: &mut Tx, visit: &Visit, wanted: &Registration, password_hash: String) -> Judged<()> {
    let mobile = wanted.mobile.as_str();
    if let Err(errors) = code::spend_code(tx, visit, PURPOSE, mobile, &wanted.sms_code).await? {
        return Ok(Err(errors));
    }
    let (services, province) = (&visit.services, visit.province_key());
    count(tx, visit, &visit.bucket("register:address", &visit.address), &PER_ADDRESS).await?;
    edit_memo(tx, visit, |memo| memo.code_sent_to.remove(PURPOSE.code())).await?;
    let row = new_account(visit, wanted, password_hash);
    if let Some(owner) = tx.find_account_of_mobile(province, &row.mobile_hash).await? {
        tx.audit(&visit.entry("register_taken_mobile", "account", &owner.id, json!({}))).await?;
        return Ok(Err(FieldErrors::one("mobile", Fault::MobileTaken)));
    }
    let same_number = tx.list_accounts_of_document(province, &row.document_hash).await?;
    if let Some(owner) = same_number.into_iter().find(|account| account.document_kind == row.document_kind) {
        let text =
            "有人使用您的证件号码办理注册。您已有账号，账号未作任何更改。如是您本人操作，请直接登录；忘记密码可在登录页面找回。";
        let key = format!("registered:{}:{}", owner.id, services.today());
        notify::owner(tx, services, &owner, "register_again", text, key).await?;
        tx.audit(&visit.entry("register_again", "account", &owner.id, json!({}))).await?;
        return Ok(Ok(()));
    }
    tx.insert_account(&row).await?;
    tx.audit(&visit.entry("register", "account", &row.id, json!({ "document_kind": row.document_kind }))).await?;
    Ok(Ok(()))
}

fn new_account(visit: &Visit, wanted: &Registration, password_hash: String) -> AccountRow {
    let (vault, id, now) = (&visit.services.vault, visit.services.ids.id(), visit.now());
    let (number, mobile) = (wanted.document.number(), wanted.mobile.as_str());
    AccountRow {
        province: visit.province_key().to_owned(),
        document_kind: wanted.document.kind().code().to_owned(),
        document_hash: vault.keyed_hash("document", number),
        document_sealed: vault.seal_text("account.document", &id, number),
        name: wanted.name.clone(),
        mobile_hash: vault.keyed_hash("mobile", mobile),
        mobile_sealed: vault.seal_text("account.mobile", &id, mobile),
        password_hash,
        failed_logins: 0,
        version: 1,
        created_at: now,
        updated_at: now,
        id,
    }
}
