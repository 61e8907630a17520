//! 咨询 of a person: what they asked their bureau, and the form of another question. No script: the pictures come with the form in one
//! post.

use domain::province::Profile;
use domain::question::{AboutPage, LONGEST, MOST_PICTURES, QuestionForm, QuestionLine, QuestionsView};
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::verify::framed;
use crate::ui::format;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed.
    pub form: QuestionForm,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// Whether a question was sent a moment ago.
    pub is_done: bool,
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn questions(profile: &Profile, style: &str, view: QuestionsView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "咨询" } else { "错误：咨询" };
    let key = &profile.key;
    let lead = format!("向{}提问，{} 个工作日内在站内信中答复。", view.bureau_name, view.answer_working_days);
    let phone = (!view.phone.is_empty())
        .then(|| view! { <p>{format!("急事请打电话：{}，{}。", view.phone, view.hours.trim_end_matches('。'))}</p> });
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = typed.is_done.then(|| {
        view! { <div class="notice notice--success" role="status"><p>"已提交。答复会在站内信中告知您，也显示在本页。"</p></div> }
    });
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/home")>"个人中心"</a></li>
                <li aria-current="page">"咨询"</li>
            </ol>
        </nav>
        <h1>"咨询"</h1>
        <p class="lead">{lead}</p>
        <p>"提问前可以先看"<a href=format!("/{key}/texts/questions")>"常见问题"</a>"。"</p>
        {phone}
        {trouble}
        {done}
        {form(profile, &view, &typed)}
        <section class="stack" aria-labelledby="mine">
            <h2 id="mine">"我的咨询"</h2>
            {mine(profile, &view)}
        </section>
    };
    framed(profile, style, title, body.into_any())
}

fn form(profile: &Profile, view: &QuestionsView, typed: &Typed) -> AnyView {
    let seen = Seen { form: &typed.form, faults: &typed.faults };
    let option = |page: &AboutPage| {
        let code = page.code();
        view! { <option value=code selected=typed.form.page == code>{page.term()}</option> }
    };
    // A key is given out once; a form that came back is the same attempt.
    let request_key = if typed.form.request_key.is_empty() { &view.request_key } else { &typed.form.request_key };
    view! {
        <form class="card stack" method="post" action=format!("/{}/questions/ask", profile.key) enctype="multipart/form-data" data-keeps="yes" aria-labelledby="new">
            <h2 id="new">"提问"</h2>
            <input type="hidden" name="request_key" value=request_key.clone() />
            <div class="field">
                <label for="page">"关于哪个页面"</label>
                {seen.said("page")}
                <select id="page" name="page" aria-describedby=seen.described("page", false) aria-invalid=seen.invalid("page")>
                    {AboutPage::ALL.iter().map(option).collect_view()}
                </select>
            </div>
            <div class="field">
                <label for="text">"问题"</label>
                <p class="field__hint" id="text-hint">{format!("写清楚做到哪一步、看到什么提示，最多 {LONGEST} 字。请不要填写密码和验证码。")}</p>
                {seen.said("text")}
                <textarea id="text" name="text" rows="6" aria-describedby=seen.described("text", true) aria-invalid=seen.invalid("text") inner_html=escaped(&typed.form.text)></textarea>
            </div>
            <div class="field">
                <label for="proof">"图片（选填）"</label>
                <p class="field__hint" id="proof-hint">{format!("例如页面的截图，JPG、PNG，最多 {MOST_PICTURES} 张，每张不超过 3 MB。")}</p>
                {seen.said("proof")}
                <input id="proof" name="proof" type="file" multiple=true accept=".jpg,.jpeg,.png,image/jpeg,image/png" aria-describedby=seen.described("proof", true) aria-invalid=seen.invalid("proof") />
            </div>
            <div class="button-row"><button type="submit" class="button">"提交"</button></div>
        </form>
    }
    .into_any()
}

/// What was typed, as the content of a text area: no markup of it is any.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn mine(profile: &Profile, view: &QuestionsView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">"还没有咨询过。"</p> }.into_any();
    }
    let folder = format!("/{}/questions", profile.key);
    let one = |line: &QuestionLine| {
        let answer = match &line.answer {
            Some((text, at)) => view! {
                <div class="notice notice--success">
                    <h4>{format!("{}答复", format::instant(*at))}</h4>
                    {paragraphs(text)}
                </div>
            }
            .into_any(),
            None => view! { <p class="muted">{format!("预计 {} 前答复。", format::date(line.due_on))}</p> }.into_any(),
        };
        view! { <li class="card stack">{asked(&folder, line)} {answer}</li> }
    };
    view! { <ul class="stack">{view.lines.iter().map(one).collect_view()}</ul> }.into_any()
}

/// What was asked, with the ways to its pictures below `folder`.
pub(super) fn asked(folder: &str, line: &QuestionLine) -> AnyView {
    let head = match line.name.as_str() {
        "" => line.page.term().to_owned(),
        name => format!("{name}：{}", line.page.term()),
    };
    let picture = |place: &i64| {
        let (href, text) = (format!("{folder}/{}/{place}", line.id), format!("图片 {}", place + 1));
        view! { <li><a class="way" href=href>{text}</a></li> }
    };
    let pictures = (!line.pictures.is_empty()).then(|| view! { <ul>{line.pictures.iter().map(picture).collect_view()}</ul> });
    view! {
        <h3>{head}</h3>
        <p class="muted"><time datetime=format::machine(line.asked_at)>{format::instant(line.asked_at)}</time></p>
        {paragraphs(&line.text)}
        {pictures}
    }
    .into_any()
}

pub(super) fn paragraphs(text: &str) -> AnyView {
    text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view().into_any()
}
