//! The forms of 学分折算 beside its answers.

crate::form! {
    /// 提交.
    pub struct ConvertForm {
        /// Id of the case.
        case,
        /// Version of the saved answers as they stood on the page; 0 before the first save.
        version,
        /// `yes` where 本人承诺 was ticked.
        agreed,
        /// 备注 to the reviewer, at most 200 characters; may be empty.
        remark,
        /// Names the attempt, so that its repetition has no second effect.
        request_key,
    }
}

crate::form! {
    /// 删除, by the person.
    pub struct DropForm {
        /// Id of the case.
        case,
        /// Version of the case as it was seen.
        version,
    }
}
