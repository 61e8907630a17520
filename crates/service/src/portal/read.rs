//! What everybody may read.

use chrono::Datelike;
use domain::calendar::china_midnight;
use domain::id::BureauCode;
use domain::portal::view::{FrontView, HotlinesView, NoticeLine, NoticeView, NoticesView};
use domain::portal::{NoticeKind, by_city, seed_id, seed_of, seeds};
use domain::province::{Bureau, Profile, Province};
use domain::text::tidy;
use store::Reader;
use store::portal::notice::{NoticePage, NoticeRow};

use crate::{Failure, Visit};

/// Lines on a page.
pub(super) const PAGE: usize = 20;
/// Notices on the first page of the province.
const NEWEST: i64 = 5;

/// A page of notices or guides, the newest first. While the staff have published none, those of the profile.
///
/// # Errors
/// `Store`.
pub async fn notices(visit: &Visit, kind: NoticeKind, after: &str) -> Result<NoticesView, Failure> {
    let mut reader = visit.services.db.read().await?;
    let last = if after.is_empty() { None } else { reader.find_notice(visit.province_key(), kind, after).await? };
    let page = NoticePage {
        province: visit.province_key(),
        kind,
        after: last.as_ref().map(|row| (row.published_on, row.id.as_str())),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let mut rows = reader.list_shown_notices(page, visit.services.today()).await?;
    if rows.is_empty() && last.is_none() {
        return Ok(NoticesView { lines: seed_lines(visit, kind), next: None });
    }
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| row.id.clone());
    Ok(NoticesView { lines: rows.into_iter().map(line).collect(), next })
}

/// The first page.
///
/// # Errors
/// `Store`.
pub async fn front(visit: &Visit) -> Result<FrontView, Failure> {
    let Profile { site, account, portal, phone_change, .. } = &visit.province.profile;
    let briefing = &visit.province.profile.intake_line().briefing;
    let today = visit.services.today();
    let since = china_midnight(today.with_day(1).unwrap_or(today));
    let mut reader = visit.services.db.read().await?;
    let settled = reader.count_settled(visit.province_key(), since).await?;
    Ok(FrontView {
        notices: newest(visit, &mut reader).await?,
        settled: u32::try_from(settled).unwrap_or(u32::MAX),
        cities: cities(&visit.province, &by_city(&visit.province.bureaus, visit.province.bureaus.0.keys())),
        has_modules: portal.has_modules,
        hotlines: portal.hotlines.clone(),
        tips: site.tips.clone(),
        briefing: briefing.title.clone(),
        paragraphs: briefing.paragraphs.clone(),
        has_legacy_holders: account.has_legacy_holders,
        has_phone_change: phone_change.is_some(),
        has_login_box: portal.has_login_box,
    })
}

async fn newest(visit: &Visit, reader: &mut Reader) -> Result<Vec<NoticeLine>, Failure> {
    let page = NoticePage { province: visit.province_key(), kind: NoticeKind::Notice, after: None, limit: NEWEST };
    let rows = reader.list_shown_notices(page, visit.services.today()).await?;
    if rows.is_empty() {
        return Ok(seed_lines(visit, NoticeKind::Notice));
    }
    Ok(rows.into_iter().map(line).collect())
}

fn line(row: NoticeRow) -> NoticeLine {
    NoticeLine { id: row.id, title: row.title, on: Some(row.published_on) }
}

fn seed_lines(visit: &Visit, kind: NoticeKind) -> Vec<NoticeLine> {
    let seeds = seeds(&visit.province.profile, kind).into_iter().enumerate();
    seeds.map(|(nth, seed)| NoticeLine { id: seed_id(nth), title: seed.title, on: seed.on }).collect()
}

/// A notice that is published, begun and not over. What is not, does not exist for a visitor.
///
/// # Errors
/// `NotFound`, `Store`.
pub async fn notice(visit: &Visit, kind: NoticeKind, id: &str) -> Result<NoticeView, Failure> {
    if let Some(nth) = seed_of(id) {
        return seeds(&visit.province.profile, kind).into_iter().nth(nth).ok_or(Failure::NotFound);
    }
    let row = visit.services.db.read().await?.find_notice(visit.province_key(), kind, id).await?;
    let today = visit.services.today();
    let is_shown =
        |row: &NoticeRow| row.is_published && row.published_on <= today && row.valid_to.is_none_or(|valid_to| valid_to >= today);
    let row = row.filter(is_shown).ok_or(Failure::NotFound)?;
    Ok(NoticeView { title: row.title, on: Some(row.published_on), body: row.body })
}

/// Which bureaus are asked for; all of it may be empty.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// What the name, the address or the telephone holds.
    pub search: &'a str,
    /// 财政局代码 of a city, or of the province.
    pub city: &'a str,
    /// 财政局代码 of one of its bureaus.
    pub county: &'a str,
}

/// 咨询电话: the bureaus by city. Who chose a city sees all of it, and who chose a bureau of it that one; who searched, those whose
/// name, address or telephone holds it; everybody else those of which a telephone or an address is known.
///
/// # Errors
/// `Store`.
pub async fn hotlines(visit: &Visit, wanted: Wanted<'_>) -> Result<HotlinesView, Failure> {
    let all = super::bureaus(&mut visit.services.db.read().await?, &visit.province).await?;
    let groups = by_city(&all, all.0.keys());
    let chosen = groups.iter().find(|(head, _)| *head == *wanted.city);
    let of_city: Vec<&Bureau> = chosen.into_iter().flat_map(|(_, codes)| codes).filter_map(|code| all.get(code)).collect();
    let county = of_city.iter().find(|bureau| bureau.code == *wanted.county).map(|bureau| bureau.code.clone());
    let search = if chosen.is_some() { String::new() } else { tidied(wanted.search) };
    let is_shown = |bureau: &&Bureau| match (&county, chosen) {
        (Some(county), _) => bureau.code == *county,
        (None, Some((_, codes))) => codes.contains(&bureau.code),
        (None, None) => holds(bureau, &search) && !(search.is_empty() && is_unknown(bureau)),
    };
    let shown = all.0.values().filter(is_shown).map(|bureau| &bureau.code);
    let group = |(head, codes): (BureauCode, Vec<BureauCode>)| {
        (city(&visit.province, &head), codes.iter().filter_map(|code| all.get(code)).cloned().collect())
    };
    Ok(HotlinesView {
        text: visit.province.profile.portal.hotlines.clone(),
        cities: by_city(&all, shown).into_iter().map(group).collect(),
        choices: cities(&visit.province, &groups),
        city: chosen.map(|(head, _)| head.clone()),
        counties: of_city.iter().map(|bureau| (bureau.code.clone(), bureau.desk())).collect(),
        county,
        search,
    })
}

fn is_unknown(bureau: &Bureau) -> bool {
    bureau.phone.is_empty() && bureau.address.is_empty()
}

pub(super) fn tidied(search: &str) -> String {
    tidy(search).chars().take(50).collect()
}

pub(super) fn holds(bureau: &Bureau, search: &str) -> bool {
    search.is_empty() || [&bureau.name, &bureau.address, &bureau.phone].iter().any(|text| text.contains(search))
}

/// The cities to choose from, by the code of their bureau.
fn cities(province: &Province, groups: &[(BureauCode, Vec<BureauCode>)]) -> Vec<(BureauCode, String)> {
    groups.iter().map(|(head, _)| (head.clone(), city(province, head))).collect()
}

/// The name of the division of a bureau: the city's, or the province's.
fn city(province: &Province, bureau: &BureauCode) -> String {
    let division = province.bureaus.get(bureau).and_then(|bureau| province.divisions.get(&bureau.division));
    division.map(|division| division.name.clone()).unwrap_or_default()
}
