//! 学分导出: the file for the national platform. No script: the form answers with the file, or with the page again.

use domain::national::credits::PeriodForm;
use domain::national::view::ExportView;
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::frame::framed;
use crate::ui::format;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed.
    pub form: PeriodForm,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
}

/// The page of an administrator of the province. `style` is the address of the style sheet.
#[must_use]
pub fn credits_export(profile: &Profile, style: &str, view: &ExportView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "学分导出" } else { "错误：学分导出" };
    let key = &profile.key;
    let trouble = typed.trouble.map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text}</p></div> });
    let seen = Seen { form: &typed.form, faults: &typed.faults };
    let limit = format!("最多一年、{} 条，截止日期最晚是 {}。", view.most, format::date(view.until));
    let lead = format!("导出一段时间内登记的继续教育学分，用于报送{}。撤销的学分是一条负数，并注明冲销哪一条。", view.platform);
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/staff/imports")>"数据导入"</a></li>
                <li aria-current="page">"学分导出"</li>
            </ol>
        </nav>
        <h1>"学分导出"</h1>
        <p class="lead">{lead}</p>
        {trouble}
        <form class="card stack" method="post" action=format!("/{key}/staff/credits-export") aria-labelledby="span">
            <h2 id="span">"登记学分的日期"</h2>
            {seen.text("from", "开始日期", "例如 20260101。", &typed.form.from)}
            {seen.text("until", "截止日期", "例如 20260630。", &typed.form.until)}
            <p class="hint">{limit}"文件中有完整的证件号码，每次导出都有记录。"</p>
            <div class="button-row"><button type="submit" class="button">"导出"</button></div>
        </form>
    };
    framed(profile, style, title, body.into_any())
}
