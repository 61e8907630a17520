//! 整理常见问题: what bureaus answered, each with a button that makes a draft of it. No script.

use domain::province::Profile;
use domain::question::{SettledLine, SettledView};
use leptos::prelude::*;

use super::frame::framed;
use super::questions::paragraphs;
use crate::ui::format;

/// The page of whoever keeps the texts. `style` is the address of the style sheet.
#[must_use]
pub fn settled(profile: &Profile, style: &str, view: SettledView) -> String {
    let key = &profile.key;
    let lines = match view.lines.is_empty() {
        true => view! { <p class="empty">"还没有答复过的咨询。"</p> }.into_any(),
        false => {
            let lines = view.lines.iter().map(|line| one(key, line)).collect_view();
            view! { <ul class="stack">{lines}</ul> }.into_any()
        }
    };
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/staff/texts?kind=questions")>"常见问题"</a></li>
                <li aria-current="page">"从咨询整理"</li>
            </ol>
        </nav>
        <h1>"从咨询整理常见问题"</h1>
        <p class="lead">"各财政局最近答复的咨询。姓名和号码已经隐去；整理成草稿以后，请核对没有其他能认出本人的内容，再发布。"</p>
        {lines}
    };
    framed(profile, style, "从咨询整理常见问题", body.into_any())
}

fn one(key: &str, line: &SettledLine) -> AnyView {
    let base = format!("/{key}/staff");
    let act = match line.draft.as_str() {
        "" => view! {
            <form method="post" action=format!("{base}/answers")>
                <input type="hidden" name="question" value=line.id.clone() />
                <div class="button-row">
                    <button type="submit" class="button button--secondary">"整理为常见问题草稿"</button>
                </div>
            </form>
        }
        .into_any(),
        draft => view! { <p><a class="way" href=format!("{base}/texts/{draft}")>"查看已整理的内容"</a></p> }.into_any(),
    };
    view! {
        <li class="card stack">
            <h2>{line.page.term()}</h2>
            {paragraphs(&line.text)}
            <div class="notice">
                <h3>{format!("{}，{}答复", line.bureau_name, format::instant(line.answered_at))}</h3>
                {paragraphs(&line.answer)}
            </div>
            {act}
        </li>
    }
    .into_any()
}
