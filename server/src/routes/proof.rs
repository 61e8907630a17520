//! Forms of the staff with a proof in one post.

use axum::extract::multipart::{Field, Multipart, MultipartError, MultipartRejection};
use axum::http::StatusCode;
use domain::fault::Fault;
use domain::form::Form;
use service::case::Proof;
use tokio::sync::Semaphore;

/// The most that is read of a post.
pub const MOST: usize = 11 * 1024 * 1024;
/// The most that a text of the form may hold, in bytes; what is longer is cut, and then too long for its field.
const LONGEST_TEXT: usize = 8 * 1024;
/// More parts than this no form has.
const PARTS: usize = 60;
/// Posts that are read at once; each lies in memory.
pub static READING: Semaphore = Semaphore::const_new(2);

/// A form with its proof. What did not arrive whole is a fault of the proof. `boxes` may come several times each, and are joined by
/// commas.
pub async fn read<F: Form>(form: Result<Multipart, MultipartRejection>, boxes: &[&str]) -> (F, Option<Proof>) {
    let (form, mut proofs) = read_all(form, boxes).await;
    (form, proofs.pop())
}

/// The same with every proof that came.
pub async fn read_all<F: Form>(form: Result<Multipart, MultipartRejection>, boxes: &[&str]) -> (F, Vec<Proof>) {
    let mut read = Read { form: F::default(), proofs: Vec::new(), boxes };
    let whole = match form {
        Ok(form) => read.fill(form, true).await,
        Err(_) => Err(Fault::FileCut),
    };
    if let Err(fault) = whole {
        read.proofs = vec![Proof { name: String::new(), bytes: Err(fault) }];
    }
    (read.form, read.proofs)
}

/// What was typed, without the file.
pub async fn words<F: Form>(form: Result<Multipart, MultipartRejection>, boxes: &[&str]) -> F {
    let mut read = Read { form: F::default(), proofs: Vec::new(), boxes };
    if let Ok(form) = form {
        // What came before it broke off is there.
        let _ = read.fill(form, false).await;
    }
    read.form
}

/// What came of reading a post.
struct Read<'a, F> {
    form: F,
    proofs: Vec<Proof>,
    boxes: &'a [&'a str],
}

impl<F: Form> Read<'_, F> {
    /// Fills it, with the file or without, or says why the file is not whole.
    async fn fill(&mut self, mut parts: Multipart, with_file: bool) -> Result<(), Fault> {
        for _ in 0..PARTS {
            match self.part(&mut parts, with_file).await {
                Ok(true) => {}
                Ok(false) => return Ok(()),
                Err(error) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                    return Err(Fault::FileTooBig { max: MOST as u32, bytes: MOST as u32 });
                }
                Err(_) => return Err(Fault::FileCut),
            }
        }
        Ok(())
    }

    async fn part(&mut self, parts: &mut Multipart, with_file: bool) -> Result<bool, MultipartError> {
        let Some(field) = parts.next_field().await? else { return Ok(false) };
        let name = field.name().unwrap_or_default().to_owned();
        if name == "proof" && !with_file {
            return Ok(true);
        }
        if name == "proof" {
            let file = field.file_name().unwrap_or_default().to_owned();
            let bytes = bytes(field, MOST).await?;
            if !(file.is_empty() && bytes.is_empty()) {
                self.proofs.push(Proof { name: file, bytes: Ok(bytes) });
            }
            return Ok(true);
        }
        let text = String::from_utf8_lossy(&bytes(field, LONGEST_TEXT).await?).replace('\0', "");
        // Boxes of one name come one by one.
        let kept = match self.form.get(&name) {
            Some(before) if self.boxes.contains(&name.as_str()) && !before.is_empty() => format!("{before},{text}"),
            _ => text,
        };
        self.form.set(&name, kept);
        Ok(true)
    }
}

async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, MultipartError> {
    let mut bytes = Vec::new();
    while let Some(chunk) = field.chunk().await? {
        bytes.extend_from_slice(&chunk[..chunk.len().min(most - bytes.len())]);
    }
    Ok(bytes)
}
