//! Where the values of a record came from.

use domain::case::Change;
use domain::change::forms::BeginForm;
use domain::record::SureForm;

use super::*;
use crate::Token;
use crate::intake::{RecordBody, seal_record};

/// The next version of somebody's record, as a change of it would write it.
async fn change(visit: &Visit, edit: impl FnOnce(&mut RecordBody)) {
    let case = intake::case(visit).await;
    let newest = visit.services.db.read().await.unwrap().find_record(visit.account().unwrap()).await.unwrap().unwrap();
    let mut body = RecordBody::open(&visit.services, &newest).unwrap();
    edit(&mut body);
    let row = seal_record(visit, &case, &body).unwrap();
    visit.services.db.write(move |tx| Box::pin(async move { tx.add_record(&row).await })).await.unwrap();
}

async fn every_version_says_what_it_changed_and_every_value_since_when_it_stands(house: House) {
    let visit = colleague(&house).await;
    let first = own_record(&visit).await.unwrap();
    let case = intake::case(&visit).await;
    assert_eq!(first.versions.len(), 1);
    let only = &first.versions[0];
    assert_eq!((only.version, &only.changes, &only.papers), (1, &Vec::new(), &Vec::new()));
    assert_eq!((only.case_number.clone(), only.kind_name.as_str()), (case.number.unwrap(), "信息采集"));
    assert!(!first.origins.is_empty() && first.origins.iter().all(|(_, version)| *version == 1));

    let item = "employment.employer_name";
    change(&visit, |body| {
        assert!(body.answers.set(item, "长沙算盘商贸有限公司".into()));
        body.files.retain(|file| file.slot != "employment_proof");
    })
    .await;
    change(&visit, |body| body.holder.name = "张三丰".into()).await;
    let view = own_record(&visit).await.unwrap();
    let numbers: Vec<i64> = view.versions.iter().map(|of| of.version).collect();
    assert_eq!(numbers, [3, 2, 1]);
    let told = |of: &Change| (of.item.clone(), of.before.clone().unwrap(), of.now.clone().unwrap());
    let changes = |nth: usize| view.versions[nth].changes.iter().map(told).collect::<Vec<_>>();
    assert_eq!(changes(0), [("person.name".to_owned(), "张三".to_owned(), "张三丰".to_owned())]);
    assert_eq!(changes(1), [(item.to_owned(), "长沙某某有限公司".to_owned(), "长沙算盘商贸有限公司".to_owned())]);
    let papers = &view.versions[1].papers;
    assert_eq!((papers.len(), papers[0].before.len(), papers[0].now.len()), (1, 1, 0));
    for (of, version) in &view.origins {
        assert_eq!(*version, if of == item { 2 } else { 1 }, "{of}");
    }
}
both!(every_version_says_what_it_changed_and_every_value_since_when_it_stands);

async fn who_has_no_record_reads_that_there_is_none(house: House) {
    let visit = applied(&house).await;
    let view = own_record(&visit).await.unwrap();
    assert!(view.record.approved.is_none() && view.versions.is_empty() && view.origins.is_empty());
}
both!(who_has_no_record_reads_that_there_is_none);

/// The same person, who has signed in once more.
async fn anew(house: &House, visit: &Visit) -> Visit {
    let token = Token::new(&house.services);
    let session = visit.new_session(&token, visit.account().ok(), None);
    let write = house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await }));
    write.await.unwrap();
    house.visit(Some(token.as_str())).await
}

async fn sure(visit: &Visit, version: &str) -> Result<domain::answer::Answer, Failure> {
    be_sure(visit, &SureForm { version: version.into() }).await
}

async fn half_a_year_later_a_person_is_asked_whether_the_record_is_still_right(house: House) {
    let visit = colleague(&house).await;
    let is_due = async || own_record(&visit).await.unwrap().is_check_due;
    // From 18 November 2026 on.
    for (days, expected) in [(0, false), (180, false), (1, true)] {
        house.clock.forward(Duration::days(days));
        assert_eq!(is_due().await, expected, "{days} days more");
    }
    assert!(crate::intake::home(&visit).await.unwrap().record.unwrap().is_check_due);
    let visit = anew(&house, &visit).await;
    assert!(matches!(sure(&visit, "2").await, Err(Failure::Stale)), "of another version nobody is sure");
    let offered = own_record(&visit).await.unwrap().occasions;
    let (occasion, _) = offered.first().cloned().unwrap();
    let begun = crate::change::begin_change(&visit, &BeginForm { occasion }).await.unwrap();
    assert!(begun.go.is_some_and(|page| page.contains("#field-")), "what has changed is open at its field");
    for _ in 0..2 {
        sure(&visit, "1").await.unwrap();
    }
    let view = own_record(&visit).await.unwrap();
    assert_eq!((view.is_check_due, view.sure_at), (false, Some(house.services.now())));
    assert!(view.occasions.is_empty());
    let mut reader = house.services.db.read().await.unwrap();
    let record = reader.find_record(visit.account().unwrap()).await.unwrap().unwrap();
    let noted = reader.list_audit_of("record", &record.id).await.unwrap();
    assert_eq!(noted.iter().filter(|row| row.action == "confirm_record").count(), 2, "each press is one");
    drop(reader);
    house.clock.forward(Duration::days(200));
    assert!(own_record(&visit).await.unwrap().is_check_due);
    assert_audit_stands(&house).await;
}
both!(half_a_year_later_a_person_is_asked_whether_the_record_is_still_right);
