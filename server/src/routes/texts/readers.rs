//! What readers get of the texts beside their pages: the files, and a word of thanks.

use std::fmt::Write;

use axum::Form;
use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, X_CONTENT_TYPE_OPTIONS};
use axum::response::{IntoResponse, Response};
use domain::case::Refusal;
use serde::Deserialize;
use service::Failure;

use crate::routes::upload::see;
use crate::routes::{Asking, answer};

/// A file of a text. A picture was drawn by the house; everything else is only given out to be kept.
pub async fn file(Asking(visit): Asking, Path((_, id)): Path<(String, String)>) -> Response {
    match service::portal::text_file(&visit, &id).await {
        Ok((row, bytes)) => {
            let how = if row.media_type.starts_with("image/") { "inline" } else { "attachment" };
            let headers = [
                (CONTENT_TYPE, row.media_type),
                (CONTENT_DISPOSITION, format!("{how}; filename*=UTF-8''{}", encoded(&row.name))),
                (CONTENT_SECURITY_POLICY, "default-src 'none'; sandbox".to_owned()),
                (X_CONTENT_TYPE_OPTIONS, "nosniff".to_owned()),
                (CACHE_CONTROL, "private, max-age=600".to_owned()),
            ];
            (headers, bytes).into_response()
        }
        Err(failure) => answer(&failure),
    }
}

/// A name as RFC 8187 writes it.
fn encoded(name: &str) -> String {
    name.bytes().fold(String::new(), |mut text, byte| {
        match byte {
            b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'.' | b'-' | b'_' => text.push(char::from(byte)),
            byte => {
                let _ = write!(text, "%{byte:02X}");
            }
        }
        text
    })
}

/// What somebody says of a 常见问题.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Useful {
    useful: String,
}

/// Whether it was of use. Who has said so often enough is thanked too, and not counted.
pub async fn useful(Asking(visit): Asking, Path((key, id)): Path<(String, String)>, Form(form): Form<Useful>) -> Response {
    match service::portal::vote(&visit, &id, form.useful == "yes").await {
        Ok(()) | Err(Failure::Refused(Refusal::TooOften { .. })) => see(&format!("/{key}/texts/questions/{id}?said=1")),
        Err(failure) => answer(&failure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_ends_no_line_and_no_value_of_a_head() {
        assert_eq!(encoded("办法 1.pdf"), "%E5%8A%9E%E6%B3%95%201.pdf");
        assert_eq!(encoded("a\"\r\nb;c='d"), "a%22%0D%0Ab%3Bc%3D%27d");
    }
}
