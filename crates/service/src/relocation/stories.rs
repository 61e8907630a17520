//! Stories of 跨省调转, each on both engines.

mod arriving;
mod leaving;
mod locked;
mod papers;

use domain::case::{CaseKind, Refusal, Status};
use domain::id::CaseId;
use domain::relocation::NotReceived;
use domain::relocation::forms::{DepartureForm, DropDepartureForm};
use domain::relocation::view::{RelocationView, Stands};
use domain::review::forms::DecideForm;
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::*;
use crate::employer::stories::collected;
use crate::intake::stories as intake;
use crate::review::stories::{DISTRICT, assert_audit_stands, decide, reviewer, row, upload};
use crate::testing::{House, both};

const NUMBER: &str = "430111199003079988";

/// Somebody whose 信息采集 was approved in Hunan.
async fn of_hunan(house: &House) -> Visit {
    collected(house, NUMBER, "13900001234").await
}

/// The same person, who has registered in Hubei.
async fn of_hubei(house: &House) -> Visit {
    intake::person_of(house, "hubei", NUMBER, "13900005678").await
}

async fn view(visit: &Visit) -> RelocationView {
    relocation_view(visit).await.unwrap()
}

fn departure(to: &str, key: &str) -> DepartureForm {
    DepartureForm { destination: to.into(), reason: "到外省工作".into(), agreed: "yes".into(), request_key: key.into() }
}

/// The page of what comes first.
fn led<T: std::fmt::Debug>(outcome: Result<T, Failure>) -> String {
    match outcome {
        Err(Failure::Elsewhere(page)) => page,
        other => panic!("{other:?} leads nowhere"),
    }
}

async fn newest(visit: &Visit, kind: CaseKind) -> CaseRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_latest_case(visit.account().unwrap(), kind).await.unwrap().unwrap()
}

async fn account(visit: &Visit) -> AccountRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_account(visit.account().unwrap()).await.unwrap().unwrap()
}

async fn approve(house: &House, id: &CaseId) {
    let wang = reviewer(house, DISTRICT, "王审核").await;
    decide(&wang, id, row(house, id).await.version, "approve").await.unwrap();
}

/// A record that has left Hunan.
async fn gone(house: &House, to: &str) -> Visit {
    let visit = of_hunan(house).await;
    depart(&visit, &departure(to, "k1")).await.unwrap();
    approve(house, &newest(&visit, KIND).await.id).await;
    visit
}

/// The file of a record that has left, with its passphrase where it has one.
async fn file_of(visit: &Visit) -> (Vec<u8>, Option<String>) {
    let secret = make_file(visit).await.unwrap();
    (download(visit).await.unwrap().1, secret)
}
