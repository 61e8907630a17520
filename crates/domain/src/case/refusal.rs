//! What the rules say no to, as codes; the sentence and the way out belong to `app`.

use crate::limit::Limited;
use crate::not_converted::NotConverted;
use chrono::{DateTime, Utc};
use serde::Serialize;

use super::{Action, Status};

crate::by_name! {
    /// Why something may not be done. Every variant has its own sentence in `app`.
    #[derive(Clone, Debug, PartialEq, Eq, Serialize, thiserror::Error)]
    pub enum Refusal {
        /// The case does not stand where this action is possible.
        #[error("{action:?} is not possible in {status:?}")]
        NotAllowedIn {
            /// Where the case stands.
            status: Status,
            /// What was tried.
            action: Action,
        },
        /// The applicant took it back while it lay with the bureau.
        #[error("withdrawn")]
        Withdrawn,
        /// The case is none of this person's, or deciding it belongs to another bureau.
        #[error("the case belongs to somebody else")]
        NotYours,
        /// The application has been submitted and waits for its decision.
        #[error("already submitted")]
        AlreadySubmitted,
        /// 您已采集过信息，无需重复采集 (手册乙).
        #[error("already collected")]
        AlreadyCollected,
        /// Another reviewer has the case open until then.
        #[error("held by another reviewer until {until}")]
        HeldByOther {
            /// The reviewer who has it.
            name: String,
            /// When the hold ends, in UTC.
            until: DateTime<Utc>,
        },
        /// Another reviewer was faster; `status` is what the case became.
        #[error("decided by another reviewer at {at}")]
        DecidedByOther {
            /// The reviewer who was faster.
            name: String,
            /// When it was decided, in UTC.
            at: DateTime<Utc>,
            /// What the case became.
            status: Status,
        },
        /// A decision of this reviewer waits for its time; until it is undone nothing else happens to the case.
        #[error("staged until {until}")]
        Staged {
            /// When it takes effect, in UTC.
            until: DateTime<Utc>,
        },
        /// The time in which the decision could be undone is over.
        #[error("too late to undo")]
        UndoOver,
        /// The application still lacks answers or files.
        #[error("not complete")]
        NotComplete,
        /// These rejected items were not changed since the return.
        #[error("{} rejected items are not amended", items.len())]
        NotAllAmended {
            /// 项目 that are still as they were rejected.
            items: Vec<String>,
        },
        /// A return needs at least one rejected item with its reason.
        #[error("nothing is rejected")]
        NothingRejected,
        /// An approval is not possible while an item is rejected.
        #[error("items are rejected")]
        RejectedItems,
        /// No bureau takes cases of this division.
        #[error("no bureau takes the case")]
        NoBureau,
        /// Too many tries or requests; possible again at `retry_at`.
        #[error("too often, again at {retry_at}")]
        TooOften {
            /// What was counted.
            of: Limited,
            /// When it is possible again, in UTC.
            retry_at: DateTime<Utc>,
            /// When it was refused, in UTC: whether the other is today or tomorrow depends on it.
            at: DateTime<Utc>,
        },
        /// The account is locked after failed sign-ins.
        #[error("locked until {until}")]
        Locked {
            /// What was given wrong too often.
            of: Limited,
            /// When the lock ends, in UTC.
            until: DateTime<Utc>,
            /// When the sign-in was refused, in UTC.
            at: DateTime<Utc>,
        },
        /// The session has ended, or never was.
        #[error("sign in again")]
        SignInAgain,
        /// 窗口代为填写 ends by itself, or was ended.
        #[error("filling in for somebody is over")]
        ActingOver,
        /// Whoever fills in for a person at the counter does nothing else for them.
        #[error("not while filling in for somebody")]
        NotWhileActing,
        /// What was sent after the session had ended lies in its form again, and has had no effect yet.
        #[error("given back")]
        GivenBack,
        /// A staff member has to give the one-time code first.
        #[error("second factor needed")]
        SecondFactorNeeded,
        /// Nobody reviews an application of their own.
        #[error("own application")]
        SelfReview,
        /// The other of two persons has to agree as well; this one has done so already.
        #[error("a second person is needed")]
        SecondPersonNeeded,
        /// A correction of this account waits for the second person already.
        #[error("a correction is open")]
        CorrectionOpen,
        /// Neither the bureau nor one above it has another reviewer.
        #[error("nobody could confirm")]
        NoSecondPerson,
        /// A link from a message that serves nothing any more, or never did.
        #[error("the link is void")]
        LinkVoid,
        /// A code that handed a slot to a telephone and serves nothing any more, or never did.
        #[error("the hand-over is void")]
        HandoverVoid,
        /// Another telephone brought pictures by this code first.
        #[error("handed over to another telephone")]
        HandoverElsewhere,
        /// Nobody switches off or resets the account that they act with.
        #[error("own staff account")]
        OwnAccount,
        /// It cannot be converted; why, and the way out.
        #[error("not converted")]
        Conversion(NotConverted),
        /// Without this administrator nobody could keep the accounts of the staff.
        #[error("the last administrator")]
        LastAdministrator,
    }
}
