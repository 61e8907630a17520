//! The forms of the review desk. `case` is the id, `version` the version of the case that was seen.

crate::form! {
    /// A verdict on one item: `verdict` is `accept`, `reject` or `clear`; `preset` is a reusable reason, `reason` free text, `mark` a
    /// rectangle on a picture.
    pub struct JudgeForm {
        /// What names the case in addresses.
        case,
        /// The one that was seen: what came in its place was not looked at.
        version,
        /// 项目 that is judged, such as `person.email`.
        item,
        /// `accept`, `reject` or `clear`.
        verdict,
        /// A reason that the province offers; may be empty.
        preset,
        /// As the reviewer writes it; may be empty.
        reason,
        /// What `Mark::code` wrote; may be empty.
        mark,
    }
}

crate::form! {
    /// Approval or return of the whole; `reason` is the overall reason of a return.
    pub struct DecideForm {
        /// What names the case in addresses.
        case,
        /// The one that was seen.
        version,
        /// What is decided, as a word.
        decision,
        /// As the reviewer writes it; may be empty.
        reason,
    }
}

crate::form! {
    /// Handing a case to another bureau.
    pub struct ForwardForm {
        /// What names the case in addresses.
        case,
        /// The one that was seen.
        version,
        /// 财政局代码 of the one that gets the case.
        bureau,
        /// As the reviewer writes it; may be empty.
        reason,
    }
}

crate::form! {
    /// Looking at the whole identity number: `purpose` says why.
    pub struct RevealForm {
        /// What names the case in addresses.
        case,
        /// What it is asked for, as a word.
        purpose,
    }
}

crate::form! {
    /// A search in the queue: a status is asked for when its field is not empty, `words` are a case number or the beginning of a
    /// name, `below` is `1` with the bureaus below; `kind`, `year`, `school` and `bureau` are empty for no matter which.
    pub struct SearchForm {
        /// 待审核.
        submitted,
        /// 退回.
        returned,
        /// 审核通过.
        approved,
        /// 已终止.
        closed,
        /// What is searched for; may be empty.
        words,
        /// Whether the bureaus below are included; empty for no.
        below,
        /// What the cases are about, as a code; empty for all.
        kind,
        /// The year that they are for; empty for any.
        year,
        /// The code of a school at which their people learn; empty for anybody.
        school,
        /// 财政局代码 of a bureau below; empty for the own one.
        bureau,
    }
}

crate::form! {
    /// Anything that needs to name a case only.
    pub struct CaseForm {
        /// What names the case in addresses.
        case,
    }
}

crate::form! {
    /// Leaving a case for the day.
    pub struct SkipForm {
        /// What names the case in addresses.
        case,
        /// The one that was seen.
        version,
        /// As the reviewer writes it.
        reason,
    }
}

crate::form! {
    /// Undoing a decision that waits for its time.
    pub struct UndoForm {
        /// What names the case in addresses.
        case,
        /// The one on which it was decided.
        version,
    }
}

crate::form! {
    /// 撤销审核通过, by the bureau.
    pub struct RevokeForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
        /// Why, 2 to 200 characters; the person reads it.
        reason,
    }
}
