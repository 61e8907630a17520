//! 档案关闭登记: what a bureau entered, and the form of another closing.

use domain::case::EnteredLine;
use domain::closing::ClosingCause;
use domain::closing::forms::ClosingForm;
use domain::closing::view::{ClosingLine, ClosingsView};
use domain::province::Profile;
use leptos::prelude::*;

use super::entered::{Filed, Person, Typed, Words, again, case_of, choices, form, page, person, state};
use super::fields::Seen;
use crate::ui::format;

const PAGE: &str = "closings";
const LEAD: &str = "登记本财政局管理的会计人员离退休、不再从事会计工作或者死亡。录入后由另一位工作人员在审核台与证明材料核对，确认后档案关闭并告知本人。档案只关闭，不删除；本人恢复从事会计工作的，重新办理信息采集后档案恢复。";

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn closings(profile: &Profile, style: &str, view: ClosingsView, typed: Typed<ClosingForm>) -> String {
    let words = Words {
        lead: LEAD.to_owned(),
        done: "等待另一位工作人员确认。",
        list: ["录入的档案关闭", "档案关闭列表"],
        empty: "还没有录入过档案关闭。",
        columns: &["受理编号", "姓名", "关闭原因", "发生日期", "状态"],
    };
    page((profile, style), &words, (&view, &typed), (ways(profile, &view), fields(profile, &view, &typed)), |line| {
        row(profile, line)
    })
}

/// What lies beside it: what was approved wrongly, and for the province accounts that look alike.
fn ways(profile: &Profile, view: &ClosingsView) -> AnyView {
    let annulments = profile.has_line(domain::case::CaseKind::Annulment).then(|| {
        let name = profile.line(domain::case::CaseKind::Annulment).name.clone();
        view! { <p><a href=format!("/{}/staff/annulments", profile.key)>{name}</a>"：已审核通过的信息或者材料不实的，在那里办理。"</p> }
    });
    let merges = view.own.0.then(|| {
        view! { <p><a class="way" href=format!("/{}/staff/merges", profile.key)>"查看疑似重复的账号"</a></p> }
    });
    view! { {annulments} {merges} }.into_any()
}

/// The form, empty, as it was typed, or of a closing that was refused.
fn fields(profile: &Profile, view: &ClosingsView, typed: &Typed<ClosingForm>) -> AnyView {
    let seen = Seen { form: typed.form.clone().unwrap_or_else(|| view.form.clone()), faults: &typed.faults };
    let of = &seen.form;
    let who =
        Person {
            term: "会计人员", document: "证件类型", kind: &of.document_kind, number: &of.document_number, name: &of.name
        };
    // What an annulment closes is not entered here.
    let causes = ClosingCause::ALL.iter().filter(|cause| cause.is_entered());
    let causes = causes.map(|cause| (cause.code(), cause.term(), of.cause == cause.code())).collect();
    let fields = view! {
        {person(view, &seen, who, of.case.is_empty())}
        {choices(&seen, ("cause", "radio"), ("关闭原因", ""), causes)}
        {seen.text("since", "发生日期", "例如 20261031。", &of.since)}
        {seen.text("note", "说明（选填）", "最多 200 字，由确认人员查看。", &of.note)}
    };
    let filed = Filed { page: PAGE, title: "录入档案关闭", key: &view.form.request_key, case: &of.case };
    form(profile, &filed, (view, &seen), fields.into_any())
}

fn row(profile: &Profile, line: &EnteredLine<ClosingLine>) -> Vec<AnyView> {
    let approved = if line.own.is_over { ("档案已恢复", "tag tag--green") } else { ("档案已关闭", "tag tag--grey") };
    let (state, class) = state(line.status, approved);
    vec![
        view! { <a href=case_of(profile, line)>{line.case_number.clone()}</a> }.into_any(),
        line.name.clone().into_any(),
        line.own.cause.term().into_any(),
        format::date(line.own.since).into_any(),
        view! { <span class=class>{state}</span> {again(profile, PAGE, line, &line.name)} }.into_any(),
    ]
}
