//! 法人用户登录: the identity service of the province says for whom somebody acts, so that nobody has to look at a licence and a mandate.

use domain::employer::{NotClaimed, bureau_of};
use domain::identity::CreditCode;
use serde_json::json;
use store::Tx;
use store::account::AccountRow;
use store::employer::manager::ManagerRow;

use super::page;
use crate::case::bureau_of_person;
use crate::{Failure, Visit};

/// Makes whoever signed in the manager of the unit that they act for, and leads to 单位管理. Somebody else who manages it stays: the page
/// says so, with what helps.
///
/// # Errors
/// `Exists` where somebody became its manager in this moment, `Store`, `Broken`.
pub(super) async fn vouched(
    tx: &mut Tx,
    visit: &Visit,
    account: &AccountRow,
    (code, name): (&CreditCode, &str),
) -> Result<Option<String>, Failure> {
    if visit.province.profile.employers.is_none() {
        return Ok(None);
    }
    // Its name is the one of the register, whoever manages it.
    tx.save_employer(visit.province_key(), code.as_str(), name, visit.now()).await?;
    if let Some(manager) = tx.find_manager_of(visit.province_key(), code.as_str()).await? {
        let is_other = manager.account_id != account.id;
        let not = if is_other { format!("&not={}", NotClaimed::Taken.code()) } else { String::new() };
        return Ok(Some(format!("{}{not}", page(visit))));
    }
    // Registered elsewhere: whoever has the person's record reviews what they file.
    let bureau = match bureau_of(code, &visit.province.divisions, &visit.province.bureaus) {
        Some(bureau) => bureau,
        None => bureau_of_person(tx, visit, &account.id).await?,
    };
    let manager = ManagerRow {
        id: visit.services.ids.id(),
        province: visit.province_key().to_owned(),
        code: code.as_str().to_owned(),
        code_hash: visit.services.vault.keyed_hash("employer", code.as_str()),
        account_id: account.id.clone(),
        case_id: None,
        bureau,
        since: visit.now(),
        ended_at: None,
    };
    tx.insert_manager(&manager).await?;
    let detail = json!({ "employer": manager.code, "way": "identity_service" });
    tx.audit(&visit.entry("become_manager", "employer_manager", &manager.id, detail)).await?;
    Ok(Some(page(visit)))
}
