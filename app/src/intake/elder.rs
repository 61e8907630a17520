//! 长者版: a step asks one question a page. The form holds all answers of the step, so that saving is what it always is; the
//! questions that the page does not ask are hidden in it.

use domain::intake::{FieldKind, StepKey, display, field_kind, is_asked};
use domain::province::FieldRules;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use super::controls::Sheet;
use crate::ui::form::FormState;
use crate::ui::page::Frame;

/// Which question the address asks for.
#[derive(Clone, Default)]
pub struct Turn {
    way: &'static str,
    key: String,
    /// Only what is wrong with this question is said.
    is_alone: bool,
}

impl Turn {
    /// That of the page which is drawn.
    pub fn of_address() -> Self {
        let query = use_query_map();
        let query = query.read_untracked();
        let is_alone = query.get_str("check") == Some("one");
        let found = ["q", "after", "before"].into_iter().find_map(|way| Some((way, query.get_str(way)?.to_owned())));
        let (way, key) = found.unwrap_or_default();
        Self { way, key, is_alone }
    }
}

/// The questions of a step, and the one that the page asks; past the last one stands what was answered.
#[derive(Clone)]
pub struct Quiz {
    pub keys: Vec<String>,
    pub at: usize,
    /// The page of the step, with the word that leads back where it has one, to be followed by `q=` and a question.
    page: String,
}

impl Quiz {
    /// What `turn` asks for. Without it the first question with a mistake is asked, else the first of all.
    pub fn new(sheet: &Sheet, turn: &Turn, state: FormState, page: String) -> Self {
        let (keys, rules) = (sheet.questions(), sheet.rules());
        let place = |key: &str| rules.fields.iter().position(|field| field.key == key);
        let here = place(&turn.key);
        let at = match (turn.way, here) {
            ("q", _) => keys.iter().position(|key| *key == turn.key).unwrap_or(0),
            ("after", Some(_)) => keys.iter().position(|key| place(key) > here).unwrap_or(keys.len()),
            ("before", Some(_)) => keys.iter().rposition(|key| place(key) < here).unwrap_or(0),
            _ => state.errors.with_untracked(|errors| keys.iter().position(|key| errors.of(key).is_some())).unwrap_or(0),
        };
        let quiz = Self { keys, at, page };
        if turn.is_alone {
            state.errors.update(|errors| errors.0.retain(|error| error.field == quiz.shown()));
        }
        state.asked_at.set_value(format!("{}check=1&q=", quiz.page));
        quiz
    }

    /// The key of the question that the page asks; empty past the last one.
    pub fn shown(&self) -> &str {
        self.keys.get(self.at).map_or("", String::as_str)
    }

    /// The page of this question, to which a refused answer leads back.
    pub fn page(&self) -> String {
        format!("{}check=one&q={}", self.page, self.shown())
    }

    /// Where one stands, above the question.
    pub fn head(&self) -> AnyView {
        let all = self.keys.len();
        if self.at == all {
            return ().into_any();
        }
        let here = self.at + 1;
        let kept = if self.at == 0 { "" } else { "前面的都保存好了。" };
        let text = format!("第 {here} 题，共 {all} 题。{kept}");
        view! {
            <p class="question-count" id="question-count">{text}</p>
            <progress max=all.to_string() value=here.to_string() aria-labelledby="question-count"></progress>
        }
        .into_any()
    }

    /// Enter in a field goes on to the next question, as the button does.
    pub fn enter(&self) -> AnyView {
        if self.at == self.keys.len() {
            return view! { <crate::ui::send_code::EnterSubmits /> }.into_any();
        }
        view! {
            <input type="hidden" name="page[question]" value=self.shown().to_owned() />
            <button type="submit" class="hidden-visually" tabindex="-1" aria-hidden="true" name="how" value="next" formnovalidate>
                "下一题"
            </button>
        }
        .into_any()
    }

    /// What was answered, each with the way back to its question; after the last one.
    pub fn end(&self, sheet: &Sheet) -> AnyView {
        if self.at < self.keys.len() {
            return ().into_any();
        }
        let (step, answers) = (sheet.step.as_str(), sheet.answers.get_untracked());
        let sections = display(&sheet.kit.context().with(&answers), &answers).into_iter().filter(|section| section.key == step);
        let rows = sections.flat_map(|section| section.rows).filter_map(|row| {
            let key = row.item.strip_prefix(step)?.strip_prefix('.')?.to_owned();
            let href = self.keys.contains(&key).then(|| format!("{}q={key}", self.page));
            let value = if row.value.is_empty() { "没有填写".to_owned() } else { row.value };
            let hidden = format!("：{}", row.label);
            let mend = href.map(|href| {
                view! {
                    <dd class="summary-list__action">
                        <a href=href rel="external">"修改"<span class="hidden-visually">{hidden}</span></a>
                    </dd>
                }
            });
            Some(view! { <div><dt>{row.label}</dt><dd>{value}</dd>{mend}</div> })
        });
        let rows = rows.collect_view();
        view! {
            <section class="card">
                <h2>"这一步都答完了"</h2>
                <p>"请看一看填得对不对。没有问题的，点下面的“保存并继续”。"</p>
                <dl class="summary-list">{rows}</dl>
            </section>
        }
        .into_any()
    }

    /// The two ways, always in sight; `before` leads from the first question to the step before.
    pub fn ways(&self, before: Option<AnyView>, state: FormState) -> AnyView {
        let is_waiting = move || state.is_pending.get().then_some("true");
        if self.at == self.keys.len() {
            let last = self.keys.last().map(|key| format!("{}q={key}", self.page));
            return view! {
                {last.map(|href| view! { <a class="button button--secondary" href=href rel="external">"上一题"</a> })}
                <button type="submit" class="button" name="how" value="continue" aria-disabled=is_waiting>"保存并继续"</button>
            }
            .into_any();
        }
        let back = match self.at {
            0 => before,
            _ => Some(
                view! {
                    <button type="submit" class="button button--secondary" name="how" value="previous" formnovalidate>"上一题"</button>
                }
                .into_any(),
            ),
        };
        view! {
            {back}
            <button type="submit" class="button" name="how" value="next" formnovalidate aria-disabled=is_waiting>"下一题"</button>
        }
        .into_any()
    }
}

impl Sheet {
    /// Whether a field is asked of the person at all: what is known or follows from another answer is only shown.
    pub fn is_question(&self, rules: &FieldRules) -> bool {
        let is_known = self.step == StepKey::Person && self.kit.holder.knows(&rules.key);
        let kind = field_kind(self.step, &rules.key);
        !is_known && kind.is_some_and(|kind| kind != FieldKind::ResponsibleBureau)
    }

    /// The keys of the questions that are asked as the answers are now, in their order; after a return those that may be changed.
    pub fn questions(&self) -> Vec<String> {
        let answers = self.answers.get_untracked();
        let context = self.kit.context();
        let asked = |rules: &&FieldRules| self.is_question(rules) && is_asked(&context.with(&answers), self.step, rules, None);
        let all: Vec<String> = self.rules().fields.iter().filter(asked).map(|rules| rules.key.clone()).collect();
        let is_open = |key: &&String| self.is_open(&format!("{}.{key}", self.step.as_str()));
        let open: Vec<String> = all.iter().filter(is_open).cloned().collect();
        if open.is_empty() { all } else { open }
    }
}

/// The page of a step, to be followed by a question.
pub fn page_of(frame: &Frame, step: &str, back: &str) -> String {
    let back = if back.is_empty() { String::new() } else { format!("back={back}&") };
    frame.path(&format!("intake/{step}?{back}"))
}
