//! The record: its newest values with where each came from, and every version with what it changed.

use std::collections::BTreeMap;

use domain::case::Change;
use domain::intake::view::ApprovedRecord;
use domain::record::view::{OwnRecordView, PaperChange, VersionView};
use leptos::prelude::*;

use super::{head, none_yet};
use crate::intake::sections_with;
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::upload::Preview;

pub(super) fn draw(frame: &Frame, view: &OwnRecordView) -> AnyView {
    let state = FormState::new([("version", "档案版本")], view.flash.as_ref());
    let error = view! { <ErrorSummary state=state /> }.into_any();
    let body = match &view.record.approved {
        Some(approved) => content(frame, view, approved, state),
        None => none_yet(frame),
    };
    view! { {head(frame, "", Some(error))} {body} }.into_any()
}

/// What restricts the person today.
fn restricted(view: &OwnRecordView) -> Option<AnyView> {
    (!view.warnings.is_empty()).then(|| {
        let lines = view.warnings.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
        view! { <div class="notice notice--danger"><h2>"正在受到的限制"</h2><ul>{lines}</ul></div> }.into_any()
    })
}

fn content(frame: &Frame, view: &OwnRecordView, approved: &ApprovedRecord, state: FormState) -> AnyView {
    let files = approved.files.iter().map(|(title, id)| {
        let src = frame.path(&format!("files/{id}"));
        view! { <div><dt>{title.clone()}</dt><dd><Preview src=src title=title.clone() /></dd></div> }
    });
    let notes = notes(view);
    let said = match view.versions.as_slice() {
        [only] => source(only),
        _ => "每项内容后面注明它来自档案的第几版；各版由哪件申请、哪个财政局、什么时间形成，见本页的“档案版本”。".to_owned(),
    };
    view! {
        {restricted(view)}
        {check(frame, view, approved, state)}
        {facts(frame, view, approved)}
        <p class="hint">{said}</p>
        {sections_with(&approved.sections, &notes)}
        <section class="card"><h2>"材料"</h2><dl class="summary-list">{files.collect_view()}</dl></section>
        {versions(frame, view)}
    }
    .into_any()
}

fn facts(frame: &Frame, view: &OwnRecordView, approved: &ApprovedRecord) -> AnyView {
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let photo = approved.photo.as_ref().map(|id| {
        let src = frame.path(&format!("files/{id}"));
        view! { <img class="facts__photo" src=src alt="审核通过的照片" loading="lazy" /> }
    });
    let record = &view.record;
    // Of what was annulled nothing is signed.
    let is_printed = view.closed.as_ref().is_none_or(|closed| closed.cause.is_entered());
    let is_copied = view.versions.first().is_some_and(|newest| newest.is_copied);
    view! {
        <section class="card">
            <h2>"档案信息"</h2>
            {photo}
            <dl class="summary-list">
                {row("姓名", record.name.clone())} {row("证件类型", record.document_label.clone())}
                {row("证件号码", record.document.clone())} {row("手机号码", record.mobile.clone())}
                <div><dt>"档案状态"</dt><dd>{state(view)}</dd></div>
                {row("会计管理部门", approved.bureau_name.clone())} {row("受理编号", approved.case_number.clone())}
                {row(if is_copied { "更新时间" } else { "审核通过时间" }, format::instant(approved.at))} {row("档案版本", format!("第 {} 版", approved.version))}
            </dl>
            {is_printed.then(|| {
                view! {
                    <p><a href=frame.path("intake/record.pdf") rel="external">"打印登记表（带电子签名，PDF）"</a></p>
                    <p class="hint">"PDF 中有省级财政部门的电子签名，任何人都可以扫描二维码查验。"</p>
                }
            })}
            {view.closing.clone().map(|name| view! { <p><a href=frame.path("closing") rel="external">{name}</a></p> })}
        </section>
    }
    .into_any()
}

/// Whether it is open, or why not.
fn state(view: &OwnRecordView) -> AnyView {
    match (&view.closed, &view.left) {
        (None, None) => view! { <span class="tag tag--green">"在册"</span> }.into_any(),
        (None, Some(to)) => view! { <span class="tag tag--grey">"已调出"</span> " " {to.clone()} }.into_any(),
        (Some(closed), _) => {
            let why = format!("{}，{}", closed.cause.term(), format::date(closed.since));
            let word = if closed.cause.is_entered() { "已关闭" } else { "已停用" };
            view! { <span class="tag tag--grey">{word}</span> " " {why} }.into_any()
        }
    }
}

/// 定期核对: one press, or the way to change what is no longer right.
fn check(frame: &Frame, view: &OwnRecordView, approved: &ApprovedRecord, state: FormState) -> AnyView {
    let last = view.sure_at.map(|at| format!("您上次核对的时间是 {}。", format::instant(at)));
    if !view.is_check_due {
        return last.map(|last| view! { <p class="hint">{last}</p> }).into_any();
    }
    let (key, version) = (frame.key.clone(), approved.version.to_string());
    let other = match (frame.site.province.has_change, view.occasions.is_empty()) {
        (false, _) => view! { <p>"有变化的，请与会计管理部门联系。"</p> }.into_any(),
        (true, true) => {
            view! { <p><a href=frame.path("intake?change=all") rel="external">"有变化，去办理信息变更"</a></p> }.into_any()
        }
        (true, false) => occasions(frame, view, state),
    };
    view! {
        <section class="card" aria-labelledby="check-title">
            <h2 id="check-title">"以下信息仍然正确吗？"</h2>
            <p>{last} "请核对本页的工作单位、学历、职称和联系方式。"</p>
            <PostForm action="/api/record/sure" state=state province=key keeps=false>
                <input type="hidden" name=name_of("version") value=version />
                <p class="button-row"><button type="submit" class="button">"仍然正确"</button></p>
            </PostForm>
            {other}
        </section>
    }
    .into_any()
}

/// One press begins 信息变更 at the field of what has happened.
fn occasions(frame: &Frame, view: &OwnRecordView, state: FormState) -> AnyView {
    let begin = |(occasion, title): &(String, String)| {
        let (key, occasion, title) = (frame.key.clone(), occasion.clone(), title.clone());
        view! {
            <PostForm action="/api/change/begin" state=state province=key keeps=false>
                <input type="hidden" name=name_of("occasion") value=occasion />
                <button type="submit" class="button button--secondary">{title}</button>
            </PostForm>
        }
    };
    let all = view.occasions.iter().map(begin).collect_view();
    view! { <p>"有变化的，请选择发生了什么，从这一项开始办理信息变更："</p> <div class="button-row">{all}</div> }.into_any()
}

/// Where one version came from, in a sentence.
fn source(of: &VersionView) -> String {
    if of.is_copied {
        return format!("以下内容来自{}，{} 更新，档案由{}管理。", of.kind_name, format::instant(of.at), of.bureau_name);
    }
    let number = if of.case_number.is_empty() { String::new() } else { format!("（受理编号 {}）", of.case_number) };
    format!("以下内容来自{}{number}，由{}于 {} 审核通过。", of.kind_name, of.bureau_name, format::instant(of.at))
}

/// Which version each answer is from; nothing where there is but one.
fn notes(view: &OwnRecordView) -> BTreeMap<String, String> {
    if view.versions.len() < 2 {
        return BTreeMap::new();
    }
    view.origins.iter().map(|(item, version)| (item.clone(), format!("第 {version} 版"))).collect()
}

fn versions(frame: &Frame, view: &OwnRecordView) -> AnyView {
    let lines = view.versions.iter().map(|of| version(frame, of)).collect_view();
    view! {
        <section class="card" aria-labelledby="versions-title">
            <h2 id="versions-title">"档案版本"</h2>
            <ol class="timeline">{lines}</ol>
        </section>
    }
    .into_any()
}

fn version(frame: &Frame, of: &VersionView) -> AnyView {
    let number = if of.case_number.is_empty() { String::new() } else { format!("，受理编号 {}", of.case_number) };
    let said = format!("{}{number}，{}", of.kind_name, of.bureau_name);
    let changes = of.changes.iter().map(change).collect_view();
    let papers = of.papers.iter().map(|change| paper(frame, change)).collect_view();
    let count = of.changes.len() + of.papers.len();
    let differs = match (of.version, count) {
        (1, _) => view! { <p>"建立档案。"</p> }.into_any(),
        (_, 0) => view! { <p>"与上一版内容相同。"</p> }.into_any(),
        _ => view! {
            <p>{format!("与上一版相比有 {count} 处变化：")}</p>
            <ul class="diff">{changes} {papers}</ul>
        }
        .into_any(),
    };
    view! {
        <li id=format!("version-{}", of.version) tabindex="-1" data-state="done">
            <h3>{format!("第 {} 版", of.version)}</h3>
            <time class="timeline__time" datetime=format::machine(of.at)>{format::instant(of.at)}</time>
            <p class="hint">{said}</p>
            {differs}
        </li>
    }
    .into_any()
}

fn change(of: &Change) -> AnyView {
    let words = |value: &str| if value.is_empty() { "未填写".to_owned() } else { value.to_owned() };
    let body = match (&of.before, &of.now) {
        (Some(before), Some(now)) if before == now => view! { "已变更，隐去的部分不同" }.into_any(),
        (Some(before), Some(now)) => view! { <del>{words(before)}</del> " 改为 " <ins>{words(now)}</ins> }.into_any(),
        (None, Some(now)) => view! { "新增 " <ins>{words(now)}</ins> }.into_any(),
        (before, None) => view! { "不再填写，原为 " <del>{words(before.as_deref().unwrap_or_default())}</del> }.into_any(),
    };
    view! { <li>{of.label.clone()} "：" {body}</li> }.into_any()
}

fn paper(frame: &Frame, of: &PaperChange) -> AnyView {
    let links = |ids: &[String], word: &'static str| {
        let links = ids.iter().map(|id| {
            let (href, title) = (frame.path(&format!("files/{id}")), of.title.clone());
            view! { " " <a href=href target="_blank" rel="external noopener">{word}<span class="hidden-visually">{format!("：{title}")}</span></a> }
        });
        links.collect_view()
    };
    let word = match (of.before.is_empty(), of.now.is_empty()) {
        (true, _) => "新增材料",
        (_, true) => "不再需要材料",
        _ => "更换了材料",
    };
    view! { <li>{of.title.clone()} "：" {word} {links(&of.before, "查看原件")} {links(&of.now, "查看新件")}</li> }.into_any()
}
