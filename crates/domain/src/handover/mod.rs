//! 手机传图: a person at a PC lends a slot of a case of theirs to a telephone for some minutes, by a 二维码.

pub mod view;

/// How long a telephone may bring pictures, from when the 二维码 was made.
pub const LIFE: chrono::Duration = chrono::Duration::minutes(10);

crate::form! {
    /// 用手机拍照上传, at a slot.
    pub struct LendForm {
        /// Id of the case.
        case,
        /// Key of the slot.
        slot,
    }
}
