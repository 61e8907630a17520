//! A school reports ten thousand rows at once over the interface.

use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use chrono::Duration;
use domain::learning::Credits;
use serde_json::json;
use service::{Failure, Services};
use sha2::{Digest, Sha256};
use store::Tx;
use store::school::TokenRow;
use store::school::enrolment::EnrolmentRow;

use crate::client::{self, Connection};
use crate::seed;
use crate::target::Target;

/// Rows of a batch, as many as the interface takes.
const ROWS: u64 = 10_000;
/// People that are written in one transaction.
const PIECE: u64 = 500;
/// Numbers of theirs, apart from those of everybody else.
const FIRST: u64 = 10_000_000;
/// How often a batch is sent, each time with new rows.
const BATCHES: u64 = 5;
const TOKEN: &str = "bench-token-of-a-school";

/// A school and those who learn there.
pub struct Reports {
    year: i32,
    day: String,
}

/// Gives the first school of the province a token and ten thousand people.
pub async fn write(services: &Services, province: &str) -> Result<Reports> {
    let broken = |failure: Failure| anyhow!("{failure}");
    let of = services.province(province);
    let rules = of.as_ref().and_then(|of| of.profile.learning.as_ref()).context("the province has no 继续教育")?;
    let (today, now) = (services.today(), services.now());
    let year = rules.year_of(today).context("no learning year")?;
    let school = services.db.read().await?.list_schools(province).await?.into_iter().next().context("no school")?.id;
    let token = TokenRow {
        id: services.ids.id(),
        school_id: school.clone(),
        token_hash: Sha256::digest(TOKEN).to_vec(),
        created_by: "bench".into(),
        created_at: now,
        used_at: None,
        ended_at: None,
    };
    let write = services.db.write(move |tx| Box::pin(async move { Ok::<_, Failure>(tx.insert_school_token(&token).await?) }));
    write.await.map_err(broken)?;
    for piece in 0..ROWS / PIECE {
        let (work, key, school) = (services.clone(), province.to_owned(), school.clone());
        let written = services.db.write(move |tx| {
            Box::pin(async move {
                for n in piece * PIECE..(piece + 1) * PIECE {
                    learner(tx, &work, (&key, &school, year), n).await?;
                }
                Ok::<_, Failure>(())
            })
        });
        written.await.map_err(broken)?;
    }
    Ok(Reports { year, day: today.to_string() })
}

async fn learner(tx: &mut Tx, services: &Services, (province, school, year): (&str, &str, i32), n: u64) -> Result<(), Failure> {
    let account = seed::account(services, province, FIRST + n, "林晓雨");
    tx.insert_account(&account).await?;
    let enrolment = EnrolmentRow {
        id: services.ids.id(),
        account_id: account.id,
        province: province.to_owned(),
        school_id: school.to_owned(),
        year: year.into(),
        place: 1,
        learner: learner_name(n),
        credits: Credits::whole(90).hundredths(),
        change_no: i64::try_from(n).unwrap_or_default() + 1,
        enrolled_at: services.now() - Duration::days(1),
        ended_at: None,
        name: account.name,
        booked: 0,
    };
    Ok(tx.insert_enrolment(&enrolment).await?)
}

/// As long as the names that the house gives.
fn learner_name(n: u64) -> String {
    format!("bench{n:017}")
}

impl Reports {
    /// Sends the batches one after the other, and says how long each took.
    pub async fn measure(&self, engine: &str, target: &Target) -> Result<()> {
        let mut connection = Connection::open(target.port).await?;
        target.forget_peak();
        let (mut times, before) = (Vec::new(), target.cpu_ms()?);
        for batch in 0..BATCHES {
            let request = client::report(TOKEN, batch, &self.rows(batch));
            let begun = Instant::now();
            let answer = connection.ask(&request).await?;
            times.push(begun.elapsed().as_secs_f64() * 1e3);
            let text = String::from_utf8_lossy(&answer.body);
            let beginning: String = text.chars().take(300).collect();
            ensure!(answer.status == 200 && text.contains(&format!("\"booked\":{ROWS}")), "{}: {beginning}", answer.status);
        }
        times.sort_by(f64::total_cmp);
        #[expect(clippy::cast_precision_loss, reason = "a handful")]
        let cpu = (target.cpu_ms()? - before) / BATCHES as f64;
        let (middle, worst) = (times[times.len() / 2], times.last().copied().unwrap_or_default());
        let name = format!("batch of {ROWS} rows");
        println!(
            "{engine:<9} {name:<34} {BATCHES:>9} {:>11.1} {middle:>9.0} {worst:>9.0} {cpu:>9.0} {:>9}",
            1e3 / middle,
            target.peak_mb()?
        );
        Ok(())
    }

    fn rows(&self, batch: u64) -> String {
        let row = |n| {
            json!({
                "id": format!("b{batch}-{n}"),
                "learner": learner_name(n),
                "year": self.year,
                "subject": "professional",
                "credits": "6",
                "completed_on": self.day,
            })
        };
        json!({ "rows": (0..ROWS).map(row).collect::<Vec<_>>() }).to_string()
    }
}
