//! 信息核对 and 提交申请 (手册甲 二（四）).

use domain::case::view::FileView;
use domain::case::{Check, LONGEST_REMARK};
use domain::intake::Task;
use domain::intake::view::{CheckView, SlotView};
use domain::province::PledgeAt;
use leptos::prelude::*;

use super::summary::{Edit, change, item_path, sections};
use super::{api, parts};
use crate::site::{fetched, use_source};
use crate::ui::field::{AreaField, FieldSpec};
use crate::ui::finding::finding;
use crate::ui::form::{ErrorSummary, FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, FromService, end_acting};
use crate::ui::steps::Steps;
use crate::ui::upload::Preview;

/// 信息核对.
#[component]
pub fn CheckPage() -> impl IntoView {
    let source = use_source();
    let data = fetched(move || source.get(), |(province, _)| api::check(province));
    page("信息核对与提交", data, draw)
}

fn draw(frame: Frame, view: CheckView) -> AnyView {
    let state = FormState::new([("agreed", "声明"), ("remark", "备注")], view.flash.as_ref());
    let title = view.words.check.clone();
    let name = format!("{title} – {} – {}", frame.intake(), frame.site.province.title);
    let is_closed = view.tasks.is_empty();
    let steps = (!is_closed)
        .then(|| view! { <Steps tasks=view.tasks.clone() here=Task::Check words=view.words.clone() key=frame.key.clone() /> });
    let body = if is_closed { parts::closed(&frame, &view.words) } else { content(&frame, &view, state) };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=frame.intake_trail() here=title.clone() />
        {steps}
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        {body}
    }
    .into_any()
}

fn content(frame: &Frame, view: &CheckView, state: FormState) -> AnyView {
    let is_ready = view.faults.is_empty() && view.not_amended.is_empty();
    let read = view! {
        {missing(frame, view)}
        {found(view, is_ready)}
        {doubts(frame, view)}
        {bureau(frame, view)}
        {sheet(frame, view)}
    }
    .into_any();
    let whole = match (frame.is_acting(), is_ready) {
        (true, _) => view! { {read} {back_to_counter(frame)} }.into_any(),
        (false, true) => submit(frame, view, state, read),
        (false, false) => view! { {read} {closed(frame, view)} }.into_any(),
    };
    view! {
        <p class="lead">"请像核对一张纸一样从上看到下。需要更正的，点击“修改”，保存后回到本页。"</p>
        {whole}
    }
    .into_any()
}

/// Everything on one sheet, as on the paper form.
fn sheet(frame: &Frame, view: &CheckView) -> AnyView {
    let edit = Edit { key: &frame.key, open: view.open.as_ref(), fixed: view.fixed.as_deref() };
    let made = (view.words.pledge_at == PledgeAt::Start).then(|| view! { <p class="hint">"您在开始办理时已经作出。"</p> });
    view! {
        <article class="sheet" aria-labelledby="sheet-title">
            <header>
                <h2 id="sheet-title">{frame.intake()}</h2>
                <p>{frame.site.province.authority.clone()}</p>
            </header>
            {holder(frame, view)}
            {sections(&view.sections, Some(&edit), false)}
            {files(frame, view)}
            <section>{parts::promise(&view.promise, 3)} {made}</section>
        </article>
    }
    .into_any()
}

/// That the automatic check found nothing, where it did not.
fn found(view: &CheckView, is_ready: bool) -> Option<AnyView> {
    let count: usize = view.sections.iter().map(|section| section.rows.len()).sum();
    let files = view.files.iter().map(|slot| slot.files.len()).sum::<usize>();
    (is_ready && view.doubts.is_empty()).then(|| {
        let text = format!("自动核对：{count} 项内容和 {files} 张图片齐全，没有发现矛盾。");
        view! { <div class="notice notice--success"><p><strong>{text}</strong></p></div> }.into_any()
    })
}

/// What is missing or was not amended, first of all.
fn missing(frame: &Frame, view: &CheckView) -> AnyView {
    let faults = (!view.faults.is_empty()).then(|| {
        view! {
            <div class="notice notice--warning">
                <h2>"还不能提交，请先补充"</h2>
                {parts::faults(&view.faults, &view.words, frame)}
            </div>
        }
    });
    let left = (!view.not_amended.is_empty()).then(|| {
        view! {
            <section>
                <h2>"还没有修改的项目"</h2>
                <p class="hint">"未通过的项目全部修改（内容无误的，填写说明）后，才能重新提交。"</p>
                {parts::rejected(&view.not_amended)}
            </section>
        }
    });
    view! { {faults} {left} }.into_any()
}

/// Contradictions: told before the reviewer sees them, and no obstacle.
fn doubts(frame: &Frame, view: &CheckView) -> AnyView {
    if view.doubts.is_empty() {
        return ().into_any();
    }
    let rows = || view.sections.iter().flat_map(|section| &section.rows);
    let kind = rows().find(|row| row.item == "employment.employer_kind").map(|row| row.value.clone()).unwrap_or_default();
    let line = |check: &Check| {
        let slot = || view.files.iter().find(|slot| check.item.strip_prefix("attachment.") == Some(&slot.rules.slot));
        let label = rows().find(|row| row.item == check.item).map(|row| row.label.clone());
        let label = label.or_else(|| slot().map(|slot| slot.rules.title.clone()));
        let way = label.map(|label| view! { <a href=item_path(&frame.key, &check.item) rel="external">{label}</a> "：" });
        view! { <li>{way} {finding(check, &kind)}</li> }
    };
    view! {
        <div class="notice notice--warning">
            <h2>"请留意"</h2>
            <p>"下面的内容看上去有矛盾，审核人员也会看到。确实如此的，可以照常提交，并在备注中说明；填错的，请修改。"</p>
            <ul>{view.doubts.iter().map(line).collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// What registration says; it is not changed here.
fn holder(frame: &Frame, view: &CheckView) -> AnyView {
    let rows = [
        ("姓名", Some(view.holder.name.clone())),
        ("证件类型", Some(view.document_label.clone()).filter(|label| !label.is_empty())),
        ("证件号码", Some(view.document.clone())),
        ("手机号码", Some(view.mobile.clone())),
        ("性别", view.holder.sex.map(|sex| sex.label().to_owned())),
        ("出生日期", view.holder.born_on.map(format::date)),
    ];
    let rows = rows.into_iter().filter_map(|(label, value)| Some(view! { <div><dt>{label}</dt><dd>{value?}</dd></div> }));
    view! {
        <section>
            <h3>"注册信息"</h3>
            <dl class="summary-list summary-list--two">{rows.collect_view()}</dl>
            <FromService frame=frame.clone() />
        </section>
    }
    .into_any()
}

/// The whole pictures in a row, each of which opens a large one.
fn files(frame: &Frame, view: &CheckView) -> AnyView {
    let figure = |slot: &SlotView| {
        let title = slot.rules.title.clone();
        let picture = |file: &FileView| {
            let src = frame.path(&format!("files/{}", file.id));
            let note = format!("{}，{}", file.name, format::bytes(file.bytes));
            let caption = title.clone();
            view! { <figure><Preview src=src title=title.clone() /><figcaption>{caption}<small>{note}</small></figcaption></figure> }.into_any()
        };
        match slot.files.as_slice() {
            [] => view! { <p>{title.clone()}<span class="muted">"：未上传"</span></p> }.into_any(),
            files => files.iter().map(picture).collect_view().into_any(),
        }
    };
    let figures = view.files.iter().map(figure).collect_view();
    let is_open = view.files.iter().any(|slot| slot.is_open);
    let way = change(is_open, frame.path("intake/files"), view.words.attachments.clone());
    let count: usize = view.files.iter().map(|slot| slot.files.len()).sum();
    view! {
        <section>
            <div class="sheet__head"><h3>{format!("材料（{count} 张）")}</h3>{way}</div>
            <div class="thumb-row">{figures}</div>
        </section>
    }
    .into_any()
}

fn bureau(frame: &Frame, view: &CheckView) -> AnyView {
    let Some(bureau) = &view.bureau else { return ().into_any() };
    let withdraw = if view.words.may_withdraw { "审核完成之前可以撤销申请。" } else { "" };
    let due =
        format!("现在提交，预计 {} 前答复。审核结果以短信和站内信告知。{}{}", format::date(view.due_on), withdraw, view.wait);
    view! {
        <section class="card">
            <h2>"由谁审核"</h2>
            {parts::bureau(bureau, frame)}
            <p>{due}</p>
        </section>
    }
    .into_any()
}

/// A clerk who fills in hands nothing in here: that is done at the counter, by two.
fn back_to_counter(frame: &Frame) -> AnyView {
    view! {
        <section class="card stack">
            <h2>"提交申请"</h2>
            <p>"请本人核对以上内容。代为提交在窗口办理，由另一位工作人员复核。"</p>
            {end_acting(frame, "回到窗口办理")}
        </section>
    }
    .into_any()
}

/// Why it cannot be handed in yet.
fn closed(frame: &Frame, view: &CheckView) -> AnyView {
    let text = if view.faults.is_empty() {
        "未通过的项目全部修改（内容无误的，填写说明）后，这里可以重新提交。"
    } else {
        "补充本页开头列出的内容后，这里可以提交申请。"
    };
    let way = (!view.not_amended.is_empty()).then(|| {
        let href = frame.path("intake/amend");
        view! { <a class="button" href=href>"去修改"</a> }
    });
    view! { <div class="action-bar"><p class="live live--shown">{text}</p>{way}</div> }.into_any()
}

/// The sheet in the form that hands it in, with the tick and the button in the bar.
fn submit(frame: &Frame, view: &CheckView, state: FormState, read: AnyView) -> AnyView {
    let (submit, back) = view.buttons.clone();
    let label = if view.is_returned { "重新提交".to_owned() } else { submit };
    let back = if back.is_empty() { "上一步".to_owned() } else { back };
    let href = frame.path("intake/files");
    let (key, request_key) = (frame.key.clone(), view.request_key.clone());
    let (version, confirm) = (view.pledge_version.clone(), view.confirm.clone());
    let remark = FieldSpec {
        value: view.flash.as_ref().and_then(|flash| flash.values.get("remark").cloned()).unwrap_or_default(),
        hint: format!("有需要向审核人说明的情况，可以写在这里，最多 {LONGEST_REMARK} 字。"),
        is_required: false,
        ..FieldSpec::new("remark", "备注")
    };
    view! {
        <PostForm action="/api/intake/submit" state=state province=key check=parts::agreed_check()>
            // Inside the form, so that its bar stays along everything that is read.
            {read}
            <input type="hidden" name=name_of("request_key") value=request_key />
            <input type="hidden" name=name_of("version") value=version />
            <section class="card"><h2>"提交申请"</h2><AreaField spec=remark /></section>
            <div class="action-bar">
                {parts::agree(state, confirm)}
                <a class="button button--secondary" href=href>{back}</a>
                <button
                    type="submit"
                    class="button"
                    aria-disabled=move || state.is_pending.get().then_some("true")
                    aria-busy=move || state.is_pending.get().then_some("true")
                >
                    {label}
                </button>
            </div>
        </PostForm>
    }
    .into_any()
}
