//! What one of the staff does alone, as it has no effect by itself: 代为填写 and 登记账号.

use std::sync::Arc;

use domain::counter::forms::{EnrolForm, FillInForm};
use domain::counter::view::{CounterView, Found};
use domain::fault::FieldErrors;
use domain::form::Form;
use leptos::prelude::*;

use super::found::{facts, seen};
use super::page::{fields, typed};
use crate::ui::field::{Control, FieldSpec};
use crate::ui::form::{Check, FormState, PostForm, name_of};
use crate::ui::page::Frame;

/// A document that no account has, and the way to one.
pub(super) fn nobody(frame: &Frame, view: &CounterView) -> AnyView {
    let service = &view.identity_service;
    let way = if service.is_empty() {
        let href = frame.path(&format!("staff/counter/enrol?search={}", view.search));
        view! { <p>"本人有手机的，可以直接注册；不能自己注册的，可以在窗口登记账号。 " <a href=href>"登记账号"</a></p> }
            .into_any()
    } else {
        let text = format!(
            "本省的账号由{service}管理：请本人先在{service}注册并完成实名认证，再从该平台登录一次本系统，然后再来办理。 "
        );
        let href = frame.path("identity/register");
        view! { <p>{text} <a href=href rel="external">{format!("{service}注册")}</a></p> }.into_any()
    };
    view! {
        <div class="notice notice--info" role="status"><p>"没有账号登记这个证件，请核对证件类型和号码。"</p>{way}</div>
    }
    .into_any()
}

/// The form of 代为填写; `None` without an account that can be filled in for.
pub(super) fn fill_in(frame: &Frame, view: &CounterView, state: FormState) -> Option<AnyView> {
    let Some(Found::Here(person)) = view.found.as_ref() else { return None };
    if !person.may_fill_in && view.flash.is_none() {
        return None;
    }
    let consequence = "开始以后转到本人的填写页面，请按本人的口述和材料填写，由本人核对。最长 60 分钟，您退出登录时也随之结束。填写的内容会保存，不会提交；您填写过的申请，由其他人员审核。本人会收到通知。";
    let form = view! {
        {facts(person)}
        {act(frame, view, state, Act {
            action: "/api/staff/counter/fill-in",
            consequence,
            specs: Vec::new(),
            seen: "已当面核对本人证件原件；本人到场，同意由窗口代为填写",
            button: "开始代为填写",
            check: check(|form: &FillInForm| form.check().err().unwrap_or_default()),
        })}
    };
    Some(form.into_any())
}

/// The form of 登记账号; `None` where the document has an account, or where people have it elsewhere.
pub(super) fn enrol(frame: &Frame, view: &CounterView, state: FormState) -> Option<AnyView> {
    let Some(Found::Nobody { document_label, document }) = view.found.as_ref().filter(|_| view.identity_service.is_empty())
    else {
        return None;
    };
    let flash = view.flash.as_ref();
    let text =
        |field: &str, label: &str| FieldSpec { value: typed(flash, field), autocomplete: "off", ..FieldSpec::new(field, label) };
    let mobile = FieldSpec {
        control: Control::Digits,
        is_required: false,
        hint: "本人使用的号码；没有手机的不填，以后可以带证件到窗口登记。".into(),
        ..text("mobile", "手机号码")
    };
    let name = FieldSpec { hint: "与证件上的姓名一致。".into(), ..text("name", "姓名") };
    let (label, number) = (document_label.clone(), document.clone());
    let form = view! {
        <section class="card"><dl class="summary-list"><div><dt>{label}</dt><dd>{number}</dd></div></dl></section>
        {act(frame, view, state, Act {
            action: "/api/staff/counter/enrol",
            consequence: "登记后没有密码，本人凭手机设置密码以后可以自己登录；没有手机的，由窗口办理。请勿为没有到场的人登记。",
            specs: vec![name, mobile],
            seen: "已当面核对本人证件原件；本人到场，同意登记账号",
            button: "登记账号",
            check: check(|form: &EnrolForm| form.check().err().unwrap_or_default()),
        })}
    };
    Some(form.into_any())
}

/// What tells the forms of this file apart.
struct Act {
    action: &'static str,
    consequence: &'static str,
    /// The fields above the reason.
    specs: Vec<FieldSpec>,
    seen: &'static str,
    button: &'static str,
    check: Check,
}

fn act(frame: &Frame, view: &CounterView, state: FormState, of: Act) -> AnyView {
    let Act { action, consequence, mut specs, seen: confirmed, button, check } = of;
    let flash = view.flash.as_ref();
    specs.push(FieldSpec {
        value: typed(flash, "reason"),
        control: Control::Area,
        hint: "2 至 200 字，本人会看到。".into(),
        ..FieldSpec::new("reason", "原因")
    });
    let is_seen = typed(flash, "seen") == "yes";
    let (search, key) = (view.search.clone(), frame.key.clone());
    view! {
        <PostForm action=action state=state province=key check=check>
            <input type="hidden" name=name_of("search") value=search />
            <p>{consequence}</p>
            {fields(specs)}
            {seen(state, confirmed, is_seen)}
            <div class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>{button}</button>
            </div>
        </PostForm>
    }
    .into_any()
}

fn check<F: Form + 'static>(check: fn(&F) -> FieldErrors) -> Check {
    Arc::new(move |typed: &[(String, String)]| {
        let mut form = F::default();
        for (field, value) in typed {
            form.set(field, value.clone());
        }
        check(&form)
    })
}
