//! 重复账号: what the machine found, with what each account has, and what was merged. A plain page whose forms post to itself.

use domain::merge::MergeForm;
use domain::merge::view::{MergeState, MergeView, MergesView, PairView, SideView};
use domain::province::Profile;
use leptos::prelude::*;

use super::verify::framed;
use crate::ui::format;

/// What a post came back with.
#[derive(Default)]
pub struct Told {
    /// What is said above everything, where something was not done.
    pub trouble: Option<String>,
    /// Whether something was done a moment ago.
    pub is_done: bool,
    /// What was typed where something was not done.
    pub typed: MergeForm,
}

/// The page of the province. `style` is the address of the style sheet.
#[must_use]
pub fn merges(profile: &Profile, style: &str, view: &MergesView, told: &Told) -> String {
    let trouble =
        told.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = told.is_done.then(|| view! { <div class="notice notice--success" role="status"><p>"已办理。"</p></div> });
    let pairs = view.pairs.iter().map(|of| pair(profile, of, &told.typed)).collect_view();
    let merges = view.merges.iter().map(|of| merge(profile, of)).collect_view();
    let none = |is_empty: bool, text: &'static str| is_empty.then(|| view! { <p class="empty">{text}</p> });
    let body = view! {
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/staff/desk", profile.key)>"工作台"</a></li>
                <li aria-current="page">"重复账号"</li>
            </ol>
        </nav>
        <h1>"重复账号"</h1>
        <p class="lead">"系统在信息采集审核通过时查找可能属于同一人的账号。核实后由一人提请合并，另一人同意后生效；30 日内可以撤销。合并不删除任何内容：不保留的账号中的业务转入保留的账号，用它登录时进入保留的账号。"</p>
        {trouble}
        {done}
        <section class="stack" aria-labelledby="pairs">
            <h2 id="pairs">"疑似重复的账号"</h2>
            {none(view.pairs.is_empty(), "没有需要核实的账号。")}
            {pairs}
        </section>
        <section class="stack" aria-labelledby="merges">
            <h2 id="merges">"合并记录"</h2>
            {none(view.merges.is_empty(), "还没有合并过账号。")}
            {merges}
        </section>
    };
    framed(profile, style, "重复账号", body.into_any())
}

fn action(profile: &Profile) -> String {
    format!("/{}/staff/merges", profile.key)
}

/// An account: who it is of, and what it has.
fn side(title: String, of: &SideView) -> AnyView {
    let held: Vec<String> =
        of.held.iter().filter(|(_, count)| *count > 0).map(|(what, count)| format!("{what} {count}")).collect();
    let held = if held.is_empty() { "没有内容".to_owned() } else { held.join("，") };
    let (label, number) = of.document.clone();
    view! {
        <section>
            <h4>{title}</h4>
            <dl class="summary-list">
                <div><dt>"姓名"</dt><dd>{of.name.clone()}</dd></div>
                <div><dt>"证件"</dt><dd>{format!("{label} {number}")}</dd></div>
                <div><dt>"手机号码"</dt><dd>{of.mobile.clone()}</dd></div>
                <div><dt>"注册时间"</dt><dd>{format::instant(of.created_at)}</dd></div>
                <div><dt>"账号中的内容"</dt><dd>{held}</dd></div>
            </dl>
        </section>
    }
    .into_any()
}

fn pair(profile: &Profile, of: &PairView, typed: &MergeForm) -> AnyView {
    let (kept, written) = match typed.id == of.id {
        true => (typed.keep.as_str(), typed.reason.clone()),
        false => ("", String::new()),
    };
    let why = of.why.iter().map(|why| why.term()).collect::<Vec<_>>().join("，");
    let title = format!("{}：{why}", of.sides[0].name);
    let keep = |value: &'static str, label: &'static str| {
        let id = format!("keep-{value}-{}", of.id);
        let target = id.clone();
        view! {
            <label class="choice" for=target><input type="radio" id=id name="keep" value=value checked=kept == value /><span>{label}</span></label>
        }
    };
    let (reason, hint) = (format!("reason-{}", of.id), format!("reason-{}-hint", of.id));
    let (for_reason, described) = (reason.clone(), hint.clone());
    view! {
        <article class="card stack">
            <h3>{title}</h3>
            <div class="columns">{side("账号甲".to_owned(), &of.sides[0])} {side("账号乙".to_owned(), &of.sides[1])}</div>
            <form class="stack" method="post" action=action(profile) data-keeps="yes">
                <input type="hidden" name="id" value=of.id.clone() />
                <fieldset class="field-group">
                    <legend>"保留哪个账号"</legend>
                    <p class="field__hint">"另一个账号中的内容转入保留的账号，登录中的设备会退出。两个账号都有档案的，以保留的账号的档案为准。"</p>
                    <div class="choices">{keep("one", "保留账号甲")} {keep("other", "保留账号乙")}</div>
                </fieldset>
                <div class="field">
                    <label for=for_reason>"核实情况"</label>
                    <p class="field__hint" id=hint>"怎样核实的，最多 200 字。"</p>
                    <input id=reason name="reason" type="text" autocomplete="off" maxlength="200" value=written aria-describedby=described />
                </div>
                <div class="button-row">
                    <button type="submit" class="button" name="what" value="ask">"提请合并"</button>
                    <button type="submit" class="button button--secondary" name="what" value="dismiss">"不是同一人"</button>
                </div>
            </form>
        </article>
    }
    .into_any()
}

fn merge(profile: &Profile, of: &MergeView) -> AnyView {
    let (state, class, buttons) = match of.state {
        MergeState::Waiting { may_agree: true } => {
            ("等待另一人同意".to_owned(), "tag tag--orange", vec![("agree", "同意合并"), ("refuse", "不同意")])
        }
        MergeState::Waiting { may_agree: false } => {
            ("等待另一人同意".to_owned(), "tag tag--orange", vec![("refuse", "撤回提请")])
        }
        MergeState::InForce { undo_until: Some(until) } => {
            (format!("已合并，{} 以前可以撤销", format::instant(until)), "tag tag--green", vec![("undo", "撤销合并")])
        }
        MergeState::InForce { undo_until: None } => ("已合并".to_owned(), "tag tag--green", Vec::new()),
        MergeState::Refused => ("没有合并".to_owned(), "tag tag--grey", Vec::new()),
        MergeState::Undone => ("已撤销".to_owned(), "tag tag--grey", Vec::new()),
    };
    let form = (!buttons.is_empty()).then(|| {
        let buttons = buttons.into_iter().map(|(what, word)| {
            view! { <button type="submit" class="button button--secondary" name="what" value=what>{word}</button> }
        });
        view! {
            <form method="post" action=action(profile)>
                <input type="hidden" name="id" value=of.id.clone() />
                <div class="button-row">{buttons.collect_view()}</div>
            </form>
        }
    });
    view! {
        <article class="card stack">
            <h3>{of.winner.name.clone()} " " <span class=class>{state}</span></h3>
            <p>{format!("{} 提请，核实情况：{}", format::instant(of.asked_at), of.reason)}</p>
            <div class="columns">{side("保留的账号".to_owned(), &of.winner)} {side("不保留的账号".to_owned(), &of.loser)}</div>
            {form}
        </article>
    }
    .into_any()
}
