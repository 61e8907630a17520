//! Who of the staff looked at what of a person: each such act is an audit row, and here are its words.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::calendar::china_time;
use crate::case::{StaffRole, codes};
use crate::id::{BureauCode, CaseId, StaffId};

codes! {
    /// How somebody of the staff looked.
    pub enum LookKind {
        /// The page of an application.
        Opened = "opened",
        /// Pictures of papers.
        Files = "files",
        /// Whole numbers of document and telephone.
        Revealed = "revealed",
        /// The form on paper.
        Printed = "printed",
        /// Found at a counter by the whole number of the document: name, bureau and what is open.
        Sought = "sought",
        /// 窗口代为填写, which shows everything that the person has typed.
        FilledIn = "filled_in",
    }
}

/// The audited acts of the staff by which they see something of a person. What is fetched beforehand is looked at only once its case is
/// opened, and then `look_at_files` says so.
pub const LOOKS: [(&str, LookKind); 8] = [
    ("look_at_case", LookKind::Opened),
    ("look_at_file", LookKind::Files),
    ("look_at_files", LookKind::Files),
    ("reveal", LookKind::Revealed),
    ("print_form", LookKind::Printed),
    ("print_at_counter", LookKind::Printed),
    ("seek_person", LookKind::Sought),
    ("fill_in", LookKind::FilledIn),
];

impl LookKind {
    /// The kind of an audited act; `None` for one by which nobody sees anything.
    #[must_use]
    pub fn of_action(action: &str) -> Option<Self> {
        LOOKS.iter().find(|(known, _)| *known == action).map(|(_, kind)| *kind)
    }
}

/// One look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// In UTC.
    pub at: DateTime<Utc>,
    /// How.
    pub kind: LookKind,
    /// For which case; `None` for none.
    pub case: Option<CaseId>,
    /// Ids of the files that were looked at.
    pub files: Vec<String>,
    /// Who.
    pub staff: StaffId,
    /// Name of whoever it was.
    pub name: String,
    /// What they are employed for.
    pub role: StaffRole,
    /// Where.
    pub bureau: BureauCode,
}

/// What somebody did on one day for one case.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sitting {
    /// The first look.
    pub from: DateTime<Utc>,
    /// The last one.
    pub to: DateTime<Utc>,
    /// Name of whoever it was.
    pub name: String,
    /// What they are employed for.
    pub role: StaffRole,
    /// Where.
    pub bureau: BureauCode,
    /// For which case; `None` for none.
    pub case: Option<CaseId>,
    /// How, and how often; of pictures how many different ones.
    pub acts: Vec<(LookKind, usize)>,
}

/// The looks of one person on one day in China for one case belong together. The newest comes first.
#[must_use]
pub fn sittings(looks: &[Look]) -> Vec<Sitting> {
    let mut groups = BTreeMap::<(NaiveDate, &StaffId, Option<&CaseId>), Vec<&Look>>::new();
    for look in looks {
        groups.entry((china_time(look.at).date(), &look.staff, look.case.as_ref())).or_default().push(look);
    }
    let mut sittings: Vec<Sitting> = groups.into_values().filter_map(|looks| sitting(&looks)).collect();
    sittings.sort_by_key(|sitting| Reverse(sitting.to));
    sittings
}

fn sitting(looks: &[&Look]) -> Option<Sitting> {
    let newest = looks.iter().max_by_key(|look| look.at)?;
    let from = looks.iter().map(|look| look.at).min()?;
    let acts = LookKind::ALL.iter().map(|kind| (*kind, count(looks, *kind))).filter(|(_, times)| *times > 0).collect();
    Some(Sitting {
        from,
        to: newest.at,
        name: newest.name.clone(),
        role: newest.role,
        bureau: newest.bureau.clone(),
        case: newest.case.clone(),
        acts,
    })
}

fn count(looks: &[&Look], kind: LookKind) -> usize {
    let of = looks.iter().filter(|look| look.kind == kind);
    match kind {
        LookKind::Files => of.flat_map(|look| &look.files).collect::<BTreeSet<_>>().len(),
        LookKind::Opened | LookKind::Revealed | LookKind::Printed | LookKind::Sought | LookKind::FilledIn => of.count(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(at: &str, kind: LookKind, staff: &str, case: &str, files: &[&str]) -> Look {
        Look {
            at: at.parse().unwrap(),
            kind,
            case: Some(CaseId::from(case)).filter(|_| !case.is_empty()),
            files: files.iter().map(|file| (*file).to_owned()).collect(),
            staff: StaffId::from(staff),
            name: staff.to_owned(),
            role: StaffRole::Reviewer,
            bureau: BureauCode::from("420106"),
        }
    }

    #[test]
    fn looks_of_one_person_on_one_day_for_one_case_are_one_line() {
        let looks = [
            look("2026-11-18T02:00:00Z", LookKind::Opened, "li", "a", &[]),
            look("2026-11-18T02:01:00Z", LookKind::Files, "li", "a", &["1"]),
            look("2026-11-18T02:02:00Z", LookKind::Files, "li", "a", &["1", "2"]),
            look("2026-11-18T02:03:00Z", LookKind::Revealed, "li", "a", &[]),
            look("2026-11-18T03:00:00Z", LookKind::Opened, "wang", "a", &[]),
            look("2026-11-18T04:00:00Z", LookKind::Opened, "li", "b", &[]),
            // The next day in China.
            look("2026-11-18T16:00:00Z", LookKind::Opened, "li", "a", &[]),
            look("2026-11-19T02:00:00Z", LookKind::FilledIn, "li", "", &[]),
        ];
        let lines = sittings(&looks);
        let told: Vec<_> =
            lines.iter().map(|line| (line.name.as_str(), line.case.as_ref().map(CaseId::as_str), line.acts.clone())).collect();
        assert_eq!(
            told,
            [
                ("li", None, vec![(LookKind::FilledIn, 1)]),
                ("li", Some("a"), vec![(LookKind::Opened, 1)]),
                ("li", Some("b"), vec![(LookKind::Opened, 1)]),
                ("wang", Some("a"), vec![(LookKind::Opened, 1)]),
                ("li", Some("a"), vec![(LookKind::Opened, 1), (LookKind::Files, 2), (LookKind::Revealed, 1)]),
            ]
        );
        let first = lines.last().unwrap();
        assert_eq!(((first.to - first.from).num_minutes(), sittings(&[]).len()), (3, 0));
    }

    #[test]
    fn what_shows_nobody_anything_is_no_look() {
        for action in ["preload_file", "preload_case", "hold_case", "approve", "look", ""] {
            assert_eq!(LookKind::of_action(action), None, "{action}");
        }
        assert_eq!(LookKind::of_action("print_at_counter"), Some(LookKind::Printed));
    }
}
