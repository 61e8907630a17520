use std::collections::{BTreeMap, BTreeSet};

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::check::{Application, Context, Employer, check_step};
use super::fields::fields_of;
use super::item::{Item, MAX_ROWS};
use crate::fault::{Fault, FieldErrors};
use crate::form::{Form, Typed};
use crate::id::BureauCode;
use crate::province::{Bureau, StepKey, StepRules};

/// Everything typed in an application, as it was typed; nothing typed is not kept. Only fields that exist have a place.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Answers(BTreeMap<Item, String>);

/// What was typed in one form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepForm {
    step: StepKey,
    answers: Answers,
}

impl Serialize for Answers {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(item, value)| (item.to_string(), value)))
    }
}

impl<'de> Deserialize<'de> for Answers {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let typed = BTreeMap::<String, String>::deserialize(deserializer)?;
        let known = typed.into_iter().map(|(item, value)| match Item::parse(&item) {
            Some(item) => Ok((item, value)),
            None => Err(D::Error::custom(format!("there is no item {item:?}"))),
        });
        Ok(Self(known.collect::<Result<_, _>>()?))
    }
}

impl Answers {
    /// The form of a step.
    #[must_use]
    pub fn form(&self, step: StepKey) -> StepForm {
        let of_step = self.0.iter().filter(|(item, _)| item.step == step);
        StepForm { step, answers: Self(of_step.map(|(item, value)| (*item, value.clone())).collect()) }
    }

    /// Replaces the form of a step.
    pub fn put(&mut self, form: StepForm) {
        self.0.retain(|item, _| item.step != form.step);
        self.0.extend(form.answers.0);
    }

    /// The same answers with another form in one step.
    #[must_use]
    pub fn with(&self, form: StepForm) -> Self {
        let mut answers = self.clone();
        answers.put(form);
        answers
    }

    /// Those to the questions of these steps, and the date of birth, which every date is compared with.
    #[must_use]
    pub fn within(&self, steps: &[StepRules]) -> Self {
        let is_asked = |item: &Item| steps.iter().any(|step| step.key == item.step && step.field(item.field).is_some());
        let is_kept = |item: &Item| is_asked(item) || (item.step, item.field) == (StepKey::Person, "born_on");
        Self(self.0.iter().filter(|(item, _)| is_kept(item)).map(|(item, value)| (*item, value.clone())).collect())
    }

    /// The value of an item such as `education.full_time_level` or `qualification.rows.0.level`, empty when nothing was typed;
    /// `None` where there is no such item.
    #[must_use]
    pub fn get(&self, item: &str) -> Option<&str> {
        Some(self.value(Item::parse(item)?))
    }

    /// The value of a field of a form, such as `rows.0.level`; empty where there is none.
    #[must_use]
    pub fn text(&self, step: StepKey, name: &str) -> &str {
        Item::of(step, name).map_or("", |item| self.value(item))
    }

    pub(super) fn value(&self, item: Item) -> &str {
        self.0.get(&item).map_or("", String::as_str)
    }

    /// Writes the value of an item; `false` when there is no such item.
    pub fn set(&mut self, item: &str, value: String) -> bool {
        Item::parse(item).map(|item| self.write(item, value)).is_some()
    }

    fn write(&mut self, item: Item, value: String) {
        if value.is_empty() {
            self.0.remove(&item);
        } else {
            self.0.insert(item, value);
        }
    }

    /// Every value with its item.
    #[must_use]
    pub fn values(&self) -> Vec<(String, &str)> {
        self.0.iter().map(|(item, value)| (item.to_string(), value.as_str())).collect()
    }

    /// The rows of a form that hold something. A row without any value counts as removed.
    #[must_use]
    pub fn rows(&self, step: StepKey) -> BTreeSet<usize> {
        let filled = self.0.iter().filter(|(item, value)| item.step == step && !value.trim().is_empty());
        filled.filter_map(|(item, _)| item.row).collect()
    }

    /// The bureau that what was typed leads to, as the check finds it; `None` while it leads to none.
    #[must_use]
    pub fn bureau<'a>(&self, cx: &Context<'a>) -> Option<&'a Bureau> {
        let division = self.text(StepKey::Employment, "division").trim();
        if !cx.chooses_bureau() {
            return cx.bureaus.for_division(division);
        }
        let chosen = self.text(StepKey::Employment, "bureau").trim();
        cx.bureaus.matching(division).into_iter().find(|bureau| bureau.code == chosen)
    }

    /// Checks the whole application; `cx.answers` is not looked at. A step that the province does not have is as if nobody had
    /// typed anything there.
    ///
    /// # Errors
    /// The faults of every step that has any, in the order of the wizard.
    pub fn check(&self, cx: &Context) -> Result<Application, Vec<(StepKey, FieldErrors)>> {
        let cx = cx.with(self);
        let (mut faults, mut accepted) = (Vec::new(), BTreeMap::new());
        for step in cx.steps.iter().map(|rules| rules.key) {
            let (values, errors) = check_step(&cx, step);
            accepted.extend(values);
            if !errors.is_empty() {
                faults.push((step, errors));
            }
        }
        let text = |step, name| Item::of(step, name).and_then(|item| accepted.get(&item)).cloned();
        let of_work = |name| text(StepKey::Employment, name);
        let bureau = of_work("bureau").map(BureauCode::from).or_else(|| self.bureau(&cx).map(|bureau| bureau.code.clone()));
        let (Some(division), Some(bureau), true) = (of_work("division"), bureau, faults.is_empty()) else { return Err(faults) };
        let code = of_work("employer_code").or_else(|| of_work("credit_code"));
        let employer = code.zip(of_work("employer_name")).map(|(code, name)| Employer { code, name });
        Ok(Application { name: text(StepKey::Person, "name"), division, bureau, employer })
    }
}

impl StepForm {
    /// The empty form of a step.
    #[must_use]
    pub fn of(step: StepKey) -> Self {
        Self { step, answers: Answers::default() }
    }

    /// The form of a step as it is before anybody saved it: where nothing stands yet, with what the province presets
    /// (手册丁 基本信息: 汉族, 群众).
    #[must_use]
    pub fn at_first(mut self, rules: &StepRules) -> Self {
        let is_open = |form: &Self, key: &str| form.get(key).is_none_or(str::is_empty);
        for (field, preset) in rules.fields.iter().filter_map(|field| field.preset.as_ref().map(|preset| (field, preset))) {
            if is_open(&self, &field.key) {
                self.set(&field.key, preset.clone());
            }
        }
        self
    }

    /// The form of a step as it was posted.
    ///
    /// # Errors
    /// `TooManyRows` at `rows`; `NotInList` at names that the form does not have.
    pub fn read(step: StepKey, typed: &Typed) -> Result<Self, FieldErrors> {
        let (mut form, mut errors) = (Self::of(step), FieldErrors::default());
        for (name, value) in typed.values() {
            if form.set(&name, value.to_owned()) {
                continue;
            }
            let row =
                name.strip_prefix("rows.").and_then(|rest| rest.split_once('.')).and_then(|(row, _)| row.parse::<usize>().ok());
            match row.filter(|row| step.has_rows() && *row >= MAX_ROWS) {
                Some(_) if errors.of("rows").is_none() => errors.push("rows", Fault::TooManyRows(MAX_ROWS as u32)),
                Some(_) => {}
                None => errors.push(&name, Fault::NotInList),
            }
        }
        errors.or(form)
    }

    /// Whose form it is.
    #[must_use]
    pub fn step(&self) -> StepKey {
        self.step
    }

    /// Every field that the form has, or of its rows those that hold something, with what was typed, in the order of the form.
    #[must_use]
    pub fn values(&self) -> Vec<(String, &str)> {
        let rows: Vec<Option<usize>> = match self.step.has_rows() {
            true => self.answers.rows(self.step).into_iter().map(Some).collect(),
            false => vec![None],
        };
        let items = rows
            .into_iter()
            .flat_map(|row| fields_of(self.step).map(move |field| Item { step: self.step, row, field: field.key }));
        items.map(|item| (item.name(), self.answers.value(item))).collect()
    }

    /// The value of a field, or `None` when the form has no such field.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&str> {
        Item::of(self.step, field).map(|item| self.answers.value(item))
    }

    /// Writes one value; `false` when the form has no such field.
    pub fn set(&mut self, field: &str, value: String) -> bool {
        Item::of(self.step, field).map(|item| self.answers.write(item, value)).is_some()
    }

    /// The rows that hold something.
    #[must_use]
    pub fn rows(&self) -> BTreeSet<usize> {
        self.answers.rows(self.step)
    }

    /// Whether nothing was typed.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.answers.0.values().all(|value| value.trim().is_empty())
    }

    /// Checks the step.
    ///
    /// # Errors
    /// Every fault, in the order of the form.
    pub fn check(&self, cx: &Context) -> Result<(), FieldErrors> {
        let answers = cx.answers.with(self.clone());
        check_step(&cx.with(&answers), self.step).1.or(())
    }
}
