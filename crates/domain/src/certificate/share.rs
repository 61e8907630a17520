//! 分享链接: a link that the holder gives to whoever is to see more, or less, than the printed code shows, for some days.

use serde::{Deserialize, Serialize};

use super::statement::NameShown;
use crate::case::codes;
use crate::fault::{Fault, FieldErrors};
use crate::identity::name::as_printed;

/// How many links of one learning year are open at the same time.
pub const MOST_SHARES: usize = 10;

codes! {
    /// How much of the name whoever opens the link sees.
    pub enum SharedName {
        /// 林晓雨.
        Whole = "whole",
        /// 林*雨.
        Masked = "masked",
        /// 林**.
        Surname = "surname",
        /// Nothing of it.
        Hidden = "hidden",
    }
}

impl SharedName {
    /// A name to this degree, in the characters that stand on the paper.
    #[must_use]
    pub fn of(self, name: &str) -> String {
        match self {
            Self::Whole => as_printed(name),
            Self::Masked => NameShown::Masked.of(name),
            Self::Surname => NameShown::Surname.of(name),
            Self::Hidden => String::new(),
        }
    }
}

codes! {
    /// For how long a link is good.
    pub enum ShareFor {
        /// 7 天.
        Week = "week",
        /// 30 天.
        Month = "month",
        /// 90 天.
        Quarter = "quarter",
    }
}

impl ShareFor {
    /// In days.
    #[must_use]
    pub fn days(self) -> i64 {
        match self {
            Self::Week => 7,
            Self::Month => 30,
            Self::Quarter => 90,
        }
    }
}

crate::form! {
    /// 生成分享链接. `document` and `credits` are `yes` or `no`.
    pub struct ShareForm {
        /// 继续教育年度.
        year,
        /// A code of [`SharedName`].
        name,
        /// Whether the number of the document is shown, masked.
        document,
        /// Whether the credits are shown.
        credits,
        /// A code of [`ShareFor`].
        until,
    }
}

crate::form! {
    /// 停止分享.
    pub struct UnshareForm {
        /// 继续教育年度.
        year,
        /// The link.
        share,
    }
}

/// What whoever opens a link sees, besides the year and whether it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shared {
    /// How much of the name.
    pub name: SharedName,
    /// Whether the number of the document, masked.
    pub document: bool,
    /// Whether the credits.
    pub credits: bool,
}

impl Shared {
    /// Whether the 证明编号: a link that keeps something back keeps back what leads to more of the certificate, too.
    #[must_use]
    pub fn shows_number(self) -> bool {
        self.name != SharedName::Hidden && self.credits
    }
}

impl ShareForm {
    /// What is shown and for how long, or every fault.
    ///
    /// # Errors
    /// `Missing` and `NotInList` at their fields.
    pub fn check(&self) -> Result<(Shared, ShareFor), FieldErrors> {
        let mut errors = FieldErrors::default();
        let fault = |typed: &str| if typed.is_empty() { Fault::Missing } else { Fault::NotInList };
        let name = SharedName::from_code(&self.name);
        let until = ShareFor::from_code(&self.until);
        let yes = |typed: &str| matches!(typed, "yes" | "no").then_some(typed == "yes");
        let (document, credits) = (yes(&self.document), yes(&self.credits));
        let found = [name.is_some(), document.is_some(), credits.is_some(), until.is_some()];
        let typed = [("name", &self.name), ("document", &self.document), ("credits", &self.credits), ("until", &self.until)];
        for ((field, typed), _) in typed.into_iter().zip(found).filter(|(_, is_found)| !is_found) {
            errors.push(field, fault(typed));
        }
        match (name, document, credits, until) {
            (Some(name), Some(document), Some(credits), Some(until)) => Ok((Shared { name, document, credits }, until)),
            _ => Err(errors),
        }
    }
}
