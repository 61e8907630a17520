//! One item of a case and the verdict on it.

mod rejection;

use domain::answer::{Answer, Flash};
use domain::case::{Change, Mark, Verdict};
use leptos::prelude::*;

use self::rejection::reject;
use super::bench::{Bench, id_of_item};
use crate::ui::form::{FormState, PostForm};
use crate::ui::sentence;

/// What an item is drawn from.
pub(super) struct Item {
    /// Such as `education.full_time_level` or `attachment.photo`.
    pub item: String,
    pub label: String,
    pub heading: AnyView,
    /// What the person gave.
    pub body: AnyView,
    /// What differs from the round before.
    pub change: Option<AnyView>,
    /// What the person says to it, where it was rejected before and stays as it is.
    pub explanation: Option<String>,
    /// Why it was rejected the time before.
    pub before: Option<String>,
}

/// What all items of a case have in common.
pub(super) struct Desk<'a> {
    pub bench: Bench,
    /// Of the case, as it is seen.
    pub version: i64,
    /// Whether verdicts can be given.
    pub is_open: bool,
    pub reasons: &'a [String],
    /// A verdict that was posted without scripts.
    pub flash: Option<&'a Flash>,
}

/// An answer that changed since the round before: the old struck out, the new one bold.
pub(super) fn changed(change: &Change) -> AnyView {
    let shown = |value: &Option<String>| value.clone().filter(|value| !value.is_empty()).unwrap_or_else(|| "未填写".into());
    let (before, now) = (shown(&change.before), shown(&change.now));
    match (&change.before, &change.now) {
        (None, _) => "本次新增".into_any(),
        (Some(_), None) => view! { "本次删除，上次为：" <del>{before}</del> }.into_any(),
        (was, is) if was == is => "已修改：未显示的数字与上次不同".into_any(),
        (Some(_), Some(_)) => {
            view! { <span class="diff">"已修改：" <del>{before}</del> " → " <ins>{now}</ins></span> }.into_any()
        }
    }
}

/// Draws an item: what was given, what changed, what was judged, and the controls.
pub(super) fn item(desk: &Desk, of: Item) -> AnyView {
    let Item { item, label, heading, body, change, explanation, before } = of;
    let bench = desk.bench;
    let id = id_of_item(&item);
    let key = item.clone();
    let verdict = Memo::new(move |_| bench.verdicts.with(|verdicts| verdicts.get(&key).cloned()));
    let is_changed = change.is_some() || explanation.is_some() || before.is_some();
    let class = move || match verdict.with(|verdict| verdict.as_ref().map(|verdict| verdict.is_accepted)) {
        Some(true) => "item item--accepted",
        Some(false) => "item item--rejected",
        None if is_changed => "item item--changed",
        None => "item",
    };
    let (here, chosen) = (item.clone(), item.clone());
    let controls = desk.is_open.then(|| controls(desk, &item, &label, verdict));
    let is_open = desk.is_open;
    view! {
        <div
            class=class
            id=id
            role="group"
            aria-label=label
            tabindex="-1"
            data-item=item
            aria-current=move || (bench.is_awake.get() && bench.current.with(|current| *current == here)).then_some("true")
            on:focusin=move |_| bench.choose(&chosen)
        >
            {heading}
            {body}
            {controls}
            {change.map(|change| view! { <p><span class="tag tag--orange">"有变化"</span> " " {change}</p> })}
            {explanation.map(|text| view! { <p><span class="tag tag--orange">"申请人认为无误"</span> " " {text}</p> })}
            {before.map(|text| view! { <p class="muted">{format!("上次不通过：{text}")}</p> })}
            {move || verdict.get().map(|verdict| judged(verdict, is_open))}
        </div>
    }
    .into_any()
}

/// What was judged; where it can be judged the pressed button shows that it is right.
fn judged(verdict: Verdict, is_open: bool) -> AnyView {
    if verdict.is_accepted {
        let class = if is_open { "hidden-visually" } else { "" };
        return view! { <p class=class><span class="tag tag--green">"通过"</span></p> }.into_any();
    }
    let mark = verdict.mark.map(|_| "（已在图片上圈出）");
    view! { <p class="item__reason"><span class="tag tag--red">"不通过"</span> " " {verdict.reason} {mark}</p> }.into_any()
}

fn controls(desk: &Desk, item: &str, label: &str, verdict: Memo<Option<Verdict>>) -> AnyView {
    let bench = desk.bench;
    let flash = desk.flash.filter(|flash| flash.values.get("item").is_some_and(|of| of == item));
    let typed = |field: &str| flash.and_then(|flash| flash.values.get(field).cloned()).unwrap_or_default();
    let state = FormState::new(
        [("preset", "常用原因"), ("reason", "原因"), ("item", "项目"), ("verdict", "意见"), ("mark", "圈出的地方")],
        flash,
    );
    let id = id_of_item(item);
    let asked = StoredValue::new("");
    let name = StoredValue::new((item.to_owned(), label.to_owned()));
    let settle = Callback::new(move |answer: Answer| {
        name.with_value(|(item, label)| settled(bench, item, label, asked.get_value(), &answer))
    });
    let is_accepted = Memo::new(move |_| verdict.with(|verdict| verdict.as_ref().is_some_and(|verdict| verdict.is_accepted)));
    // Pressed once more it takes the verdict back.
    let word = move || if is_accepted.get() { "clear" } else { "accept" };
    let of = format!("：{label}");
    let form = (bench.province.get_untracked(), bench.case.get_value(), item.to_owned(), desk.version.to_string());
    let reject = reject(desk, item, &id, &of, (typed("preset"), typed("reason")), (state, verdict), asked);
    view! {
        <PostForm action="/api/review/judge" state=state province=form.0 on_answer=settle>
            <input type="hidden" name="form[case]" value=form.1 />
            <input type="hidden" name="form[version]" value=form.3 />
            <input type="hidden" name="form[item]" value=form.2 />
            <input type="hidden" name="form[mark]" value=move || bench.mark.with(|mark| mark.as_ref().map(Mark::code)) />
            <div class="verdict">
                <button
                    type="submit"
                    class="verdict__yes"
                    id=format!("{id}-accept")
                    name="form[verdict]"
                    value=word
                    aria-pressed=move || if is_accepted.get() { "true" } else { "false" }
                    on:click=move |_| asked.set_value(if is_accepted.get_untracked() { "clear" } else { "accept" })
                >
                    <span aria-hidden="true">"✓"</span>
                    <span class="hidden-visually">"通过" {of}</span>
                </button>
                {reject}
                <div id=format!("{id}-error") role="alert">{move || trouble(state)}</div>
            </div>
        </PostForm>
    }
    .into_any()
}

/// What is wrong with a small form, beside it.
pub(super) fn trouble(state: FormState) -> AnyView {
    let errors = state.errors.with(|errors| {
        let sentence = |error: &domain::fault::FieldError| sentence::fault(&state.label(&error.field), &error.fault);
        errors.0.iter().map(sentence).collect::<Vec<_>>()
    });
    let refusal = state.refusal.get().map(|refusal| sentence::refusal(&refusal));
    let broken = state.trouble.get().map(|error| sentence::app_error(&error));
    let all = errors.into_iter().chain(refusal).chain(broken);
    all.map(|text| view! { <p class="field__error"><span class="hidden-visually">"错误："</span>{text}</p> })
        .collect_view()
        .into_any()
}

/// Takes over what a verdict came to: shows it, and leads on to the next item.
fn settled(bench: Bench, item: &str, label: &str, asked: &str, answer: &Answer) -> bool {
    use super::keys;
    let id = id_of_item(item);
    if answer.go.is_some() {
        return false;
    }
    if !answer.errors.is_empty() {
        keys::focus(&format!("{id}-reason"));
        return true;
    }
    if answer.refusal.is_some() {
        return true;
    }
    bench.hold(answer);
    let (preset, more) = (keys::chosen(&format!("{id}-reject")), keys::value_of(&format!("{id}-reason")));
    let reason = format!("{preset}{}", domain::text::tidy(&more));
    let verdict = match asked {
        "accept" => Some((true, String::new(), None)),
        "reject" => Some((false, reason, bench.mark.get_untracked())),
        _ => None,
    };
    bench.verdicts.update(|verdicts| match verdict {
        Some((is_accepted, reason, mark)) => {
            drop(verdicts.insert(item.to_owned(), Verdict { item: item.to_owned(), is_accepted, reason, mark }));
        }
        None => drop(verdicts.remove(item)),
    });
    if asked == "reject" {
        bench.mark.set(None);
        bench.is_marking.set(false);
    }
    let done = match asked {
        "accept" => "已记录通过",
        "reject" => "已记录不通过",
        _ => "已撤销意见",
    };
    bench.said.set(format!("{label}：{done}"));
    bench.reject("");
    bench.typed.update_value(|typed| drop(typed.remove(item)));
    bench.choose(item);
    if asked == "accept" || asked == "reject" {
        keys::step(bench, 1)
    } else {
        keys::focus(&id)
    }
    true
}
