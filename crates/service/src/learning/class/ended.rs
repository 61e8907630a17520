//! What the bureau reads of a class, or of results, whose manager manages the employer no more: what waits goes on, and is looked at twice.

use domain::case::{Beside, Status};
use domain::id::CaseId;
use store::Reader;
use store::case::file::CaseRow;

use crate::{Failure, Visit};

/// A warning while the case waits, where whoever filed the class was revoked or gave the employer up since.
///
/// # Errors
/// `Store`.
pub(super) async fn manager_ended(
    reader: &mut Reader,
    (visit, row): (&Visit, &CaseRow),
    class: &CaseId,
) -> Result<Vec<Beside>, Failure> {
    let Some(filed) = reader.find_class(class).await?.filter(|_| row.status == Status::Submitted) else { return Ok(Vec::new()) };
    if reader.find_manager(&filed.manager_id).await?.is_some_and(|manager| manager.ended_at.is_none()) {
        return Ok(Vec::new());
    }
    let rules = visit.province.profile.employers.as_ref();
    let manager = rules.map_or("单位管理员", |rules| rules.manager_name.as_str());
    let said = "提交以后，申请人已被撤销认证，或者不再管理该单位。通过以前，请向单位核对；不属实的，请退回。".to_owned();
    Ok(vec![Beside { title: format!("{manager}已有变动"), said: vec![said], columns: Vec::new(), rows: Vec::new() }])
}
