//! The queue: the cases of a bureau by due date, a page at a time.

use std::collections::BTreeSet;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::NaiveDate;
use domain::answer::Answer;
use domain::case::{CaseKind, Member, Scope, Status, Urgency, is_case_number, scope};
use domain::id::{BureauCode, CaseId};
use domain::identity::Mobile;
use domain::identity::document::normalise;
use domain::review::Due;
use domain::review::forms::SearchForm;
use domain::review::view::{LISTED, QueueLine, QueueQuery, QueueView, SKIPPED, codes_of};
use domain::text;
use store::case::queue::{NEVER, QueueFilter, QueueRow};

use super::hold::queue_path;
use super::stage;
use crate::case::{bureau_name, bureau_path, note_lookup, reviewer, waiting};
use crate::{Failure, Visit};

/// So many digits alone are the end of a case number.
const FEWEST_DIGITS: usize = 4;
const MOST_DIGITS: usize = 10;
/// What has more is the number of a document.
const FEWEST_OF_DOCUMENT: usize = 6;
/// Nobody leaves more for a day.
const MOST_SKIPPED: i64 = 100;
/// Lines on a page.
const PAGE: usize = 20;
/// Bytes of the keyed hash in front of a cursor.
const MARK: usize = 16;

/// A page of the queue: 20 lines by due date, what was urged before the rest of its day, of the own bureau or one below it or with those below, in one status or several, of
/// one kind, for one year or of whoever learns at one school, searched by a case number or its last digits, the whole number of a document or a mobile telephone, or
/// the beginning of a name. A page begins behind the line where the one before ended, so that new cases neither repeat nor hide a
/// line. In place of a status it may be asked for what the reviewer left for today.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub async fn queue(visit: &Visit, query: &QueueQuery) -> Result<QueueView, Failure> {
    let who = reviewer(visit)?;
    let scope = scope(&visit.actor, &visit.province.bureaus, true)?;
    let (mut query, searched) = (tidied(visit, &scope, query), visit.searched(&query.search)?);
    let is_search_over = searched.is_none();
    let words = tidied_words(&searched.unwrap_or_default());
    let after = read_cursor(visit, &who, &query.after);
    let bureau = BureauCode::given(&query.bureau).unwrap_or_else(|| who.bureau.clone());
    let path = bureau_path(&visit.province.bureaus, &bureau);
    // A page of the list begins behind a line, and so the first with a first due date before any id.
    let (from, until) = Due::from_code(&query.due).map_or((None, NEVER), |due| due.range(visit.services.today()));
    let beginning = CaseId::from("");
    let sought = Sought::of(visit, &words);
    let mut reader = visit.services.db.read().await?;
    let schools = if asks_for_schools(visit, &query) { reader.list_schools(visit.province_key()).await? } else { Vec::new() };
    let school = schools.iter().find(|school| school.code == query.school);
    query.school = school.map(|school| school.code.clone()).unwrap_or_default();
    let filter = QueueFilter {
        province: visit.province_key(),
        bureau_path: &path,
        include_below: query.below == "1",
        statuses: &query.statuses(),
        applicant: if let Sought::Name(name) = &sought { name.as_str() } else { "" },
        number: if let Sought::Number(number) = &sought { number.as_str() } else { "" },
        hash: if let Sought::Hash(hash) = &sought { Some(hash.as_slice()) } else { None },
        kind: CaseKind::from_code(&query.kind),
        year: query.year.parse().ok(),
        school: school.map(|school| school.id.as_str()).unwrap_or_default(),
        until,
        after: after.as_ref().map(|(due_on, is_calm, id)| (*due_on, *is_calm, id)).or(from.map(|from| (from, false, &beginning))),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let mut rows = match query.status.as_str() {
        SKIPPED => {
            reader.list_skipped((visit.province_key(), &who.bureau), &who.id, visit.services.today(), MOST_SKIPPED).await?
        }
        _ => reader.list_queue(&filter).await?,
    };
    let staged = if query.undo.is_empty() { Vec::new() } else { stage::staged(&mut reader, visit, &who).await? };
    drop(reader);
    // What was skipped stands on one page.
    let has_more = query.status != SKIPPED && rows.len() > PAGE;
    if has_more {
        rows.truncate(PAGE);
    }
    let below = scope.bureaus().iter().skip(1);
    Ok(QueueView {
        query,
        words,
        is_search_over,
        next: rows.last().filter(|_| has_more).map(|row| cursor(visit, &who, row)),
        lines: rows.into_iter().map(|row| line(visit, &who, row)).collect(),
        may_look_below: scope.bureaus().len() > 1,
        years: years(visit),
        schools: schools.into_iter().map(|school| (school.code, school.name)).collect(),
        bureaus: below.map(|code| (code.clone(), bureau_name(&visit.province, code))).collect(),
        staged,
    })
}

/// Whether the list is one of learning, or asked for a school already: only then the schools are read, for the list is opened more
/// often than any other page.
fn asks_for_schools(visit: &Visit, query: &QueueQuery) -> bool {
    let is_of_years = |kind: CaseKind| !visit.services.kinds.of(kind).years(&visit.province, visit.services.today()).is_empty();
    !query.school.is_empty() || !query.year.is_empty() || CaseKind::from_code(&query.kind).is_some_and(is_of_years)
}

/// The years for which there may be cases, the newest first.
fn years(visit: &Visit) -> Vec<i32> {
    let of = |kind: &CaseKind| visit.services.kinds.of(*kind).years(&visit.province, visit.services.today());
    let kinds = CaseKind::ALL.iter().filter(|kind| visit.province.profile.has_line(**kind));
    let years: BTreeSet<i32> = kinds.flat_map(of).collect();
    years.into_iter().rev().collect()
}

/// Searches in the queue: goes to its address, in which a token stands for what was typed.
///
/// # Errors
/// `TooOften` for whole numbers, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn search(visit: &Visit, form: &SearchForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let scope = scope(&visit.actor, &visit.province.bureaus, true)?;
    // Typed again and again, a number could be guessed where it is masked.
    if matches!(Sought::of(visit, &tidied_words(&form.words)), Sought::Hash(_)) {
        note_lookup(visit, &who, "search_by_number").await?;
    }
    let token = visit.keep_search(&form.words).await?;
    let is_asked = |status: &&Status| match status {
        Status::Draft => false,
        Status::Submitted => !form.submitted.is_empty(),
        Status::Returned => !form.returned.is_empty(),
        Status::Approved => !form.approved.is_empty(),
        Status::Closed => !form.closed.is_empty(),
    };
    let status = codes_of(&LISTED.iter().filter(is_asked).copied().collect::<Vec<_>>());
    let asked = QueueQuery {
        status,
        below: form.below.clone(),
        search: token,
        kind: form.kind.clone(),
        year: form.year.clone(),
        school: form.school.clone(),
        bureau: form.bureau.clone(),
        ..QueueQuery::default()
    };
    let QueueQuery { status, search, below, kind, year, school, bureau, .. } = tidied(visit, &scope, &asked);
    let chosen = [("kind", kind), ("year", year), ("school", school), ("bureau", bureau)];
    let chosen = chosen.into_iter().filter(|(_, value)| !value.is_empty());
    let chosen: String = chosen.map(|(name, value)| format!("&{name}={value}")).collect();
    Ok(Answer::go(format!("{}?status={status}{chosen}&search={search}&below={below}", queue_path(visit))))
}

/// What the words of a search are taken for.
enum Sought {
    /// The beginning of a name.
    Name(String),
    /// A pattern of the case number.
    Number(String),
    /// Of a document or a mobile telephone, as the register keeps it.
    Hash(Vec<u8>),
}

impl Sought {
    fn of(visit: &Visit, words: &str) -> Self {
        let digits = text::tidy_digits(words);
        let count = digits.chars().filter(char::is_ascii_digit).count();
        if is_case_number(&digits) {
            return Self::Number(digits);
        }
        if Mobile::check(&digits).is_ok() {
            return Self::Hash(visit.services.vault.keyed_hash("mobile", &digits));
        }
        if (FEWEST_DIGITS..=MOST_DIGITS).contains(&count) && count == digits.len() {
            return Self::Number(format!("%{digits}"));
        }
        let document = normalise(words);
        if count >= FEWEST_OF_DOCUMENT && document.chars().all(|c| c.is_ascii_alphanumeric()) {
            return Self::Hash(visit.services.vault.keyed_hash("document", &document));
        }
        Self::Name(words.to_owned())
    }
}

/// What is asked for as far as there is such a thing, and nothing outside of the scope.
fn tidied(visit: &Visit, scope: &Scope, query: &QueueQuery) -> QueueQuery {
    if query.status == SKIPPED {
        return QueueQuery { status: SKIPPED.to_owned(), ..QueueQuery::default() };
    }
    let year = query.year.parse::<i32>().ok().filter(|year| years(visit).contains(year));
    // The own bureau is asked for by no code.
    let bureau = scope.bureaus().iter().skip(1).find(|code| code.as_str() == query.bureau);
    QueueQuery {
        status: codes_of(&query.statuses()),
        search: query.search.clone(),
        kind: CaseKind::from_code(&query.kind).map(|kind| kind.code().to_owned()).unwrap_or_default(),
        year: year.map(|year| year.to_string()).unwrap_or_default(),
        // Which schools there are is looked up where the list is read.
        school: if domain::school::is_code(&query.school) { query.school.clone() } else { String::new() },
        bureau: bureau.map(|code| code.to_string()).unwrap_or_default(),
        below: if scope.bureaus().len() > 1 && query.below == "1" { "1".to_owned() } else { String::new() },
        due: Due::from_code(&query.due).map(|due| due.code().to_owned()).unwrap_or_default(),
        after: query.after.clone(),
        undo: if query.undo == "1" { query.undo.clone() } else { String::new() },
    }
}

/// A case number in plain digits, or a name as it was typed.
fn tidied_words(typed: &str) -> String {
    let digits = text::tidy_digits(typed);
    if is_case_number(&digits) { digits } else { typed.to_owned() }
}

fn line(visit: &Visit, who: &Member, row: QueueRow) -> QueueLine {
    let (working_days_left, _, urgency) = waiting(visit, row.kind, row.due_on);
    let is_others = row.holder_id.as_ref().is_some_and(|holder| *holder != who.id);
    let is_alive = row.held_until.is_some_and(|until| until >= visit.now());
    QueueLine {
        bureau_name: bureau_name(&visit.province, &row.bureau),
        holder: row.holder_name.filter(|_| is_others && is_alive),
        urgency: if row.status == Status::Submitted { urgency } else { Urgency::Calm },
        id: row.id,
        number: row.number,
        kind: row.kind,
        applicant: row.applicant,
        status: row.status,
        round: row.round,
        papers: row.papers,
        doubts: row.doubts,
        submitted_at: row.submitted_at,
        due_on: row.due_on,
        is_urged: !row.is_calm,
        working_days_left,
    }
}

fn mark(visit: &Visit, who: &Member, place: &str) -> Vec<u8> {
    let mut hash = visit.services.vault.keyed_hash("queue.cursor", &format!("{}|{}|{place}", visit.province_key(), who.bureau));
    hash.truncate(MARK);
    hash
}

fn cursor(visit: &Visit, who: &Member, row: &QueueRow) -> String {
    let place = format!("{}|{}|{}", row.due_on, row.is_calm, row.id);
    URL_SAFE_NO_PAD.encode([mark(visit, who, &place), place.into_bytes()].concat())
}

/// Where a page begins; what was not written by [`cursor`] for this bureau begins at the start.
fn read_cursor(visit: &Visit, who: &Member, typed: &str) -> Option<(NaiveDate, bool, CaseId)> {
    let bytes = URL_SAFE_NO_PAD.decode(typed).ok().filter(|bytes| !bytes.is_empty())?;
    let (given, place) = bytes.split_at_checked(MARK)?;
    let place = std::str::from_utf8(place).ok()?;
    if !crate::vault::same(given, &mark(visit, who, place)) {
        return None;
    }
    let (due_on, rest) = place.split_once('|')?;
    let (is_calm, id) = rest.split_once('|')?;
    Some((due_on.parse().ok()?, is_calm.parse().ok()?, id.into()))
}
