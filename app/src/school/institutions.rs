//! 培训机构: the employers that the province lets hold classes for everybody, under the hand of its administrators.

use domain::learning::class::view::{InstitutionLine, InstitutionsView};
use leptos::prelude::*;

use crate::ui::field::{Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

pub(super) const TITLE: &str = "培训机构";

/// The page.
pub(super) fn institutions(frame: &Frame, view: &InstitutionsView) -> AnyView {
    let state = FormState::new([("code", "统一社会信用代码"), ("name", "单位名称")], view.flash.as_ref());
    let ending = FormState::new([("institution", TITLE)], None);
    let lead = format!(
        "列入名单的单位，由其单位管理员备案{}，名单内外的单位备案和结果都由财政局审核。移出名单后不能再备案，已经审核通过的继续报送结果。",
        view.name
    );
    let body = match view.lines.is_empty() {
        true => view! { <p class="empty">"还没有培训机构。"</p> }.into_any(),
        false => {
            let lines = view.lines.iter().map(|line| self::line(frame, line, ending)).collect_view();
            view! { <ul class="stack">{lines}</ul> }.into_any()
        }
    };
    view! {
        <ErrorSummary state=state />
        <ErrorSummary state=ending />
        <Breadcrumbs trail=vec![("网校管理", frame.path("staff/schools"))] here=TITLE.into() />
        <h1 tabindex="-1">{TITLE}</h1>
        <p class="lead">{lead}</p>
        <section aria-labelledby="admitted-title">
            <h2 id="admitted-title">"名单"</h2>
            {body}
        </section>
        {form(frame, view, state)}
    }
    .into_any()
}

fn line(frame: &Frame, line: &InstitutionLine, state: FormState) -> AnyView {
    let manager = match line.manager.as_str() {
        "" => "还没有单位管理员，需要由该单位的人员申请认证。".to_owned(),
        name => format!("单位管理员：{name}。"),
    };
    let facts = format!("{} 列入名单。{manager}", format::date(line.since));
    let (key, id, spoken) = (frame.key.clone(), line.id.clone(), format!("：{}", line.name));
    view! {
        <li class="card">
            <h3>{line.name.clone()}</h3>
            <p class="hint">"统一社会信用代码 " <span class="code">{line.code.clone()}</span></p>
            <p>{facts}</p>
            <PostForm action="/api/staff/institution/end" state=state province=key keeps=false>
                <input type="hidden" name=name_of("institution") value=id />
                <button type="submit" class="button button--secondary">"移出名单"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
        </li>
    }
    .into_any()
}

fn form(frame: &Frame, view: &InstitutionsView, state: FormState) -> AnyView {
    let typed = |field: &str| {
        let values = view.flash.as_ref().map(|flash| &flash.values);
        values.and_then(|values| values.get(field)).cloned().unwrap_or_default()
    };
    let specs = [
        FieldSpec {
            value: typed("code"),
            hint: "营业执照或者登记证书上的 18 位代码。".into(),
            class: "input--code",
            ..FieldSpec::new("code", "统一社会信用代码")
        },
        FieldSpec { value: typed("name"), ..FieldSpec::new("name", "单位名称") },
    ];
    let key = frame.key.clone();
    view! {
        <section class="card" aria-labelledby="admit-title">
            <h2 id="admit-title">"列入名单"</h2>
            <PostForm action="/api/staff/institution/admit" state=state province=key class="stack">
                {specs.map(|spec| view! { <Field spec=spec /> }).into_iter().collect_view()}
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"列入名单"</button>
                </p>
            </PostForm>
        </section>
    }
    .into_any()
}
