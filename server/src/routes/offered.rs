//! A form with pictures of somebody outside the login: read with limits, before anybody is asked who it is.

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::fault::Fault;
use domain::form::Form;
use domain::phone_change::LARGEST_FILE;
use service::phone_change::Offered;
use tokio::sync::Semaphore;

/// The most that a text of the form may hold, in bytes; what is longer is cut, and then too long for its field.
const LONGEST_TEXT: usize = 4 * 1024;
/// More parts than this no such form has.
const PARTS: usize = 14;
/// Posts that are read at once; each holds all its pictures in memory.
pub static READING: Semaphore = Semaphore::const_new(4);

/// The slots of a form, with their titles.
pub type Slots = [(&'static str, &'static str)];

/// What came of reading a post.
pub struct Read<F> {
    pub form: F,
    pub files: Vec<Offered>,
}

/// A form whose body may hold `most` bytes.
pub async fn read<F: Form>(multipart: Multipart, slots: &Slots, most: usize) -> Read<F> {
    let mut read = Read { form: F::default(), files: Vec::new() };
    let fault = match fill(&mut read, multipart, (slots, true)).await {
        Ok(()) => return read,
        Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            Fault::FileTooBig { max: LARGEST_FILE, bytes: u32::try_from(most).unwrap_or(u32::MAX) }
        }
        // Who chose a file is not told that they did not.
        Err(_) => Fault::FileCut,
    };
    for (slot, _) in slots {
        if !read.files.iter().any(|file| file.slot == *slot) {
            read.files.push(Offered { slot: (*slot).into(), name: String::new(), bytes: Err(fault.clone()) });
        }
    }
    read
}

/// What was typed, without the files.
pub async fn words<F: Form>(form: Result<Multipart, MultipartRejection>, slots: &Slots) -> F {
    let mut read = Read { form: F::default(), files: Vec::new() };
    if let Ok(form) = form {
        // What came before it broke off is there.
        let _ = fill(&mut read, form, (slots, false)).await;
    }
    read.form
}

async fn fill<F: Form>(
    read: &mut Read<F>,
    mut multipart: Multipart,
    (slots, with_files): (&Slots, bool),
) -> Result<(), MultipartError> {
    for _ in 0..PARTS {
        let Some(field) = multipart.next_field().await? else { break };
        let name = field.name().unwrap_or_default().to_owned();
        if slots.iter().any(|(slot, _)| *slot == name) {
            let is_new = !read.files.iter().any(|file| file.slot == name);
            if with_files && let Some(file) = file(field, name).await?.filter(|_| is_new) {
                read.files.push(file);
            }
        } else {
            let text = text(field).await?;
            let key = name.strip_prefix("form[").and_then(|rest| rest.strip_suffix(']')).unwrap_or(&name);
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
