//! The real program, killed in the middle of a batch of ten thousand rows, and asked again by two servers at once: each row is booked
//! once, each fault is named, and whoever asks gets the same answer.

use std::path::Path;
use std::sync::Arc;

use axum::http::Method;
use chrono::Duration;
use domain::learning::Credits;
use serde_json::{Value, json};
use service::{Failure, Services};
use sha2::{Digest, Sha256};
use store::school::TokenRow;
use store::school::enrolment::EnrolmentRow;

use crate::support::binary::{Running, services};
use crate::support::browser::HOST;
use crate::support::folder;
use crate::support::seed::account;
use crate::support::wire::{Ask, ask};

const ROWS: u64 = 10_000;
/// Every thirty-third row is wrong: three of a hundred.
const WRONG: u64 = 33;
/// People that are written in one transaction.
const PIECE: u64 = 500;
const TOKEN: &str = "kjxy_killed";

fn learner(n: u64) -> String {
    format!("killed{n:016}")
}

/// The first school of the demonstration, with a token and ten thousand people who learn there.
async fn town(services: &Services) -> String {
    let (now, year) = (services.now(), year(services));
    let school = services.db.read().await.unwrap().list_schools("hunan").await.unwrap().remove(0).id;
    let token = TokenRow {
        id: services.ids.id(),
        school_id: school.clone(),
        token_hash: Sha256::digest(TOKEN.as_bytes()).to_vec(),
        created_by: "test".into(),
        created_at: now,
        used_at: None,
        ended_at: None,
    };
    let written = services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_school_token(&token).await?) }));
    written.await.unwrap();
    for piece in 0..ROWS / PIECE {
        let (work, school) = (services.clone(), school.clone());
        let written = services.db.write(move |tx| {
            Box::pin(async move {
                for n in piece * PIECE..(piece + 1) * PIECE {
                    let account = account(&work, "hunan", n, "备用人");
                    tx.insert_account(&account).await?;
                    let enrolment = EnrolmentRow {
                        id: work.ids.id(),
                        account_id: account.id,
                        province: "hunan".into(),
                        school_id: school.clone(),
                        year: year.into(),
                        place: 1,
                        learner: learner(n),
                        credits: Credits::whole(90).hundredths(),
                        change_no: i64::try_from(n).unwrap() + 1,
                        enrolled_at: now - Duration::days(1),
                        ended_at: None,
                        name: account.name,
                        booked: 0,
                    };
                    tx.insert_enrolment(&enrolment).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        written.await.unwrap();
    }
    school
}

fn year(services: &Services) -> i32 {
    let hunan = services.province("hunan").unwrap();
    let rules = hunan.profile.learning.as_ref().unwrap();
    rules.year_of(services.today()).unwrap()
}

/// The batch: of the wrong rows a third names nobody, a third asks too much, a third has no day.
fn batch(services: &Services) -> Arc<Ask> {
    let (today, year) = (services.today().to_string(), year(services));
    let row = |n: u64| {
        let mut row = json!({
            "id": format!("r-{n}"), "learner": learner(n), "year": year, "subject": "professional", "credits": "6", "completed_on": today,
        });
        match (n % WRONG, n / WRONG % 3) {
            (0, 0) => row["learner"] = json!(learner(n + ROWS)),
            (0, 1) => row["credits"] = json!("91"),
            (0, _) => row["completed_on"] = json!("31.12."),
            _ => {}
        }
        row
    };
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Arc::new(Ask {
        method: Method::POST,
        path: "/api/v1/credits".into(),
        headers: vec![
            header("host", HOST),
            header("authorization", &format!("Bearer {TOKEN}")),
            header("idempotency-key", "killed-1"),
            header("content-type", "application/json"),
        ],
        body: serde_json::to_vec(&json!({ "rows": (0..ROWS).map(row).collect::<Vec<_>>() })).unwrap(),
    })
}

/// Asks until there is an answer, as a program of a school does whose connection breaks or whose batch is under way elsewhere.
fn answered(port: u16, batch: &Ask) -> Value {
    for _ in 0..100 {
        match ask(port, batch) {
            Ok(page) if page.status.is_success() => return page.json(),
            Ok(page) => assert_eq!(page.status.as_u16(), 503, "{}", page.text()),
            Err(_) => {}
        }
    }
    panic!("no answer to the batch");
}

async fn decided(services: &Services, school: &str) -> i64 {
    let mut reader = services.db.read().await.unwrap();
    reader.find_batch_of_key(school, "killed-1").await.unwrap().map_or(0, |batch| batch.decided)
}

/// Sends the batch and kills the program once a part of it is decided.
async fn send_and_kill(mut running: Running, services: &Services, school: &str, batch: Arc<Ask>) {
    let port = running.port;
    let sent = tokio::task::spawn_blocking(move || drop(ask(port, &batch)));
    while decided(services, school).await == 0 {
        assert!(!sent.is_finished(), "it was answered before anything was decided");
        tokio::task::yield_now().await;
    }
    running.kill();
    sent.await.unwrap();
}

async fn story(folder: &Path, url: &str) {
    drop(Running::start(folder, url));
    let services = services(folder, url).await;
    let (school, batch) = (town(&services).await, batch(&services));
    send_and_kill(Running::start(folder, url), &services, &school, batch.clone()).await;
    let before = decided(&services, &school).await;
    assert!(before > 0 && before < i64::try_from(ROWS).unwrap(), "{before} of {ROWS}");

    let servers = [Running::start(folder, url), Running::start(folder, url)];
    let asked = servers.iter().map(|server| {
        let (port, batch) = (server.port, batch.clone());
        tokio::task::spawn_blocking(move || answered(port, &batch))
    });
    let answers: Vec<Value> = futures::future::join_all(asked).await.into_iter().map(Result::unwrap).collect();
    assert!(answers[0] == answers[1], "two servers, one answer");
    let again = {
        let (port, batch) = (servers[0].port, batch.clone());
        tokio::task::spawn_blocking(move || answered(port, &batch))
    };
    assert!(again.await.unwrap() == answers[0], "and the same once more");

    let wrong = ROWS.div_ceil(WRONG);
    let (of_nobody, too_much) = (wrong.div_ceil(3), (wrong + 1) / 3);
    let counts = &answers[0]["counts"];
    assert_eq!(
        (&counts["booked"], &counts["quarantined"], &counts["refused"], &counts["repeated"]),
        (&json!(ROWS - wrong), &json!(of_nobody), &json!(wrong - of_nobody), &json!(0))
    );
    let rows = answers[0]["rows"].as_array().unwrap();
    assert_eq!(rows.len() as u64, ROWS);
    let with = |field: &str, cause: &str| rows.iter().filter(|row| row["field"] == field && row["cause"] == cause).count() as u64;
    assert_eq!(with("learner", "no_enrolment"), of_nobody);
    assert_eq!(with("credits", "above_enrolled"), too_much);
    assert_eq!(with("completed_on", "malformed"), wrong - of_nobody - too_much);
    for n in [1, 4_999, 9_998] {
        let hash = services.vault.keyed_hash("document", &format!("E{n:08}"));
        let mut reader = services.db.read().await.unwrap();
        let account = reader.list_accounts_of_document("hunan", &hash).await.unwrap().remove(0).id;
        let booked = reader.list_credits(&account).await.unwrap();
        assert_eq!(booked.iter().map(|entry| entry.amount).collect::<Vec<_>>(), [Credits::whole(6)], "{n}");
    }
    let audit = services.db.verify_audit(&[]).await.unwrap();
    assert!(audit.is_ok(), "the audit chain broke at {audit:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_a_kill_cut_off_goes_on_and_books_each_row_once_on_sqlite() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("batch.sqlite").display());
    story(&folder, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_batch_that_a_kill_cut_off_goes_on_and_books_each_row_once_on_postgres() {
    let (_db, url) = store::testing::postgres().await;
    story(&folder(), &url).await;
}
