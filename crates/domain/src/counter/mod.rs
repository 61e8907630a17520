//! 窗口更正: what the staff of a bureau correct for somebody who stands before them with the document (个人信息保护法 第四十六条).

pub mod forms;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::province::AccountRules;

crate::case::codes! {
    /// What is corrected.
    pub enum Correction {
        /// 手机号码, for who cannot use the one on file, or has none.
        Mobile = "mobile",
        /// 姓名.
        Name = "name",
        /// 证件类型 and 证件号码.
        Document = "document",
        /// The number on file is somebody else's, who needs it.
        Release = "release",
    }
}

impl Correction {
    /// Its name, as the page and the messages have it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Mobile => "更换手机号码",
            Self::Name => "更正姓名",
            Self::Document => "更正证件",
            Self::Release => "解除手机号码占用",
        }
    }

    /// Those that a province leaves to its bureaus: none where an identity service knows who somebody is.
    #[must_use]
    pub fn offered(rules: &AccountRules) -> &'static [Self] {
        if rules.identity_service.is_some() { &[] } else { Self::ALL }
    }
}
