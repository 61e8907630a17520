//! A province is data: its profile, its code lists, its divisions, its bureaus and the calendar it works by.

mod attachment;
mod bureaus;
#[cfg(feature = "profiles")]
mod check;
#[cfg(feature = "profiles")]
mod check_change;
#[cfg(feature = "profiles")]
mod check_conversion;
#[cfg(feature = "profiles")]
mod check_intake;
#[cfg(feature = "profiles")]
mod check_integrity;
#[cfg(feature = "profiles")]
mod check_learning;
#[cfg(feature = "profiles")]
mod check_line;
#[cfg(feature = "profiles")]
mod check_national;
#[cfg(feature = "profiles")]
mod check_photo;
#[cfg(feature = "profiles")]
mod check_relocation;
#[cfg(feature = "profiles")]
mod check_transfer;
mod divisions;
#[cfg(feature = "profiles")]
mod entry;
mod intake;
mod line;
mod lists;
#[cfg(feature = "profiles")]
mod parse;
mod profile;
mod record;
mod review;
mod site;
mod steps;
#[cfg(test)]
#[cfg(feature = "profiles")]
mod tests;
mod words;

pub(crate) use attachment::fits;
pub use attachment::{AttachmentRules, CardFace, PhotoRules};
pub use bureaus::{Bureau, Bureaus};
pub use divisions::{Division, Divisions};
pub use intake::{IntakeRules, Layout, MenuItem, NamedRule};
pub use line::{Briefing, LineRules, PledgeAt, Template};
pub use lists::{Entry, Lists};
#[cfg(feature = "profiles")]
pub use parse::ProfileError;
pub use profile::{FreezeRules, PhoneChangeRules, Profile};
pub use record::RecordRules;
pub use review::ReviewRules;
pub use site::{
    AccountRules, Agreement, DocumentOption, FooterWords, IdentityService, Landing, Landings, LoginWay, NoticeItem, Portal,
    RegistrationWay, Site, SmsRules, Taken,
};
pub use steps::{Condition, FieldRules, LabelWhen, StepKey, StepRules};

pub use studio::Background;
pub use words::{PageWords, ProgressWords, STAGES, SlotWords};

use crate::calendar::Calendar;
use crate::integrity::Laws;
use crate::relocation::Places;

/// Reads the files under `provinces/` for tests.
#[cfg(test)]
#[cfg(feature = "profiles")]
pub(crate) fn read_for_tests(file: &str) -> Option<String> {
    std::fs::read_to_string(format!("{}/../../provinces/{file}", env!("CARGO_MANIFEST_DIR"))).ok()
}

/// Everything that is known about one province. Lists, divisions and bureaus hold nothing of other provinces.
#[derive(Clone, Debug, PartialEq)]
pub struct Province {
    /// What it says differently from the others.
    pub profile: Profile,
    /// The choices, by list and code.
    pub lists: Lists,
    /// 行政区划 of the province.
    pub divisions: Divisions,
    /// 财政局 of the province.
    pub bureaus: Bureaus,
    /// 工作日 of the State Council.
    pub calendar: Calendar,
    /// 会计法 in its versions.
    pub laws: Laws,
    /// Where records may go, and where they may come from.
    pub places: Places,
}
