//! One conversion: its form and its proofs while they are the person's. What was handed in is `handed_in`.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::answer::Answer;
use domain::case::{Action, LONGEST_REMARK, Status};
use domain::employer::view::ClaimView;
use domain::fault::FieldErrors;
use domain::integrity::view::RewardView;
use domain::learning::NotConverted;
use domain::learning::view::ConversionView;
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use serde::{Deserialize, Serialize};

use super::handed_in::handed_in;
use super::{api, asked, list, record};
use crate::employer;
use crate::intake::autosave::{Behind, Draft};
use crate::intake::files::{few, summary};
use crate::intake::{agree, promise};
use crate::integrity;
use crate::site::{fetched, use_source};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{Check, ErrorSummary, FormState, PostForm, id_of, name_of};
use crate::ui::page::{Frame, page};
use crate::ui::parts::{Breadcrumbs, Tips};
use crate::ui::send_code::EnterSubmits;
use crate::ui::sentence;
use crate::ui::upload::{Slot, Upload};

const SAVE: &str = "/api/learning/conversion/save";

/// What the page shows: the kinds of case that a person brings pictures for. An address of its own would be one that every visitor
/// has to fetch.
#[derive(Clone, Serialize, Deserialize)]
enum Shown {
    Conversion(Box<ConversionView>),
    Claim(Box<ClaimView>),
    Reward(Box<RewardView>),
}

/// Which of them.
#[derive(Clone, Copy, PartialEq)]
enum Asked {
    Conversion,
    Claim,
    Reward,
}

/// A conversion; with `employer` the claim of an employer, with `integrity` a reward.
#[component]
pub fn ConversionPage() -> impl IntoView {
    let source = use_source();
    let (params, query) = (use_params_map(), use_query_map());
    let id = Memo::new(move |_| params.read().get("case").unwrap_or_default());
    let asked = Memo::new(move |_| {
        query.with(|query| match (query.get("employer"), query.get("integrity")) {
            (Some(_), _) => Asked::Claim,
            (None, Some(_)) => Asked::Reward,
            (None, None) => Asked::Conversion,
        })
    });
    let data = fetched(
        move || (source.get(), id.get(), asked.get()),
        async |((province, _), id, asked)| match asked {
            Asked::Claim => employer::api::claim(province, id).await.map(|view| Shown::Claim(Box::new(view))),
            Asked::Reward => integrity::api::reward(province, id).await.map(|view| Shown::Reward(Box::new(view))),
            Asked::Conversion => api::conversion(province, id).await.map(|view| Shown::Conversion(Box::new(view))),
        },
    );
    page("申请", data, |frame, shown| match shown {
        Shown::Conversion(view) => draw(frame, *view),
        Shown::Claim(view) => employer::claim(&frame, &view),
        Shown::Reward(view) => integrity::reward(&frame, &view),
    })
}

fn draw(frame: Frame, view: ConversionView) -> AnyView {
    let title = view.kind.name.clone();
    let name = format!("{title} – {} – {}", view.words.conversion, frame.site.province.title);
    let mut trail: Vec<(String, String)> =
        record::trail(&frame).into_iter().map(|(label, href)| (label.to_owned(), href)).collect();
    trail.push(("继续教育".to_owned(), frame.path("learning")));
    trail.push((view.words.management.clone(), frame.path("learning/conversions")));
    let (word, class) = list::status(&view.words, view.case.status);
    let is_open = view.actions.contains(&Action::Save);
    let number = (!view.case.number.is_empty())
        .then(|| view! { <p class="muted">"受理编号 " <span class="code">{view.case.number.clone()}</span></p> });
    let body = if is_open { form(&frame, &view) } else { handed_in(&frame, &view) };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        {body.0}
        <h1 tabindex="-1">{title} " " <span class=class>{word}</span></h1>
        {number}
        {reason(&view)}
        {obstacle(&frame, view.obstacle.as_ref())}
        {body.1}
    }
    .into_any()
}

fn reason(view: &ConversionView) -> Option<AnyView> {
    let title = match view.case.status {
        Status::Returned => "申请被退回，需要修改",
        _ => "审核通过已被撤销",
    };
    (!view.reason.is_empty()).then(|| {
        view! { <div class="notice notice--danger"><h2>{title}</h2><p>{format!("原因：{}", view.reason)}</p></div> }.into_any()
    })
}

/// What stands in the way, told before somebody tries, with the way out.
fn obstacle(frame: &Frame, why: Option<&NotConverted>) -> Option<AnyView> {
    let why = why?;
    let link = match why {
        // There is no case of what the province imported.
        NotConverted::Same { case, .. } if case.as_str().is_empty() => Some((frame.path("learning?exams=1"), "查看考试成绩")),
        NotConverted::Same { case, .. } => Some((frame.path(&format!("learning/conversions/{case}")), "查看那一件申请")),
        NotConverted::NotCollected => Some((frame.path("intake"), "去办理")),
        _ => None,
    };
    let link = link.map(|(href, word)| view! { <p><a href=href>{word}</a></p> });
    Some(view! { <div class="notice notice--warning"><p>{sentence::not_converted(why)}</p>{link}</div> }.into_any())
}

/// The summaries on top, and everything below the heading.
fn form(frame: &Frame, view: &ConversionView) -> (AnyView, AnyView) {
    let flash = |form: &str| view.flash.as_ref().filter(|flash| flash.form == form);
    let years = view.years.iter().map(|year| (year.to_string(), format!("{year} 年度"))).collect();
    let typed = flash("conversion").map_or(&view.answers, |flash| &flash.values);
    let value = |key: &str| typed.get(key).cloned().unwrap_or_default();
    let mut specs = vec![asked::year("year".to_owned(), years, value("year"))];
    specs.extend(asked::specs(&view.kind, "", typed));
    let state = FormState::of(asked::labels(&specs), flash("conversion").or_else(|| flash("convert")));
    let slots = Slot::all(&view.slots);
    let proofs = view.slots.iter().map(|slot| (slot.rules.slot.clone(), slot.rules.title.clone()));
    let own = [("remark", "备注"), ("agreed", "承诺")].map(|(field, label)| (field.to_owned(), label.to_owned()));
    let labels: BTreeMap<String, String> = asked::labels(&specs).into_iter().chain(proofs).chain(own).collect();
    let handing = FormState::of(labels, flash("convert"));
    // What was wrong with handing it in names the answers too; one summary is enough.
    let said = move || match handing.has_trouble() {
        true => view! { <ErrorSummary state=handing /> }.into_any(),
        false => view! { <ErrorSummary state=state /> }.into_any(),
    };
    let top = view! { {summary(&slots)} {said} }.into_any();
    let draft = Draft::new(view.version, view.saved_at);
    draft.follow(state, (SAVE, view.case.id.to_string()), frame.key.clone());
    // What is typed is saved before it is handed in: that is what is sealed.
    Effect::new(move |_| handing.waits.set(draft.behind.get() == Behind::Soon));
    // What could not be saved stands in the fields only, and would be lost by handing in what is saved.
    let is_saved = flash("conversion").is_none_or(|flash| flash.answer.notice.is_some());
    let below_it = if is_saved { hand_in(frame, view, handing, (state, draft)) } else { save_first() };
    let (key, case, version) = (frame.key.clone(), view.case.id.to_string(), view.version.to_string());
    let below = view! {
        <Tips lines=view.kind.tips.clone() />
        <section class="stack" aria-labelledby="answers-title">
            <h2 id="answers-title">"填写内容"</h2>
            <PostForm action=SAVE state=state province=key keeps=false class="stack">
                <input type="hidden" name="step" value=case />
                <input type="hidden" name="version" value=version prop:value=move || draft.version.get().to_string() />
                <input type="hidden" name="page[tab]" value="" prop:value=draft.tab />
                <input type="hidden" name="page[sequence]" value="0" prop:value=move || draft.sequence.get().to_string() />
                <EnterSubmits />
                {asked::fields(specs)}
                <p class="live live--shown" role="status">{draft.said}</p>
                <p class="button-row">
                    <button type="submit" class="button button--secondary" name="how" value="save" aria-disabled=move || state.is_pending.get().then_some("true")>
                        "保存"
                    </button>
                </p>
            </PostForm>
        </section>
        {gives(view)}
        {papers(frame, view, &slots)}
        {below_it}
        {drop(frame, view, handing)}
    }
    .into_any();
    (top, below)
}

/// What it would give as it is saved, with the arithmetic, and the cap where it was met.
fn gives(view: &ConversionView) -> Option<AnyView> {
    let left = view.errors.0.len();
    if left > 0 {
        let what = format!("{}多少{}", view.words.converting, view.words.unit);
        let text = format!("还有 {left} 项需要填写或者核对。填好并保存以后，这里显示可以{what}。");
        return Some(view! { <div class="notice notice--info"><p>{text}</p></div> }.into_any());
    }
    let reckoning = view.reckoning.as_ref()?;
    let unit = &view.words.unit;
    let decided = format!("{}：{}，计入 {} 年度。", reckoning.decided.by, reckoning.decided.on, reckoning.year);
    let text = format!("审核通过后登记 {} {unit}", reckoning.amount);
    Some(
        view! {
            <div class="notice notice--success">
                <p><strong>{text}</strong></p>
                <p>{reckoning.arithmetic.clone()}</p>
                <p class="hint">{decided}</p>
            </div>
        }
        .into_any(),
    )
}

/// 证明材料. Each slot can be reached from the summary by its name.
fn papers(frame: &Frame, view: &ConversionView, slots: &[Slot]) -> AnyView {
    let tile = |slot: &Slot| {
        let id = id_of(&slot.view.rules.slot);
        let (key, case) = (frame.key.clone(), view.case.id.to_string());
        view! { <div id=id tabindex="-1"><Upload place=slot.clone() key=key case=case /></div> }
    };
    let keep = format!("原件请至少保存 {} 年，以备核查。", view.words.keep_years);
    view! {
        <section class="stack" aria-labelledby="proofs-title">
            <h2 id="proofs-title">"证明材料"</h2>
            <p class="hint">{keep}</p>
            {few(view.uploads_left)}
            <div class="tiles">{slots.iter().map(tile).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn save_first() -> AnyView {
    view! { <p class="hint">"上面的内容还没有保存。请先保存，再提交。"</p> }.into_any()
}

/// 提交, with 本人承诺: of what stands above, as it is saved.
fn hand_in(frame: &Frame, view: &ConversionView, state: FormState, (answers, draft): (FormState, Draft)) -> AnyView {
    let ((promised, confirm), note) = (view.promise.clone(), remark(view));
    let (key, case, request) = (frame.key.clone(), view.case.id.to_string(), view.request_key.clone());
    let word = if view.case.status == Status::Returned { "重新提交" } else { "提交" };
    // What is wrong with an answer stands at its field, which is in the other form.
    let at_fields = Callback::new(move |answer: Answer| {
        answers.errors.set(answer.errors);
        false
    });
    let check: Check = Arc::new(move |_: &[(String, String)]| match draft.behind.get_untracked() {
        Behind::Stuck => answers.errors.get_untracked(),
        Behind::Nothing | Behind::Soon => FieldErrors::default(),
    });
    let version = view.version.to_string();
    // Of what the server did not take no version is good.
    let seen = move || match draft.behind.get() {
        Behind::Stuck => String::new(),
        Behind::Nothing | Behind::Soon => draft.version.get().to_string(),
    };
    let hint = move || match draft.behind.get() {
        Behind::Nothing => "上面的内容改动以后，请先保存，再提交。",
        Behind::Soon => "上面的内容正在保存，保存好以后才会提交。",
        Behind::Stuck => "上面的内容还没有保存。请先保存，再提交。",
    };
    view! {
        <section class="card stack" aria-labelledby="pledge-title">
            {promise(&promised, 2)}
            <p class="hint">{hint}</p>
            <PostForm
                action="/api/learning/conversion/submit"
                state=state
                province=key
                check=check
                on_answer=at_fields
                class="stack"
            >
                <input type="hidden" name=name_of("version") value=version prop:value=seen />
                <input type="hidden" name=name_of("case") value=case />
                <input type="hidden" name=name_of("request_key") value=request />
                <Field spec=note />
                {agree(state, confirm)}
                <p class="button-row">
                    <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{word}</button>
                </p>
            </PostForm>
        </section>
    }
    .into_any()
}

/// What the person says to the reviewer, beside the questions of the kind.
fn remark(view: &ConversionView) -> FieldSpec {
    let flash = view.flash.as_ref().filter(|flash| flash.form == "convert");
    FieldSpec {
        control: Control::Area,
        value: flash.and_then(|flash| flash.values.get("remark").cloned()).unwrap_or_default(),
        hint: format!("有需要向审核人说明的情况，可以写在这里，最多 {LONGEST_REMARK} 字。"),
        is_required: false,
        ..FieldSpec::new("remark", "备注")
    }
}

pub(super) fn drop(frame: &Frame, view: &ConversionView, state: FormState) -> Option<AnyView> {
    let may = view.actions.iter().any(|action| matches!(action, Action::Delete | Action::Cancel));
    may.then(|| list::remove(&frame.key, (view.case.id.as_str(), view.case.version), &view.kind.name, state))
}
