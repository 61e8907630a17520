//! Stories of 个人档案, each on both engines.

mod papers;
mod versions;

use std::sync::Arc;

use chrono::Duration;
use domain::case::MomentKind;
use domain::record::LookKind;
use domain::record::view::LookLine;
use domain::review::forms::RevealForm;

use super::*;
use crate::case::file_view;
use crate::certificate::stories::complete;
use crate::employer::stories::{colleague, collected};
use crate::intake::stories as intake;
use crate::review::stories::{CITY, DISTRICT, assert_audit_stands, reviewer, staff_id};
use crate::testing::{House, both};
use crate::{Failure, Visit};

/// Somebody whose application waits at the district.
async fn applied(house: &House) -> Visit {
    let visit = intake::person_of(house, "hunan", "430111199003079988", "13900001234").await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    visit
}

async fn lines(visit: &Visit) -> Vec<LookLine> {
    looks_view(visit).await.unwrap().lines
}

/// The district opens the application, looks at a paper twice, and reveals the numbers.
async fn looked_at(house: &House, visit: &Visit) -> Visit {
    let case = intake::case(visit).await;
    let li = reviewer(house, DISTRICT, "李审核").await;
    crate::review::case(&li, &case.id).await.unwrap();
    let file = house.services.db.read().await.unwrap().list_attachments(&case.id).await.unwrap().remove(0);
    for _ in 0..2 {
        file_view(&li, &file.id).await.unwrap();
    }
    crate::review::reveal(&li, &RevealForm { case: case.id.to_string(), purpose: "电话核实".into() }).await.unwrap();
    li
}

async fn the_staff_who_looked_are_told_by_bureau_day_and_case_and_not_by_name(house: House) {
    let (visit, other) = (applied(&house).await, colleague(&house).await);
    let before = lines(&other).await.len();
    assert!(lines(&visit).await.is_empty());
    let li = looked_at(&house, &visit).await;
    let case = intake::case(&visit).await;
    let first = lines(&visit).await;
    let name = |code: &str| visit.province.bureaus.get(&code.into()).unwrap().name.clone();
    assert_eq!(first.len(), 1, "{first:#?}");
    assert_eq!(first[0].acts, [(LookKind::Opened, 1), (LookKind::Files, 1), (LookKind::Revealed, 1)]);
    assert_eq!((first[0].bureau_name.clone(), first[0].case_number.clone()), (name(DISTRICT), case.number.clone().unwrap()));
    let told = serde_json::to_string(&looks_view(&visit).await.unwrap()).unwrap();
    assert!(!told.contains("李审核") && !told.contains(staff_id(&li).as_str()), "{told}");

    house.clock.forward(Duration::hours(24));
    let city = reviewer(&house, CITY, "王审核").await;
    crate::review::case(&city, &case.id).await.unwrap();
    let now = lines(&visit).await;
    assert_eq!(now.iter().map(|line| line.bureau_name.clone()).collect::<Vec<_>>(), [name(CITY), name(DISTRICT)]);
    assert_eq!(lines(&other).await.len(), before, "what is another's is told to nobody");
    assert_audit_stands(&house).await;
}
both!(the_staff_who_looked_are_told_by_bureau_day_and_case_and_not_by_name);

async fn a_province_may_name_who_looked(house: House) {
    let mut house = house;
    let mut provinces = (*house.services.provinces).clone();
    for province in provinces.values_mut() {
        Arc::make_mut(province).profile.record.names_staff = true;
    }
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new(provinces));
    let visit = applied(&house).await;
    looked_at(&house, &visit).await;
    assert_eq!(lines(&visit).await[0].name, "李审核");
}
both!(a_province_may_name_who_looked);

async fn whoever_is_found_at_a_counter_reads_that_too(house: House) {
    let visit = applied(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let form =
        domain::counter::forms::SeekForm { document_kind: "resident_id".into(), document_number: "430111199003079988".into() };
    crate::counter::seek(&li, &form).await.unwrap();
    let lines = lines(&visit).await;
    assert_eq!((lines.len(), lines[0].acts.clone(), lines[0].case_name.as_str()), (1, vec![(LookKind::Sought, 1)], ""));
}
both!(whoever_is_found_at_a_counter_reads_that_too);

async fn the_timeline_has_versions_applications_credits_certificates_and_messages(house: House) {
    let visit = applied(&house).await;
    let early = history_view(&visit, None).await.unwrap();
    assert!(!early.is_approved && early.moments.is_empty(), "it opens for approved people only");
    let visit = colleague(&house).await;
    house.clock.forward(Duration::minutes(1));
    let certificate = complete(&visit).await;
    let view = history_view(&visit, None).await.unwrap();
    assert!(view.is_approved && view.moments.is_sorted_by(|one, other| one.at >= other.at));
    let kinds: Vec<MomentKind> = view.moments.iter().map(|moment| moment.kind).collect();
    for kind in [MomentKind::Record, MomentKind::Case, MomentKind::Credit, MomentKind::Certificate, MomentKind::Message] {
        assert!(kinds.contains(&kind), "{kind:?} in {kinds:?}");
        let only = history_view(&visit, Some(kind)).await.unwrap();
        assert!(only.all > 0 && only.moments.iter().all(|moment| moment.kind == kind), "{kind:?}");
    }
    let said = |kind: MomentKind| view.moments.iter().find(|moment| moment.kind == kind).unwrap().clone();
    assert_eq!(said(MomentKind::Record).title, "建立档案");
    assert_eq!(said(MomentKind::Credit).title, "登记 90 学分");
    assert!(said(MomentKind::Certificate).said.contains(&certificate.number));
    let told = serde_json::to_string(&view).unwrap();
    assert!(!told.contains("李审核"), "{told}");
}
both!(the_timeline_has_versions_applications_credits_certificates_and_messages);
