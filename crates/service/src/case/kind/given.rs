//! What a kind is given, and what it gives back.

use domain::case::Member;
use domain::date::Dated;
use domain::id::{BureauCode, StaffId};
use store::account::AccountRow;
use store::case::file::CaseRow;

use crate::Visit;

/// An approval that the bureau takes back. Case and account are locked.
pub(crate) struct Revoked<'a> {
    pub visit: &'a Visit,
    pub who: &'a Member,
    pub row: &'a CaseRow,
    pub account: &'a AccountRow,
    pub reason: &'a str,
}

/// What a record says that other kinds lean on.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Recorded {
    /// 取得会计专业技术资格, the first one.
    pub qualified: Option<Dated>,
    /// 开始从事会计工作.
    pub started: Option<Dated>,
}

/// What somebody has prepared and not handed in yet, as the staff at a counter find it.
pub(crate) struct Prepared {
    /// A keyed hash (hex) of all that would be handed in now.
    pub print: String,
    /// The bureau that would get it, as far as the answers say so.
    pub bureau: Option<BureauCode>,
    pub is_complete: bool,
}

/// What two of the staff hand in for somebody.
#[derive(Clone, Copy)]
pub(crate) struct OnBehalf<'a> {
    pub visit: &'a Visit,
    pub account: &'a AccountRow,
    /// [`Prepared::print`] as both of them agreed to it.
    pub print: &'a str,
    /// Id and name of who took it in.
    pub taken_in_by: (&'a StaffId, &'a str),
    pub confirmed_by: &'a Member,
    pub reason: &'a str,
}

/// What came of printing; all but [`crate::Failure`] can be told to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The document and its title.
    Pdf {
        /// Title of the form.
        title: String,
        /// The PDF.
        bytes: Vec<u8>,
    },
    /// Nothing can be printed on this server yet.
    NoFonts,
}
