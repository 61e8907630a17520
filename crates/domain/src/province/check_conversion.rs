//! What the kinds of conversion must keep, so that each can give credit and every answer that it leans on is asked.

use std::collections::BTreeSet;

use super::check::{MAX_TIPS, texts};
use super::parse::Faults;
use super::{Entry, Lists};
use crate::learning::{ConversionKind, Credits, Formula, LearningRules, OPTION, Question, QuestionKind, WindowFor};

/// Names that a form has besides its questions.
const TAKEN: [&str; 3] = [OPTION, "year", "kind"];
const LONGEST_TEXT: u32 = 200;

pub(super) fn kinds(rules: &LearningRules, at: &str, lists: &Lists, faults: &mut Faults) {
    for (nth, kind) in rules.kinds.iter().enumerate() {
        let key = format!("{at}kinds.{}", kind.code);
        let earlier = rules.kinds.get(..nth).unwrap_or_default();
        names(kind, &key, faults);
        versions(kind, earlier, &key, faults);
        validity(rules, kind, &key, faults);
        options(kind, &key, faults);
        for (option, formula) in kind.formulas() {
            let key = if option.is_empty() { format!("{key}.formula") } else { format!("{key}.options.{option}.formula") };
            self::formula((kind, option), formula, lists, &key, faults);
        }
        cap(kind, &key, faults);
        leans(rules, kind, &key, faults);
        questions(kind, lists, &key, faults);
    }
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
}

fn names(kind: &ConversionKind, key: &str, faults: &mut Faults) {
    if !is_name(&kind.code) {
        faults.push(format!("{key}.code"), "small letters, digits and `_` only");
    }
    for (name, text) in [("name", &kind.name), ("short", &kind.short), ("version", &kind.version), ("unit", &kind.unit)] {
        texts(faults, &[(&format!("{key}.{name}"), text)]);
    }
    if kind.tips.len() > MAX_TIPS {
        faults.push(format!("{key}.tips"), format!("at most {MAX_TIPS} lines"));
    }
}

/// One code may stand several times, with other versions that hold at other times.
fn versions(kind: &ConversionKind, earlier: &[ConversionKind], key: &str, faults: &mut Faults) {
    for other in earlier.iter().filter(|other| other.code == kind.code) {
        if other.version == kind.version {
            faults.push(format!("{key}.version"), format!("the version `{}` stands twice", kind.version));
        }
        let is_after =
            |from: &ConversionKind, to: &ConversionKind| from.valid_from.zip(to.valid_to).is_some_and(|(from, to)| to < from);
        if !is_after(kind, other) && !is_after(other, kind) {
            faults.push(format!("{key}.valid_from"), format!("the version `{}` holds at the same time", other.version));
        }
    }
}

/// It can be applied for in some year.
fn validity(rules: &LearningRules, kind: &ConversionKind, key: &str, faults: &mut Faults) {
    let (from, to) = (kind.valid_from, kind.valid_to);
    if from.zip(to).is_some_and(|(from, to)| to < from) {
        faults.push(format!("{key}.valid_from"), "is after `valid_to`");
    }
    if rules.reported_only.contains(&kind.form) {
        let problem = "only schools, institutions and employers report it (`reported_only`)";
        faults.push(format!("{key}.form"), problem);
    }
    let takes = |year: i32| {
        let Some(of) = rules.year(year) else { return false };
        let span = of.span.of(year);
        let is_open = [WindowFor::Conversion, WindowFor::Late].iter().any(|what| of.period(*what, year).is_some());
        is_open && from.is_none_or(|from| span.to.is_none_or(|to| from <= to)) && to.is_none_or(|to| span.from <= to)
    };
    let last = rules.years.iter().map(|rules| rules.to.unwrap_or(2100)).max().unwrap_or_default();
    if !(rules.first_year().unwrap_or(last + 1)..=last.min(2100)).any(takes) {
        faults.push(key, "can never give credit: it holds for no learning year in which it can be applied for");
    }
}

fn options(kind: &ConversionKind, key: &str, faults: &mut Faults) {
    if !kind.options.is_empty() {
        texts(faults, &[(&format!("{key}.options_label"), &kind.options_label)]);
        if kind.offered().next().is_none() {
            faults.push(format!("{key}.options"), "every option is imported, so that nobody can choose one");
        }
    }
    let mut codes = BTreeSet::new();
    for option in &kind.options {
        let key = format!("{key}.options.{}", option.code);
        texts(faults, &[(&format!("{key}.name"), &option.name)]);
        if !is_name(&option.code) || !codes.insert(&option.code) {
            faults.push(&key, "the code needs small letters, digits and `_`, and stands once");
        }
        let is_other = |same: &String| *same != option.code && kind.option(same).is_some_and(|other| other.same_as.is_none());
        if option.same_as.as_ref().is_some_and(|same| !is_other(same)) {
            faults.push(format!("{key}.same_as"), "there is no other such option");
        }
    }
}

fn formula((kind, option): (&ConversionKind, &str), formula: Option<&Formula>, lists: &Lists, key: &str, faults: &mut Faults) {
    let Some(formula) = formula else {
        faults.push(key, "can never give credit: nothing says how it is reckoned");
        return;
    };
    let question = formula.question().map(|name| (name, kind.question(name)));
    let most = question.and_then(|(_, question)| question).map_or(1, Question::most);
    if !formula.largest(most).is_some() {
        faults.push(key, "can never give credit");
    }
    let needs = match formula {
        Formula::Fixed { .. } => return,
        Formula::Day { .. } | Formula::Unit { .. } => QuestionKind::Count,
        Formula::Role { .. } => QuestionKind::Choice,
        Formula::Assessed { .. } => QuestionKind::Amount,
    };
    let Some((_, Some(asked))) = question.filter(|(_, asked)| asked.is_some_and(|asked| asked.kind == needs)) else {
        let name = formula.question().unwrap_or_default();
        faults.push(format!("{key}.question"), format!("the kind asks no question `{name}` of the kind {needs:?}"));
        return;
    };
    if asked.optional || !asked.is_asked(option) {
        faults.push(format!("{key}.question"), "has to be asked, and not to be optional");
    }
    let Formula::Role { credits, .. } = formula else { return };
    let choices: BTreeSet<&str> = choices(asked, lists).iter().map(|entry| entry.code.as_str()).collect();
    for role in credits.keys().filter(|role| !choices.contains(role.as_str())) {
        faults.push(format!("{key}.credits.{role}"), format!("`{}` can never be `{role}`", asked.key));
    }
    for role in choices.iter().filter(|role| credits.get(**role).is_none_or(|credits| !credits.is_some())) {
        faults.push(format!("{key}.credits.{role}"), "can never give credit");
    }
}

fn choices<'a>(question: &'a Question, lists: &'a Lists) -> &'a [Entry] {
    question.list.as_deref().map_or(question.choices.as_slice(), |list| lists.entries(list))
}

fn cap(kind: &ConversionKind, key: &str, faults: &mut Faults) {
    let Some(cap) = kind.cap else { return };
    let smallest = kind.formulas().into_iter().filter_map(|(_, formula)| formula).map(Formula::smallest);
    let smallest = smallest.min().unwrap_or(Credits::ZERO);
    if !cap.is_some() || cap < smallest {
        faults.push(format!("{key}.cap"), format!("{cap} is below the smallest credit of the kind, {smallest}"));
    }
}

/// What the kind leans on: the date that decides, what makes two the same, the proofs.
fn leans(rules: &LearningRules, kind: &ConversionKind, key: &str, faults: &mut Faults) {
    let is_date = |question: &&Question| matches!(question.kind, QuestionKind::Date | QuestionKind::DateOrMonth);
    let decides = |question: &&Question| is_date(question) && !question.optional && question.when.is_empty();
    if kind.question(&kind.dated_by).filter(decides).is_none() {
        faults.push(format!("{key}.dated_by"), "names no date that is always asked for");
    }
    if kind.same.questions.is_empty() {
        faults.push(format!("{key}.same.questions"), "without any of them all of a person are the same");
    }
    for name in &kind.same.questions {
        let is_option = name == OPTION && !kind.options.is_empty();
        if !is_option && kind.question(name).is_none_or(|question| question.optional) {
            faults.push(format!("{key}.same.questions"), format!("the kind asks no question `{name}` that has to be answered"));
        }
    }
    if kind.proofs.is_empty() {
        faults.push(format!("{key}.proofs"), "at least one proof is needed");
    }
    for slot in kind.proofs.iter().filter(|slot| rules.proofs.iter().all(|proof| proof.slot != **slot)) {
        faults.push(format!("{key}.proofs"), format!("there is no proof `{slot}`"));
    }
}

fn questions(kind: &ConversionKind, lists: &Lists, key: &str, faults: &mut Faults) {
    let mut keys = BTreeSet::new();
    for question in &kind.questions {
        let key = format!("{key}.questions.{}", question.key);
        texts(faults, &[(&format!("{key}.label"), &question.label)]);
        if !is_name(&question.key) || TAKEN.contains(&question.key.as_str()) || !keys.insert(&question.key) {
            faults.push(&key, "the name needs small letters, digits and `_`, stands once, and is none of the form's own");
        }
        let sources = usize::from(question.list.is_some()) + usize::from(!question.choices.is_empty());
        if sources != usize::from(question.kind == QuestionKind::Choice) {
            faults.push(format!("{key}.choices"), "a choice needs either `list` or `choices`, other questions neither");
        }
        if let Some(list) = question.list.as_ref().filter(|list| lists.entries(list).is_empty()) {
            faults.push(format!("{key}.list"), format!("there is no list `{list}`"));
        }
        let codes: BTreeSet<&str> = question.choices.iter().map(|choice| choice.code.as_str()).collect();
        if codes.len() < question.choices.len() || question.choices.iter().any(|choice| choice.label.trim().is_empty()) {
            faults.push(format!("{key}.choices"), "a code stands twice, or a label is empty");
        }
        let has_most = matches!(question.kind, QuestionKind::Text | QuestionKind::Count | QuestionKind::Amount);
        let is_long = question.kind == QuestionKind::Text && question.most() > LONGEST_TEXT;
        if question.most == Some(0) || is_long || (question.most.is_some() && !has_most) {
            faults.push(format!("{key}.most"), format!("only of a text (at most {LONGEST_TEXT}), a number or an amount"));
        }
        for option in question.when.iter().filter(|option| kind.option(option).is_none()) {
            faults.push(format!("{key}.when"), format!("there is no sub-option `{option}`"));
        }
    }
}
