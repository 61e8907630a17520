//! What the page of 跨省调转 shows.

use chrono::{DateTime, NaiveDate, Utc};

use super::forms::DepartureForm;
use crate::case::{Beside, Status};
use crate::id::CaseId;

/// Where somebody stands between the provinces.
#[derive(Clone, Debug, PartialEq)]
pub struct RelocationView {
    /// What the province calls 跨省调出.
    pub name: String,
    /// What it calls 信息采集.
    pub intake_name: String,
    /// Where the record is.
    pub stands: Stands,
    /// What was received from elsewhere and is not approved yet.
    pub received: Option<ReceivedView>,
    /// Records on this server that may be taken over without a file.
    pub offers: Vec<Offer>,
}

/// Where the record of somebody is.
#[derive(Clone, Debug, PartialEq)]
pub enum Stands {
    /// There is none here.
    Nowhere,
    /// Here, and may be asked to leave.
    Here(Box<MayLeave>),
    /// Here, while this is open.
    Busy {
        /// What the province calls the kind of the case that is open.
        line: String,
    },
    /// The bureau looks at the departure.
    Waiting {
        /// Where to.
        destination: String,
        /// Who has it.
        bureau_name: String,
        /// 受理编号.
        number: String,
        /// The last day of the review.
        due_on: Option<NaiveDate>,
        /// Of the case, for 取消申请.
        version: i64,
    },
    /// It has left.
    Left {
        /// Where to.
        destination: String,
        /// When, in UTC.
        at: DateTime<Utc>,
        /// When the file was last made, in UTC; `None` for never.
        packed_at: Option<DateTime<Utc>>,
        /// Whether it needs no passphrase, because a key of the destination is known.
        has_key: bool,
        /// Whether the destination is served here, so that the record is handed over without a file.
        is_here: bool,
    },
}

/// The form of 跨省调出.
#[derive(Clone, Debug, PartialEq)]
pub struct MayLeave {
    /// Where one can go: key and name.
    pub places: Vec<(String, String)>,
    /// Why the bureau gave it back; empty for a first one.
    pub reason: String,
    /// Where a case that was given back stands, with its version.
    pub returned: Option<(Status, i64)>,
    /// What is read before.
    pub briefing: Vec<String>,
    /// 本人承诺.
    pub pledge: String,
    /// The sentence at the tick.
    pub confirm_label: String,
    /// What was typed, with a fresh key.
    pub form: DepartureForm,
}

/// A record on this server that may be taken over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// The departure.
    pub case: CaseId,
    /// Where it comes from.
    pub origin: String,
    /// When it left, in UTC.
    pub left_at: DateTime<Utc>,
}

/// What was received.
#[derive(Clone, Debug, PartialEq)]
pub struct ReceivedView {
    /// Where it comes from.
    pub origin: String,
    /// When, in UTC.
    pub at: DateTime<Utc>,
    /// What the form does not have.
    pub beside: Vec<Beside>,
    /// Where its papers are, while the application can be filled in.
    pub papers: Option<Papers>,
}

/// Where the papers of a record are that was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Papers {
    /// On another server, of which fingerprints alone came.
    Elsewhere,
    /// On this server.
    Here {
        /// What they are called whose slots hold something.
        there: Vec<String>,
        /// What they are called that the person uploads, or that come once the answers ask for them.
        missing: Vec<String>,
    },
}
