//! 信息登记表（电子签名件）: the record as it was approved, on paper, signed by the province so that anybody can verify it.

use chrono::{Datelike, NaiveDate};
use domain::intake::{Context, display};
use domain::limit::Limited;
use serde_json::json;
use store::account::AccountRow;
use store::archive::RecordRow;
use store::certificate::extract::ExtractRow;

use super::sheet::{Applicant, sheet};
use super::{PHOTO, press, unmasked};
use crate::case::Printed;
use crate::intake::RecordBody;
use crate::ports::{Seal, Sheet};
use crate::{Failure, Limit, Visit, allow, china_date};

/// Extracts in a day.
const EXTRACTS: Limit = Limit::new(Limited::Prints, 30, 24 * 60 * 60);

/// The signed extract of the own record: with the whole number of the document, because it is their paper. `site` is the address of
/// the site as others reach it, such as `https://kj.example.gov.cn`.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` while nothing is approved, `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn extract(visit: &Visit, site: &str) -> Result<Printed, Failure> {
    let who = visit.account()?.clone();
    let (id, bucket, job) = (visit.services.ids.id(), visit.bucket("extract", who.as_str()), visit.clone());
    let signed = visit.write(move |tx| {
        Box::pin(async move {
            let (row, record) = crate::certificate::extract(tx, &job, &who).await?;
            allow(tx, &id, &bucket, &[EXTRACTS], job.now()).await?;
            let account = tx.find_account(&who).await?.ok_or_else(|| Failure::Broken("a record without account".into()))?;
            tx.audit(&job.entry("print_extract", "record_extract", &row.number, json!({ "version": row.version }))).await?;
            Ok::<_, Failure>((row, record, account))
        })
    });
    let (row, record, account) = signed.await?;
    let plain = visit.services.vault.open("record.body", &record.id, &record.body_sealed)?;
    let body: RecordBody = serde_json::from_slice(&plain)?;
    let photo = match body.files.iter().find(|file| file.slot == PHOTO) {
        Some(file) => visit.services.db.read().await?.find_attachment(&file.id).await?,
        None => None,
    };
    press(visit, page(visit, (&row, &record, &account), &body, site)?, photo).await
}

fn page(
    visit: &Visit,
    (row, record, account): (&ExtractRow, &RecordRow, &AccountRow),
    body: &RecordBody,
    site: &str,
) -> Result<Sheet, Failure> {
    let (vault, id) = (&visit.services.vault, account.id.as_str());
    let profile = &visit.province.profile;
    let cx = Context::of(&visit.province, &body.holder, &body.answers, visit.services.today());
    // What the account says of the person holds: a name that was corrected since is no other version.
    let holder = domain::intake::Holder { name: account.name.clone(), ..body.holder.clone() };
    let applicant = Applicant {
        case: None,
        bureau: visit.province.bureaus.get(&record.bureau),
        holder: &holder,
        document: vault.open_text("account.document", id, &account.document_sealed)?,
        mobile: vault.open_text("account.mobile", id, &account.mobile_sealed)?,
        sections: unmasked(display(&cx, &body.answers), &body.answers),
    };
    let form = sheet(visit, applicant);
    let seal = seal(visit, row, site);
    Ok(Sheet {
        title: profile.intake.extract_title.clone(),
        authority: format!("会计管理部门：{}", row.bureau_name),
        number: Some(format!("证明编号：{}", row.number)),
        has_photo: form.has_photo && body.files.iter().any(|file| file.slot == PHOTO),
        promise: format!(
            "以上是会计人员档案第 {} 版的内容，于{}审核通过。内容以登记机关的记录为准。",
            row.version,
            in_words(row.approved_on)
        ),
        signatures: Vec::new(),
        seal: Some(seal),
        ..form
    })
}

fn seal(visit: &Visit, row: &ExtractRow, site: &str) -> Seal {
    let verify = format!("{}/{}/verify", site.trim_end_matches('/'), visit.province_key());
    let on = china_date(row.issued_at);
    Seal {
        notes: vec![
            format!("打印时间：{}", in_words(china_date(visit.now()))),
            format!("查验：扫描左侧二维码，或者打开 {verify} 输入证明编号。"),
            "二维码中只有打码的姓名、档案版本和审核时间。".to_owned(),
        ],
        issuer: (row.issuer.clone(), in_words(on)),
        address: format!("{verify}?c={}", row.statement),
        statement: row.statement.clone(),
        issued_on: (on.year(), on.month(), on.day()),
    }
}

fn in_words(on: NaiveDate) -> String {
    on.format("%Y年%-m月%-d日").to_string()
}
