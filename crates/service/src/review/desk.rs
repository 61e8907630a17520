//! 工作台.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::calendar::china_midnight;
use domain::case::{CaseKind, Status};
use domain::review::Due;
use domain::review::view::{DeskView, LineCount};
use store::case::queue::CountRow;

use super::stage;
use crate::case::{bureau_name, bureau_path, reviewer, waiting};
use crate::{Failure, Visit};

/// The figures of the own work go back so far, with today.
const FORTNIGHT: Duration = Duration::days(13);

/// What waits at the own bureau, by urgency, by age in working days and by kind, and what was decided; for a bureau that has others
/// below it the sums of those too.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub async fn desk(visit: &Visit) -> Result<DeskView, Failure> {
    let who = reviewer(visit)?;
    let path = bureau_path(&visit.province.bureaus, &who.bureau);
    let mut reader = visit.services.db.read().await?;
    let own = reader.list_counts(visit.province_key(), &path, false).await?;
    let has_children = !visit.province.bureaus.children(&who.bureau).is_empty();
    let below = match has_children {
        true => Some(by_status(&reader.list_counts(visit.province_key(), &format!("{path}/"), true).await?)),
        false => None,
    };
    let urged_below = if has_children { reader.count_urged_below(visit.province_key(), &path).await? } else { 0 };
    let staged = stage::staged(&mut reader, visit, &who).await?;
    let midnight = midnight(visit);
    let decided_today = reader.count_decided(&who.id, midnight).await?;
    let own_figures = (decided_today, reader.count_decided(&who.id, midnight - FORTNIGHT).await?);
    let today = visit.services.today();
    let open: Vec<&CountRow> = own.iter().filter(|row| row.status == Status::Submitted).collect();
    let (mut urgencies, mut ages) = (BTreeMap::new(), BTreeMap::new());
    for row in &open {
        let Some(due_on) = row.due_on else { continue };
        let (_, age, urgency) = waiting(visit, row.kind, due_on);
        *urgencies.entry(urgency).or_insert(0) += row.cases;
        *ages.entry(age).or_insert(0) += row.cases;
    }
    let decided = own.iter().filter(|row| row.status != Status::Submitted).cloned().collect::<Vec<_>>();
    Ok(DeskView {
        bureau_name: bureau_name(&visit.province, &who.bureau),
        reviewer: who.name,
        waiting: urgencies,
        due: by_due(&open, today),
        lines: by_line(visit, &open, today),
        own: own_figures,
        ages: ages.into_iter().collect(),
        decided: by_status(&decided),
        below,
        urged_below,
        staged,
    })
}

/// When today began.
pub(super) fn midnight(visit: &Visit) -> DateTime<Utc> {
    china_midnight(visit.services.today())
}

/// How many of these are due by when.
fn by_due(rows: &[&CountRow], today: NaiveDate) -> Vec<(Due, i64)> {
    let count = |due: Due| {
        let of = rows.iter().filter(|row| row.due_on.is_some_and(|on| due.means(on, today)));
        (due, of.map(|row| row.cases).sum::<i64>())
    };
    [Due::Overdue, Due::Today, Due::Week].map(count).into()
}

/// The same for each kind of which any waits.
fn by_line(visit: &Visit, rows: &[&CountRow], today: NaiveDate) -> Vec<LineCount> {
    let count = |kind: CaseKind| {
        let of: Vec<&CountRow> = rows.iter().copied().filter(|row| row.kind == kind).collect();
        let ages = of.iter().filter_map(|row| Some(waiting(visit, kind, row.due_on?).1));
        LineCount {
            kind,
            waiting: of.iter().map(|row| row.cases).sum(),
            due: by_due(&of, today),
            oldest: ages.max().unwrap_or_default(),
        }
    };
    rows.iter().map(|row| row.kind).collect::<BTreeSet<_>>().into_iter().map(count).collect()
}

fn by_status(rows: &[CountRow]) -> Vec<(CaseKind, Status, i64)> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums.entry((row.kind, row.status)).or_insert(0) += row.cases;
    }
    sums.into_iter().map(|((kind, status), cases)| (kind, status, cases)).collect()
}
