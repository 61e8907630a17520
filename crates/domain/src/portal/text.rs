//! 政策法规, 常见问题, 操作指南 and 通知公告: one shape for all of them, and who does what about one in which stage.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::case::codes;

codes! {
    /// What kind of text it is; all are kept alike. The codes stand in addresses.
    pub enum TextKind {
        /// 通知公告.
        Notice = "notices",
        /// 操作指南.
        Guide = "guides",
        /// 政策法规.
        Regulation = "regulations",
        /// 常见问题.
        Question = "questions",
    }
}

codes! {
    /// What a text is about.
    pub enum Subject {
        /// 注册登录.
        Account = "account",
        /// 信息采集.
        Intake = "intake",
        /// 信息变更.
        Change = "change",
        /// 继续教育.
        Learning = "learning",
        /// 诚信.
        Integrity = "integrity",
        /// 单位和调转.
        Employer = "employer",
        /// Everything else.
        Other = "other",
    }
}

codes! {
    /// For whom a text is.
    pub enum Audience {
        /// Everybody, signed in or not.
        Everyone = "everyone",
        /// People whose record is approved, and the staff.
        Approved = "approved",
        /// The staff alone.
        Staff = "staff",
    }
}

codes! {
    /// Where the newest version of a text stands with those who keep it.
    pub enum TextStage {
        /// Written, and read by nobody else.
        Draft = "draft",
        /// Waits for another of them.
        Waiting = "waiting",
        /// Readers have it, from its day to its last.
        Published = "published",
        /// Readers have it no more.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// What is done about a text beside writing it.
    pub enum TextAct {
        /// 提交另一位管理员同意.
        Ask = "ask",
        /// 发布.
        Publish = "publish",
        /// 退回修改, by its author 撤回修改.
        Refuse = "refuse",
        /// 撤下.
        Withdraw = "withdraw",
    }
}

impl TextKind {
    /// What readers call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Notice => "通知公告",
            Self::Guide => "操作指南",
            Self::Regulation => "政策法规",
            Self::Question => "常见问题",
        }
    }
}

impl Subject {
    /// What readers call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Account => "注册登录",
            Self::Intake => "信息采集",
            Self::Change => "信息变更",
            Self::Learning => "继续教育",
            Self::Integrity => "诚信",
            Self::Employer => "单位和调转",
            Self::Other => "其他",
        }
    }
}

impl Audience {
    /// Its words in the form.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Everyone => "所有人",
            Self::Approved => "信息采集审核通过的人员",
            Self::Staff => "财政部门工作人员",
        }
    }
}

/// What somebody who keeps the texts may do about one. `is_reviewed` is whether the province wants two persons for its kind, `is_author`
/// whether whoever asks wrote the newest version, `is_shown` whether an earlier or this version is with the readers.
#[must_use]
pub fn acts(stage: TextStage, is_reviewed: bool, is_author: bool, is_shown: bool) -> Vec<TextAct> {
    let mut acts = match (stage, is_reviewed && is_author) {
        (TextStage::Draft, true) => vec![TextAct::Ask],
        // Whoever wrote it last asks first: adding a file to what another wrote makes nobody its second person.
        (TextStage::Draft, false) if is_reviewed => Vec::new(),
        (TextStage::Draft, false) => vec![TextAct::Publish],
        (TextStage::Waiting, true) => vec![TextAct::Refuse],
        (TextStage::Waiting, false) => vec![TextAct::Publish, TextAct::Refuse],
        (TextStage::Published | TextStage::Withdrawn, _) => Vec::new(),
    };
    if is_shown {
        acts.push(TextAct::Withdraw);
    }
    acts
}

/// Whether a regulation is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Force {
    /// 尚未施行.
    Not,
    /// 现行有效.
    In,
    /// 已废止.
    Repealed,
}

impl Force {
    /// On a day, of what is in force from one day and repealed from another.
    #[must_use]
    pub fn on(today: NaiveDate, from: Option<NaiveDate>, repealed: Option<NaiveDate>) -> Self {
        if repealed.is_some_and(|on| on <= today) {
            Self::Repealed
        } else if from.is_some_and(|on| on > today) {
            Self::Not
        } else {
            Self::In
        }
    }

    /// What readers call it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Not => "尚未施行",
            Self::In => "现行有效",
            Self::Repealed => "已废止",
        }
    }
}

/// The longest name of a file, without its ending.
const LONGEST_NAME: usize = 80;

/// The name under which a file is kept and given out: one line without a way to a folder, without what turns the order of its letters
/// or cannot be seen, and with the ending of what it really is.
#[must_use]
pub fn file_name(typed: &str, ending: &str) -> String {
    let line = crate::text::tidy(typed);
    let last = line.rsplit(['/', '\\']).next().unwrap_or_default();
    let stem = last.rsplit_once('.').map_or(last, |(stem, _)| stem);
    let is_plain = |c: &char| !"<>:\"|?*%;".contains(*c);
    let stem: String = stem.chars().filter(is_plain).take(LONGEST_NAME).collect();
    let stem = stem.trim_matches(|c: char| c == '.' || c.is_whitespace());
    format!("{}.{ending}", if stem.is_empty() { "附件" } else { stem })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_wrote_a_text_that_wants_two_persons_publishes_it_in_no_stage() {
        for stage in TextStage::ALL {
            for is_shown in [false, true] {
                assert!(!acts(*stage, true, true, is_shown).contains(&TextAct::Publish), "{stage:?}");
                assert_eq!(acts(*stage, true, true, is_shown).contains(&TextAct::Withdraw), is_shown);
            }
        }
        use TextAct::{Ask, Publish, Refuse, Withdraw};
        for (stage, is_reviewed, is_author, expected) in [
            (TextStage::Draft, false, true, vec![Publish]),
            (TextStage::Draft, true, true, vec![Ask]),
            (TextStage::Draft, true, false, vec![]),
            (TextStage::Waiting, true, true, vec![Refuse]),
            (TextStage::Waiting, true, false, vec![Publish, Refuse]),
            (TextStage::Published, false, true, vec![]),
        ] {
            assert_eq!(acts(stage, is_reviewed, is_author, false), expected);
        }
        assert_eq!(acts(TextStage::Published, false, true, true), [Withdraw]);
    }

    #[test]
    fn a_regulation_is_in_force_from_its_first_day_and_no_more_on_the_day_of_its_repeal() {
        let day = |day| NaiveDate::from_ymd_opt(2028, 2, day).unwrap();
        for (today, expected) in [(27, Force::Not), (28, Force::In), (29, Force::Repealed)] {
            assert_eq!(Force::on(day(today), Some(day(28)), Some(day(29))), expected);
        }
        assert_eq!(Force::on(day(1), None, None), Force::In);
    }

    #[test]
    fn the_name_of_a_file_leads_nowhere_and_shows_what_it_is() {
        for (typed, ending, kept) in [
            ("实施办法.pdf", "pdf", "实施办法.pdf"),
            ("../../etc/passwd", "pdf", "passwd.pdf"),
            ("C:\\temp\\表.docx", "pdf", "表.pdf"),
            ("办法\u{202E}fdp.exe", "pdf", "办法fdp.pdf"),
            ("a\r\nSet-Cookie: x=1.pdf", "pdf", "a  Set-Cookie x=1.pdf"),
            ("<img src=x onerror=alert(1)>.png", "jpg", "img src=x onerror=alert(1).jpg"),
            ("\"; filename=evil.html", "jpg", "filename=evil.jpg"),
            ("..", "pdf", "附件.pdf"),
            (".htaccess", "pdf", "附件.pdf"),
            ("", "jpg", "附件.jpg"),
        ] {
            assert_eq!(file_name(typed, ending), kept, "{typed:?}");
        }
        assert_eq!(file_name(&"长".repeat(300), "pdf").chars().count(), LONGEST_NAME + 4);
    }
}
