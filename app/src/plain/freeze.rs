//! 这不是我本人: the page of the link in a message, what came of its button, and what is said at the sign-in of a frozen account.

use chrono::{DateTime, Utc};
use domain::province::Profile;
use leptos::prelude::*;

use super::verify::framed;
use crate::ui::format;

/// The page of a link. It is the same for every link, and opening it does nothing: whatever looks through messages opens them too.
#[must_use]
pub fn not_me(profile: &Profile, style: &str, token: &str, hours: u32) -> String {
    let body = view! {
        <h1>"这不是我本人"</h1>
        <p class="lead">
            {format!("收到了关于账号的短信，但是短信中的账号不是您的，可以把这个账号冻结 {hours} 小时。")}
        </p>
        <h2>"冻结以后"</h2>
        <ul class="points">
            <li>"账号退出登录，冻结期间任何人不能登录，也不能重新设置密码；到时自动解除。"</li>
            <li>"已经提交的申请照常办理，财政局的审核不受影响。"</li>
            <li>"账号的主人登录时会看到冻结到什么时候。"</li>
            <li>"每条短信只能冻结一次。"</li>
        </ul>
        <form class="card" method="post" action=format!("/{}/not-me/{token}", profile.key)>
            <p>"如果账号是您的，不用做什么，关闭这个页面就可以。"</p>
            <div class="button-row"><button type="submit" class="button button--danger">"不是我本人，冻结账号"</button></div>
        </form>
    };
    framed(profile, style, "这不是我本人", body.into_any())
}

/// The account is frozen.
#[must_use]
pub fn done(profile: &Profile, style: &str, until: DateTime<Utc>) -> String {
    let body = view! {
        <div class="result">
            <h1>"账号已冻结"</h1>
            <p class="lead">{format!("{}之前任何人不能登录这个账号，到时自动解除。", format::instant(until))}</p>
        </div>
        {next(profile)}
    };
    framed(profile, style, "账号已冻结", body.into_any())
}

/// Where whoever is concerned goes on.
fn next(profile: &Profile) -> AnyView {
    let (key, has_appeal) = (profile.key.clone(), profile.phone_change.is_some());
    let appeal = has_appeal.then(|| {
        view! {
            <li>
                "有人用您的证件号码注册了账号，或者账号是您的、但是登记的手机号码在别人手里的，请办理"
                <a href=format!("/{key}/appeal")>"账号申诉"</a> "。"
            </li>
        }
    });
    let key = profile.key.clone();
    view! {
        <section class="card stack" aria-labelledby="next">
            <h2 id="next">"接下来"</h2>
            <ul class="points">
                {appeal}
                <li>
                    "不再想收到这个账号的短信的，请告知所在地财政局：" <a href=format!("/{key}/hotlines")>"咨询电话"</a> "。"
                </li>
            </ul>
            <p class="button-row"><a class="button" href=format!("/{key}")>"返回首页"</a></p>
        </section>
    }
    .into_any()
}

/// A link that serves nothing any more, or never did; `text` says why nothing was done.
#[must_use]
pub fn not_done(profile: &Profile, style: &str, text: String) -> String {
    let body = view! {
        <h1>"没有冻结"</h1>
        <section class="notice notice--warning" role="alert"><p>{text}</p></section>
        {next(profile)}
    };
    framed(profile, style, "没有冻结", body.into_any())
}

/// What whoever signs in to a frozen account reads; `None` where the address says no time.
#[must_use]
pub fn frozen(profile: &Profile, style: &str, until: Option<DateTime<Utc>>) -> String {
    let when = match until {
        Some(until) => format!("账号冻结到{}，到时自动解除，请在那以后登录。", format::instant(until)),
        None => "账号冻结期间不能登录，到时自动解除。".to_owned(),
    };
    let (key, phone) = (profile.key.clone(), profile.phone_change.is_some());
    let change = phone.then(|| {
        view! {
            <li>
                "登记的手机号码已经不用的，请办理" <a href=format!("/{key}/phone-change")>"手机号更换申请"</a>
                "；冻结期间也可以办理。"
            </li>
        }
    });
    let key = profile.key.clone();
    let body = view! {
        <h1>"账号已冻结"</h1>
        <p class="lead">{when}</p>
        <p>"收到账号短信的人表示账号不是本人的，因此暂时冻结。您的申请和档案没有变化，已经提交的申请照常办理。"</p>
        <ul class="points">
            {change}
            <li>"急需办理的，请联系所在地财政局：" <a href=format!("/{key}/hotlines")>"咨询电话"</a> "。"</li>
        </ul>
        <p class="button-row"><a class="button" href=format!("/{key}")>"返回首页"</a></p>
    };
    framed(profile, style, "账号已冻结", body.into_any())
}
