//! What kinds of case there are, and what each of them permits: one row for each.

use serde::{Deserialize, Serialize};

use super::codes::codes;

codes! {
    /// What a case is about. A further kind is a variant and a row of [`CaseKind::rules`] here, and one file in its own line.
    pub enum CaseKind {
        /// 信息采集.
        Intake = "intake",
        /// 手机号更换 (手册乙 9): two persons of the bureau decide, and its effect waits for a while.
        PhoneChange = "phone_change",
        /// 账号申诉: whoever holds a document says that the account with its number is theirs and shut, or not theirs.
        Appeal = "appeal",
        /// 窗口办理: staff correct an account for the person who stands before them; a second one confirms.
        Counter = "counter",
        /// 学分折算 (手册甲 三（三）, 手册乙 7): several open at once, what was approved can be revoked by the bureau.
        Conversion = "conversion",
        /// 单位管理员: somebody claims an employer by its credit code, with licence and mandate.
        Employer = "employer",
        /// 单位内部培训: a class that an employer files before it begins.
        Class = "class",
        /// The results of such a class, by which credits are booked.
        ClassResults = "class_results",
        /// 诚信录入 (手册乙 8): a reward that a person wants in their integrity record; several open at once.
        Reward = "reward",
        /// 行政处罚, which one person of a bureau enters and another confirms.
        Penalty = "penalty",
        /// 处罚异议: what a person says against a penalty of theirs; the bureau above the one that entered it answers.
        Objection = "objection",
        /// 信息变更 (手册乙 6): an approved record, where something of it is no longer so.
        Change = "change",
        /// 档案关闭: the record of whoever retired, does the work no more or died; entered by one person of a bureau, confirmed by another.
        Closing = "closing",
        /// 档案关闭申请: a person asks that their record be closed; whoever approves it enters the closing.
        ClosingRequest = "closing_request",
        /// 撤销登记: what was approved on false information or proof is taken back by two of the bureau, after the person was heard.
        Annulment = "annulment",
        /// 跨省调出: the record goes to another province in a signed package.
        Relocation = "relocation",
        /// 调转: the record of a person goes to another bureau, once the own and the other one have agreed.
        Transfer = "transfer",
        /// The kind of the tests: everything that the others do not use.
        #[cfg(feature = "demo-kind")]
        Demo = "demo",
    }
}

/// Who has to agree to a case, one seat after the other. Nobody takes two seats of one case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Seat {
    /// A reviewer of the bureau that has the case.
    Same,
    /// A reviewer of the bureau that the application names as the next; the case goes there once the seat before has agreed.
    Next,
}

/// How a bureau gives a case back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Judged {
    /// Each rejected item with a reason; only those are open to the person then.
    PerItem,
    /// The whole, with one reason.
    Whole,
}

/// What a kind of case permits, before a province takes something of it away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KindRules {
    /// Never empty.
    pub seats: &'static [Seat],
    /// Item by item, or as a whole.
    pub judged: Judged,
    /// Whether the person types it over time, so that there is something to save before it is handed in.
    pub has_draft: bool,
    /// Whether what was approved waits before it takes effect.
    pub has_delay: bool,
    /// 提出异议, until it took effect.
    pub may_object: bool,
    /// 撤销申请: it is a draft again.
    pub may_withdraw: bool,
    /// 删除 of a draft.
    pub may_delete: bool,
    /// 取消申请: it ends without an effect.
    pub may_cancel: bool,
    /// 撤销审核通过 by the bureau, where a proof turns out to be false.
    pub may_revoke: bool,
    /// Whether a person may have only one of the kind open.
    pub is_single: bool,
}

impl CaseKind {
    /// The standard term, for where no province has a name for it.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Intake => "信息采集",
            Self::PhoneChange => "手机号更换",
            Self::Appeal => "账号申诉",
            Self::Counter => "窗口办理",
            Self::Conversion => "学分折算",
            Self::Employer => "单位管理员认证",
            Self::Class => "单位内部培训备案",
            Self::ClassResults => "单位内部培训结果",
            Self::Reward => "诚信奖励",
            Self::Penalty => "行政处罚登记",
            Self::Objection => "处罚异议",
            Self::Change => "信息变更",
            Self::Transfer => "调转",
            Self::Closing => "档案关闭登记",
            Self::ClosingRequest => "档案关闭",
            Self::Annulment => "撤销登记",
            Self::Relocation => "跨省调出",
            #[cfg(feature = "demo-kind")]
            Self::Demo => "演示事项",
        }
    }

    /// Whether it decides what stands on record, so that no other such case of the person may be with a bureau beside it, or with
    /// the person to be amended. 继续教育 is none.
    #[must_use]
    pub const fn is_of_record(self) -> bool {
        matches!(self, Self::Intake | Self::Change | Self::Annulment | Self::Transfer | Self::Relocation)
    }

    /// Whether people apply by it for what whoever collects has on record: it goes to the national platform where that does. What a bureau
    /// enters of what it approved itself stays here.
    #[must_use]
    pub const fn is_of_collection(self) -> bool {
        matches!(self, Self::Intake | Self::Change | Self::Transfer | Self::Relocation)
    }

    /// The row of the kind.
    #[must_use]
    pub const fn rules(self) -> KindRules {
        match self {
            Self::Intake => KindRules {
                seats: &[Seat::Same],
                judged: Judged::PerItem,
                has_draft: true,
                has_delay: false,
                may_object: false,
                may_withdraw: true,
                may_delete: false,
                may_cancel: false,
                may_revoke: false,
                is_single: true,
            },
            Self::PhoneChange | Self::Appeal => KindRules {
                seats: &[Seat::Same, Seat::Same],
                judged: Judged::Whole,
                has_draft: false,
                has_delay: true,
                may_object: true,
                may_withdraw: false,
                may_delete: false,
                may_cancel: false,
                may_revoke: false,
                is_single: true,
            },
            Self::Counter | Self::Penalty | Self::Closing | Self::Annulment => KindRules {
                seats: &[Seat::Same, Seat::Same],
                judged: Judged::Whole,
                has_draft: false,
                has_delay: false,
                may_object: false,
                may_withdraw: false,
                may_delete: false,
                may_cancel: false,
                may_revoke: matches!(self, Self::Penalty | Self::Closing | Self::Annulment),
                // Somebody may be punished by two decisions at a time.
                is_single: matches!(self, Self::Counter | Self::Closing | Self::Annulment),
            },
            Self::Conversion | Self::Employer | Self::Reward => KindRules {
                seats: &[Seat::Same],
                judged: Judged::Whole,
                has_draft: true,
                has_delay: false,
                may_object: false,
                may_withdraw: false,
                may_delete: true,
                may_cancel: true,
                may_revoke: true,
                is_single: false,
            },
            Self::Class | Self::ClassResults | Self::Objection | Self::Relocation | Self::ClosingRequest => KindRules {
                seats: &[Seat::Same],
                judged: Judged::Whole,
                has_draft: false,
                has_delay: false,
                may_object: false,
                may_withdraw: false,
                may_delete: false,
                may_cancel: true,
                // What was filed has no effect of its own, and a package cannot be called back; a penalty that was corrected has one.
                may_revoke: matches!(self, Self::ClassResults | Self::Objection),
                is_single: matches!(self, Self::Relocation | Self::ClosingRequest),
            },
            Self::Change => KindRules {
                // What stays with its bureau begins at the second seat.
                seats: &[Seat::Same, Seat::Next],
                judged: Judged::PerItem,
                has_draft: true,
                has_delay: false,
                may_object: false,
                may_withdraw: true,
                may_delete: true,
                may_cancel: true,
                may_revoke: false,
                is_single: true,
            },
            Self::Transfer => KindRules {
                seats: &[Seat::Same, Seat::Next],
                judged: Judged::Whole,
                has_draft: false,
                has_delay: false,
                may_object: false,
                may_withdraw: false,
                may_delete: false,
                may_cancel: true,
                may_revoke: false,
                is_single: true,
            },
            #[cfg(feature = "demo-kind")]
            Self::Demo => KindRules {
                seats: &[Seat::Same, Seat::Next],
                judged: Judged::PerItem,
                has_draft: true,
                has_delay: false,
                may_object: false,
                may_withdraw: false,
                may_delete: true,
                may_cancel: true,
                may_revoke: false,
                is_single: false,
            },
        }
    }
}

impl KindRules {
    /// Whether more than one person has to agree.
    #[must_use]
    pub const fn is_shared(&self) -> bool {
        self.seats.len() > 1
    }

    /// Whether nobody has to agree after this seat, counted from 0.
    #[must_use]
    pub const fn is_last(&self, seat: usize) -> bool {
        seat + 1 >= self.seats.len()
    }

    /// The first of the seats that are taken at the same bureau as this one: where a case begins again when it is handed on.
    #[must_use]
    pub fn first_at_bureau(&self, seat: usize) -> usize {
        (0..=seat).rev().find(|nth| self.seats.get(*nth) == Some(&Seat::Next)).unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_that_is_handed_on_begins_with_the_first_seat_of_its_bureau() {
        let rules = KindRules { seats: &[Seat::Same, Seat::Same, Seat::Next, Seat::Same], ..CaseKind::Intake.rules() };
        assert_eq!([0, 1, 2, 3].map(|seat| rules.first_at_bureau(seat)), [0, 0, 2, 2]);
        assert_eq!([0, 1, 2, 3].map(|seat| rules.is_last(seat)), [false, false, false, true]);
    }

    #[test]
    fn every_kind_has_a_seat_that_its_own_bureau_takes_first() {
        assert!(CaseKind::ALL.iter().all(|kind| kind.rules().seats.first() == Some(&Seat::Same)));
    }
}
