//! 行政处罚登记: what a bureau entered, and the form of another penalty. No script: the decision comes with the form in one post.

mod correct;
mod form;

use domain::case::{EnteredLine, Status};
use domain::integrity::EntryKind;
use domain::integrity::forms::PenaltyForm;
use domain::integrity::objection::ObjectionLine;
use domain::integrity::view::{PenaltiesView, PenaltyLine};
use domain::province::Profile;
use leptos::prelude::*;

pub use self::correct::{Retyped, correction};
use super::entered::{Typed, Words, again, case_of, page, state};
use crate::ui::format;

const PAGE: &str = "penalties";

/// The page of a bureau. `style` is the address of the style sheet.
#[must_use]
pub fn penalties(profile: &Profile, style: &str, view: PenaltiesView, typed: Typed<PenaltyForm>) -> String {
    let lead = format!(
        "登记本财政局管理的会计人员受到的行政处罚。录入后由另一位工作人员在审核台与处罚决定书核对，确认后记入诚信档案并告知本人。自决定之日起 {} 个工作日内完成。",
        view.own.record_working_days
    );
    let words = Words {
        lead,
        done: "等待另一位工作人员确认。",
        list: ["录入的行政处罚", "行政处罚列表"],
        empty: "还没有录入过行政处罚。",
        columns: &["决定书文号", "姓名", "处罚种类", "决定日期", "状态", "登记期限"],
    };
    let above = asked(profile, &view).into_any();
    page((profile, style), &words, (&view, &typed), (above, form::form(profile, &view, &typed)), |line| row(profile, &view, line))
}

/// The objections that the bureau has to answer: in the cockpit, or by a correction here.
fn asked(profile: &Profile, view: &PenaltiesView) -> Option<AnyView> {
    let key = &profile.key;
    let line = |of: &ObjectionLine| {
        let late = (of.due_on < view.own.today).then(|| view! { " " <span class="tag tag--red">"已超期"</span> });
        let (cockpit, correct) =
            (format!("/{key}/staff/cases/{}", of.case), format!("/{key}/staff/penalties/correct?case={}", of.case));
        // What an annulment says is put right by taking it down alone.
        let correct = (of.kind == EntryKind::Penalty).then(|| {
            view! { <a class="button button--secondary" href=correct>"更正"<span class="hidden-visually">{format!("：{}", of.number)}</span></a> }
        });
        view! {
            <li>
                <p><strong>{of.name.clone()}</strong>{format!("：{}", of.of)}{late}</p>
                <p class="hint">{format!("受理编号 {}，{}前答复。", of.number, format::date(of.due_on))}</p>
                <p class="button-row">
                    <a class="button button--secondary" href=cockpit>"撤下或者维持"<span class="hidden-visually">{format!("：{}", of.number)}</span></a>
                    {correct}
                </p>
            </li>
        }
    };
    (!view.own.objections.is_empty()).then(|| {
        view! {
            <section class="stack" aria-labelledby="asked">
                <h2 id="asked">"等待答复的异议"</h2>
                <ul class="ledger">{view.own.objections.iter().map(line).collect_view()}</ul>
            </section>
        }
        .into_any()
    })
}

fn row(profile: &Profile, view: &PenaltiesView, line: &EnteredLine<PenaltyLine>) -> Vec<AnyView> {
    let own = &line.own;
    let approved = match own.ban {
        Some((_, true)) => ("限制从业", "tag tag--red"),
        Some((_, false)) => ("限制从业已到期", "tag tag--grey"),
        None => ("已记入", "tag tag--green"),
    };
    let (state, class) = state(line.status, approved);
    let until = own.ban.map(|(ban, _)| view! { <p class="hint">{ban.words()}</p> });
    let is_open = matches!(line.status, Status::Submitted | Status::Returned);
    let late = (is_open && own.due_on < view.own.today).then(|| view! { " " <span class="tag tag--red">"已超期"</span> });
    let said = (!own.objection.is_empty()).then(|| view! { <p class="hint">{format!("异议：{}", own.objection)}</p> });
    vec![
        view! { <a href=case_of(profile, line)>{own.number.clone()}</a> }.into_any(),
        line.name.clone().into_any(),
        own.kinds.clone().into_any(),
        format::date(own.decided_on).into_any(),
        view! { <span class=class>{state}</span> {until} {said} {again(profile, PAGE, line, &own.number)} }.into_any(),
        view! { {format::date(own.due_on)} {late} }.into_any(),
    ]
}
