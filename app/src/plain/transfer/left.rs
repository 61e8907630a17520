//! 已调出: what a bureau decided of people who went to another one.

use domain::province::Profile;
use domain::transfer::view::{LeftLine, LeftView};
use leptos::prelude::*;

use super::super::rows::table;
use super::super::verify::framed;
use crate::ui::format;

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn left(profile: &Profile, style: &str, view: LeftView) -> String {
    let lead = format!("档案调转到其他财政局的会计人员，{}办理过的申请仍然可以在这里查看，不能再办理。", view.bureau_name);
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/staff/desk", profile.key)>"工作台"</a></li>
                <li aria-current="page">"已调出"</li>
            </ol>
        </nav>
        <h1>"已调出"</h1>
        <p class="lead">{lead}</p>
        {lines(profile, &view)}
    };
    framed(profile, style, "已调出", body.into_any())
}

fn lines(profile: &Profile, view: &LeftView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">"还没有调出的会计人员。"</p> }.into_any();
    }
    let row = |line: &LeftLine| {
        let href = format!("/{}/staff/cases/{}", profile.key, line.case);
        vec![
            view! { <a href=href>{line.number.clone()}</a> }.into_any(),
            line.kind_name.clone().into_any(),
            line.applicant.clone().into_any(),
            line.bureau_name.clone().into_any(),
            format::date(line.left_on).into_any(),
        ]
    };
    let heads = ["受理编号", "业务", "姓名", "现在的财政局", "调出日期"];
    table("已调出的申请".into(), &heads, view.lines.iter().map(row).collect())
}
