//! 行政处罚登记: what a bureau entered, and the form of another penalty. No script: the decision comes with the form in one post.

mod correct;
mod form;

use domain::case::Status;
use domain::integrity::forms::PenaltyForm;
use domain::integrity::objection::ObjectionLine;
use domain::integrity::view::{PenaltiesView, PenaltyLine};
use domain::province::Profile;
use leptos::prelude::*;

pub use self::correct::{Retyped, correction};
use super::verify::framed;
use crate::ui::{format, words};

/// What a post came back with, and what was typed: the list is the same.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<PenaltyForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// 受理编号 of what was entered a moment ago; may be empty.
    pub done: String,
}

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn penalties(profile: &Profile, style: &str, view: PenaltiesView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "行政处罚登记" } else { "错误：行政处罚登记" };
    let lead = format!(
        "登记本财政局管理的会计人员受到的行政处罚。录入后由另一位工作人员在审核台与处罚决定书核对，确认后记入诚信档案并告知本人。自决定之日起 {} 个工作日内完成。",
        view.record_working_days
    );
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = (!typed.done.is_empty()).then(|| {
        let text = format!("已录入，受理编号 {}，等待另一位工作人员确认。", typed.done);
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/staff/desk", profile.key)>"工作台"</a></li>
                <li aria-current="page">{view.name.clone()}</li>
            </ol>
        </nav>
        <h1>{view.name.clone()}</h1>
        <p class="lead">{lead}</p>
        {trouble}
        {done}
        {asked(profile, &view)}
        {form::form(profile, &view, &typed)}
        <section aria-labelledby="entered">
            <h2 id="entered">{format!("{}录入的行政处罚", view.bureau_name)}</h2>
            {table(profile, &view)}
        </section>
    };
    framed(profile, style, title, body.into_any())
}

/// The objections that the bureau has to answer: in the cockpit, or by a correction here.
fn asked(profile: &Profile, view: &PenaltiesView) -> Option<AnyView> {
    let key = &profile.key;
    let line = |of: &ObjectionLine| {
        let late = (of.due_on < view.today).then(|| view! { " " <span class="tag tag--red">"已超期"</span> });
        let (cockpit, correct) =
            (format!("/{key}/staff/cases/{}", of.case), format!("/{key}/staff/penalties/correct?case={}", of.case));
        view! {
            <li>
                <p><strong>{of.name.clone()}</strong>{format!("：{}", of.of)}{late}</p>
                <p class="hint">{format!("受理编号 {}，{}前答复。", of.number, format::date(of.due_on))}</p>
                <p class="button-row">
                    <a class="button button--secondary" href=cockpit>"撤下或者维持"<span class="hidden-visually">{format!("：{}", of.number)}</span></a>
                    <a class="button button--secondary" href=correct>"更正"<span class="hidden-visually">{format!("：{}", of.number)}</span></a>
                </p>
            </li>
        }
    };
    (!view.objections.is_empty()).then(|| {
        view! {
            <section aria-labelledby="asked">
                <h2 id="asked">"等待答复的异议"</h2>
                <ul class="ledger">{view.objections.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn table(profile: &Profile, view: &PenaltiesView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">"还没有录入过行政处罚。"</p> }.into_any();
    }
    let rows = view.lines.iter().map(|line| row(profile, view, line)).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="行政处罚列表">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"决定书文号"</th>
                        <th scope="col">"姓名"</th>
                        <th scope="col">"处罚种类"</th>
                        <th scope="col">"决定日期"</th>
                        <th scope="col">"状态"</th>
                        <th scope="col">"登记期限"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(profile: &Profile, view: &PenaltiesView, line: &PenaltyLine) -> AnyView {
    let (state, class) = match (line.status, line.ban) {
        (Status::Approved, Some((_, true))) => ("限制从业", "tag tag--red"),
        (Status::Approved, Some((_, false))) => ("限制从业已到期", "tag tag--grey"),
        (Status::Approved, None) => ("已记入", "tag tag--green"),
        (Status::Submitted, _) => ("等待确认", "tag tag--orange"),
        (Status::Closed, _) => ("已撤销", "tag tag--grey"),
        (status, _) => (words::status(status), words::status_class(status)),
    };
    let until = line.ban.map(|(ban, _)| view! { <p class="hint">{ban.words()}</p> });
    let is_open = matches!(line.status, Status::Submitted | Status::Returned);
    let late = (is_open && line.due_on < view.today).then(|| view! { " " <span class="tag tag--red">"已超期"</span> });
    let again = (line.status == Status::Returned).then(|| {
        let href = format!("/{}/staff/penalties?again={}", profile.key, line.case);
        view! {
            <p>{format!("原因：{}", line.reason)}</p>
            <p><a href=href>"核对后重新录入"<span class="hidden-visually">{format!("：{}", line.number)}</span></a></p>
        }
    });
    let said = (!line.objection.is_empty()).then(|| view! { <p class="hint">{format!("异议：{}", line.objection)}</p> });
    let href = format!("/{}/staff/cases/{}", profile.key, line.case);
    view! {
        <tr>
            <th scope="row"><a href=href>{line.number.clone()}</a></th>
            <td>{line.name.clone()}</td>
            <td>{line.kinds.clone()}</td>
            <td>{format::date(line.decided_on)}</td>
            <td><span class=class>{state}</span>{until}{said}{again}</td>
            <td>{format::date(line.due_on)}{late}</td>
        </tr>
    }
    .into_any()
}
