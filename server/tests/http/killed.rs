//! The real program, killed while people submit or a decision waits: what was acknowledged is there, once, and the audit chain holds.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use crate::support::binary::{Running, services};
use crate::support::browser::{HOST, encode};
use crate::support::journey::{SLOTS, answers};
use crate::support::seed::{Ready, accountants};
use crate::support::wire::{Ask, ask};
use crate::support::{Browser, demo_staff, folder};
use axum::http::Method;
use domain::case::Status;
use domain::id::AccountId;
use domain::intake::Answers;
use service::Services;

const PEOPLE: u64 = 16;
const ROUNDS: u64 = 3;

fn complete() -> Answers {
    let mut all = Answers::default();
    let more = [("person.sex", "2".to_owned()), ("person.born_on", "1990-03-07".to_owned())];
    for (item, value) in answers("归舟巷 9 号").into_iter().chain(more) {
        assert!(all.set(item, value), "{item}");
    }
    all
}

fn submission(person: &Ready) -> Ask {
    let form = [("province", "hunan"), ("form[request_key]", person.account.as_str()), ("form[agreed]", "yes")];
    let header = |name: &str, value: &str| (name.to_owned(), value.to_owned());
    Ask {
        method: Method::POST,
        path: "/api/intake/submit".into(),
        headers: vec![
            header("host", HOST),
            header("accept", "application/json"),
            header("content-type", "application/x-www-form-urlencoded"),
            header("sec-fetch-site", "same-origin"),
            header("cookie", &format!("sid-hunan={}", person.token)),
        ],
        body: encode(&form).into_bytes(),
    }
}

fn is_acknowledged(port: u16, person: &Ready) -> bool {
    ask(port, &submission(person)).is_ok_and(|page| page.status.is_success() && page.text().contains("/hunan/intake/progress"))
}

/// Everybody submits at once; the program is killed a little after the `after`th acknowledgement. Answers who was acknowledged.
fn submit_and_kill(mut running: Running, people: &[Ready], after: usize) -> BTreeSet<AccountId> {
    let (port, count) = (running.port, Arc::new(AtomicUsize::new(0)));
    let acknowledged = Arc::new(Mutex::new(BTreeSet::new()));
    let threads: Vec<_> = people
        .iter()
        .map(|person| {
            let (person, count, acknowledged) = (person.clone(), count.clone(), acknowledged.clone());
            std::thread::spawn(move || {
                if is_acknowledged(port, &person) {
                    acknowledged.lock().unwrap().insert(person.account);
                    count.fetch_add(1, Ordering::SeqCst);
                }
            })
        })
        .collect();
    let begun = Instant::now();
    while count.load(Ordering::SeqCst) < after {
        assert!(begun.elapsed() < Duration::from_secs(20), "nobody was acknowledged");
        std::thread::yield_now();
    }
    std::thread::sleep(Duration::from_micros(rand::random::<u64>() % 4000));
    running.kill();
    for thread in threads {
        thread.join().unwrap();
    }
    let acknowledged = acknowledged.lock().unwrap();
    acknowledged.clone()
}

/// How often each one is submitted.
async fn submissions(services: &Services, people: &[Ready]) -> Vec<usize> {
    let mut reader = services.db.read().await.unwrap();
    let mut counts = Vec::new();
    for person in people {
        let rows = reader.list_submissions(&person.case).await.unwrap().len();
        let events = reader.list_events(&person.case).await.unwrap().len();
        let messages = reader.list_messages(&person.account, "~", 10).await.unwrap().len();
        let case = reader.find_case(&person.case).await.unwrap().unwrap();
        assert_eq!((rows, rows), (events, messages), "half a submission of {}", person.account);
        assert_eq!(case.status == Status::Submitted, rows == 1, "{:?} with {rows} submissions", case.status);
        counts.push(rows);
    }
    counts
}

async fn story(folder: &Path, url: &str) {
    // The program migrates and makes the keys.
    drop(Running::start(folder, url));
    let services = services(folder, url).await;
    let mut total = 0;
    for round in 0..ROUNDS {
        let numbers = round * PEOPLE..(round + 1) * PEOPLE;
        let people = accountants(&services, "hunan", numbers, &complete(), &SLOTS).await.unwrap();
        let running = Running::start(folder, url);
        let after = 1 + rand::random::<u64>() as usize % (PEOPLE as usize / 2);
        let (all, who) = (people.clone(), tokio::task::spawn_blocking(move || submit_and_kill(running, &people, after)));
        let acknowledged = who.await.unwrap();
        total += acknowledged.len();
        let running = Running::start(folder, url);
        for (person, count) in all.iter().zip(submissions(&services, &all).await) {
            assert!(count == 1 || (count == 0 && !acknowledged.contains(&person.account)), "{}: {count}", person.account);
        }
        // Whoever heard nothing tries again with the same key.
        let port = running.port;
        for person in all.clone() {
            assert!(tokio::task::spawn_blocking(move || is_acknowledged(port, &person)).await.unwrap());
        }
        assert!(submissions(&services, &all).await.iter().all(|count| *count == 1));
        let audit = services.db.verify_audit(&[]).await.unwrap();
        assert!(audit.is_ok(), "the audit chain broke at {audit:?}");
    }
    assert!(total > 0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_killed_server_on_sqlite() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("killed.sqlite").display());
    story(&folder, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_was_acknowledged_survives_a_killed_server_on_postgres() {
    let (_db, url) = store::testing::postgres().await;
    story(&folder(), &url).await;
}

#[expect(clippy::disallowed_methods, reason = "the real program goes by the real clock")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

async fn staged(folder: &Path, url: &str) {
    drop(Running::start(folder, url));
    let services = services(folder, url).await;
    let person = accountants(&services, "hunan", 0..1, &complete(), &SLOTS).await.unwrap().remove(0);
    let mut running = Running::undoing(folder, url, 3);
    let (port, who) = (running.port, person.clone());
    assert!(tokio::task::spawn_blocking(move || is_acknowledged(port, &who)).await.unwrap());
    let mut reviewer = Browser::at_port(port);
    reviewer.staff_sign_in(&demo_staff()[0], now()).await;
    reviewer.approve(person.case.as_str()).await;
    running.kill();
    let status = || async { services.db.read().await.unwrap().find_case(&person.case).await.unwrap().unwrap().status };
    assert_eq!(status().await, Status::Submitted, "it waits for its time");
    let running = Running::undoing(folder, url, 3);
    let begun = Instant::now();
    while status().await != Status::Approved {
        assert!(begun.elapsed() < Duration::from_secs(30), "{}", std::fs::read_to_string(&running.log).unwrap());
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    let told = services.db.read().await.unwrap().list_messages(&person.account, "~", 10).await.unwrap().len();
    assert_eq!(told, 2, "of the submission and of the approval, each once");
    assert!(services.db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_waits_survives_a_killed_server_on_sqlite() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("staged.sqlite").display());
    staged(&folder, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_decision_that_waits_survives_a_killed_server_on_postgres() {
    let (_db, url) = store::testing::postgres().await;
    staged(&folder(), &url).await;
}

/// A file of so many rows about people whom nobody knows yet.
fn rows(count: u64) -> Vec<u8> {
    let mut text = String::from("姓名,证件类型,证件号码,年度,学分,完成日期,培训项目\n");
    for n in 0..count {
        text += &format!("备用人,护照,E{:08},2025,30,2025-06-01,公需课\n", 50_000_000 + n);
    }
    text.into_bytes()
}

async fn imported(folder: &Path, url: &str) {
    drop(Running::start(folder, url));
    let services = services(folder, url).await;
    let handed = service::import::Handed { kind: "public", key: "", name: "x.csv", bytes: rows(6000) };
    let batch = service::import::by_operator(&services, "hunan", handed).await.unwrap().id;
    let seen = || async { services.db.read().await.unwrap().find_import(&batch).await.unwrap().unwrap() };
    let mut running = Running::start(folder, url);
    let begun = Instant::now();
    // Killed a little after some of it was noted, whenever that is, and then whenever it got further.
    for least in [1, 2000] {
        while seen().await.decided < least {
            assert!(begun.elapsed() < Duration::from_secs(60), "{}", std::fs::read_to_string(&running.log).unwrap());
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        running.kill();
        running = Running::start(folder, url);
    }
    while seen().await.stage != "checked" {
        assert!(begun.elapsed() < Duration::from_secs(120), "{}", std::fs::read_to_string(&running.log).unwrap());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let noted = services.db.read().await.unwrap().list_import_rows(&batch, 0, 10_000).await.unwrap();
    assert_eq!(noted.len(), 6000);
    assert!(noted.iter().zip(2..).all(|(row, line)| row.line == line && row.outcome == "later"), "each line once");
    service::import::apply(&services, &batch, true).await.unwrap();
    running.kill();
    let running = Running::start(folder, url);
    while seen().await.settled < 6000 {
        assert!(begun.elapsed() < Duration::from_secs(180), "{}", std::fs::read_to_string(&running.log).unwrap());
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    assert_eq!(seen().await.stage, "complete");
    assert!(services.db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_goes_on_after_the_server_was_killed_on_sqlite() {
    let folder = folder();
    let url = format!("sqlite:{}", folder.join("imported.sqlite").display());
    imported(&folder, &url).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_import_goes_on_after_the_server_was_killed_on_postgres() {
    let (_db, url) = store::testing::postgres().await;
    imported(&folder(), &url).await;
}
