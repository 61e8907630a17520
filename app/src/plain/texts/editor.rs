//! A text under the pen: what is typed, what may be done about it, its files and its versions.

use domain::form::Form;
use domain::portal::text_view::KeptTextView;
use domain::portal::{Audience, Subject, TextAct, TextForm, TextKind, TextStage};
use domain::province::Profile;
use leptos::prelude::*;

use super::beside::{files, versions};
use super::crumbs;
use crate::plain::fields::{Seen, summary};
use crate::plain::verify::framed;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<TextForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// What was typed while somebody else was faster: it stands beside what is there now.
    pub lost: Option<TextForm>,
    /// What is typed as readers would see it.
    pub preview: Option<String>,
    /// Why it was to be given back; may be empty.
    pub note: String,
}

/// The page of a text. `style` is the address of the style sheet.
#[must_use]
pub fn editor(profile: &Profile, style: &str, view: KeptTextView, typed: Typed) -> String {
    let base = format!("/{}/staff/texts", profile.key);
    let is_waiting = view.stage == Some(TextStage::Waiting);
    let here = match is_waiting && !view.is_author {
        true => "核对",
        false if view.id.is_empty() => "新建",
        false => "修改",
    };
    let title = if typed.faults.is_empty() { "网站内容" } else { "错误：网站内容" };
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let note = (!view.note.is_empty()).then(|| {
        view! { <div class="notice notice--warning"><p>{format!("另一位管理员请您修改：{}", view.note)}</p></div> }
    });
    let preview = typed.preview.clone().or_else(|| is_waiting.then(|| view.html.clone())).map(|html| {
        view! {
            <section class="card" aria-labelledby="preview">
                <h2 id="preview">"预览"</h2>
                <div class="stack" inner_html=html></div>
            </section>
        }
    });
    let form = (!is_waiting).then(|| form(&base, &view, &typed));
    let kept = (!view.id.is_empty()).then(|| {
        view! {
            {acts(&base, &view, &typed)}
            {files(profile, &base, &view, &typed)}
            {versions(&base, &view)}
        }
    });
    let body = view! {
        {summary(&typed.faults)}
        {crumbs(&base, view.kind, None, here.to_owned())}
        <h1>{format!("{here}{}", view.kind.term())}</h1>
        {trouble}
        {note}
        <p class="lead">{said(&view)}</p>
        {typed.lost.as_ref().map(lost)}
        {preview}
        {form}
        {kept}
    };
    framed(profile, style, title, body.into_any())
}

/// Where the text stands.
fn said(view: &KeptTextView) -> String {
    let by = if view.is_reviewed { "由另一位管理员核对后发布。" } else { "" };
    match view.stage {
        None => format!("保存后是草稿，发布以后网站上才显示。{by}"),
        Some(TextStage::Draft) => format!("最新的一版是草稿，网站上不显示。{by}"),
        Some(TextStage::Waiting) if view.is_author => "已提交，等待另一位管理员核对后发布。需要修改的，请先撤回。".to_owned(),
        Some(TextStage::Waiting) => "等待您核对。内容见下面的预览，可以发布或者退回修改。".to_owned(),
        Some(TextStage::Published) => {
            format!("最新的一版已发布。保存修改会成为新的一版，原来的一版继续显示到新的一版发布为止。{by}")
        }
        Some(TextStage::Withdrawn) => "已撤下，网站上不显示。修改后可以重新发布。".to_owned(),
    }
}

const LABELS: [(&str, &str); 13] = [
    ("title", "标题"),
    ("number", "文号"),
    ("issuer", "发文机关"),
    ("issued_on", "发文日期"),
    ("effective_on", "施行日期"),
    ("repealed_on", "废止日期"),
    ("repealed_by", "由哪个文件废止"),
    ("subject", "主题"),
    ("audience", "给谁看"),
    ("pinned", "置顶"),
    ("shown_from", "开始显示日期"),
    ("shown_until", "显示到"),
    ("body", "正文"),
];

/// What was typed while somebody else was faster, to be copied from.
fn lost(typed: &TextForm) -> AnyView {
    let row = |(field, label): &(&'static str, &'static str)| {
        let value = typed.get(field).unwrap_or_default();
        (!value.is_empty()).then(|| {
            let lines = value.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            view! { <div><dt>{*label}</dt><dd>{lines}</dd></div> }
        })
    };
    view! {
        <section class="card" aria-labelledby="typed">
            <h2 id="typed">"您刚才填写的内容（没有保存）"</h2>
            <p>"其他人已先修改。下面的表单是最新内容，需要时请从这里复制后再保存。"</p>
            <dl class="summary-list">{LABELS.iter().map(row).collect_view()}</dl>
        </section>
    }
    .into_any()
}

fn form(base: &str, view: &KeptTextView, typed: &Typed) -> AnyView {
    let seen = Seen { form: typed.form.as_ref().unwrap_or(&view.form), faults: &typed.faults };
    let form = seen.form;
    let action = if view.id.is_empty() { format!("{base}/new") } else { format!("{base}/{}", view.id) };
    let (then, last) = if view.is_reviewed { ("ask", "保存并提交同意") } else { ("publish", "保存并发布") };
    let subjects = Subject::ALL.iter().map(|one| (one.code(), one.term()));
    let audiences = Audience::ALL.iter().map(|one| (one.code(), one.term()));
    let regulation = (view.kind == TextKind::Regulation).then(|| {
        view! {
            {seen.text("number", "文号（选填）", "例如 财会〔2018〕10号。", &form.number)}
            {seen.text("issuer", "发文机关", "", &form.issuer)}
            {seen.text("issued_on", "发文日期", "例如 20180519。", &form.issued_on)}
            {seen.text("effective_on", "施行日期", "例如 20180701。", &form.effective_on)}
            {seen.text("repealed_on", "废止日期（选填）", "没有废止的不用填写。", &form.repealed_on)}
            {seen.text("repealed_by", "由哪个文件废止", "填写那个文件的文号或者名称；本站有这个文件的，会链接过去。", &form.repealed_by)}
        }
    });
    view! {
        <form class="card stack form--two" method="post" action=action data-keeps="yes" aria-labelledby="write">
            <h2 id="write">"内容"</h2>
            <input type="hidden" name="kind" value=view.kind.code() />
            <input type="hidden" name="version" value=form.version.clone() />
            <input type="hidden" name="request_key" value=form.request_key.clone() />
            {seen.text("title", if view.kind == TextKind::Question { "问题" } else { "标题" }, "2 至 100 字。", &form.title)}
            {choice(&seen, "subject", "主题", &form.subject, subjects)}
            {regulation}
            {choice(&seen, "audience", "给谁看", &form.audience, audiences)}
            {seen.text("shown_from", "开始显示日期", "发布以后，从这一天起显示，例如 20261118。", &form.shown_from)}
            {seen.text("shown_until", "显示到（选填）", "过了这一天不再显示；长期有效的不用填写。", &form.shown_until)}
            <label class="choice" for="pinned">
                <input type="checkbox" id="pinned" name="pinned" value="yes" checked=form.pinned == "yes" />
                <span>"置顶"</span>
            </label>
            {body(&seen, &form.body)}
            <div class="button-row">
                <button type="submit" class="button button--secondary" name="act" value="preview">"预览"</button>
                <button type="submit" class="button button--secondary" name="act" value="save">"保存草稿"</button>
                <button type="submit" class="button" name="act" value=then>{last}</button>
            </div>
        </form>
    }
    .into_any()
}

fn choice(
    seen: &Seen<'_, &TextForm>,
    field: &'static str,
    label: &'static str,
    value: &str,
    options: impl Iterator<Item = (&'static str, &'static str)>,
) -> AnyView {
    let option = |(code, label): (&'static str, &'static str)| {
        view! { <option value=code selected=value == code>{label}</option> }
    };
    view! {
        <div class="field">
            <label for=field>{label}</label>
            {seen.said(field)}
            <select id=field name=field aria-describedby=seen.described(field, false) aria-invalid=seen.invalid(field)>
                {options.map(option).collect_view()}
            </select>
        </div>
    }
    .into_any()
}

fn body(seen: &Seen<'_, &TextForm>, value: &str) -> AnyView {
    view! {
        <div class="field">
            <label for="body">"正文"</label>
            <p class="field__hint" id="body-hint">
                "20000 字以内，用 Markdown 书写：空一行分段，# 开头是标题，* 开头是列表，**两边加星号**是着重，[文字](网址)是链接。图片先在下面上传，再复制它的写法。不能使用网页代码。"
            </p>
            {seen.said("body")}
            // The line break that HTML takes away at the beginning of a text area.
            <textarea id="body" name="body" rows="18" aria-describedby=seen.described("body", true) aria-invalid=seen.invalid("body") inner_html=format!("\n{}", escaped(value))></textarea>
        </div>
    }
    .into_any()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn acts(base: &str, view: &KeptTextView, typed: &Typed) -> Option<AnyView> {
    // What is asked of another is asked when it is saved.
    let acts: Vec<TextAct> = view.acts.iter().copied().filter(|act| *act != TextAct::Ask).collect();
    let gives_back = acts.contains(&TextAct::Refuse) && !view.is_author;
    (!acts.is_empty()).then(|| {
        let button = |act: TextAct| {
            let (label, class) = match act {
                TextAct::Ask => ("提交同意", "button"),
                TextAct::Publish => ("发布", "button"),
                TextAct::Refuse if view.is_author => ("撤回修改", "button button--secondary"),
                TextAct::Refuse => ("退回修改", "button button--secondary"),
                TextAct::Withdraw => ("从网站撤下", "button button--secondary"),
            };
            view! { <button type="submit" class=class name="act" value=act.code()>{label}</button> }
        };
        let seen = Seen { form: (), faults: &typed.faults };
        let note = gives_back.then(|| seen.text("note", "退回的原因（退回时填写）", "最多 200 字。", &typed.note));
        view! {
            <form class="card stack" method="post" action=format!("{base}/{}/act", view.id) data-keeps="yes" aria-labelledby="acts">
                <h2 id="acts">"办理已保存的内容"</h2>
                <input type="hidden" name="version" value=view.form.version.clone() />
                {note}
                <div class="button-row">{acts.into_iter().map(button).collect_view()}</div>
            </form>
        }
        .into_any()
    })
}
