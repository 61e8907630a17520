//! What makes two accounts look alike.

use super::*;

fn day(text: &str) -> NaiveDate {
    crate::date::parse_date(text).unwrap()
}

#[test]
fn a_number_tells_the_birth_date_where_its_document_does() {
    let today = day("2026-11-15");
    let table = [
        (DocumentKind::ResidentId, "430111199003079988", Some(day("1990-03-07"))),
        (DocumentKind::ResidentId, "430111199003079980", None),
        (DocumentKind::Passport, "E00000000", None),
    ];
    for (kind, number, born) in table {
        assert_eq!(birth(kind, number, today), born, "{kind:?}");
    }
}

#[test]
fn likenesses_are_kept_as_codes_and_read_again() {
    let both = [Likeness::SameBirth, Likeness::SameCertificate];
    assert_eq!(Likeness::codes(&both), "same_birth,same_certificate");
    assert_eq!(Likeness::list("same_birth,same_certificate"), both);
    assert!(Likeness::list("").is_empty());
}

#[test]
fn a_merging_can_be_undone_for_thirty_days() {
    let agreed = DateTime::from_timestamp(1_800_000_000, 0).unwrap();
    assert_eq!(undo_until(agreed) - agreed, TimeDelta::days(30));
}
