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
