//! What the pages around an account show.

use chrono::{DateTime, Utc};
use domain::account::forms::CodePurpose;
use domain::account::view::{EntryView, MessageView, ProvinceWords, ResetStage, SiteView, VISITOR, Who};
use domain::answer::{Answer, Notice};
use domain::case::{Actor, CaseKind, Judged, Status};
use domain::id::CaseId;
use domain::identity::mask;
use domain::national::footer;
use domain::province::{AccountRules, RegistrationWay, Taken};
use serde_json::json;

use super::detach::has_no_mobile;
use super::{back, code, settings};
use crate::visit::Stage;
use crate::{Failure, Glimpse, Visit, staff};

/// How many messages the page shows.
const MESSAGES: i64 = 50;

/// The frame of every page: the province's site and who is looking.
///
/// # Errors
/// `Store`.
pub async fn site_view(visit: &Visit) -> Result<SiteView, Failure> {
    let who = match &visit.actor {
        // No program looks at a page.
        Actor::Visitor { .. } | Actor::Machine(_) => Who::Visitor,
        Actor::Accountant { account, .. } => {
            let (name, unread) = visit.services.db.read().await?.find_greeting(account).await?.ok_or(Failure::Stale)?;
            Who::Accountant { name, unread }
        }
        Actor::Acting { account, .. } => {
            let (name, _) = visit.services.db.read().await?.find_greeting(account).await?.ok_or(Failure::Stale)?;
            Who::Acting { name: mask::name(&name) }
        }
        Actor::Staff { .. } => staff::who(visit)?,
    };
    let typist = typist(visit);
    let (profile, today) = (&visit.province.profile, visit.services.today());
    let mut province = ProvinceWords::of(profile, today);
    // Every page says where what is not done here is done.
    province.footer.extend(footer(profile, today));
    Ok(SiteView { province, who, typist, is_demo: visit.services.is_demo, elder: None })
}

/// Who is looking, as far as the session says it: of a person neither the name nor what they have not read.
#[must_use]
pub fn who_asks(visit: &Visit) -> Who {
    match &visit.actor {
        Actor::Visitor { .. } | Actor::Machine(_) => Who::Visitor,
        Actor::Accountant { .. } => Who::Accountant { name: String::new(), unread: 0 },
        Actor::Acting { .. } => Who::Acting { name: String::new() },
        Actor::Staff { .. } => staff::who(visit).unwrap_or_default(),
    }
}

/// The same at each sign-in of a person, and nothing that anybody could know them by. A visitor is known by the token alone, which
/// costs no row (adr/0005), and which signing in and out replace.
#[must_use]
pub fn typist(visit: &Visit) -> String {
    let whose = match &visit.actor {
        Actor::Visitor { .. } => format!("visitor {}", hex::encode(visit.token.hash())),
        Actor::Accountant { account, .. } => format!("account {account}"),
        Actor::Acting { account, member, .. } => format!("account {account} by {}", member.id),
        Actor::Staff { member, .. } => format!("staff {}", member.id),
        Actor::Machine(machine) => format!("machine {}", machine.id),
    };
    let hash = visit.services.vault.keyed_hash("typist", &whose);
    // No word of somebody who has signed in begins like that of a visitor, whose pages are short.
    if matches!(visit.actor, Actor::Visitor { .. }) {
        [VISITOR, &hex::encode(&hash[..4])].concat()
    } else {
        hex::encode(&hash[..8])
    }
}

/// What stands beside a form; at a sign-in first where it leads back to. Of the staff's that alone.
fn tips(visit: &Visit, form: &str) -> Vec<String> {
    let said = if form.starts_with("login-") || form == "staff-login" { back::said(visit) } else { None };
    let tips: &[String] = if form == "staff-login" { &[] } else { &visit.province.profile.site.tips };
    said.into_iter().chain(tips.iter().cloned()).collect()
}

/// A page with a form around an account: `register`, `taken`, `forgot`, `activate`, `password`, `phone-change`, `objection`, `appeal`, or `login-`
/// with the key of a way, which falls back to the first that the province offers; and for whoever is signed in
/// `settings-mobile` and `settings-password`. What was typed before is shown once.
///
/// # Errors
/// `NotFound` for what the province does not offer, `SignInAgain`, `Store`, `Broken`.
pub async fn entry_view(visit: &Visit, form: &str) -> Result<EntryView, Failure> {
    let (glimpse, rules) = (visit.glimpse()?, &visit.province.profile.account);
    let phone_change_days = visit.province.profile.phone_change_days();
    let is_offered = match form {
        "activate" => rules.has_legacy_holders,
        "taken" => rules.taken == Taken::Told,
        "phone-change" | "objection" | "appeal" => phone_change_days.is_some(),
        "forgot" | "password" | "settings-password" => rules.password.is_some(),
        "settings-mobile" => rules.registration != RegistrationWay::IdentityService,
        _ => true,
    };
    if !is_offered {
        return Err(Failure::NotFound);
    }
    let is_own = form.starts_with("settings-");
    let has_mobile = match is_own {
        true => {
            let account = visit.services.db.read().await?.find_account(visit.account()?).await?.ok_or(Failure::Stale)?;
            !has_no_mobile(visit, &account)?
        }
        false => true,
    };
    let way = form.strip_prefix("login-").and_then(|key| rules.login(key));
    let form = way.map_or(form.to_owned(), |way| format!("login-{}", way.key()));
    let flash = visit.take_flash(&form).await?;
    let reset = if is_own { settings::stage(visit, has_mobile)? } else { stage(&glimpse, &form, visit.now()) };
    let mut view = EntryView {
        account: AccountRules {
            agreement: rules.agreement.clone().filter(|_| form == "register"),
            ..visit.province.profile.account.clone()
        },
        tips: tips(visit, &form),
        briefing: visit.province.profile.intake_line().briefing.title.clone(),
        phone_change_days,
        flash,
        resend_seconds: None,
        is_captcha_passed: false,
        reset,
        mobile: String::new(),
        has_mobile,
    };
    let purpose = match form.as_str() {
        "register" => CodePurpose::Registration,
        "login-mobile" => CodePurpose::Login,
        "login-document" => CodePurpose::DocumentLogin,
        "forgot" => CodePurpose::PasswordReset,
        "phone-change" => CodePurpose::PhoneChange,
        "appeal" => CodePurpose::Appeal,
        "activate" => CodePurpose::Activation,
        "settings-mobile" if reset == ResetStage::Password => CodePurpose::NewMobile,
        "settings-mobile" => CodePurpose::OldMobile,
        _ => return Ok(view),
    };
    let (Some(process), Some(mobile)) = (glimpse.process(purpose), glimpse.code_went_to(purpose)) else { return Ok(view) };
    if let Some(row) = code::newest(visit, process).await? {
        let waited = u32::try_from((visit.now() - row.sent_at).num_seconds()).unwrap_or(0);
        view.resend_seconds = Some(visit.province.profile.account.sms.resend_seconds.saturating_sub(waited));
        // Whoever wants another code while this one lives, without scripts, is asked for the proof again.
        view.is_captcha_passed = !view.flash.as_ref().is_some_and(|flash| asks_for_proof(&flash.answer));
        // A number that was not typed here is shown to nobody before it is proven.
        let is_typed = !matches!(purpose, CodePurpose::PasswordReset | CodePurpose::Activation);
        view.mobile = if is_typed { mask::mobile(mobile) } else { String::new() };
    }
    Ok(view)
}

fn asks_for_proof(answer: &Answer) -> bool {
    ["captcha", "slider"].iter().any(|field| answer.errors.of(field).is_some())
}

/// How far the password of this page has come; the page of a first password follows on a registration too.
fn stage(glimpse: &Glimpse, form: &str, now: DateTime<Utc>) -> ResetStage {
    let purpose = if matches!(form, "activate" | "password") { CodePurpose::Activation } else { CodePurpose::PasswordReset };
    match glimpse.stage(purpose, now) {
        None => ResetStage::Start,
        Some(Stage::Proven) => ResetStage::Password,
        Some(Stage::Begun) => ResetStage::Prove,
        Some(Stage::Over) => ResetStage::Over,
    }
}

/// 站内信, newest first, fifty at most.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn messages(visit: &Visit) -> Result<Vec<MessageView>, Failure> {
    let (mut reader, id) = (visit.services.db.read().await?, visit.account()?);
    let rows = reader.list_messages(id, "~", MESSAGES).await?;
    let case = reader.find_latest_case(id, CaseKind::Intake).await?.filter(|case| case.status == Status::Returned);
    // The newest word about a returned application is that of its return.
    let newest = case.and_then(|case| rows.iter().find(|row| row.case_id.as_ref() == Some(&case.id))).map(|row| row.id.clone());
    let amend = match visit.province.profile.line(CaseKind::Intake).returns {
        Judged::PerItem => "intake/amend",
        Judged::Whole => "intake",
    };
    let cases = reader.list_all_cases(id).await?;
    let about = |case: Option<&CaseId>| {
        let case = cases.iter().find(|row| Some(&row.id) == case)?;
        Some(visit.services.kinds.of(case.kind).page(visit, &case.id))
    };
    let view = |row: store::notify::message::MessageRow| MessageView {
        about: about(row.case_id.as_ref()).unwrap_or_default(),
        to_do: if newest.as_ref() == Some(&row.id) { amend.to_owned() } else { String::new() },
        id: row.id,
        title: row.title,
        body: row.body,
        at: row.at,
        is_new: row.read_at.is_none(),
    };
    Ok(rows.into_iter().map(view).collect())
}

/// Notes that the messages have been read.
///
/// # Errors
/// `SignInAgain`, `Store`.
pub async fn read_messages(visit: &Visit) -> Result<Answer, Failure> {
    let (account, now) = (visit.account()?.to_owned(), visit.now());
    let entry = visit.entry("read_messages", "account", account.as_str(), json!({}));
    let write = visit.write(move |tx| {
        Box::pin(async move {
            if tx.read_messages(&account, now).await? > 0 {
                tx.audit(&entry).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    Ok(Answer::say(Notice::Done))
}
