//! What an import records: the same rows that a case of one's own leaves, of a case that begins approved (docs/adr/0058). A penalty has
//! the same effects, and its person is told and may object.

use domain::case::{Action, CaseKind, Status, case_number};
use domain::id::{AccountId, CaseId};
use domain::import::{ImportEntry, ImportOutcome};
use domain::integrity::{Ban, Ending, EntryKind, IntegrityRules};
use domain::province::Province;
use domain::text::tidy_code;
use store::account::AccountRow;
use store::case::file::{CaseRow, Submit};
use store::case::round::SubmissionRow;
use store::integrity::entry::IntegrityEntryRow;
use store::staff::StaffRow;
use store::{Reader, Tx};

use super::penalty::{PenaltyBody, lifted, recorded};
use super::record::end_entry_by;
use super::reward::RewardBody;
use super::{MOST, PENALTY, REWARD};
use crate::case::{By, Told, bureau_name, bureau_path, line, seal_body};
use crate::{Failure, Services};

/// The questions of both kinds are of one version.
const FORM: i64 = 1;
/// What the timeline says with it.
const NOTE: &str = "数据导入";

/// Whose entry is recorded, and by whom.
pub(crate) struct Recording<'a> {
    pub services: &'a Services,
    pub province: &'a Province,
    pub account: &'a AccountRow,
    /// Names the case, and the entry too.
    pub id: &'a CaseId,
    /// Who asked for the batch; it is their bureau that records it.
    pub entered_by: &'a StaffRow,
    pub confirmed_by: &'a StaffRow,
}

/// Whether somebody has the same by hand or by another file: a penalty of the same decision, a reward of the same body, name and day.
///
/// # Errors
/// `Store`.
pub(crate) async fn is_recorded(reader: &mut Reader, account: &AccountId, what: &ImportEntry) -> Result<bool, Failure> {
    Ok(match what {
        ImportEntry::Reward(reward) => {
            let rows = reader.list_rewards(account, MOST).await?;
            rows.iter().any(|row| !matches!(row.status, Status::Draft | Status::Closed) && row.reward().is_same(reward))
        }
        ImportEntry::Penalty(penalty) => {
            let (rows, number) = (reader.list_penalties_of(account).await?, tidy_code(&penalty.number));
            rows.iter().any(|row| row.status != Status::Closed && tidy_code(&row.number) == number)
        }
    })
}

/// Records it and tells the person; or says why it is left out: nobody records what is about themselves, and nothing is recorded twice.
///
/// # Errors
/// `NotFound` where the province has no such record, `Store`, `Broken`.
pub(crate) async fn record_imported(
    tx: &mut Tx,
    of: &Recording<'_>,
    what: &ImportEntry,
) -> Result<Result<(), ImportOutcome>, Failure> {
    // Nothing new is recorded under an account that leads to another one by now.
    if tx.find_leads_to(&of.account.id).await?.is_some() {
        return Ok(Err(ImportOutcome::Refused));
    }
    for who in [of.entered_by, of.confirmed_by] {
        if tx.is_same_person(&of.account.id, &who.id).await? {
            return Ok(Err(ImportOutcome::Refused));
        }
    }
    if is_recorded(tx, &of.account.id, what).await? {
        return Ok(Err(ImportOutcome::Repeated));
    }
    let rules = of.province.profile.integrity.as_ref().ok_or(Failure::NotFound)?;
    let row = approved(tx, of, (rules, what)).await?;
    let told = match what {
        ImportEntry::Reward(reward) => {
            tx.save_reward((&row.id, &row.account_id), reward).await?;
            granted(of, &row, &rules.page_name, reward)
        }
        ImportEntry::Penalty(penalty) => {
            let at = (row.province.as_str(), &of.entered_by.bureau);
            tx.save_penalty((&row.id, &row.account_id), at, penalty).await?;
            recorded(of.province, &row, penalty, &rules.page_name)
        }
    };
    tx.insert_integrity_entry(&entry(of, &row, what)).await?;
    told.tell(tx, of.services, of.account, &row).await?;
    Ok(Ok(()))
}

fn by(who: &StaffRow) -> By<'_> {
    By { kind: "staff", id: who.id.as_str(), name: &who.name }
}

/// The case, handed in by the one and approved by the other.
async fn approved(tx: &mut Tx, of: &Recording<'_>, (rules, what): (&IntegrityRules, &ImportEntry)) -> Result<CaseRow, Failure> {
    let (services, province) = (of.services, of.province);
    let (today, at) = (services.today(), services.now());
    let (kind, body_sealed) = body(of, rules, what)?;
    let case = CaseRow::new(of.id.clone(), kind, of.account, FORM, at);
    crate::case::open_in(tx, (services, province), &case).await?;
    let serial = tx.next_serial(&format!("{}:{today}", province.profile.key)).await?;
    let number = case_number(&province.profile.code, today, u32::try_from(serial).unwrap_or(u32::MAX));
    let bureau = &of.entered_by.bureau;
    let path = bureau_path(&province.bureaus, bureau);
    let (number, bureau_path) = (number.as_str(), path.as_str());
    let submit = Submit { number, bureau, bureau_path, form_version: FORM, at, due_on: today, papers: 0, doubts: 0, year: None };
    tx.submit_case(&case, &submit).await?;
    tx.insert_submission(&case.id, &SubmissionRow { round: 1, body_sealed, submitted_at: at }).await?;
    let case = CaseRow { round: 1, ..case };
    tx.add_event(&line(services, &case, Action::Submit, by(of.entered_by), NOTE)?).await?;
    let waits = CaseRow {
        number: Some(number.to_owned()),
        bureau: Some(bureau.clone()),
        bureau_path: bureau_path.to_owned(),
        status: Status::Submitted,
        version: case.version + 1,
        submitted_at: Some(at),
        due_on: Some(today),
        ..case
    };
    let event = line(services, &waits, Action::Approve, by(of.confirmed_by), NOTE)?;
    tx.move_case(&waits, Status::Approved, Some(&of.confirmed_by.id), at).await?;
    tx.add_event(&event).await?;
    let decided_by = Some(of.confirmed_by.id.clone());
    Ok(CaseRow { status: Status::Approved, version: waits.version + 1, decided_at: Some(at), decided_by, ..waits })
}

/// What was handed in, as it would lie there if it had been typed; there are no pictures.
fn body(of: &Recording<'_>, rules: &IntegrityRules, what: &ImportEntry) -> Result<(CaseKind, Vec<u8>), Failure> {
    Ok(match what {
        ImportEntry::Reward(reward) => {
            let level = rules.level(&reward.level).map(|level| level.label.clone()).unwrap_or_default();
            let body = RewardBody { reward: reward.clone(), level, files: Vec::new() };
            (REWARD, seal_body(of.services, of.id, 1, &body)?)
        }
        ImportEntry::Penalty(penalty) => {
            let body = PenaltyBody { penalty: penalty.clone(), files: Vec::new() };
            (PENALTY, seal_body(of.services, of.id, 1, &body)?)
        }
    })
}

fn entry(of: &Recording<'_>, row: &CaseRow, what: &ImportEntry) -> IntegrityEntryRow {
    let ban = match what {
        ImportEntry::Reward(_) => None,
        ImportEntry::Penalty(penalty) => penalty.ban(),
    };
    let (ban, ban_until) = Ban::kept(ban);
    let (kind, title, level, body, number, decided_on, basis) = match what {
        ImportEntry::Reward(of) => {
            let (name, level) = (of.name.clone(), of.level.clone());
            (EntryKind::Reward, name, level, &of.body, &of.number, of.granted_on, String::new())
        }
        ImportEntry::Penalty(of) => {
            let kinds = of.kinds_words();
            (EntryKind::Penalty, kinds, String::new(), &of.body, &of.number, of.decided_on, of.basis())
        }
    };
    IntegrityEntryRow {
        id: of.id.to_string(),
        account_id: row.account_id.clone(),
        province: row.province.clone(),
        kind,
        case_id: row.id.clone(),
        title,
        level,
        body: body.clone(),
        number: number.clone(),
        decided_on,
        basis,
        ban: ban.to_owned(),
        ban_until,
        bureau: of.entered_by.bureau.clone(),
        entered_by: Some(of.entered_by.id.clone()),
        confirmed_by: of.confirmed_by.id.clone(),
        recorded_at: of.services.now(),
        reverses: None,
        ending: String::new(),
        reason: String::new(),
    }
}

fn granted(of: &Recording<'_>, row: &CaseRow, page: &str, reward: &domain::integrity::Reward) -> Told {
    let bureau = bureau_name(of.province, row.bureau.as_ref());
    let (body, name, on) = (&reward.body, &reward.name, reward.granted_on);
    Told {
        title: "诚信档案有新的记录".to_owned(),
        body: format!("{bureau}已将{body} {on} 授予的“{name}”记入您的诚信档案，可以在“{page}”中查看。"),
        sms: None,
    }
}

/// Takes back what was recorded so, where it still stands; answers whether it did. What the bureau or an answer to an objection ended
/// meanwhile stays as they left it.
///
/// # Errors
/// `Broken`, `Store`.
pub(crate) async fn take_imported_back(
    tx: &mut Tx,
    services: &Services,
    id: &CaseId,
    (who, reason): (&StaffRow, &str),
) -> Result<bool, Failure> {
    let missing = |what: &str| Failure::Broken(format!("an imported entry without {what}"));
    let case = tx.lock_case(id).await?.ok_or_else(|| missing("its case"))?;
    if case.status != Status::Approved {
        return Ok(false);
    }
    let entry = tx.find_integrity_entry_of(id).await?.ok_or_else(|| missing("its row"))?;
    let end = end_entry_by(tx, (services, &who.id), &entry, (Ending::Revoked, reason)).await?;
    let event = line(services, &case, Action::Revoke, by(who), reason)?;
    tx.move_case(&case, Status::Closed, Some(&who.id), services.now()).await?;
    tx.add_event(&event).await?;
    let account = tx.find_account(&case.account_id).await?.ok_or_else(|| missing("its account"))?;
    let province = services.province(&case.province).ok_or(Failure::NotFound)?;
    let told = match entry.kind {
        EntryKind::Penalty => lifted(&province, &case, reason, &end),
        EntryKind::Reward | EntryKind::Annulment => taken(&province, &case, reason, &end),
    };
    told.tell(tx, services, &account, &case).await?;
    Ok(true)
}

fn taken(province: &Province, row: &CaseRow, reason: &str, end: &IntegrityEntryRow) -> Told {
    let (bureau, name) = (bureau_name(province, row.bureau.as_ref()), &end.title);
    Told {
        title: "诚信档案的记录已撤销".to_owned(),
        body: format!("{bureau}已撤销您诚信档案中“{name}”的记录。\n原因：{reason}"),
        sms: None,
    }
}
