//! A record goes from one bureau to another: the first lets go, and with the last approval every other case of the person goes along.

use chrono::NaiveDate;
use domain::case::Status;
use domain::id::BureauCode;
use store::Tx;
use store::case::file::{CaseRow, Desk};

use super::{Decided, Told, bureau_name, bureau_path, last_decision};
use crate::Failure;

/// Takes every other case of the person, before the account is locked: [`bring_along`] writes to them.
///
/// # Errors
/// `Store`.
pub(crate) async fn line_up_others(tx: &mut Tx, row: &CaseRow) -> Result<(), Failure> {
    let mut others = tx.list_all_cases(&row.account_id).await?;
    others.sort_by(|one, other| one.id.cmp(&other.id));
    for other in others.iter().filter(|other| other.id != row.id) {
        tx.lock_case(&other.id).await?;
    }
    Ok(())
}

/// 同意调出: the person reads that the other bureau is asked now, and until when it answers.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn let_go(tx: &mut Tx, of: &Decided<'_>, to: &BureauCode, due_on: Option<NaiveDate>) -> Result<(), Failure> {
    let province = &of.visit.province;
    let (own, to) = (bureau_name(province, of.row.bureau.as_ref()), bureau_name(province, to));
    let (name, number) = (&of.visit.line(of.row.kind).name, of.row.number.as_deref().unwrap_or_default());
    let until = due_on.map(|on| format!("，预计 {on} 前答复")).unwrap_or_default();
    let told = Told {
        title: format!("{name}：已同意调出"),
        body: format!("{own}已同意您调出（受理编号 {number}），现由{to}审核是否接收{until}。办结以前，档案仍由原财政局管理。"),
        sms: None,
    };
    told.tell(tx, &of.visit.services, of.account, of.row).await
}

/// Every other case of the person that the origin has goes along; answers how many. What two of one bureau decide ends with them, what
/// lies there for another reason than the record stays, and what the origin decided it may read.
///
/// # Errors
/// `Stale` for a case that [`line_up_others`] did not take, `Store`.
pub(crate) async fn bring_along(tx: &mut Tx, of: &Decided<'_>, (from, to): (&BureauCode, &BureauCode)) -> Result<usize, Failure> {
    let (path, now) = (bureau_path(&of.visit.province.bureaus, to), of.visit.now());
    let is_between_two = |case: &CaseRow| case.status == Status::Submitted && case.kind.rules().is_shared();
    let all = tx.list_all_cases(&of.account.id).await?.into_iter();
    let goes = |case: &CaseRow| of.visit.services.kinds.of(case.kind).goes_along() && !is_between_two(case);
    let others = all.filter(|case| case.id != of.row.id && case.bureau.as_ref() == Some(from) && goes(case));
    let mut count = 0;
    for case in others {
        tx.hand_on_case(&case, &Desk { bureau: to, bureau_path: &path, seat: case.seat }, now).await?;
        if last_decision(&tx.list_events(&case.id).await?, now).is_some() {
            tx.add_former_desk((&case.province, from), &case.id, now).await?;
        }
        count += 1;
    }
    Ok(count)
}
