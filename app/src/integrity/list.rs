//! 诚信信息查询: what is recorded of oneself, what one entered (诚信管理), and the form of a new reward (诚信录入).

use domain::case::Status;
use domain::integrity::forms::RewardForm;
use domain::integrity::objection::ObjectionLine;
use domain::integrity::view::{EntryLine, IntegrityView, RewardLine};
use domain::integrity::{EntryKind, IntegrityRules, NotRewarded};
use leptos::prelude::*;

use crate::intake::one_sheet::status;
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::format;
use crate::ui::page::Frame;
use crate::ui::parts::Breadcrumbs;

/// The fields of a reward, in the order of the form.
pub(super) const LABELS: [(&str, &str); 5] =
    [("name", "奖励名称"), ("level", "级别"), ("body", "授予单位"), ("granted_on", "授予日期"), ("number", "文号")];

/// The page. `not` is why a reward could not be begun.
pub fn integrity(frame: &Frame, view: &IntegrityView, not: &str) -> AnyView {
    let title = view.rules.page_name.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let trail = vec![("个人中心".to_owned(), frame.path("home")), ("业务办理".to_owned(), frame.path("services"))];
    let state = FormState::new(LABELS, view.flash.as_ref());
    let not = NotRewarded::from_code(not)
        .map(|why| view! { <div class="notice notice--warning" role="status"><p>{why_not(why, &view.rules)}</p></div> });
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=trail here=title.clone() />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        {not}
        {collect_first(frame, view)}
        {recorded(frame, view)}
        {objections(frame, view)}
        {notes(view)}
        {entered(frame, view)}
        {new(frame, view, state)}
    }
    .into_any()
}

/// Why a reward cannot be entered, and what helps.
pub(super) fn why_not(why: NotRewarded, rules: &IntegrityRules) -> String {
    match why {
        NotRewarded::NotCollected => format!("信息采集审核通过以后，才能办理{}。", rules.entry_name),
        NotRewarded::Closed => "会计人员档案已经关闭，现在不能办理。关闭的原因和恢复的办法，请在“个人档案”中查看。".to_owned(),
        NotRewarded::Same => {
            format!("您已经申报过授予单位、名称和日期都相同的奖励，不需要重复申报。请在“{}”中查看那一件。", rules.management_name)
        }
        NotRewarded::TooMany => format!("审核中的奖励最多 {} 件，请等待审核完成以后再申报。", rules.most),
    }
}

fn collect_first(frame: &Frame, view: &IntegrityView) -> Option<AnyView> {
    (!view.is_collected).then(|| {
        view! {
            <div class="notice notice--warning">
                <p>{why_not(NotRewarded::NotCollected, &view.rules)}</p>
                <p><a href=frame.path("intake")>{format!("办理{}", frame.intake())}</a></p>
            </div>
        }
        .into_any()
    })
}

fn recorded(frame: &Frame, view: &IntegrityView) -> AnyView {
    let lines = view.entries.iter().map(|of| entry(frame, of)).collect_view();
    let body = match view.entries.is_empty() {
        true => view! { <p class="empty">"诚信档案中还没有奖励和行政处罚的记录。"</p> }.into_any(),
        false => view! { <ul class="ledger">{lines}</ul> }.into_any(),
    };
    view! { <section aria-labelledby="record-title"><h2 id="record-title">"诚信档案"</h2>{body}</section> }.into_any()
}

/// An entry, whether it stands, and what it keeps one from.
fn entry(frame: &Frame, of: &EntryLine) -> AnyView {
    let by = match of.kind {
        EntryKind::Reward => "授予",
        EntryKind::Penalty | EntryKind::Annulment => "决定",
    };
    let (state, class) = match (&of.ended, of.ban) {
        (Some(_), _) => ("已撤销", "tag tag--grey"),
        (None, Some((_, true))) => ("限制从业", "tag tag--red"),
        (None, Some((_, false))) => ("限制从业已到期", "tag tag--grey"),
        (None, None) => ("有效", "tag tag--green"),
    };
    let number = if of.number.is_empty() { String::new() } else { format!("，{}", of.number) };
    let level = if of.level.is_empty() { String::new() } else { format!("{}，", of.level) };
    let facts =
        format!("{level}{} {by}于 {}{number}，{} 记入。", of.body, format::date(of.decided_on), format::date(of.recorded_on));
    let basis = (!of.basis.is_empty()).then(|| view! { <p class="hint">{format!("依据：{}", of.basis)}</p> });
    let ban = of.ban.filter(|(_, is_active)| *is_active).map(|(ban, _)| {
        view! { <p>{format!("不得从事会计工作的期限：{}。期满后自动解除，不需要申请。", ban.words())}</p> }
    });
    let object = of.may_object.then(|| {
        let href = frame.path(&format!("objections?of={}", of.case));
        view! { <p><a href=href rel="external">"提出异议"<span class="hidden-visually">{format!("：{}", of.number)}</span></a></p> }
    });
    // A page without the program says what was annulled and what can be done.
    let annulled = (of.kind == EntryKind::Annulment).then(|| {
        view! { <p><a href=frame.path("annulments") rel="external">{format!("查看{}", of.kind.term())}</a></p> }
    });
    let ended = of.ended.as_ref().map(|(reason, on)| view! { <p>{format!("{} 撤销：{reason}", format::date(*on))}</p> });
    view! {
        <li>
            <p><strong>{of.title.clone()}</strong>{format!("（{}）", of.kind.term())} " " <span class=class>{state}</span></p>
            <p>{facts}</p>
            {basis}
            {ban}
            {ended}
            {annulled}
            {object}
        </li>
    }
    .into_any()
}

/// What one said against penalties, and the answers; a page without the program.
fn objections(frame: &Frame, view: &IntegrityView) -> Option<AnyView> {
    (!view.objections.is_empty()).then(|| {
        let line = |of: &ObjectionLine| {
            let answer = (!of.answer.is_empty()).then(|| view! { <p>{format!("答复：{}", of.answer)}</p> });
            view! { <li><p><strong>{of.state()}</strong>{format!("：{}", of.of)}</p>{answer}</li> }
        };
        view! {
            <section aria-labelledby="objections-title">
                <h2 id="objections-title">"处罚异议"</h2>
                <ul class="ledger">{view.objections.iter().map(line).collect_view()}</ul>
                <p><a href=frame.path("objections") rel="external">"查看异议"</a></p>
            </section>
        }
        .into_any()
    })
}

/// What a bureau found when it took an approval back.
fn notes(view: &IntegrityView) -> Option<AnyView> {
    (!view.notes.is_empty()).then(|| {
        let line = |(reason, on): &(String, chrono::NaiveDate)| {
            view! { <li><p>{reason.clone()}</p><p class="hint">{format!("{} 记入", format::date(*on))}</p></li> }
        };
        view! {
            <section aria-labelledby="notes-title">
                <h2 id="notes-title">"其他记录"</h2>
                <ul class="ledger">{view.notes.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

/// What one entered, with state and reason (手册乙 8.3).
fn entered(frame: &Frame, view: &IntegrityView) -> AnyView {
    let line = |line: &RewardLine| {
        let (word, class) = status(line.status);
        let number = if line.number.is_empty() { String::new() } else { format!("，受理编号 {}", line.number) };
        let href = frame.path(&format!("learning/conversions/{}?integrity=reward", line.case));
        let go = match line.status {
            Status::Draft => "继续填写",
            Status::Returned => "修改后重新提交",
            Status::Submitted | Status::Approved | Status::Closed => "查看",
        };
        let reason = (!line.reason.is_empty()).then(|| view! { <p>{format!("原因：{}", line.reason)}</p> });
        view! {
            <li>
                <p><strong>{line.name.clone()}</strong> " " <span class=class>{word}</span></p>
                <p class="hint">{format!("{}，{}{number}", line.body, format::date(line.granted_on))}</p>
                {reason}
                <p><a href=href>{go}<span class="hidden-visually">{format!("：{}", line.name)}</span></a></p>
            </li>
        }
    };
    let body = match view.rewards.is_empty() {
        true => view! { <p class="empty">"还没有申报过奖励。"</p> }.into_any(),
        false => view! { <ul class="ledger">{view.rewards.iter().map(line).collect_view()}</ul> }.into_any(),
    };
    view! {
        <section aria-labelledby="entered-title">
            <h2 id="entered-title">{view.rules.management_name.clone()}</h2>
            {body}
        </section>
    }
    .into_any()
}

/// The questions of a reward.
pub(super) fn specs(rules: &IntegrityRules, typed: &RewardForm) -> Vec<FieldSpec> {
    let levels = rules.offered().iter().map(|level| (level.code.clone(), level.label.clone())).collect();
    let since = |lowest: &domain::integrity::Lowest| {
        let label = rules.level(&lowest.level).map_or("", |level| level.label.as_str());
        format!("{} 起授予的，{label}及以上", format::date(lowest.from))
    };
    let lowest = rules.lowest.iter().map(since).collect::<Vec<_>>().join("；");
    let spec = |(field, label): (&'static str, &'static str), value: &str| FieldSpec {
        value: value.to_owned(),
        autocomplete: "off",
        ..FieldSpec::new(field, label)
    };
    let [name, level, body, granted_on, number] = LABELS;
    vec![
        FieldSpec { hint: "与证书或者文件上的名称一致。".into(), ..spec(name, &typed.name) },
        FieldSpec {
            control: Control::Select(vec![(String::new(), levels)]),
            hint: format!("{lowest}。"),
            ..spec(level, &typed.level)
        },
        FieldSpec { hint: "证书或者文件上盖章的单位。".into(), ..spec(body, &typed.body) },
        FieldSpec { hint: "例如 20250930。".into(), class: "input--medium", ..spec(granted_on, &typed.granted_on) },
        FieldSpec { hint: "没有文号的不填。".into(), is_required: false, ..spec(number, &typed.number) },
    ]
}

fn new(frame: &Frame, view: &IntegrityView, state: FormState) -> Option<AnyView> {
    view.may_enter.then(|| {
        let typed = |field: &str| view.flash.as_ref().and_then(|flash| flash.values.get(field)).cloned().unwrap_or_default();
        let typed = RewardForm {
            name: typed("name"),
            level: typed("level"),
            body: typed("body"),
            granted_on: typed("granted_on"),
            number: typed("number"),
        };
        let specs = specs(&view.rules, &typed);
        let key = frame.key.clone();
        view! {
            <section class="card" aria-labelledby="enter-title">
                <h2 id="enter-title">{view.rules.entry_name.clone()}</h2>
                <p class="hint">"一件一报，下一步上传证明材料。财政局审核通过后记入诚信档案，不能删除。"</p>
                <PostForm action="/api/integrity/start" state=state province=key class="stack">
                    {specs.into_iter().map(|spec| view! { <Field spec=spec /> }).collect_view()}
                    <p class="button-row">
                        <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"下一步"</button>
                    </p>
                </PostForm>
            </section>
        }
        .into_any()
    })
}
