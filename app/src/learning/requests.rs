//! What the people of an employer ask about credits that are missing, and the answer of its manager.

use domain::learning::class::view::{ClassesView, EmployeeRequest};
use leptos::prelude::*;

use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;

/// The questions, what waits first; the oldest that waits can be answered.
pub(super) fn requests(frame: &Frame, view: &ClassesView, state: FormState) -> Option<AnyView> {
    (!view.requests.is_empty()).then(|| {
        let next = view.requests.iter().rfind(|request| request.asked.answer.is_none());
        let form = next.map(|request| form(frame, view, request, state));
        let lines = view.requests.iter().map(line).collect_view();
        view! {
            <section class="card" aria-labelledby="requests-title">
                <h2 id="requests-title">"会计人员的询问"</h2>
                {form}
                <ul class="ledger">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

fn asks(request: &EmployeeRequest) -> String {
    format!("{}于 {} 询问 {} 年度的学分", request.name, format::date(request.asked.asked_on), request.year)
}

fn line(request: &EmployeeRequest) -> AnyView {
    let answer = match &request.asked.answer {
        Some((text, on)) => {
            let told = format!("{} 答复：", format::date(*on));
            let lines = text.lines().map(|line| view! { <p>{line.to_owned()}</p> }).collect_view();
            view! { <p class="hint">{told}</p> {lines} }.into_any()
        }
        None => view! { <p><span class="tag tag--orange">"等待答复"</span></p> }.into_any(),
    };
    view! { <li><p>{format!("{}。", asks(request))}</p> {answer}</li> }.into_any()
}

fn form(frame: &Frame, view: &ClassesView, request: &EmployeeRequest, state: FormState) -> AnyView {
    let typed = view.flash.as_ref().filter(|flash| flash.form == "answer_employee");
    let typed = typed.filter(|flash| flash.values.get("request") == Some(&request.id));
    let spec = FieldSpec {
        value: typed.and_then(|flash| flash.values.get("answer")).cloned().unwrap_or_default(),
        control: Control::Area,
        hint: "写明是否参加、何时报送或者补报，最多 500 字。答复以后不能修改。".into(),
        ..FieldSpec::new("answer", "答复")
    };
    let (key, manager, id) = (frame.key.clone(), view.manager.clone(), request.id.clone());
    let asks = format!("{}：", asks(request));
    view! {
        <PostForm action="/api/learning/employer/answer" state=state province=key class="stack">
            <p><strong>{asks}</strong></p>
            <input type="hidden" name=name_of("manager") value=manager />
            <input type="hidden" name=name_of("request") value=id />
            <Field spec=spec />
            <p class="button-row">
                <button type="submit" class="button" aria-disabled=move || state.is_pending.get().then_some("true")>"提交答复"</button>
            </p>
        </PostForm>
    }
    .into_any()
}
