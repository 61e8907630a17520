//! 窗口办理: what the staff of a bureau correct, print or hand in for somebody who stands before them with the document (个人信息保护法
//! 第四十六条).

pub mod forms;
pub mod view;

use serde::{Deserialize, Serialize};

use crate::province::Profile;

crate::case::codes! {
    /// What is corrected or done.
    pub enum Correction {
        /// 手机号码, for who cannot use the one on file, or has none.
        Mobile = "mobile",
        /// 姓名.
        Name = "name",
        /// 证件类型 and 证件号码.
        Document = "document",
        /// The number on file is somebody else's, who needs it.
        Release = "release",
        /// 申请表, as it stands now, for who cannot print it themselves.
        Print = "print",
        /// 代为提交: what the person has filled in is handed in for them.
        TakeIn = "take_in",
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
            Self::Print => "打印申请表",
            Self::TakeIn => "代为提交申请",
        }
    }

    /// Whether it changes who somebody is to the house: their name, document or telephone.
    #[must_use]
    pub const fn is_of_account(self) -> bool {
        matches!(self, Self::Mobile | Self::Name | Self::Document | Self::Release)
    }

    /// Those that a province leaves to its bureaus: none of the account where an identity service knows who somebody is, and no form
    /// where it prints none.
    #[must_use]
    pub fn offered(profile: &Profile) -> Vec<Self> {
        let is_served = profile.account.identity_service.is_some();
        let is_offered = |what: &Self| match what {
            Self::TakeIn => true,
            Self::Print => profile.intake_line().prints(),
            Self::Mobile | Self::Name | Self::Document | Self::Release => !is_served,
        };
        Self::ALL.iter().copied().filter(is_offered).collect()
    }
}
