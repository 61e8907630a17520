//! 诚信信息导出: the file for the national platform. No script: the form answers with the file, or with the page again.

use domain::integrity::export::{ExportForm, MOST_DAYS, MOST_ENTRIES};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::frame::framed;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed.
    pub form: ExportForm,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
}

/// The page of an administrator of the province. `style` is the address of the style sheet.
#[must_use]
pub fn integrity_export(profile: &Profile, style: &str, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "诚信信息导出" } else { "错误：诚信信息导出" };
    let key = &profile.key;
    let trouble = typed.trouble.map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text}</p></div> });
    let seen = Seen { form: &typed.form, faults: &typed.faults };
    let option = |(code, label): (&'static str, &'static str)| {
        view! { <option value=code selected=typed.form.what == code>{label}</option> }
    };
    let options = [("all", "奖励和行政处罚"), ("reward", "奖励"), ("penalty", "行政处罚")].map(option);
    let limit = format!("最多 {MOST_DAYS} 天、{MOST_ENTRIES} 条。");
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/staff/imports")>"数据导入"</a></li>
                <li aria-current="page">"诚信信息导出"</li>
            </ol>
        </nav>
        <h1>"诚信信息导出"</h1>
        <p class="lead">"导出一段时间内记入或者撤下的诚信信息，用于报送全国平台。已撤下的记录只有编号和状态；每条行政处罚注明现在是否公开。"</p>
        {trouble}
        <form class="card stack" method="post" action=format!("/{key}/staff/integrity-export") aria-labelledby="span">
            <h2 id="span">"导出的范围"</h2>
            {seen.text("from", "开始日期", "例如 20260101。", &typed.form.from)}
            {seen.text("to", "截止日期", "例如 20260630。", &typed.form.to)}
            <div class="field">
                <label for="what">"内容"</label>
                {seen.said("what")}
                <select id="what" name="what" aria-describedby=seen.described("what", false) aria-invalid=seen.invalid("what")>
                    {options.into_iter().collect_view()}
                </select>
            </div>
            <p class="hint">{limit}"文件中有完整的证件号码，每次导出都有记录。"</p>
            <div class="button-row"><button type="submit" class="button">"导出"</button></div>
        </form>
    };
    framed(profile, style, title, body.into_any())
}
