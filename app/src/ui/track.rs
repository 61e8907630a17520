//! A case in one line: four dots with their words and days.

use domain::case::view::CaseSummary;
use domain::case::{Reached, stages_of};
use leptos::prelude::*;

use super::{format, words};

/// The stages of a case, in the words of the province.
pub fn track(names: &[String], case: &CaseSummary) -> AnyView {
    let stage = |(name, (reached, on)): (&String, (Reached, Option<chrono::NaiveDate>))| {
        let day = on.map(format::short).unwrap_or_default();
        let (state, said, below) = match reached {
            Reached::Done => (Some("done"), "（已完成）", day),
            // What waits is called as it is: nobody says that somebody is looking at it.
            Reached::Now => (Some("now"), "", words::status(case.status).to_owned()),
            Reached::Back => (Some("bad"), "", format!("{} {day}", words::status(case.status))),
            Reached::Ahead if day.is_empty() => (None, "", day),
            Reached::Ahead => (None, "", format!("{day} 前")),
        };
        let is_here = matches!(reached, Reached::Now | Reached::Back).then_some("step");
        view! {
            <li data-state=state aria-current=is_here>
                {name.clone()} <span class="hidden-visually">{said}</span> <small>{below}</small>
            </li>
        }
    };
    let items = names.iter().zip(stages_of(case, names.len())).map(stage).collect_view();
    view! { <ol class="track">{items}</ol> }.into_any()
}
