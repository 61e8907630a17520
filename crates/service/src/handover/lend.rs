//! The side of the PC: it lends, shows the code, and looks what arrived.

use domain::answer::Answer;
use domain::handover::view::{ArrivedView, Code, LentView, Stage};
use domain::handover::{LIFE, LendForm};
use domain::id::CaseId;
use domain::limit::Limited;
use serde_json::json;
use store::Reader;
use store::handover::HandoverRow;

use super::is_open;
use crate::account::{count, path};
use crate::intake::{lock_slot, slot_view};
use crate::second_factor::qr_svg;
use crate::visit::{Kept, Lent};
use crate::{Failure, Limit, Token, Visit};

/// Codes that an account makes: each slot has one, and some are made anew.
const PER_ACCOUNT: Limit = Limit::new(Limited::Lendings, 30, 3_600);

/// Lends a slot; the code that was good for it in this session is good for nothing from then on.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `NotAllowedIn` and the other refusals of the case for one that is shut, `TooOften`,
/// `SignInAgain`, `Store`.
pub async fn lend(visit: &Visit, form: &LendForm) -> Result<Answer, Failure> {
    let (account, slot, job) = (visit.account()?.clone(), form.slot.clone(), visit.clone());
    let go = path(visit, &format!("/intake/handover/{slot}"));
    let token = Token::new(&visit.services);
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let now = job.now();
            // The session first, as whoever ends it takes hold of it before its rows.
            let mut kept = Kept::open(tx, &job).await?;
            count(tx, &job, &job.bucket("handover", account.as_str()), &[PER_ACCOUNT]).await?;
            let case_id = lock_slot(&job, tx, &slot).await?;
            let row = HandoverRow {
                id: job.services.ids.id(),
                token_hash: token.hash(),
                session_id: kept.session.id.clone(),
                account_id: account,
                case_id,
                slot: slot.clone(),
                device_hash: None,
                created_at: now,
                expires_at: now + LIFE,
                ended_at: None,
            };
            tx.end_handover(&row.session_id, &slot, now).await?;
            tx.insert_handover(&row).await?;
            kept.memo.lent.retain(|one| one.slot != slot);
            kept.memo.lent.push(Lent { id: row.id.clone(), slot, token: token.as_str().to_owned() });
            kept.save(tx, &job).await?;
            let detail = json!({ "case": row.case_id, "slot": row.slot });
            Ok::<_, Failure>(tx.audit(&job.entry("lend_slot", "handover", &row.id, detail)).await?)
        })
    });
    write.await?;
    Ok(Answer::go(go))
}

/// The page of the PC. `site` is the address of the site as browsers know it, such as `https://kj.example.gov.cn`.
///
/// # Errors
/// `NotFound` for a slot that is not asked, `SignInAgain`, `Store`, `Broken`.
pub async fn lent_view(visit: &Visit, slot: &str, site: &str) -> Result<LentView, Failure> {
    visit.account()?;
    let flash = visit.take_flash("handover").await?;
    let mut reader = visit.services.db.read().await?;
    let (case, slot) = slot_view(visit, &mut reader, slot).await?;
    let newest = newest(visit, &mut reader, case.as_ref(), &slot.rules.slot).await?;
    drop(reader);
    let glimpse = visit.glimpse()?;
    let stage = match newest {
        None => Stage::New,
        Some(row) if is_open(&row, visit.now()) => match glimpse.lent(&row.id) {
            Some(token) => Stage::Open(code(visit, &row, token, site)),
            None => Stage::Over,
        },
        Some(_) => Stage::Over,
    };
    let files_title = visit.province.profile.intake.attachments_title.clone();
    Ok(LentView { files_title, slot, stage, flash })
}

/// What lies in the slot by now, and whether the code is still good.
///
/// # Errors
/// As [`lent_view`].
pub async fn arrived(visit: &Visit, slot: &str) -> Result<ArrivedView, Failure> {
    visit.account()?;
    let mut reader = visit.services.db.read().await?;
    let (case, slot) = slot_view(visit, &mut reader, slot).await?;
    let newest = newest(visit, &mut reader, case.as_ref(), &slot.rules.slot).await?;
    let open = newest.filter(|row| slot.is_open && is_open(row, visit.now()));
    Ok(ArrivedView { id: open.map(|row| row.id), files: slot.files })
}

/// The last hand-over of a slot in this session, for the case as it is now.
async fn newest(visit: &Visit, reader: &mut Reader, case: Option<&CaseId>, slot: &str) -> Result<Option<HandoverRow>, Failure> {
    let row = reader.find_newest_handover(visit.actor.session(), slot).await?;
    Ok(row.filter(|row| Some(&row.case_id) == case))
}

fn code(visit: &Visit, row: &HandoverRow, token: &str, site: &str) -> Code {
    let address = format!("{site}{}", path(visit, &format!("/handover/{token}")));
    let seconds = (row.expires_at - visit.now()).num_seconds();
    Code { id: row.id.clone(), svg: qr_svg(&address), address, until: row.expires_at, seconds }
}
