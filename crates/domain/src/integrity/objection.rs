//! 异议: what a person says against a penalty that was recorded of them, and what the bureau above makes of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::forms::PenaltyForm;
use super::{EntryKind, Laws, Penalty};
use crate::case::{Status, check_reason, codes};
use crate::fault::FieldErrors;
use crate::id::CaseId;
use crate::named::text;
use crate::text::tidy_lines;

codes! {
    /// What became of an objection.
    pub enum Outcome {
        /// The penalty is no longer shown; it stays in the chain.
        Removed = "removed",
        /// Another entry stands in its place.
        Corrected = "corrected",
        /// 维持: it stays as it is.
        Upheld = "upheld",
    }
}

codes! {
    /// How an entry of the integrity record ended.
    pub enum Ending {
        /// 撤销: it is shown with the reason.
        Revoked = "revoked",
        /// It was wrong, and is no longer shown.
        Removed = "removed",
        /// It was wrong, and another one is shown in its place.
        Corrected = "corrected",
    }
}

impl Ending {
    /// Whether an entry that ended so is still shown.
    #[must_use]
    pub const fn is_shown(self) -> bool {
        matches!(self, Self::Revoked)
    }
}

/// Where an objection stands, as people read it.
#[must_use]
pub const fn state(status: Status, outcome: Option<Outcome>) -> &'static str {
    match (status, outcome) {
        (_, Some(Outcome::Removed)) => "异议成立，记录已撤下",
        (_, Some(Outcome::Corrected)) => "异议成立，记录已更正",
        (_, Some(Outcome::Upheld)) => "维持原记录",
        (Status::Closed, None) => "已取消",
        (Status::Draft | Status::Submitted | Status::Returned | Status::Approved, None) => "等待答复",
    }
}

crate::form! {
    /// An objection as it is handed in, with its proof beside.
    pub struct ObjectionForm {
        /// Id of the case that recorded the penalty.
        of,
        /// 异议理由.
        reasons,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 取消 of an objection that nobody has answered yet.
    pub struct WithdrawObjectionForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
    }
}

crate::form! {
    /// 更正 by the bureau that decides: what the penalty should have said, and the answer to the person.
    pub struct CorrectionForm {
        /// Id of the objection.
        case,
        /// Its version as it was seen.
        version,
        /// 处罚决定机关.
        body,
        /// 处罚决定书文号.
        number,
        /// 处罚决定日期.
        decided_on,
        /// 处罚种类, codes joined by commas.
        kinds,
        /// 法律依据, codes of articles joined by commas.
        articles,
        /// 答复.
        answer,
    }
}

/// Characters of the reasons.
const REASONS: (u32, u32) = (10, 1000);

impl ObjectionForm {
    /// The reasons, where there are some.
    ///
    /// # Errors
    /// `Missing`, `TooShort` and `TooLong` at `reasons`.
    pub fn check(&self) -> Result<String, FieldErrors> {
        let mut errors = FieldErrors::default();
        let reasons = text("reasons", tidy_lines(&self.reasons), REASONS, &mut errors);
        errors.or(reasons)
    }
}

impl CorrectionForm {
    /// The penalty as it should have been, and the answer. Its facts are not asked again.
    ///
    /// # Errors
    /// As [`PenaltyForm::check`]; `ReasonMissing`, `TooShort` and `TooLong` at `answer`.
    pub fn check(&self, laws: &Laws, today: NaiveDate) -> Result<(Penalty, String), FieldErrors> {
        let Self { body, number, decided_on, kinds, articles, .. } = self.clone();
        // A form that names a case is not asked whom it is about.
        let (case, facts) = ("correction".to_owned(), "见处罚决定书".to_owned());
        let asked = PenaltyForm { case, body, number, decided_on, kinds, articles, facts, ..PenaltyForm::default() };
        let (mut errors, penalty) = match asked.check(laws, &[], today) {
            Ok((_, penalty)) => (FieldErrors::default(), Some(penalty)),
            Err(errors) => (errors, None),
        };
        let answer = check_reason(&self.answer).map_err(|fault| errors.push("answer", fault)).unwrap_or_default();
        match penalty {
            Some(penalty) => errors.or((penalty, answer)),
            None => Err(errors),
        }
    }
}

/// An objection in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ObjectionLine {
    /// Id of the case.
    pub case: CaseId,
    /// Its version.
    pub version: i64,
    /// 受理编号.
    pub number: String,
    /// Whose it is.
    pub name: String,
    /// What the entry is about.
    pub kind: EntryKind,
    /// The penalty: its kinds, body and number.
    pub of: String,
    /// When it was handed in, in China.
    pub submitted_on: NaiveDate,
    /// Who answers it.
    pub bureau_name: String,
    /// The last day for the answer.
    pub due_on: NaiveDate,
    /// Where the case stands.
    pub status: Status,
    /// What became of it.
    pub outcome: Option<Outcome>,
    /// 答复; empty before.
    pub answer: String,
}

impl ObjectionLine {
    /// Where it stands, as people read it.
    #[must_use]
    pub const fn state(&self) -> &'static str {
        state(self.status, self.outcome)
    }
}
