//! Two windows wrote the same step: both versions are shown, and the person chooses (ux F9).

use domain::intake::view::StepView;
use domain::intake::{Answers, Back, StepForm, display};
use leptos::prelude::*;

use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::page::Frame;

/// The answers that differ, and the two ways on.
pub fn conflict(frame: &Frame, view: &StepView, typed: &StepForm, state: FormState, to: (&'static str, Option<Back>)) -> AnyView {
    let (action, back) = to;
    let saved = &view.kit.answers;
    let mine = saved.with(typed.clone());
    let lines = differing(view, &mine, saved);
    let page = Back::on(back, &frame.path(&format!("intake/{}", view.step.as_str())));
    let values: Vec<(String, String)> =
        typed.values().into_iter().map(|(field, value)| (name_of(&field), value.to_owned())).collect();
    let (step, version) = (view.step.as_str(), view.version);
    let lines = lines.into_iter().map(|(label, mine, saved)| {
        let word = |text: String| if text.is_empty() { "未填写".to_owned() } else { text };
        view! { <tr><th scope="row">{label}</th><td>{word(mine)}</td><td>{word(saved)}</td></tr> }
    });
    let lines = lines.collect_view();
    view! {
        <div class="notice notice--warning" role="alert">
            <h2>"这一页在别处保存过"</h2>
            <p>"您刚才填写的内容还没有保存，下面列出两处不同的内容，请选择保留哪一份。"</p>
        </div>
        <div class="table-wrap" tabindex="0" role="region" aria-label="两份内容的不同">
            <table>
                <thead><tr><th scope="col">"项目"</th><th scope="col">"本页刚才填写的"</th><th scope="col">"已保存的"</th></tr></thead>
                <tbody>{lines}</tbody>
            </table>
        </div>
        <PostForm action=action state=state province=frame.key.clone()>
            <input type="hidden" name="step" value=step />
            <input type="hidden" name="version" value=version.to_string() />
            <input type="hidden" name="page[back]" value=back.map_or("", Back::as_str) />
            {values.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value /> }).collect_view()}
            <div class="button-row">
                <button type="submit" class="button" name="how" value="stay" formnovalidate>"用刚才填写的内容"</button>
                <a class="button button--secondary" href=page rel="external">"用已保存的内容"</a>
            </div>
        </PostForm>
    }
    .into_any()
}

/// (label, typed here, saved) of every answer that differs.
fn differing(view: &StepView, mine: &Answers, saved: &Answers) -> Vec<(String, String, String)> {
    let rows = |answers: &Answers| {
        let sections = display(&view.kit.context(), answers).into_iter().filter(|section| section.key == view.step.as_str());
        sections.flat_map(|section| section.rows).collect::<Vec<_>>()
    };
    let (mine, saved) = (rows(mine), rows(saved));
    let value = |rows: &[domain::case::Row], item: &str| {
        rows.iter().find(|row| row.item == item).map(|row| row.value.clone()).unwrap_or_default()
    };
    let both = mine.iter().chain(saved.iter().filter(|row| !mine.iter().any(|other| other.item == row.item)));
    let lines = both.map(|row| {
        let label = row
            .group
            .as_ref()
            .filter(|_| row.item.contains(".rows."))
            .map_or_else(|| row.label.clone(), |group| format!("{group}：{}", row.label));
        (label, value(&mine, &row.item), value(&saved, &row.item))
    });
    lines.filter(|(_, mine, saved)| mine != saved).collect()
}
