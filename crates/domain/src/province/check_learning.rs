//! What the rules of 继续教育 must keep: the standards and windows of the years, and the proofs.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::check::texts;
use super::check_line::attachment;
use super::parse::Faults;
use super::{Lists, check_conversion};
use crate::learning::class::ClassRules;
use crate::learning::{Credits, LearningRules, WindowFor, YearRules};

/// Learning years outside are a slip of the keys.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2100;
/// So many years after the last rule has begun its windows are looked at: one of them is a leap year.
const AHEAD: i32 = 5;

pub(super) fn learning(rules: &LearningRules, at: &str, lists: &Lists, faults: &mut Faults) {
    texts(
        faults,
        &[
            (&format!("{at}unit"), &rules.unit),
            (&format!("{at}hour"), &rules.hour),
            (&format!("{at}record_name"), &rules.record_name),
            (&format!("{at}conversion_name"), &rules.conversion_name),
            (&format!("{at}converting"), &rules.converting),
        ],
    );
    for (name, text) in [
        ("management_name", &rules.management_name),
        ("submission_name", &rules.submission_name),
        ("returned_word", &rules.returned_word),
    ] {
        texts(faults, &[(&format!("{at}{name}"), text.as_deref().unwrap_or("–"))]);
    }
    if !rules.reported_only.is_empty() {
        texts(faults, &[(&format!("{at}note"), &rules.note)]);
    }
    // Whoever compares a month with their books still finds its rows.
    if !(31..=36_500).contains(&rules.keep_reports_days) {
        faults.push(format!("{at}keep_reports_days"), "must be 31 to 36500");
    }
    if rules.school_calls == 0 {
        faults.push(format!("{at}school_calls"), "must be above 0");
    }
    if rules.keep_proofs_years == 0 {
        faults.push(format!("{at}keep_proofs_years"), "must be above 0");
    }
    if let Some(inspection) = &rules.inspection {
        if inspection.days == 0 {
            faults.push(format!("{at}inspection.days"), "must be above 0");
        }
        let is_taken = rules.kinds.iter().any(|kind| kind.proofs.contains(&inspection.proof));
        if is_taken || rules.proof(&inspection.proof).is_none() {
            faults.push(format!("{at}inspection.proof"), "has to be a proof that no kind asks for");
        }
    }
    if rules.schools_per_year == Some(0) {
        faults.push(format!("{at}schools_per_year"), "must be above 0; leave it out for any number");
    }
    if let Some(classes) = &rules.classes {
        self::classes(classes, at, faults);
    }
    if years(rules, at, faults) {
        windows(rules, at, faults);
    }
    let mut slots = BTreeSet::new();
    for proof in &rules.proofs {
        let key = format!("{at}proofs.{}", proof.slot);
        if !slots.insert(&proof.slot) {
            faults.push(&key, "the slot stands twice");
        }
        if !proof.when.is_empty() {
            faults.push(format!("{key}.when"), "a proof is asked for by the kinds that name it");
        }
        attachment(&key, &[], proof, faults);
    }
    check_conversion::kinds(rules, at, lists, faults);
    exams(rules, at, lists, faults);
}

/// What is imported is reckoned row by row, so that its kind has no cap of the year.
fn exams(rules: &LearningRules, at: &str, lists: &Lists, faults: &mut Faults) {
    let Some(exams) = &rules.exams else { return };
    let versions: Vec<_> = rules.kinds.iter().filter(|kind| kind.code == exams.kind).collect();
    if versions.is_empty() {
        faults.push(format!("{at}exams.kind"), "there is no such kind");
    }
    for kind in versions {
        if kind.cap.is_some() {
            faults.push(format!("{at}exams.kind"), "the kind has a cap of the year, which an import does not know");
        }
        if kind.question(&exams.subject).is_none() {
            faults.push(format!("{at}exams.subject"), "the kind asks no such question");
        }
    }
    for earned in &exams.earns {
        texts(faults, &[(&format!("{at}exams.earns"), &earned.exam), (&format!("{at}exams.earns"), &earned.level)]);
        if lists.label("qualification_level", &earned.code).is_none() {
            faults.push(format!("{at}exams.earns"), format!("the list `qualification_level` has no `{}`", earned.code));
        }
    }
    for link in &exams.links {
        texts(faults, &[(&format!("{at}exams.links"), &link.name)]);
        if !["https://", "http://"].iter().any(|start| link.url.starts_with(start)) {
            faults.push(format!("{at}exams.links"), "an address begins with https:// or http://");
        }
    }
}

/// What employers may file.
fn classes(rules: &ClassRules, at: &str, faults: &mut Faults) {
    let key = format!("{at}classes");
    texts(faults, &[(&format!("{key}.name"), &rules.name), (&format!("{key}.version"), &rules.version)]);
    if let Some(name) = &rules.open_name {
        texts(faults, &[(&format!("{key}.open_name"), name)]);
    }
    if rules.notice_working_days > 60 {
        faults.push(format!("{key}.notice_working_days"), "at most 60");
    }
    if !rules.credits_per_day.is_some() {
        faults.push(format!("{key}.credits_per_day"), "must be above 0");
    }
    if !(1..=60).contains(&rules.most_days) {
        faults.push(format!("{key}.most_days"), "between 1 and 60");
    }
    // Each row of an approval is a write of its own person.
    if !(1..=500).contains(&rules.most_people) {
        faults.push(format!("{key}.most_people"), "between 1 and 500");
    }
}

/// The rules of the years, without their windows. Whether the years follow on one another, so that the windows can be looked at.
fn years(rules: &LearningRules, at: &str, faults: &mut Faults) -> bool {
    if rules.years.is_empty() {
        faults.push(format!("{at}years"), "at least one learning year is needed");
    }
    let mut is_in_order = !rules.years.is_empty();
    let mut sorted: Vec<&YearRules> = rules.years.iter().collect();
    sorted.sort_by_key(|rules| rules.from);
    for (nth, year) in sorted.iter().enumerate() {
        let key = format!("{at}years.{}", year.from);
        texts(faults, &[(&format!("{key}.version"), &year.version)]);
        standard(year, &key, faults);
        let mut wrong = |problem: String| {
            faults.push(&key, problem);
            is_in_order = false;
        };
        let last = year.to.unwrap_or(year.from);
        if !YEARS.contains(&year.from) || !YEARS.contains(&last) || last < year.from {
            wrong(format!("`from` to `to` are learning years between {} and {}", YEARS.start(), YEARS.end()));
        }
        if let Some(before) = nth.checked_sub(1).and_then(|before| sorted.get(before)) {
            match before.to {
                Some(to) if to + 1 == year.from => {}
                Some(to) if to < year.from => wrong(format!("no rule holds for the years from {} to {}", to + 1, year.from - 1)),
                _ => wrong(format!("the rule from {} still holds for {}", before.from, year.from)),
            }
        }
    }
    is_in_order
}

fn standard(year: &YearRules, key: &str, faults: &mut Faults) {
    if !year.total.is_some() {
        faults.push(format!("{key}.total"), "must be above 0");
    }
    let (professional, public) = (year.professional.unwrap_or_default(), year.public.unwrap_or_default());
    for (name, part) in [("professional", professional), ("public", public)] {
        if part < Credits::ZERO || part > year.total {
            faults.push(format!("{key}.{name}"), "between 0 and `total`");
        }
    }
    if professional + public > year.total {
        faults.push(format!("{key}.public"), "with `professional` more than `total`");
    }
    if year.credits_per_hour.is_some_and(|credits| !credits.is_some()) {
        faults.push(format!("{key}.credits_per_hour"), "must be above 0");
    }
}

/// The windows of every year that a rule holds for. What is wrong in several of them is said once.
fn windows(rules: &LearningRules, at: &str, faults: &mut Faults) {
    let first = rules.first_year().unwrap_or_default();
    let last = rules.years.iter().map(|rules| rules.to.unwrap_or(rules.from + AHEAD)).max().unwrap_or_default();
    let mut said = BTreeSet::new();
    for year in first..=last {
        let Some(of) = rules.year(year) else { continue };
        let before = rules.year(year - 1);
        let found = span(of, before, year).into_iter().chain(own(of, year)).chain(repeated(of, before, year));
        for (name, problem) in found {
            let key = format!("{at}years.{}.{name}", of.from);
            if said.insert(key.clone()) {
                faults.push(key, problem);
            }
        }
    }
}

type Found = Vec<(&'static str, String)>;

/// Every day belongs to one learning year.
fn span(of: &YearRules, before: Option<&YearRules>, year: i32) -> Found {
    let span = of.span.of(year);
    let mut found = Found::new();
    if span.to.is_none_or(|to| to < span.from) || span.from.year() != year {
        found.push(("span", format!("begins in the year Y and ends; of {year} it is {} to {:?}", span.from, span.to)));
    }
    let end = before.and_then(|before| before.span.of(year - 1).to);
    if let Some(end) = end.filter(|end| end.succ_opt() != Some(span.from)) {
        found.push(("span", format!("that of {year} begins on {}, the one before ends on {end}", span.from)));
    }
    found
}

/// The windows of one year among each other.
fn own(of: &YearRules, year: i32) -> Found {
    let mut found = Found::new();
    let period = |what| of.period(what, year);
    for what in WindowFor::ALL {
        if let Some(days) = period(*what).filter(|days| days.is_over(days.from)) {
            found.push((what.code(), format!("ends before it begins on {}", days.from)));
        }
    }
    let study = period(WindowFor::Study);
    for what in [WindowFor::Payment, WindowFor::FaceToFace] {
        let is_within = period(what).is_none_or(|days| {
            let ends_within = |end| days.to.is_some_and(|to| to <= end);
            study.is_some_and(|study| study.from <= days.from && study.to.is_none_or(ends_within))
        });
        if !is_within {
            found.push((what.code(), "lies outside `study`".to_owned()));
        }
    }
    if let Some(late) = period(WindowFor::Late) {
        for what in [WindowFor::Study, WindowFor::Conversion] {
            if let Some(days) = period(what).filter(|days| days.meets(late) || late.from < days.from) {
                let code = what.code();
                found.push((
                    "late",
                    format!("overlaps with `{code}`, or comes before: that of {year} is {} to {:?}", days.from, days.to),
                ));
            }
        }
    }
    found
}

/// A day is in one year's window of a kind, so that what is reported on it belongs to one year; 补学 is for several at once.
fn repeated(of: &YearRules, before: Option<&YearRules>, year: i32) -> Found {
    let regular = WindowFor::ALL.iter().filter(|what| **what != WindowFor::Late);
    let meets = |what: &&WindowFor| {
        let last = before.and_then(|before| before.period(**what, year - 1));
        last.zip(of.period(**what, year)).is_some_and(|(last, days)| last.meets(days))
    };
    regular.filter(meets).map(|what| (what.code(), format!("that of {year} overlaps with that of {}", year - 1))).collect()
}
