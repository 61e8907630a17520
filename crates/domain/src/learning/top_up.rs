//! What a reversal leaves room for: a cap of the year cut others of the kind, which are now worth more than was booked.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};

use super::credits::Credits;
use super::entry::{CreditEntry, Source, SourceKind, booked_of, kind_of, standing_entries};
use super::reckon::{kind_by, subject};
use super::rules::{LearningRules, Subject};
use crate::id::EntryId;

/// More of a conversion, because room was left under the cap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopUp {
    /// What its approval booked.
    pub first: CreditEntry,
    /// What it is worth before the cap.
    pub worth: Credits,
    /// What is booked of it.
    pub booked: Credits,
    /// What is booked further.
    pub more: Credits,
    /// 科目类别 of the whole, which the room may have changed: what fills a year covers its public part.
    pub subject: Subject,
    /// The rows that stand under another 科目类别. They are taken back, and the whole is booked by one row.
    pub taken_back: Vec<CreditEntry>,
}

/// The conversions of the kind and year of the row `freed`, which was taken back, that a cap had cut and that now have room, in
/// the order of their booking. `worths` says by case what each is worth before the cap. The sums, of every 科目类别, are then as if
/// what was taken back had never been booked; asked again, there is nothing more.
#[must_use]
pub fn top_ups(
    rules: &LearningRules,
    entries: &[CreditEntry],
    worths: &BTreeMap<String, Credits>,
    freed: &CreditEntry,
) -> Vec<TopUp> {
    let (kind, year) = (kind_of(&freed.rule), freed.year);
    // The first row says whose turn it is, also where the whole was booked anew since.
    let is_first = |entry: &&CreditEntry| {
        let is_kind = entry.source.kind == SourceKind::Conversion && kind_of(&entry.rule) == kind;
        is_kind && entry.year == year && entry.reverses.is_none() && !entry.source.tops_up()
    };
    let mut firsts: Vec<&CreditEntry> = entries.iter().filter(is_first).collect();
    firsts.sort_by_key(|entry| (entry.booked_at, entry.id.clone()));
    let (mut all, mut found) = (booked_of(entries, kind, year), Vec::new());
    for first in firsts {
        let of_case = |entry: &&CreditEntry| entry.source.kind == first.source.kind && entry.source.first_id() == first.source.id;
        let stand: Vec<&CreditEntry> = standing_entries(entries).filter(of_case).collect();
        let booked: Credits = stand.iter().map(|entry| entry.amount).sum();
        // What was revoked stands no more, and gets nothing.
        if stand.is_empty() {
            continue;
        }
        let worth = worths.get(&first.source.id).copied().unwrap_or(booked);
        let Some(kind) = kind_by(rules, &first.rule) else { continue };
        let Some(cap) = kind.cap else { continue };
        let more = worth.less(booked).min(cap.less(all));
        if more.is_some() {
            all = all + more;
            let whole = rules.year(year).map_or(first.subject, |year| subject(rules, year, kind.subject, booked + more));
            let is_divided = stand.iter().any(|entry| entry.subject != whole);
            let taken_back = if is_divided { stand.into_iter().cloned().collect() } else { Vec::new() };
            found.push(TopUp { first: first.clone(), worth, booked, more, subject: whole, taken_back });
        }
    }
    found
}

impl TopUp {
    /// The row that books it, by the rule of the first one; where rows are taken back, the whole. `freed` is the row that was taken
    /// back, `number` the 受理编号 of what had booked that.
    #[must_use]
    pub fn entry(
        &self,
        rules: &LearningRules,
        (freed, number): (&CreditEntry, &str),
        new: EntryId,
        (by, at): (&str, DateTime<Utc>),
    ) -> CreditEntry {
        let Self { first, worth, booked, more, .. } = self;
        let (name, unit) = (self.name(rules), &rules.unit);
        let is_whole = !self.taken_back.is_empty();
        let all = *booked + *more;
        let did = match is_whole {
            true => format!("补登记 {more} {unit}，合计 {all} {unit} 重新登记"),
            false => format!("补登记 {more} {unit}"),
        };
        let arithmetic =
            format!("{name}因撤销编号 {number} 的折算后不再受上限限制，按规则 {worth} {unit}，已登记 {booked} {unit}，{did}");
        CreditEntry {
            id: new,
            year: first.year,
            subject: self.subject,
            amount: if is_whole { all } else { *more },
            source: Source::topping_up(&first.source, &freed.id),
            rule: first.rule.clone(),
            arithmetic,
            decided: first.decided.clone(),
            booked_by: by.to_owned(),
            booked_at: at,
            reverses: None,
        }
    }

    /// Why the rows that stood are taken back, in words.
    #[must_use]
    pub fn why_taken_back(&self, rules: &LearningRules) -> String {
        format!("{}补登记后科目类别改变，冲销原来的登记，合计重新登记", self.name(rules))
    }

    fn name(&self, rules: &LearningRules) -> String {
        kind_by(rules, &self.first.rule).map(|kind| format!("{}：", kind.short)).unwrap_or_default()
    }
}
