//! 变更页: a form of the record, with what is on record and what a change asks for under each question.

use std::sync::Arc;

use domain::answer::Notice;
use domain::change::view::{ChangeFormView, SheetView};
use domain::intake::StepForm;
use leptos::prelude::*;

use super::{flash_of, head, page};
use crate::intake::{Sheet, current, form_check, rows};
use crate::ui::form::{ErrorSummary, FormState, PostForm};
use crate::ui::page::Frame;
use crate::ui::parts::Tips;
use crate::ui::send_code::EnterSubmits;

/// The server function that saves a form.
const SAVE: &str = "/api/change/save";

/// The form, saved as a whole; what may not be changed is shown and locked.
pub fn sheet(frame: &Frame, view: &ChangeFormView, shown: &SheetView, has_more: bool) -> AnyView {
    let step = shown.step;
    let Some(rules) = shown.kit.context().step(step).cloned() else { return ().into_any() };
    let mut form = shown.kit.answers.form(step);
    let flash = flash_of(view.flash.as_ref(), "change").filter(|flash| {
        let mut typed = StepForm::of(step);
        flash.values.iter().all(|(field, value)| typed.set(field, value.clone()))
    });
    for (field, value) in flash.iter().flat_map(|flash| &flash.values) {
        form.set(field, value.clone());
    }
    let labels = rules.fields.iter().map(|field| (field.key.clone(), field.label.clone()));
    let state = FormState::of(labels.chain([("rows".to_owned(), rules.title.clone())]).collect(), flash);
    let (kit, form) = (Arc::new(shown.kit.clone()), Arc::new(form));
    let answers = {
        let (kit, form) = (kit.clone(), form.clone());
        Memo::new(move |_| kit.answers.with(state.typed.with(|typed| current(&form, typed))))
    };
    let drawn = Sheet {
        frame: frame.clone(),
        bureau: None,
        kit: kit.clone(),
        step,
        form: form.clone(),
        answers,
        open: Some(Arc::new(shown.open.clone())),
        fixed: None,
        reasons: Arc::new(shown.reasons.clone()),
    };
    let seen = shown.version;
    let version = move || match state.notice.get() {
        Some(Notice::Saved { version, .. }) => version.to_string(),
        _ => seen.to_string(),
    };
    let count = format!("本页已修改 {} 项，共修改 {} 项", view.touched, view.changed);
    let tips = vec![
        "只修改有变化的项目，其他项目保持不变。".to_owned(),
        "每一项下面写明变更此项需要上传什么证明；改回原来的内容，就不再需要。".to_owned(),
    ];
    let (key, back, title) = (frame.key.clone(), page(frame, "all"), format!("变更：{}", rules.title));
    view! {
        {head(frame, &view.name, &rules.title)}
        <leptos_meta::Stylesheet href=frame.path("questions.css") />
        <ErrorSummary state=state />
        <h1 tabindex="-1">{title}</h1>
        <Tips lines=tips />
        <PostForm action=SAVE state=state province=key check=form_check(kit, form)>
            <input type="hidden" name="step" value=step.as_str() />
            <input type="hidden" name="version" value=seen.to_string() prop:value=version />
            <EnterSubmits />
            {if step.has_rows() { rows(&drawn, has_more) } else { drawn.fields(None) }}
            <div class="action-bar">
                <p class="live live--shown" role="status">{count}</p>
                <a class="button button--secondary" href=back>"返回"</a>
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"保存修改"</button>
            </div>
        </PostForm>
    }
    .into_any()
}
