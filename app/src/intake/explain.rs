//! 内容无误: a rejected item that the person holds to be right, with what they say to that.

use domain::case::LONGEST_REMARK;
use domain::case::view::RejectedItem;
use domain::intake::Back;
use domain::intake::view::ExplainView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use super::api;
use crate::site::{fetched, use_source};
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

const TITLE: &str = "说明内容无误";

/// 内容无误.
#[component]
pub fn ExplainPage() -> impl IntoView {
    let source = use_source();
    let (params, query) = (use_params_map(), use_query_map());
    let back = move || Back::parse(&query.read_untracked().get("back").unwrap_or_default());
    let item = Memo::new(move |_| params.read().get("item").unwrap_or_default());
    let data = fetched(move || (source.get(), item.get()), |((province, _), item)| api::explain(province, item));
    page(TITLE, data, move |frame, view| draw(frame, view, back()))
}

fn draw(frame: Frame, view: ExplainView, back: Option<Back>) -> AnyView {
    let state = FormState::new([("remark", "说明")], view.flash.as_ref());
    let mut trail = frame.intake_trail();
    trail.push((view.words.progress.clone(), frame.path("intake/progress")));
    let value = view.value.clone().map(|value| {
        let value = if value.is_empty() { "未填写".to_owned() } else { value };
        view! { <div><dt>"您提交的内容"</dt><dd>{value}</dd></div> }
    });
    view! {
        <leptos_meta::Title text=format!("{TITLE} – {}", frame.site.province.title) />
        <Breadcrumbs trail=trail here=TITLE.into() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{TITLE}</h1>
        <p class="lead">"您认为这一项本来就是正确的，可以不修改，在这里向审核人说明。重新提交以后，审核人会看到您的说明。"</p>
        <section class="card">
            <h2>{view.item.label.clone()}</h2>
            <dl class="summary-list">
                {value}
                <div><dt>"未通过原因"</dt><dd>{view.item.reason.clone()}</dd></div>
            </dl>
        </section>
        {form(&frame, &view, state, back)}
        {view.item.explanation.is_some().then(|| take_back(&frame, &view, back))}
    }
    .into_any()
}

fn form(frame: &Frame, view: &ExplainView, state: FormState, back: Option<Back>) -> AnyView {
    let typed = view.flash.as_ref().and_then(|flash| flash.values.get("remark").cloned());
    let spec = FieldSpec {
        value: typed.or_else(|| view.item.explanation.clone()).unwrap_or_default(),
        hint: format!("2 至 {LONGEST_REMARK} 字。请写明依据，例如证书或者文件上的原文。"),
        ..FieldSpec::new("remark", "说明")
    };
    let (hidden, change, key) = (hidden(view, back), change(&view.item, back), frame.key.clone());
    view! {
        <PostForm action="/api/intake/explain/keep" state=state province=key>
            {hidden}
            <AreaField spec=spec />
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存说明"</button>
                {change}
            </div>
        </PostForm>
    }
    .into_any()
}

fn change(item: &RejectedItem, back: Option<Back>) -> AnyView {
    view! { <a class="button button--secondary" href=Back::on(back, &item.link) rel="external">"改为修改这一项"</a> }.into_any()
}

fn take_back(frame: &Frame, view: &ExplainView, back: Option<Back>) -> AnyView {
    let state = FormState::new([("remark", "说明")], None);
    let (hidden, key) = (hidden(view, back), frame.key.clone());
    view! {
        <PostForm action="/api/intake/explain/keep" state=state province=key>
            {hidden}
            <input type="hidden" name=name_of("how") value="take_back" />
            <p class="button-row">
                <button type="submit" class="button button--quiet" aria-disabled=move || state.is_pending.get().then_some("true")>
                    "撤回说明"
                </button>
            </p>
        </PostForm>
    }
    .into_any()
}

fn hidden(view: &ExplainView, back: Option<Back>) -> AnyView {
    view! {
        <input type="hidden" name=name_of("item") value=view.item.item.clone() />
        <input type="hidden" name=name_of("version") value=view.version.to_string() />
        <input type="hidden" name=name_of("back") value=back.map_or("", Back::as_str) />
    }
    .into_any()
}
