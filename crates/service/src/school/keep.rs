//! The schools under the hand of the province's administrators, and the tokens of their programs.

use domain::answer::{Answer, Flash};
use domain::case::{Member, Power, holder};
use domain::fault::{Fault, FieldErrors};
use domain::school::ApprovalKind;
use domain::school::forms::{NewToken, SchoolForm, TokenForm};
use domain::school::view::{KeptSchool, KeptSchoolView, KeptSchoolsView, TokenLine};
use serde_json::json;
use store::school::{SchoolRow, TokenRow};
use store::{StoreError, Tx};

use super::approve::{self, token_name};
use super::{logo, rules};
use crate::account::path;
use crate::staff::administrators;
use crate::{Failure, Visit};

/// What the session remembers the forms beside it by, which have no fields: tokens, and what waits.
pub const TOKEN_FORM: &str = "token";

/// What the session remembers the form of a school by; empty for a new one. The page of another school takes nothing of it.
#[must_use]
pub fn form_name(school: &str) -> String {
    format!("school:{school}")
}

pub(super) fn keeper(visit: &Visit) -> Result<Member, Failure> {
    Ok(holder(&visit.actor, Power::KeepSchools, &visit.province.bureaus)?.clone())
}

/// The schools of the province.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `NotFound` where the province has no 继续教育, `Store`.
pub async fn kept_schools(visit: &Visit) -> Result<KeptSchoolsView, Failure> {
    keeper(visit)?;
    let classes = rules(visit)?.classes.as_ref();
    let mut reader = visit.services.db.read().await?;
    let rows = reader.list_schools(visit.province_key()).await?;
    let waiting = reader.list_waiting_schools(visit.province_key(), visit.now()).await?;
    drop(reader);
    let line = |row: SchoolRow| KeptSchool {
        waits: waiting.contains(&row.id),
        id: row.id,
        code: row.code,
        name: row.name,
        phone: row.phone,
        years: typed(&row.years),
    };
    let has_institutions = classes.is_some_and(|classes| classes.open_name.is_some());
    Ok(KeptSchoolsView { has_institutions, lines: rows.into_iter().map(line).collect() })
}

fn typed(years: &str) -> String {
    years.replace(',', "、")
}

fn shown(ranges: &str) -> String {
    ranges.replace(',', ", ")
}

/// A school under the pen, with its tokens; `new` for an empty one. A token that was just issued is shown this once.
///
/// # Errors
/// As [`kept_schools`]; `NotFound` for that of another province.
pub async fn kept_school(visit: &Visit, id: &str) -> Result<KeptSchoolView, Failure> {
    let me = keeper(visit)?.id;
    rules(visit)?;
    let mut reader = visit.services.db.read().await?;
    let row = match id {
        "new" => None,
        id => Some(reader.find_school(id).await?.filter(|row| row.province == visit.province_key()).ok_or(Failure::NotFound)?),
    };
    let (tokens, waiting) = match &row {
        Some(row) => {
            (reader.list_school_tokens(&row.id).await?, approve::waiting(&mut reader, &row.id, (&me, visit.now())).await?)
        }
        None => Default::default(),
    };
    let logos = reader.list_logo_marks(visit.province_key()).await?;
    drop(reader);
    let (entry, ranges) = row.as_ref().map(|row| (row.entry.clone(), row.ranges.clone())).unwrap_or_default();
    let logo = logos.into_iter().find(|logo| row.as_ref().is_some_and(|row| row.id == logo.school_id)).map(|logo| logo.mark);
    let mut stored = row.as_ref().map(form_of).unwrap_or_else(|| SchoolForm { version: "0".into(), ..SchoolForm::default() });
    let asked = |kind: ApprovalKind| waiting.iter().find(|line| line.kind == kind && line.is_mine).map(|line| &line.wanted);
    if let (true, Some(asked)) = (entry.is_empty(), asked(ApprovalKind::Entry)) {
        stored.entry.clone_from(asked);
    }
    // Whoever asked saves what they asked for, not what stands.
    if let Some(asked) = asked(ApprovalKind::Ranges) {
        stored.ranges = shown(asked);
    }
    let flash = visit.take_flash(&form_name(&stored.id)).await?;
    let (form, is_stale) = match &flash {
        Some(flash) => {
            let typed: SchoolForm = flash.refill();
            let is_stale = typed.version != stored.version;
            (SchoolForm { version: stored.version.clone(), code: code(&stored, &typed), ..typed }, is_stale)
        }
        None => (stored, false),
    };
    let refused = visit.take_flash(TOKEN_FORM).await?;
    let logo_fault = logo::take_fault(visit, id).await?;
    let new_token = match &row {
        Some(row) => visit.take_flash(&token_name(&row.id)).await?.map(|flash| flash.refill::<NewToken>()),
        None => None,
    };
    let line = |row: TokenRow| TokenLine { id: row.id, at: row.created_at, used_at: row.used_at };
    let (tokens, new_token) = (tokens.into_iter().map(line).collect(), new_token.map(|new| new.text));
    let ranges = shown(&ranges);
    Ok(KeptSchoolView { form, is_stale, tokens, waiting, entry, ranges, logo, logo_fault, new_token, flash, refused })
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
        ranges: shown(&row.ranges),
    }
}

/// Writes a school over the version that was seen, or adds it. Another 登录地址 than before and other networks wait for a second
/// administrator, and until then tickets go where they went and calls come from where they came from; a school that has no address
/// yet is open to nobody.
///
/// # Errors
/// Faults at the fields; `Stale` when somebody else wrote in between: what was typed is then kept for the page. As
/// [`kept_schools`] besides.
pub async fn save_school(visit: &Visit, form: &SchoolForm) -> Result<Answer, Failure> {
    let by = keeper(visit)?.id;
    let checked = form.check(rules(visit)?, visit.services.is_demo)?;
    let is_new = form.id.is_empty();
    let years: Vec<String> = checked.years.iter().map(i32::to_string).collect();
    let mut row = SchoolRow {
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
        ranges: String::new(),
        version: form.version.trim().parse().map_err(|_| Failure::Stale)?,
        updated_by: by,
        updated_at: visit.now(),
    };
    let action = if is_new { "add_school" } else { "save_school" };
    let (asked, ranges) = (std::mem::take(&mut row.entry), checked.ranges.to_string());
    let work = visit.clone();
    let written = visit.write(move |tx| {
        Box::pin(async move {
            if is_new {
                tx.insert_school(&row).await?
            } else {
                let there = tx.lock_school(&row.id).await?.filter(|there| there.province == row.province);
                let there = there.ok_or(Failure::Stale)?;
                (row.entry, row.ranges) = (there.entry, there.ranges);
                tx.save_school(&row).await?
            }
            let asks_entry = approve::ask_for(tx, &work, &row, (ApprovalKind::Entry, &asked, &row.entry)).await?;
            let asks_ranges = approve::ask_for(tx, &work, &row, (ApprovalKind::Ranges, &ranges, &row.ranges)).await?;
            let waits = asks_entry || asks_ranges;
            let detail = json!({ "over": row.version, "years": row.years, "asks_for_entry": asks_entry.then_some(&asked),
                "asks_for_ranges": asks_ranges.then_some(&ranges) });
            tx.audit(&work.entry(action, "school", &row.id, detail)).await?;
            Ok::<_, Failure>(waits)
        })
    });
    match written.await {
        Ok(waits) => {
            visit.services.outbox.notify_one();
            Ok(Answer::go(path(visit, if waits { "/staff/schools?saved=asked" } else { "/staff/schools?saved=1" })))
        }
        Err(Failure::Store(StoreError::Exists { .. })) => Err(FieldErrors::one("code", Fault::LoginTaken).into()),
        Err(Failure::Stale) => {
            let flash = Flash::of(&form_name(&form.id), form, Answer::default());
            visit.remember(move |memo| drop(memo.flashes.insert(flash.form.clone(), flash))).await?;
            Err(Failure::Stale)
        }
        Err(other) => Err(other),
    }
}

/// Whoever keeps the schools is told of what another does to a token, which is a key to the ledger, or to where tickets go.
pub(super) async fn tell_keepers(
    tx: &mut Tx,
    visit: &Visit,
    by: &Member,
    (what, name, of): (&str, &str, &str),
    id: &str,
) -> Result<(), Failure> {
    let text = format!("管理员{}{what}网校“{name}”的{of}。如有疑问，请在“网校管理”中核对。", by.name);
    let key = format!("school_keys:{id}:{}", visit.now().timestamp_micros());
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
                tell_keepers(tx, &work, &by, ("停用了", &name, "接口口令"), &form_.id).await?;
                tx.audit(&work.entry("end_school_token", "school", &school, json!({ "token": form_.id }))).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    written.await?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("/staff/schools/{}", form.school))))
}
