mod year;

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

use super::class::ClassRules;
use super::kind::ConversionKind;
use super::window::{Open, Period, Shut, WayOut, WindowFor};
use crate::case::codes;
use crate::date::Dated;
use crate::inspection::InspectionRules;
use crate::province::AttachmentRules;

pub use year::{Standard, YearRules};

codes! {
    /// 科目类别 of a credit.
    pub enum Subject {
        /// 专业科目.
        Professional = "professional",
        /// 公需科目.
        Public = "public",
        /// Counts once to the total, and to either part.
        Both = "both",
    }
}

impl Subject {
    /// The standard term.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Professional => "专业科目",
            Self::Public => "公需科目",
            Self::Both => "专业和公需科目",
        }
    }
}

codes! {
    /// How something was learnt.
    pub enum Form {
        /// 面授.
        FaceToFace = "face_to_face",
        /// 网络培训.
        Online = "online",
        /// Everything that is converted: exams, papers, meetings.
        Other = "other",
    }
}

/// How the page of a new conversion is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ConversionLayout {
    /// Year and kind are chosen, then the questions follow (手册甲 三（三）1).
    #[default]
    Choose,
    /// Every kind is an entry of one page, each with its own 保存 (手册乙 7.2).
    Entries,
}

/// `[learning]` of a profile, in a file of its own: 继续教育 as data (docs/adr/0036).
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearningRules {
    /// What an amount is called: 学分.
    pub unit: String,
    /// What the hours are called that a year may also be counted in: 学时.
    pub hour: String,
    /// What the page is called that shows the years: 继续教育完成记录 (手册甲 三（一）), 继续教育查询.
    pub record_name: String,
    /// What the conversion is called: 继续教育学分折算 (手册甲 三（三）), 继续教育个人申报.
    pub conversion_name: String,
    /// What the list of the conversions is called, where it has a name of its own: 继续教育管理 (手册乙 7.3).
    #[serde(default)]
    pub management_name: Option<String>,
    /// What the page of a new conversion is called, where it has a name of its own: 继续教育提交 (手册乙 7.2).
    #[serde(default)]
    pub submission_name: Option<String>,
    /// What people do to have something counted: 折算, 抵免 (浙财会〔2019〕20号).
    #[serde(default = "converting")]
    pub converting: String,
    /// What a conversion is called that the bureau gave back, where it has a word of its own: 审核退回 (手册乙 7.3).
    #[serde(default)]
    pub returned_word: Option<String>,
    /// How the page of a new conversion is laid out.
    #[serde(default)]
    pub conversion_layout: ConversionLayout,
    /// The title of the paper that certifies a completed year (手册甲 三（一） 打印完成证明).
    #[serde(default = "certificate_name")]
    pub certificate_name: String,
    /// What the page of the conversion says of credits that it does not take; may be empty.
    #[serde(default)]
    pub note: String,
    /// What only schools, institutions and employers report, so that no kind of conversion books it (手册乙 1.3（4）:
    /// 非面授、非网培).
    #[serde(default)]
    pub reported_only: Vec<Form>,
    /// Whether a professional conversion that fills a whole year also covers its public part (`conversion_covers_public`;
    /// provinces differ).
    #[serde(default)]
    pub conversion_covers_public: bool,
    /// With how many schools somebody can enrol for one year; `None` for several.
    #[serde(default)]
    pub schools_per_year: Option<u32>,
    /// For how many years originals are to be kept in case the bureau asks for them.
    pub keep_proofs_years: u32,
    /// For how many days schools are told what became of a row that was refused or repeated; after that it is forgotten.
    pub keep_reports_days: u32,
    /// How often the programs of one school may call in a minute.
    #[serde(default = "school_calls")]
    pub school_calls: u32,
    /// 备查: how the bureau asks for them; `None` where it does not do so here.
    #[serde(default)]
    pub inspection: Option<InspectionRules>,
    /// 考试成绩 that the province imports; `None` where it imports none.
    #[serde(default)]
    pub exams: Option<crate::import::ExamRules>,
    /// The standards and windows, each for a range of learning years.
    pub years: Vec<YearRules>,
    /// 证明材料 that the kinds of conversion ask for, by slot.
    #[serde(default)]
    pub proofs: Vec<AttachmentRules>,
    /// 面授、单位内部培训 that employers file; `None` where they do not do so here.
    #[serde(default)]
    pub classes: Option<ClassRules>,
    /// The kinds of conversion in the order of the page. One code may stand several times, with other days of validity.
    #[serde(default)]
    pub kinds: Vec<ConversionKind>,
}

fn school_calls() -> u32 {
    120
}

fn certificate_name() -> String {
    "会计人员继续教育完成证明".into()
}

fn converting() -> String {
    "折算".into()
}

impl LearningRules {
    /// The rules of a proof.
    #[must_use]
    pub fn proof(&self, slot: &str) -> Option<&AttachmentRules> {
        self.proofs.iter().find(|proof| proof.slot == slot)
    }

    /// The rule of a learning year; `None` for a year before the first.
    #[must_use]
    pub fn year(&self, year: i32) -> Option<&YearRules> {
        self.years.iter().find(|rules| rules.holds(year))
    }

    /// The first learning year of which the province knows the standard.
    #[must_use]
    pub fn first_year(&self) -> Option<i32> {
        self.years.iter().map(|rules| rules.from).min()
    }

    /// The learning year that a day belongs to.
    #[must_use]
    pub fn year_of(&self, day: NaiveDate) -> Option<i32> {
        // A year begins at most one year before or after the calendar year of its number.
        (day.year() - 1..=day.year() + 1).find(|year| self.year(*year).is_some_and(|rules| rules.span.of(*year).has(day)))
    }

    /// The learning year that a date belongs to; `None` also where a month reaches into two of them.
    #[must_use]
    pub fn year_of_date(&self, date: Dated) -> Option<i32> {
        self.year_of(date.first()).filter(|year| self.year_of(date.last()) == Some(*year))
    }

    /// Whether something can be done for a learning year today: in its window or, for 学习 and 学分折算, in that of 补学.
    ///
    /// # Errors
    /// The dates and the way out.
    pub fn opening(&self, year: i32, what: WindowFor, today: NaiveDate) -> Result<Open, Shut> {
        let (period, late) = self.periods(year, what);
        let open = |period: Option<Period>| period.filter(|period| period.has(today)).map(|period| period.to);
        if let Some(until) = open(period) {
            return Ok(Open { until, is_late: what == WindowFor::Late });
        }
        if let Some(until) = open(late) {
            return Ok(Open { until, is_late: true });
        }
        let next = [period, late].into_iter().flatten().map(|period| period.from).filter(|from| today < *from).min();
        let way = next.map_or(WayOut::AskBureau, WayOut::WaitUntil);
        Err(Shut { year, what, period, late, way, open_years: self.open_years(what, today) })
    }

    /// The learning years for which something can be done today, the newest first.
    #[must_use]
    pub fn open_years(&self, what: WindowFor, today: NaiveDate) -> Vec<i32> {
        let last = self.year_of(today).map_or(0, |year| year + 1);
        let is_open = |year: &i32| {
            let (period, late) = self.periods(*year, what);
            [period, late].into_iter().flatten().any(|period| period.has(today))
        };
        (self.first_year().unwrap_or(last + 1)..=last).rev().filter(is_open).collect()
    }

    /// The window itself, and the one of 补学 where that serves as well.
    fn periods(&self, year: i32, what: WindowFor) -> (Option<Period>, Option<Period>) {
        let rules = self.year(year);
        let of = |what| rules.and_then(|rules| rules.period(what, year));
        let serves = matches!(what, WindowFor::Study | WindowFor::Conversion);
        (of(what), if serves { of(WindowFor::Late) } else { None })
    }
}
