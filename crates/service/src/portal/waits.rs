//! 办理时间: how long each bureau takes, counted once a day and told from memory, so that no page asks more of the database for it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use domain::calendar::{Calendar, china_midnight};
use domain::case::{CaseKind, Status, WAITED_DAYS, Waits, waited};
use domain::id::BureauCode;
use domain::province::Province;
use serde_json::json;
use store::audit::Entry;
use store::case::waited::{MoveRow, WaitRow};

use crate::{Failure, Services};

/// So long figures are told from memory.
const FRESH: Duration = Duration::minutes(5);

/// The figures of the bureaus of a province; of some there are none.
pub(crate) type Told = BTreeMap<BureauCode, Waits>;

/// The figures of a province, and when they were looked up.
type Kept = (DateTime<Utc>, Arc<Told>);

/// What this server remembers of the figures, by province.
#[derive(Default)]
pub struct Remembered(Mutex<BTreeMap<String, Kept>>);

impl Remembered {
    fn of(&self, province: &str, now: DateTime<Utc>) -> Option<Arc<Told>> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // A clock that was set back makes nothing last.
        all.get(province).filter(|(at, _)| (*at..*at + FRESH).contains(&now)).map(|(_, told)| told.clone())
    }

    fn keep(&self, province: &str, now: DateTime<Utc>, told: Arc<Told>) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(province.to_owned(), (now, told));
    }

    fn forget(&self, province: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(province);
    }
}

/// The figures of a province, of today or of yesterday. Whoever calls holds no connection.
///
/// # Errors
/// `Store`.
pub(crate) async fn told(services: &Services, province: &Province) -> Result<Arc<Told>, Failure> {
    let (key, now, today) = (province.profile.key.as_str(), services.now(), services.today());
    if let Some(told) = services.waits.of(key, now) {
        return Ok(told);
    }
    let days = (today.pred_opt().unwrap_or(today), today);
    let rows = services.db.read().await?.list_waits(key, days).await?;
    let told: Told = rows.into_iter().filter_map(|row| Some((row.bureau.clone(), row.waits()?))).collect();
    let told = Arc::new(told);
    services.waits.keep(key, now, told.clone());
    Ok(told)
}

/// What is told of a bureau in a sentence; empty where there is nothing to tell. Whoever calls holds no connection.
///
/// # Errors
/// `Store`.
pub(crate) async fn wait_words(services: &Services, province: &Province, bureau: Option<&BureauCode>) -> Result<String, Failure> {
    let Some(bureau) = bureau else { return Ok(String::new()) };
    let told = told(services, province).await?;
    let line = &province.profile.intake_line().name;
    Ok(told.get(bureau).map(|waits| waits.words(line)).unwrap_or_default())
}

/// Counts what people waited for each bureau, in the provinces whose figures are not those of today; answers how many provinces
/// that were. Whoever counts the same day again counts the same.
///
/// # Errors
/// `Store`.
pub async fn count_waits(services: &Services) -> Result<u64, Failure> {
    let mut counted = 0;
    for province in services.provinces.values() {
        counted += u64::from(count(services, province).await?);
    }
    Ok(counted)
}

/// Whole days are counted, so that every server counts the same.
async fn count(services: &Services, province: &Province) -> Result<bool, Failure> {
    let (key, today) = (province.profile.key.clone(), services.today());
    if services.db.read().await?.has_waits_of(&key, today).await? {
        return Ok(false);
    }
    let until = china_midnight(today);
    let days = (until - Duration::days(WAITED_DAYS), until);
    let mut rows = Vec::new();
    for bureau in province.bureaus.0.keys() {
        let moves = services.db.read().await?.list_moves((&key, bureau), CaseKind::Intake, days).await?;
        rows.push(WaitRow::of(bureau.clone(), Waits::of(days_of(&province.calendar, &moves))));
    }
    let entry = Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "waits".to_owned(),
        action: "count_waits",
        object_kind: "province",
        object_id: key.clone(),
        detail: json!({ "day": today, "bureaus": rows.iter().filter(|row| row.cases > 0).count() }).to_string(),
        request_id: String::new(),
    };
    let of = key.clone();
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            for row in &rows {
                tx.keep_wait(&of, today, row).await?;
            }
            tx.audit(&entry).await?;
            Ok::<_, Failure>(())
        })
    });
    write.await?;
    services.waits.forget(&key);
    Ok(true)
}

/// What each case waited. One that was not seen to come, as those of an import, says nothing.
fn days_of(calendar: &Calendar, moves: &[MoveRow]) -> Vec<u32> {
    let came = |row: &MoveRow| row.status_after == Status::Submitted;
    let cases = moves.chunk_by(|one, other| one.case_id == other.case_id).filter(|case| case.first().is_some_and(came));
    cases.map(|case| waited(calendar, &case.iter().map(|row| (row.at, came(row))).collect::<Vec<_>>())).collect()
}
