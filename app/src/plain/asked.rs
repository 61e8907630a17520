//! 咨询 as a bureau answers it: what is not answered, each with its form, and what was answered last. No script.

use domain::province::Profile;
use domain::question::{AnswerForm, AskedView, LONGEST_ANSWER, QuestionLine};
use leptos::prelude::*;

use super::questions::{asked as question, escaped, paragraphs};
use super::verify::framed;
use crate::ui::format;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Told {
    /// What was typed.
    pub form: AnswerForm,
    /// What is wrong with it.
    pub fault: Option<String>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// Whether something was answered a moment ago.
    pub is_done: bool,
}

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn asked(profile: &Profile, style: &str, view: AskedView, told: Told) -> String {
    let title = if told.fault.is_none() { "咨询答复" } else { "错误：咨询答复" };
    let trouble =
        told.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = told
        .is_done
        .then(|| view! { <div class="notice notice--success" role="status"><p>"已答复，并在站内信中告知本人。"</p></div> });
    let open = view.open.iter().map(|line| waiting(profile, &view, line, &told)).collect_view();
    let folder = format!("/{}/staff/questions", profile.key);
    let answered = view.answered.iter().map(|line| settled(&folder, line)).collect_view();
    let nothing = view.open.is_empty().then(|| view! { <p class="empty">"没有等待答复的咨询。"</p> });
    let settled = (!view.answered.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="answered">
                <h2 id="answered">"最近答复的"</h2>
                <ul class="stack">{answered}</ul>
            </section>
        }
    });
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/staff/desk", profile.key)>"工作台"</a></li>
                <li aria-current="page">"咨询答复"</li>
            </ol>
        </nav>
        <h1>"咨询答复"</h1>
        <p class="lead">{format!("本财政局管理的会计人员向{}提出的问题。答复在站内信中告知本人，提交后不能修改。", view.bureau_name)}</p>
        {trouble}
        {done}
        <section class="stack" aria-labelledby="open">
            <h2 id="open">{format!("等待答复（{}）", view.open.len())}</h2>
            {nothing}
            <ul class="stack">{open}</ul>
        </section>
        {settled}
    };
    framed(profile, style, title, body.into_any())
}

fn waiting(profile: &Profile, view: &AskedView, line: &QuestionLine, told: &Told) -> AnyView {
    let folder = format!("/{}/staff/questions", profile.key);
    let is_typed = told.form.question == line.id;
    let fault = told.fault.clone().filter(|_| is_typed);
    let typed = if is_typed { escaped(&told.form.text) } else { String::new() };
    let (field, hint) = (format!("text-{}", line.id), format!("text-{}-hint", line.id));
    let (target, described, error) = (field.clone(), hint.clone(), format!("text-{}-error", line.id));
    let described = if fault.is_some() { format!("{described} {error}") } else { described };
    let invalid = fault.is_some().then_some("true");
    let fault = fault.map(|said| view! { <p class="field__error" id=error>{said}</p> });
    let late = (line.due_on < view.today).then(|| view! { " " <span class="tag tag--red">"已超期"</span> });
    view! {
        <li class="card stack">
            {question(&folder, line)}
            <p>{format!("请在 {} 前答复。", format::date(line.due_on))}{late}</p>
            <form class="stack" method="post" action=folder.clone() data-keeps="yes">
                <input type="hidden" name="question" value=line.id.clone() />
                <div class="field">
                    <label for=target>{format!("答复{}", line.name)}</label>
                    <p class="field__hint" id=hint>{format!("最多 {LONGEST_ANSWER} 字。")}</p>
                    {fault}
                    <textarea id=field name="text" rows="4" aria-describedby=described aria-invalid=invalid inner_html=typed></textarea>
                </div>
                <div class="button-row"><button type="submit" class="button">"答复"</button></div>
            </form>
        </li>
    }
    .into_any()
}

fn settled(folder: &str, line: &QuestionLine) -> AnyView {
    let answer = line.answer.as_ref().map(|(text, at)| {
        view! { <p class="muted">{format!("{}答复", format::instant(*at))}</p> {paragraphs(text)} }
    });
    view! { <li class="card stack">{question(folder, line)} {answer}</li> }.into_any()
}
