//! Reading a province from its files; only the server does it, once, at start.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::bureaus::BETWEEN;
use super::entry::{self, Defaults, StepEntry};
use super::{Bureau, Bureaus, Division, Divisions, Lists, Profile, Province};
use super::{check, check_integrity, check_learning, check_relocation};
use crate::calendar::Calendar;
use crate::case::CaseKind;
use crate::id::BureauCode;
use crate::integrity::Laws;
use crate::relocation::Places;

/// A fault in a file of a province, worded for whoever edits the file.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {key}: {problem}")]
pub struct ProfileError {
    /// The name under `provinces/`.
    pub file: String,
    /// The key, such as `intake.attachments.photo.max_bytes`, or the line of a table.
    pub key: String,
    /// What is wrong there.
    pub problem: String,
}

/// Collects faults of one file.
pub(super) struct Faults<'a> {
    file: &'a str,
    errors: &'a mut Vec<ProfileError>,
}

impl<'a> Faults<'a> {
    pub fn of(file: &'a str, errors: &'a mut Vec<ProfileError>) -> Self {
        Self { file, errors }
    }

    pub fn push(&mut self, key: impl Into<String>, problem: impl Into<String>) {
        self.errors.push(ProfileError { file: self.file.to_owned(), key: key.into(), problem: problem.into() });
    }
}

const DIVISIONS: &str = "data/divisions.csv";
const BUREAUS: &str = "data/bureaus.csv";
const FIELDS: &str = "data/fields.toml";
const LISTS: &str = "data/lists.toml";
const CALENDAR: &str = "data/calendar.toml";
const LAWS: &str = "data/laws.toml";
const PLACES: &str = "data/places.toml";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CalendarFile {
    rest: BTreeSet<NaiveDate>,
    work: BTreeSet<NaiveDate>,
}

impl Province {
    /// Reads `<key>.toml` and the files under `data/` by `read`, and checks all of it.
    ///
    /// # Errors
    /// Every fault that can be found in one go; a file that is no TOML or has the wrong shape yields one.
    pub fn parse(read: &dyn Fn(&str) -> Option<String>, key: &str) -> Result<Self, Vec<ProfileError>> {
        let mut errors = Vec::new();
        let file = format!("{key}.toml");
        let profile = from_toml::<Profile<StepEntry>>(read, &file, &mut errors);
        let defaults = from_toml::<Defaults>(read, FIELDS, &mut errors);
        let lists = from_toml(read, LISTS, &mut errors).map(Lists);
        let calendar = from_toml::<CalendarFile>(read, CALENDAR, &mut errors);
        let laws = from_toml::<Laws>(read, LAWS, &mut errors);
        let places = from_toml::<Places>(read, PLACES, &mut errors);
        let divisions = divisions(read, &mut Faults::of(DIVISIONS, &mut errors));
        let bureaus = bureaus(read, &divisions, &mut Faults::of(BUREAUS, &mut errors));
        let learning_file = format!("learning/{key}.toml");
        let learning = read(&learning_file).and_then(|_| from_toml(read, &learning_file, &mut errors));
        if let Some(lists) = &lists {
            check::lists(lists, &mut Faults::of(LISTS, &mut errors));
        }
        if let Some(calendar) = &calendar {
            for day in calendar.rest.intersection(&calendar.work) {
                Faults::of(CALENDAR, &mut errors).push("rest", format!("{day} is also in `work`"));
            }
        }
        if let Some(laws) = &laws {
            check_integrity::laws(laws, &mut Faults::of(LAWS, &mut errors));
        }
        if let Some(places) = &places {
            check_relocation::places(places, &mut Faults::of(PLACES, &mut errors));
        }
        let (Some(profile), Some(defaults), Some(lists)) = (profile, defaults, lists) else { return Err(errors) };
        let (Some(calendar), Some(laws), Some(places)) = (calendar, laws, places) else {
            return Err(errors);
        };
        entry::check(&defaults, &lists, &mut Faults::of(FIELDS, &mut errors));
        let mut profile = entry::resolve(profile, &defaults, &mut Faults::of(&file, &mut errors));
        change_slots(&mut profile, &mut Faults::of(&file, &mut errors));
        let lists = lists.called(&profile.intake.list_labels, &mut Faults::of(&file, &mut errors));
        let (home, at) = if learning.is_some() { (&learning_file, "") } else { (&file, "learning.") };
        if learning.is_some() && profile.learning.is_some() {
            Faults::of(home, &mut errors).push("", format!("{file} has a section `learning` as well"));
        }
        profile.learning = learning.or(profile.learning);
        check_relocation::relocation(&profile, &places, &mut Faults::of(&file, &mut errors));
        check::profile(&profile, key, &lists, &divisions, &mut Faults::of(&file, &mut errors));
        if let Some(rules) = &profile.learning {
            check_learning::learning(rules, at, &lists, &mut Faults::of(home, &mut errors));
        }
        if !errors.is_empty() {
            return Err(errors);
        }
        let divisions = divisions.within(&profile.code);
        let bureaus = Bureaus(bureaus.into_iter().filter(|(_, bureau)| divisions.get(&bureau.division).is_some()).collect());
        Ok(Self { profile, lists, divisions, bureaus, calendar: Calendar::new(calendar.rest, calendar.work), laws, places })
    }
}

/// The slots of 信息采集 that prove a change too stand before those that only a change has.
fn change_slots(profile: &mut Profile, faults: &mut Faults) {
    let Some(rules) = &profile.change else { return };
    let mut slots = Vec::new();
    for name in &rules.slots {
        match profile.intake_line().attachment(name) {
            Some(slot) => slots.push(slot.clone()),
            None => faults.push("change.slots", format!("信息采集 has no slot `{name}`")),
        }
    }
    if let Some(line) = profile.lines.get_mut(&CaseKind::Change) {
        slots.append(&mut line.attachments);
        line.attachments = slots;
    }
}

fn from_toml<T: DeserializeOwned>(
    read: &dyn Fn(&str) -> Option<String>,
    file: &str,
    errors: &mut Vec<ProfileError>,
) -> Option<T> {
    let mut faults = Faults::of(file, errors);
    let Some(text) = read(file) else {
        faults.push("", "the file is missing or cannot be read");
        return None;
    };
    let reader = match toml::Deserializer::parse(&text) {
        Ok(reader) => reader,
        Err(error) => {
            faults.push(line_of(&text, &error), error.message());
            return None;
        }
    };
    match serde_path_to_error::deserialize(reader) {
        Ok(value) => Some(value),
        Err(error) => {
            let (path, error) = (error.path().to_string(), error.into_inner());
            faults.push(key_of(&path, error.message()), format!("{} ({})", error.message(), line_of(&text, &error)));
            None
        }
    }
}

fn line_of(text: &str, error: &toml::de::Error) -> String {
    let at = error.span().map_or(0, |span| span.start).min(text.len());
    format!("line {}", text.get(..at).unwrap_or_default().matches('\n').count() + 1)
}

/// The path of an error, with the key that should not be there.
fn key_of(path: &str, message: &str) -> String {
    let unknown = message.strip_prefix("unknown field `").or_else(|| message.strip_prefix("unknown variant `"));
    let key = unknown.and_then(|rest| rest.split('`').next());
    match (path, key) {
        (".", Some(key)) => key.to_owned(),
        (path, Some(key)) if path.rsplit('.').next() != Some(key) => format!("{path}.{key}"),
        (path, _) => path.to_owned(),
    }
}

/// The rows of a table under the given heading. Yields the line and the values.
fn table<const N: usize>(text: &str, heading: [&str; N], faults: &mut Faults) -> Vec<(u64, [String; N])> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).flexible(true).from_reader(text.as_bytes());
    if !reader.headers().is_ok_and(|found| found.iter().eq(heading)) {
        faults.push("line 1", format!("the heading is not `{}`", heading.join(",")));
        return Vec::new();
    }
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                faults.push("", error.to_string());
                continue;
            }
        };
        let line = record.position().map_or(0, csv::Position::line);
        match <[String; N]>::try_from(record.iter().map(str::to_owned).collect::<Vec<_>>()) {
            Ok(values) => rows.push((line, values)),
            Err(values) => faults.push(format!("line {line}"), format!("{} values instead of {N}", values.len())),
        }
    }
    rows
}

fn level(text: &str) -> Option<u8> {
    text.parse().ok().filter(|level| (1..=3).contains(level))
}

fn divisions(read: &dyn Fn(&str) -> Option<String>, faults: &mut Faults) -> Divisions {
    let mut divisions = BTreeMap::new();
    let Some(text) = read(DIVISIONS) else {
        faults.push("", "the file is missing or cannot be read");
        return Divisions::default();
    };
    for (line, [code, name, depth, parent]) in table(&text, ["code", "name", "level", "parent"], faults) {
        let key = format!("line {line}");
        if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) || name.is_empty() || name.contains(BETWEEN) {
            faults.push(key.clone(), "a code of six digits and a name without a semicolon are needed");
        }
        let Some(level) = level(&depth) else {
            faults.push(key, format!("`{depth}` is no level (1, 2, 3)"));
            continue;
        };
        if divisions.insert(code.clone(), Division { code: code.clone(), name, parent, level }).is_some() {
            faults.push(key, format!("{code} stands twice"));
        }
    }
    for division in divisions.values().filter(|division| division.level > 1 && !divisions.contains_key(&division.parent)) {
        faults.push(division.code.clone(), format!("the parent `{}` is unknown", division.parent));
    }
    Divisions(divisions)
}

const BUREAU_HEADING: [&str; 10] =
    ["code", "name", "level", "parent", "division", "handles_direct", "excluded", "address", "phone", "hours"];

fn bureaus(read: &dyn Fn(&str) -> Option<String>, divisions: &Divisions, faults: &mut Faults) -> BTreeMap<BureauCode, Bureau> {
    let mut bureaus = BTreeMap::new();
    let Some(text) = read(BUREAUS) else {
        faults.push("", "the file is missing or cannot be read");
        return bureaus;
    };
    for (line, row) in table(&text, BUREAU_HEADING, faults) {
        let [code, name, depth, parent, division, handles_direct, excluded, address, phone, hours] = row;
        let key = format!("line {line}");
        let Some(level) = level(&depth).filter(|_| !code.is_empty() && !name.is_empty()) else {
            faults.push(key, "a code, a name and a level (1, 2, 3) are needed");
            continue;
        };
        if divisions.get(&division).is_none() {
            faults.push(key.clone(), format!("the division `{division}` is unknown"));
        }
        if ![&handles_direct, &excluded].iter().all(|flag| matches!(flag.as_str(), "0" | "1")) {
            faults.push(key.clone(), "`handles_direct` and `excluded` are 0 or 1");
        }
        // Some cities run a system of their own and do not belong to the province's (财政计划单列市).
        if excluded == "1" {
            continue;
        }
        let handles_direct = handles_direct == "1";
        let (code, parent) = (code.into(), BureauCode::given(&parent));
        let bureau = Bureau { code, name, level, parent, division, handles_direct, address, phone, hours };
        if let Some(double) = bureaus.insert(bureau.code.clone(), bureau) {
            faults.push(key, format!("{} stands twice", double.code));
        }
    }
    with_cities(bureaus, divisions, faults)
}

/// Puts the name of the city before the name of a district's bureau, because names of districts repeat. Those of counties and
/// of cities below a city do not: 长沙县财政局, 浏阳市财政局.
fn with_cities(
    mut bureaus: BTreeMap<BureauCode, Bureau>,
    divisions: &Divisions,
    faults: &mut Faults,
) -> BTreeMap<BureauCode, Bureau> {
    let levels: BTreeMap<BureauCode, u8> = bureaus.values().map(|bureau| (bureau.code.clone(), bureau.level)).collect();
    for bureau in bureaus.values_mut().filter(|bureau| bureau.level > 1) {
        let parent = bureau.parent.as_ref();
        match parent.and_then(|parent| levels.get(parent)) {
            None => {
                let parent = parent.map(BureauCode::as_str).unwrap_or_default();
                faults.push(bureau.code.as_str(), format!("the parent `{parent}` is unknown"));
            }
            Some(2) if divisions.get(&bureau.division).is_some_and(|division| division.name.ends_with('区')) => {
                let city = divisions.get(&bureau.division).and_then(|division| divisions.get(&division.parent));
                bureau.name = format!("{}{}", city.map_or("", |city| city.name.as_str()), bureau.name);
            }
            Some(_) => {}
        }
    }
    bureaus
}
