//! What a kind is given, and what it gives back.

use domain::case::{CaseKind, Member};
use domain::date::Dated;
use domain::id::{BureauCode, CaseId, StaffId};
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::Kind;
use crate::Visit;

/// From a kind of case to what it does. The house is built with it, so that nothing here has to know the lines.
#[derive(Clone, Copy)]
pub struct Kinds(pub(crate) fn(CaseKind) -> &'static dyn Kind);

impl Kinds {
    pub(crate) fn of(self, kind: CaseKind) -> &'static dyn Kind {
        (self.0)(kind)
    }
}

/// A case that a person would hand in: of which kind, and which one, where there is one already.
pub(crate) type Beginning<'a> = (CaseKind, Option<&'a CaseId>);

/// An approval that the bureau takes back. Case and account are locked.
pub(crate) struct Revoked<'a> {
    pub visit: &'a Visit,
    pub who: &'a Member,
    pub row: &'a CaseRow,
    pub account: &'a AccountRow,
    pub reason: &'a str,
}

/// An approval of which an annulment takes back what it wrote, or puts it forward again. Account and both cases are locked.
pub(crate) struct Annulled<'a> {
    pub visit: &'a Visit,
    /// The case of the annulment; it has its number by now.
    pub row: &'a CaseRow,
    /// The approved case.
    pub of: &'a CaseRow,
    pub account: &'a AccountRow,
    /// The bureau that entered it.
    pub bureau: &'a BureauCode,
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
