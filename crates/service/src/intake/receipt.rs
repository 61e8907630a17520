//! 提交回执: that an application was handed in, for the person alone. It says itself that it proves no approval.

use domain::calendar::china_time;
use domain::case::{Refusal, Status};
use domain::identity::name::as_printed;
use domain::identity::{DocumentKind, mask};
use domain::limit::Limited;
use domain::province::Bureau;
use serde_json::json;
use store::account::AccountRow;
use store::case::file::CaseRow;

use super::load::KIND;
use super::print::press;
use crate::case::Printed;
use crate::ports::Sheet;
use crate::{Failure, Limit, Visit, allow, portal};

/// Receipts in a day.
const RECEIPTS: Limit = Limit::new(Limited::Prints, 30, 24 * 60 * 60);

/// The receipt of the person's own application as PDF, with the number of the document masked: it is shown around.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` while nothing is handed in, `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn receipt(visit: &Visit) -> Result<Printed, Failure> {
    let id = visit.account()?.to_owned();
    let mut reader = visit.services.db.read().await?;
    let case = reader.find_latest_case(&id, KIND).await?.filter(|case| case.status != Status::Draft);
    let case = case.ok_or(Failure::NotFound)?;
    let account = reader.find_account(&id).await?.ok_or(Refusal::SignInAgain)?;
    let bureau = match &case.bureau {
        Some(code) => portal::bureau(&mut reader, &visit.province, code).await?,
        None => None,
    };
    drop(reader);
    let (ticket, bucket, now) = (visit.services.ids.id(), visit.bucket("receipt", id.as_str()), visit.now());
    let entry = visit.entry("print_receipt", "case", case.id.as_str(), json!({ "round": case.round }));
    let noted = visit.write(move |tx| {
        Box::pin(async move {
            allow(tx, &ticket, &bucket, &[RECEIPTS], now).await?;
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    noted.await?;
    press(visit, sheet(visit, &case, &account, bureau.as_ref())?, None).await
}

fn sheet(visit: &Visit, case: &CaseRow, account: &AccountRow, bureau: Option<&Bureau>) -> Result<Sheet, Failure> {
    let profile = &visit.province.profile;
    let line = &profile.line(KIND).name;
    let document = visit.services.vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
    let options = &profile.account.document_kinds;
    let kind = DocumentKind::from_code(&account.document_kind);
    let kind = options.iter().find(|option| Some(option.kind) == kind).map(|option| option.label.clone());
    let number = case.number.clone().unwrap_or_default();
    let authority = bureau.map_or(&profile.site.authority, |bureau| &bureau.name);
    let known = |value: Option<&String>| value.filter(|value| !value.is_empty()).cloned();
    let application = [
        ("业务", Some(line.clone())),
        ("受理编号", Some(number.clone())),
        ("提交时间", case.submitted_at.map(|at| china_time(at).format("%Y年%-m月%-d日 %H:%M").to_string())),
        ("提交次数", Some(format!("第 {} 次", case.round))),
        ("预计答复", case.due_on.map(|on| on.format("%Y年%-m月%-d日前").to_string())),
    ];
    let person = [("姓名", Some(as_printed(&account.name))), ("证件类型", kind), ("证件号码", Some(mask::document(&document)))];
    let bureau = [
        ("受理机关", Some(authority.clone())),
        ("咨询电话", known(bureau.map(|bureau| &bureau.phone))),
        ("办公地址", known(bureau.map(|bureau| &bureau.address))),
    ];
    Ok(Sheet {
        title: format!("{line}提交回执"),
        authority: format!("受理机关：{authority}"),
        number: Some(format!("受理编号：{number}")),
        sections: vec![
            ("申请".to_owned(), rows(application)),
            ("申请人".to_owned(), rows(person)),
            ("审核".to_owned(), rows(bureau)),
        ],
        promise: format!(
            "查询进度：登录{}，在“{}”中查看；结果以【{}】的短信和站内信告知。\n本回执只说明申请已经提交，不代表审核通过，不能作为其他证明使用。",
            profile.site.title, profile.intake.progress_name, profile.account.sms.signature
        ),
        printed_on: visit.services.today().format("%Y年%-m月%-d日").to_string(),
        ..Sheet::default()
    })
}

/// What is known.
fn rows<const N: usize>(of: [(&str, Option<String>); N]) -> Vec<(String, String)> {
    of.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
}
