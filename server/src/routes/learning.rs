//! The last day of a learning year, for the calendar of a telephone.

use axum::extract::Path;
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};

use super::{Asking, answer, not_found};

/// A calendar file with a reminder.
pub async fn deadline(Asking(visit): Asking, Path((_, year)): Path<(String, String)>) -> Response {
    let Ok(year) = year.parse::<i32>() else { return not_found() };
    match service::learning::calendar(&visit, year).await {
        Ok(text) => {
            let name = format!("attachment; filename=\"learning-{year}.ics\"");
            let head = [
                (CONTENT_TYPE, "text/calendar; charset=utf-8".to_owned()),
                (CONTENT_DISPOSITION, name),
                (CACHE_CONTROL, "no-store".to_owned()),
            ];
            (head, text).into_response()
        }
        Err(failure) => answer(&failure),
    }
}
