//! 账号申诉: the number first, then a form with pictures, as 手机号更换 has it. No script: somebody who is shut out gets here with
//! whatever they have.

use domain::account::view::EntryView;
use domain::case::CaseKind;
use domain::limit::Left;
use domain::phone_change::appeal::{APPEAL_FILES, AppealForm, Claim};
use domain::phone_change::rules;
use domain::province::Profile;
use leptos::prelude::*;

use super::fields::{Seen, summary};
use super::look_up::captcha;
use super::verify::framed;
use crate::ui::sentence;
use crate::ui::upload::limits_in_a_form;

/// What was typed, and what came of it.
#[derive(Default)]
pub struct Typed {
    /// 手机号码, where a code was asked for.
    pub mobile: String,
    /// The form, once a code has gone.
    pub form: AppealForm,
    /// What is wrong: the field and the sentence.
    pub faults: Vec<(&'static str, String)>,
    /// What is said above everything, where the rules say no.
    pub trouble: Option<String>,
    /// Another number is wanted than the one to which a code went.
    pub is_other_number: bool,
}

/// The page of a province. `style` is the address of the style sheet.
#[must_use]
pub fn appeal(profile: &Profile, style: &str, view: &EntryView, typed: Typed) -> String {
    let title = if typed.faults.is_empty() { "账号申诉" } else { "错误：账号申诉" };
    let (key, days) = (profile.key.clone(), days(profile));
    let lead = format!(
        "证件号码已被注册，账号不是本人注册的，或者账号是本人的、但是无法登录的，凭证件在这里申诉。所在地财政局在 {days} 个工作日内审核，同时通知账号登记的手机号码。"
    );
    let trouble =
        typed.trouble.as_ref().map(|text| view! { <div class="notice notice--danger" role="alert"><p>{text.clone()}</p></div> });
    let is_sent = view.is_captcha_passed && !typed.is_other_number;
    let summary = summary(&typed.faults);
    let form = if is_sent { details(profile, view, typed) } else { number(profile, view, typed) };
    let body = view! {
        {summary}
        <nav class="breadcrumbs" aria-label="当前位置">
            <ol>
                <li><a href=format!("/{key}")>"首页"</a></li>
                <li><a href=format!("/{key}/login")>"登录"</a></li>
                <li aria-current="page">"账号申诉"</li>
            </ol>
        </nav>
        <h1>"账号申诉"</h1>
        <p class="lead">{lead}</p>
        <p>
            "密码忘记了的，请先试试"<a href=format!("/{key}/forgot")>"忘记密码"</a>"；只是原手机号码停用的，请办理"
            <a href=format!("/{key}/phone-change")>"手机号更换申请"</a>"。"
        </p>
        {trouble}
        {form}
    };
    framed(profile, style, title, body.into_any())
}

/// Until when the bureau decides.
fn days(profile: &Profile) -> u32 {
    profile.line(CaseKind::Appeal).review_working_days
}

/// First the number: once a code has gone there, nothing that follows is lost by asking for one.
fn number(profile: &Profile, view: &EntryView, typed: Typed) -> AnyView {
    let seen = Seen { form: (), faults: &typed.faults };
    let picture = typed.faults.iter().find(|(field, _)| *field == "captcha").map(|(_, said)| said.clone());
    view! {
        <form class="card stack" method="post" action=format!("/{}/appeal", profile.key) novalidate aria-labelledby="first">
            <h2 id="first">"第一步：验证您的手机号码"</h2>
            <div class="field">
                <label for="mobile">"手机号码"</label>
                <p class="field__hint" id="mobile-hint">"申诉的结果发送到这个号码。"</p>
                {seen.said("mobile")}
                <input id="mobile" name="mobile" type="text" inputmode="numeric" autocomplete="tel" class="input--medium" value=typed.mobile.clone() aria-describedby=seen.described("mobile", true) aria-invalid=seen.invalid("mobile") />
            </div>
            {captcha(profile, picture)}
            <div class="button-row"><button type="submit" class="button">{view.account.sms.label.clone()}</button></div>
        </form>
    }
    .into_any()
}

fn details(profile: &Profile, view: &EntryView, typed: Typed) -> AnyView {
    let (key, faults) = (profile.key.clone(), typed.faults);
    let seen = Seen { form: typed.form, faults: &faults };
    let digits = view.account.sms.code_digits;
    let kind = |option: &domain::province::DocumentOption| {
        let code = option.kind.code();
        view! { <option value=code selected=seen.form.document_kind == code>{option.label.clone()}</option> }
    };
    let code = format!("短信中的 {digits} 位数字，已发送到 {}。", view.mobile);
    view! {
        <form
            class="card stack"
            method="post"
            action=format!("/{key}/appeal/apply")
            enctype="multipart/form-data"
            novalidate
            aria-labelledby="second"
        >
            <h2 id="second">"第二步：填写申诉内容"</h2>
            <div class="field">
                <label for="sms_code">"短信验证码"</label>
                <p class="field__hint" id="sms_code-hint">{code}</p>
                {seen.said("sms_code")}
                <input id="sms_code" name="sms_code" type="text" inputmode="numeric" autocomplete="one-time-code" class="input--code" aria-describedby=seen.described("sms_code", true) aria-invalid=seen.invalid("sms_code") />
            </div>
            <p><a class="way" href=format!("/{key}/appeal?change=1")>"没有收到，或者换一个号码"</a></p>
            {claim(&seen)}
            {seen.text("name", "姓名", "与证件上的姓名一致。", &seen.form.name)}
            <div class="field">
                <label for="document_kind">"证件类型"</label>
                {seen.said("document_kind")}
                <select id="document_kind" name="document_kind" aria-describedby=seen.described("document_kind", false) aria-invalid=seen.invalid("document_kind")>
                    {view.account.document_kinds.iter().map(kind).collect_view()}
                </select>
            </div>
            {seen.text("document_number", "证件号码", "", &seen.form.document_number)}
            {APPEAL_FILES.map(|(slot, title)| picture(&seen, slot, title)).into_iter().collect_view()}
            {seen.text("note", "情况说明（选填）", "例如什么时候发现账号被占用，最多 200 字。", &seen.form.note)}
            <div class="button-row"><button type="submit" class="button">"提交申诉"</button></div>
        </form>
    }
    .into_any()
}

fn claim(seen: &Seen<'_, AppealForm>) -> AnyView {
    let choice = |(nth, claim): (usize, Claim)| {
        // The first carries the id of the field, so that the summary leads to it.
        let id = if nth == 0 { "claim".to_owned() } else { format!("claim-{nth}") };
        let (target, is_chosen) = (id.clone(), seen.form.claim == claim.code());
        view! {
            <label class="choice" for=target>
                <input type="radio" id=id name="claim" value=claim.code() checked=is_chosen />
                <span>{claim.words()}</span>
            </label>
        }
    };
    view! {
        <fieldset class="field-group" aria-describedby=seen.described("claim", false)>
            <legend>"您的情况"</legend>
            {seen.said("claim")}
            <div class="choices">{Claim::ALL.into_iter().enumerate().map(choice).collect_view()}</div>
        </fieldset>
    }
    .into_any()
}

fn picture(seen: &Seen<'_, AppealForm>, slot: &'static str, title: &'static str) -> Option<AnyView> {
    let what =
        if slot == "hand" { "本人与证件在同一张照片上，面部和证件文字清晰。" } else { "文字清晰。" };
    let hint = format!("{what}{}", limits_in_a_form(&rules(slot)?));
    Some(
        view! {
            <div class="field">
                <label for=slot>{title}</label>
                <p class="field__hint" id=format!("{slot}-hint")>{hint}</p>
                {seen.said(slot)}
                <input id=slot name=slot type="file" accept=".jpg,.jpeg,.png,image/jpeg,image/png" aria-describedby=seen.described(slot, true) aria-invalid=seen.invalid(slot) />
            </div>
        }
        .into_any(),
    )
}

/// After an appeal, whether or not there is such an account.
#[must_use]
pub fn received(profile: &Profile, style: &str, left: Option<Left>) -> String {
    let days = days(profile);
    let few = left.map(|left| sentence::left(left, "用这个证件或者手机号码申请")).unwrap_or_default();
    let text = format!(
        "如填写的信息与登记的一致，所在地财政局会在 {days} 个工作日内审核，结果发送到您的手机号码。到期没有收到的，请携带证件到所在地财政局办理。{few}"
    );
    let body = view! {
        <div class="result">
            <h1>"申诉已收到"</h1>
            <p class="lead">{text}</p>
            <p class="button-row"><a class="button" href=format!("/{}", profile.key)>"返回首页"</a></p>
        </div>
    };
    framed(profile, style, "申诉已收到", body.into_any())
}
