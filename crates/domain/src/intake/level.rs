use super::answers::Answers;
use super::check::Context;
use crate::date::Dated;
use crate::province::StepKey;

/// The highest 专业技术资格 among the answers in words, such as 会计类中级; `None` without any.
#[must_use]
pub fn highest_qualification(cx: &Context, answers: &Answers) -> Option<String> {
    let cx = cx.with(answers);
    let mut highest: Option<(u32, String)> = None;
    for step in cx.steps.iter().filter(|step| matches!(step.key, StepKey::Qualification | StepKey::Credential)) {
        let rows: Vec<Option<usize>> =
            if step.key.has_rows() { answers.rows(step.key).into_iter().map(Some).collect() } else { vec![None] };
        for row in rows {
            let chosen = |key: &str| {
                let list = step.field(key)?.list.as_deref()?;
                let name = row.map_or_else(|| key.to_owned(), |row| format!("rows.{row}.{key}"));
                Some((list, answers.text(step.key, &name)))
            };
            let Some((list, code)) = chosen("level") else { continue };
            // Rank 0 is 无.
            let Some(rank) = cx.lists.rank(list, code).filter(|rank| *rank > 0) else { continue };
            if highest.as_ref().is_some_and(|(before, _)| *before >= rank) {
                continue;
            }
            let category = chosen("category").and_then(|(list, code)| cx.lists.label(list, code)).unwrap_or_default();
            highest = Some((rank, format!("{category}{}", cx.lists.label(list, code).unwrap_or_default())));
        }
    }
    highest.map(|(_, words)| words)
}

/// The dates that begin the duty of 继续教育: the first 会计专业技术资格, and the start of accounting work; each where it was answered.
#[must_use]
pub fn duty_dates(cx: &Context, answers: &Answers) -> (Option<Dated>, Option<Dated>) {
    let mut qualified: Option<Dated> = None;
    for step in cx.steps.iter().filter(|step| matches!(step.key, StepKey::Qualification | StepKey::Credential)) {
        let rows: Vec<Option<usize>> =
            if step.key.has_rows() { answers.rows(step.key).into_iter().map(Some).collect() } else { vec![None] };
        for row in rows {
            let name = |key: &str| row.map_or_else(|| key.to_owned(), |row| format!("rows.{row}.{key}"));
            let list = step.field("level").and_then(|field| field.list.as_deref());
            // Rank 0 is 无.
            let is_some =
                list.is_none_or(|list| cx.lists.rank(list, answers.text(step.key, &name("level"))).is_some_and(|rank| rank > 0));
            let on = Dated::parse(answers.text(step.key, &name("obtained_on"))).filter(|_| is_some);
            qualified = qualified.into_iter().chain(on).min_by_key(|on| on.first());
        }
    }
    let started = Dated::parse(answers.text(StepKey::Employment, "accounting_started_on"));
    (qualified, started)
}
