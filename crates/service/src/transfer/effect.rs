//! What becomes of a transfer: given back by either bureau, or done, when the record and what belongs to it go to the
//! destination in the same transaction.

use domain::change::{apply, changed, lead_to};
use domain::id::BureauCode;
use domain::intake::Context;
use serde_json::{Value, json};
use store::Tx;
use store::archive::RecordRow;

use super::KIND;
use super::body::TransferBody;
use crate::Failure;
use crate::case::{Decided, Told, bring_along, bureau_name, returned};
use crate::certificate::amended;
use crate::intake::{RecordBody, holder, on_record, seal_record};

/// 不同意, with the reason: nothing of the record changes.
pub(super) async fn give_back(tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
    let (province, bureau) = (&of.visit.province, bureau_name(&of.visit.province, of.row.bureau.as_ref()));
    returned(of.row, &bureau, &province.profile, &[], of.reason).tell(tx, &of.visit.services, of.account, of.row).await?;
    Ok(json!({}))
}

/// 调入: whoever decided last has the record from now on.
///
/// # Errors
/// `Stale` where the record is no longer with the bureau that it came from.
pub(super) async fn take_effect(body: &TransferBody, tx: &mut Tx, of: &Decided<'_>) -> Result<Value, Failure> {
    let (visit, account) = (of.visit, of.account);
    let to = of.row.bureau.clone().ok_or_else(|| Failure::Broken("a decided case without bureau".into()))?;
    let current = tx.find_record(&account.id).await?.filter(|record| record.bureau == body.from).ok_or(Failure::Stale)?;
    let filed = RecordBody::open(&visit.services, &current)?;
    let version = tx.add_record(&next(of, body, &filed, &to)?).await?;
    amended(tx, visit, &account.id).await?;
    let cases = if to == body.from { 0 } else { bring_along(tx, of, (&body.from, &to)).await? };
    done(of, &to).tell(tx, &visit.services, account, of.row).await?;
    Ok(json!({ "record": version, "from": body.from, "to": to, "cases": cases }))
}

/// The next version of the record: where it leads, and what the reason says of it. What is no longer asked then is empty.
fn next(of: &Decided<'_>, body: &TransferBody, filed: &RecordBody, to: &BureauCode) -> Result<RecordRow, Failure> {
    let (visit, province, today) = (of.visit, &of.visit.province, of.visit.services.today());
    let (_, holder) = holder(&visit.services, of.account)?;
    let before = on_record(province, of.account, filed);
    let cx = Context::of(province, &holder, &before, today);
    let mut after = province.bureaus.get(to).map_or_else(|| before.clone(), |to| lead_to(&cx, &before, to));
    for (item, code) in &body.reason.answers {
        after.set(item, code.clone());
    }
    let cx = Context::of(province, &holder, &after, today);
    let answers = apply(&cx, &before, &changed(&cx, &before, &after), &after);
    let application = answers.check(&cx).ok();
    let next = RecordBody {
        case_number: of.row.number.clone().unwrap_or_default(),
        form_version: province.profile.intake.form_version,
        application,
        files: filed.files.clone(),
        answers,
        holder,
    };
    seal_record(visit, of.row, &next)
}

fn done(of: &Decided<'_>, to: &BureauCode) -> Told {
    let (name, number) = (&of.visit.line(KIND).name, of.row.number.as_deref().unwrap_or_default());
    let (bureau, site) = (bureau_name(&of.visit.province, to), &of.visit.province.profile.site.title);
    Told {
        title: format!("{name}已办结"),
        body: format!(
            "您的{name}（受理编号 {number}）已办结，会计人员档案由{bureau}管理。单位等其他信息有变化的，请办理信息变更。"
        ),
        sms: Some(("approved", format!("{}，您好。您的{name}已办结，请登录{site}查看。", of.row.applicant))),
    }
}
