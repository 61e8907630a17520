//! 数据导入: a file of results, credits, rewards or penalties is looked at row by row, takes effect all at once when two administrators want it, and
//! can be taken back (docs/adr/0040).

mod act;
mod check;
mod copies;
mod effect;
mod entries;
mod export;
mod known;
mod link;
mod receive;
mod settle;
mod stage;
#[cfg(test)]
pub(crate) mod stories;
mod view;
mod work;

pub use act::act;
pub use check::look;
pub use effect::{apply, undo};
pub use export::{note_export, original};
pub use known::Seen;
pub(crate) use link::{link, link_again};
pub use receive::{Handed, by_operator, receive};
pub use settle::settle_part;
pub use stage::{checked, sized, stage, unreadable};
pub use view::{batch, batches, exams, of_page, said_of};
pub use work::{Work, at_work, file, go_on, keep, knows_file};

use domain::case::{Member, Power, holder};
use domain::import::{ExamResult, ImportEntry, ImportKind, ImportReason, ImportRules, ImportStage};
use domain::learning::LearningRules;
use domain::province::Province;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::audit::Entry;
use store::import::ImportBatchRow;

use crate::{Failure, Services, Visit};

/// Rows that are noted in one transaction, so that the house stays open for everybody else.
pub const PART: usize = 500;

/// Who is noted for what whoever runs the server imports.
const OPERATOR: &str = "operator";

/// What a row says of a person, sealed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Detail {
    /// 姓名.
    name: String,
    /// 证件类型, as a code.
    kind: String,
    /// 证件号码, masked.
    number: String,
    /// What is said of it.
    reasons: Vec<ImportReason>,
    /// The result of an exam.
    exam: Option<ExamResult>,
    /// The reward or the penalty.
    entry: Option<ImportEntry>,
}

fn seal(services: &Services, (batch, place): (&str, i64), detail: &Detail) -> Result<Vec<u8>, Failure> {
    Ok(services.vault.seal("import_row.detail", &format!("{batch}:{place}"), &serde_json::to_vec(detail)?))
}

fn open(services: &Services, row: &store::import::row::ImportRowRow) -> Result<Detail, Failure> {
    let plain = services.vault.open("import_row.detail", &format!("{}:{}", row.batch_id, row.place), &row.detail_sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

fn kind_of(row: &ImportBatchRow) -> Result<ImportKind, Failure> {
    ImportKind::from_code(&row.kind).ok_or_else(|| Failure::Broken("the kind of an import".into()))
}

fn stage_of(row: &ImportBatchRow) -> Result<ImportStage, Failure> {
    ImportStage::from_code(&row.stage).ok_or_else(|| Failure::Broken("the stage of an import".into()))
}

/// The rules of the province; where it has none nothing is imported.
fn learning(province: &Province) -> Result<&LearningRules, Failure> {
    province.profile.learning.as_ref().ok_or(Failure::NotFound)
}

fn rules<'a>(services: &Services, province: &'a Province) -> Result<ImportRules<'a>, Failure> {
    let (profile, lists, laws) = (&province.profile, &province.lists, &province.laws);
    let (integrity, kinds) = (profile.integrity.as_ref(), profile.account.document_kinds.as_slice());
    Ok(ImportRules { learning: learning(province)?, integrity, laws, province, lists, kinds, today: services.today() })
}

fn keeper(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, Power::Import, &visit.province.bureaus)?.clone();
    learning(&visit.province)?;
    Ok(who)
}

/// An audit entry of the house itself. `detail` names nobody.
fn entry(services: &Services, action: &'static str, (object_kind, object): (&'static str, &str), detail: &Value) -> Entry {
    Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "import".into(),
        action,
        object_kind,
        object_id: object.to_owned(),
        detail: detail.to_string(),
        request_id: String::new(),
    }
}
