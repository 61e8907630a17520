//! 工作台: what waits, how long, and what was decided.

use domain::account::view::ProvinceWords;
use domain::answer::{Answer, Notice};
use domain::case::{CaseKind, Status};
use domain::review::Due;
use domain::review::view::{DeskView, LineCount};
use leptos::prelude::*;

use super::api::desk;
use super::staged::staged as recent;
use crate::site::{fetched, use_source};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::{Frame, page};
use crate::ui::words;

/// 工作台.
#[component]
pub fn DeskPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| desk(province));
    page("工作台", data, |frame, view: DeskView| {
        let state = FormState::new([("case", "申请")], None);
        let DeskView { bureau_name, reviewer, waiting, due, lines, own, ages, decided, below, urged_below, staged } = view;
        view! {
            <ErrorSummary state=state />
            {recent(&frame.key, &staged)}
            <h1 tabindex="-1">"工作台"</h1>
            <p class="lead">{format!("{reviewer}，{bureau_name}")}</p>
            <div class="button-row">
                <NextCase state=state province=frame.key.clone() after=String::new() />
                <a class="button button--secondary" href=frame.path("staff/queue")>"审核列表"</a>
                <a class="button button--secondary" href=frame.path("staff/counter")>"窗口办理"</a>
                {closings(&frame)}
                {readings(&frame)}
                {transfers(&frame)}
                <a class="button button--secondary" href=frame.path("staff/questions") rel="external">"咨询答复"</a>
            </div>
            <h2>"待审核"</h2>
            {cards(&frame, waiting.values().sum(), &due, own)}
            {by_line(&frame, &lines)}
            <div class="columns">
                <section aria-labelledby="desk-ages">
                    <h2 id="desk-ages">"按等待时间"</h2>
                    {by_age(ages)}
                </section>
                <section aria-labelledby="desk-decided">
                    <h2 id="desk-decided">"已处理"</h2>
                    {by_status("本财政局已处理的申请", decided, &frame.site.province)}
                </section>
                {below
                    .map(|below| {
                        view! {
                            <section aria-labelledby="desk-below">
                                <h2 id="desk-below">"下级财政局"</h2>
                                {by_status("下级财政局的申请", below, &frame.site.province)}
                                {urged(urged_below)}
                                <p><a href=frame.path("staff/queue?below=1")>"查看下级财政局的审核列表"</a></p>
                            </section>
                        }
                    })}
            </div>
        }
    })
}

/// What the people of the bureaus below urged: whoever is above those is told.
fn urged(cases: i64) -> Option<AnyView> {
    (cases > 0).then(|| {
        view! { <p class="notice notice--warning">{format!("下级财政局有 {cases} 件申请超过预计的答复日期，申请人已经催办。")}</p> }.into_any()
    })
}

/// The way to what has left the bureau by 调转, a page without the program, where the province has that.
fn transfers(frame: &Frame) -> Option<AnyView> {
    let has_them = frame.site.province.after_approval.iter().any(|item| item.key == "transfer");
    has_them.then(|| {
        view! { <a class="button button--secondary" href=frame.path("staff/transfers") rel="external">"已调出"</a> }.into_any()
    })
}

/// The way to what the portal has for the staff, pages without the program.
fn readings(frame: &Frame) -> AnyView {
    view! { <a class="button button--secondary" href=frame.path("staff/reading") rel="external">"通知和政策"</a> }.into_any()
}

/// The way to 档案关闭登记, a page without the program.
fn closings(frame: &Frame) -> AnyView {
    let name = frame.site.province.line(CaseKind::Closing).to_owned();
    view! { <a class="button button--secondary" href=frame.path("staff/closings") rel="external">{name}</a> }.into_any()
}

/// 审核下一件. With nothing left it says so where one is.
#[component]
pub(super) fn NextCase(state: FormState, province: String, after: String) -> impl IntoView {
    let stay = Callback::new(move |answer: Answer| answer.notice == Some(Notice::Done));
    let nothing_left = move || state.notice.get() == Some(Notice::Done);
    view! {
        <PostForm action="/api/review/next" state=state province=province on_answer=stay>
            <input type="hidden" name="form[case]" value=after />
            <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"审核下一件"</button>
            <p class="live live--shown" role="status">
                {move || nothing_left().then_some("目前没有可以接手的申请：都已处理，或者其他人正在审核。")}
            </p>
        </PostForm>
    }
}

/// The counts, each of which is the way to the list that it counts.
fn cards(frame: &Frame, total: i64, due: &[(Due, i64)], own: (i64, i64)) -> AnyView {
    let card = |query: String, count: i64, label: &'static str, class: &'static str| {
        let href = frame.path(&format!("staff/queue{query}"));
        view! { <li><a class=class href=href><strong>{count}</strong><span>{label}</span></a></li> }
    };
    let each = due.iter().map(|(due, count)| {
        let label = due_label(*due);
        // Red means something, and nothing is overdue where there is none.
        let class = if *due == Due::Overdue && *count > 0 { "urgency urgency--overdue" } else { "" };
        card(format!("?due={}", due.code()), *count, label, class)
    });
    let cards = each.collect_view();
    view! {
        <ul class="stat-cards">{card(String::new(), total, "全部待审核", "")} {cards}</ul>
        <p class="muted">{format!("您今天办结 {} 件，最近十四天 {} 件。", own.0, own.1)}</p>
    }
    .into_any()
}

/// When a case is due, in words.
pub(super) fn due_label(due: Due) -> &'static str {
    match due {
        Due::Overdue => "已超期",
        Due::Today => "今天到期",
        Due::Week => "本周到期",
    }
}

/// What waits of each kind, each count the way to the list that it counts.
fn by_line(frame: &Frame, lines: &[LineCount]) -> AnyView {
    if lines.is_empty() {
        return ().into_any();
    }
    let rows = lines.iter().map(|line| {
        let name = frame.site.province.line(line.kind).to_owned();
        let href = frame.path(&format!("staff/queue?kind={}", line.kind.code()));
        let spoken = format!("件{name}");
        let due = line.due.iter().map(|(due, count)| {
            let label = due_label(*due);
            let href = frame.path(&format!("staff/queue?kind={}&due={}", line.kind.code(), due.code()));
            let name = format!("件{name}，{label}");
            let count = match *count {
                0 => "0".into_any(),
                count => view! { <a href=href>{count}<span class="hidden-visually">{name}</span></a> }.into_any(),
            };
            view! { <td class="number" data-label=label>{count}</td> }
        });
        let due = due.collect_view();
        let oldest = if line.oldest == 0 { "今天提交".to_owned() } else { format!("{} 个工作日", line.oldest) };
        view! {
            <tr>
                <th scope="row">{name}</th>
                <td class="number" data-label="待审核"><a href=href>{line.waiting}<span class="hidden-visually">{spoken}</span></a></td>
                {due}
                <td data-label="最长等待">{oldest}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let due = [Due::Overdue, Due::Today, Due::Week].map(|due| view! { <th scope="col" class="number">{due_label(due)}</th> });
    view! {
        <section aria-labelledby="desk-lines">
            <h2 id="desk-lines">"按业务"</h2>
            <div class="table-wrap table-wrap--cards" tabindex="0" role="region" aria-label="待审核的申请，按业务">
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"业务"</th>
                            <th scope="col" class="number">"待审核"</th>
                            {due.into_iter().collect_view()}
                            <th scope="col">"最长等待"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn by_age(ages: Vec<(i64, i64)>) -> AnyView {
    if ages.is_empty() {
        return empty("目前没有待审核的申请", "新的申请提交后会出现在这里。");
    }
    let rows = ages
        .into_iter()
        .rev()
        .map(|(age, cases)| {
            let age = if age == 0 { "今天提交".to_owned() } else { format!("{age} 个工作日") };
            view! { <tr><th scope="row">{age}</th><td class="number">{cases}</td></tr> }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="待审核的申请，按等待时间">
            <table>
                <thead><tr><th scope="col">"已等待"</th><th scope="col" class="number">"件数"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn by_status(name: &'static str, counts: Vec<(CaseKind, Status, i64)>, province: &ProvinceWords) -> AnyView {
    if counts.is_empty() {
        return empty("还没有记录", "处理过的申请会按业务和状态统计在这里。");
    }
    let rows = counts
        .into_iter()
        .map(|(kind, status, cases)| {
            view! {
                <tr>
                    <th scope="row">{province.line(kind).to_owned()}</th>
                    <td><span class=words::status_class(status)>{words::status(status)}</span></td>
                    <td class="number">{cases}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=name>
            <table>
                <thead>
                    <tr>
                        <th scope="col">"业务"</th>
                        <th scope="col">"状态"</th>
                        <th scope="col" class="number">"件数"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

pub(super) fn empty(what: &'static str, why: impl Into<String>) -> AnyView {
    view! { <div class="empty"><strong>{what}</strong><p>{why.into()}</p></div> }.into_any()
}
