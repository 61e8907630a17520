//! 学分显示不全, as far as employers report: their classes of a year, what came of them, and the press that asks a manager.

use domain::learning::class::view::{ClassOutcome, EmployerLine, OwnClass};
use domain::school::missing::MissingView;
use leptos::prelude::*;

use super::missing::asked;
use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;

/// Who answers, and what helps while they do not.
const EMPLOYER: (&str, &str) = ("单位", "着急的话，请直接与单位联系。");

/// The employers that the person's record names, where employers report at all.
pub(super) fn employers(frame: &Frame, view: &MissingView, state: FormState) -> Option<AnyView> {
    (!view.employers_page.is_empty()).then(|| {
        let body = match view.employers.is_empty() {
            true => {
                let text = "您档案中的工作单位还没有管理员，没有报送单位内部培训。参加了单位培训的，请直接向单位询问。";
                view! { <p class="empty">{text}</p> }.into_any()
            }
            false => {
                let lines = view.employers.iter().map(|line| employer(frame, view, line, state)).collect_view();
                view! { <ul class="stack">{lines}</ul> }.into_any()
            }
        };
        view! { <section aria-labelledby="employers"><h2 id="employers">"单位的报送记录"</h2>{body}</section> }.into_any()
    })
}

fn employer(frame: &Frame, view: &MissingView, line: &EmployerLine, state: FormState) -> AnyView {
    let classes = match (line.has_agreed, line.classes.is_empty()) {
        (false, _) => {
            let (text, page) = ("您还没有同意管理员查看您的姓名，单位不能为您报送，也不能在这里询问。", &view.employers_page);
            view! { <p>{text} " " <a href=frame.path("learning?employers=all")>{format!("前往{page}")}</a></p> }.into_any()
        }
        (true, true) => view! { <p>{format!("单位没有审核通过的 {} 年度培训。", view.year)}</p> }.into_any(),
        (true, false) => view! { <ul class="ledger">{line.classes.iter().map(class).collect_view()}</ul> }.into_any(),
    };
    let form = line.may_be_asked().then(|| {
        let (key, id, spoken) = (frame.key.clone(), line.employment.clone(), format!("：{}", line.name));
        let year = view.year.to_string();
        view! {
            <PostForm action="/api/learning/employer/ask" state=state province=key keeps=false>
                <input type="hidden" name=name_of("employment") value=id />
                <input type="hidden" name=name_of("year") value=year />
                <button type="submit" class="button">"询问单位"<span class="hidden-visually">{spoken}</span></button>
            </PostForm>
            <p class="hint">"管理员会看到您的姓名和年度，答复显示在这里，并通过站内消息告诉您。"</p>
        }
    });
    view! {
        <li class="card">
            <h3>{line.name.clone()}</h3>
            <p class="hint">{format!("管理员：{}", line.manager)}</p>
            {classes}
            {line.asked.iter().map(|line| asked(line, EMPLOYER)).collect_view()}
            {form}
        </li>
    }
    .into_any()
}

fn class(of: &OwnClass) -> AnyView {
    let (word, class) = match of.outcome {
        ClassOutcome::NotReported => ("单位还没有报送结果", "tag tag--grey"),
        ClassOutcome::Waiting => ("结果正在审核", "tag tag--orange"),
        ClassOutcome::Booked => ("已登记", "tag tag--green"),
        ClassOutcome::NotIn => ("结果中没有您的学分", "tag tag--red"),
    };
    let on = of.on.map(|on| format!("，{} 审核通过结果", format::date(on))).unwrap_or_default();
    let days = format!("{}至{}{on}", format::date(of.days.0), format::date(of.days.1));
    view! {
        <li>
            <p><strong>{of.title.clone()}</strong> " " <span class=class>{word}</span></p>
            <p class="hint">{days}</p>
        </li>
    }
    .into_any()
}
