//! 继续教育: a province whose people have entries in the ledger, and some who have had them for many years.

use anyhow::{Context, Result, anyhow};
use domain::id::{AccountId, EntryId};
use domain::identity::DocumentKind;
use domain::intake::{Answers, Holder};
use domain::learning::{CreditEntry, Credits, Source, SourceKind, Subject};
use service::intake::RecordBody;
use service::{Failure, Services};
use store::Tx;
use store::archive::RecordRow;

use crate::seed;

/// People that are written in one transaction.
const BATCH: u64 = 500;
/// Numbers of theirs, apart from those of everybody else.
const FIRST: u64 = 20_000_000;
/// Entries of whoever is only there.
const FEW: u64 = 5;
/// Years, and entries in each, of those who look at their page.
const YEARS: u64 = 10;
const A_YEAR: u64 = 15;

/// Writes `persons` with five entries each, and `many` who have ten years of fifteen; answers the cookies of these.
pub async fn write(services: &Services, province: &str, persons: u64, many: u64) -> Result<Vec<String>> {
    let broken = |failure: Failure| anyhow!("{failure}");
    for batch in 0..persons.div_ceil(BATCH) {
        let (work, key) = (services.clone(), province.to_owned());
        let numbers = batch * BATCH..((batch + 1) * BATCH).min(persons);
        let written = services.db.write(move |tx| {
            Box::pin(async move {
                for n in numbers {
                    let account = seed::account(&work, &key, FIRST + n, "同行人");
                    tx.insert_account(&account).await?;
                    book(tx, &work, &key, &account.id, (n, FEW, 1)).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        written.await.map_err(broken)?;
    }
    let mut cookies = Vec::new();
    for n in 0..many {
        let (work, key) = (services.clone(), province.to_owned());
        let written = services.db.write(move |tx| Box::pin(async move { learner(tx, &work, &key, FIRST + persons + n).await }));
        cookies.push(format!("sid-{province}={}", written.await.map_err(broken)?));
    }
    Ok(cookies)
}

/// Somebody whose record is approved and whose ledger is long.
async fn learner(tx: &mut Tx, services: &Services, province: &str, n: u64) -> Result<String, Failure> {
    let account = seed::account(services, province, n, "林晓雨");
    let case = seed::draft_case(services, &account);
    tx.insert_account(&account).await?;
    tx.insert_case(&case).await?;
    tx.add_record(&record(services, province, &account.id, case.id)?).await?;
    book(tx, services, province, &account.id, (n, A_YEAR, YEARS)).await?;
    seed::session(tx, services, province, Some(&account.id), None).await
}

fn record(services: &Services, province: &str, account: &AccountId, case: domain::id::CaseId) -> Result<RecordRow, Failure> {
    let bureaus = &services.province(province).ok_or(Failure::NotFound)?.bureaus;
    let bureau = bureaus.0.keys().next().ok_or(Failure::NotFound)?.clone();
    let holder = Holder { document_kind: DocumentKind::Passport, name: "林晓雨".to_owned(), sex: None, born_on: None };
    let body = RecordBody {
        case_number: String::new(),
        form_version: 1,
        holder,
        answers: Answers::default(),
        application: None,
        files: Vec::new(),
    };
    let id = services.ids.id();
    Ok(RecordRow {
        body_sealed: services.vault.seal("record.body", &id, &serde_json::to_vec(&body)?),
        employer_hash: None,
        id,
        account_id: account.clone(),
        province: province.to_owned(),
        bureau,
        version: 1,
        is_current: true,
        case_id: case,
        created_at: services.now(),
    })
}

async fn book(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    account: &AccountId,
    (n, each, years): (u64, u64, u64),
) -> Result<(), Failure> {
    for year in (2025 - i32::try_from(years).unwrap_or(1) + 1)..=2025 {
        for nth in 0..each {
            let entry = CreditEntry {
                id: EntryId::from(services.ids.id()),
                year,
                subject: if nth % 3 == 0 { Subject::Public } else { Subject::Professional },
                amount: Credits::whole(6),
                source: Source { kind: SourceKind::School, id: format!("bench-{n}-{year}-{nth}") },
                rule: "school 2025".to_owned(),
                arithmetic: "网络培训 6 学分，按网校报送的学分记入".to_owned(),
                decided: String::new(),
                booked_by: "school".to_owned(),
                booked_at: services.now(),
                reverses: None,
            };
            tx.book_credit(account, province, &entry).await?;
        }
    }
    Ok(())
}

/// The key of the province, which is to have 继续教育.
pub fn is_served(services: &Services, province: &str) -> Result<()> {
    let profile = &services.province(province).context("the province is served")?.profile;
    profile.learning.as_ref().map(|_| ()).with_context(|| format!("{province} has no 继续教育; name another one by --province"))
}
