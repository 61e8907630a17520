//! Which questions are asked, as a style sheet: the browser follows the answers by itself, whether or not the program runs.
//! Where it cannot (no `:has()`), every question is shown until the program runs.

use domain::intake::StepKey;
use domain::province::{Condition, FieldRules, StepRules};

use crate::ui::form::name_of;

/// The style sheet of a province. A question whose conditions cannot be read off the page stays shown.
#[must_use]
pub fn stylesheet(steps: &[StepRules]) -> String {
    let mut rules = Vec::new();
    for step in steps.iter().filter(|step| !step.key.has_rows()) {
        for field in &step.fields {
            let hidden = conditions(step, field, 4).into_iter().filter_map(|condition| unless(step.key, &condition));
            rules.extend(hidden.map(|form| format!("{form} [data-question=\"{}\"]", field.key)));
        }
        for group in groups(step) {
            let common = conditions(step, group[0], 4).into_iter().filter_map(|first| {
                group[1..].iter().try_fold(first, |common, field| needed_by_both(&common, &conditions(step, field, 4)))
            });
            let hidden = common.filter_map(|condition| unless(step.key, &condition));
            rules.extend(hidden.map(|form| format!("{form} [data-questions=\"{}\"]", group[0].key)));
        }
    }
    let mut shown = Vec::new();
    for (step, field) in
        steps.iter().filter(|step| !step.key.has_rows()).flat_map(|step| step.fields.iter().map(move |field| (step, field)))
    {
        wordings(step.key, field, &mut shown, &mut rules);
    }
    let of = |rules: Vec<String>, display: &str| match rules.as_slice() {
        [] => String::new(),
        _ => format!("{} {{ display: {display}; }}\n", rules.join(",\n")),
    };
    format!("{}{}", of(rules, "none"), of(shown, "inline"))
}

/// Which label of a question is shown and which are not; nothing where one of the conditions cannot be read off the page.
fn wordings(step: StepKey, field: &FieldRules, shown: &mut Vec<String>, hidden: &mut Vec<String>) {
    let selectors: Option<Vec<_>> = field.labels.iter().map(|label| chosen(&label.when)).collect();
    let Some(selectors) = selectors.filter(|selectors| !selectors.is_empty()) else { return };
    let form = format!("form:has([name=\"step\"][value=\"{}\"])", step.as_str());
    let label = |nth: Option<usize>| {
        let nth = nth.map(|nth| format!(".{nth}")).unwrap_or_default();
        format!("[data-wording=\"{}{nth}\"]", field.key)
    };
    let mut before = String::new();
    for (nth, (named, holds)) in selectors.iter().enumerate() {
        let form = format!("{form}:has({named})");
        shown.push(format!("{form}{before}:has({holds}) {}", label(Some(nth))));
        hidden.push(format!("{form}:not(:has({holds})) {}", label(Some(nth))));
        hidden.push(format!("{form}:has({holds}) {}", label(None)));
        before.push_str(&format!(":not(:has({holds}))"));
    }
    shown.push(format!("{form}{before} {}", label(None)));
}

/// The fields under each heading of a step.
fn groups(step: &StepRules) -> Vec<Vec<&FieldRules>> {
    let mut groups: Vec<Vec<&FieldRules>> = Vec::new();
    for field in &step.fields {
        match groups.last_mut() {
            Some(group) if field.group.is_none() => group.push(field),
            _ => groups.push(vec![field]),
        }
    }
    groups
}

/// What a question needs of the same answer at least, where another needs `one`.
fn needed_by_both(one: &Condition, of_other: &[Condition]) -> Option<Condition> {
    if of_other.contains(one) {
        return Some(one.clone());
    }
    let is_list =
        |condition: &&Condition| condition.field == one.field && condition.is_not.is_empty() && !condition.is.is_empty();
    let other = of_other.iter().find(is_list).filter(|_| is_list(&one))?;
    Some(Condition { is: [one.is.as_slice(), &other.is].concat(), ..one.clone() })
}

/// What must hold for a question to be asked, as far as answers of the same step decide it; with what must hold for those
/// questions to be asked themselves.
fn conditions(step: &StepRules, field: &FieldRules, depth: u8) -> Vec<Condition> {
    let Some(depth) = depth.checked_sub(1) else { return Vec::new() };
    let mut all = Vec::new();
    for condition in &field.when {
        let key = condition.field.strip_prefix(step.key.as_str()).and_then(|rest| rest.strip_prefix('.'));
        let key = key.unwrap_or(&condition.field);
        let Some(asked) = step.field(key) else { continue };
        let condition = Condition { field: key.to_owned(), ..condition.clone() };
        // What is not asked counts as not answered.
        if !condition.holds("") {
            all.extend(conditions(step, asked, depth));
        }
        all.push(condition);
    }
    all
}

/// The control that a condition is about, and the choices of it with which the condition holds.
fn chosen(condition: &Condition) -> Option<(String, String)> {
    let named = format!("[name=\"{}\"]", name_of(&condition.field));
    let values = |codes: &[String]| codes.iter().map(|code| format!("[value=\"{code}\"]")).collect::<Vec<_>>().join(",");
    let (is, is_not) = (values(&condition.is), values(&condition.is_not));
    let is = if is.is_empty() { String::new() } else { format!(":is({is})") };
    let is_not = if is_not.is_empty() { String::new() } else { format!(":not({is_not})") };
    // Nothing to choose from: text decides, which no selector reads.
    if is.is_empty() && is_not.is_empty() {
        return None;
    }
    let holds = format!("select{named} option:checked{is}{is_not}, input{named}:checked{is}{is_not}");
    Some((named, holds))
}

/// A form of the step in which the condition does not hold.
fn unless(step: StepKey, condition: &Condition) -> Option<String> {
    let (named, holds) = chosen(condition)?;
    Some(format!("form:has([name=\"step\"][value=\"{}\"]):has({named}):not(:has({holds}))", step.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn step(fields: &serde_json::Value) -> StepRules {
        serde_json::from_value(serde_json::json!({ "key": "employment", "title": "工作单位信息", "fields": fields })).unwrap()
    }

    #[test]
    fn a_question_hides_where_the_answer_that_it_needs_is_not_chosen() {
        let css = stylesheet(&[step(&serde_json::json!([
            { "key": "status", "label": "状态" },
            { "key": "post", "label": "岗位", "when": [{ "field": "status", "is": ["yes"] }] },
        ]))]);
        assert_eq!(
            css,
            "form:has([name=\"step\"][value=\"employment\"]):has([name=\"form[status]\"]):not(:has(select[name=\"form[status]\"] \
             option:checked:is([value=\"yes\"]), input[name=\"form[status]\"]:checked:is([value=\"yes\"]))) \
             [data-question=\"post\"] { display: none; }\n"
        );
    }

    #[test]
    fn a_heading_hides_where_no_question_under_it_is_asked() {
        let css = stylesheet(&[step(&serde_json::json!([
            { "key": "status", "label": "状态", "group": "在岗情况" },
            { "key": "post", "label": "岗位", "group": "岗位与职务", "when": [{ "field": "status", "is": ["accounting"] }] },
            { "key": "title", "label": "职务", "when": [{ "field": "status", "is": ["accounting", "other"] }] },
        ]))]);
        let heading = css.split(",\n").find(|rule| rule.contains("data-questions")).unwrap();
        assert!(heading.contains("[value=\"other\"]"), "{heading}");
        assert!(heading.contains("data-questions=\"post\""), "{css}");
    }

    #[test]
    fn a_label_follows_the_answer_and_is_the_common_one_while_there_is_none() {
        let css = stylesheet(&[step(&serde_json::json!([
            { "key": "status", "label": "是否有工作单位" },
            { "key": "division", "label": "办公场所或者居住地", "labels": [
                { "when": { "field": "status", "is": ["yes"] }, "label": "办公场所" },
                { "when": { "field": "status", "is": ["no"] }, "label": "居住地" },
            ] },
        ]))]);
        let (hidden, shown) = css.split_once(" { display: none; }\n").unwrap();
        let ends = |rules: &str, label: &str| {
            rules
                .split(",\n")
                .filter(|rule| rule.trim_end_matches(" { display: inline; }\n").ends_with(&format!("[data-wording=\"{label}\"]")))
                .count()
        };
        assert_eq!(["division", "division.0", "division.1"].map(|label| ends(hidden, label)), [2, 1, 1], "{css}");
        assert_eq!(["division", "division.0", "division.1"].map(|label| ends(shown, label)), [1, 1, 1], "{css}");
        assert!(shown.contains(":checked:is([value=\"yes\"])) [data-wording=\"division.0\"]"), "{css}");
    }

    #[test]
    fn what_hangs_on_a_question_that_is_not_asked_hides_with_it() {
        let css = stylesheet(&[step(&serde_json::json!([
            { "key": "status", "label": "状态" },
            { "key": "title", "label": "职务", "when": [{ "field": "status", "is": ["yes"] }] },
            { "key": "title_appointed_on", "label": "聘任时间", "when": [{ "field": "title", "is_not": ["", "none"] }] },
        ]))]);
        let of_date: Vec<&str> = css.split(",\n").filter(|rule| rule.contains("title_appointed_on")).collect();
        assert_eq!(of_date.len(), 2, "by its own condition, and by that of the question before: {css}");
    }
}
