//! 通知公告, 操作指南, 政策法规 and 常见问题 as readers have them, and the search over all of them.

use domain::case::{Actor, Refusal};
use domain::limit::Limited;
use domain::portal::text_view::{FoundView, RegulationView, TextLine, TextView, TextsView};
use domain::portal::{Audience, Force, Subject, TextKind, seed_id, seed_of, seeds};
use domain::text::tidy;
use serde_json::json;
use store::Reader;
use store::portal::shown::{Reading, ShownPage, ShownRow};
use store::portal::version::VersionRow;

use super::{kept, letters, markdown};
use crate::account::count_address;
use crate::{Failure, Limit, Visit};

/// Lines on a page.
pub(super) const PAGE: usize = 20;
/// Notices on the first page of the province.
const NEWEST: i64 = 5;
/// Texts that a search shows.
const FOUND: usize = 50;
/// The most characters of a search.
const LONGEST_SEARCH: usize = 50;
/// Answers to 有帮助吗 of a network in an hour.
const VOTES: Limit = Limit::new(Limited::Pictures, 60, 3_600);

/// The rows of a page, and one by which it is known whether there is another page.
pub(super) fn page_and_one() -> i64 {
    i64::try_from(PAGE + 1).unwrap_or(i64::MAX)
}

/// Who is reading: the staff read everything, and people whose record is approved what is for them.
///
/// # Errors
/// `Store`.
pub(super) async fn reading<'v>(visit: &'v Visit, reader: &mut Reader) -> Result<Reading<'v>, Failure> {
    use Audience::{Approved, Everyone, Staff};
    let audiences = match &visit.actor {
        Actor::Staff { member, .. } if member.is_second_factor_done => [Everyone, Approved, Staff],
        Actor::Accountant { account, .. } | Actor::Acting { account, .. } if reader.find_record(account).await?.is_some() => {
            [Everyone, Approved, Everyone]
        }
        _ => [Everyone; 3],
    };
    Ok(Reading { province: visit.province_key(), today: visit.services.today(), audiences })
}

/// A page of texts of a kind, 置顶 first and then the newest. While the staff have published none, those of the profile.
///
/// # Errors
/// `NotFound` for a kind or a subject that there is not, `Store`.
pub async fn shown_texts(visit: &Visit, kind: &str, subject: &str, after: &str) -> Result<TextsView, Failure> {
    let kind = TextKind::from_code(kind).ok_or(Failure::NotFound)?;
    let chosen = if subject.is_empty() { None } else { Some(Subject::from_code(subject).ok_or(Failure::NotFound)?) };
    let mut reader = visit.services.db.read().await?;
    let who = reading(visit, &mut reader).await?;
    let last = if after.is_empty() { None } else { reader.find_shown_text(who, after).await? };
    let after = last.as_ref().map(|row| (row.pin, row.listed_on, row.text_id.as_str()));
    let mut rows = reader.list_shown_texts(who, ShownPage { kind, subject, after, limit: page_and_one() }).await?;
    if rows.is_empty() && last.is_none() && chosen.is_none() {
        return Ok(TextsView { kind, subject: None, lines: seed_lines(visit, kind), next: None });
    }
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| row.text_id.clone());
    Ok(TextsView { kind, subject: chosen, lines: rows.into_iter().map(|row| line(&who, row)).collect(), next })
}

/// Whoever of the staff is asking.
fn of_staff(visit: &Visit) -> Result<(), Failure> {
    match &visit.actor {
        Actor::Staff { member, .. } if member.is_second_factor_done => Ok(()),
        Actor::Staff { .. } => Err(Refusal::SecondFactorNeeded.into()),
        Actor::Visitor { .. } => Err(Refusal::SignInAgain.into()),
        Actor::Accountant { .. } | Actor::Acting { .. } | Actor::Machine(_) => Err(Refusal::NotYours.into()),
    }
}

/// A page of texts of a kind for the staff, who have no other way to what is for them alone: the pages of the portal know their
/// session not.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn staff_texts(visit: &Visit, kind: TextKind, after: &str) -> Result<TextsView, Failure> {
    of_staff(visit)?;
    shown_texts(visit, kind.code(), "", after).await
}

/// One of them.
///
/// # Errors
/// `NotFound`, and as [`staff_texts`].
pub async fn staff_text(visit: &Visit, kind: &str, id: &str) -> Result<TextView, Failure> {
    of_staff(visit)?;
    shown_text(visit, kind, id).await
}

/// The newest notices for the first page.
pub(super) async fn newest(visit: &Visit, reader: &mut Reader) -> Result<Vec<TextLine>, Failure> {
    let who = reading(visit, reader).await?;
    let page = ShownPage { kind: TextKind::Notice, subject: "", after: None, limit: NEWEST };
    let rows = reader.list_shown_texts(who, page).await?;
    if rows.is_empty() {
        return Ok(seed_lines(visit, TextKind::Notice));
    }
    Ok(rows.into_iter().map(|row| line(&who, row)).collect())
}

fn line(who: &Reading<'_>, row: ShownRow) -> TextLine {
    let is_regulation = row.kind == TextKind::Regulation;
    TextLine {
        kind: row.kind,
        id: row.text_id,
        title: row.title,
        on: Some(row.listed_on),
        is_pinned: row.pin > 0,
        about: format!("{} {}", row.issuer, row.number).trim().to_owned(),
        force: is_regulation.then(|| Force::on(who.today, row.effective_on, row.repealed_on)),
    }
}

fn seed_lines(visit: &Visit, kind: TextKind) -> Vec<TextLine> {
    let seeds = seeds(&visit.province.profile, kind).into_iter().enumerate();
    let line = |(nth, seed): (usize, domain::portal::text_view::Seed)| TextLine {
        kind,
        id: seed_id(nth),
        title: seed.title,
        on: seed.on,
        is_pinned: false,
        about: String::new(),
        force: None,
    };
    seeds.map(line).collect()
}

/// A text that is published for whoever reads, begun and not over. What is not, does not exist for them.
///
/// # Errors
/// `NotFound`, `Store`.
pub async fn shown_text(visit: &Visit, kind: &str, id: &str) -> Result<TextView, Failure> {
    let kind = TextKind::from_code(kind).ok_or(Failure::NotFound)?;
    if let Some(nth) = seed_of(id) {
        let seed = seeds(&visit.province.profile, kind).into_iter().nth(nth).ok_or(Failure::NotFound)?;
        let html = markdown::drawn(&seed.body, visit.province_key());
        return Ok(TextView {
            kind,
            id: id.to_owned(),
            title: seed.title,
            on: seed.on,
            html,
            regulation: None,
            files: Vec::new(),
        });
    }
    let mut reader = visit.services.db.read().await?;
    let who = reading(visit, &mut reader).await?;
    let row = reader.find_shown_text(who, id).await?.filter(|row| row.kind == kind).ok_or(Failure::NotFound)?;
    let regulation = regulation(&mut reader, who, &row).await?;
    let files = reader.list_text_files(id, row.nth).await?.into_iter().map(kept::file);
    Ok(TextView {
        kind,
        id: row.text_id,
        title: row.title,
        on: Some(row.shown_from),
        html: markdown::drawn(&row.body, visit.province_key()),
        regulation,
        files: files.filter(|file| !file.is_picture).collect(),
    })
}

async fn regulation(reader: &mut Reader, who: Reading<'_>, row: &VersionRow) -> Result<Option<RegulationView>, Failure> {
    let (Some(issued_on), Some(effective_on)) = (row.issued_on, row.effective_on) else { return Ok(None) };
    let by = match row.repealed_by.as_str() {
        "" => None,
        name => reader.find_named_text(who, TextKind::Regulation, name).await?,
    };
    Ok(Some(RegulationView {
        number: row.number.clone(),
        issuer: row.issuer.clone(),
        issued_on,
        effective_on,
        repealed_on: row.repealed_on,
        repealed_by: row.repealed_by.clone(),
        repealed_by_id: by.map(|by| by.text_id).filter(|id| *id != row.text_id),
        force: Force::on(who.today, row.effective_on, row.repealed_on),
    }))
}

/// The texts that have all the words somebody looks for, or whose title, number, issuer or subject has these pinyin initials.
///
/// # Errors
/// `Store`.
pub async fn search(visit: &Visit, words: &str) -> Result<FoundView, Failure> {
    let words: String = tidy(words).chars().take(LONGEST_SEARCH).collect();
    let Some(patterns) = letters::patterns(&words) else {
        return Ok(FoundView { words, lines: Vec::new(), has_more: false });
    };
    let mut reader = visit.services.db.read().await?;
    let who = reading(visit, &mut reader).await?;
    let mut rows = reader.search_texts(who, &patterns, i64::try_from(FOUND + 1).unwrap_or(i64::MAX)).await?;
    let has_more = rows.len() > FOUND;
    rows.truncate(FOUND);
    Ok(FoundView { words, lines: rows.into_iter().map(|row| line(&who, row)).collect(), has_more })
}

/// Notes whether a 常见问题 was of use to whoever reads, once for an account, and for a network of those who have not signed in.
///
/// # Errors
/// `NotFound` for what they cannot read, `TooOften`, `Store`.
pub async fn vote(visit: &Visit, id: &str, is_useful: bool) -> Result<(), Failure> {
    let mut reader = visit.services.db.read().await?;
    let who = reading(visit, &mut reader).await?;
    let row = reader.find_shown_text(who, id).await?.filter(|row| row.kind == TextKind::Question).ok_or(Failure::NotFound)?;
    drop(reader);
    let voter = match &visit.actor {
        Actor::Accountant { account, .. } | Actor::Acting { account, .. } => format!("account:{account}"),
        Actor::Staff { member, .. } => format!("staff:{}", member.id),
        Actor::Visitor { .. } | Actor::Machine(_) => format!("address:{}", visit.address),
    };
    let voter = visit.services.vault.keyed_hash("vote", &voter);
    let job = visit.clone();
    let written = visit.write(move |tx| {
        Box::pin(async move {
            count_address(tx, &job, "vote:address", &[VOTES]).await?;
            tx.put_vote(&row.text_id, &voter, is_useful, job.now()).await?;
            let detail = json!({ "nth": row.nth, "is_useful": is_useful });
            Ok::<_, Failure>(tx.audit(&job.entry("vote", "text", &row.text_id, detail)).await?)
        })
    });
    written.await
}
