//! What is wrong with a form, on top of its page.

use domain::case::Refusal;
use leptos::prelude::*;
use leptos_router::hooks::use_location;

use super::{FormState, id_of};
use crate::ui::{browser, sentence};

/// Brings the summary into view and puts the focus on it, after it was drawn (ux E1).
pub fn focus_summary() {
    browser::later(30, || browser::focus("error-summary"));
}

/// The address of this page, which asked for anew leads through the sign-in and back. Many pages share a path and are told apart by
/// their query.
pub fn here() -> impl Fn() -> String + Copy + Send + Sync + 'static {
    let (path, query) = {
        let at = use_location();
        (at.pathname, at.search)
    };
    move || {
        let query = query.get();
        if query.is_empty() { path.get() } else { format!("{}?{query}", path.get()) }
    }
}

/// The summary of what is wrong: the first thing in the page, focused, each line leading to its field (ux E1, E2).
#[component]
pub fn ErrorSummary(state: FormState) -> impl IntoView {
    let here = here();
    move || {
        state.has_trouble().then(|| {
            let lines = state.errors.with(|errors| {
                let line = |error: &domain::fault::FieldError| {
                    let page = |page: &String| if page.is_empty() { String::new() } else { format!("{page}{}", error.field) };
                    (id_of(&error.field), state.asked_at.with_value(page), sentence::fault(&state.label(&error.field), &error.fault))
                };
                errors.0.iter().map(line).collect::<Vec<_>>()
            });
            // The page asked for anew leads through the sign-in and back; this one keeps what was typed.
            let is_over = state.refusal.get() == Some(Refusal::SignInAgain);
            let door = is_over.then(|| {
                view! {
                    <p>
                        <a href=here() target="_blank" rel="external">"在新窗口重新登录"</a>
                        "，登录后回到本页再点一次按钮，刚才填写的内容都在。"
                    </p>
                }
            });
            let refusal = state.refusal.get().map(|refusal| sentence::refusal(&refusal));
            let trouble = state.trouble.get().map(|error| sentence::app_error(&error));
            view! {
                <div class="error-summary" id="error-summary" data-over=is_over.then_some("yes") tabindex="-1" role="alert" aria-labelledby="error-summary-title">
                    <ErrorTitle />
                    <h2 id="error-summary-title">
                        {if lines.is_empty() { "暂时不能继续" } else { "提交的内容有问题" }}
                    </h2>
                    {refusal.into_iter().chain(trouble).map(|text| view! { <p>{text}</p> }).collect_view()}
                    {door}
                    <ul>
                        {lines
                            .into_iter()
                            .map(|(id, asked_at, text)| {
                                let target = id.clone();
                                view! {
                                    <li>
                                        <a href=format!("{asked_at}#{id}") rel=(!asked_at.is_empty()).then_some("external") on:click=move |event| to_field(&event, &target)>{text}</a>
                                    </li>
                                }
                            })
                            .collect_view()}
                    </ul>
                </div>
            }
        })
    }
}

fn to_field(event: &leptos::ev::MouseEvent, id: &str) {
    // A question that is not on this page has its own, to which the link leads.
    let field = browser::document().and_then(|document| document.get_element_by_id(id));
    if field.is_some_and(|field| field.closest("[hidden]").is_ok_and(|hidden| hidden.is_none())) {
        event.prevent_default();
        browser::focus(id);
    }
}

/// Begins the title of the page with a word while something is wrong (ux E1); to be put into a summary.
#[component]
pub fn ErrorTitle() -> impl IntoView {
    view! { <leptos_meta::Title formatter=|text: String| format!("错误：{text}") /> }
}
