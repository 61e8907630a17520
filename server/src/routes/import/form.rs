//! The form of an import as it comes in, with its file or as far as to it.

use axum::extract::multipart::{Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::fault::Fault;

use super::MOST;

/// The most that a text of the form may hold, in bytes.
const LONGEST_TEXT: usize = 1024;

/// What a form carries.
#[derive(Default)]
pub(super) struct Sent {
    pub kind: String,
    pub key: String,
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What stands before the file.
pub(super) async fn words(form: Result<Multipart, MultipartRejection>) -> Sent {
    match form {
        Ok(form) => read(form, false).await.0,
        Err(_) => Sent::default(),
    }
}

/// The parts of the form, with the file or as far as to it, and what is wrong with it: it was too large, or did not arrive whole.
pub(super) async fn read(mut form: Multipart, with_file: bool) -> (Sent, Option<Fault>) {
    let mut sent = Sent::default();
    loop {
        match part(&mut form, &mut sent, with_file).await {
            Ok(true) => {}
            Ok(false) => return (sent, None),
            Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return (sent, Some(Fault::FileTooBig { max: MOST as u32, bytes: MOST as u32 }));
            }
            Err(_) => return (sent, Some(Fault::FileCut)),
        }
    }
}

async fn part(form: &mut Multipart, sent: &mut Sent, with_file: bool) -> Result<bool, MultipartError> {
    let Some(mut field) = form.next_field().await? else { return Ok(false) };
    if !with_file && field.name() == Some("file") {
        return Ok(false);
    }
    let (name, file) = (field.name().unwrap_or_default().to_owned(), field.file_name().unwrap_or_default().to_owned());
    let most = if name == "file" { MOST } else { LONGEST_TEXT };
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(most - bytes.len())]);
    }
    match name.as_str() {
        "file" => {
            sent.name = file;
            sent.bytes = bytes;
        }
        "kind" => sent.kind = String::from_utf8_lossy(&bytes).into_owned(),
        "key" => sent.key = String::from_utf8_lossy(&bytes).into_owned(),
        _ => {}
    }
    Ok(true)
}
