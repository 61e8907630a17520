//! The page that says where records are made and changed.

use domain::case::{Actor, CaseKind, Status};
use domain::national::lines;
use domain::national::view::{Elsewhere, NationalView, OpenCase};
use store::Reader;
use store::case::file::CaseRow;

use crate::{Failure, Visit};

/// The page, for everybody; whoever is signed in finds what they have open here.
///
/// # Errors
/// `NotFound` where the province collects itself and nothing else is announced, `Store`.
pub async fn national_view(visit: &Visit) -> Result<NationalView, Failure> {
    let profile = &visit.province.profile;
    let rules = profile.national.as_ref().ok_or(Failure::NotFound)?;
    let elsewhere = Elsewhere::of(profile, visit.services.today()).ok_or(Failure::NotFound)?;
    let open = match &visit.actor {
        Actor::Accountant { .. } => {
            let mut reader = visit.services.db.read().await?;
            open_cases(visit, &mut reader, elsewhere.is_over).await?
        }
        _ => Vec::new(),
    };
    Ok(NationalView {
        elsewhere,
        platform: (rules.name.clone(), rules.url.clone()),
        said: rules.said.clone(),
        lines: lines(profile).into_iter().map(str::to_owned).collect(),
        has_learning: profile.learning.is_some(),
        open,
    })
}

async fn open_cases(visit: &Visit, reader: &mut Reader, is_over: bool) -> Result<Vec<OpenCase>, Failure> {
    let account = visit.account()?.clone();
    let mut open = Vec::new();
    for kind in CaseKind::ALL.iter().filter(|kind| kind.is_of_collection()) {
        let case = reader.find_latest_case(&account, *kind).await?;
        let case = case.filter(|case| !matches!(case.status, Status::Approved | Status::Closed));
        open.extend(case.map(|case| shown(visit, case, is_over)));
    }
    Ok(open)
}

fn shown(visit: &Visit, case: CaseRow, is_over: bool) -> OpenCase {
    let is_left = case.status == Status::Draft && is_over;
    OpenCase {
        name: visit.line(case.kind).name.clone(),
        number: case.number.clone().unwrap_or_default(),
        status: case.status,
        way: if is_left { String::new() } else { visit.services.kinds.of(case.kind).page(visit, &case.id) },
        id: case.id,
    }
}
