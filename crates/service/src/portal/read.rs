//! What everybody may read.

use chrono::Datelike;
use domain::calendar::china_midnight;
use domain::case::CaseKind;
use domain::id::BureauCode;
use domain::national::view::Elsewhere;
use domain::portal::by_city;
use domain::portal::view::{FrontView, HotlinesView};
use domain::province::{Bureau, Profile, Province};
use domain::text::tidy;

use super::shown::newest;
use crate::{Failure, Visit};

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
    let elsewhere = Elsewhere::of(&visit.province.profile, today);
    Ok(FrontView {
        notices: newest(visit, &mut reader).await?,
        settled: u32::try_from(settled).unwrap_or(u32::MAX),
        cities: cities(&visit.province, &by_city(&visit.province.bureaus, visit.province.bureaus.0.keys())),
        has_modules: portal.has_modules,
        has_relocation: visit.province.profile.has_line(CaseKind::Relocation) && !elsewhere.as_ref().is_some_and(|of| of.is_shut),
        elsewhere,
        hotlines: portal.hotlines.clone(),
        tips: site.tips.clone(),
        briefing: briefing.title.clone(),
        paragraphs: briefing.paragraphs.clone(),
        has_legacy_holders: account.has_legacy_holders,
        has_phone_change: phone_change.is_some(),
        has_login_box: portal.has_login_box,
        captcha: account.captcha.clone(),
    })
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
    let told = super::waits::told(&visit.services, &visit.province).await?;
    let line = &visit.province.profile.intake_line().name;
    Ok(HotlinesView {
        waits: told.iter().map(|(code, waits)| (code.clone(), waits.words(line))).collect(),
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
pub(super) fn city(province: &Province, bureau: &BureauCode) -> String {
    let division = province.bureaus.get(bureau).and_then(|bureau| province.divisions.get(&bureau.division));
    division.map(|division| division.name.clone()).unwrap_or_default()
}
