//! 手机号更换申请: an ordinary multipart form of a visitor, with limits while reading.

use axum::extract::State;
use axum::extract::multipart::{Multipart, MultipartRejection};
use axum::response::Response;
use domain::account::forms::CodePurpose;
use domain::answer::{Answer, Flash};
use domain::fault::Fault;
use domain::phone_change::FILES;
use domain::phone_change::forms::PhoneChangeForm;
use service::{Failure, Visit};

use super::offered::{READING, Read, read, words};
use super::upload::see;
use super::{Asking, answer};
use crate::router::House;

/// The most that is read of a post: two pictures and some text.
pub const MOST: usize = 11 * 1024 * 1024;

/// An application. Browsers with and without scripts post it alike, and are sent on to a page.
pub async fn apply(State(house): State<House>, Asking(visit): Asking, form: Result<Multipart, MultipartRejection>) -> Response {
    let Some(_) = visit.province.profile.phone_change else { return answer(&Failure::NotFound) };
    let page = format!("/{}/phone-change", visit.province.profile.key);
    // Nothing is read before a code was asked for, which needs a picture that was read by a person.
    match visit.glimpse() {
        Ok(glimpse) if glimpse.code_went_to(CodePurpose::PhoneChange).is_some() => {}
        Ok(_) => return see(&page),
        Err(failure) => return answer(&failure),
    }
    let busy = format!("{page}?trouble=busy");
    let Ok(turn) = READING.try_acquire() else {
        return again(&visit, &busy, &words(form, &FILES).await, Answer::default()).await;
    };
    let Read { form, files } = match form {
        Ok(form) => read(form, &FILES, MOST).await,
        Err(_) => return answer(&Failure::Invalid(domain::fault::FieldErrors::one("front", Fault::FileMissing))),
    };
    let origin = house.origin.as_deref().unwrap_or_default();
    let outcome = service::phone_change::change_phone(&visit, &form, files, origin).await;
    drop(turn);
    match outcome {
        Ok(Answer { go: Some(path), .. }) => see(&path),
        Ok(_) => see(&page),
        Err(Failure::Invalid(errors)) => again(&visit, &page, &form, errors.into()).await,
        Err(Failure::Refused(refusal)) => again(&visit, &page, &form, refusal.into()).await,
        Err(Failure::Busy) => again(&visit, &busy, &form, Answer::default()).await,
        Err(Failure::Stale) => again(&visit, &format!("{page}?trouble=stale"), &form, Answer::default()).await,
        Err(failure) => answer(&failure),
    }
}

/// Back to the page, which shows once what was typed.
async fn again(visit: &Visit, page: &str, form: &PhoneChangeForm, said: Answer) -> Response {
    let flash = Flash::of("phone-change", form, said);
    match visit.remember(move |memo| drop(memo.flashes.insert("phone-change".into(), flash))).await {
        Ok(()) => see(page),
        Err(failure) => answer(&failure),
    }
}
