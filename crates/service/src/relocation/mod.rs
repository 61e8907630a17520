//! 跨省调转: a record leaves in a signed package once its bureau has agreed, and fills 信息采集 of the province where it arrives
//! (docs/package.md, docs/adr/0053). It stands above the lines: none of them knows it.

mod apply;
mod beside;
mod drop;
mod file;
mod kind;
mod lock;
mod pack;
mod papers;
mod receive;
mod show;
#[cfg(test)]
mod stories;
mod verify;

pub use apply::depart;
pub use drop::cancel_departure;
pub use file::{download, make_file};
pub(crate) use kind::Relocation;
pub use lock::recipients;
pub use papers::bring_papers;
pub use receive::{receive, take_over};
pub use show::relocation_view;

use domain::case::CaseKind;
use domain::relocation::Places;

use crate::{Failure, Visit};

const KIND: CaseKind = CaseKind::Relocation;
/// 继续教育 goes on while a record is on its way.
const BESIDE: [CaseKind; 4] = [KIND, CaseKind::Conversion, CaseKind::Class, CaseKind::ClassResults];

/// Where records may go; where the province has no 跨省调出 there is no such thing.
fn places(visit: &Visit) -> Result<&Places, Failure> {
    visit.province.profile.has_line(KIND).then_some(&visit.province.places).ok_or(Failure::NotFound)
}

/// What a place is called.
fn name_of(places: &Places, key: &str) -> String {
    places.get(key).map_or_else(|| key.to_owned(), |place| place.name.clone())
}

fn page(visit: &Visit) -> String {
    format!("/{}/relocation", visit.province_key())
}
