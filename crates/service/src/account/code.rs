//! Codes by short message: asked for behind a picture, few for each number, address and session, good once.

mod counted;
mod spend;
mod target;

use chrono::Duration;
use domain::account::forms::{CodePurpose, SendCode, SendCodeForm};
use domain::account::work::WorkPage;
use domain::answer::{Answer, Notice};
use domain::fault::{Fault, FieldErrors};
use domain::identity::Mobile;
use domain::limit::Left;
use domain::province::{LoginWay, RegistrationWay};
use serde_json::json;
use store::Tx;
use store::session::challenge::SmsCodeRow;

pub(in crate::account) use spend::compare_code;
pub(crate) use spend::spend_code;

use super::challenge::{Proof, proof};
use super::{Judged, not_by_service, path};
use crate::by_hand::missing;
use crate::notify::{self, NewSms};
use crate::visit::{Kept, Process};
use crate::{Failure, Visit};
use counted::{count_message, messages_left};
use target::{Target, find_target};

/// Passes the check of a form whose picture was read when its code was asked for.
const PASSED: &str = "0000";

/// How many digits a code has here.
pub(super) fn digits(visit: &Visit) -> u32 {
    visit.province.profile.account.sms.code_digits
}

fn new_code(number: u64, digits: u32) -> String {
    format!("{:0width$}", number % 10_u64.pow(digits), width = digits as usize)
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
    let purpose = asked.purpose;
    if !is_offered(visit, purpose) {
        return Err(Failure::NotFound);
    }
    let proof = proof(visit, page_of(purpose), &asked.slider, &asked.captcha).await?;
    let start = match asked.purpose {
        CodePurpose::Activation => "/activate",
        CodePurpose::OldMobile | CodePurpose::NewMobile => "/settings/mobile",
        _ => "/forgot",
    };
    let job = visit.clone();
    let issued = visit.write(move |tx| Box::pin(async move { issue(tx, &job, &asked, &proof).await })).await??;
    let Some(Issued { left }) = issued else { return Ok(Answer::go(path(visit, start))) };
    visit.services.outbox.notify_one();
    let resend_seconds = visit.province.profile.account.sms.resend_seconds;
    let by_hand = [("name".to_owned(), missing(visit, [form.name.as_str()].into_iter()).await)];
    let by_hand = by_hand.into_iter().filter(|(_, characters)| !characters.is_empty()).collect();
    let said = Answer { by_hand, ..Answer::say(Notice::CodeSent { resend_seconds, left }) };
    // Its form comes on the next page, so that pictures which were chosen are not lost by this post.
    let go = match purpose {
        CodePurpose::PhoneChange => Some(path(visit, "/phone-change")),
        CodePurpose::Appeal => Some(path(visit, "/appeal")),
        _ => None,
    };
    Ok(Answer { go, ..said })
}

/// The page whose button sends a code.
fn page_of(purpose: CodePurpose) -> WorkPage {
    match purpose {
        CodePurpose::Registration => WorkPage::Register,
        CodePurpose::Login | CodePurpose::DocumentLogin => WorkPage::Login,
        CodePurpose::PasswordReset => WorkPage::Forgot,
        CodePurpose::Activation => WorkPage::Activate,
        CodePurpose::PhoneChange | CodePurpose::Appeal => WorkPage::PhoneChange,
        CodePurpose::OldMobile | CodePurpose::NewMobile => WorkPage::Settings,
    }
}

fn is_offered(visit: &Visit, purpose: CodePurpose) -> bool {
    let rules = &visit.province.profile.account;
    match purpose {
        CodePurpose::Registration => rules.registration != RegistrationWay::IdentityService,
        CodePurpose::Login => rules.logins.contains(&LoginWay::MobileAndSlider),
        CodePurpose::DocumentLogin => rules.logins.contains(&LoginWay::MobileAndDocument),
        CodePurpose::PasswordReset => rules.password.is_some(),
        CodePurpose::Activation => rules.has_legacy_holders,
        CodePurpose::PhoneChange | CodePurpose::Appeal => visit.province.profile.phone_change.is_some(),
        CodePurpose::OldMobile | CodePurpose::NewMobile => visit.account().is_ok(),
    }
}

/// A code is on its way, or looks as if it were.
struct Issued {
    /// How many more can be sent, when few can.
    left: Option<Left>,
}

/// Sends a code of the process that the session is in, or of a new one; `None` when there is nothing to send one for.
async fn issue(tx: &mut Tx, visit: &Visit, asked: &SendCode, proof: &Proof) -> Judged<Option<Issued>> {
    let now = visit.now();
    if let Err(errors) = proof.spend(tx, now).await? {
        return Ok(Err(errors));
    }
    let mut kept = Kept::open(tx, visit).await?;
    let Some(target) = find_target(tx, visit, &kept, asked).await? else { return Ok(Ok(None)) };
    let leaves_at = count_message(tx, visit, &kept.session.id, &target).await?;
    let left = messages_left(tx, visit, &kept.session.id, &target).await?;
    let process = process_of(tx, visit, &mut kept, &target).await?;
    let (services, purpose, rules) = (&visit.services, target.purpose.code(), &visit.province.profile.account.sms);
    let (id, code) = (services.ids.id(), new_code(services.ids.number(), rules.code_digits));
    let leaves_at = leaves_at.filter(|_| target.is_sent);
    let row = SmsCodeRow {
        id: id.clone(),
        // A code that nobody gets is one that nobody can guess.
        code_hash: if leaves_at.is_some() { code_hash(visit, &process, &code) } else { services.ids.secret().to_vec() },
        process_id: process.id,
        sent_at: now,
        expires_at: now + Duration::minutes(rules.code_minutes.into()),
    };
    tx.insert_sms_code(&row).await?;
    if let Some(leaves_at) = leaves_at {
        let text = text(visit, target.purpose, &code);
        let new = NewSms {
            province: visit.province_key(),
            mobile: &target.mobile,
            purpose,
            text,
            code: Some(code),
            dedupe_key: format!("code:{id}"),
            leaves_at,
            expires_at: Some(row.expires_at),
        };
        notify::sms(tx, services, new).await?;
    }
    kept.save(tx, visit).await?;
    tx.audit(&visit.entry("send_code", "session", &kept.session.id, json!({ "purpose": purpose }))).await?;
    Ok(Ok(Some(Issued { left })))
}

/// The process that the code belongs to. Another one voids the codes of the one before; one whose tries are spent goes on
/// under a new id.
async fn process_of(tx: &mut Tx, visit: &Visit, kept: &mut Kept, target: &Target) -> Result<Process, Failure> {
    let max = visit.province.profile.account.sms.max_tries;
    let is_same = |process: &Process| process.purpose == target.purpose.code() && process.bound == target.bound;
    let before = kept.memo.process.take();
    if let Some(before) = before.as_ref().filter(|before| !is_same(before) || before.proven_at.is_some() || before.wrong >= max) {
        tx.void_codes(&before.id).await?;
    }
    let process = match before.filter(is_same) {
        Some(before) if before.proven_at.is_none() && before.wrong < max => before,
        before => Process {
            account: before.and_then(|before| before.account),
            ..Process::begin(visit, target.purpose, target.bound.clone(), target.mobile.clone())
        },
    };
    // Where the number is on file, the memo goes on with the one that stands for it.
    let process = Process { has_sent: true, ..process };
    let process = match &target.owner {
        Some((account, opened_at)) => Process { account: Some(account.clone()), opened_at: *opened_at, ..process },
        None => process,
    };
    kept.memo.process = Some(process.clone());
    Ok(process)
}

fn text(visit: &Visit, purpose: CodePurpose, code: &str) -> String {
    let rules = &visit.province.profile.account.sms;
    let what = match purpose {
        CodePurpose::Registration => "会计人员注册",
        CodePurpose::Login | CodePurpose::DocumentLogin => "会计人员登录",
        CodePurpose::Activation => "设置登录密码",
        CodePurpose::PasswordReset => "重新设置密码",
        CodePurpose::PhoneChange => "手机号更换申请",
        CodePurpose::Appeal => "账号申诉",
        CodePurpose::OldMobile => "验证原手机号码",
        CodePurpose::NewMobile => "更换手机号码",
    };
    format!("【{}】验证码 {code}，{} 分钟内有效，用于{what}。请勿告知他人。", rules.signature, rules.code_minutes)
}

impl Process {
    pub(super) fn begin(visit: &Visit, purpose: CodePurpose, bound: String, mobile: String) -> Self {
        Self {
            id: visit.services.ids.id(),
            purpose: purpose.code().to_owned(),
            bound,
            mobile,
            account: None,
            has_sent: false,
            proven_at: None,
            opened_at: None,
            wrong: 0,
            claimed_at: None,
        }
    }
}

fn code_hash(visit: &Visit, process: &Process, code: &str) -> Vec<u8> {
    visit.services.vault.keyed_hash("sms_code", &format!("{}|{}|{code}", process.id, process.bound))
}

/// What the captcha of a form holds whose code was sent already: the picture was read then, and need not be read again. `typed`
/// is the number, where one is typed.
pub(super) fn passed_captcha(visit: &Visit, purpose: CodePurpose, typed: Option<&str>) -> Result<Option<String>, Failure> {
    let glimpse = visit.glimpse()?;
    let is_same = |sent: &str| typed.is_none_or(|typed| Mobile::check(typed).is_ok_and(|typed| typed.as_str() == sent));
    Ok(glimpse.code_went_to(purpose).is_some_and(is_same).then(|| PASSED.to_owned()))
}

/// Whether there may be a code that can still be given, so that nothing dear is done without one. It decides nothing.
///
/// # Errors
/// `Invalid` with `CodeNotSent` or `CodeExpired`; `Store`.
pub(crate) async fn expect_code(visit: &Visit, purpose: CodePurpose) -> Result<(), Failure> {
    let glimpse = visit.glimpse()?;
    let Some(process) = glimpse.process(purpose) else { return Err(FieldErrors::one("sms_code", Fault::CodeNotSent).into()) };
    match newest(visit, process).await? {
        Some(_) => Ok(()),
        None => Err(FieldErrors::one("sms_code", Fault::CodeExpired).into()),
    }
}

/// The newest code of a process that has not expired.
pub(super) async fn newest(visit: &Visit, process: &str) -> Result<Option<SmsCodeRow>, Failure> {
    Ok(visit.services.db.read().await?.list_open_codes(process, visit.now()).await?.into_iter().next())
}
