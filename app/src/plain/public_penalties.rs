//! 行政处罚公示, for everybody. No script, no session, and nothing of it for robots.

use domain::integrity::public::{PublicForm, PublicLine};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::verify::framed;
use crate::ui::format;

/// The page of a province. `style` is the address of the style sheet, `form` what was asked, `lines` the answer; `None` where the question
/// has faults.
#[must_use]
pub fn public_penalties(
    profile: &Profile,
    style: &str,
    (form, faults): (PublicForm, Vec<(&'static str, String)>),
    lines: Option<Vec<PublicLine>>,
) -> String {
    let title = if faults.is_empty() { "行政处罚公示" } else { "错误：行政处罚公示" };
    let is_asked = !form.name.trim().is_empty();
    let seen = Seen { form, faults: &faults };
    let action = format!("/{}/public-penalties", profile.key);
    let body = view! {
        {summary(&faults)}
        <h1>"行政处罚公示"</h1>
        <p class="lead">"会计人员受到的行政处罚，按照规定的期限公示，期满后不再显示。有异议的，请本人登录后在诚信档案中提出。"</p>
        <form class="card stack form--two" method="post" action=action aria-labelledby="search">
            <h2 id="search">"查询"</h2>
            {seen.text("name", "姓名", "", &seen.form.name)}
            {seen.text("document_end", "证件号码的最后 4 位", "最后一位是字母 X 的，也要填写。", &seen.form.document_end)}
            <div class="button-row"><button type="submit" class="button">"查询"</button></div>
        </form>
        {lines.map(|lines| list(&lines, is_asked))}
    };
    framed(profile, style, title, body.into_any())
}

fn list(lines: &[PublicLine], is_asked: bool) -> AnyView {
    let title = if is_asked { "查询结果" } else { "最近公示" };
    let body = match (lines.is_empty(), is_asked) {
        (true, true) => view! { <p class="empty">"没有查到正在公示的行政处罚。"</p> }.into_any(),
        (true, false) => view! { <p class="empty">"现在没有正在公示的行政处罚。"</p> }.into_any(),
        (false, _) => view! { <ul class="ledger">{lines.iter().map(line).collect_view()}</ul> }.into_any(),
    };
    view! { <section class="stack" id="answer" aria-labelledby="answer-title"><h2 id="answer-title">{title}</h2>{body}</section> }
        .into_any()
}

fn line(of: &PublicLine) -> AnyView {
    let who = format!("（证件号码最后 4 位：{}）", of.document_end);
    let facts = format!("{} 决定于 {}，{}。", of.body, format::date(of.decided_on), of.number);
    let ban = of.ban.map(|ban| view! { <p>{format!("不得从事会计工作的期限：{}。", ban.words())}</p> });
    view! {
        <li>
            <p><strong>{of.name.clone()}</strong>{who}</p>
            <p>{of.kinds.clone()}</p>
            {ban}
            <p>{facts}</p>
            <p class="hint">{format!("依据：{}。公示期限：{}。", of.basis, of.until.words())}</p>
        </li>
    }
    .into_any()
}
