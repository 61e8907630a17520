//! The side of the PC: it lends, shows the code, and looks what arrived.

use domain::answer::Answer;
use domain::handover::view::{ArrivedView, Code, LentView, Stage};
use domain::handover::{LIFE, LendForm};
use domain::id::CaseId;
use domain::limit::Limited;
use serde_json::json;
use store::handover::HandoverRow;

use super::is_open;
use crate::account::{count, path};
use crate::case::{lock_slot, slot_view};
use crate::second_factor::qr_svg;
use crate::visit::{Kept, Lent};
use crate::{Failure, Limit, Token, Visit};

/// Codes that an account makes: each slot has one, and some are made anew.
const PER_ACCOUNT: Limit = Limit::new(Limited::Lendings, 30, 3_600);

/// Lends a slot; the code that was good for it in this session is good for nothing from then on.
///
/// # Errors
/// `NotFound` for a slot that is not asked and the case of somebody else, `NotAllowedIn` and the other refusals of the case for a slot
/// that is shut, `TooOften`, `SignInAgain`, `Store`.
pub async fn lend(visit: &Visit, form: &LendForm) -> Result<Answer, Failure> {
    let (account, job) = (visit.account()?.clone(), visit.clone());
    let (case, slot) = (CaseId::from(form.case.as_str()), form.slot.clone());
    let go = path(visit, &format!("/lent/{case}/{slot}"));
    let token = Token::new(&visit.services);
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let now = job.now();
            // The session first, as whoever ends it takes hold of it before its rows.
            let mut kept = Kept::open(tx, &job).await?;
            count(tx, &job, &job.bucket("handover", account.as_str()), &[PER_ACCOUNT]).await?;
            lock_slot(&job, tx, &case, &slot).await?;
            let row = HandoverRow {
                id: job.services.ids.id(),
                token_hash: token.hash(),
                session_id: kept.session.id.clone(),
                account_id: account,
                case_id: case.clone(),
                slot: slot.clone(),
                device_hash: None,
                created_at: now,
                expires_at: now + LIFE,
                ended_at: None,
            };
            tx.end_handover(&row.session_id, (&case, &slot), now).await?;
            tx.insert_handover(&row).await?;
            kept.memo.lent.retain(|one| now < one.until && (&one.case, &one.slot) != (&case, &slot));
            let token = token.as_str().to_owned();
            kept.memo.lent.push(Lent { id: row.id.clone(), case, slot, token, until: row.expires_at });
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
/// `NotFound` for a slot that is not asked and the case of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn lent_view(visit: &Visit, case: &CaseId, slot: &str, site: &str) -> Result<LentView, Failure> {
    visit.account()?;
    let flash = visit.take_flash("handover").await?;
    let mut reader = visit.services.db.read().await?;
    let (row, slot) = slot_view(visit, &mut reader, case, slot).await?;
    let newest = reader.find_newest_handover(visit.actor.session(), (case, &slot.rules.slot)).await?;
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
    let trail = visit.services.kinds.of(row.kind).slot_trail(visit, &row);
    Ok(LentView { trail, slot, stage, flash })
}

/// What lies in the slot by now, and whether the code is still good.
///
/// # Errors
/// As [`lent_view`].
pub async fn arrived(visit: &Visit, case: &CaseId, slot: &str) -> Result<ArrivedView, Failure> {
    visit.account()?;
    let mut reader = visit.services.db.read().await?;
    let (_, slot) = slot_view(visit, &mut reader, case, slot).await?;
    let newest = reader.find_newest_handover(visit.actor.session(), (case, &slot.rules.slot)).await?;
    let open = newest.filter(|row| slot.is_open && is_open(row, visit.now()));
    Ok(ArrivedView { id: open.map(|row| row.id), files: slot.files })
}

fn code(visit: &Visit, row: &HandoverRow, token: &str, site: &str) -> Code {
    let address = format!("{site}{}", path(visit, &format!("/handover/{token}")));
    let seconds = (row.expires_at - visit.now()).num_seconds();
    Code { id: row.id.clone(), svg: qr_svg(&address), address, until: row.expires_at, seconds }
}
