//! What a line tells of a person's record, whatever it is: a line of the one timeline that the person reads.

use std::cmp::Reverse;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::Action;
use super::codes::codes;

codes! {
    /// What a line of the timeline is about; the page can be asked for one of them alone.
    pub enum MomentKind {
        /// 档案: a version of the record.
        Record = "record",
        /// 申请: handed in, returned, decided.
        Case = "case",
        /// 学分: booked or taken back.
        Credit = "credit",
        /// 证明: certified, replaced, revoked.
        Certificate = "certificate",
        /// 诚信: rewards and penalties.
        Integrity = "integrity",
        /// 站内信.
        Message = "message",
    }
}

/// A line of the timeline. What is said names nobody of the staff: in the eyes of the person the bureau acts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moment {
    /// In UTC.
    pub at: DateTime<Utc>,
    /// What it is about.
    pub kind: MomentKind,
    /// What happened, or what it happened to where `action` says the rest.
    pub title: String,
    /// What was done to a case.
    pub action: Option<Action>,
    /// More of it in plain sentences; may be empty.
    pub said: String,
    /// A path below the province, to where there is more of it; empty for nowhere.
    pub way: String,
}

/// The newest first, and only those of one kind where it is named, so many at most. Answers as well how many there are.
#[must_use]
pub fn newest_moments(moments: Vec<Moment>, of: Option<MomentKind>, most: usize) -> (Vec<Moment>, usize) {
    let mut kept: Vec<_> = moments.into_iter().filter(|moment| of.is_none_or(|of| moment.kind == of)).collect();
    kept.sort_by_key(|moment| Reverse(moment.at));
    let all = kept.len();
    kept.truncate(most);
    (kept, all)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn moment(seconds: i64, kind: MomentKind) -> Moment {
        let at = DateTime::from_timestamp(seconds, 0).unwrap();
        Moment { at, kind, title: seconds.to_string(), action: None, said: String::new(), way: String::new() }
    }

    #[test]
    fn the_newest_come_first_and_what_is_left_off_is_counted() {
        let all = vec![moment(1, MomentKind::Case), moment(3, MomentKind::Credit), moment(2, MomentKind::Case)];
        let titles = |of: Option<MomentKind>, most: usize| {
            let (moments, count) = newest_moments(all.clone(), of, most);
            (moments.into_iter().map(|moment| moment.title).collect::<Vec<_>>(), count)
        };
        assert_eq!(titles(None, 9), (vec!["3".to_owned(), "2".to_owned(), "1".to_owned()], 3));
        assert_eq!(titles(None, 2), (vec!["3".to_owned(), "2".to_owned()], 3));
        assert_eq!(titles(Some(MomentKind::Case), 1), (vec!["2".to_owned()], 2));
        assert_eq!(titles(Some(MomentKind::Integrity), 9), (Vec::new(), 0));
    }
}
