//! One claim of an employer.

use domain::employer::view::ClaimView;
use leptos::prelude::*;

use super::list::{specs, why_not};
use crate::intake::one_sheet::{OneSheet, Said, one_sheet};
use crate::ui::page::Frame;

/// The page of a claim.
pub fn claim(frame: &Frame, view: &ClaimView) -> AnyView {
    let typed = |field: &str, kept: &str| {
        let of = view.flash.as_ref().and_then(|flash| flash.values.get(field));
        of.cloned().unwrap_or_else(|| kept.to_owned())
    };
    let (page, all) = (&view.rules.page_name, frame.path("learning?employers=all"));
    let said = Said {
        name: view.claim_name.clone(),
        trail: vec![("继续教育".to_owned(), frame.path("learning")), (page.clone(), all.clone())],
        heading: "单位信息",
        fields: specs(typed("code", &view.code), typed("name", &view.name)).into(),
        obstacle: view.obstacle.map(|why| why_not(why, &view.rules)),
        approved: view! { <p><a href=all>{format!("前往{page}")}</a></p> }.into_any(),
        submit: "/api/employer/submit",
        delete: "/api/employer/delete",
    };
    let sheet = OneSheet {
        case: &view.case,
        slots: &view.slots,
        uploads_left: view.uploads_left,
        sections: &view.sections,
        reason: &view.reason,
        timeline: &view.timeline,
        actions: &view.actions,
        promise: &view.promise,
        flash: view.flash.as_ref(),
        request_key: &view.request_key,
    };
    one_sheet(frame, sheet, said)
}
