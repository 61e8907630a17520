//! 档案关闭登记: what a bureau entered, and the form of another closing. No script: the proof comes with the form in one post.

mod form;

use domain::case::Status;
use domain::closing::forms::ClosingForm;
use domain::closing::view::{ClosingLine, ClosingsView};
use domain::province::Profile;
use leptos::prelude::*;

use super::verify::framed;
use crate::ui::{format, words};

/// What a post came back with, and what was typed: the list is the same.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<ClosingForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// 受理编号 of what was entered a moment ago; may be empty.
    pub done: String,
}

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn closings(profile: &Profile, style: &str, view: ClosingsView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "档案关闭登记" } else { "错误：档案关闭登记" };
    let lead = "登记本财政局管理的会计人员离退休、不再从事会计工作或者死亡。录入后由另一位工作人员在审核台与证明材料核对，确认后档案关闭并告知本人。档案只关闭，不删除；本人恢复从事会计工作的，重新办理信息采集后档案恢复。";
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = (!typed.done.is_empty()).then(|| {
        let text = format!("已录入，受理编号 {}，等待另一位工作人员确认。", typed.done);
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let merges = view.may_merge.then(|| {
        view! { <p><a href=format!("/{}/staff/merges", profile.key)>"查看疑似重复的账号"</a></p> }
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
        {merges}
        {trouble}
        {done}
        {form::form(profile, &view, &typed)}
        <section aria-labelledby="entered">
            <h2 id="entered">{format!("{}录入的档案关闭", view.bureau_name)}</h2>
            {table(profile, &view)}
        </section>
    };
    framed(profile, style, title, body.into_any())
}

fn table(profile: &Profile, view: &ClosingsView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">"还没有录入过档案关闭。"</p> }.into_any();
    }
    let rows = view.lines.iter().map(|line| row(profile, line)).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label="档案关闭列表">
            <table>
                <thead>
                    <tr>
                        <th scope="col">"受理编号"</th>
                        <th scope="col">"姓名"</th>
                        <th scope="col">"关闭原因"</th>
                        <th scope="col">"发生日期"</th>
                        <th scope="col">"状态"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(profile: &Profile, line: &ClosingLine) -> AnyView {
    let (state, class) = match (line.status, line.is_over) {
        (Status::Approved, false) => ("档案已关闭", "tag tag--grey"),
        (Status::Approved, true) => ("档案已恢复", "tag tag--green"),
        (Status::Submitted, _) => ("等待确认", "tag tag--orange"),
        (Status::Closed, _) => ("已撤销", "tag tag--grey"),
        (status, _) => (words::status(status), words::status_class(status)),
    };
    let again = (line.status == Status::Returned).then(|| {
        let href = format!("/{}/staff/closings?again={}", profile.key, line.case);
        view! {
            <p>{format!("原因：{}", line.reason)}</p>
            <p><a href=href>"核对后重新录入"<span class="hidden-visually">{format!("：{}", line.name)}</span></a></p>
        }
    });
    let href = format!("/{}/staff/cases/{}", profile.key, line.case);
    view! {
        <tr>
            <th scope="row"><a href=href>{line.case_number.clone()}</a></th>
            <td>{line.name.clone()}</td>
            <td>{line.cause.term()}</td>
            <td>{format::date(line.since)}</td>
            <td><span class=class>{state}</span>{again}</td>
        </tr>
    }
    .into_any()
}
