//! 人员管理: the staff of the province, and a new account.

use domain::answer::Flash;
use domain::case::StaffRole;
use domain::id::{BureauCode, StaffId};
use domain::staff::forms::PersonForm;
use domain::staff::view::{NewPersonView, PeopleQuery, PeopleView, PersonLine, PersonState};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::{new_person, people};
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::search::{address, search_is_over};
use crate::ui::table::{heads, table};

/// 人员管理.
#[component]
pub fn PeoplePage() -> impl IntoView {
    let (source, params) = (use_source(), use_query_map());
    let query = Memo::new(move |_| {
        params.with(|params| {
            let of = |name: &str| params.get(name).unwrap_or_default();
            PeopleQuery { bureau: BureauCode::given(&of("bureau")), search: of("search"), after: StaffId::given(&of("after")) }
        })
    });
    let data = fetched(move || (source.get(), query.get()), |((province, _), query)| people(province, query));
    page("人员管理", data, |frame, view: PeopleView| {
        let next = view.next.as_ref().map(|after| {
            let PeopleQuery { bureau, search, .. } = &view.query;
            let bureau = bureau.as_ref().map(BureauCode::as_str).unwrap_or_default();
            let href = address(&frame.path("staff/people"), &[("bureau", bureau), ("search", search), ("after", after.as_str())]);
            view! { <nav class="pager" aria-label="翻页"><a class="button button--secondary" href=href rel="next">"下一页"</a></nav> }
        });
        view! {
            <h1 tabindex="-1">"人员管理"</h1>
            <p class="button-row"><a class="button" href=frame.path("staff/people/new")>"添加人员"</a></p>
            {filters(&frame, &view)}
            {search_is_over(view.is_search_over)}
            {if view.lines.is_empty() { nothing() } else { lines(&frame, view.lines) }}
            {next}
        }
    })
}

fn nothing() -> AnyView {
    view! { <div class="empty"><strong>"没有找到符合条件的人员"</strong><p>"用户名和姓名需要填写完整；也可以换一个财政局再查。"</p></div> }
        .into_any()
}

fn filters(frame: &Frame, view: &PeopleView) -> AnyView {
    let (key, reset, words) = (frame.key.clone(), frame.path("staff/people"), view.words.clone());
    let state = FormState::new([("words", "用户名或者姓名")], None);
    let option = |(code, name): (BureauCode, String)| {
        let is_chosen = Some(&code) == view.query.bureau.as_ref();
        view! { <option value=code.to_string() selected=is_chosen>{name}</option> }
    };
    let options = view.bureaus.iter().cloned().map(option).collect_view();
    view! {
        <div role="search" aria-label="查找人员">
            <PostForm class="filters" action="/api/staff/people/find" state=state province=key keeps=false>
                <div class="field">
                    <label for="filter-bureau">"财政局"</label>
                    <select id="filter-bureau" name="form[bureau]">
                        <option value="">"全部"</option>
                        {options}
                    </select>
                </div>
                <div class="field">
                    <label for="filter-search">"用户名或者姓名"</label>
                    <input type="text" id="filter-search" name="form[words]" value=words autocomplete="off" />
                </div>
                <div class="button-row">
                    <button type="submit" class="button button--secondary">"查询"</button>
                    <a class="button button--quiet" href=reset>"重置"</a>
                </div>
            </PostForm>
        </div>
    }
    .into_any()
}

/// The word for what somebody is employed for.
pub(super) fn role(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Reviewer => "审核人员",
        StaffRole::Administrator => "管理员",
    }
}

/// Whether the account can be used, as a tag.
pub(super) fn state(state: PersonState) -> AnyView {
    let (word, class) = match state {
        PersonState::Active => ("正常", "tag tag--green"),
        PersonState::Asked { is_over: false, .. } => ("待同意", "tag tag--blue"),
        PersonState::Asked { is_over: true, .. } => ("逾期未同意", "tag tag--orange"),
        PersonState::Waiting { is_over: false, .. } => ("待启用", "tag tag--blue"),
        PersonState::Waiting { is_over: true, .. } => ("启用口令已过期", "tag tag--orange"),
        PersonState::Disabled => ("已停用", "tag tag--grey"),
    };
    view! { <span class=class>{word}</span> }.into_any()
}

/// Whether there is a second factor.
pub(super) fn factor(has_second_factor: bool) -> &'static str {
    if has_second_factor { "已绑定" } else { "未绑定" }
}

fn lines(frame: &Frame, lines: Vec<PersonLine>) -> AnyView {
    let row = |line: PersonLine| {
        let href = frame.path(&format!("staff/people/{}", line.id));
        view! {
            <tr>
                <th scope="row"><a href=href>{line.login}</a></th>
                <td data-label="姓名">{line.name}</td>
                <td data-label="财政局">{line.bureau_name}</td>
                <td data-label="角色">{role(line.role)}</td>
                <td data-label="状态">{state(line.state)}</td>
                <td data-label="动态口令">{factor(line.has_second_factor)}</td>
            </tr>
        }
        .into_any()
    };
    let heads = heads(&["用户名", "姓名", "财政局", "角色", "状态", "动态口令"]);
    table("人员列表".into(), heads, lines.into_iter().map(row).collect())
}

/// 添加人员.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| new_person(province));
    page("添加人员", data, |frame, view: NewPersonView| {
        let labels = [
            ("login", "用户名"),
            ("name", "姓名"),
            ("mobile", "手机号码"),
            ("document_number", "身份证号码"),
            ("bureau", "财政局"),
            ("role", "角色"),
        ];
        let state = FormState::new(labels, view.flash.as_ref());
        let typed: PersonForm = view.flash.as_ref().map(Flash::refill).unwrap_or_default();
        let roles = [StaffRole::Reviewer, StaffRole::Administrator].map(|one| (one.code().to_owned(), role(one).to_owned()));
        let bureaus = view.bureaus.into_iter().map(|(code, name)| (code.into(), name)).collect();
        let chosen = typed.role.clone();
        let is_reviewer = Signal::derive(move || {
            let now = state.typed.with(|typed| typed.iter().find(|(field, _)| field == "role").map(|(_, role)| role.clone()));
            now.as_deref().unwrap_or(&chosen) == StaffRole::Reviewer.code()
        });
        let fields = [
            FieldSpec {
                value: typed.login,
                hint: "3 至 32 位字母、数字、点、横线或者下划线，登录时使用，设定后不能修改。".into(),
                autocomplete: "off",
                class: "input--medium",
                ..FieldSpec::new("login", "用户名")
            },
            FieldSpec { value: typed.name, autocomplete: "off", class: "input--medium", ..FieldSpec::new("name", "姓名") },
            FieldSpec {
                value: typed.mobile,
                hint: "本人自己的手机号码。启用口令只发送到这个号码。".into(),
                autocomplete: "off",
                control: Control::Digits,
                class: "input--medium",
                ..FieldSpec::new("mobile", "手机号码")
            },
            FieldSpec {
                value: typed.role,
                control: Control::Radio(roles.into()),
                hint: "管理员管理人员和网站内容，不能查看申请，只设在省级财政部门。".into(),
                ..FieldSpec::new("role", "角色")
            },
            FieldSpec {
                value: typed.document_number,
                hint: "审核人员必须填写，只用于避免审核本人的申请，不会显示，也不会用于登录；管理员可以不填。".into(),
                autocomplete: "off",
                class: "input--medium",
                is_required: false,
                required_now: Some(is_reviewer),
                ..FieldSpec::new("document_number", "身份证号码")
            },
            FieldSpec {
                value: typed.bureau,
                control: Control::Select(vec![(String::new(), bureaus)]),
                ..FieldSpec::new("bureau", "财政局")
            },
        ];
        view! {
            <ErrorSummary state=state />
            <Breadcrumbs trail=vec![("人员管理", frame.path("staff/people"))] here="添加人员".into() />
            <h1 tabindex="-1">"添加人员"</h1>
            <p class="lead">"添加后需要另一位管理员同意。同意后，一次性的启用口令以短信发送到本人的手机，由本人设置密码；管理员看不到启用口令。"</p>
            <PostForm action="/api/staff/people/add" state=state province=frame.key.clone()>
                {fields.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                <div class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"添加"</button>
                </div>
            </PostForm>
        }
    })
}
