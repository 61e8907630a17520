//! 单位确认: what a person asked of employers, and the page behind a link by which the administrator of an employer answers. No script.

use domain::confirmation::Said;
use domain::confirmation::view::{AskedView, ConfirmationLine, ConfirmationsView, Stands};
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::frame::framed;
use crate::ui::format;

/// What a post came back with, and what was typed.
#[derive(Default)]
pub struct Typed {
    /// What was typed; of whoever is asked the code of an employer, of whoever answers the reason.
    pub text: String,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
}

fn troubled(typed: &Typed) -> Option<AnyView> {
    let text = typed.trouble.clone()?;
    Some(view! { <div class="notice notice--danger" role="alert"><p>{text}</p></div> }.into_any())
}

/// The page of a person. `style` is the address of the style sheet.
#[must_use]
pub fn confirmations(profile: &Profile, style: &str, view: ConfirmationsView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "单位确认" } else { "错误：单位确认" };
    let key = profile.key.clone();
    let lead = format!(
        "新单位在本平台登记了{}的，可以请单位确认您在该单位工作。单位确认后 {} 天内办理调转或者信息变更，不用上传单位的证明；审核人员会看到确认的日期。",
        view.manager_name, view.counts_days
    );
    let lines = view.lines.iter().map(|line| shown(profile, line)).collect_view();
    let all = (!view.lines.is_empty()).then(|| {
        view! { <section class="stack" aria-labelledby="asked"><h2 id="asked">"请过的单位"</h2><ul class="card-list">{lines}</ul></section> }
    });
    let body = view! {
        {summary(&typed.faults)}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}/home")>"个人中心"</a></li>
                <li><a href=format!("/{key}/services")>"业务办理"</a></li>
                <li aria-current="page">"单位确认"</li>
            </ol>
        </nav>
        <h1>"单位确认"</h1>
        <p class="lead">{lead}</p>
        {troubled(&typed)}
        {ask(profile, &view, &typed)}
        {all}
    };
    framed(profile, style, title, body.into_any())
}

/// The form, or why nobody is asked now.
fn ask(profile: &Profile, view: &ConfirmationsView, typed: &Typed) -> AnyView {
    let key = &profile.key;
    if !view.is_collected {
        let intake = profile.intake_line().name.clone();
        let text = format!("{intake}审核通过以后，才能请单位确认。");
        return view! {
            <div class="notice notice--warning">
                <p>{text}</p>
                <p><a class="way" href=format!("/{key}/intake")>{format!("办理{intake}")}</a></p>
            </div>
        }
        .into_any();
    }
    if !view.has_links {
        let text = "现在不能发送确认链接，请在办理时上传单位盖章的证明材料。";
        return view! { <div class="notice notice--warning"><p>{text}</p></div> }.into_any();
    }
    if view.lines.iter().any(|line| matches!(line.state, Stands::Waiting(_))) {
        let text = "正在等待单位答复，可以在下面查看或者收回。收回以后可以请其他单位确认。";
        return view! { <div class="notice notice--info"><p>{text}</p></div> }.into_any();
    }
    let seen = Seen { form: (), faults: &typed.faults };
    let told = format!(
        "{}会收到一条短信，凭其中的链接看到您的姓名和单位名称，看不到证件号码、手机号码等其他信息。链接 {} 天内有效，只能答复一次。",
        view.manager_name, view.link_days
    );
    view! {
        <form class="card stack" method="post" action=format!("/{key}/confirmation") data-keeps="yes" aria-labelledby="ask">
            <h2 id="ask">"请单位确认"</h2>
            <input type="hidden" name="act" value="ask" />
            {seen.text("code", "统一社会信用代码", "18 位，在单位的营业执照或者法人证书上。", &typed.text)}
            <p class="hint">{told}</p>
            <div class="button-row"><button type="submit" class="button">"发送给单位"</button></div>
        </form>
    }
    .into_any()
}

fn shown(profile: &Profile, line: &ConfirmationLine) -> AnyView {
    let (class, state, text) = match &line.state {
        Stands::Waiting(until) => ("tag tag--orange", "等待答复", format!("请单位在{}前答复。", format::instant(*until))),
        Stands::Expired => ("tag tag--grey", "没有答复", "链接已经过期。可以再请一次，或者上传证明材料。".to_owned()),
        Stands::Said(Said::Confirmed, on, _) => ("tag tag--green", "单位已确认", format!("{}确认。", format::date(*on))),
        Stands::Said(Said::Refused, on, reason) => {
            let text = format!("{}答复，原因：{reason}。请与单位联系，或者上传证明材料。", format::date(*on));
            ("tag tag--red", "单位没有确认", text)
        }
        Stands::Said(Said::Withdrawn, on, _) => ("tag tag--grey", "已收回", format!("{}收回，链接已经失效。", format::date(*on))),
    };
    let take_back = matches!(line.state, Stands::Waiting(_)).then(|| {
        view! {
            <form method="post" action=format!("/{}/confirmation", profile.key)>
                <input type="hidden" name="act" value="withdraw" />
                <input type="hidden" name="confirmation" value=line.id.clone() />
                <button type="submit" class="button button--quiet">"收回"</button>
            </form>
        }
    });
    view! {
        <li class="card">
            <h3>{line.employer_name.clone()}</h3>
            <p><span class=class>{state}</span></p>
            <p>{text}</p>
            <p class="hint">{format!("{}请单位确认。", format::date(line.asked_on))}</p>
            {take_back}
        </li>
    }
    .into_any()
}

/// The page behind a link: what is asked, and both answers. Opening it does nothing.
#[must_use]
pub fn asked(profile: &Profile, style: &str, token: &str, view: AskedView, typed: Typed) -> String {
    let AskedView { name, employer_name, until } = view;
    let title = if typed.faults.is_empty() { "确认工作单位" } else { "错误：确认工作单位" };
    let seen = Seen { form: (), faults: &typed.faults };
    let action = format!("/{}/confirm/{token}", profile.key);
    let body = view! {
        {summary(&typed.faults)}
        <h1>"确认工作单位"</h1>
        <p class="lead">{format!("有一名会计人员请{employer_name}确认其在该单位工作。")}</p>
        {troubled(&typed)}
        <dl class="summary-list">
            <div><dt>"姓名"</dt><dd>{name.clone()}</dd></div>
            <div><dt>"单位名称"</dt><dd>{employer_name.clone()}</dd></div>
        </dl>
        <form class="card stack" method="post" action=action.clone() aria-labelledby="yes">
            <h2 id="yes">"在本单位从事会计工作"</h2>
            <p>"确认以后不能修改，财政局审核时会看到单位的确认。请对确认的内容负责。"</p>
            <input type="hidden" name="answer" value="confirmed" />
            <div class="button-row"><button type="submit" class="button">{format!("确认{name}在本单位工作")}</button></div>
        </form>
        <form class="card stack" method="post" action=action aria-labelledby="no">
            <h2 id="no">"不能确认"</h2>
            <input type="hidden" name="answer" value="refused" />
            {seen.text("reason", "原因", "会告知申请人，最多 100 个字；请不要填写证件号码和手机号码。", &typed.text)}
            <div class="button-row"><button type="submit" class="button button--secondary">"答复不能确认"</button></div>
        </form>
        <p class="hint">{format!("链接在{}前有效，只能答复一次。不是发给您的，请关闭这个页面，不要转发。", format::instant(until))}</p>
    };
    framed(profile, style, title, body.into_any())
}

/// What whoever answered reads.
#[must_use]
pub fn answered(profile: &Profile, style: &str, said: Said) -> String {
    let text = match said {
        Said::Confirmed => "已经确认，申请人会收到通知。不用做其他操作，可以关闭这个页面。",
        Said::Refused | Said::Withdrawn => "已经答复，原因会告知申请人。不用做其他操作，可以关闭这个页面。",
    };
    let body = view! { <div class="result"><h1>"已经答复"</h1><p class="lead">{text}</p></div> };
    framed(profile, style, "已经答复", body.into_any())
}

/// A link that serves nothing any more, or never did; `text` says why nothing was done.
#[must_use]
pub fn void(profile: &Profile, style: &str, text: String) -> String {
    let body = view! {
        <h1>"不能答复"</h1>
        <section class="notice notice--warning" role="alert"><p>{text}</p></section>
        <p>"需要确认的，请会计人员重新发送链接。"</p>
    };
    framed(profile, style, "不能答复", body.into_any())
}
