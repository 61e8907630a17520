//! What people read of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{day, lines};
use crate::case::Status;
use crate::id::CaseId;
use crate::province::Profile;

/// That records are made and changed elsewhere, now or soon, in a sentence or two.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Elsewhere {
    /// It.
    pub said: String,
    /// Whether nothing is begun here any more.
    pub is_shut: bool,
    /// Whether no draft is handed in here any more either.
    pub is_over: bool,
}

impl Elsewhere {
    /// What is said of it on a day; `None` where the province collects itself and nothing else is announced.
    #[must_use]
    pub fn of(profile: &Profile, on: NaiveDate) -> Option<Self> {
        let rules = profile.national.as_ref()?;
        let (lines, name) = (lines(profile).join("、"), &rules.name);
        if let Some(terms) = rules.ahead(on) {
            let (from, last) = (day(terms.from), day(terms.last_day()));
            let said = format!("{from}起，{lines}改在{name}办理。已经填写、没有提交的，请在{last}以前（含当日）提交。");
            return Some(Self { said, is_shut: false, is_over: false });
        }
        let terms = rules.standing(on)?;
        let (from, is_over) = (day(terms.from), !terms.takes_drafts(on));
        let said = match is_over {
            true => {
                format!("{from}起，{lines}在{name}办理，本平台不再受理。已经提交的申请仍由原财政局审核，继续教育仍在本平台办理。")
            }
            false => format!(
                "{from}起，{lines}在{name}办理，本平台不再开始新的申请。已经填写、没有提交的，请在{}以前（含当日）提交。",
                day(terms.last_day())
            ),
        };
        Some(Self { said, is_shut: true, is_over })
    }
}

/// That page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NationalView {
    /// What holds.
    pub elsewhere: Elsewhere,
    /// What the platform is called, and where it is.
    pub platform: (String, String),
    /// What the province says of it.
    pub said: Vec<String>,
    /// What goes there.
    pub lines: Vec<String>,
    /// Whether the province has 继续教育.
    pub has_learning: bool,
    /// What whoever asks has open here, which goes on.
    pub open: Vec<OpenCase>,
}

/// A case that goes on here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenCase {
    /// Which it is.
    pub id: CaseId,
    /// What it is about.
    pub name: String,
    /// 受理编号; empty for a draft.
    pub number: String,
    /// Where it stands.
    pub status: Status,
    /// Its page; empty for a draft that is not handed in here any more.
    pub way: String,
}

/// 学分导出 for the national platform, as an administrator sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportView {
    /// What the platform is called.
    pub platform: String,
    /// What a file holds at most.
    pub most: i64,
    /// The newest day that a file may reach to.
    pub until: NaiveDate,
}
