//! 审核列表: the cases by due date, a page at a time. The filters are a plain form and plain links.

use domain::case::Status;
use domain::review::view::{QueueLine, QueueQuery, QueueView, SKIPPED};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::api::queue;
use super::desk::{NextCase, empty};
use super::filters::{chips, filters};
use super::staged::staged;
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState};
use crate::ui::lines::{self, Cell, Piece, Row};
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
                // Of checkboxes each comes by itself.
                status: params.get_all("status").unwrap_or_default().join(","),
                search: of("search"),
                below: of("below"),
                due: of("due"),
                kind: of("kind"),
                year: of("year"),
                school: of("school"),
                bureau: of("bureau"),
                after: of("after"),
                undo: of("undo"),
            }
        })
    });
    let data = fetched(move || (source.get(), query.get()), |((province, _), query)| queue(province, query));
    page("审核列表", data, |frame, view: QueueView| {
        let state = FormState::new([("case", "申请")], None);
        let has_bureaus = view.query.below == "1";
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
            {if view.lines.is_empty() { nothing(&view) } else { table(&frame, view.lines, has_bureaus) }}
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
pub(super) fn address(frame: &Frame, query: &QueueQuery) -> String {
    let QueueQuery { status, search, below, due, kind, year, school, bureau, after, undo: _ } = query;
    let questions = [
        ("status", status.as_str()),
        ("search", search),
        ("below", below),
        ("due", due),
        ("kind", kind),
        ("year", year),
        ("school", school),
        ("bureau", bureau),
        ("after", after),
    ];
    crate::ui::search::address(&frame.path("staff/queue"), &questions)
}

fn nothing(view: &QueueView) -> AnyView {
    let query = &view.query;
    let what = query.statuses().into_iter().map(words::status).collect::<Vec<_>>().join("、");
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
    if [&query.kind, &query.year, &query.school, &query.bureau].into_iter().any(|chosen| !chosen.is_empty()) {
        return empty("没有找到符合条件的申请", format!("所选的范围内没有状态为“{what}”的申请。可以换一个状态，或者去掉筛选。"));
    }
    empty("这里没有申请", format!("目前没有状态为“{what}”的申请。新的申请提交后会出现在“待审核”中。"))
}

/// What every line would say the same of, where the list is that of one bureau.
const BUREAU: &str = "财政局";

/// The columns: what each is called, and its class.
const COLUMNS: [(&str, &str); 12] = [
    ("编号", ""),
    ("申请人", ""),
    ("业务", ""),
    (BUREAU, ""),
    ("次数", "number"),
    ("自动核对", ""),
    ("材料", "number"),
    ("提交时间", ""),
    ("应办结日期", ""),
    ("剩余工作日", ""),
    ("状态", ""),
    ("审核人", ""),
];

/// Its rows are written as one text on the server.
fn table(frame: &Frame, lines: Vec<QueueLine>, has_bureaus: bool) -> AnyView {
    let heads = COLUMNS.into_iter().filter(|(name, _)| has_bureaus || *name != BUREAU).map(|(name, class)| {
        let sorted = (name == "应办结日期").then_some("ascending");
        view! { <th scope="col" role="columnheader" class=class aria-sort=sorted>{name}</th> }
    });
    let heads = heads.collect_view();
    let rows = lines::rows(lines.into_iter().map(|line| row(frame, line, has_bureaus)).collect());
    let width = if has_bureaus { "" } else { " table-wrap--short" };
    view! {
        <div class=format!("table-wrap table-wrap--cards table-wrap--lines{width}") tabindex="0" role="region" aria-label="申请列表">
            <table role="table">
                <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What the column calls working days already.
fn left(days: i64) -> String {
    match days {
        0 => "今天".to_owned(),
        1.. => format!("{days} 天"),
        _ => format!("超 {} 天", -days),
    }
}

fn row(frame: &Frame, line: QueueLine, has_bureaus: bool) -> Row {
    let rest = match line.status {
        Status::Submitted => {
            let (word, class) = words::urgency(line.urgency);
            Piece::Marked { class, words: format!("{}（{word}）", left(line.working_days_left)) }
        }
        Status::Draft | Status::Returned | Status::Approved | Status::Closed => Piece::said("—"),
    };
    let doubts = match line.doubts {
        0 => Piece::said("无疑点"),
        n => Piece::Marked { class: "tag tag--orange", words: format!("{n} 处疑点") },
    };
    // Its year is that of the day when it is due.
    let at = format::instant(line.submitted_at);
    let at = at.split_once('年').map_or(at.as_str(), |(_, rest)| rest).to_owned();
    let submitted = Piece::Time { at: format::machine(line.submitted_at), words: at };
    let state = Piece::Marked { class: words::status_class(line.status), words: words::status(line.status).to_owned() };
    let urged = line.is_urged.then(|| Piece::Marked { class: "tag tag--orange", words: "已催办".to_owned() });
    let cells = [
        vec![Piece::Words(line.applicant)],
        vec![Piece::said(frame.site.province.line(line.kind))],
        vec![Piece::Words(line.bureau_name)],
        vec![Piece::said(line.round)],
        vec![doubts],
        vec![Piece::said(line.papers)],
        vec![submitted],
        vec![Piece::Words(format::date(line.due_on))],
        vec![rest],
        urged.map_or_else(|| vec![state.clone()], |urged| vec![state.clone(), Piece::said(" "), urged]),
        vec![line.holder.map_or_else(|| Piece::said("—"), Piece::Words)],
    ];
    let of_columns = COLUMNS.into_iter().skip(1).zip(cells);
    Row {
        href: frame.path(&format!("staff/cases/{}", line.id)),
        number: line.number,
        cells: of_columns
            .filter(|((name, _), _)| has_bureaus || *name != BUREAU)
            .map(|((label, class), pieces)| Cell { label, class, pieces })
            .collect(),
    }
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
