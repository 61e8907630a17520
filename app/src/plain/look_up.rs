//! 查询办理进度: where a case stands, for whoever has its number and the end of the document. No script, and nothing of the person.

use domain::case::Status;
use domain::portal::view::LookedUp;
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::summary;
use super::verify::framed;
use crate::ui::words;

/// What came of a question.
#[derive(Default)]
pub enum Told {
    /// Nothing was asked yet.
    #[default]
    Nothing,
    /// What is wrong, by the field.
    Faults(Vec<(&'static str, String)>),
    /// Nothing is answered now, and why.
    Refused(String),
    /// The case; `None` where number and end do not belong together.
    Seen(Option<LookedUp>),
}

/// The page of a province. `style` is the address of the style sheet, `number` what was typed.
#[must_use]
pub fn look_up(profile: &Profile, style: &str, number: &str, told: &Told) -> String {
    let faults: &[(&'static str, String)] = if let Told::Faults(faults) = told { faults } else { &[] };
    let title = if faults.is_empty() { "查询办理进度" } else { "错误：查询办理进度" };
    let body = view! {
        {summary(faults)}
        <h1>"查询办理进度"</h1>
        <p class="lead">"不用登录，凭受理编号和证件号码的最后 4 位查询。只显示办理到哪一步，不显示个人信息。"</p>
        {answer(profile, told)}
        {form(profile, number, faults)}
        <p>
            "要查看内容或者修改申请，请"<a href=format!("/{}/login", profile.key)>"登录"</a>
            "。不清楚的，可以查"<a href=format!("/{}/hotlines", profile.key)>"咨询电话"</a>"。"
        </p>
        {published(profile)}
    };
    framed(profile, style, title, body.into_any())
}

/// The way to 行政处罚公示, where the province publishes penalties.
fn published(profile: &Profile) -> Option<AnyView> {
    let is_public = profile.integrity.as_ref().is_some_and(|rules| rules.public_months.is_some());
    is_public.then(|| {
        let href = format!("/{}/public-penalties", profile.key);
        view! { <p>"会计人员受到的行政处罚，可以查"<a href=href>"行政处罚公示"</a>"。"</p> }.into_any()
    })
}

fn answer(profile: &Profile, told: &Told) -> Option<AnyView> {
    let note = |class: &'static str, title: String, text: String| {
        view! {
            <section class=class id="answer" aria-labelledby="answer-title">
                <h2 id="answer-title">{title}</h2>
                <p>{text}</p>
            </section>
        }
        .into_any()
    };
    Some(match told {
        Told::Nothing | Told::Faults(_) => return None,
        Told::Refused(text) => note("notice notice--warning", "现在不能查询".into(), text.clone()),
        Told::Seen(None) => note(
            "notice notice--warning",
            "没有查到".into(),
            format!(
                "受理编号和证件号码的最后 4 位对不上，或者{}没有这个编号。受理编号在提交后的页面和回执上，请核对后再查。",
                profile.name
            ),
        ),
        Told::Seen(Some(seen)) => {
            let class = if seen.status == Status::Returned { "notice notice--warning" } else { "notice notice--success" };
            note(class, format!("{}：{}", seen.line, words::status(seen.status)), means(seen.status).to_owned())
        }
    })
}

/// What a status means for the person.
fn means(status: Status) -> &'static str {
    match status {
        Status::Draft => "申请撤销以后没有再提交。登录后可以继续填写并提交。",
        Status::Submitted => "申请已经提交，等待财政局的审核结果。现在不用做什么，有结果会通知您。",
        Status::Returned => "财政局请您修改。请登录后按提示修改，再重新提交。",
        Status::Approved => "已经办结。登录后可以查看和打印。",
        Status::Closed => "申请已经终止。登录后可以查看原因。",
    }
}

fn form(profile: &Profile, number: &str, faults: &[(&'static str, String)]) -> AnyView {
    let fault = |field: &str| faults.iter().find(|(of, _)| *of == field).map(|(_, said)| said.clone());
    let said = |field: &'static str| {
        fault(field).map(|said| {
            view! {
                <p class="field__error" id=format!("{field}-error")><span class="hidden-visually">"错误："</span>{said}</p>
            }
        })
    };
    let class = |field: &str| if fault(field).is_some() { "field field--error" } else { "field" };
    let invalid = |field: &str| fault(field).map(|_| "true");
    let described = |field: &str| match fault(field) {
        Some(_) => format!("{field}-hint {field}-error"),
        None => format!("{field}-hint"),
    };
    let key = profile.key.clone();
    view! {
        <form class="card" method="post" action=format!("/{key}/look-up") novalidate>
            <div class=class("number")>
                <label for="number">"受理编号"</label>
                <p class="field__hint" id="number-hint">"17 位数字，在提交后的页面、短信和回执上。"</p>
                {said("number")}
                <input id="number" name="number" type="text" inputmode="numeric" autocomplete="off" class="input--medium" aria-required="true"
                    value=number.to_owned() aria-describedby=described("number") aria-invalid=invalid("number") />
            </div>
            <div class=class("document_end")>
                <label for="document_end">"证件号码的最后 4 位"</label>
                <p class="field__hint" id="document_end-hint">"申请人的证件，末位 X 不分大小写。"</p>
                {said("document_end")}
                <input id="document_end" name="document_end" type="text" autocomplete="off" class="input--short" aria-required="true"
                    aria-describedby=described("document_end") aria-invalid=invalid("document_end") />
            </div>
            {captcha(profile, fault("captcha"))}
            <div class="button-row"><button type="submit" class="button">"查询"</button></div>
        </form>
    }
    .into_any()
}

/// The picture to be read, and the digits to be heard in its place. Another picture comes by a post with `again`.
pub(super) fn captcha(profile: &Profile, fault: Option<String>) -> AnyView {
    let (key, word) = (profile.key.clone(), profile.account.captcha.clone());
    let alt = format!("{word}，看不清可以更换");
    let is_wrong = fault.is_some();
    let said = fault.map(|said| {
        view! { <p class="field__error" id="captcha-error"><span class="hidden-visually">"错误："</span>{said}</p> }
    });
    view! {
        <div class="captcha">
            <div class=if is_wrong { "field field--error" } else { "field" }>
                <label for="captcha">{word}</label>
                <p class="field__hint" id="captcha-hint">"请填写图片中的字符，不区分大小写。"</p>
                {said}
                <input id="captcha" name="captcha" type="text" autocomplete="off" class="input--code" aria-required="true"
                    aria-describedby=if is_wrong { "captcha-hint captcha-error" } else { "captcha-hint" } aria-invalid=is_wrong.then_some("true") />
            </div>
            <div class="captcha__picture">
                <img src=format!("/{key}/captcha.png") width="160" height="60" alt=alt />
                <button type="submit" class="button button--quiet" name="again" value="yes">"看不清，换一张"</button>
            </div>
            <details class="captcha__spoken">
                <summary>"看不见图片，改听语音"</summary>
                <p class="field__hint">"播放的是六位数字，听到后填写在上面的框中。"</p>
                <audio controls preload="none" src=format!("/{key}/captcha.wav") aria-label="语音验证码"></audio>
            </details>
        </div>
    }
    .into_any()
}
