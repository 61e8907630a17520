//! For any order of bookings, reversals and replays: the sums equal a recount, nothing counts twice, and more credits never
//! make a year less complete.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::noon;
use crate::learning::{CreditEntry, Credits, Source, SourceKind, Standard, Standing, Subject, Sums, booked_by, standing_entries};

const YEARS: [i32; 2] = [2025, 2026];

/// What is asked of the ledger, in any order and as often as it may be sent.
#[derive(Clone, Debug)]
enum Request {
    /// A source sends its credits.
    Book { source: u8, year: i32, subject: Subject, hundredths: i64 },
    /// Somebody takes back what a source booked.
    TakeBack { source: u8 },
}

fn request() -> impl Strategy<Value = Request> {
    let subject = proptest::sample::select(Subject::ALL);
    let book = (0..8_u8, proptest::sample::select(&YEARS), subject, 1..12_000_i64);
    prop_oneof![
        3 => book.prop_map(|(source, year, subject, hundredths)| Request::Book { source, year, subject, hundredths }),
        1 => (0..8_u8).prop_map(|source| Request::TakeBack { source }),
    ]
}

fn source(source: u8) -> Source {
    Source { kind: SourceKind::School, id: source.to_string() }
}

/// The ledger as the store keeps it: a source books once, a row is taken back once.
fn apply(rows: &mut Vec<CreditEntry>, nth: usize, request: &Request) {
    let at = noon("2026-05-01") + chrono::Duration::hours(i64::try_from(nth).unwrap() * 7);
    match request {
        Request::Book { source: of, year, subject, hundredths } => {
            if booked_by(rows, &source(*of)).is_none() {
                let amount = Credits::of_hundredths(*hundredths);
                let row = super::entry(&format!("b{of}"), (*year, *subject, 0), "2026-05-01");
                rows.push(CreditEntry { amount, source: source(*of), booked_at: at, ..row });
            }
        }
        Request::TakeBack { source: of } => {
            let id = format!("b{of}").as_str().into();
            if let Ok(row) = CreditEntry::reversing(rows, &id, format!("r{of}").into(), ("staff", at, "x")) {
                rows.push(row);
            }
        }
    }
}

/// The same counted without a ledger: the first booking of each source, unless it was taken back since.
fn recount(requests: &[Request], in_year: i32) -> Sums {
    let mut first = BTreeMap::new();
    let mut gone = BTreeSet::new();
    for request in requests {
        match request {
            Request::Book { source, year, subject, hundredths } => {
                first.entry(*source).or_insert((*year, *subject, *hundredths));
            }
            Request::TakeBack { source } if first.contains_key(source) => {
                gone.insert(*source);
            }
            Request::TakeBack { .. } => {}
        }
    }
    let stand = first.iter().filter(|(source, (year, ..))| !gone.contains(*source) && *year == in_year);
    let sum = |counts: &dyn Fn(Subject) -> bool| {
        Credits::of_hundredths(
            stand.clone().filter(|(_, (_, subject, _))| counts(*subject)).map(|(_, (.., amount))| *amount).sum(),
        )
    };
    Sums {
        total: sum(&|_| true),
        professional: sum(&|subject| subject != Subject::Public),
        public: sum(&|subject| subject != Subject::Professional),
    }
}

fn ledger(requests: &[Request]) -> Vec<CreditEntry> {
    let mut rows = Vec::new();
    for (nth, request) in requests.iter().enumerate() {
        apply(&mut rows, nth, request);
    }
    rows
}

fn standard() -> Standard {
    let part = |credits| Some(Credits::whole(credits));
    Standard { total: Credits::whole(90), professional: part(60), public: part(20), version: "t".to_owned() }
}

proptest! {
    #[test]
    fn the_sums_equal_a_recount_in_whatever_order_the_rows_are_read(
        requests in proptest::collection::vec(request(), 0..40),
        seed in any::<u64>(),
    ) {
        let mut rows = ledger(&requests);
        let ordered: Vec<_> = YEARS.iter().map(|year| Standing::of(&rows, *year, &standard())).collect();
        // Any order: by a number made of the place and the seed.
        let mut place = 0_u64;
        rows.sort_by_cached_key(|_| { place += 1; (place.wrapping_mul(seed | 1)).rotate_left(17) });
        for (year, ordered) in YEARS.iter().zip(ordered) {
            prop_assert_eq!(Sums::of(&rows, *year), recount(&requests, *year));
            prop_assert_eq!(Standing::of(&rows, *year, &standard()), ordered);
        }
    }

    #[test]
    fn what_is_sent_again_has_no_effect_and_nothing_counts_twice(requests in proptest::collection::vec(request(), 0..30)) {
        let rows = ledger(&requests);
        let mut again = rows.clone();
        for row in rows.iter().filter(|row| row.reverses.is_none()) {
            let of: u8 = row.source.id.parse().unwrap();
            let hundredths = row.amount.hundredths();
            apply(&mut again, 1000, &Request::Book { source: of, year: row.year, subject: row.subject, hundredths });
        }
        for row in rows.iter().filter(|row| row.reverses.is_some()) {
            apply(&mut again, 1001, &Request::TakeBack { source: row.source.id.parse().unwrap() });
        }
        prop_assert_eq!(&again, &rows);
        let sources: BTreeSet<_> = standing_entries(&rows).map(|row| &row.source).collect();
        prop_assert_eq!(sources.len(), standing_entries(&rows).count());
        for year in YEARS {
            let standing: Credits = standing_entries(&rows).filter(|row| row.year == year).map(|row| row.amount).sum();
            prop_assert_eq!(Sums::of(&rows, year).total, standing);
        }
    }

    #[test]
    fn completion_is_monotone_in_credits(
        requests in proptest::collection::vec(request(), 0..30),
        (more, subject) in (1..12_000_i64, proptest::sample::select(Subject::ALL)),
    ) {
        let rows = ledger(&requests);
        let before = Standing::of(&rows, 2026, &standard());
        let mut after = rows;
        apply(&mut after, 2000, &Request::Book { source: 99, year: 2026, subject, hundredths: more });
        let now = Standing::of(&after, 2026, &standard());
        prop_assert!(now.is_complete() || !before.is_complete());
        prop_assert_eq!(now.is_complete(), now.completed_on.is_some());
        if before.is_complete() {
            prop_assert_eq!(now.completed_on, before.completed_on);
        }
        prop_assert!(now.missing.total <= before.missing.total);
        prop_assert!(now.missing.professional <= before.missing.professional);
        prop_assert!(now.missing.public <= before.missing.public);
    }
}
