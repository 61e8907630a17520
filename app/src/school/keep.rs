//! 网校管理: the schools of the province under the hand of its administrators.

use domain::learning::class::view::InstitutionsView;
use domain::school::ApprovalKind;
use domain::school::aside::{AsideDone, AsideQuery, AsideView};
use domain::school::forms::SchoolForm;
use domain::school::view::{KeptSchool, KeptSchoolView, KeptSchoolsView};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::tokens::tokens;
use super::waiting::waiting;
use super::{api, aside, institutions, logo};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::table::{heads, table};

const LABELS: [(&str, &str); 9] = [
    ("code", "网校代码"),
    ("name", "网校名称"),
    ("intro", "简介"),
    ("fees", "收费说明"),
    ("site", "网址"),
    ("entry", "登录地址"),
    ("phone", "咨询电话"),
    ("years", "开放年度"),
    ("ranges", "调用地址"),
];

/// What the page of the schools shows: them, what they reported that belongs to nobody, or the institutions beside them.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Schools(KeptSchoolsView),
    Aside(Box<AsideView>),
    Institutions(Box<InstitutionsView>),
}

/// The schools of the province; with `aside=1` what they reported that belongs to nobody, with `institutions=1` the institutions.
#[component]
pub fn KeptSchoolsPage() -> impl IntoView {
    let (source, query) = (use_source(), use_query_map());
    let asked = move |name: &str| query.with(|query| query.get(name)).unwrap_or_default();
    let aside = Memo::new(move |_| {
        let (school, cause, year, after) = (asked("school"), asked("cause"), asked("year"), asked("after"));
        (!asked("aside").is_empty()).then_some(AsideQuery { school, cause, year, after })
    });
    let institutions = Memo::new(move |_| !asked("institutions").is_empty());
    let data = fetched(
        move || (source.get(), aside.get(), institutions.get()),
        async |((province, _), aside, institutions)| match aside {
            Some(query) => api::aside(province, query).await.map(|view| Shown::Aside(Box::new(view))),
            None if institutions => api::institutions(province).await.map(|view| Shown::Institutions(Box::new(view))),
            None => api::kept_schools(province).await.map(Shown::Schools),
        },
    );
    page("网校管理", data, move |frame, shown| {
        let said = |name: &str| query.with_untracked(|query| query.get(name)).unwrap_or_default();
        match shown {
            Shown::Schools(view) => list(&frame, view, &said("saved")),
            Shown::Aside(view) => aside::aside(&frame, &view, AsideDone::from_code(&said("done"))),
            Shown::Institutions(view) => institutions::institutions(&frame, &view),
        }
    })
}

fn list(frame: &Frame, view: KeptSchoolsView, saved: &str) -> AnyView {
    let saved = (!saved.is_empty()).then(|| {
        let waits = (saved == "asked").then_some("登录地址和调用地址的变动，经另一位管理员同意后生效。");
        view! { <div class="notice notice--success" role="status"><p>"已保存。"{waits}</p></div> }
    });
    let institutions = view.has_institutions.then(|| {
        let href = frame.path("staff/schools?institutions=1");
        view! { <a class="button button--secondary" href=href>{institutions::TITLE}</a> }
    });
    let body = match view.lines.is_empty() {
        true => view! { <p class="empty">"还没有网校。"</p> }.into_any(),
        false => lines(frame, view.lines),
    };
    view! {
        {saved}
        <h1 tabindex="-1">"网校管理"</h1>
        <p class="lead">"网校按年度开放。开放后，申请人可以在“继续教育网络培训”报名。"</p>
        <p class="button-row">
            <a class="button" href=frame.path("staff/schools/new")>"添加网校"</a>
            <a class="button button--secondary" href=aside::address(frame, &AsideQuery::default())>{aside::TITLE}</a>
            {institutions}
            <a class="button button--secondary" href=frame.path("staff/imports") rel="external">"数据导入"</a>
        </p>
        {body}
    }
    .into_any()
}

fn lines(frame: &Frame, lines: Vec<KeptSchool>) -> AnyView {
    let row = |line: KeptSchool| {
        let href = frame.path(&format!("staff/schools/{}", line.id));
        let years = if line.years.is_empty() { "未开放".to_owned() } else { line.years };
        view! {
            <tr>
                <th scope="row"><a href=href>{line.name}</a></th>
                <td data-label="网校代码">{line.code}</td>
                <td data-label="开放年度">{years}</td>
                <td data-label="咨询电话">{line.phone}</td>
                <td data-label="待办">{line.waits.then_some("等待同意")}</td>
            </tr>
        }
        .into_any()
    };
    let heads = heads(&["网校名称", "网校代码", "开放年度", "咨询电话", "待办"]);
    table("网校列表".into(), heads, lines.into_iter().map(row).collect())
}

/// One school under the pen.
#[component]
pub fn KeptSchoolPage() -> impl IntoView {
    let (source, params) = (use_source(), use_params_map());
    let id = Memo::new(move |_| params.with(|params| params.get("id").unwrap_or_default()));
    let data = fetched(move || (source.get(), id.get()), |((province, _), id)| api::kept_school(province, id));
    page("网校管理", data, |frame, view: KeptSchoolView| draw(&frame, view))
}

fn draw(frame: &Frame, view: KeptSchoolView) -> AnyView {
    let state = FormState::new(LABELS, view.flash.as_ref().or(view.refused.as_ref()));
    let (is_new, school) = (view.form.id.is_empty(), view.form.id.clone());
    let title = if is_new { "添加网校" } else { "修改网校" };
    let stale = view.is_stale.then(|| {
        view! { <div class="notice notice--warning"><p>"这所网校在别处刚刚修改过。下面是您填写的内容，请核对后再保存。"</p></div> }
    });
    let waiting = waiting(frame, (&view.form, &view.entry, &view.ranges), &view.waiting, state);
    let logo =
        (!is_new).then(|| logo::logo(frame, (&school, &view.form.name), (view.logo.as_deref(), view.logo_fault.as_ref()), state));
    let asks = !view.waiting.iter().any(|line| line.kind == ApprovalKind::Token);
    let tokens = (!is_new).then(|| tokens(frame, &school, view.tokens, (view.new_token, asks), state));
    view! {
        <ErrorSummary state=state />
        <Breadcrumbs trail=vec![("网校管理", frame.path("staff/schools"))] here=title.into() />
        <h1 tabindex="-1">{title}</h1>
        {stale}
        {waiting}
        {form(frame, view.form, state)}
        {logo}
        {tokens}
    }
    .into_any()
}

fn form(frame: &Frame, form: SchoolForm, state: FormState) -> AnyView {
    let is_new = form.id.is_empty();
    let hints = [
        "2 至 32 位小写字母、数字或者横线，写在登录凭证中，设定后不能修改。",
        "",
        "",
        "由网校收费，平台不收费。",
        "以 https:// 开头。",
        "接收登录凭证的地址，以 https:// 开头。设定和修改经另一位管理员同意后生效。",
        "可以填写多个号码，用顿号分开。",
        "例如：2026、2025。留空时不开放报名。",
        "网校的系统从哪些网络地址调用接口，例如：203.0.113.0/24, 2001:db8::/32。留空时不限制。设定和修改经另一位管理员同意后生效。",
    ];
    let values = [form.code, form.name, form.intro, form.fees, form.site, form.entry, form.phone, form.years, form.ranges];
    let specs = LABELS.into_iter().zip(values).zip(hints).map(|(((field, label), value), hint)| FieldSpec {
        value,
        hint: hint.into(),
        control: if matches!(field, "intro" | "fees") { Control::Area } else { Control::Text },
        is_required: !matches!(field, "intro" | "fees" | "years" | "ranges"),
        is_locked: field == "code" && !is_new,
        ..FieldSpec::new(field, label)
    });
    let specs: Vec<FieldSpec> = specs.collect();
    view! {
        <PostForm action="/api/staff/school/save" state=state province=frame.key.clone()>
            <input type="hidden" name=name_of("id") value=form.id />
            <input type="hidden" name=name_of("version") value=form.version />
            {specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存"</button>
            </div>
        </PostForm>
    }
    .into_any()
}
