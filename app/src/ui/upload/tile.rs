//! A slot as a tile: its picture with what is to be said of it, its name, what it takes, and what can be done.

use std::sync::Arc;

use domain::id::CaseId;
use domain::intake::Back;
use domain::limit::Left;
use domain::province::AttachmentRules;
use leptos::prelude::*;

use super::limits::{brief, limits};
use super::pictures::{Of, receipts, shown};
use super::{Chooser, Slot, checkup, chooser, failure, phone};
use crate::ui::sentence;

/// Draws a slot. `key` is the key of the province.
#[component]
pub fn Upload(
    place: Slot,
    key: String,
    /// The page that the plain form leads back to, where that is not the page of the files.
    #[prop(optional)]
    back: Option<Back>,
    /// The case that the slot belongs to, where that is not the application of 信息采集.
    #[prop(optional, into)]
    case: String,
    /// The application of 信息采集, where the slot belongs to it.
    #[prop(optional_no_strip)]
    application: Option<CaseId>,
    /// The characters for which the printed form has a blank.
    #[prop(optional)]
    by_hand: String,
    /// How often the form can still be printed, where that is not often.
    #[prop(optional_no_strip)]
    prints_left: Option<Left>,
    /// Whether a clerk fills in for the person: they lend no slot, and print by two.
    #[prop(optional)]
    is_acting: bool,
) -> impl IntoView {
    let slot = place;
    let rules = slot.view.rules.clone();
    let (id, title, words) = (rules.slot.clone(), rules.title.clone(), slot.view.words.clone());
    let (state, tagged) = (slot.clone(), slot.clone());
    let reason = {
        let (reason, is_amended) = (slot.view.reason.clone(), slot.is_amended);
        move || {
            reason.clone().map(|reason| {
                let word = if is_amended.get() { "（已更换）" } else { "" };
                view! { <p class="item__reason">{format!("未通过：{reason}{word}")}</p> }
            })
        }
    };
    let template = rules.template.clone().map(|file| {
        view! { <p><a href=format!("/{key}/templates/{file}") rel="external" download>{words.template.clone()}</a></p> }
    });
    let form = rules.prints.then(|| match is_acting {
        true => view! { <p class="hint">"申请表在窗口办理中打印，请本人签名后上传。"</p> }.into_any(),
        false => printed_form(&key, &words.print, &by_hand, prints_left),
    });
    let is_open = slot.view.is_open;
    let advice = is_open.then(|| checkup::advice(&slot));
    let of = Of { back, case };
    let way = is_open.then(|| chooser(&slot, own_way(&slot, &key, &of)));
    let lent = application.map(String::from).or_else(|| (!of.case.is_empty()).then(|| of.case.clone()));
    let lent = lent.filter(|_| is_open && !is_acting);
    let library = lent.as_ref().map(|case| library(&rules, &key, case));
    let lend = lent.map(|case| phone::lend(&slot, &key, case));
    view! {
        <section class="tile" id=format!("slot-{id}") tabindex="-1" data-state=move || state.state().0 aria-labelledby=format!("slot-{id}-title")>
            <div class="tile__view">
                {shown(&slot, &key)}
                <span class=move || tagged.state().2>{ let slot = slot.clone(); move || slot.state().1 }</span>
            </div>
            <div class="tile__body">
                <h3 id=format!("slot-{id}-title")>
                    {title}
                    {if rules.required {
                        view! { <span class="field__required" aria-hidden="true">" *"</span> }.into_any()
                    } else {
                        view! { <span class="field__optional">"（选填）"</span> }.into_any()
                    }}
                </h3>
                <p>{rules.why.clone()}</p>
                {reason}
                <div aria-live="assertive">{failure(&slot)}</div>
                {template}
                {form}
                {receipts(&slot, &key, &of)}
                <p class="hint tile__brief" id=format!("file-{id}-hint")>{brief(&rules)}</p>
                {way}
                {advice}
                <div class="tile__more">{examples(&rules, words.example)} {lend} {library}</div>
            </div>
        </section>
    }
    .into_any()
}

/// That of whoever has signed in.
fn own_way(slot: &Slot, key: &str, of: &Of) -> Chooser {
    let (at, full) = (slot.clone(), slot.clone());
    let act = move || match (at.has_file(), at.view.rules.most) {
        (false, _) => "上传",
        (true, 1) => "替换",
        (true, _) => "再添加一张",
    };
    let action = match of.case.as_str() {
        "" => Back::on(of.back, &format!("/{key}/upload/{}", slot.view.rules.slot)),
        case => format!("/{key}/learning/conversions/{case}/upload/{}", slot.view.rules.slot),
    };
    Chooser { action, act: Arc::new(act), is_full: Box::new(move || full.is_full()), done: "已上传" }
}

/// The way to a paper that was uploaded before.
fn library(rules: &AttachmentRules, key: &str, case: &str) -> AnyView {
    let (href, title) = (format!("/{key}/record?show=papers&case={case}&slot={}", rules.slot), rules.title.clone());
    view! { <p><a href=href>"从证照库选用"<span class="hidden-visually">{format!("：{title}")}</span></a></p> }.into_any()
}

/// The way to the paper that this slot is for.
fn printed_form(key: &str, print: &str, by_hand: &str, left: Option<Left>) -> AnyView {
    let few = left.map(|left| view! { <p class="hint">{sentence::left(left, "打印")}</p> });
    let blanks = (!by_hand.is_empty()).then(|| view! { <p class="hint">{sentence::by_hand(by_hand)}</p> });
    view! {
        <p><a href=format!("/{key}/intake/form.pdf") rel="external">{format!("{print}（PDF）")}</a></p>
        {blanks}
        {few}
        <p class="hint">"请打印后签名（有工作单位的还要加盖单位公章），拍照或者扫描后上传。"</p>
    }
    .into_any()
}

/// A right and a wrong picture, and every limit that there is.
fn examples(rules: &AttachmentRules, word: String) -> AnyView {
    let picture = |end: &str| format!("/examples/{}-{end}.svg", rules.example);
    let mistakes = rules.examples_wrong.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    let title = rules.title.clone();
    view! {
        <details>
            <summary>{word}<span class="hidden-visually">{format!("：{title}")}</span></summary>
            <p class="hint">{limits(rules)}</p>
            <div class="examples">
                <figure class="examples__right">
                    <img src=picture("right") alt=format!("{title}的正确示例") loading="lazy" />
                    <figcaption>"正确：完整、清楚。"</figcaption>
                </figure>
                <figure class="examples__wrong">
                    <img src=picture("wrong") alt=format!("{title}的错误示例") loading="lazy" />
                    <figcaption>"错误：" <ul>{mistakes}</ul></figcaption>
                </figure>
            </div>
        </details>
    }
    .into_any()
}
