//! What a package says beside the application that it filled: who approved it where it comes from, and whatever the form does not have.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use domain::case::Beside;
use domain::date::Dated;
use domain::relocation::{Package, PackedVersion, fill};
use store::Reader;
use store::relocation::ReceivedRow;

use crate::intake::holder;
use crate::{Failure, Visit, china_date};

/// The package of a row.
///
/// # Errors
/// `Broken`.
fn opened(visit: &Visit, row: &ReceivedRow) -> Result<Package, Failure> {
    let plain = visit.services.vault.open("received_package.body", &row.package_id, &row.body_sealed)?;
    Ok(serde_json::from_slice(&plain)?)
}

/// Everything that a package says, as tables.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn beside_of(visit: &Visit, reader: &mut Reader, row: &ReceivedRow) -> Result<Vec<Beside>, Failure> {
    let package = opened(visit, row)?;
    let account =
        reader.find_account(&row.account_id).await?.ok_or_else(|| Failure::Broken("a package without account".into()))?;
    let (_, holder) = holder(&visit.services, &account)?;
    let uploaded = reader.list_attachments(&row.case_id).await?.into_iter().map(|file| file.sha256).collect();
    let kept = fill(&visit.province, &holder, &package.record.answers, visit.services.today()).kept;
    let all = [
        Some(approvals(&package, row)),
        rest(&package, &kept),
        files(&package, &uploaded),
        ledger(&package),
        integrity(&package),
    ];
    Ok(all.into_iter().flatten().collect())
}

fn table(title: String, said: Vec<String>, columns: &[&str], rows: Vec<Vec<String>>) -> Beside {
    Beside { title, said, columns: columns.iter().map(|column| (*column).to_owned()).collect(), rows }
}

/// A day as the pages say it.
fn read(on: NaiveDate) -> String {
    Dated::Day(on).words()
}

fn approvals(package: &Package, row: &ReceivedRow) -> Beside {
    let (origin, departure) = (&package.origin.name, &package.departure);
    let said = vec![
        format!(
            "{origin}{}于 {} 同意调出（受理编号 {}），申请人于 {} 调入。",
            departure.bureau_name,
            read(china_date(departure.approved_at)),
            departure.case_number,
            read(china_date(row.received_at))
        ),
        format!("档案包的电子签名核对无误（密钥编号 {}），没有被改动过。", row.key_id),
    ];
    let version = |of: &PackedVersion| {
        let approval = &of.approval;
        vec![
            format!("第 {} 版", of.number),
            approval.bureau_name.clone(),
            read(china_date(approval.approved_at)),
            approval.case_number.clone(),
        ]
    };
    let rows = std::iter::once(&package.record).chain(&package.versions).map(version).collect();
    table(format!("{origin}的审批"), said, &["档案版本", "审核的财政局", "审核通过日期", "受理编号"], rows)
}

/// The answers that the form does not ask, or asks with other choices.
fn rest(package: &Package, kept: &[String]) -> Option<Beside> {
    let row = |item: &String| {
        let (label, value) = package.words(item);
        (!value.is_empty()).then(|| vec![label, value])
    };
    let rows: Vec<_> = kept.iter().filter_map(row).collect();
    let said = vec!["本省的表单没有这些项目或者没有这个选项，原样保留，不在申请中。".to_owned()];
    (!rows.is_empty()).then(|| table(format!("{}档案中的其他项目", package.origin.name), said, &["项目", "内容"], rows))
}

fn files(package: &Package, uploaded: &BTreeSet<String>) -> Option<Beside> {
    let row = |file: &domain::relocation::PackedFile| {
        let is_same =
            if uploaded.contains(&file.sha256) { "与本次上传的文件相同" } else { "本次没有上传相同的文件" };
        vec![file.title.clone(), file.sha256.clone(), is_same.to_owned()]
    };
    let rows: Vec<_> = package.record.files.iter().map(row).collect();
    (!rows.is_empty()).then(|| {
        table(format!("{}档案中的材料", package.origin.name), Vec::new(), &["材料", "文件指纹（SHA-256）", "核对"], rows)
    })
}

fn ledger(package: &Package) -> Option<Beside> {
    let row = |of: &domain::relocation::PackedCredit| {
        vec![
            of.year.to_string(),
            of.subject.clone(),
            of.credits.clone(),
            of.source.clone(),
            read(of.booked_on),
            if of.taken_back { "已撤销" } else { "" }.to_owned(),
        ]
    };
    let rows: Vec<_> = package.ledger.iter().map(row).collect();
    let columns = ["年度", "科目类别", "学分", "通过方式", "登记日期", "状态"];
    (!rows.is_empty()).then(|| table(format!("{}的继续教育学分", package.origin.name), Vec::new(), &columns, rows))
}

fn integrity(package: &Package) -> Option<Beside> {
    let row = |of: &domain::relocation::PackedEntry| {
        vec![
            of.kind.clone(),
            of.title.clone(),
            of.body.clone(),
            of.number.clone(),
            read(of.decided_on),
            if of.taken_back { "已撤销".to_owned() } else { of.ban.clone() },
        ]
    };
    let rows: Vec<_> = package.integrity.iter().map(row).collect();
    let columns = ["类别", "名称或者种类", "授予或者决定机关", "文号", "日期", "状态"];
    (!rows.is_empty()).then(|| table(format!("{}的诚信信息", package.origin.name), Vec::new(), &columns, rows))
}
