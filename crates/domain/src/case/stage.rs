//! A case in one line: filled in, submitted, reviewed, ended.

use chrono::NaiveDate;

use super::Status;
use super::view::CaseSummary;
use crate::calendar::china_time;

/// How far a stage is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reached {
    /// It is behind.
    Done,
    /// The case is here.
    Now,
    /// The case came back from here.
    Back,
    /// It is still to come.
    Ahead,
}

/// The four stages of a case (填写, 提交, 审核, 办结), each with its day as far as it is known; that of a stage to come is the
/// latest day that was promised.
#[must_use]
pub fn stages(case: &CaseSummary) -> [(Reached, Option<NaiveDate>); 4] {
    use Reached::{Ahead, Back, Done, Now};
    let day = |at: Option<chrono::DateTime<chrono::Utc>>| at.map(|at| china_time(at).date());
    let (submitted, decided) = (day(case.submitted_at), day(case.decided_at));
    match case.status {
        Status::Draft => [(Now, None), (Ahead, None), (Ahead, None), (Ahead, None)],
        Status::Submitted => [(Done, None), (Done, submitted), (Now, None), (Ahead, case.due_on)],
        Status::Returned => [(Done, None), (Done, submitted), (Back, decided), (Ahead, None)],
        Status::Approved | Status::Closed => [(Done, None), (Done, submitted), (Done, None), (Done, decided)],
    }
}

/// The same in as many stages as the province names: four, or three, of which the first is what one has read before and the last what
/// the bureau says (手册丙 5).
#[must_use]
pub fn stages_of(case: &CaseSummary, count: usize) -> Vec<(Reached, Option<NaiveDate>)> {
    let [filled, submitted, reviewed, ended] = stages(case);
    if count != 3 {
        return vec![filled, submitted, reviewed, ended];
    }
    let told = if reviewed.0 == Reached::Done { ended } else { reviewed };
    vec![(Reached::Done, None), (filled.0, submitted.1), told]
}

#[cfg(test)]
mod tests {
    use super::Reached::{Ahead, Back, Done, Now};
    use super::*;
    use crate::case::CaseKind;

    #[test]
    fn every_status_has_its_four_stages_and_their_days() {
        let (day, at) = (|text: &str| text.parse::<NaiveDate>().ok(), |text: &str| text.parse().ok());
        let case = CaseSummary {
            id: "one".into(),
            number: "N".to_owned(),
            kind: CaseKind::Intake,
            status: Status::Draft,
            version: 1,
            round: 1,
            bureau_name: "长沙市雨花区财政局".to_owned(),
            // In China it is the next day already.
            submitted_at: at("2026-11-18T16:30:00Z"),
            due_on: day("2026-12-03"),
            decided_at: at("2026-11-20T02:00:00Z"),
        };
        let (submitted, decided) = (day("2026-11-19"), day("2026-11-20"));
        for (status, expected) in [
            (Status::Draft, [(Now, None), (Ahead, None), (Ahead, None), (Ahead, None)]),
            (Status::Submitted, [(Done, None), (Done, submitted), (Now, None), (Ahead, case.due_on)]),
            (Status::Returned, [(Done, None), (Done, submitted), (Back, decided), (Ahead, None)]),
            (Status::Approved, [(Done, None), (Done, submitted), (Done, None), (Done, decided)]),
            (Status::Closed, [(Done, None), (Done, submitted), (Done, None), (Done, decided)]),
        ] {
            let case = CaseSummary { status, ..case.clone() };
            assert_eq!(stages(&case), expected, "{status:?}");
            assert_eq!(stages_of(&case, 4), expected, "{status:?}");
            let three: Vec<Reached> = stages_of(&case, 3).into_iter().map(|(reached, _)| reached).collect();
            let told = match status {
                Status::Draft => [Done, Now, Ahead],
                Status::Submitted => [Done, Done, Now],
                Status::Returned => [Done, Done, Back],
                Status::Approved | Status::Closed => [Done, Done, Done],
            };
            assert_eq!(three, told, "{status:?}");
        }
    }
}
