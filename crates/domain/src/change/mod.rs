//! 信息变更 (手册乙 6): an approved record is changed at the questions that were touched, by the papers that these ask for.

pub mod forms;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
pub mod view;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::intake::{Answers, Context, Item, MAX_ROWS, StepForm, called_for, items};
use crate::province::{AttachmentRules, Bureau, StepKey, StepRules, fits};
use crate::text;

/// What a province says of it, beside the line of the kind. An answer is named as `step.field`, or as `step.begin*` with all that
/// begin so; what is named nowhere stays as it is on record.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ChangeRules {
    /// What the bureau reviews.
    pub reviewed: Vec<String>,
    /// What takes effect with 提交 and is reviewed by nobody, whether or not `reviewed` names it as well.
    #[serde(default)]
    pub at_once: Vec<String>,
    /// The slots of 信息采集 that prove a change too; the line of the kind may have others.
    #[serde(default)]
    pub slots: Vec<String>,
    /// What is said beside a question in the place of its own line, by `step.field`.
    #[serde(default)]
    pub hints: BTreeMap<String, String>,
    /// 如果我……: what may have happened, in the order of the page.
    #[serde(default)]
    pub occasions: Vec<Occasion>,
}

/// Something that happens to people, and the answers that change with it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Occasion {
    /// A word for forms.
    pub key: String,
    /// 换了单位, 学历提升, …
    pub title: String,
    /// `step.field`, the first one leading to its form.
    pub fields: Vec<String>,
}

/// How a changed answer takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// With the approval of the bureau.
    Reviewed,
    /// With 提交.
    AtOnce,
}

/// `qualification.rows.2.level` as the profile names it: `qualification.level`.
fn column(item: &str) -> Option<String> {
    Item::parse(item).map(|item| format!("{}.{}", item.step.as_str(), item.field))
}

/// `step.field` of a profile as an item: where a form has rows, of the first one.
#[must_use]
pub fn item_of(path: &str) -> String {
    match path.split_once('.') {
        Some((step, field)) if StepKey::parse(step).is_some_and(StepKey::has_rows) => format!("{step}.rows.0.{field}"),
        _ => path.to_owned(),
    }
}

impl ChangeRules {
    /// How a change of this answer takes effect; `None` where it may not be changed.
    #[must_use]
    pub fn way(&self, item: &str) -> Option<Way> {
        let item = Item::parse(item)?;
        let names = |patterns: &[String]| patterns.iter().any(|pattern| fits(pattern, item.step, item.field));
        match (names(&self.at_once), names(&self.reviewed)) {
            (true, _) => Some(Way::AtOnce),
            (false, true) => Some(Way::Reviewed),
            (false, false) => None,
        }
    }

    fn proves(&self, slot: &AttachmentRules, item: &str) -> bool {
        self.way(item) == Some(Way::Reviewed) && slot.is_proof_of(item)
    }

    /// The papers that a change of this answer asks for, with the other answers as they are. What depends on the answer itself is
    /// open as long as nothing is typed, so that each of these is named.
    #[must_use]
    pub fn asks_for<'a>(&self, slots: &'a [AttachmentRules], item: &str, cx: &Context) -> Vec<&'a AttachmentRules> {
        let Some(of) = column(item) else { return Vec::new() };
        let may_hold = |slot: &&AttachmentRules| {
            let mut open = (*slot).clone();
            open.when.retain(|condition| condition.field != of);
            !called_for(cx.steps, std::slice::from_ref(&open), cx.answers).is_empty()
        };
        slots.iter().filter(|slot| self.proves(slot, item)).filter(may_hold).collect()
    }

    /// 资料上传: the papers that these changes call for in a record as it would be (`cx.answers`), each with the answers that do,
    /// in the order of the slots.
    #[must_use]
    pub fn calls_for<'a>(
        &self,
        slots: &'a [AttachmentRules],
        changed: &[String],
        cx: &Context,
    ) -> Vec<(&'a AttachmentRules, Vec<String>)> {
        let possible = called_for(cx.steps, slots, cx.answers).into_iter();
        let called = possible.map(|slot| (slot, changed.iter().filter(|item| self.proves(slot, item)).cloned().collect()));
        called.filter(|(_, items): &(_, Vec<String>)| !items.is_empty()).collect()
    }

    /// What stands under a question before it is touched, by the rule of [`Self::calls_for`].
    #[must_use]
    pub fn sentence(&self, slots: &[AttachmentRules], item: &str, cx: &Context) -> String {
        let asked = self.asks_for(slots, item, cx);
        let titles: Vec<&str> = asked.iter().map(|slot| slot.title.as_str()).collect();
        let own = column(item);
        // Which of them it is follows from what is chosen.
        let is_either = asked.iter().any(|slot| slot.when.iter().any(|condition| Some(&condition.field) == own.as_ref()));
        match (self.way(item), titles.as_slice()) {
            (None, _) => "此项不能在这里变更。".to_owned(),
            (Some(Way::AtOnce), _) => "变更此项不需要证明，提交后立即生效。".to_owned(),
            (Some(Way::Reviewed), []) => "变更此项不需要证明。".to_owned(),
            (Some(Way::Reviewed), titles) => format!("变更此项需上传：{}。", titles.join(if is_either { "或者" } else { "、" })),
        }
    }

    /// What was typed in a form, with every answer that may not be changed as it is on record.
    #[must_use]
    pub fn keep(&self, record: &Answers, typed: StepForm) -> StepForm {
        let (step, on_record) = (typed.step(), record.form(typed.step()));
        let names = typed.values().into_iter().chain(on_record.values()).map(|(name, _)| name).collect::<Vec<_>>();
        let mut kept = typed.clone();
        for name in names.iter().filter(|name| self.way(&format!("{}.{name}", step.as_str())).is_none()) {
            kept.set(name, on_record.get(name).unwrap_or_default().to_owned());
        }
        kept
    }

    /// The items of a form that may be changed, also those of rows that are not there yet.
    #[must_use]
    pub fn open(&self, step: &StepRules) -> Vec<String> {
        let key = step.key.as_str();
        if !step.key.has_rows() {
            let all = step.fields.iter().map(|field| format!("{key}.{}", field.key));
            return all.filter(|item| self.way(item).is_some()).collect();
        }
        let rows = (0..MAX_ROWS).flat_map(|row| step.fields.iter().map(move |field| format!("{key}.rows.{row}.{}", field.key)));
        let mut open: Vec<String> = rows.filter(|item| self.way(item).is_some()).collect();
        if !open.is_empty() {
            open.push(format!("{key}.rows"));
        }
        open
    }
}

/// The items that differ, in the order of the form as it would be, then those that are no longer asked. What is not asked counts as
/// not answered.
#[must_use]
pub fn changed(cx: &Context, before: &Answers, after: &Answers) -> Vec<String> {
    let (was, is) = (asked(cx, before), asked(cx, after));
    let value = |of: &[String], answers: &Answers, item: &String| match of.contains(item) {
        true => text::tidy(answers.get(item).unwrap_or_default()),
        false => String::new(),
    };
    let gone = was.iter().filter(|item| !is.contains(item));
    let all = is.iter().chain(gone).filter(|item| value(&was, before, item) != value(&is, after, item));
    all.cloned().collect()
}

fn asked(cx: &Context, answers: &Answers) -> Vec<String> {
    items(cx, answers).into_iter().filter(|item| Item::parse(item).is_some()).collect()
}

/// A record with these items as they would be; one that is no longer asked is empty then.
#[must_use]
pub fn apply(cx: &Context, record: &Answers, items: &[String], after: &Answers) -> Answers {
    let (mut answers, is) = (record.clone(), asked(cx, after));
    for item in items {
        let value = after.get(item).filter(|_| is.contains(item)).unwrap_or_default().to_owned();
        answers.set(item, value);
    }
    answers
}

/// The bureau to which the answers lead, where the record leads to another: the change is 调转 as well.
#[must_use]
pub fn moves_to<'a>(cx: &Context<'a>, before: &Answers, after: &Answers) -> Option<&'a Bureau> {
    let was = before.bureau(cx).map(|bureau| &bureau.code);
    after.bureau(cx).filter(|bureau| Some(&bureau.code) != was)
}

/// Answers that lead to this bureau; those that lead there already stay as they are.
#[must_use]
pub fn lead_to(cx: &Context, answers: &Answers, to: &Bureau) -> Answers {
    let mut placed = answers.clone();
    if answers.bureau(cx).is_some_and(|bureau| bureau.code == to.code) {
        return placed;
    }
    placed.set("employment.division", to.division.clone());
    if cx.step(StepKey::Employment).is_some_and(|step| step.field("bureau").is_some()) {
        placed.set("employment.bureau", to.code.to_string());
    }
    placed
}
