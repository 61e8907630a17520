//! The small forms of 信息采集.

crate::form! {
    /// 本人承诺: `agreed` is `yes` when the box is ticked; `version` is that of the text that was shown.
    pub struct PledgeForm { agreed, version }
}

crate::form! {
    /// 提交申请 and 重新提交: one key for each attempt, so that a repeated post has one effect. `version` is that of the promise
    /// that was shown, where it is made here.
    pub struct SubmitForm { request_key, agreed, version }
}

crate::form! {
    /// 撤销申请, naming the version of the case that was seen.
    pub struct WithdrawForm { version }
}
