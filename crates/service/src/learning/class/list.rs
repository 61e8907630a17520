//! The page of the classes of an employer.

use std::collections::BTreeMap;

use domain::answer::Flash;
use domain::case::{Action, CaseKind, Role, Status, permitted};
use domain::id::CaseId;
use domain::learning::class::view::{ClassLine, ClassesView, SheetView, Standing};
use domain::learning::class::{RowFault, SheetFault};
use store::learning::class::{ClassRow, ResultsRow};

use super::{FILING, Managed, RESULTS, asked, class_rules, planned};
use crate::{Failure, Visit};

/// Of the classes of a manager so many are shown.
pub(super) const MOST: i64 = 500;

/// What was filed and reported for an employer, for who manages it.
///
/// # Errors
/// `NotFound` for an employer that somebody else manages, `SignInAgain`, `Store`, `Broken`.
pub async fn classes_view(visit: &Visit, manager: &str) -> Result<ClassesView, Failure> {
    visit.account()?;
    let (learning, rules) = class_rules(visit)?;
    let flash = match visit.take_flash("class").await? {
        Some(flash) => Some(flash),
        None => match visit.take_flash("cancel_class").await? {
            Some(flash) => Some(flash),
            None => visit.take_flash("answer_employee").await?,
        },
    };
    let sheet = visit.take_flash("results").await?;
    let mut reader = visit.services.db.read().await?;
    let employer = Managed::of(visit, &mut reader, manager).await?;
    let rows = reader.list_classes(&employer.id, MOST).await?;
    // The newest of a class comes last and stands.
    let results: BTreeMap<CaseId, ResultsRow> =
        reader.list_results(&employer.id).await?.into_iter().map(|row| (row.class_id.clone(), row)).collect();
    let requests = asked::requests(&mut reader, &employer).await?;
    let reasons: BTreeMap<String, String> = reader.list_class_reasons(&employer.id).await?.into_iter().collect();
    drop(reader);
    let today = visit.services.today();
    let line = |row: ClassRow| {
        let reported = results.get(&row.case_id);
        let is_free = reported.is_none_or(|row| matches!(row.status, Status::Returned | Status::Closed));
        ClassLine {
            may_report: row.status == Status::Approved && row.ends_on <= today && is_free,
            planned: planned(&row),
            results: reported.map(|row| {
                let of = (&row.case_id, &row.number, row.status, row.version);
                (standing(visit, RESULTS, of, &reasons), row.people, row.passed)
            }),
            filing: standing(visit, FILING, (&row.case_id, &row.number, row.status, row.version), &reasons),
        }
    };
    let classes = rows.into_iter().map(line).collect();
    let page_name = visit.province.profile.employers.as_ref().map(|rules| rules.page_name.clone());
    Ok(ClassesView {
        rules: rules.clone(),
        unit: learning.unit.clone(),
        employers: page_name.unwrap_or_default(),
        manager: employer.id,
        employer: employer.name,
        earliest: rules.earliest(&visit.province.calendar, today),
        classes,
        flash,
        sheet: sheet.map(|flash| sheet_of(&flash)),
        requests,
        is_institution: rules.open_name.is_some() && employer.is_institution,
        request_key: visit.services.ids.id(),
    })
}

fn standing(
    visit: &Visit,
    kind: CaseKind,
    (case, number, status, version): (&CaseId, &Option<String>, Status, i64),
    reasons: &BTreeMap<String, String>,
) -> Standing {
    let tells = matches!(status, Status::Returned | Status::Closed);
    Standing {
        number: number.clone().unwrap_or_default(),
        reason: reasons.get(case.as_str()).filter(|_| tells).cloned().unwrap_or_default(),
        may_cancel: permitted(status, Role::Owner, Action::Cancel, &visit.kind_rules(kind)).is_ok(),
        case: case.clone(),
        status,
        version,
    }
}

fn sheet_of(flash: &Flash) -> SheetView {
    let class = flash.values.get("class").map(|class| CaseId::from(class.as_str()));
    let rows = flash.values.iter().filter_map(|(line, fault)| Some((line.parse().ok()?, RowFault::from_code(fault)?)));
    SheetView {
        class: class.unwrap_or_else(|| CaseId::from("")),
        fault: flash.values.get("sheet").and_then(|fault| SheetFault::from_code(fault)),
        rows: rows.collect(),
    }
}
