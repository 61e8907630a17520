//! 撤销登记: what a bureau entered and the form of another one; and what the person reads of it, with the form of their answer.

use domain::annulment::Ground;
use domain::annulment::forms::{AnnulmentForm, StatementForm};
use domain::annulment::view::{AnnulmentLine, AnnulmentsView, Found, HeardLine, HeardView};
use domain::case::{EnteredLine, Status};
use domain::province::Profile;
use leptos::prelude::*;

use super::entered::{Filed, Typed, Words, case_of, choices, form, page, state};
use super::fields::{Seen, summary};
use super::questions::escaped;
use super::verify::framed;
use crate::ui::format;

const PAGE: &str = "annulments";

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn annulments(profile: &Profile, style: &str, view: AnnulmentsView, typed: Typed<AnnulmentForm>) -> String {
    let lead = format!(
        "已审核通过的申请，查明填写的信息或者提交的证明材料不实的，在这里撤销。录入后系统以站内信和短信告知本人，本人在 {} 个工作日内可以提出意见；本人提出意见或者期满以后，由另一位工作人员在审核台核对决定。",
        view.own.hear_working_days
    );
    let words = Words {
        lead,
        done: "已告知本人；本人提出意见或者期满以后，由另一位工作人员确认。",
        list: ["录入的撤销登记", "撤销登记列表"],
        empty: "还没有录入过撤销登记。",
        columns: &["受理编号", "姓名", "撤销的审核通过", "听取意见", "状态"],
    };
    let about = match &view.own.found {
        Some(found) => fields(profile, &view, found, &typed),
        None => ().into_any(),
    };
    page((profile, style), &words, (&view, &typed), (seek(profile, &view), about), |line| row(profile, line))
}

/// Which application it is about, by its number.
fn seek(profile: &Profile, view: &AnnulmentsView) -> AnyView {
    let number = &view.own.number;
    let missing = (!number.is_empty() && view.own.found.is_none()).then(|| {
        view! { <p class="field__error" id="again-error" role="alert">"没有这个编号的已审核通过的申请，或者申请人不由本财政局管理，请核对。"</p> }
    });
    let described = if missing.is_some() { "again-error" } else { "again-hint" };
    view! {
        <form class="card stack" method="get" action=format!("/{}/staff/{PAGE}", profile.key) aria-labelledby="seek">
            <h2 id="seek">"查找要撤销的申请"</h2>
            <div class="field">
                <label for="again">"受理编号"</label>
                <p class="field__hint" id="again-hint">"信息采集或者信息变更申请的受理编号，可以在审核列表中查到。"</p>
                {missing}
                <input id="again" name="again" type="text" inputmode="numeric" autocomplete="off" value=number.clone() aria-describedby=described />
            </div>
            <div class="button-row"><button type="submit" class="button button--secondary">"查找"</button></div>
        </form>
    }
    .into_any()
}

/// What it is about with what rests on it, and the form.
fn fields(profile: &Profile, view: &AnnulmentsView, found: &Found, typed: &Typed<AnnulmentForm>) -> AnyView {
    let seen = Seen { form: typed.form.clone().unwrap_or_else(|| view.form.clone()), faults: &typed.faults };
    let of = &seen.form;
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let approved = found.approved_on.map(|on| row("审核通过日期", format::date(on)));
    let resting = match found.resting.is_empty() {
        true => view! { <p>"没有。"</p> }.into_any(),
        false => {
            let line = |said: &String| view! { <li>{said.clone()}</li> };
            view! { <ul class="points">{found.resting.iter().map(line).collect_view()}</ul> }.into_any()
        }
    };
    let grounds = Ground::ALL.iter().map(|ground| (ground.code(), ground.term(), of.ground == ground.code())).collect();
    let fields = view! {
        <dl class="summary-list">
            {row("会计人员", found.name.clone())}
            {row("撤销的审核通过", format!("{}（受理编号 {}）", found.kind_name, found.number))}
            {approved}
            {row("确认以后", found.effect.clone())}
        </dl>
        <h3>"审核通过以后签发的证明和记入的学分"</h3>
        {resting}
        <p class="hint">"撤销登记不自动撤销这些证明和学分，请逐项核查。"</p>
        <input type="hidden" name="of" value=found.number.clone() />
        <div id="of" tabindex="-1">{seen.said("of")}</div>
        {choices(&seen, ("ground", "radio"), ("撤销原因", ""), grounds)}
        <div class="field">
            <label for="facts">"查明的情况"</label>
            <p class="field__hint" id="facts-hint">"写明哪一项不实、怎样查明，本人会看到，10 至 500 字。"</p>
            {seen.said("facts")}
            <textarea id="facts" name="facts" rows="5" aria-describedby=seen.described("facts", true) aria-invalid=seen.invalid("facts") inner_html=escaped(&of.facts)></textarea>
        </div>
    };
    let filed = Filed { page: PAGE, title: "录入撤销登记", key: &view.form.request_key, case: "" };
    form(profile, &filed, (view, &seen), fields.into_any())
}

fn row(profile: &Profile, line: &EnteredLine<AnnulmentLine>) -> Vec<AnyView> {
    let (state, class) = match line.status {
        Status::Closed => ("没有撤销，或者已撤回", "tag tag--grey"),
        status => state(status, ("已撤销登记", "tag tag--red")),
    };
    let heard = match line.own.has_said {
        true => "本人已提出意见".to_owned(),
        false => format!("到 {} 止", format::date(line.own.heard_until)),
    };
    vec![
        view! { <a href=case_of(profile, line)>{line.case_number.clone()}</a> }.into_any(),
        line.name.clone().into_any(),
        line.own.of.clone().into_any(),
        heard.into_any(),
        view! { <span class=class>{state}</span> }.into_any(),
    ]
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn heard(profile: &Profile, style: &str, view: HeardView, typed: Typed<StatementForm>) -> String {
    let title = if typed.faults.is_empty() { view.name.clone() } else { format!("错误：{}", view.name) };
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let done = (!typed.done.is_empty()).then(|| {
        view! { <div class="notice notice--success" role="status"><p>{format!("您的意见已提交（受理编号 {}），由财政局核对决定，结果以站内信和短信告知。", typed.done)}</p></div> }
    });
    let lines = match view.lines.is_empty() {
        true => view! { <p class="empty">"没有撤销登记的事项。"</p> }.into_any(),
        false => view.lines.iter().map(|line| of_person(profile, &view, line, &typed)).collect_view().into_any(),
    };
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{}/home", profile.key)>"个人中心"</a></li>
                <li aria-current="page">{view.name.clone()}</li>
            </ol>
        </nav>
        <h1>{view.name.clone()}</h1>
        <p class="lead">"已审核通过的申请，财政局查明信息或者材料不实的，可以撤销。决定以前，您可以提出意见。"</p>
        {trouble}
        {done}
        {lines}
    };
    framed(profile, style, &title, body.into_any())
}

fn of_person(profile: &Profile, view: &HeardView, line: &HeardLine, typed: &Typed<StatementForm>) -> AnyView {
    let id = format!("of-{}", line.case);
    let class = match line.status {
        Status::Approved => "tag tag--red",
        Status::Submitted => "tag tag--orange",
        Status::Draft | Status::Returned | Status::Closed => "tag tag--grey",
    };
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let said = line.said.iter().map(|(said, at)| {
        view! { <div><dt>{format!("您的意见（{}）", format::instant(*at))}</dt><dd>{said.clone()}</dd></div> }
    });
    let says = line.may_say.then(|| answer(profile, view, line, typed));
    view! {
        <section class="card stack" aria-labelledby=id.clone()>
            <h2 id=id.clone()>{line.of.clone()} " " <span class=class>{line.state()}</span></h2>
            <dl class="summary-list">
                {row("受理编号", line.number.clone())}
                {row("财政局", line.bureau_name.clone())}
                {row("撤销原因", line.ground.term().to_owned())}
                {row("查明的情况", line.facts.clone())}
                {row(if line.status == Status::Approved { "决定的结果" } else { "撤销以后" }, line.effect.clone())}
                {said.collect_view()}
            </dl>
            {says}
            {ways(profile, view, line)}
        </section>
    }
    .into_any()
}

/// What can be done about one that was decided.
fn ways(profile: &Profile, view: &HeardView, line: &HeardLine) -> Option<AnyView> {
    (line.status == Status::Approved).then(|| {
        let intake = format!("/{}/intake", profile.key);
        let objection = profile.has_line(domain::case::CaseKind::Objection).then(|| {
            let href = format!("/{}/objections?of={}", profile.key, line.case);
            view! { <p>"认为决定有误的，可以" <a href=href>"提出异议"</a>"，由上级财政局核查。"</p> }
        });
        view! {
            <p><a class="way" href=intake>{format!("办理{}", view.intake)}</a></p>
            {objection}
            <p class="hint">{format!("对决定不服的，可以联系{}，也可以依法申请行政复议。", line.bureau_name)}</p>
        }
        .into_any()
    })
}

fn answer(profile: &Profile, view: &HeardView, line: &HeardLine, typed: &Typed<StatementForm>) -> AnyView {
    let form = typed.form.clone().filter(|form| form.case == line.case.as_str()).unwrap_or_default();
    let seen = Seen { form, faults: &typed.faults };
    let action = format!("/{}/annulments/file", profile.key);
    let until =
        format!("请在 {} 以前（含当日）提出。只能提交一次，提交后财政局即可核对决定，请写全。", format::date(line.heard_until));
    let hint = format!(
        "没有的可以不传。JPG、PNG 图片，或者最多 {} 页的 PDF，不超过 {}。",
        view.proof.most,
        format::bytes(i64::from(view.proof.max_upload()))
    );
    view! {
        <form class="stack" method="post" action=action enctype="multipart/form-data" data-keeps="yes" aria-labelledby="answer">
            <h3 id="answer">"提出意见"</h3>
            <p>{until}</p>
            <input type="hidden" name="case" value=line.case.to_string() />
            <input type="hidden" name="request_key" value=view.request_key.clone() />
            <div class="field">
                <label for="said">"您的意见"</label>
                <p class="field__hint" id="said-hint">"写明实际情况和依据，10 至 1000 字。"</p>
                {seen.said("said")}
                <textarea id="said" name="said" rows="6" aria-describedby=seen.described("said", true) aria-invalid=seen.invalid("said") inner_html=escaped(&seen.form.said)></textarea>
            </div>
            <div class="field">
                <label for="proof">{view.proof.title.clone()}</label>
                <p class="field__hint" id="proof-hint">{hint}</p>
                {seen.said("proof")}
                <input id="proof" name="proof" type="file" accept=".jpg,.jpeg,.png,.pdf,image/jpeg,image/png,application/pdf" aria-describedby=seen.described("proof", true) aria-invalid=seen.invalid("proof") />
            </div>
            <div class="button-row"><button type="submit" class="button">"提交意见"</button></div>
        </form>
    }
    .into_any()
}
