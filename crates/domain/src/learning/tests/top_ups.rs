//! Room under a cap that a reversal leaves: for any order of approvals and revocations the sums equal a recount under the cap.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{noon, province, rules};
use crate::learning::{CreditEntry, Credits, LearningRules, Source, SourceKind, Subject, Sums, booked_of, reversal_of, top_ups};

const RULE: &str = "other/2019";

/// 其他形式 of Hunan: assessed credits, of which a year takes 90.
const CAP: i64 = 9000;

#[derive(Clone, Debug)]
enum Request {
    /// A conversion is approved, with what it is worth in hundredths.
    Approve { case: u8, worth: i64 },
    /// It is taken back.
    Revoke { case: u8 },
}

fn request() -> impl Strategy<Value = Request> {
    prop_oneof![
        3 => (0..6_u8, 1..9_001_i64).prop_map(|(case, worth)| Request::Approve { case, worth }),
        2 => (0..6_u8).prop_map(|case| Request::Revoke { case }),
    ]
}

/// The ledger of somebody with what each conversion is worth, as the service keeps them.
#[derive(Default)]
struct Books {
    rows: Vec<CreditEntry>,
    worths: BTreeMap<String, Credits>,
    nth: i64,
}

impl Books {
    fn row(&mut self, source: Source, amount: Credits) -> CreditEntry {
        self.nth += 1;
        CreditEntry {
            id: format!("e{:04}", self.nth).as_str().into(),
            year: 2026,
            subject: Subject::Professional,
            amount,
            source,
            rule: RULE.to_owned(),
            arithmetic: "x".to_owned(),
            booked_by: "staff".to_owned(),
            booked_at: noon("2026-05-01") + chrono::Duration::minutes(self.nth),
            reverses: None,
        }
    }

    /// A case is approved once, and not where nothing can be booked any more.
    fn approve(&mut self, case: &str, worth: Credits) {
        let room = Credits::of_hundredths(CAP).less(booked_of(&self.rows, "other", 2026));
        if self.worths.contains_key(case) || !room.is_some() {
            return;
        }
        self.worths.insert(case.to_owned(), worth);
        let row = self.row(Source { kind: SourceKind::Conversion, id: case.to_owned() }, worth.min(room));
        self.rows.push(row);
    }

    fn revoke(&mut self, rules: &LearningRules, case: &str) {
        let of_case = |row: &&CreditEntry| row.reverses.is_none() && row.source.first_id() == case;
        let own: Vec<CreditEntry> = self.rows.iter().filter(of_case).cloned().collect();
        for row in &own {
            let by = ("staff", noon("2026-06-01"), "x");
            let new = format!("r-{}", row.id).as_str().into();
            if let Ok(back) = CreditEntry::reversing(&self.rows, &row.id, new, by) {
                self.rows.push(back);
            }
        }
        let Some(freed) = own.into_iter().find(|row| !row.source.tops_up()) else { return };
        for more in top_ups(rules, &self.rows, &self.worths, &freed) {
            let place = self.row(freed.source.clone(), Credits::ZERO);
            let entry = more.entry(rules, (&freed, "HN1"), place.id, ("staff", place.booked_at));
            // The unique index of the table.
            if !self.rows.iter().any(|row| row.reverses.is_none() && row.source == entry.source) {
                self.rows.push(entry);
            }
        }
    }

    /// The cases that stand, in the order of their approval.
    fn standing(&self) -> Vec<&str> {
        let is_first = |row: &&CreditEntry| row.reverses.is_none() && !row.source.tops_up();
        let stands = |row: &&CreditEntry| reversal_of(&self.rows, &row.id).is_none();
        self.rows.iter().filter(is_first).filter(stands).map(|row| row.source.id.as_str()).collect()
    }

    fn booked(&self, case: &str) -> Credits {
        self.rows.iter().filter(|row| row.source.first_id() == case).map(|row| row.amount).sum()
    }
}

proptest! {
    #[test]
    fn the_sums_equal_a_recount_under_the_cap(requests in proptest::collection::vec(request(), 0..40)) {
        let hunan = province("hunan");
        let mut books = Books::default();
        for request in &requests {
            match request {
                Request::Approve { case, worth } => books.approve(&format!("c{case}"), Credits::of_hundredths(*worth)),
                Request::Revoke { case } => books.revoke(rules(&hunan), &format!("c{case}")),
            }
            let mut left = Credits::of_hundredths(CAP);
            for case in books.standing() {
                let expected = books.worths[case].min(left);
                prop_assert!(books.booked(case) <= books.worths[case]);
                left = left.less(expected);
            }
            let all = Credits::of_hundredths(CAP) - left;
            prop_assert_eq!(Sums::of(&books.rows, 2026).total, all);
            prop_assert_eq!(booked_of(&books.rows, "other", 2026), all);
        }
        for case in books.worths.keys().filter(|case| !books.standing().contains(&case.as_str())) {
            prop_assert_eq!(books.booked(case), Credits::ZERO);
        }
    }

    #[test]
    fn what_is_taken_back_again_tops_nothing_up_again(requests in proptest::collection::vec(request(), 0..30)) {
        let hunan = province("hunan");
        let mut books = Books::default();
        for request in &requests {
            match request {
                Request::Approve { case, worth } => books.approve(&format!("c{case}"), Credits::of_hundredths(*worth)),
                Request::Revoke { case } => {
                    books.revoke(rules(&hunan), &format!("c{case}"));
                    let before = books.rows.len();
                    books.revoke(rules(&hunan), &format!("c{case}"));
                    prop_assert_eq!(books.rows.len(), before);
                }
            }
        }
        let sources: BTreeSet<_> = books.rows.iter().filter(|row| row.reverses.is_none()).map(|row| &row.source).collect();
        prop_assert_eq!(sources.len(), books.rows.iter().filter(|row| row.reverses.is_none()).count());
    }
}

#[test]
fn the_one_that_was_booked_first_is_topped_up_first_and_the_row_says_why() {
    let hunan = province("hunan");
    let mut books = Books::default();
    for (case, worth) in [("a", 60), ("b", 60), ("c", 40)] {
        books.approve(case, Credits::whole(worth));
    }
    assert_eq!(["a", "b", "c"].map(|case| books.booked(case)), [60, 30, 0].map(Credits::whole), "the year is full");
    books.revoke(rules(&hunan), "a");
    assert_eq!(books.booked("b"), Credits::whole(60));
    let row = books.rows.last().unwrap();
    assert_eq!((row.amount, row.source.first_id(), row.rule.as_str()), (Credits::whole(30), "b", RULE));
    assert!(row.source.tops_up() && row.source.id.ends_with("e0001"), "{}", row.source.id);
    assert_eq!(
        row.arithmetic,
        "其他形式折算：因撤销编号 HN1 的折算后不再受上限限制，按规则 60 学分，已登记 30 学分，补登记 30 学分"
    );
    // What was topped up is taken back whole.
    books.revoke(rules(&hunan), "b");
    assert_eq!(Sums::of(&books.rows, 2026).total, Credits::ZERO);
}

#[test]
fn a_conversion_that_is_topped_up_to_a_whole_year_covers_the_public_part_where_the_province_says_so() {
    let yunhai = super::yunhai();
    let (rules, mut books) = (rules(&yunhai), Books::default());
    let kind = rules.kinds.iter().find(|kind| kind.cap.is_some()).unwrap();
    let first = CreditEntry {
        rule: crate::learning::rule_name(kind),
        ..books.row(Source { kind: SourceKind::Conversion, id: "a".to_owned() }, Credits::whole(1))
    };
    let more = crate::learning::TopUp { worth: Credits::whole(2), booked: Credits::whole(1), more: Credits::whole(1), first };
    let row = more.entry(rules, (&more.first, "YH1"), "e9".into(), ("staff", noon("2026-06-01")));
    assert_eq!(row.subject, kind.subject, "what fills no year covers nothing more");
}
