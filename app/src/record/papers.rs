//! 证照库: every paper that was uploaded, with what it is used for, how long it is valid and who looked at it.

use domain::record::Validity;
use domain::record::view::{OpenSlot, PaperLook, PaperUse, PaperView, PapersView};
use leptos::prelude::*;

use super::{head, looks, way};
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::upload::Preview;
use crate::ui::words;

pub(super) fn draw(frame: &Frame, view: &PapersView) -> AnyView {
    let state = FormState::new([("paper", "材料"), ("expires_on", "有效期至")], view.flash.as_ref());
    let error = view! { <ErrorSummary state=state /> }.into_any();
    let mut groups: Vec<(&str, Vec<&PaperView>)> = Vec::new();
    for paper in &view.papers {
        match groups.last_mut() {
            Some((title, papers)) if *title == paper.title => papers.push(paper),
            _ => groups.push((paper.title.as_str(), vec![paper])),
        }
    }
    let groups = groups.into_iter().enumerate().map(|(nth, group)| self::group(frame, view, (nth, group), state)).collect_view();
    let empty = view
        .papers
        .is_empty()
        .then(|| view! { <p class="empty">"还没有上传过材料。在办理业务时上传的材料会保存在这里，以后可以再次使用。"</p> });
    view! {
        {head(frame, "papers", Some(error))}
        <p>"您上传过的每份材料在这里只列一次。可以再次用于其他业务，使用时系统按那里的要求重新检查；没有申请在用的，可以删除。"</p>
        {places(frame, view)}
        {empty}
        {groups}
    }
    .into_any()
}

/// Where a paper can be put now, or the place that one is looked for.
fn places(frame: &Frame, view: &PapersView) -> Option<AnyView> {
    if let Some(wanted) = &view.wanted {
        let text = format!("请在下面选择用于“{}”（{}）的材料。", wanted.title, wanted.case_name);
        let (back, all) = (wanted.way.clone(), way(frame, "papers"));
        return Some(
            view! {
                <div class="notice notice--info" id="field-paper" tabindex="-1">
                    <p>{text}</p>
                    <p class="button-row">
                        <a href=back rel="external">"返回上传页面"</a>
                        <a href=all>"不选用"</a>
                    </p>
                </div>
            }
            .into_any(),
        );
    }
    let link = |slot: &OpenSlot| {
        let href = way(frame, &format!("papers&case={}&slot={}", slot.case, slot.slot));
        view! { <li><a href=href>{slot.title.clone()}</a> {format!("（{}）", slot.case_name)}</li> }
    };
    (!view.open.is_empty() && !view.papers.is_empty()).then(|| {
        view! {
            <section class="card" aria-labelledby="open-title">
                <h2 id="open-title">"现在可以选用材料的位置"</h2>
                <p class="hint">"先选择位置，再选择材料。"</p>
                <ul>{view.open.iter().map(link).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn group(
    frame: &Frame,
    view: &PapersView,
    (nth, (title, papers)): (usize, (&str, Vec<&PaperView>)),
    state: FormState,
) -> AnyView {
    let heading = format!("papers-{nth}");
    let id = heading.clone();
    let lines = papers.into_iter().map(|paper| line(frame, view, paper, state)).collect_view();
    view! {
        <section class="card" aria-labelledby=heading>
            <h2 id=id>{title.to_owned()}</h2>
            <ul class="ledger">{lines}</ul>
        </section>
    }
    .into_any()
}

fn line(frame: &Frame, view: &PapersView, paper: &PaperView, state: FormState) -> AnyView {
    let src = frame.path(&format!("files/{}", paper.id));
    let facts = format!("{}，{}，{} 上传", paper.name, format::bytes(paper.bytes), format::instant(paper.uploaded_at));
    let uses = paper.uses.iter().map(|of| view! { <li>{used(of)}</li> }).collect_view();
    let used = match paper.uses.is_empty() {
        true => view! { <p class="hint">"没有用于任何申请。"</p> }.into_any(),
        false => view! { <p class="hint">"用于："</p><ul>{uses}</ul> }.into_any(),
    };
    view! {
        <li id=format!("paper-{}", paper.id) tabindex="-1">
            <Preview src=src title=paper.title.clone() />
            <p>{facts}</p>
            {validity(paper)}
            {used}
            {looked(&paper.looks)}
            {reuse(frame, view, paper, state)}
            {expiry(frame, view, paper, state)}
            {delete(frame, paper, state)}
        </li>
    }
    .into_any()
}

fn used(of: &PaperUse) -> String {
    let number = if of.case_number.is_empty() { String::new() } else { format!("，受理编号 {}", of.case_number) };
    format!("{}的“{}”{number}（{}）", of.case_name, of.title, words::status(of.status))
}

fn validity(paper: &PaperView) -> Option<AnyView> {
    let (until, validity) = paper.expiry?;
    let (class, said) = match validity {
        Validity::Valid => ("tag tag--green", "有效".to_owned()),
        Validity::EndsSoon { days: 1 } => ("tag tag--orange", "今天到期".to_owned()),
        Validity::EndsSoon { days } => ("tag tag--orange", format!("还有 {days} 天")),
        Validity::Over => ("tag tag--red", "已过期，使用前请重新上传".to_owned()),
    };
    Some(view! { <p>{format!("有效期至 {}", format::date(until))} " " <span class=class>{said}</span></p> }.into_any())
}

/// Who of the staff looked at it.
fn looked(of: &[PaperLook]) -> Option<AnyView> {
    let line = |look: &PaperLook| {
        view! { <li>{format!("{}，{} {}", format::instant(look.at), look.bureau_name, looks::role(look.role))}</li> }
    };
    (!of.is_empty()).then(|| {
        view! {
            <details>
                <summary>{format!("工作人员查看过 {} 次", of.len())}</summary>
                <ul>{of.iter().map(line).collect_view()}</ul>
            </details>
        }
        .into_any()
    })
}

/// One press, where a place is looked for.
fn reuse(frame: &Frame, view: &PapersView, paper: &PaperView, state: FormState) -> Option<AnyView> {
    let wanted = view.wanted.clone()?;
    let (key, id, word, spoken) = (frame.key.clone(), paper.id.clone(), format!("用于“{}”", wanted.title), paper.name.clone());
    Some(
        view! {
            <PostForm action="/api/record/paper/reuse" state=state province=key keeps=false>
                <input type="hidden" name=name_of("paper") value=id />
                <input type="hidden" name=name_of("case") value=wanted.case.to_string() />
                <input type="hidden" name=name_of("slot") value=wanted.slot />
                <button type="submit" class="button">{word}<span class="hidden-visually">{format!("：{spoken}")}</span></button>
            </PostForm>
        }
        .into_any(),
    )
}

/// The last day, as the person notes it. The field that a post without scripts found wrong has the name that the summary leads to.
fn expiry(frame: &Frame, view: &PapersView, paper: &PaperView, state: FormState) -> AnyView {
    let typed = view.flash.as_ref().filter(|flash| flash.form == "expiry" && flash.values.get("paper") == Some(&paper.id));
    let id = if typed.is_some() { "field-expires_on".to_owned() } else { format!("expires-{}", paper.id) };
    let value = paper.expiry.map(|(until, _)| until.to_string()).unwrap_or_default();
    let value = typed.and_then(|flash| flash.values.get("expires_on").cloned()).unwrap_or(value);
    let (key, paper_id, spoken) = (frame.key.clone(), paper.id.clone(), format!("：{}", paper.name));
    let of = spoken.clone();
    view! {
        <details open=typed.is_some()>
            <summary>"登记有效期"<span class="hidden-visually">{of}</span></summary>
            <PostForm action="/api/record/paper/expiry" state=state province=key>
                <input type="hidden" name=name_of("paper") value=paper_id />
                <div class="field">
                    <label for=id.clone()>"有效期至"</label>
                    <p class="hint" id=format!("{id}-hint")>"长期有效或者没有有效期的，请留空。"</p>
                    <input
                        id=id.clone()
                        class="input--medium"
                        type="date"
                        name=name_of("expires_on")
                        value=value
                        aria-describedby=format!("{id}-hint")
                    />
                </div>
                <button type="submit" class="button button--secondary button--small">"保存有效期"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
        </details>
    }
    .into_any()
}

fn delete(frame: &Frame, paper: &PaperView, state: FormState) -> AnyView {
    if !paper.may_delete {
        return view! { <p class="hint">"有申请或者档案在用，不能删除。"</p> }.into_any();
    }
    let (key, id, spoken) = (frame.key.clone(), paper.id.clone(), format!("：{}", paper.name));
    let of = spoken.clone();
    view! {
        <details>
            <summary>"删除"<span class="hidden-visually">{of}</span></summary>
            <p class="hint">"删除后图片不能恢复；谁在什么时候查看过的记录仍然保留。"</p>
            <PostForm action="/api/record/paper/delete" state=state province=key keeps=false>
                <input type="hidden" name=name_of("paper") value=id />
                <button type="submit" class="button button--secondary">"确定删除"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
        </details>
    }
    .into_any()
}
