//! What the page of 窗口办理 shows.

use serde::{Deserialize, Serialize};

use super::Correction;
use crate::answer::Flash;
use crate::id::CaseId;
use crate::identity::DocumentKind;

/// 窗口办理.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CounterView {
    /// The documents of the province: (kind, label).
    pub document_kinds: Vec<(DocumentKind, String)>,
    /// What may be done here.
    pub offered: Vec<Correction>,
    /// The name of the identity service, where there is one.
    pub identity_service: String,
    /// The token of the search; empty before one.
    pub search: String,
    /// Whether the token stands for nothing any more.
    pub is_search_over: bool,
    /// What the search came to; `None` before one.
    pub found: Option<Found>,
    /// What was posted without scripts; `None` on a fresh page.
    pub flash: Option<Flash>,
}

/// What a search at the counter came to.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Found {
    /// No account has the document.
    Nobody {
        /// 证件类型, in the words of the province.
        document_label: String,
        /// Masked.
        document: String,
    },
    /// The account belongs to another bureau, which corrects it.
    Elsewhere {
        /// 财政局 with its city before it.
        bureau_name: String,
    },
    /// It is whoever is looking; somebody else has to do it.
    Oneself,
    /// The account.
    Here(Box<PersonFound>),
}

/// An account at the counter.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PersonFound {
    /// 姓名, as registered.
    pub name: String,
    /// 证件类型, in the words of the province.
    pub document_label: String,
    /// Masked.
    pub document: String,
    /// Masked; empty where there is none.
    pub mobile: String,
    /// 财政局 of the record or of the newest case; empty for none.
    pub bureau_name: String,
    /// A correction that waits for the second person.
    pub open: Option<CaseId>,
    /// What the person has submitted to this bureau, to look at and to print.
    pub application: Option<CaseId>,
    /// Whether there is a form of the person to print.
    pub has_form: bool,
    /// What of theirs waits to be handed in.
    pub prepared: PreparedView,
    /// Whether it can be filled in for them here and now.
    pub may_fill_in: bool,
    /// 窗口办理 of a print that was agreed to, with this one taking part, while the form may be fetched.
    pub form: Option<CaseId>,
}

/// Whether something of a person can be handed in for them.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PreparedView {
    /// They have nothing that is not handed in yet.
    Nothing,
    /// Answers or files are missing.
    Incomplete,
    /// Another bureau takes it.
    Elsewhere {
        /// 财政局 with its city before it.
        bureau_name: String,
    },
    /// It is complete and goes to this bureau.
    Ready,
}
