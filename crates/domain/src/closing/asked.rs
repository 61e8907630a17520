//! 档案关闭申请: what a person asks of their own record. Whoever has died asks nothing.

use chrono::NaiveDate;

use super::{Closed, Closing, ClosingCause};
use crate::case::Section;
use crate::case::view::{CaseSummary, TimelineItem};
use crate::fault::{Fault, FieldErrors};
use crate::named::past;
use crate::papers::Promise;
use crate::province::AttachmentRules;
use crate::text::{length, tidy};

/// Characters of 说明: with what the closing says before it, it fits the note of that.
const LONGEST_NOTE: u32 = 160;

crate::form! {
    /// What a person asks for.
    pub struct RequestForm {
        /// 关闭原因.
        cause,
        /// The day on which it happened.
        since,
        /// 说明; may be empty.
        note,
        /// `yes` where the promise was ticked.
        agreed,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 取消申请.
    pub struct DropRequestForm {
        /// Version of the case as it was seen.
        version,
    }
}

impl RequestForm {
    /// Everything that is wrong with it, or what is asked for.
    ///
    /// # Errors
    /// `NotInList` at `cause`, `Missing`, `NotADate` and `InTheFuture` at `since`, `TooLong` at `note`, `NotAgreed` at `agreed`.
    pub fn check(&self, today: NaiveDate) -> Result<Closing, FieldErrors> {
        let mut errors = FieldErrors::default();
        let cause = self.cause().or_else(|| errors.note("cause", Fault::NotInList));
        let since = past("since", &self.since, today, &mut errors);
        let note = tidy(&self.note);
        if length(&note) > LONGEST_NOTE {
            errors.push("note", Fault::TooLong(LONGEST_NOTE));
        }
        if self.agreed != "yes" {
            errors.push("agreed", Fault::NotAgreed);
        }
        match (cause, since) {
            (Some(cause), Some(since)) => errors.or(Closing { cause, since, note }),
            _ => Err(errors),
        }
    }

    /// Why, where it is something that a person asks for.
    #[must_use]
    pub fn cause(&self) -> Option<ClosingCause> {
        ClosingCause::from_code(self.cause.trim()).filter(|cause| cause.is_asked_for())
    }
}

impl ClosingCause {
    /// Whether a person asks for it themselves.
    #[must_use]
    pub const fn is_asked_for(self) -> bool {
        matches!(self, Self::Retired | Self::Left)
    }

    /// Whether a paper proves it. That somebody does the work no more nobody but they can say.
    #[must_use]
    pub const fn has_paper(self) -> bool {
        !matches!(self, Self::Left)
    }
}

/// 档案关闭申请 as its person sees it.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestView {
    /// What it is called: 档案关闭.
    pub name: String,
    /// The bureau that has the record; empty where there is none.
    pub bureau_name: String,
    /// Why it is closed, where it is.
    pub closed: Option<Closed>,
    /// Whether the bureau is closing it: one person has entered it, and another is to confirm it.
    pub is_confirming: bool,
    /// The request that is open, or the one that was decided last.
    pub case: Option<RequestCase>,
    /// The form: of what was returned, or empty.
    pub form: RequestForm,
    /// What is asked of the proof.
    pub proof: AttachmentRules,
    /// Whether a proof was handed in before, and stays where none is sent.
    pub has_proof: bool,
    /// The promise, and the sentence at its tick.
    pub promise: (Promise, String),
}

/// A request that was handed in.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestCase {
    /// The case in a few words.
    pub case: CaseSummary,
    /// Whether it can still be cancelled.
    pub may_cancel: bool,
    /// What was handed in.
    pub sections: Vec<Section>,
    /// Why it was returned; may be empty.
    pub reason: String,
    /// What happened.
    pub timeline: Vec<TimelineItem>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::date::parse_date;

    #[test]
    fn a_person_asks_for_what_they_can_say_themselves_and_proves_what_has_a_paper() {
        let today = parse_date("2026-11-18").unwrap();
        let form = |cause: &str| RequestForm {
            cause: cause.into(),
            since: "2026-10-31".into(),
            agreed: "yes".into(),
            ..RequestForm::default()
        };
        assert_eq!(form("retired").check(today).unwrap().cause, ClosingCause::Retired);
        assert_eq!(form("left").check(today).unwrap().cause, ClosingCause::Left);
        for other in ["died", "", "else"] {
            assert_eq!(form(other).check(today).unwrap_err().of("cause"), Some(&Fault::NotInList), "{other}");
        }
        assert_eq!([ClosingCause::Retired, ClosingCause::Left].map(ClosingCause::has_paper), [true, false]);
        let wrong = RequestForm { since: "2026-11-19".into(), note: "长".repeat(161), ..RequestForm::default() };
        let errors = wrong.check(today).unwrap_err();
        let faults = ["cause", "since", "note", "agreed"].map(|field| errors.of(field).cloned());
        let expected = [Fault::NotInList, Fault::InTheFuture, Fault::TooLong(160), Fault::NotAgreed].map(Some);
        assert_eq!(faults, expected);
    }
}
