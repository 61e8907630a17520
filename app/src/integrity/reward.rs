//! One reward.

use domain::integrity::forms::RewardForm;
use domain::integrity::view::RewardView;
use leptos::prelude::*;

use super::list::{specs, why_not};
use crate::intake::one_sheet::{OneSheet, Said, one_sheet};
use crate::ui::page::Frame;

/// The page of a reward.
pub fn reward(frame: &Frame, view: &RewardView) -> AnyView {
    let (page, all) = (&view.rules.page_name, frame.path("learning?integrity=all"));
    let said = Said {
        name: view.reward_name.clone(),
        trail: vec![(page.clone(), all.clone())],
        heading: "奖励信息",
        fields: specs(&view.rules, &typed(view)),
        obstacle: view.obstacle.map(|why| why_not(why, &view.rules)),
        approved: view! { <p>"已记入诚信档案。 " <a href=all>{format!("前往{page}")}</a></p> }.into_any(),
        submit: "/api/integrity/submit",
        delete: "/api/integrity/delete",
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

/// What stands in the form: what was typed last, or what was kept.
fn typed(view: &RewardView) -> RewardForm {
    let Some(values) = view.flash.as_ref().map(|flash| &flash.values) else { return view.reward.clone() };
    let of = |field: &str, kept: &str| values.get(field).cloned().unwrap_or_else(|| kept.to_owned());
    RewardForm {
        name: of("name", &view.reward.name),
        level: of("level", &view.reward.level),
        body: of("body", &view.reward.body),
        granted_on: of("granted_on", &view.reward.granted_on),
        number: of("number", &view.reward.number),
    }
}
