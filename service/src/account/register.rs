//! 注册 (手册甲 一（一）, 手册乙 4.1, 手册丙 3). Whether a document number has an account already is told to nobody who has not
//! proven a telephone, and then as the profile says.

use domain::account::forms::{CodePurpose, Registration, RegistrationForm};
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::identity::DocumentKind;
use domain::province::{RegistrationWay, Taken};
use serde_json::json;
use store::account::AccountRow;
use store::{StoreError, Tx};

use super::{Judged, code, count, edit_memo, path, seal_memo};
use crate::visit::{ResetMemo, replace_session};
use crate::{Entered, Failure, Limit, Memo, Token, Visit, notify};

/// Whole bureaus and firms come from one address.
const PER_ADDRESS: [Limit; 1] = [Limit::new(20, 3_600)];
const PURPOSE: CodePurpose = CodePurpose::Registration;

/// Makes an account. A taken document number gets the same answer as a free one, or leads to the telephones of the bureaus,
/// as the profile says; its owner is told by short message.
///
/// # Errors
/// `Invalid` (`MobileTaken` and `AlreadyRegistered` only once the telephone is proven), `NotFound` where people register in
/// another way, `TooOften`, `Busy`, `Store`.
pub async fn register(visit: &Visit, form: &RegistrationForm) -> Result<Answer, Failure> {
    match visit.province.profile.account.registration {
        RegistrationWay::WithPassword | RegistrationWay::WithoutPassword => Ok(Answer::go(enrol(visit, form).await?.go)),
        RegistrationWay::PasswordAfter | RegistrationWay::IdentityService => Err(Failure::NotFound),
    }
}

/// Makes an account whose password is set next. That needs a new token, so that a planted one does not set it.
///
/// # Errors
/// As [`register`].
pub async fn register_before_password(visit: &Visit, form: &RegistrationForm) -> Result<Entered, Failure> {
    if visit.province.profile.account.registration != RegistrationWay::PasswordAfter {
        return Err(Failure::NotFound);
    }
    enrol(visit, form).await
}

async fn enrol(visit: &Visit, form: &RegistrationForm) -> Result<Entered, Failure> {
    let rules = &visit.province.profile.account;
    let kinds: Vec<DocumentKind> = rules.document_kinds.iter().map(|option| option.kind).collect();
    let mut form = form.clone();
    if let Some(passed) = code::passed_captcha(visit, PURPOSE, &form.mobile)? {
        form.captcha = passed;
    }
    let wanted = form.check(&kinds, rules.registration_password(), visit.services.today())?;
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
                let entered = other??;
                visit.services.outbox.notify_one();
                return Ok(entered);
            }
        }
    }
    Err(Failure::Busy)
}

async fn admit(tx: &mut Tx, visit: &Visit, wanted: &Registration, password_hash: String) -> Judged<Entered> {
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
        let is_own = owner.document_hash == row.document_hash;
        let (field, fault) = if is_own { ("document_number", Fault::AlreadyRegistered) } else { ("mobile", Fault::MobileTaken) };
        return Ok(Err(FieldErrors::one(field, fault)));
    }
    let same_number = tx.list_accounts_of_document(province, &row.document_hash).await?;
    if let Some(owner) = same_number.into_iter().find(|account| account.document_kind == row.document_kind) {
        let text = format!("有人使用您的证件号码办理注册。您已有账号，账号未作任何更改。{}", advice(visit, &owner));
        let key = format!("registered:{}:{}", owner.id, services.today());
        notify::owner(tx, services, &owner, "register_again", &text, key).await?;
        let entered = conclude(tx, visit, None).await?;
        tx.audit(&visit.entry("register_again", "account", &owner.id, json!({}))).await?;
        return Ok(Ok(entered));
    }
    tx.insert_account(&row).await?;
    let entered = conclude(tx, visit, Some(row.id.clone())).await?;
    tx.audit(&visit.entry("register", "account", &row.id, json!({ "document_kind": row.document_kind }))).await?;
    Ok(Ok(entered))
}

/// What an owner does whose number was given again.
fn advice(visit: &Visit, owner: &AccountRow) -> &'static str {
    match (&visit.province.profile.account.password, owner.password_hash.is_empty()) {
        (None, _) => "如是您本人操作，请直接登录。",
        (Some(_), true) => "如是您本人操作，请在登录页面通过“忘记密码”设置密码后登录。",
        (Some(_), false) => "如是您本人操作，请直接登录；忘记密码可在登录页面找回。",
    }
}

/// Where a registration leads; `account` is `None` where the number was taken.
async fn conclude(tx: &mut Tx, visit: &Visit, account: Option<String>) -> Result<Entered, Failure> {
    let rules = &visit.province.profile.account;
    let is_password_next = rules.registration == RegistrationWay::PasswordAfter;
    let go = match (&account, rules.taken) {
        (None, Taken::Hotlines) => "/hotlines?taken=1",
        _ if is_password_next => "/password",
        _ => "/registered",
    };
    let go = path(visit, go);
    if !is_password_next {
        return Ok(Entered { go, token: visit.token.clone() });
    }
    let reset = account.map(|id| ResetMemo { account: Some(id), is_proven: true, is_first: true });
    let memo = Memo { reset, ..Memo::default() };
    let token = Token::new(&visit.services);
    let mut new = visit.new_session(&token, None, None);
    new.memo_sealed = Some(seal_memo(visit, &new.id, &memo)?);
    replace_session(tx, visit.session.as_ref().map(|row| row.id.as_str()), &new).await?;
    Ok(Entered { go, token })
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
