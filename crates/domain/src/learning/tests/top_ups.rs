//! Room under a cap that a reversal leaves: for any order of approvals and revocations the sums of every 科目类别 equal a recount under
//! the cap of what remains.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{noon, province, rules};
use crate::learning::{CreditEntry, Credits, LearningRules, Source, SourceKind, Subject, Sums, booked_of, top_ups};

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

/// The same where the year asks a public part, which a conversion of the whole year covers, and several of them have room.
fn divided() -> LearningRules {
    let mut rules = rules(&province("hunan")).clone();
    rules.conversion_covers_public = true;
    for year in &mut rules.years {
        year.public = Some(Credits::whole(30));
    }
    for kind in rules.kinds.iter_mut().filter(|kind| kind.code == "other") {
        kind.cap = Some(Credits::of_hundredths(WIDE_CAP));
    }
    rules
}

const WIDE_CAP: i64 = 20_000;

/// What a conversion of so much counts as, reckoned from nothing.
fn sums_of(rules: &LearningRules, amount: Credits) -> Sums {
    let covers = amount >= rules.year(2026).unwrap().standard().total;
    Sums::default().with(if covers { Subject::Both } else { Subject::Professional }, amount)
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
            decided: String::new(),
            booked_by: "staff".to_owned(),
            booked_at: noon("2026-05-01") + chrono::Duration::minutes(self.nth),
            reverses: None,
        }
    }

    /// A case is approved once, and not where nothing can be booked any more.
    fn approve(&mut self, case: &str, worth: Credits) {
        self.approve_under(CAP, case, worth, |_| Subject::Professional);
    }

    fn approve_under(&mut self, cap: i64, case: &str, worth: Credits, subject: impl Fn(Credits) -> Subject) {
        let room = Credits::of_hundredths(cap).less(booked_of(&self.rows, "other", 2026));
        if self.worths.contains_key(case) || !room.is_some() {
            return;
        }
        self.worths.insert(case.to_owned(), worth);
        let row = self.row(Source { kind: SourceKind::Conversion, id: case.to_owned() }, worth.min(room));
        self.rows.push(CreditEntry { subject: subject(row.amount), ..row });
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
            for old in &more.taken_back {
                let by = ("staff", place.booked_at, "x");
                self.rows.push(CreditEntry::reversing(&self.rows, &old.id, format!("r-{}", old.id).as_str().into(), by).unwrap());
            }
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
        let firsts = self.rows.iter().filter(is_first).map(|row| row.source.id.as_str());
        firsts.filter(|case| self.booked(case).is_some()).collect()
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
    fn the_sums_of_every_part_equal_a_recount_of_what_remains(requests in proptest::collection::vec(request(), 0..40)) {
        let rules = divided();
        let covers = |amount: Credits| match amount >= rules.year(2026).unwrap().standard().total {
            true => Subject::Both,
            false => Subject::Professional,
        };
        let mut books = Books::default();
        for request in &requests {
            match request {
                Request::Approve { case, worth } => {
                    // Half of them are worth a whole year.
                    let worth = if worth % 2 == 0 { 9000 } else { *worth };
                    books.approve_under(WIDE_CAP, &format!("c{case}"), Credits::of_hundredths(worth), covers);
                }
                Request::Revoke { case } => books.revoke(&rules, &format!("c{case}")),
            }
            let (mut left, mut expected) = (Credits::of_hundredths(WIDE_CAP), Sums::default());
            for case in books.standing() {
                let amount = books.worths[case].min(left);
                left = left.less(amount);
                let of = sums_of(&rules, amount);
                expected = Sums {
                    total: expected.total + of.total,
                    professional: expected.professional + of.professional,
                    public: expected.public + of.public,
                };
            }
            prop_assert_eq!(Sums::of(&books.rows, 2026), expected);
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
fn a_conversion_that_is_topped_up_to_a_whole_year_covers_the_public_part_with_the_whole_of_it() {
    let mut rules = divided();
    for kind in rules.kinds.iter_mut().filter(|kind| kind.code == "other") {
        kind.cap = Some(Credits::whole(90));
    }
    let mut books = Books::default();
    for (case, worth) in [("a", 60), ("b", 90)] {
        books.approve(case, Credits::whole(worth));
    }
    books.revoke(&rules, "a");
    let sums = Sums::of(&books.rows, 2026);
    assert_eq!([sums.total, sums.professional, sums.public], [90; 3].map(Credits::whole));
    let row = books.rows.last().unwrap();
    assert_eq!((row.amount, row.subject, row.source.first_id()), (Credits::whole(90), Subject::Both, "b"));
    assert_eq!(
        row.arithmetic,
        "其他形式折算：因撤销编号 HN1 的折算后不再受上限限制，按规则 90 学分，已登记 30 学分，补登记 60 学分，合计 90 学分 重新登记"
    );
    // It keeps its turn, and is taken back whole.
    books.approve("c", Credits::whole(1));
    books.revoke(&rules, "b");
    assert_eq!(Sums::of(&books.rows, 2026).total, Credits::ZERO);
}
