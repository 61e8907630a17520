//! The fields of a step, drawn from the profile.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::intake::view::Kit;
use domain::intake::{Answers, FieldKind, StepForm, StepKey, field_kind, is_asked, is_required, label_now};
use domain::province::{Bureau, FieldRules, StepRules};
use leptos::prelude::*;

use super::group::Group;
use super::{employer, parts};
use crate::ui::field::{Control, Field, FieldSpec};
use crate::ui::form::id_of;
use crate::ui::page::Frame;

/// An example that the keyboard of the field can type.
fn example(rules: &FieldRules, kind: FieldKind) -> String {
    let example = rules.example.clone().unwrap_or_default();
    match example.get(..6).filter(|_| kind == FieldKind::DateOrMonth) {
        Some(month) => format!("{example}；只有年月的，填写 {month}"),
        None => example,
    }
}

fn suggestions_id(list: &str) -> String {
    format!("suggestions-{list}")
}

/// What the fields of a step are drawn from.
#[derive(Clone)]
pub struct Sheet {
    pub frame: Frame,
    /// How to reach the bureau that the saved answers lead to.
    pub bureau: Option<Arc<Bureau>>,
    pub kit: Arc<Kit>,
    pub step: StepKey,
    /// What is shown at first.
    pub form: Arc<StepForm>,
    /// All answers with what stands in the fields now.
    pub answers: Memo<Answers>,
    pub open: Option<Arc<BTreeSet<String>>>,
    /// The item that is as registered.
    pub fixed: Option<String>,
    pub reasons: Arc<BTreeMap<String, String>>,
}

impl Sheet {
    /// The rules of the step.
    pub fn rules(&self) -> StepRules {
        let empty = || StepRules { key: self.step, title: String::new(), tips: Vec::new(), fields: Vec::new() };
        self.kit.context().step(self.step).cloned().unwrap_or_else(empty)
    }

    /// Whether an item may be changed.
    pub fn is_open(&self, item: &str) -> bool {
        self.fixed.as_deref() != Some(item) && self.open.as_ref().is_none_or(|open| open.contains(item))
    }

    fn asked(&self, rules: &FieldRules, row: Option<usize>) -> Signal<bool> {
        let (kit, step, answers, rules) = (self.kit.clone(), self.step, self.answers, rules.clone());
        let asked = Memo::new(move |_| answers.with(|answers| is_asked(&kit.context().with(answers), step, &rules, row)));
        asked.into()
    }

    fn required(&self, rules: &FieldRules, row: Option<usize>) -> Option<Signal<bool>> {
        rules.required_when.as_ref()?;
        let (kit, step, answers, rules) = (self.kit.clone(), self.step, self.answers, rules.clone());
        let required = Memo::new(move |_| answers.with(|answers| is_required(&kit.context().with(answers), step, &rules, row)));
        Some(required.into())
    }

    /// One field, and whether it is asked. `row` is the row of 专业技术资格.
    pub fn field(&self, rules: &FieldRules, row: Option<usize>) -> Option<(AnyView, Signal<bool>)> {
        if self.step == StepKey::Person && self.kit.holder.knows(&rules.key) {
            return None;
        }
        let kind = field_kind(self.step, &rules.key)?;
        if kind == FieldKind::ResponsibleBureau {
            return Some(self.responsible(rules));
        }
        let name = row.map_or_else(|| rules.key.clone(), |row| format!("rows.{row}.{}", rules.key));
        let item = format!("{}.{name}", self.step.as_str());
        let asked = self.asked(rules, row);
        let value = self.form.get(&name).unwrap_or_default().to_owned();
        let (control, class, autocomplete) = self.control(rules, kind, &value, row.is_some());
        let spec = FieldSpec {
            hint: rules.hint.clone(),
            example: example(rules, kind),
            is_required: rules.required,
            required_now: self.required(rules, row),
            value,
            control,
            class,
            autocomplete,
            // What a change newly calls for was never looked at, so that it is not locked.
            is_locked: !self.is_open(&item) && asked.get_untracked(),
            reason: self.reasons.get(&item).cloned().unwrap_or_default(),
            label_now: self.label(rules, row),
            suggestions: self.suggested(rules, kind).map(suggestions_id).unwrap_or_default(),
            ..FieldSpec::new(name, rules.label.clone())
        };
        Some((view! { <Field spec=spec is_asked=asked /> }.into_any(), asked))
    }

    /// The label where it follows the answers: every wording, one of them shown. Until the program runs the style sheet of the
    /// questions chooses (docs/adr/0025).
    fn label(&self, rules: &FieldRules, row: Option<usize>) -> Option<ViewFn> {
        if rules.labels.is_empty() {
            return None;
        }
        let (kit, step, answers, rules) = (self.kit.clone(), self.step, self.answers, rules.clone());
        let now = {
            let rules = rules.clone();
            Memo::new(move |_| answers.with(|answers| label_now(&kit.context().with(answers), step, &rules, row)))
        };
        let draw = move || {
            let one = |nth: Option<usize>, text: &str| {
                let name = nth.map_or_else(|| rules.key.clone(), |nth| format!("{}.{nth}", rules.key));
                let is_shown = move || (now.get() == nth).then_some("yes");
                view! { <span data-wording=name data-shown=is_shown>{text.to_owned()}</span> }
            };
            let others = rules.labels.iter().enumerate().map(|(nth, other)| one(Some(nth), &other.label)).collect_view();
            view! { {one(None, &rules.label)} {others} }
        };
        Some(draw.into())
    }

    /// The list that is suggested for a text.
    fn suggested<'a>(&self, rules: &'a FieldRules, kind: FieldKind) -> Option<&'a str> {
        rules.list.as_deref().filter(|_| matches!(kind, FieldKind::Text { .. }))
    }

    /// What is suggested on this page, each list once.
    fn suggestions(&self) -> AnyView {
        let rules = self.rules();
        let named = rules.fields.iter().filter_map(|field| self.suggested(field, field_kind(self.step, &field.key)?));
        let lists: BTreeSet<&str> = named.collect();
        let draw = |list: &str| {
            let choices = self.choices(list, "").into_iter().map(|(_, label)| view! { <option value=label></option> });
            view! { <datalist id=suggestions_id(list)>{choices.collect_view()}</datalist> }
        };
        lists.into_iter().map(draw).collect_view().into_any()
    }

    /// The bureau of the chosen division, read-only (手册丁 所属会计管理部门).
    fn responsible(&self, rules: &FieldRules) -> (AnyView, Signal<bool>) {
        let (kit, answers) = (self.kit.clone(), self.answers);
        let name =
            move || answers.with(|answers| answers.bureau(&kit.context()).map(|bureau| bureau.name.clone()).unwrap_or_default());
        let id = id_of(&rules.key);
        let (hint_id, described, asked) = (format!("{id}-hint"), format!("{id}-hint"), self.asked(rules, None));
        let view = view! {
            <div class="field" data-question=rules.key.clone() data-not-asked=move || (!asked.get()).then_some("yes")>
                <label for=id.clone()>{rules.label.clone()}<span class="field__required" aria-hidden="true">" *"</span></label>
                <p class="field__hint" id=hint_id>{rules.hint.clone()}</p>
                <input type="text" id=id readonly=true prop:value=name.clone() value=name aria-describedby=described />
            </div>
        };
        (view.into_any(), asked)
    }

    fn control(&self, rules: &FieldRules, kind: FieldKind, value: &str, is_row: bool) -> (Control, &'static str, &'static str) {
        match kind {
            FieldKind::Choice => {
                let choices = self.choices(rules.list.as_deref().unwrap_or_default(), value);
                // A row is emptied by choosing nothing, which radio buttons cannot say.
                if choices.len() <= 4 && rules.required && !is_row {
                    (Control::Radio(choices), "", "")
                } else {
                    (Control::Select(vec![(String::new(), choices)]), "", "")
                }
            }
            FieldKind::Division => (Control::Select(self.divisions(rules.key == "division")), "", ""),
            FieldKind::Date | FieldKind::DateOrMonth => {
                (Control::Digits, "input--medium", if rules.key == "born_on" { "bday" } else { "" })
            }
            FieldKind::Bureau => (Control::LiveSelect(self.bureaus()), "", ""),
            FieldKind::Telephone => (Control::Digits, "input--medium", ""),
            FieldKind::Mobile => (Control::Digits, "input--medium", "tel"),
            FieldKind::Name => (Control::Text, "input--medium", "name"),
            FieldKind::Postcode => (Control::Digits, "input--short", "postal-code"),
            FieldKind::Email => (Control::Text, "", "email"),
            FieldKind::CreditCode | FieldKind::EmployerCode | FieldKind::Text { .. } | FieldKind::ResponsibleBureau => {
                (Control::Text, "", "")
            }
        }
    }

    /// The bureaus that match the division, as it is chosen now (手册丙 7).
    fn bureaus(&self) -> Signal<Vec<(String, String)>> {
        let (kit, answers) = (self.kit.clone(), self.answers);
        let division =
            Memo::new(move |_| answers.with(|answers| answers.text(StepKey::Employment, "division").trim().to_owned()));
        let label = |bureau: &Bureau| match bureau.phone.as_str() {
            "" => bureau.name.clone(),
            phone => format!("{}（{phone}）", bureau.name),
        };
        Signal::derive(move || {
            let matching = kit.bureaus.matching(&division.get());
            matching.into_iter().map(|bureau| (bureau.code.to_string(), label(bureau))).collect()
        })
    }

    fn choices(&self, list: &str, value: &str) -> Vec<(String, String)> {
        let entries = self.kit.lists.entries(list).iter();
        let shown = entries.filter(|entry| entry.is_valid(self.kit.today) || entry.code == value);
        shown.map(|entry| (entry.code.clone(), entry.label.clone())).collect()
    }

    /// The divisions, a group for each city; with `is_desk` only those that a bureau takes cases of.
    fn divisions(&self, is_desk: bool) -> Vec<(String, Vec<(String, String)>)> {
        let Kit { divisions, bureaus, province, .. } = &*self.kit;
        let is_shown = |code: &str| !is_desk || bureaus.for_division(code).is_some();
        let own = |code: &str, name: &str| (code.to_owned(), format!("{name}本级"));
        let mut groups = Vec::new();
        if is_desk && is_shown(province) {
            let name = &self.frame.site.province.name;
            groups.push((name.clone(), vec![own(province, name)]));
        }
        for city in divisions.children(province) {
            let mut choices = Vec::new();
            if is_shown(&city.code) {
                choices.push(if city.level == 2 { own(&city.code, &city.name) } else { (city.code.clone(), city.name.clone()) });
            }
            let below = divisions.children(&city.code).into_iter().filter(|below| is_shown(&below.code));
            choices.extend(below.map(|below| (below.code.clone(), below.name.clone())));
            if !choices.is_empty() {
                groups.push((city.name.clone(), choices));
            }
        }
        groups
    }

    /// All fields under their headings; a heading hides with its last field. Of 长者版 only the question `shown` is seen: the
    /// others stay in the form, so that each save carries the whole step.
    pub fn fields(&self, shown: Option<&str>) -> AnyView {
        let mut groups: Vec<Group> = Vec::new();
        for rules in &self.rules().fields {
            match shown {
                Some(shown) if self.is_question(rules) || groups.is_empty() => groups.push(Group::alone(rules, shown)),
                None if rules.group.is_some() || groups.is_empty() => groups.push(Group::of(rules)),
                _ => {}
            }
            let (Some((view, asked)), Some(group)) = (self.field(rules, None), groups.last_mut()) else { continue };
            group.fields.push(view);
            group.asked.push(asked);
            if self.step == StepKey::Employment && rules.key == self.last_of_bureau() {
                group.fields.push(self.bureau());
            }
            if rules.key == "employer_code" && self.kit.has_directory {
                group.fields.push(employer::lookup(&self.frame.key, self.answers, asked));
            }
        }
        let groups = groups.into_iter().filter(|group| !group.fields.is_empty()).map(|Group { title, is_hidden, first, fields, asked }| {
            let not_asked = move || (!asked.iter().any(Get::get)).then_some("yes");
            let legend = (!title.is_empty()).then(|| view! { <legend>{title}</legend> });
            view! { <fieldset class="field-group card" hidden=is_hidden data-questions=first data-not-asked=not_asked>{legend}{fields}</fieldset> }
        });
        view! { {groups.collect_view()} {self.suggestions()} }.into_any()
    }

    /// The question after which the bureau is known.
    fn last_of_bureau(&self) -> &'static str {
        if self.rules().field("bureau").is_some() { "bureau" } else { "division" }
    }

    /// Which bureau will handle it, before anything is saved (ux F14).
    fn bureau(&self) -> AnyView {
        let (kit, answers, frame, known) = (self.kit.clone(), self.answers, self.frame.clone(), self.bureau.clone());
        let typed = Memo::new(move |_| {
            answers.with(|answers| ["division", "bureau"].map(|name| answers.text(StepKey::Employment, name).to_owned()))
        });
        let content = move || match typed.with(|_| answers.with(|answers| answers.bureau(&kit.context()).cloned())) {
            Some(bureau) => {
                let contact = match known.as_ref().filter(|known| known.code == bureau.code) {
                    Some(known) => parts::bureau(known, &frame),
                    None => parts::bureau_name(&bureau.name, &frame),
                };
                view! { <p>"提交后由下面的财政局审核："</p>{contact} }.into_any()
            }
            None => view! { <p>"选择所在地后，这里显示由哪个财政局审核。"</p> }.into_any(),
        };
        view! { <div class="notice notice--info" aria-live="polite">{content}</div> }.into_any()
    }
}
