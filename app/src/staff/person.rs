//! One account of the staff: what it is, what waits for a second person, and what can be done to it.

use domain::answer::Flash;
use domain::staff::forms::ActForm;
use domain::staff::view::{AskedView, PersonState, PersonView};
use domain::staff::{Act, Second};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::api::person;
use super::people::{factor, role, state as tag};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;

/// One account.
#[component]
pub fn PersonPage() -> impl IntoView {
    let (source, params) = (use_source(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data = fetched(move || (source.get(), id.get()), |((province, _), id)| person(province, id.into()));
    page("人员", data, |frame, view: PersonView| {
        let state = FormState::new([("act", "操作"), ("mobile", "新的手机号码")], view.flash.as_ref());
        let line = view.line.clone();
        let row = |label: &'static str, value: AnyView| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![("人员管理", frame.path("staff/people"))] here=line.name.clone() />
            <h1 tabindex="-1">{format!("{}（{}）", line.name, line.login)}</h1>
            {view.asked.clone().map(|asked| waiting(view.line.id.as_str(), line.state, asked))}
            <section class="card">
                <dl class="summary-list">
                    {row("财政局", line.bureau_name.into_any())} {row("角色", role(line.role).into_any())}
                    {row("状态", view! { {tag(line.state)} {until(line.state)} }.into_any())}
                    {row("手机号码", if view.mobile.is_empty() { "未登记".into_any() } else { view.mobile.clone().into_any() })}
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
        PersonState::Asked { until, is_over: false, .. } => Some(format!(" 请在 {} 前办理", format::instant(until))),
        PersonState::Asked { .. } => Some(" 如仍需要，请重新申请。".into()),
        PersonState::Waiting { until, is_over: false } => Some(format!(" 启用口令在 {} 前有效", format::instant(until))),
        PersonState::Waiting { .. } => Some(" 请申请重置账号，得到新的启用口令。".into()),
        PersonState::Active | PersonState::Disabled => None,
    }
}

/// What was asked for, by whom, and who has to agree.
fn waiting(id: &str, state: PersonState, asked: AskedView) -> AnyView {
    let what = match state {
        PersonState::Asked { is_new: false, .. } => "重置这个账号",
        _ => "添加这个账号",
    };
    let by = if asked.is_mine { "您".to_owned() } else { format!("管理员{}", asked.by) };
    let said = format!("{by}于 {} 申请{what}。", format::instant(asked.at));
    let next = match (asked.second, asked.is_mine) {
        (Second::Operator, _) => "可以登录的管理员不足两位，需要由系统运行人员同意，请他们执行下面的命令：",
        (_, true) => "需要另一位管理员同意。同意以前，账号保持现在的状态。",
        (_, false) => "同意以前，请用您知道的电话向本人核实。同意后，启用口令以短信发送到本人的手机。",
    };
    let command = (asked.second == Second::Operator).then(|| format!("suanpan approve-staff {id}"));
    view! {
        <section class="notice notice--warning" aria-labelledby="asked">
            <h2 id="asked">"等待第二个人同意"</h2>
            <p>{said} {asked.mobile.map(|mobile| format!("手机号码同时改为 {mobile}。"))}</p>
            <p>{next}</p>
            {command.map(|command| view! { <p><code class="code">{command}</code></p> })}
        </section>
    }
    .into_any()
}

fn acts(frame: &Frame, view: &PersonView, state: FormState) -> AnyView {
    if view.is_own {
        return view! { <p class="hint">"这是您自己的账号。停用和重置请由另一位管理员操作。"</p> }.into_any();
    }
    let is_mine = view.asked.as_ref().is_some_and(|asked| asked.is_mine);
    let button = |act: &Act| {
        let (label, class) = match act {
            Act::Disable => ("确认停用", "button button--danger"),
            Act::Enable => ("启用", "button"),
            Act::Reset => ("申请重置账号", "button button--secondary"),
            Act::Agree => ("同意", "button"),
            Act::Refuse if is_mine => ("撤回申请", "button button--secondary"),
            Act::Refuse => ("不同意", "button button--secondary"),
        };
        let pending = move || state.is_pending.get().then_some("true");
        view! { <button type="submit" class=class name="form[act]" value=act.code() aria-disabled=pending>{label}</button> }
    };
    let buttons = view.acts.iter().filter(|act| **act != Act::Disable).map(button).collect_view();
    // Nobody is switched off by one press.
    let disable = view.acts.contains(&Act::Disable).then(|| {
        let said =
            format!("停用后，{}立即退出登录，不能再登录；没有生效的审核结论回到审核列表。以后可以再启用。", view.line.name);
        view! {
            <details class="card">
                <summary>"停用"</summary>
                <p>{said}</p>
                <div class="button-row">{button(&Act::Disable)}</div>
            </details>
        }
    });
    let has_reset = view.acts.contains(&Act::Reset);
    let hint = match view.line.state {
        PersonState::Asked { is_new: true, .. } => "不同意或者撤回后，这个账号不再存在，用户名可以重新使用。",
        PersonState::Disabled => "启用后可以用原来的密码和动态口令登录。",
        _ if has_reset => {
            "重置由另一人同意后，密码和动态口令作废，新的启用口令以短信发送到本人的手机；忘记密码或者更换手机时使用。"
        }
        _ => "",
    };
    let mobile = has_reset.then(|| {
        let is_required = view.mobile.is_empty();
        let hint = if is_required {
            "账号还没有登记手机号码，申请重置时请填写本人自己的手机号码。"
        } else {
            "本人换了手机号码，需要随重置一起更改时填写；没有更换请留空。"
        };
        let typed: ActForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
        FieldSpec {
            value: typed.mobile,
            control: Control::Digits,
            hint: hint.into(),
            is_required,
            autocomplete: "off",
            class: "input--medium",
            ..FieldSpec::new("mobile", "新的手机号码")
        }
    });
    let (id, version) = (view.line.id.to_string(), view.version.to_string());
    view! {
        <PostForm action="/api/staff/person/act" state=state province=frame.key.clone()>
            <input type="hidden" name="form[person]" value=id />
            <input type="hidden" name="form[version]" value=version />
            {mobile.map(|spec| view! { <Field spec=spec /> })}
            <div class="button-row">{buttons}</div>
            {(!hint.is_empty()).then(|| view! { <p class="hint">{hint}</p> })}
            {disable}
        </PostForm>
    }
    .into_any()
}
