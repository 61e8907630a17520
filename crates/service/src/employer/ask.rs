//! What a timer does: whoever's record names an employer that somebody manages is asked, once, whether the manager may see them.

use chrono::Duration;
use domain::employer::EmployerRules;
use serde_json::json;
use store::Tx;
use store::audit::Entry;
use store::employer::employment::UnaskedRow;

use crate::notify::{News, tell};
use crate::{Failure, Services};

/// Managers in one go, and people of each; whoever is left waits for the next.
const AT_ONCE: i64 = 100;
/// Whoever gets a record that names the employer later is found within this time.
const EVERY: Duration = Duration::minutes(10);

/// Asks those who were not asked; answers how many that were. Any number of servers may do it at once: each is asked by a row of their own,
/// in one transaction with what tells them.
///
/// # Errors
/// `Store`.
pub async fn ask_employees(services: &Services) -> Result<u64, Failure> {
    let now = services.now();
    let managers = services.db.read().await?.list_managers_to_ask(now - EVERY, AT_ONCE).await?;
    let mut asked = 0;
    for manager in managers {
        let unasked = services.db.read().await?.list_unasked(&manager, AT_ONCE).await?;
        let (count, mut new) = (unasked.len(), 0);
        for of in unasked {
            let job = services.clone();
            match services.db.write(move |tx| Box::pin(async move { ask(tx, &job, &of).await })).await {
                Ok(is_new) => new += u64::from(is_new),
                // One that is broken must not keep the others waiting.
                Err(failure) => tracing::error!(%failure, %manager, "somebody could not be asked about their employer"),
            }
        }
        asked += new;
        // Of a full page there may be more, but not where nobody of it could be asked.
        if (count as i64) < AT_ONCE || new == 0 {
            services.db.write(move |tx| Box::pin(async move { tx.note_asked(&manager, now).await })).await?;
        }
    }
    Ok(asked)
}

async fn ask(tx: &mut Tx, services: &Services, of: &UnaskedRow) -> Result<bool, Failure> {
    let id = services.ids.id();
    if !tx.ask_employment(&id, of, services.now()).await? {
        return Ok(false);
    }
    let account = tx.find_account(&of.account_id).await?.ok_or_else(|| Failure::Broken("a record without account".into()))?;
    let name = tx.find_employer(&of.province, &of.code).await?.unwrap_or_else(|| of.code.clone());
    let province = services.province(&of.province);
    let rules = province.as_ref().and_then(|province| province.profile.employers.as_ref());
    let page = rules.map_or("单位管理", |rules| rules.page_name.as_str());
    let seen = rules.map_or("您的姓名和同意的日期", EmployerRules::seen);
    let body = format!(
        "{name}的管理员请您确认是否在该单位工作。您同意以后，管理员可以看到{seen}，看不到其他信息。请在“继续教育”的“{page}”中选择同意或者不同意。"
    );
    let dedupe_key = format!("employment:{id}");
    let news = News { case: None, title: "请确认您的工作单位", body: &body, sms: None, dedupe_key: &dedupe_key };
    tell(tx, services, &account, news).await?;
    let entry = Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "employer".to_owned(),
        action: "ask_employment",
        object_kind: "employment",
        object_id: id,
        detail: json!({ "manager": of.manager_id }).to_string(),
        request_id: String::new(),
    };
    tx.audit(&entry).await?;
    Ok(true)
}
