//! 长者版: the frame with the telephone of a person above every page (ux O2).

use domain::account::view::{Call, ProvinceWords, SiteView};
use domain::case::Actor;
use domain::province::Bureau;

use super::load::{Folder, KIND};
use crate::account::site_view;
use crate::{Failure, Role, Visit, portal};

/// The frame of a page of 长者版. The staff and whoever fills in for somebody have 标准版.
///
/// # Errors
/// `Store`.
pub async fn elder_site(visit: &Visit) -> Result<SiteView, Failure> {
    let mut site = site_view(visit).await?;
    let is_own = matches!(visit.actor, Actor::Visitor { .. } | Actor::Accountant { .. });
    if visit.role != Role::Accountant || !is_own {
        return Ok(site);
    }
    let of = &site.province;
    let mut call = Call { name: of.authority.clone(), phone: of.hotline.clone(), hours: of.hours.clone() };
    if let Some(bureau) = bureau(visit).await?.filter(|bureau| !bureau.phone.is_empty()) {
        call.name = bureau.name;
        call.phone = bureau.phone;
        if !bureau.hours.is_empty() {
            call.hours = bureau.hours;
        }
    }
    if call.phone.is_empty() {
        call = where_to_ask(&of.hotline_fallback);
    }
    site.elder = Some(call);
    Ok(site)
}

/// Whom to call of a province, where nobody looks for the bureau of a person.
#[must_use]
pub fn hotline(of: &ProvinceWords) -> Call {
    match of.hotline.is_empty() {
        true => where_to_ask(&of.hotline_fallback),
        false => Call { name: of.authority.clone(), phone: of.hotline.clone(), hours: of.hours.clone() },
    }
}

/// Where no telephone is known, the number that the sentence of the province names, with the sentence; without a number the
/// sentence alone.
fn where_to_ask(sentence: &str) -> Call {
    let number = sentence.split(|c: char| !c.is_ascii_digit() && c != '-').find(|run| run.len() >= 5 && !run.starts_with('-'));
    let (phone, name) = number.map_or((sentence, ""), |number| (number, sentence));
    Call { name: name.to_owned(), phone: phone.to_owned(), hours: String::new() }
}

/// The bureau of the case, or the one that the answers lead to. A draft that cannot be opened takes no page away.
async fn bureau(visit: &Visit) -> Result<Option<Bureau>, Failure> {
    let Actor::Accountant { account, .. } = &visit.actor else { return Ok(None) };
    let mut reader = visit.services.db.read().await?;
    let Some(case) = reader.find_latest_case(account, KIND).await? else { return Ok(None) };
    let code = match &case.bureau {
        Some(code) => Some(code.clone()),
        None => match Folder::of(visit, &mut reader, Some(case)).await {
            Ok(folder) => folder.answers.bureau(&folder.cx()).map(|bureau| bureau.code.clone()),
            Err(Failure::Broken(_)) => None,
            Err(failure) => return Err(failure),
        },
    };
    match code {
        Some(code) => portal::bureau(&mut reader, &visit.province, &code).await,
        None => Ok(None),
    }
}
