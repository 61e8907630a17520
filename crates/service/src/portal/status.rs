//! 服务状态: whether people are served, the counts of the day, and how long the bureaus take.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::calendar::china_midnight;
use domain::id::BureauCode;
use domain::portal::by_city;
use domain::portal::view::{Serving, StatusView, WaitLine};
use domain::province::Province;
use tokio::sync::Mutex;

use super::read::city;
use super::waits::told;
use crate::readiness::{Readiness, readiness};
use crate::{Failure, Services};

/// So long the page is told from memory: anybody may ask for it, as often as they like.
const FRESH: Duration = Duration::seconds(30);

/// What this server remembers of the page, by province. One asks at a time, and whoever waited hears what the first was told.
#[derive(Default)]
pub struct Glance(Mutex<BTreeMap<String, (DateTime<Utc>, StatusView)>>);

/// The state of the house for a province. It answers without a database too.
pub async fn status(services: &Services, province: &Province) -> StatusView {
    let (key, now) = (province.profile.key.as_str(), services.now());
    let mut all = services.glance.0.lock().await;
    if let Some((_, view)) = all.get(key).filter(|(at, _)| (*at..*at + FRESH).contains(&now)) {
        return view.clone();
    }
    let serving = match readiness(services).await {
        Readiness::Ready => Serving::Fully,
        Readiness::ReadingOnly => Serving::Reading,
        Readiness::Unmigrated | Readiness::Silent => Serving::Down,
    };
    let empty = StatusView { at: now, serving, counts: None, cities: Vec::new() };
    let view = match serving {
        Serving::Down => empty,
        Serving::Fully | Serving::Reading => figures(services, province, empty.clone()).await.unwrap_or_else(|failure| {
            tracing::error!(%failure, "the figures of the status page could not be read");
            empty
        }),
    };
    all.insert(key.to_owned(), (now, view.clone()));
    view
}

async fn figures(services: &Services, province: &Province, mut view: StatusView) -> Result<StatusView, Failure> {
    let key = province.profile.key.as_str();
    let told = told(services, province).await?;
    let mut reader = services.db.read().await?;
    let approved = reader.count_settled(key, china_midnight(services.today())).await?;
    let waiting = reader.count_waiting(key).await?;
    drop(reader);
    let count = |number: i64| u32::try_from(number).unwrap_or(u32::MAX);
    view.counts = Some((count(approved), count(waiting)));
    let line = |code: &BureauCode| Some(WaitLine { name: province.bureaus.get(code)?.desk(), waits: *told.get(code)? });
    let group = |(head, codes): (BureauCode, Vec<BureauCode>)| (city(province, &head), codes.iter().filter_map(line).collect());
    view.cities = by_city(&province.bureaus, told.keys()).into_iter().map(group).collect();
    Ok(view)
}
