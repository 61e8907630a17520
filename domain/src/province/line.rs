//! What a province says about one kind of case, whatever the kind: what the engine and the desk ask for.

use super::Profile;
use crate::case::{CaseKind, Judged, KindRules, Sla};

/// The rules of a province for a kind of case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LineRules<'a> {
    /// What people call it: 信息采集, 手机号更换, …
    pub name: &'a str,
    /// 审核期限 in working days.
    pub review_working_days: u32,
    /// From which age in working days a case is urgent.
    pub sla: Sla,
    /// The row of the kind, less what the province takes away.
    pub kind: KindRules,
    /// How a return opens the application again. A reviewer may mark items even where it opens the whole.
    pub returns: Judged,
    /// Reasons that a reviewer may choose.
    pub return_reasons: &'a [String],
}

impl Profile {
    /// What the province says about a kind of case.
    #[must_use]
    pub fn line(&self, kind: CaseKind) -> LineRules<'_> {
        let row = kind.rules();
        let intake = LineRules {
            name: &self.intake.name,
            review_working_days: self.intake.review_working_days,
            sla: Sla::default(),
            kind: KindRules { may_withdraw: row.may_withdraw && self.intake.may_withdraw, ..row },
            returns: self.intake.returns,
            return_reasons: &self.intake.return_reasons,
        };
        match kind {
            CaseKind::Intake => intake,
            CaseKind::PhoneChange => {
                let days = self.account.phone_change.map_or(intake.review_working_days, |rules| rules.review_working_days);
                LineRules {
                    name: "手机号更换",
                    review_working_days: days,
                    sla: Sla::of(days),
                    kind: row,
                    returns: Judged::Whole,
                    ..intake
                }
            }
            #[cfg(feature = "demo-kind")]
            CaseKind::Demo => LineRules { name: "演示事项", kind: row, returns: Judged::PerItem, ..intake },
        }
    }
}
