//! 手机号更换申请: an ordinary multipart form of a visitor, with limits while reading.

use axum::extract::State;
use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use domain::account::forms::CodePurpose;
use domain::answer::{Answer, Flash};
use domain::fault::Fault;
use domain::form::Form;
use domain::phone_change::forms::PhoneChangeForm;
use domain::phone_change::{FILES, LARGEST_FILE};
use service::phone_change::Offered;
use service::{Failure, Visit};
use tokio::sync::Semaphore;

use super::{Asking, answer};
use crate::router::House;

/// The most that is read of a post: two pictures and some text.
pub const MOST: usize = 11 * 1024 * 1024;
/// The most that a text of the form may hold, in bytes; what is longer is cut, and then too long for its field.
const LONGEST_TEXT: usize = 4 * 1024;
/// More parts than this the form does not have.
const PARTS: usize = 12;
/// Posts that are read at once; each holds up to [`MOST`] in memory.
static READING: Semaphore = Semaphore::const_new(4);

/// What came of reading a post.
struct Read {
    form: PhoneChangeForm,
    files: Vec<Offered>,
}

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
    let Ok(turn) = READING.try_acquire() else { return again(&visit, &busy, &words(form).await, Answer::default()).await };
    let read = match form {
        Ok(form) => read(form).await,
        Err(_) => return answer(&Failure::Invalid(domain::fault::FieldErrors::one("front", Fault::FileMissing))),
    };
    let form = read.form.clone();
    let origin = house.origin.as_deref().unwrap_or_default();
    let outcome = service::phone_change::change_phone(&visit, &form, read.files, origin).await;
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

async fn read(multipart: Multipart) -> Read {
    let mut read = Read { form: PhoneChangeForm::default(), files: Vec::new() };
    let fault = match fill(&mut read, multipart, true).await {
        Ok(()) => return read,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::FileTooBig { max: LARGEST_FILE, bytes: u32::try_from(MOST).unwrap_or(u32::MAX) }
        }
        // Who chose a file is not told that they did not.
        Err(_) => Fault::FileCut,
    };
    for (slot, _) in FILES {
        if !read.files.iter().any(|file| file.slot == slot) {
            read.files.push(Offered { slot: slot.into(), name: String::new(), bytes: Err(fault.clone()) });
        }
    }
    read
}

/// What was typed, without the files.
async fn words(form: Result<Multipart, MultipartRejection>) -> PhoneChangeForm {
    let mut read = Read { form: PhoneChangeForm::default(), files: Vec::new() };
    if let Ok(form) = form {
        // What came before it broke off is there.
        let _ = fill(&mut read, form, false).await;
    }
    read.form
}

async fn fill(read: &mut Read, mut multipart: Multipart, with_files: bool) -> Result<(), MultipartError> {
    for _ in 0..PARTS {
        let Some(field) = multipart.next_field().await? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if FILES.iter().any(|(slot, _)| *slot == name) {
            let is_new = !read.files.iter().any(|file| file.slot == name);
            if with_files && let Some(file) = file(field, name).await?.filter(|_| is_new) {
                read.files.push(file);
            }
        } else if let Some(key) = name.strip_prefix("form[").and_then(|rest| rest.strip_suffix(']')) {
            let text = text(field).await?;
            read.form.set(key, text);
        }
    }
    Ok(())
}

/// A file, or `None` where none was chosen. What is too large is read on, to say by how much, and not kept.
async fn file(mut field: Field<'_>, slot: String) -> Result<Option<Offered>, MultipartError> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let (mut bytes, mut length) = (Vec::new(), 0_usize);
    while let Some(chunk) = field.chunk().await? {
        length += chunk.len();
        if length <= LARGEST_FILE as usize {
            bytes.extend_from_slice(&chunk);
        } else {
            bytes = Vec::new();
        }
    }
    if name.is_empty() && length == 0 {
        return Ok(None);
    }
    let fault = Fault::FileTooBig { max: LARGEST_FILE, bytes: u32::try_from(length).unwrap_or(u32::MAX) };
    let bytes = if length <= LARGEST_FILE as usize { Ok(bytes) } else { Err(fault) };
    Ok(Some(Offered { slot, name, bytes }))
}

async fn text(mut field: Field<'_>) -> Result<String, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        let room = LONGEST_TEXT.saturating_sub(bytes.len());
        bytes.extend_from_slice(&chunk[..chunk.len().min(room)]);
    }
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn see(path: &str) -> Response {
    (StatusCode::SEE_OTHER, [("location", path)]).into_response()
}
