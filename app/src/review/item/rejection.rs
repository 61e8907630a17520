//! 不通过 of an item: the way to its form, and the form.

use domain::case::Verdict;
use leptos::prelude::*;

use super::Desk;
use crate::review::bench::Bench;
use crate::ui::form::FormState;
use crate::ui::text_area::TextArea;

/// 不通过. Its form is drawn for the one item of which it is asked: forty of them, with nine reasons each, are most of what
/// a page would have to bring and to wake up. Without scripts the link asks the server for it.
pub(super) fn reject(
    desk: &Desk,
    item: &str,
    id: &str,
    of: &str,
    typed: (String, String),
    (state, verdict): (FormState, Memo<Option<Verdict>>),
    asked: StoredValue<&'static str>,
) -> AnyView {
    let bench = desk.bench;
    let form = Rejection {
        id: id.to_owned(),
        of: of.to_owned(),
        reasons: desk.reasons.to_vec(),
        typed,
        bench,
        item: item.to_owned(),
        state,
        verdict,
        asked,
    };
    let (here, wanted) = (item.to_owned(), item.to_owned());
    let is_asked = Memo::new(move |_| bench.rejecting.with(|rejecting| *rejecting == here));
    let open = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        bench.reject(if is_asked.get_untracked() { "" } else { &wanted });
    };
    view! {
        <a class="verdict__no" id=format!("{id}-no") href=format!("?reject={item}#{id}") on:click=open>
            <span aria-hidden="true">"✕"</span>
            <span class="hidden-visually">"不通过…" {of.to_owned()}</span>
        </a>
        {move || is_asked.get().then(|| rejection(&form))}
    }
    .into_any()
}

/// What the form of a rejection is drawn from.
struct Rejection {
    id: String,
    of: String,
    reasons: Vec<String>,
    typed: (String, String),
    bench: Bench,
    item: String,
    state: FormState,
    verdict: Memo<Option<Verdict>>,
    asked: StoredValue<&'static str>,
}

/// A reason for a rejection: a reusable one, free text, or both.
fn rejection(form: &Rejection) -> AnyView {
    let Rejection { id, of, reasons, typed, bench, item, state, verdict, asked } = form;
    let (state, verdict, asked) = (*state, *verdict, *asked);
    let options = reasons.iter().enumerate().map(|(nth, reason)| {
        let is_chosen = *reason == typed.0;
        let key = (nth < 9).then(|| view! { <kbd class="kbd" aria-hidden="true">{nth + 1}</kbd> " " });
        view! {
            <label class="choice">
                <input type="radio" name="form[preset]" value=reason.clone() checked=is_chosen />
                <span>{key} {reason.clone()}</span>
            </label>
        }
    });
    let is_wrong = Signal::derive(move || state.sentence("reason").is_some());
    let reason = format!("{id}-reason");
    let value = bench.typed.with_value(|typed| typed.get(item).cloned()).unwrap_or_else(|| typed.1.clone());
    view! {
        <div class="verdict__form" id=format!("{id}-reject")>
            <fieldset class="reasons">
                <legend>"常用原因"</legend>
                {options.collect_view()}
            </fieldset>
            <div class="field">
                <label for=reason.clone()>"原因或者补充说明"</label>
                <p class="field__hint">"申请人会看到，合计 2 至 200 字。"</p>
                <TextArea
                    id=reason
                    name="form[reason]".to_owned()
                    value=value
                    rows=2
                    described_by=format!("{id}-error")
                    is_invalid=is_wrong
                />
            </div>
            <div class="button-row">
                <button
                    type="submit"
                    class="button button--danger button--small"
                    name="form[verdict]"
                    value="reject"
                    on:click=move |_| asked.set_value("reject")
                >
                    "记录为不通过"
                    <span class="hidden-visually">{of.clone()}</span>
                </button>
                <button
                    type="submit"
                    class="button button--quiet button--small"
                    name="form[verdict]"
                    value="clear"
                    hidden=move || verdict.with(|verdict| verdict.as_ref().is_none_or(|verdict| verdict.is_accepted))
                    on:click=move |_| asked.set_value("clear")
                >
                    "撤销意见"
                    <span class="hidden-visually">{of.clone()}</span>
                </button>
            </div>
        </div>
    }
    .into_any()
}
