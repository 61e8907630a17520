//! 打印完成证明, 导出PDF文件 (手册甲 三（一）): the holder's own certificate on paper.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};
use domain::certificate::{NameShown, Statement};
use domain::id::AccountId;
use domain::identity::mask;
use domain::identity::name::as_printed;
use domain::learning::{CreditEntry, Credits, LearningRules, SourceKind, Standard, Subject, standing_entries};
use domain::limit::Limited;
use serde_json::json;
use store::certificate::CertificateRow;

use super::issue::{settle_asked, show_name, statement_of};
use super::ledger::standard_of;
use crate::case::Printed;
use crate::ports::{Diploma, PaperError};
use crate::{Failure, Limit, Visit, allow, china_date};

/// Certificates in a day.
const PRINTS: Limit = Limit::new(Limited::Prints, 30, 24 * 60 * 60);

/// The certificate of a learning year of whoever asks, with the name in its code as far as they choose now, or chose before.
/// `site` is the address of the site as others reach it, such as `https://kj.example.gov.cn`.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` while the year is not complete, `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn printed(visit: &Visit, year: i32, shown: Option<NameShown>, site: &str) -> Result<Printed, Failure> {
    let account = visit.account()?.clone();
    let (id, bucket, job) = (visit.services.ids.id(), visit.bucket("certificate", account.as_str()), visit.clone());
    let issued = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &id, &bucket, &[PRINTS], job.now()).await?;
            let row = settle_asked(tx, &job, &account, year).await?;
            // Committed all the same: one that does not hold any more has ended with this.
            let Some(row) = row else { return Ok::<_, Failure>(None) };
            let row = show_name(tx, &job, row, shown).await?;
            tx.audit(&job.entry("print_certificate", "certificate", &row.number, json!({ "year": year }))).await?;
            Ok(Some(row))
        })
    });
    let row = issued.await?.ok_or(Failure::NotFound)?;
    press(visit, &row, site).await
}

/// How much of the name the code of a learning year shows from now on, as the holder chooses.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` while the year is not complete, `TooOften`, `Store`, `Broken`.
pub async fn choose_name(visit: &Visit, year: i32, shown: NameShown) -> Result<(), Failure> {
    let account = visit.account()?.clone();
    let (id, bucket, job) = (visit.services.ids.id(), visit.bucket("certificate_name", account.as_str()), visit.clone());
    let chosen = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &id, &bucket, &[PRINTS], job.now()).await?;
            match settle_asked(tx, &job, &account, year).await? {
                Some(row) => show_name(tx, &job, row, Some(shown)).await.map(|_| true),
                None => Ok::<_, Failure>(false),
            }
        })
    });
    if chosen.await? { Ok(()) } else { Err(Failure::NotFound) }
}

async fn press(visit: &Visit, row: &CertificateRow, site: &str) -> Result<Printed, Failure> {
    let profile = &visit.province.profile;
    let statement = statement_of(row);
    let mut reader = visit.services.db.read().await?;
    let entries = reader.list_credits_of_year(&row.account_id, statement.year).await?;
    let document = document(visit, &mut reader, &row.account_id).await?;
    drop(reader);
    let learning = profile.learning.as_ref().ok_or(Failure::NotFound)?;
    let verify = format!("{}/{}/verify", site.trim_end_matches('/'), profile.key);
    let on = statement.issued_on();
    let diploma = Diploma {
        title: learning.certificate_name.clone(),
        text: text(&as_printed(&row.holder), &document, &statement, learning, &standard_of(row)),
        heads: ["方式", "科目", learning.unit.as_str()].map(str::to_owned).into(),
        rows: rows(&entries, statement.year),
        notes: vec![
            format!("证明编号：{}", row.number),
            format!("通过时间：{}", in_words(statement.completed_on)),
            format!("打印时间：{}", in_words(china_date(visit.now()))),
            format!("查验：扫描左侧二维码，或者打开 {verify} 输入证明编号。"),
        ],
        issuer: (row.issuer.clone(), in_words(on)),
        address: format!("{verify}?c={}", row.statement),
        statement: row.statement.clone(),
        issued_on: (on.year(), on.month(), on.day()),
    };
    let title = format!("{}（{}年度）", diploma.title, statement.year);
    match visit.services.paper.diploma(diploma).await {
        Ok(bytes) => Ok(Printed::Pdf { title, bytes }),
        Err(PaperError::Busy) => Err(Failure::Busy),
        Err(PaperError::NoFonts) => Ok(Printed::NoFonts),
        Err(PaperError::Broken(what)) => Err(Failure::Broken(what)),
    }
}

async fn document(visit: &Visit, reader: &mut store::Reader, account: &AccountId) -> Result<String, Failure> {
    let account = reader.find_account(account).await?.ok_or(Failure::NotFound)?;
    let document = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    Ok(mask::document(&document))
}

/// What is certified; what counts stands out.
fn text(name: &str, document: &str, statement: &Statement, learning: &LearningRules, standard: &Standard) -> Vec<(String, bool)> {
    let unit = &learning.unit;
    let mut pieces = vec![
        (name.to_owned(), true),
        (format!("（证件号码 {document}）于 {} 年度参加会计人员继续教育，取得 ", statement.year), false),
        (statement.total.to_string(), true),
        (format!(" {unit}"), false),
    ];
    let parts = [("专业科目", statement.professional, standard.professional), ("公需科目", statement.public, standard.public)];
    let mut asked = Vec::new();
    for (word, have, wanted) in parts.into_iter().filter_map(|(word, have, wanted)| Some((word, have, wanted?))) {
        pieces.extend([
            (format!("{}{word} ", if asked.is_empty() { "，其中" } else { "、" }), false),
            (have.to_string(), true),
            (format!(" {unit}"), false),
        ]);
        asked.push(format!("{word}不少于 {wanted}"));
    }
    let asked = if asked.is_empty() { String::new() } else { format!("，其中{}", asked.join("、")) };
    pieces.push((format!("，达到该年度不少于 {} {unit}{asked}的要求。特此证明。", standard.total), false));
    pieces
}

/// The credits that stand, by where they come from and what they count to.
fn rows(entries: &[CreditEntry], of: i32) -> Vec<Vec<String>> {
    let mut sums: BTreeMap<(SourceKind, Subject), Credits> = BTreeMap::new();
    for entry in standing_entries(entries).filter(|entry| entry.year == of) {
        let sum = sums.entry((entry.source.kind, entry.subject)).or_default();
        *sum = *sum + entry.amount;
    }
    let row = |((source, subject), sum): ((SourceKind, Subject), Credits)| {
        vec![way(source).to_owned(), part(subject).to_owned(), sum.to_string()]
    };
    sums.into_iter().map(row).collect()
}

fn way(source: SourceKind) -> &'static str {
    match source {
        SourceKind::School => "网络培训",
        SourceKind::Class => "面授培训",
        SourceKind::Conversion => "学分折算",
        SourceKind::Exam => "考试",
        SourceKind::Import => "历史记录",
    }
}

fn part(subject: Subject) -> &'static str {
    match subject {
        Subject::Professional => "专业科目",
        Subject::Public => "公需科目",
        Subject::Both => "专业科目和公需科目",
    }
}

fn in_words(on: NaiveDate) -> String {
    on.format("%Y年%-m月%-d日").to_string()
}
