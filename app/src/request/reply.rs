//! What is answered to a form that was sent, with and without scripts.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::answer::{Answer, Flash};
use domain::case::Refusal;
use domain::form::Form;
use http::StatusCode;
use http::header::{HeaderValue, SET_COOKIE};
use leptos::prelude::use_context;
use leptos_axum::ResponseOptions;
use service::{Entered, Failure, Role, Visit};

use super::{Setup, accepts_html, app_error, cookie, forget_wanted, go, set_status, want_page};
use crate::AppError;

/// Answers a post. Browsers with scripts get the answer; the others are sent to the page, which finds what was typed and
/// what was wrong in the session.
///
/// # Errors
/// What the person can neither mend nor read on the page.
pub async fn reply<F: Form>(
    visit: &Visit,
    page: &str,
    form: (&str, &F),
    outcome: Result<Answer, Failure>,
) -> Result<Answer, AppError> {
    let answer = match outcome {
        Ok(answer) => answer,
        Err(Failure::Invalid(errors)) => errors.into(),
        Err(Failure::Refused(refusal)) => refusal.into(),
        Err(Failure::Elsewhere(first)) => {
            // Whoever comes back finds what was typed.
            if visit.session.is_some() {
                visit.keep_flash(Flash::of(form.0, form.1, Answer::default())).await.map_err(app_error)?;
            }
            Answer::go(first)
        }
        Err(other) => return failed(visit, page, form, other).await,
    };
    if !accepts_html() {
        return Ok(answer);
    }
    if matches!(answer.refusal, Some(Refusal::SignInAgain | Refusal::ActingOver)) {
        leave(visit, page, form, answer.refusal == Some(Refusal::ActingOver)).await?;
        return Ok(answer);
    }
    match &answer.go {
        Some(path) => go(path),
        None => keep(visit, page, form, answer.clone()).await?,
    }
    Ok(answer)
}

async fn failed<F: Form>(visit: &Visit, page: &str, form: (&str, &F), failure: Failure) -> Result<Answer, AppError> {
    let error = app_error(failure);
    if error == AppError::Stale && !accepts_html() {
        // The page is asked for anew, and has what was typed; a visitor without a session has nothing where it could be kept.
        if visit.session.is_some() {
            visit.keep_flash(Flash::of(form.0, form.1, Answer::default())).await.map_err(app_error)?;
        }
        return Ok(Answer::go(trouble(page, "stale")));
    }
    if error == AppError::DiskFull {
        // Nothing can be kept for the page to show again.
        set_status(StatusCode::INSUFFICIENT_STORAGE);
        return Err(error);
    }
    if accepts_html() {
        let why = match &error {
            AppError::Stale => "stale",
            AppError::Busy => "busy",
            AppError::NotFound => "missing",
            _ => "broken",
        };
        keep(visit, &trouble(page, why), form, Answer::default()).await?;
        return Ok(Answer::default());
    }
    set_status(match &error {
        AppError::Busy => StatusCode::SERVICE_UNAVAILABLE,
        AppError::NotFound => StatusCode::NOT_FOUND,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    });
    Err(error)
}

/// The session has ended: what was typed waits for whoever typed it, and the sign-in leads back; where a clerk filled in for
/// somebody, the counter does.
async fn leave<F: Form>(visit: &Visit, page: &str, (name, form): (&str, &F), was_acting: bool) -> Result<(), AppError> {
    let flash = Flash::of(name, form, Answer::default());
    let is_empty = flash.values.values().all(String::is_empty);
    let is_kept = !is_empty && visit.leave_form(page, flash).await.map_err(app_error)?;
    if was_acting {
        let again = if is_kept { "acting-kept" } else { "acting" };
        go(&format!("/{}/staff/counter?again={again}", visit.province_key()));
        return Ok(());
    }
    let door = if visit.role == Role::Staff { "staff/login" } else { "login" };
    let again = match (is_kept, is_empty) {
        (true, false) => "kept",
        (false, false) => "lost",
        (_, true) => "1",
    };
    want_page(visit.role, visit.province_key(), page);
    go(&format!("/{}/{door}?again={again}", visit.province_key()));
    Ok(())
}

/// A page with the word that makes it say what happened.
fn trouble(page: &str, why: &str) -> String {
    let glue = if page.contains('?') { '&' } else { '?' };
    format!("{page}{glue}trouble={why}")
}

/// Gives a form back: its page finds it in the session, or, where nothing is kept, is drawn with it at once.
async fn keep<F: Form>(visit: &Visit, page: &str, (name, form): (&str, &F), answer: Answer) -> Result<(), AppError> {
    let flash = Flash::of(name, form, answer);
    if !visit.hand_back(page, &flash).await.map_err(app_error)? {
        visit.keep_flash(flash).await.map_err(app_error)?;
        go(page);
    }
    Ok(())
}

/// Answers a sign-in: sets the new cookie, then goes on as [`reply`] does.
///
/// # Errors
/// As [`reply`].
pub async fn enter<F: Form>(
    visit: &Visit,
    page: &str,
    form: (&str, &F),
    outcome: Result<Entered, Failure>,
) -> Result<Answer, AppError> {
    enter_as(visit.role, visit, page, form, outcome).await
}

/// The same for a session of another role than that of the page.
///
/// # Errors
/// As [`reply`].
pub async fn enter_as<F: Form>(
    role: Role,
    visit: &Visit,
    page: &str,
    form: (&str, &F),
    outcome: Result<Entered, Failure>,
) -> Result<Answer, AppError> {
    let outcome = outcome.map(|entered| {
        set_cookie(visit, role, &entered);
        Answer::go(entered.go)
    });
    reply(visit, page, form, outcome).await
}

fn set_cookie(visit: &Visit, role: Role, entered: &Entered) {
    let setup = use_context::<Arc<Setup>>();
    if let (Some(options), Some(setup)) = (use_context::<ResponseOptions>(), setup)
        && let Ok(value) = HeaderValue::from_str(&cookie(&setup, role, visit.province_key(), &entered.token).to_string())
    {
        options.append_header(SET_COOKIE, value);
        // A page that was asked for is reached once; the first of two factors does not reach it yet.
        if visit.wanted.as_deref() == entered.go.split('#').next()
            && let Ok(gone) = HeaderValue::from_str(&forget_wanted(visit.role, visit.province_key()))
        {
            options.append_header(SET_COOKIE, gone);
        }
    }
}

/// A form of any page, as it came: 发送验证码 stands on several.
#[derive(Clone, Debug, Default)]
pub struct Typed(BTreeMap<String, String>);

impl Form for Typed {
    fn values(&self) -> Vec<(std::borrow::Cow<'static, str>, &str)> {
        self.0.iter().map(|(field, value)| (std::borrow::Cow::Owned(field.clone()), value.as_str())).collect()
    }

    fn set(&mut self, field: &str, value: String) -> bool {
        self.0.insert(field.to_owned(), value);
        true
    }
}

impl Typed {
    /// What the sending of a code needs of it.
    #[must_use]
    pub fn code_form(&self, purpose: &str) -> domain::account::forms::SendCodeForm {
        let take = |field: &str| self.0.get(field).cloned().unwrap_or_default();
        domain::account::forms::SendCodeForm {
            purpose: purpose.to_owned(),
            document_number: take("document_number"),
            mobile: take("mobile"),
            slider: take("slider"),
            captcha: take("captcha"),
            name: take("name"),
        }
    }
}

/// The page and the name of the form on which a code of this purpose is asked for.
#[must_use]
pub fn code_page(province: &str, purpose: &str, form: BTreeMap<String, String>) -> (String, &'static str, Typed) {
    let (rest, name) = match purpose {
        "registration" => ("register", "register"),
        "password_reset" => ("forgot", "forgot"),
        "phone_change" => ("phone-change", "phone-change"),
        "activation" => ("activate", "activate"),
        "old_mobile" | "new_mobile" => ("settings/mobile", "settings-mobile"),
        "document_login" => ("login?way=document", "login-document"),
        _ => ("login?way=mobile", "login-mobile"),
    };
    (format!("/{province}/{rest}"), name, Typed(form))
}
