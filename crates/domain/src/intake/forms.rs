//! The small forms of 信息采集.

crate::form! {
    /// 本人承诺: `agreed` is `yes` when the box is ticked; `version` is that of the text that was shown.
    pub struct PledgeForm {
        /// The tick at the promise; empty where it is not set.
        agreed,
        /// Of the text that was agreed to.
        version,
    }
}

crate::form! {
    /// 提交申请 and 重新提交: one key for each attempt, so that a repeated post has one effect. `version` is that of the promise
    /// that was shown, where it is made here.
    pub struct SubmitForm {
        /// One for each attempt, so that a repeated post has one effect.
        request_key,
        /// The tick at the promise; empty where it is not set.
        agreed,
        /// The one that was seen.
        version,
    }
}

crate::form! {
    /// 撤销申请, naming the version of the case that was seen.
    pub struct WithdrawForm {
        /// Of the case, as it was seen.
        version,
    }
}
