//! Looking at the whole identity number: a separate act with a purpose, which is written down. The numbers are never part of
//! a page, so this needs scripts.

use domain::case::Action;
use domain::review::view::{CaseView, RevealView};
use leptos::prelude::*;

use super::bench::Bench;
use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::FormState;

/// The purpose, the button, and the numbers for a minute.
pub(super) fn reveal(bench: Bench, view: &CaseView) -> AnyView {
    if !view.actions.contains(&Action::Reveal) {
        return ().into_any();
    }
    let document_label = view.document_label.clone();
    let state = FormState::new([("purpose", "查看原因")], None);
    let shown = RwSignal::new(None::<RevealView>);
    provide_context(state);
    let purpose = FieldSpec {
        hint: "例如：与公安部门核对身份。2 至 100 字。".into(), ..FieldSpec::new("purpose", "查看原因")
    };
    let case = (bench.province.get_untracked(), view.case.id.to_string());
    let numbers = move || {
        let label = document_label.clone();
        shown.get().map(|numbers| {
            view! {
                <dl class="summary-list">
                    <div><dt>{label}</dt><dd class="code">{numbers.document}</dd></div>
                    <div><dt>"手机号码"</dt><dd class="code">{numbers.mobile}</dd></div>
                </dl>
                <p class="hint">"一分钟后自动隐藏。" {numbers.left.map(|left| crate::ui::sentence::left(left, "查看、打印完整号码"))}</p>
            }
        })
    };
    view! {
        <details id="case-numbers" class="pop">
            <summary>"查看" <span class="hidden-visually">"完整证件号码和手机号码"</span></summary>
            <div class="pop__body">
            <p class="hint">"每次查看都会记录查看人、时间和原因。"</p>
            <p hidden=move || bench.is_awake.get()>"这项功能需要浏览器启用脚本（JavaScript），其他审核功能不受影响。"</p>
            <form class="needs-scripts" method="post" action="/api/review/reveal" novalidate on:submit=move |event| ask(&event, state, shown)>
                <input type="hidden" name="province" value=case.0 />
                <input type="hidden" name="form[case]" value=case.1 />
                <Field spec=purpose />
                <div role="alert">{move || refused(state)}</div>
                <div class="button-row">
                    <button type="submit" class="button button--secondary button--small">"查看"</button>
                </div>
            </form>
            <div role="status">{numbers}</div>
            </div>
        </details>
    }
    .into_any()
}

/// What is wrong besides the field, which says so itself.
fn refused(state: FormState) -> Option<AnyView> {
    let refusal = state.refusal.get().map(|refusal| crate::ui::sentence::refusal(&refusal));
    let text = refusal.or_else(|| state.trouble.get().map(|error| crate::ui::sentence::app_error(&error)));
    text.map(|text| view! { <p class="field__error">{text}</p> }.into_any())
}

fn ask(event: &leptos::ev::SubmitEvent, state: FormState, shown: RwSignal<Option<RevealView>>) {
    use super::api::Revealed;
    use crate::ui::browser;
    use wasm_bindgen::JsCast;
    event.prevent_default();
    let Some(form) = event.current_target().and_then(|t| t.dyn_into::<web_sys::HtmlFormElement>().ok()) else { return };
    if state.is_pending.get_untracked() {
        return;
    }
    state.is_pending.set(true);
    let done = move |status: u16, text: String| {
        state.is_pending.set(false);
        match (status, browser::read::<Revealed>(&text)) {
            (200..=299, Ok(Revealed::Shown(numbers))) => {
                state.take(&domain::answer::Answer::default());
                shown.set(Some(numbers));
                browser::later(60_000, move || drop(shown.try_set(None)));
            }
            (200..=299, Ok(Revealed::Not(answer))) => {
                state.take(&answer);
                browser::focus("field-purpose");
            }
            _ => state.trouble.set(Some(browser::read(&text).unwrap_or(crate::AppError::Network))),
        }
    };
    browser::post_pairs("/api/review/reveal", &browser::values(&form), Box::new(done));
}
