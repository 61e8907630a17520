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
        /// 备注 to the reviewer; may be empty.
        remark,
    }
}

crate::form! {
    /// 内容无误: a rejected item stays as it is, with what the person says to that. Without a remark it is taken back.
    pub struct ExplainForm {
        /// 项目, such as `education.full_time_level`.
        item,
        /// Why it is right.
        remark,
        /// `take_back` where the explanation is to be gone.
        how,
        /// Of the explanations, as they were seen; 0 before the first.
        version,
        /// [`super::Back`]: where it leads back to; empty for 申报进度.
        back,
    }
}

crate::form! {
    /// 撤销申请, naming the version of the case that was seen.
    pub struct WithdrawForm {
        /// Of the case, as it was seen.
        version,
    }
}
