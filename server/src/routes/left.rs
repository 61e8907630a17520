//! What was typed into a plain form that was not taken: after the end of a session it waits for whoever typed it, and when the house had
//! no room for it, or was faster, its page shows it again.

use app::ui::sentence;
use axum::http::StatusCode;
use axum::response::Response;
use domain::answer::{Answer, Flash};
use domain::form::Form;
use service::{Failure, Visit};

use super::{answer, to_login};
use crate::router::House;

/// To the sign-in, which leads back to `page`, where [`back`] has the form; files and secrets are chosen and typed anew.
pub async fn leave<F: Form>(house: &House, visit: &Visit, page: &str, (name, form): (&str, &F)) -> Response {
    match visit.leave_form(page, Flash::of(name, form, Answer::default())).await {
        Ok(is_kept) => to_login(house, visit, page, if is_kept { "kept" } else { "1" }),
        Err(failure) => answer(&failure),
    }
}

/// A form that was left, and what is said of that. Shown once.
pub async fn back<F: Form>(visit: &Visit, name: &str) -> Result<(Option<F>, Option<String>), Failure> {
    let left = visit.take_flash(name).await?;
    let form = left.as_ref().map(Flash::refill);
    let said = left.and_then(|left| left.answer.refusal).map(|refusal| sentence::refusal(&refusal));
    Ok((form, said))
}

/// What a page says above a form that it shows again; `None` where it would be of no use.
pub fn not_taken(failure: &Failure) -> Option<(StatusCode, String)> {
    let (status, text) = match failure {
        Failure::Busy => (StatusCode::SERVICE_UNAVAILABLE, "现在办理的人较多，没有受理，请稍候再提交。"),
        Failure::Stale => (StatusCode::CONFLICT, "情况有变化，没有办理。请核对最新情况后再提交。"),
        Failure::DiskFull => (StatusCode::INSUFFICIENT_STORAGE, "系统的存储空间已满，没有受理，请稍后再提交。"),
        _ => return None,
    };
    Some((status, text.to_owned()))
}
