//! 审核列表: the cases by due date, a page at a time. The filters are a plain form and plain links.

use domain::case::Status;
use domain::review::Due;
use domain::review::view::{QueueLine, QueueQuery, QueueView, SKIPPED};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::queue;
use super::desk::{NextCase, due_label, empty};
use super::staged::staged;
use super::words::days_left;
use crate::site::use_source;
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::search::search_is_over;
use crate::ui::{format, words};

/// 审核列表.
#[component]
pub fn QueuePage() -> impl IntoView {
    let source = use_source();
    let params = use_query_map();
    let query = Memo::new(move |_| {
        params.with(|params| {
            let of = |name: &str| params.get(name).unwrap_or_default();
            QueueQuery {
                status: of("status"),
                search: of("search"),
                below: of("below"),
                due: of("due"),
                after: of("after"),
                undo: of("undo"),
            }
        })
    });
    let data = Resource::new(move || (source.get(), query.get()), |((province, _), query)| queue(province, query));
    page("审核列表", data, |frame, view: QueueView| {
        let state = FormState::new([("case", "申请")], None);
        view! {
            <ErrorSummary state=state />
            {staged(&frame.key, &view.staged)}
            <h1 tabindex="-1">"审核列表"</h1>
            <div class="button-row">
                <NextCase state=state province=frame.key.clone() after=String::new() />
                {skipped(&frame, &view.query)}
            </div>
            {filters(&frame, &view, state)}
            {search_is_over(view.is_search_over)}
            {chips(&frame, &view)}
            {if view.lines.is_empty() { nothing(&view) } else { table(&frame, view.lines) }}
            {pager(&frame, &view.query, view.next)}
        }
    })
}

/// The way to 我跳过的, and back.
fn skipped(frame: &Frame, query: &QueueQuery) -> AnyView {
    if query.status == SKIPPED {
        return view! { <a class="button button--secondary" href=frame.path("staff/queue")>"全部待审核"</a> }.into_any();
    }
    let href = frame.path(&format!("staff/queue?status={SKIPPED}"));
    view! { <a class="button button--secondary" href=href>"我跳过的"</a> }.into_any()
}

/// The address of the list with other questions.
fn address(frame: &Frame, query: &QueueQuery) -> String {
    let QueueQuery { status, search, below, due, after, undo: _ } = query;
    let questions = [("status", status.as_str()), ("search", search), ("below", below), ("due", due), ("after", after)];
    crate::ui::search::address(&frame.path("staff/queue"), &questions)
}

fn filters(frame: &Frame, view: &QueueView, state: FormState) -> AnyView {
    let query = &view.query;
    let choices = [Status::Submitted, Status::Returned, Status::Approved, Status::Closed].map(|status| {
        let is_chosen = status.code() == query.status;
        view! { <option value=status.code() selected=is_chosen>{words::status(status)}</option> }
    });
    let is_below = query.below == "1";
    let below = view.may_look_below.then(|| {
        view! {
            <label class="choice" for="filter-below">
                <input type="checkbox" id="filter-below" name="form[below]" value="1" checked=is_below />
                <span>"包括下级财政局"</span>
            </label>
        }
    });
    let (key, reset, words) = (frame.key.clone(), frame.path("staff/queue"), view.words.clone());
    let choices = choices.into_iter().collect_view();
    view! {
        <div role="search" aria-label="筛选申请">
            <PostForm class="filters" action="/api/review/search" state=state province=key>
                <div class="field">
                    <label for="filter-status">"状态"</label>
                    <select id="filter-status" name="form[status]">{choices}</select>
                </div>
                <div class="field">
                    <label for="filter-search">"姓名、编号或者证件号码"</label>
                    <p class="field__hint" id="filter-search-hint">"姓名的开头，编号或者它的末几位，完整的证件号码或者手机号码。"</p>
                    <input type="text" id="filter-search" name="form[words]" value=words autocomplete="off" aria-describedby="filter-search-hint" />
                </div>
                {below}
                <div class="button-row">
                    <button type="submit" class="button button--secondary">"查询"</button>
                    <a class="button button--quiet" href=reset>"重置"</a>
                </div>
            </PostForm>
        </div>
    }
    .into_any()
}

/// The filters in force, each of which can be taken away (ux F15).
fn chips(frame: &Frame, view: &QueueView) -> AnyView {
    let query = &view.query;
    let first = QueueQuery { after: String::new(), ..query.clone() };
    let chip = |label: String, without: QueueQuery| {
        let href = address(frame, &without);
        let name = format!("去掉筛选：{label}");
        view! { <span class="pill">{label} <a href=href aria-label=name>"✕"</a></span> }
    };
    let search = (!view.words.is_empty())
        .then(|| chip(format!("查询：{}", view.words), QueueQuery { search: String::new(), ..first.clone() }));
    let below = (query.below == "1").then(|| chip("包括下级财政局".into(), QueueQuery { below: String::new(), ..first.clone() }));
    let due =
        Due::from_code(&query.due).map(|due| chip(due_label(due).into(), QueueQuery { due: String::new(), ..first.clone() }));
    let has_any = search.is_some() || below.is_some() || due.is_some();
    has_any
        .then(|| view! { <div class="button-row" role="group" aria-label="当前的筛选">{due} {search} {below}</div> })
        .into_any()
}

fn nothing(view: &QueueView) -> AnyView {
    let query = &view.query;
    let what = Status::from_code(&query.status).map_or("申请", words::status);
    if query.status == SKIPPED {
        return empty("今天没有跳过的申请", "跳过的申请当天不再轮到您，明天恢复；在这里打开并点“开始审核”，可以提前恢复。");
    }
    if !query.after.is_empty() {
        return empty("后面没有更多申请了", "可以回到第一页。");
    }
    if !view.words.is_empty() {
        let why = format!(
            "“{what}”的申请中没有符合“{}”的：姓名按开头查，编号可以只填末几位，证件号码和手机号码要填完整。可以换一个状态，或者去掉筛选后再查。",
            view.words
        );
        return empty("没有找到符合条件的申请", why);
    }
    empty("这里没有申请", format!("目前没有状态为“{what}”的申请。新的申请提交后会出现在“待审核”中。"))
}

fn table(frame: &Frame, lines: Vec<QueueLine>) -> AnyView {
    let rows = lines.into_iter().map(|line| row(frame, line)).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="申请列表">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"编号"</th>
                        <th scope="col">"申请人"</th>
                        <th scope="col">"业务"</th>
                        <th scope="col">"财政局"</th>
                        <th scope="col" class="number">"次数"</th>
                        <th scope="col">"提交时间"</th>
                        <th scope="col" aria-sort="ascending">"应办结日期"</th>
                        <th scope="col">"剩余工作日"</th>
                        <th scope="col">"状态"</th>
                        <th scope="col">"审核人"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(frame: &Frame, line: QueueLine) -> AnyView {
    let href = frame.path(&format!("staff/cases/{}", line.id));
    let left = (line.status == Status::Submitted).then(|| {
        let (word, class) = words::urgency(line.urgency);
        view! { <span class=class>{days_left(line.working_days_left)} "（" {word} "）"</span> }
    });
    view! {
        <tr>
            <th scope="row" class="code"><a href=href>{line.number}</a></th>
            <td>{line.applicant}</td>
            <td>{frame.site.province.line(line.kind).to_owned()}</td>
            <td>{line.bureau_name}</td>
            <td class="number">{line.round}</td>
            <td><time datetime=format::machine(line.submitted_at)>{format::instant(line.submitted_at)}</time></td>
            <td>{format::date(line.due_on)}</td>
            <td>{left.map_or_else(|| "—".into_any(), IntoAny::into_any)}</td>
            <td><span class=words::status_class(line.status)>{words::status(line.status)}</span></td>
            <td>{line.holder.unwrap_or_else(|| "—".into())}</td>
        </tr>
    }
    .into_any()
}

fn pager(frame: &Frame, query: &QueueQuery, next: Option<String>) -> AnyView {
    let first = (!query.after.is_empty()).then(|| {
        let href = address(frame, &QueueQuery { after: String::new(), ..query.clone() });
        view! { <a class="button button--secondary" href=href>"回到第一页"</a> }
    });
    let next = next.map(|after| {
        let href = address(frame, &QueueQuery { after, ..query.clone() });
        view! { <a class="button button--secondary" href=href rel="next">"下一页"</a> }
    });
    let has_any = first.is_some() || next.is_some();
    has_any.then(|| view! { <nav class="pager" aria-label="翻页">{first} {next}</nav> }).into_any()
}
