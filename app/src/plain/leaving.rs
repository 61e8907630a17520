//! 登录网校: the page before somebody goes to a school with a ticket. No script; its policy lets it post to that school alone.

use domain::province::Profile;
use domain::school::view::LeavingView;
use leptos::prelude::*;

use super::verify::framed;

/// The page. With a ticket its button leads to the school; without one it asks for a ticket first.
#[must_use]
pub fn leaving(profile: &Profile, style: &str, view: LeavingView) -> String {
    let LeavingView { enrolment, school_name, entry, origin, phone, name, ticket } = view;
    let here = format!("/{}/learning/schools/{enrolment}/enter", profile.key);
    let back = format!("/{}/learning/schools", profile.key);
    let go = match ticket {
        Some(ticket) => view! {
            <form method="post" action=entry>
                <input type="hidden" name="ticket" value=ticket />
                <div class="button-row"><button type="submit" class="button">"确定"</button></div>
            </form>
            <form method="post" action=here>
                <p class="hint">"登录凭证一分钟内有效，只能使用一次。超过时间的，请重新生成。"</p>
                <div class="button-row"><button type="submit" class="button button--secondary">"重新生成"</button></div>
            </form>
        }
        .into_any(),
        None => view! {
            <form method="post" action=here>
                <div class="button-row"><button type="submit" class="button">"登录网校"</button></div>
            </form>
        }
        .into_any(),
    };
    let body = view! {
        <h1>"登录网校"</h1>
        <p class="lead">{format!("即将离开本平台，前往{school_name}（{origin}）。")}</p>
        <section class="card" aria-labelledby="told">
            <h2 id="told">"告知网校的内容"</h2>
            <p>{format!("您的姓名（{name}）、报名的年度，以及一个只用于这所网校的学员编号。证件号码和手机号码不会告知。")}</p>
            <p class="hint">{format!("学习、缴费和发票由网校办理，咨询电话 {phone}。")}</p>
        </section>
        {go}
        <p><a class="way" href=back>"返回报名信息"</a></p>
    };
    framed(profile, style, "登录网校", body.into_any())
}
