//! The schools under the hand of the province's administrators, and the tokens of their programs.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::answer::{Answer, Flash};
use domain::case::{Member, Power, holder};
use domain::fault::{Fault, FieldErrors};
use domain::school::MOST_TOKENS;
use domain::school::forms::{NewToken, SchoolForm, TokenForm};
use domain::school::view::{KeptSchool, KeptSchoolView, KeptSchoolsView, TokenLine};
use serde_json::json;
use store::school::{SchoolRow, TokenRow};
use store::{StoreError, Tx};

use super::{hash_of, rules};
use crate::account::path;
use crate::staff::administrators;
use crate::visit::edit_memo;
use crate::{Failure, Visit};

/// What a token begins with, so that it is known for one where it turns up.
const PREFIX: &str = "kjxy_";

/// What the session remembers the form of a school by; empty for a new one. The page of another school takes nothing of it.
#[must_use]
pub fn form_name(school: &str) -> String {
    format!("school:{school}")
}

/// The same of a token that is to be shown once.
fn token_name(school: &str) -> String {
    format!("school_token:{school}")
}

fn keeper(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::KeepSchools, &visit.province.bureaus)?.clone())
}

/// The schools of the province.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound` where the province has no 继续教育, `Store`.
pub async fn kept_schools(visit: &Visit) -> Result<KeptSchoolsView, Failure> {
    keeper(visit)?;
    rules(visit)?;
    let rows = visit.services.db.read().await?.list_schools(visit.province_key()).await?;
    let line =
        |row: SchoolRow| KeptSchool { id: row.id, code: row.code, name: row.name, phone: row.phone, years: typed(&row.years) };
    Ok(KeptSchoolsView { lines: rows.into_iter().map(line).collect() })
}

fn typed(years: &str) -> String {
    years.replace(',', "、")
}

/// A school under the pen, with its tokens; `new` for an empty one. A token that was just issued is shown this once.
///
/// # Errors
/// As [`kept_schools`]; `NotFound` for that of another province.
pub async fn kept_school(visit: &Visit, id: &str) -> Result<KeptSchoolView, Failure> {
    keeper(visit)?;
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let row = match id {
        "new" => None,
        id => Some(reader.find_school(id).await?.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?),
    };
    let tokens = match &row {
        Some(row) => reader.list_school_tokens(&row.id).await?,
        None => Vec::new(),
    };
    drop(reader);
    let stored = row.as_ref().map(form_of).unwrap_or_else(|| SchoolForm { version: "0".into(), ..SchoolForm::default() });
    let flash = visit.take_flash(&form_name(&stored.id)).await?;
    let (form, is_stale) = match &flash {
        Some(flash) => {
            let typed: SchoolForm = flash.refill();
            let is_stale = typed.version != stored.version;
            (SchoolForm { version: stored.version.clone(), code: code(&stored, &typed), ..typed }, is_stale)
        }
        None => (stored, false),
    };
    let new_token = match &row {
        Some(row) => visit.take_flash(&token_name(&row.id)).await?.map(|flash| flash.refill::<NewToken>()),
        None => None,
    };
    let line = |row: TokenRow| TokenLine { id: row.id, at: row.created_at };
    let (tokens, new_token) = (tokens.into_iter().map(line).collect(), new_token.map(|new| new.text));
    Ok(KeptSchoolView { form, is_stale, tokens, new_token, flash })
}

fn code(stored: &SchoolForm, typed: &SchoolForm) -> String {
    if stored.id.is_empty() { typed.code.clone() } else { stored.code.clone() }
}

fn form_of(row: &SchoolRow) -> SchoolForm {
    SchoolForm {
        id: row.id.clone(),
        version: row.version.to_string(),
        code: row.code.clone(),
        name: row.name.clone(),
        intro: row.intro.clone(),
        fees: row.fees.clone(),
        site: row.site.clone(),
        entry: row.entry.clone(),
        phone: row.phone.clone(),
        years: typed(&row.years),
    }
}

/// Writes a school over the version that was seen, or adds it.
///
/// # Errors
/// Faults at the fields; `Stale` when somebody else wrote in between: what was typed is then kept for the page. As
/// [`kept_schools`] besides.
pub async fn save_school(visit: &Visit, form: &SchoolForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?.id;
    let checked = form.check(rules(visit)?, visit.services.is_demo)?;
    let is_new = form.id.is_empty();
    let years: Vec<String> = checked.years.iter().map(i32::to_string).collect();
    let row = SchoolRow {
        id: if is_new { visit.services.ids.id() } else { form.id.clone() },
        province: visit.province_key().to_owned(),
        code: checked.code,
        name: checked.name,
        intro: checked.intro,
        fees: checked.fees,
        site: checked.site,
        entry: checked.entry,
        phone: checked.phone,
        years: years.join(","),
        version: form.version.trim().parse().map_err(|_| Failure::Stale)?,
        updated_by: by,
        updated_at: visit.now(),
    };
    let action = if is_new { "add_school" } else { "save_school" };
    let entry = visit.entry(action, "school", &row.id, json!({ "over": row.version, "years": row.years }));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            if is_new {
                tx.insert_school(&row).await?
            } else {
                tx.save_school(&row).await?
            }
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    match written.await {
        Ok(()) => Ok(Answer::go(path(visit, "/staff/schools?saved=1"))),
        Err(Failure::Store(StoreError::Exists { .. })) => Err(FieldErrors::one("code", Fault::DuplicateRow).into()),
        Err(Failure::Stale) => {
            let flash = Flash::of(&form_name(&form.id), form, Answer::default());
            visit.remember(move |memo| drop(memo.flashes.insert(flash.form.clone(), flash))).await?;
            Err(Failure::Stale)
        }
        Err(other) => Err(other),
    }
}

/// Issues a token to the programs of a school. Two are good at once: a third ends the oldest. It is shown on the next page and
/// never again; the administrators of the province are told. Pressed again, it is the same token as long as it waits to be shown.
///
/// # Errors
/// `Stale` when one was issued or ended since the page was seen; `NotFound` for a school of another province; as
/// [`kept_schools`].
pub async fn issue_token(visit: &Visit, form: &TokenForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?;
    let text = format!("{PREFIX}{}", URL_SAFE_NO_PAD.encode(visit.services.ids.secret()));
    let (work, form_, id) = (visit.clone(), form.clone(), visit.services.ids.id());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let of_us = tx.lock_school(&form_.school).await?.filter(|row| row.province == work.province_key());
            let SchoolRow { id: school, name, .. } = of_us.ok_or(Failure::NotFound)?;
            let there = tx.list_school_tokens(&school).await?;
            if id_of(there.first()) != form_.newest {
                let is_ours =
                    id_of(there.get(1)) == form_.newest && there.first().is_some_and(|new| new.created_by == by.id.as_str());
                let waits = is_ours && waits_to_be_shown(tx, &work, &school).await?;
                return if waits { Ok(()) } else { Err(Failure::Stale) };
            }
            for old in there.iter().skip(MOST_TOKENS - 1) {
                tx.end_school_token(&old.id, &school, work.now()).await?;
            }
            let (token_hash, created_at) = (hash_of(&text), work.now());
            let row =
                TokenRow { id, school_id: school.clone(), token_hash, created_by: by.id.to_string(), created_at, ended_at: None };
            tx.insert_school_token(&row).await?;
            let flash = Flash::of(&token_name(&school), &NewToken { school: school.clone(), text }, Answer::default());
            edit_memo(tx, &work, move |memo| drop(memo.flashes.insert(flash.form.clone(), flash))).await?;
            tell_keepers(tx, &work, &by, ("生成了", &name), &row.id).await?;
            Ok::<_, Failure>(tx.audit(&work.entry("issue_school_token", "school", &school, json!({ "token": row.id }))).await?)
        })
    });
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}

fn id_of(token: Option<&TokenRow>) -> &str {
    token.map(|token| token.id.as_str()).unwrap_or_default()
}

async fn waits_to_be_shown(tx: &mut Tx, visit: &Visit, school: &str) -> Result<bool, Failure> {
    let name = token_name(school);
    edit_memo(tx, visit, move |memo| memo.flashes.contains_key(&name)).await
}

/// Whoever keeps the schools is told of what another does to a token, which is a key to the ledger.
async fn tell_keepers(tx: &mut Tx, visit: &Visit, by: &Member, (what, name): (&str, &str), token: &str) -> Result<(), Failure> {
    let text = format!("管理员{}{what}网校“{name}”的接口口令。如有疑问，请在“网校管理”中核对。", by.name);
    let key = format!("school_token:{token}:{}", visit.now().timestamp_micros());
    administrators(tx, &visit.services, visit.province_key(), &text, &key).await
}

/// Ends a token at once, which the administrators are told.
///
/// # Errors
/// `NotFound` for a school of another province; as [`kept_schools`].
pub async fn end_token(visit: &Visit, form: &TokenForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?;
    let (work, form_) = (visit.clone(), form.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            let of_us = tx.lock_school(&form_.school).await?.filter(|row| row.province == work.province_key());
            let SchoolRow { id: school, name, .. } = of_us.ok_or(Failure::NotFound)?;
            if tx.end_school_token(&form_.id, &school, work.now()).await? {
                tell_keepers(tx, &work, &by, ("停用了", &name), &form_.id).await?;
                tx.audit(&work.entry("end_school_token", "school", &school, json!({ "token": form_.id }))).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}
