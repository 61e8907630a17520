//! What a learning year asks, and when.

use serde::{Deserialize, Serialize};

use super::Subject;
use crate::learning::credits::Credits;
use crate::learning::window::{Period, Window, WindowFor};

/// What a learning year asks and when; the rule holds for the years from `from` to `to`.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct YearRules {
    /// The first learning year.
    pub from: i32,
    /// The last learning year; `None` until there is another rule.
    #[serde(default)]
    pub to: Option<i32>,
    /// Booked with what is reckoned by it.
    pub version: String,
    /// 总学分: 24 until 2018 (财会〔2013〕18号), 90 from 2019 (财会〔2018〕10号).
    pub total: Credits,
    /// 专业科目 thereof: 60 from 2019 (一般不少于总学分的三分之二).
    #[serde(default)]
    pub professional: Option<Credits>,
    /// 公需科目 thereof, where the province asks it.
    #[serde(default)]
    pub public: Option<Credits>,
    /// How many credits make an hour; `None` where nothing is counted in hours.
    #[serde(default)]
    pub credits_per_hour: Option<Credits>,
    /// The days of the year, by which a date belongs to one: a learning year need not be a calendar year.
    #[serde(default = "calendar_year")]
    pub span: Window,
    /// 学习时间.
    #[serde(default)]
    pub study: Option<Window>,
    /// 缴费时间, where it is bounded.
    #[serde(default)]
    pub payment: Option<Window>,
    /// 面授时间, where it is bounded.
    #[serde(default)]
    pub face_to_face: Option<Window>,
    /// 折算时间.
    #[serde(default)]
    pub conversion: Option<Window>,
    /// 补学时间; where there is none, 过期不补.
    #[serde(default)]
    pub late: Option<Window>,
}

fn calendar_year() -> Window {
    Window::CALENDAR_YEAR
}

impl YearRules {
    /// Whether the rule is about a learning year.
    #[must_use]
    pub fn holds(&self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }

    /// The days of a window in a year.
    #[must_use]
    pub fn period(&self, what: WindowFor, year: i32) -> Option<Period> {
        let window = match what {
            WindowFor::Study => self.study,
            WindowFor::Payment => self.payment,
            WindowFor::FaceToFace => self.face_to_face,
            WindowFor::Conversion => self.conversion,
            WindowFor::Late => self.late,
        };
        window.map(|window| window.of(year))
    }

    /// What the year asks.
    #[must_use]
    pub fn standard(&self) -> Standard {
        Standard { total: self.total, professional: self.professional, public: self.public, version: self.version.clone() }
    }

    /// An amount in 学时.
    #[must_use]
    pub fn in_hours(&self, amount: Credits) -> Option<Credits> {
        amount.in_hours(self.credits_per_hour?)
    }
}

/// 年度标准: what a learning year asks.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standard {
    /// 总学分.
    pub total: Credits,
    /// 专业科目 thereof.
    pub professional: Option<Credits>,
    /// 公需科目 thereof.
    pub public: Option<Credits>,
    /// The rule that says so.
    pub version: String,
}

impl Standard {
    /// 不少于 90 学分，其中专业科目不少于 60 学分; `unit` is what an amount is called.
    #[must_use]
    pub fn words(&self, unit: &str) -> String {
        let part = |name: Subject, asked: Option<Credits>| {
            asked.map(|asked| format!("，其中{}不少于 {asked} {unit}", name.term())).unwrap_or_default()
        };
        let (professional, public) = (part(Subject::Professional, self.professional), part(Subject::Public, self.public));
        format!("不少于 {} {unit}{professional}{public}", self.total)
    }
}
