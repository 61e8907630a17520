//! The forms of the review desk. `case` is the id, `version` the version of the case that was seen.

crate::form! {
    /// A verdict on one item: `verdict` is `accept`, `reject` or `clear`; `preset` is a reusable reason, `reason` free text.
    pub struct JudgeForm { case, item, verdict, preset, reason }
}

crate::form! {
    /// Approval or return of the whole; `reason` is the overall reason of a return.
    pub struct DecideForm { case, version, decision, reason }
}

crate::form! {
    /// Handing a case to another bureau.
    pub struct ForwardForm { case, version, bureau, reason }
}

crate::form! {
    /// Looking at the whole identity number: `purpose` says why.
    pub struct RevealForm { case, purpose }
}

crate::form! {
    /// A search in the queue: `words` are a case number or the beginning of a name, `below` is `1` with the bureaus below.
    pub struct SearchForm { status, words, below }
}

crate::form! {
    /// Anything that needs to name a case only.
    pub struct CaseForm { case }
}
