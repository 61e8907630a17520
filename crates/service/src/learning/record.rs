//! 继续教育完成记录, 继续教育查询: the years of a person with every credit and where it comes from, and what is missing.

use chrono::NaiveDate;
use domain::case::Status;
use domain::id::AccountId;
use domain::learning::view::{EntryView, LearningCard, LearningView, YearView};
use domain::learning::{
    CreditEntry, Credits, Duty, LearningRules, YearState, duty, last_day, reversal_of, rule_words, ways, year_words, years,
};
use store::Reader;
use store::learning::conversion::ConversionRow;

use super::start::MOST;
use super::{recorded, rules, words, year_of};
use crate::{Failure, Visit};

/// Everything that the years are reckoned from.
struct Books<'a> {
    visit: &'a Visit,
    rules: &'a LearningRules,
    is_collected: bool,
    duty: Option<Duty>,
    entries: Vec<CreditEntry>,
    conversions: Vec<ConversionRow>,
    today: NaiveDate,
}

impl<'a> Books<'a> {
    async fn read(visit: &'a Visit, reader: &mut Reader, account: &AccountId) -> Result<Self, Failure> {
        let recorded = recorded(visit, reader, account).await?;
        Ok(Self {
            visit,
            rules: rules(visit)?,
            is_collected: recorded.is_some(),
            duty: recorded.and_then(|recorded| duty(recorded.qualified, recorded.started)),
            entries: reader.list_credits(account).await?,
            conversions: reader.list_conversions(account, MOST).await?,
            today: visit.services.today(),
        })
    }

    fn year(&self, state: YearState) -> YearView {
        let year = state.year;
        let hours = self
            .rules
            .year(year)
            .and_then(|rules| Some((rules.in_hours(state.standing.sums.total)?, rules.in_hours(state.standard.total)?)));
        let waits = self.conversions.iter().filter(|row| year_of(row.year) == year && row.status == Status::Submitted);
        let entries = self.entries.iter().filter(|entry| entry.year == year).map(|entry| self.entry(entry)).collect();
        YearView {
            hours,
            pending: waits.map(|row| Credits::of_hundredths(row.amount)).sum(),
            entries,
            ways: ways(self.rules, &self.visit.province.lists, &self.entries, year, self.today),
            state,
        }
    }

    fn entry(&self, entry: &CreditEntry) -> EntryView {
        let registered_in = entry.registered_in(self.rules).filter(|year| *year != entry.year);
        let is_own = |row: &&ConversionRow| entry.is_of_case(&row.case_id);
        let case = self.conversions.iter().find(is_own).map(|row| row.case_id.clone());
        let stands = entry.reverses.is_none() && reversal_of(&self.entries, &entry.id).is_none();
        let year_by = registered_in.map(|_| year_words(entry)).unwrap_or_default();
        EntryView { entry: entry.clone(), registered_in, year_by, rule: rule_words(self.rules, entry), stands, case }
    }

    /// The learning year of today, whether or not it is owed.
    fn this_year(&self) -> Option<YearView> {
        let year = self.rules.year_of(self.today)?;
        let standard = self.rules.year(year)?.standard();
        let standing = domain::learning::Standing::of(&self.entries, year, &standard);
        let last_day = last_day(self.rules, year, self.today);
        Some(self.year(YearState { year, standard, standing, last_day }))
    }
}

/// The years back to the first of the duty, the newest first.
///
/// # Errors
/// `NotFound` where the province has no 继续教育, `SignInAgain`, `Store`, `Broken`.
pub async fn learning_view(visit: &Visit) -> Result<LearningView, Failure> {
    let account = visit.account()?.clone();
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let books = Books::read(visit, &mut reader, &account).await?;
    drop(reader);
    let all = years(books.rules, books.duty, &books.entries, books.today);
    Ok(LearningView {
        words: words(visit, books.rules, books.is_collected),
        duty: books.duty.map(|duty| (duty.from, duty.by, duty.on.words())),
        now: books.rules.year_of(books.today).unwrap_or_default(),
        today: books.today,
        years: all.into_iter().map(|state| books.year(state)).collect(),
    })
}

/// What is still asked for this year, of somebody who owes it; `None` for everybody else and where there is no 继续教育.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn learning_card(visit: &Visit) -> Result<Option<LearningCard>, Failure> {
    let account = visit.account()?.clone();
    if rules(visit).is_err() {
        return Ok(None);
    }
    let mut reader = visit.services.db.read().await?;
    // Nobody owes anything who has no record.
    if reader.find_record(&account).await?.is_none() {
        return Ok(None);
    }
    let books = Books::read(visit, &mut reader, &account).await?;
    drop(reader);
    let Some(year) = books.this_year() else { return Ok(None) };
    let owes = books.duty.is_some_and(|duty| duty.from <= year.state.year);
    let words = words(visit, books.rules, books.is_collected);
    Ok(owes.then_some(LearningCard { words, year, today: books.today }))
}

/// The last day of a year as a calendar file (RFC 5545), with a reminder two weeks before. `None` where nothing can be done any
/// more or nothing is missing.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `Store`, `Broken`.
pub async fn calendar(visit: &Visit, year: i32) -> Result<String, Failure> {
    let view = learning_view(visit).await?;
    let of = view.years.into_iter().find(|of| of.state.year == year).ok_or(Failure::NotFound)?;
    let on = of.state.last_day.and_then(|last| last.on).filter(|_| !of.state.standing.is_complete()).ok_or(Failure::NotFound)?;
    let (missing, unit) = (of.state.standing.missing.total, &view.words.unit);
    let site = &visit.province.profile.site.title;
    let (stamp, end) = (visit.now().format("%Y%m%dT%H%M%SZ"), on.succ_opt().unwrap_or(on));
    let lines = [
        "BEGIN:VCALENDAR".to_owned(),
        "VERSION:2.0".to_owned(),
        "PRODID:-//Suanpan//Learning//ZH".to_owned(),
        "BEGIN:VEVENT".to_owned(),
        format!("UID:learning-{year}-{}@suanpan", visit.province_key()),
        format!("DTSTAMP:{stamp}"),
        format!("DTSTART;VALUE=DATE:{}", on.format("%Y%m%d")),
        format!("DTEND;VALUE=DATE:{}", end.format("%Y%m%d")),
        format!("SUMMARY:{year} 年度继续教育最后一天"),
        format!("DESCRIPTION:还差 {missing} {unit}。{}", escaped(site)),
        "BEGIN:VALARM".to_owned(),
        "ACTION:DISPLAY".to_owned(),
        format!("DESCRIPTION:{year} 年度继续教育还差 {missing} {unit}"),
        "TRIGGER:-P14D".to_owned(),
        "END:VALARM".to_owned(),
        "END:VEVENT".to_owned(),
        "END:VCALENDAR".to_owned(),
    ];
    Ok(lines.map(|line| folded(&line)).concat())
}

/// A text of a calendar, without what has a meaning there.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace(';', "\\;").replace(',', "\\,")
}

/// A line of at most 75 bytes; what is longer goes on in the next, after a blank.
fn folded(line: &str) -> String {
    let (mut text, mut bytes) = (String::new(), 0);
    for c in line.chars() {
        if bytes + c.len_utf8() > 75 {
            text.push_str("\r\n ");
            bytes = 1;
        }
        text.push(c);
        bytes += c.len_utf8();
    }
    text.push_str("\r\n");
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_of_a_calendar_has_at_most_seventy_five_bytes_and_reads_as_before() {
        let line = format!("DESCRIPTION:{}", "学分".repeat(40));
        let text = folded(&line);
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        assert_eq!(text.replace("\r\n ", "").trim_end(), line);
        assert_eq!(escaped("一,二;三\\"), "一\\,二\\;三\\\\");
    }
}
