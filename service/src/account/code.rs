//! Codes by short message: asked for behind a picture, few for each number, address and session, good once.

use chrono::{DateTime, Duration, Utc};
use domain::account::forms::{CodePurpose, SendCode, SendCodeForm};
use domain::answer::{Answer, Notice};
use domain::fault::{Fault, FieldErrors};
use domain::identity::Mobile;
use domain::province::{LoginWay, RegistrationWay};
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::session::challenge::SmsCodeRow;

use super::challenge::{Proof, captcha_proof};
use super::{Judged, count, edit_memo, not_by_service, path};
use crate::notify::{self, NewSms};
use crate::vault::same;
use crate::{Failure, Limit, Visit};

/// What carriers bear, and what keeps a number from being flooded; over all purposes.
const PER_MOBILE: [Limit; 3] = [Limit::new(1, 60), Limit::new(5, 3_600), Limit::new(10, 86_400)];
const PER_ADDRESS: [Limit; 2] = [Limit::new(5, 60), Limit::new(30, 3_600)];
const PER_SESSION: [Limit; 1] = [Limit::new(5, 600)];
const OVER_ALL: [Limit; 1] = [Limit::new(2_000, 3_600)];

/// Where the memo keeps the number that stands for a person who does not exist.
pub(super) const DECOY: &str = "decoy";
/// Passes the check of a form whose picture was read when its code was asked for.
const PASSED: &str = "0000";

/// Where a code goes. Nobody may notice whether it is really sent.
struct Target {
    purpose: CodePurpose,
    mobile: String,
    /// What the code is good for: the number, or the number with a document.
    bound: String,
    is_sent: bool,
}

impl Target {
    fn to(purpose: CodePurpose, mobile: String, is_sent: bool) -> Self {
        Self { purpose, bound: mobile.clone(), mobile, is_sent }
    }
}

/// What the code of a sign-in by document and mobile is good for.
pub(super) fn bound(document_number: &str, mobile: &str) -> String {
    format!("{mobile}|{document_number}")
}

/// Sends a code to a telephone, or does everything but sending where there is nobody to send it to.
///
/// # Errors
/// `Invalid` (the picture among them), `NotFound` for what the province does not offer, `TooOften`, `Store`.
pub async fn send_code(visit: &Visit, form: &SendCodeForm) -> Result<Answer, Failure> {
    not_by_service(visit)?;
    let asked = form.check()?;
    if !is_offered(visit, asked.purpose) {
        return Err(Failure::NotFound);
    }
    let Some(target) = find_target(visit, &asked).await? else {
        let start = if asked.purpose == CodePurpose::Activation { "/activate" } else { "/forgot" };
        return Ok(Answer::go(path(visit, start)));
    };
    let proof = captcha_proof(visit, &asked.captcha).await?;
    let job = visit.clone();
    visit.services.db.write(move |tx| Box::pin(async move { issue(tx, &job, &target, &proof).await })).await??;
    visit.services.outbox.notify_one();
    let said = Answer::say(Notice::CodeSent { resend_seconds: visit.province.profile.account.sms.resend_seconds });
    // Its form comes on the next page, so that pictures which were chosen are not lost by this post.
    let go = (asked.purpose == CodePurpose::PhoneChange).then(|| path(visit, "/phone-change"));
    Ok(Answer { go, ..said })
}

fn is_offered(visit: &Visit, purpose: CodePurpose) -> bool {
    let rules = &visit.province.profile.account;
    match purpose {
        CodePurpose::Registration => rules.registration != RegistrationWay::IdentityService,
        CodePurpose::Login => rules.logins.contains(&LoginWay::MobileAndSlider),
        CodePurpose::DocumentLogin => rules.logins.contains(&LoginWay::MobileAndDocument),
        CodePurpose::PasswordReset => rules.password.is_some(),
        CodePurpose::Activation => rules.has_legacy_holders,
        CodePurpose::PhoneChange => rules.phone_change.is_some(),
    }
}

/// `None` when a reset or an activation has not begun.
async fn find_target(visit: &Visit, asked: &SendCode) -> Result<Option<Target>, Failure> {
    let (services, purpose) = (&visit.services, asked.purpose);
    let Some(mobile) = &asked.mobile else { return find_known_target(visit, purpose).await };
    let mobile = mobile.as_str().to_owned();
    let hash = services.vault.keyed_hash("mobile", &mobile);
    let mut reader = services.db.read().await?;
    if let Some(number) = &asked.document_number {
        let document = services.vault.keyed_hash("document", number);
        let accounts = reader.list_accounts_of_document(visit.province_key(), &document).await?;
        let is_sent = accounts.iter().any(|account| account.mobile_hash == hash);
        return Ok(Some(Target { purpose, bound: bound(number, &mobile), mobile, is_sent }));
    }
    let is_known = reader.find_account_of_mobile(visit.province_key(), &hash).await?.is_some();
    Ok(Some(Target::to(purpose, mobile, is_known || purpose != CodePurpose::Login)))
}

/// The number on file of the account whose password is on its way, or the one that stands for it.
async fn find_known_target(visit: &Visit, purpose: CodePurpose) -> Result<Option<Target>, Failure> {
    let services = &visit.services;
    let memo = visit.memo()?;
    let is_first = purpose == CodePurpose::Activation;
    let Some(reset) = memo.reset.filter(|reset| reset.is_first == is_first) else { return Ok(None) };
    let account = match &reset.account {
        Some(id) => services.db.read().await?.find_account(id).await?,
        None => None,
    };
    let open = |account: AccountRow| services.vault.open_text("account.mobile", &account.id, &account.mobile_sealed);
    let on_file = account.map(open).transpose()?.filter(|mobile| !mobile.is_empty());
    Ok(match on_file {
        Some(mobile) => Some(Target::to(purpose, mobile, true)),
        None => memo.code_sent_to.get(DECOY).map(|mobile| Target::to(purpose, mobile.clone(), false)),
    })
}

async fn issue(tx: &mut Tx, visit: &Visit, target: &Target, proof: &Proof) -> Judged<()> {
    let now = visit.now();
    if let Err(errors) = proof.spend(tx, now).await? {
        return Ok(Err(errors));
    }
    let Some(session) = visit.session.as_ref().map(|row| row.id.clone()) else { return Err(Failure::Stale) };
    count_message(tx, visit, &session, target).await?;
    let (services, purpose, rules) = (&visit.services, target.purpose.code(), &visit.province.profile.account.sms);
    let code = format!("{:06}", services.ids.number() % 1_000_000);
    let id = services.ids.id();
    let row = SmsCodeRow {
        id: id.clone(),
        session_id: session.clone(),
        purpose: purpose.to_owned(),
        mobile_hash: services.vault.keyed_hash("mobile", &target.bound),
        // A code that nobody gets is one that nobody can guess.
        code_hash: if target.is_sent {
            code_hash(visit, purpose, &session, &target.bound, &code)
        } else {
            services.ids.secret().to_vec()
        },
        tries: 0,
        sent_at: now,
        expires_at: now + Duration::minutes(rules.code_minutes.into()),
        used_at: None,
    };
    tx.insert_sms_code(&row).await?;
    if target.is_sent {
        let text = text(visit, target.purpose, &code);
        let new = NewSms {
            province: visit.province_key(),
            mobile: &target.mobile,
            purpose,
            text,
            code: Some(code),
            dedupe_key: format!("code:{id}"),
        };
        notify::sms(tx, services, new).await?;
    }
    let mobile = target.mobile.clone();
    edit_memo(tx, visit, move |memo| memo.code_sent_to.insert(purpose.to_owned(), mobile)).await?;
    tx.audit(&visit.entry("send_code", "session", &session, json!({ "purpose": purpose }))).await?;
    Ok(Ok(()))
}

/// Counts the message against every limit, or refuses it and counts nothing.
async fn count_message(tx: &mut Tx, visit: &Visit, session: &str, target: &Target) -> Result<(), Failure> {
    let resend = [Limit::new(1, visit.province.profile.account.sms.resend_seconds.into())];
    let again = format!("{session}|{}", target.purpose.code());
    let limits: [(&str, &str, &[Limit]); 5] = [
        ("sms:again", &again, &resend),
        ("sms:mobile", &target.mobile, &PER_MOBILE),
        ("sms:session", session, &PER_SESSION),
        ("sms:address", &visit.address, &PER_ADDRESS),
        ("sms:all", "", &OVER_ALL),
    ];
    for (name, value, limits) in limits {
        count(tx, visit, &visit.bucket(name, value), limits).await?;
    }
    Ok(())
}

fn text(visit: &Visit, purpose: CodePurpose, code: &str) -> String {
    let rules = &visit.province.profile.account.sms;
    let what = match purpose {
        CodePurpose::Registration => "会计人员注册",
        CodePurpose::Login | CodePurpose::DocumentLogin => "会计人员登录",
        CodePurpose::Activation => "设置登录密码",
        CodePurpose::PasswordReset => "重新设置密码",
        CodePurpose::PhoneChange => "手机号更换申请",
    };
    format!("【{}】验证码 {code}，{} 分钟内有效，用于{what}。请勿告知他人。", rules.signature, rules.code_minutes)
}

fn code_hash(visit: &Visit, purpose: &str, session: &str, mobile: &str, code: &str) -> Vec<u8> {
    visit.services.vault.keyed_hash("sms_code", &format!("{purpose}|{session}|{mobile}|{code}"))
}

/// The number in this memo that a code of the purpose went to, if it is the typed one: then the picture has been read,
/// and the field of the picture need not be filled again.
pub(super) fn passed_captcha(visit: &Visit, purpose: CodePurpose, typed: &str) -> Result<Option<String>, Failure> {
    let sent = visit.memo()?.code_sent_to.remove(purpose.code());
    let typed = Mobile::check(typed);
    let is_same = matches!((&sent, &typed), (Some(sent), Ok(typed)) if sent == typed.as_str());
    Ok(is_same.then(|| PASSED.to_owned()))
}

/// The same where the number is not typed: the number that the code of the purpose went to.
pub(super) fn sent_to(visit: &Visit, purpose: CodePurpose) -> Result<Option<(String, String)>, Failure> {
    Ok(visit.memo()?.code_sent_to.remove(purpose.code()).map(|mobile| (mobile, PASSED.to_owned())))
}

/// Whether there is a code that can still be given, so that nothing dear is done without one.
///
/// # Errors
/// `Invalid` with `CodeNotSent` or `CodeExpired`; `Store`.
pub(super) async fn expect_code(visit: &Visit, purpose: CodePurpose, mobile: &str) -> Result<(), Failure> {
    let Some(session) = &visit.session else { return Err(FieldErrors::one("sms_code", Fault::CodeNotSent).into()) };
    let row = visit.services.db.read().await?.find_sms_code(&session.id, purpose.code()).await?;
    usable(visit, row, mobile).map(|_| ()).map_err(|fault| FieldErrors::one("sms_code", fault).into())
}

fn usable(visit: &Visit, row: Option<SmsCodeRow>, mobile: &str) -> Result<SmsCodeRow, Fault> {
    let hash = visit.services.vault.keyed_hash("mobile", mobile);
    let row = row.filter(|row| same(&row.mobile_hash, &hash)).ok_or(Fault::CodeNotSent)?;
    if is_open(visit, &row, visit.now()) { Ok(row) } else { Err(Fault::CodeExpired) }
}

/// Whether a code can still be given.
pub(super) fn is_open(visit: &Visit, row: &SmsCodeRow, now: DateTime<Utc>) -> bool {
    let max = i64::from(visit.province.profile.account.sms.max_tries);
    row.used_at.is_none() && row.tries < max && row.expires_at > now
}

/// Spends a try of the session's newest code, and the code itself when it is right: once, however many ask at once.
pub(super) async fn spend_code(tx: &mut Tx, visit: &Visit, purpose: CodePurpose, mobile: &str, typed: &str) -> Judged<()> {
    let wrong = |fault| Ok(Err(FieldErrors::one("sms_code", fault)));
    let Some(session) = &visit.session else { return wrong(Fault::CodeNotSent) };
    let row = match usable(visit, tx.find_sms_code(&session.id, purpose.code()).await?, mobile) {
        Ok(row) => row,
        Err(fault) => return wrong(fault),
    };
    let max = visit.province.profile.account.sms.max_tries;
    let Some(spent) = tx.try_sms_code(&row.id, max.into()).await? else { return wrong(Fault::CodeExpired) };
    if !same(&row.code_hash, &code_hash(visit, purpose.code(), &session.id, mobile, typed)) {
        let left = max.saturating_sub(u32::try_from(spent).unwrap_or(max));
        return wrong(Fault::CodeWrong { left });
    }
    if tx.use_sms_code(&row.id, visit.now()).await? { Ok(Ok(())) } else { wrong(Fault::CodeExpired) }
}
