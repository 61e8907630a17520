//! The forms of 信息变更.

crate::form! {
    /// A change is begun.
    pub struct BeginForm {
        /// The key of an [`Occasion`](super::Occasion) that it begins with; empty for none.
        occasion,
    }
}

crate::form! {
    /// One answer is to be as it is on record again.
    pub struct UndoForm {
        /// 项目, such as `education.full_time_level`.
        item,
    }
}

crate::form! {
    /// 提交 and 重新提交.
    pub struct SubmitForm {
        /// `yes` where the promise was ticked.
        agreed,
        /// 备注 to the reviewer; may be empty.
        remark,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 撤销申请 of what waits, 取消 of what was returned, 删除 of a draft.
    pub struct DropForm {
        /// `withdraw`, `cancel` or `delete`.
        act,
        /// Version of the case as it was seen.
        version,
    }
}

crate::form! {
    /// A change begins with a qualification that an exam has earned.
    pub struct EarnedForm {
        /// Its level, as a code of the list `qualification_level`.
        level,
        /// 证书编号.
        certificate,
    }
}
