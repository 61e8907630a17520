//! 处罚异议 of a person: what they said against penalties, and the form of another objection. No script: the proof comes with the form in
//! one post.

use domain::case::Status;
use domain::integrity::EntryKind;
use domain::integrity::objection::{ObjectionForm, ObjectionLine};
use domain::integrity::view::{EntryLine, ObjectionsView};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::questions::escaped;
use super::verify::framed;
use crate::ui::format;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed; `None` where nothing was posted.
    pub form: Option<ObjectionForm>,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// 受理编号 of what was handed in a moment ago; may be empty.
    pub done: String,
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn objections(profile: &Profile, style: &str, view: ObjectionsView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { view.name.clone() } else { format!("错误：{}", view.name) };
    let (key, record) = (&profile.key, format!("/{}/learning?integrity=all", profile.key));
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = (!typed.done.is_empty()).then(|| {
        let text = format!("已提交，受理编号 {}。答复以站内信和短信通知您。", typed.done);
        view! { <div class="notice notice--success" role="status"><p>{text}</p></div> }
    });
    let form = match &view.of {
        Some((entry, bureau)) => form(profile, &view, (entry, bureau), &typed),
        None => view! { <p>"对诚信档案中的行政处罚或者撤销登记的记录有异议的，请在“"<a href=record.clone()>{view.page_name.clone()}</a>"”中选择那条记录。"</p> }.into_any(),
    };
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/home")>"个人中心"</a></li>
                <li><a href=record>{view.page_name.clone()}</a></li>
                <li aria-current="page">{view.name.clone()}</li>
            </ol>
        </nav>
        <h1>{view.name.clone()}</h1>
        <p class="lead">"诚信档案中的行政处罚或者撤销登记的记录与事实或者决定书不符的，可以提出异议。这里不受理对处罚决定本身的复议。"</p>
        {trouble}
        {done}
        {form}
        <section class="stack" aria-labelledby="mine">
            <h2 id="mine">"我提出的异议"</h2>
            {lines(profile, &view)}
        </section>
    };
    framed(profile, style, &title, body.into_any())
}

fn form(profile: &Profile, view: &ObjectionsView, (entry, bureau): (&EntryLine, &str), typed: &Typed) -> AnyView {
    let seen = Seen { form: typed.form.clone().unwrap_or_default(), faults: &typed.faults };
    let action = format!("/{}/objections/file", profile.key);
    let answers = format!(
        "由{bureau}核查，{} 个工作日内答复。登记这条记录的财政局不参加核查。每条记录只能提出一次，请写全理由。",
        view.working_days
    );
    let [body, number, decided_on, title] = entry.kind.labels();
    let mut rows = vec![
        (body, entry.body.clone()),
        (number, entry.number.clone()),
        (decided_on, format::date(entry.decided_on)),
        (title, entry.title.clone()),
    ];
    if entry.kind == EntryKind::Penalty {
        rows.push(("法律依据", entry.basis.clone()));
        rows.push(("限制从业", entry.ban.map_or_else(|| "没有".to_owned(), |(ban, _)| ban.words())));
    }
    let row = |(label, value): (&'static str, String)| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let hint = format!(
        "没有的可以不传。JPG、PNG 图片或者 PDF，可以一次选择几个文件，共不超过 {} 页，每个不超过 {}。",
        view.proof.most,
        format::bytes(i64::from(view.proof.max_upload()))
    );
    view! {
        <section class="stack" aria-labelledby="against">
            <h2 id="against">"有异议的记录"</h2>
            <dl class="summary-list">{rows.into_iter().map(row).collect_view()}</dl>
        </section>
        <form class="card stack" method="post" action=action enctype="multipart/form-data" data-keeps="yes" aria-labelledby="new">
            <h2 id="new">"提出异议"</h2>
            <p>{answers}</p>
            <input type="hidden" name="of" value=entry.case.to_string() />
            <input type="hidden" name="request_key" value=view.request_key.clone() />
            <div class="field">
                <label for="reasons">"异议理由"</label>
                <p class="field__hint" id="reasons-hint">"写明哪里不对、依据是什么，10 至 1000 字。"</p>
                {seen.said("reasons")}
                <textarea id="reasons" name="reasons" rows="6" aria-describedby=seen.described("reasons", true) aria-invalid=seen.invalid("reasons") inner_html=escaped(&seen.form.reasons)></textarea>
            </div>
            <div class="field">
                <label for="proof">{view.proof.title.clone()}</label>
                <p class="field__hint" id="proof-hint">{hint}</p>
                {seen.said("proof")}
                <input id="proof" name="proof" type="file" multiple accept=".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf" aria-describedby=seen.described("proof", true) aria-invalid=seen.invalid("proof") />
            </div>
            <div class="button-row"><button type="submit" class="button">"提交异议"</button></div>
        </form>
    }
    .into_any()
}

fn lines(profile: &Profile, view: &ObjectionsView) -> AnyView {
    if view.lines.is_empty() {
        return view! { <p class="empty">"还没有提出过异议。"</p> }.into_any();
    }
    view! { <ul class="ledger">{view.lines.iter().map(|of| line(profile, of)).collect_view()}</ul> }.into_any()
}

fn line(profile: &Profile, of: &ObjectionLine) -> AnyView {
    let class = match of.outcome {
        None => "tag tag--orange",
        Some(domain::integrity::Outcome::Upheld) => "tag tag--grey",
        Some(_) => "tag tag--green",
    };
    let facts = format!("受理编号 {}，{} 提交{}。", of.number, format::date(of.submitted_on), of.bureau_name);
    let due = (of.status == Status::Submitted).then(|| {
        let action = format!("/{}/objections", profile.key);
        view! {
            <p>{format!("预计 {}前答复。", format::date(of.due_on))}</p>
            <form method="post" action=action>
                <input type="hidden" name="case" value=of.case.to_string() />
                <input type="hidden" name="version" value=of.version.to_string() />
                <button type="submit" class="button button--secondary">"取消异议"<span class="hidden-visually">{format!("：{}", of.of)}</span></button>
            </form>
        }
    });
    let answer = (!of.answer.is_empty()).then(|| view! { <p>{format!("答复：{}", of.answer)}</p> });
    view! {
        <li>
            <p><strong>{of.of.clone()}</strong> " " <span class=class>{of.state()}</span></p>
            <p class="hint">{facts}</p>
            {due}
            {answer}
        </li>
    }
    .into_any()
}
