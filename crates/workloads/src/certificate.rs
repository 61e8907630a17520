//! 完成证明: how long one takes, from the statement to the PDF, and how large it is.

use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, Result};
use chrono::{DateTime, NaiveDate};
use domain::certificate::{Facts, NameShown, Statement};
use domain::learning::{Credits, Sums};
use paper::{Diploma, Press};
use service::Notary;
use service::certificate::VaultNotary;
use service::vault::{Keys, Vault};

/// How many are printed.
const MANY: usize = 200;

pub fn print(fonts: &Path, province: &str) -> Result<()> {
    let press = Press::open(fonts)?;
    let notary = VaultNotary(Arc::new(Vault::new(Keys::generate())?));
    let (mut signing, mut printing, mut bytes) = (Vec::new(), Vec::new(), 0);
    for nth in 0..MANY {
        let begun = Instant::now();
        let code = notary.sign(province, &statement(nth)?.into())?;
        signing.push(begun.elapsed().as_secs_f64() * 1e3);
        let begun = Instant::now();
        bytes = press.diploma(&diploma(province, code, nth))?.len();
        printing.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let [(sign_p50, sign_p99), (print_p50, print_p99)] = [signing, printing].map(percentiles);
    println!(
        "certificate: signed in p50 {sign_p50:.2} ms, p99 {sign_p99:.2} ms; PDF in p50 {print_p50:.1} ms, p99 {print_p99:.1} ms, {bytes} bytes"
    );
    Ok(())
}

fn percentiles(mut times: Vec<f64>) -> (f64, f64) {
    times.sort_by(f64::total_cmp);
    let at = |share: usize| times.get(times.len() * share / 100).copied().unwrap_or_default();
    (at(50), at(99))
}

fn statement(nth: usize) -> Result<Statement> {
    let facts = Facts {
        account: "bench".into(),
        year: 2025,
        holder: "林晓雨".into(),
        issuer: "示范省财政厅".into(),
        sums: Sums { total: Credits::whole(96), professional: Credits::whole(66), public: Credits::whole(30) },
        completed_on: NaiveDate::from_ymd_opt(2026, 3, 1).context("a date")?,
    };
    Ok(Statement::of(
        &facts,
        &domain::certificate::certificate_number("430000", 2025, nth as u64),
        NameShown::Masked,
        DateTime::UNIX_EPOCH,
    ))
}

fn diploma(province: &str, statement: String, nth: usize) -> Diploma {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let piece = |text: &str, bold| (text.to_owned(), bold);
    Diploma {
        title: "会计人员继续教育完成证明".to_owned(),
        text: vec![
            piece("林晓雨", true),
            piece("（证件号码 430111********0123）于 2025 年度参加会计人员继续教育，取得 ", false),
            piece("96", true),
            piece(" 学分，其中专业科目 ", false),
            piece("66", true),
            piece(" 学分，达到该年度不少于 90 学分，其中专业科目不少于 60 的要求。特此证明。", false),
        ],
        heads: words(&["方式", "科目", "学分"]),
        rows: vec![words(&["网络培训", "专业科目", "66"]), words(&["学分折算", "公需科目", "30"])],
        notes: vec![format!("证明编号：430000-2025-{nth:04}"), "通过时间：2026年3月1日".to_owned()],
        issuer: ("示范省财政厅".to_owned(), "2026年3月2日".to_owned()),
        code: format!("https://kj.example.gov.cn/{province}/verify?c={statement}"),
        statement: ("statement.jws".to_owned(), statement),
        issued_on: (2026, 3, 2),
    }
}
