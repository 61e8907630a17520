//! One account of the staff: what it is, its token once, and what can be done to it.

use domain::staff::Act;
use domain::staff::view::{PersonState, PersonView};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::person;
use super::people::{factor, role, state as tag};
use crate::site::use_source;
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// One account.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (source, params) = (use_source(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data = crate::wire::load(move || (source.get(), id.get()), |((province, _), id)| person(province, id));
    page("人员", data, |frame, view: PersonView| {
        let state = FormState::new([("act", "操作")], view.flash.as_ref());
        let line = view.line.clone();
        let row = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![("人员管理", frame.path("staff/people"))] here=line.name.clone() />
            <h1 tabindex="-1">{format!("{}（{}）", line.name, line.login)}</h1>
            {view.token.clone().map(|token| issued(&frame, token))}
            <section class="card">
                <dl class="summary-list">
                    {row("财政局", line.bureau.into_any())} {row("角色", role(line.role).into_any())}
                    {row("状态", view! { {tag(line.state)} {until(line.state)} }.into_any())}
                    {row("动态口令", factor(line.has_second_factor).into_any())}
                    {row("添加时间", format::instant(view.created_at).into_any())}
                </dl>
            </section>
            {acts(&frame, &view, state)}
        }
    })
}

fn until(state: PersonState) -> Option<String> {
    match state {
        PersonState::Waiting { until, is_over: false } => Some(format!(" 启用口令在 {} 前有效", format::instant(until))),
        PersonState::Waiting { .. } => Some(" 请重置账号，得到新的启用口令。".into()),
        PersonState::Active | PersonState::Disabled => None,
    }
}

/// The token, once.
fn issued(frame: &Frame, token: String) -> AnyView {
    view! {
        <section class="notice notice--warning" aria-labelledby="token">
            <h2 id="token">"启用口令只显示这一次"</h2>
            <p>"请交给本人，24 小时内有效。本人打开下面的页面，填写启用口令并设置密码："</p>
            <p>"页面：" <span class="code">{frame.path("staff/activate")}</span></p>
            <p>"启用口令：" <strong class="code">{token}</strong></p>
        </section>
    }
    .into_any()
}

fn acts(frame: &Frame, view: &PersonView, state: FormState) -> AnyView {
    if view.is_own {
        return view! { <p class="hint">"这是您自己的账号。停用和重置请由另一位管理员操作。"</p> }.into_any();
    }
    let button = |act: &Act| {
        let (label, class) = match act {
            Act::Disable => ("停用", "button button--danger"),
            Act::Enable => ("启用", "button"),
            Act::Reset => ("重置账号", "button button--secondary"),
        };
        let pending = move || state.is_pending.get().then_some("true");
        view! { <button type="submit" class=class name="form[act]" value=act.code() aria-disabled=pending>{label}</button> }
    };
    let buttons = view.acts.iter().map(button).collect_view();
    let hint = if view.acts.contains(&Act::Reset) {
        "停用后立即退出登录，不能再登录。重置后密码和动态口令作废，需要用新的启用口令重新启用；忘记密码或者更换手机时使用。"
    } else {
        "启用后可以用原来的密码和动态口令登录。"
    };
    let (id, version) = (view.line.id.clone(), view.version.to_string());
    view! {
        <PostForm action="/api/staff/person/act" state=state province=frame.key.clone()>
            <input type="hidden" name="form[person]" value=id />
            <input type="hidden" name="form[version]" value=version />
            <div class="button-row">{buttons}</div>
        </PostForm>
        <p class="hint">{hint}</p>
    }
    .into_any()
}
