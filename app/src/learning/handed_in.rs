//! One conversion after it was handed in: what was asked, what came of it, and everything that happened.

use domain::learning::CreditEntry;
use domain::learning::view::ConversionView;
use leptos::prelude::*;

use super::conversion::drop;
use super::originals;
use crate::intake::one_sheet::{happened, papers, waits};
use crate::intake::sections;
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::format;
use crate::ui::page::Frame;

/// What was handed in, what came of it, and everything that happened.
pub(super) fn handed_in(frame: &Frame, view: &ConversionView) -> (AnyView, AnyView) {
    let state = FormState::new([("case", "申请")], view.flash.as_ref());
    let remark =
        (!view.remark.is_empty()).then(|| view! { <section class="card"><h2>"备注"</h2><p>{view.remark.clone()}</p></section> });
    let below = view! {
        {waits(&view.case)}
        {booked(view)}
        {sections(&view.sections, None, false)}
        {remark}
        <section class="card">
            <h2>"证明材料"</h2>
            {papers(frame, &view.slots)}
            {originals::originals(frame, view)}
        </section>
        {happened(&view.timeline)}
        {drop(frame, view, state)}
    };
    (view! { <ErrorSummary state=state /> }.into_any(), below.into_any())
}

/// What came of it in the ledger: how much, by which reckoning, and what a reviewer corrected and why.
fn booked(view: &ConversionView) -> Option<AnyView> {
    let unit = &view.words.unit;
    let line = |(entry, rule): &(CreditEntry, String)| {
        view! {
            <li>
                <p><strong>{format!("{} {unit}", entry.amount)}</strong>{format!("（{} 年度）", entry.year)}</p>
                <p>{entry.arithmetic.clone()}</p>
                <p class="hint">{format!("{} 登记，{rule}", format::date(entry.booked_on()))}</p>
            </li>
        }
    };
    let lines = view.booked.iter().map(line).collect_view();
    (!view.booked.is_empty()).then(|| {
        view! { <section class="card"><h2>{format!("登记的{unit}")}</h2><ul class="ledger">{lines}</ul></section> }.into_any()
    })
}
