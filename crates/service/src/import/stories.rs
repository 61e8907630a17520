//! Stories of imports, each on both engines.

mod earned;
mod effects;
mod entries;
mod persons;
mod records;
mod turns;

use domain::import::view::ImportBatchView;
use domain::import::{ImportKind, ImportLine, ImportStage};
use domain::learning::{CreditEntry, Credits};
use store::import::ImportBatchRow;

use super::*;
use crate::intake::stories as intake;
use crate::review::stories::staff;
use crate::testing::House;
use crate::{Failure, Visit};

/// The document of 张三, who registers or has registered.
const NUMBER: &str = "430111199003079988";
const OTHER: &str = "110105194912310011";

async fn administrator(house: &House) -> Visit {
    staff(house, "430000", "赵管理", "administrator", true).await
}

/// The other administrator of the province.
async fn second(house: &House) -> Visit {
    staff(house, "430000", "钱管理", "administrator", true).await
}

fn public(number: u64, document: &str, credits: &str) -> ImportLine {
    ImportLine::of(number, &["张三", "", document, "2026", credits, "2026-06-01", "公需课"])
}

fn exam(number: u64, document: &str, subject: &str) -> ImportLine {
    let cells = ["张三", "", document, "会计专业技术资格考试", "中级", subject, "2026", "合格", "20261234", "2026-10-25"];
    ImportLine::of(number, &cells)
}

/// Hands in a file; its bytes only tell it from others.
async fn handed(visit: &Visit, kind: ImportKind, key: &str, bytes: &str) -> Result<ImportBatchRow, Failure> {
    let handed = Handed { kind: kind.code(), key, name: "名单.csv", bytes: bytes.as_bytes().to_vec() };
    let go = receive(visit, handed).await?.go.unwrap();
    let id = go.rsplit('/').next().unwrap().to_owned();
    Ok(visit.services.db.read().await.unwrap().find_import(&id).await.unwrap().unwrap())
}

/// What the house does with the lines of a file, as far as it gets.
async fn noted(house: &House, batch: &ImportBatchRow, lines: &[ImportLine]) {
    let batch = sized(&house.services, &batch.id, lines.len()).await.unwrap();
    let mut from = batch.decided;
    while usize::try_from(from).unwrap() < lines.len() {
        let part = lines.iter().skip(usize::try_from(from).unwrap()).take(PART).cloned().collect();
        from = stage(&house.services, &batch, from, part).await.unwrap();
    }
    checked(&house.services, &batch.id).await.unwrap();
}

/// A file whose rows were looked at.
async fn looked_at(house: &House, visit: &Visit, kind: ImportKind, lines: &[ImportLine]) -> ImportBatchRow {
    let batch = handed(visit, kind, "", &format!("{lines:?}")).await.unwrap();
    noted(house, &batch, lines).await;
    batch
}

/// An act over the batch as it is now.
async fn acts(house: &House, who: &Visit, batch: &str, what: &str) -> Result<(), Failure> {
    let seen = super::batch(&house.again(who).await, batch).await?;
    act(&house.again(who).await, batch, (what, &seen.version.to_string())).await.map(drop)
}

/// What the house does by itself, until there is nothing more.
async fn works(house: &House) {
    loop {
        let mut has_done = false;
        for batch in at_work(&house.services).await.unwrap() {
            has_done |= matches!(go_on(&house.services, batch, "one").await.unwrap(), Work::Done);
        }
        if !has_done {
            return;
        }
    }
}

/// A file that took effect with the agreement of another administrator.
pub(crate) async fn in_effect(house: &House, kind: ImportKind, lines: &[ImportLine]) -> ImportBatchRow {
    let (zhao, qian) = (administrator(house).await, second(house).await);
    let batch = looked_at(house, &zhao, kind, lines).await;
    acts(house, &zhao, &batch.id, "apply").await.unwrap();
    acts(house, &qian, &batch.id, "agree").await.unwrap();
    works(house).await;
    batch
}

async fn taken_back(house: &House, batch: &str) {
    let (zhao, qian) = (administrator(house).await, second(house).await);
    acts(house, &zhao, batch, "undo").await.unwrap();
    acts(house, &qian, batch, "agree").await.unwrap();
    works(house).await;
}

async fn seen(house: &House, batch: &str) -> ImportBatchView {
    super::batch(&administrator(house).await, batch).await.unwrap()
}

async fn ledger(house: &House, visit: &Visit) -> Vec<CreditEntry> {
    house.services.db.read().await.unwrap().list_credits(visit.account().unwrap()).await.unwrap()
}

fn sum(entries: &[CreditEntry]) -> Credits {
    entries.iter().map(|entry| entry.amount).sum()
}

async fn zhang_san(house: &House) -> Visit {
    intake::zhang_san(house).await
}
