//! Who looked is read from what belongs to the person, and never by going through the audit trail.

use store::testing;

#[tokio::test]
async fn the_looks_of_a_person_are_found_by_the_index_of_what_they_were_at() {
    let (sqlite, _) = testing::sqlite().await;
    let statement =
        store::statements().into_iter().find(|statement| statement.contains("'look_at_file'")).expect("the statement");
    let plan = testing::plan(&sqlite, statement).await.expect("a plan");
    let of_trail: Vec<_> = plan.iter().filter(|line| line.contains("audit_object")).collect();
    assert_eq!(of_trail.len(), 3, "{plan:#?}");
    assert!(of_trail.iter().all(|line| line.contains("(object_kind=? AND object_id=?)")), "{plan:#?}");
}
