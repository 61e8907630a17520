//! People who are signed in and ready, written straight into the database: for tests and workloads that are about
//! something else than how they got there. Nothing here panics, because the workloads use it too.

use chrono::Duration;
use domain::case::CaseKind;
use domain::id::{AccountId, CaseId, StaffId};
use domain::intake::{Answers, StepKey};
use service::{Failure, Services, Token};
use store::Tx;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::draft::{DraftPlace, NewDraft, PledgeRow};
use store::case::file::CaseRow;
use store::session::SessionRow;

/// An accountant with a session.
#[derive(Clone)]
pub struct Ready {
    pub account: AccountId,
    pub case: CaseId,
    pub token: String,
}

/// A row of an account with a number of its own.
pub fn account(services: &Services, province: &str, n: u64, name: &str) -> AccountRow {
    let (id, vault, now) = (AccountId::from(services.ids.id()), &services.vault, services.now());
    let (document, mobile) = (format!("E{n:08}"), format!("138{n:08}"));
    AccountRow {
        province: province.to_owned(),
        document_kind: "passport".to_owned(),
        document_hash: vault.keyed_hash("document", &document),
        document_sealed: vault.seal_text("account.document", id.as_str(), &document),
        name: name.to_owned(),
        mobile_hash: vault.keyed_hash("mobile", &mobile),
        username: String::new(),
        mobile_sealed: vault.seal_text("account.mobile", id.as_str(), &mobile),
        email_sealed: None,
        password_hash: "none".to_owned(),
        failed_logins: 0,
        version: 1,
        created_at: now,
        updated_at: now,
        signed_in_at: now,
        id,
    }
}

/// A case that nobody has submitted yet.
pub fn draft_case(services: &Services, account: &AccountRow) -> CaseRow {
    CaseRow::new(services.ids.id().into(), CaseKind::Intake, account, 1, services.now())
}

/// A session of an account or of a staff member who has shown both factors; answers the cookie.
pub async fn session(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    account: Option<&AccountId>,
    staff: Option<&StaffId>,
) -> Result<String, Failure> {
    let (token, now) = (Token::new(services), services.now());
    let row = SessionRow {
        id: services.ids.id(),
        token_hash: token.hash(),
        province: province.to_owned(),
        account_id: account.cloned(),
        staff_id: staff.cloned(),
        opened_by: None,
        is_second_factor_done: staff.is_some(),
        address: "127.0.0.1".to_owned(),
        memo_sealed: None,
        created_at: now,
        // A minute ahead, so that looking at a page writes nothing.
        seen_at: now + Duration::seconds(60),
    };
    tx.insert_session(&row).await?;
    Ok(token.as_str().to_owned())
}

/// Accountants numbered `from..from + many`, who have promised, filled every step with `answers`, and have a row for each
/// of the files (without bytes).
pub async fn accountants(
    services: &Services,
    province: &str,
    numbers: std::ops::Range<u64>,
    answers: &Answers,
    slots: &[&str],
) -> Result<Vec<Ready>, Failure> {
    let mut ready = Vec::new();
    for n in numbers {
        let (work, key, answers) = (services.clone(), province.to_owned(), answers.clone());
        let slots: Vec<String> = slots.iter().map(|slot| (*slot).to_owned()).collect();
        let one = services.db.write(move |tx| Box::pin(async move { accountant(tx, &work, &key, n, &answers, &slots).await }));
        ready.push(one.await?);
    }
    Ok(ready)
}

async fn accountant(
    tx: &mut Tx,
    services: &Services,
    province: &str,
    n: u64,
    answers: &Answers,
    slots: &[String],
) -> Result<Ready, Failure> {
    let account = account(services, province, n, "备用人");
    let case = draft_case(services, &account);
    tx.insert_account(&account).await?;
    tx.insert_case(&case).await?;
    let token = session(tx, services, province, Some(&account.id), None).await?;
    let profile = services.province(province).ok_or(Failure::NotFound)?;
    let version = profile.profile.intake_line().briefing.pledge_version.clone();
    let pledge = PledgeRow { version, text_hash: "seeded".to_owned(), agreed_at: services.now() };
    tx.save_pledge(&case.id, &pledge, "127.0.0.1").await?;
    for step in StepKey::ALL {
        let place = format!("{}|{}", case.id, step.as_str());
        let sealed = services.vault.seal("draft.body", &place, &serde_json::to_vec(&answers.form(step))?);
        let place = DraftPlace { case: &case.id, step: step.as_str() };
        tx.save_draft(
            place,
            NewDraft { sealed: &sealed, tab: "", sequence: 0, noted_at: services.now(), noted_by: "" },
            0,
            services.now(),
        )
        .await?;
    }
    for slot in slots {
        tx.replace_attachment(&file(services, &case, slot)).await?;
    }
    Ok(Ready { account: account.id, case: case.id, token })
}

fn file(services: &Services, case: &CaseRow, slot: &str) -> AttachmentRow {
    AttachmentRow {
        id: services.ids.id(),
        case_id: case.id.clone(),
        account_id: case.account_id.clone(),
        slot: slot.to_owned(),
        place: 0,
        missing: 0,
        sha256: format!("{slot}-seeded"),
        view_sha256: format!("{slot}-seeded"),
        bytes: 1000,
        media_type: "image/png".to_owned(),
        width: 640,
        height: 480,
        name: format!("{slot}.png"),
        remark_sealed: None,
        is_current: true,
        uploaded_at: services.now(),
    }
}
