//! The part of a profile that is not about any business: the site, the accounts, the first page.

mod accounts;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::portal::TextKind;

pub use accounts::{
    AccountRules, Agreement, DocumentOption, IdentityService, Landing, Landings, LoginWay, RegistrationWay, SmsRules, Taken,
};

/// Who runs the site and whom to ask.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Of the whole site, above every page.
    pub title: String,
    /// The 会计管理部门 of the province.
    pub authority: String,
    /// The title where there is little room.
    pub short: String,
    /// The telephone of the authority; may be empty.
    #[serde(default)]
    pub hotline: String,
    /// When the telephone is answered.
    pub hours: String,
    /// What to say where a bureau has no known telephone.
    pub hotline_fallback: String,
    /// 温馨提示, a line each.
    #[serde(default)]
    pub tips: Vec<String>,
    /// What the footer says beside 主办单位.
    #[serde(default)]
    pub footer: FooterWords,
}

/// What the footer of every page says beside 主办单位, the [`Site::authority`]; what is empty is not shown.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct FooterWords {
    /// 技术支持.
    pub support: String,
    /// ICP 备案号, such as `湘ICP备00000000号-1`.
    pub icp: String,
    /// 公安备案号.
    pub police: String,
    /// 政府网站标识码, ten digits.
    pub site_code: String,
    /// 适老化及无障碍: what the site has passed or offers.
    pub accessible: String,
}

impl FooterWords {
    /// The lines that there are, as people read them.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let named = [("技术支持：", &self.support), ("", &self.icp), ("", &self.police), ("网站标识码：", &self.site_code)];
        let lines = named.into_iter().chain([("", &self.accessible)]).filter(|(_, text)| !text.is_empty());
        lines.map(|(name, text)| format!("{name}{text}")).collect()
    }
}

/// What the first page shows.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Portal {
    /// Whether the first page is a 导航页 with an entry for each line of business (手册乙 3).
    #[serde(default)]
    pub has_modules: bool,
    /// Whether the first page carries the box of the sign-in itself (手册丙 1).
    #[serde(default)]
    pub has_login_box: bool,
    /// 通知公告 that the site begins with.
    #[serde(default)]
    pub notices: Vec<NoticeItem>,
    /// The kinds of texts that another than their author publishes.
    #[serde(default)]
    pub two_persons: Vec<TextKind>,
    /// The text of 咨询电话.
    pub hotlines: String,
}

/// A 通知公告.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NoticeItem {
    /// One line, for the list.
    pub title: String,
    /// The day that stands beside it, in China.
    pub on: NaiveDate,
    /// Paragraphs, one a line.
    pub body: String,
}
