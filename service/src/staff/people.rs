//! The accounts of the staff under the hand of the province's administrators. An administrator never learns a password: a new
//! or reset account is activated with a one-time token (security V6.4.6).

use chrono::Duration;
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::province::Bureaus;
use domain::review::{Refusal, StaffRole, administers};
use domain::staff::forms::{ActForm, PersonForm};
use domain::staff::view::{NewPersonView, PeopleQuery, PeopleView, PersonLine, PersonState, PersonView};
use domain::staff::{Act, acts, may_act};
use domain::text::tidy;
use serde_json::json;
use store::staff::StaffRow;
use store::staff::people::{PeopleFilter, PersonRow};
use store::{StoreError, Tx};

use super::require_staff;
use crate::account::path;
use crate::visit::{IssuedMemo, edit_memo};
use crate::{Failure, Token, Visit};

/// How long a token can be used.
const LIFE: Duration = Duration::hours(24);
/// Lines on a page.
const PAGE: usize = 50;

/// A page of the staff of the province, by bureau and name to log in with.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn people(visit: &Visit, query: &PeopleQuery) -> Result<PeopleView, Failure> {
    administers(&visit.actor, &visit.province.bureaus)?;
    let search: String = tidy(&query.search).chars().take(50).collect();
    let filter = PeopleFilter {
        province: visit.province_key(),
        bureau: &query.bureau,
        name: &search,
        after: query.after.split_once(' ').unwrap_or_default(),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let mut rows = visit.services.db.read().await?.list_people(filter).await?;
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| format!("{} {}", row.bureau, row.login));
    let lines = rows.into_iter().map(|row| line(visit, row)).collect::<Result<_, _>>()?;
    let bureaus = names(&visit.province.bureaus);
    Ok(PeopleView { query: PeopleQuery { search, ..query.clone() }, lines, next, bureaus })
}

fn names(bureaus: &Bureaus) -> Vec<(String, String)> {
    bureaus.0.values().map(|bureau| (bureau.code.clone(), bureau.name.clone())).collect()
}

fn line(visit: &Visit, row: PersonRow) -> Result<PersonLine, Failure> {
    let state = match row.activation_expires_at {
        _ if !row.is_active => PersonState::Disabled,
        Some(until) => PersonState::Waiting { until, is_over: until <= visit.now() },
        None => PersonState::Active,
    };
    Ok(PersonLine {
        bureau: visit.province.bureaus.get(&row.bureau).map(|bureau| bureau.name.clone()).unwrap_or_default(),
        role: role(&row.role)?,
        id: row.id,
        login: row.login,
        name: row.name,
        state,
        has_second_factor: row.has_second_factor,
    })
}

fn role(code: &str) -> Result<StaffRole, Failure> {
    StaffRole::from_code(code).ok_or_else(|| Failure::Broken("role of a staff member".into()))
}

/// The form for a new account.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn new_person(visit: &Visit) -> Result<NewPersonView, Failure> {
    administers(&visit.actor, &visit.province.bureaus)?;
    Ok(NewPersonView { bureaus: names(&visit.province.bureaus), flash: visit.take_flash("person").await? })
}

/// An account; right after it was made or reset also its token, once.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn person(visit: &Visit, id: &str) -> Result<PersonView, Failure> {
    administers(&visit.actor, &visit.province.bureaus)?;
    let row = visit.services.db.read().await?.find_person(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let of = id.to_owned();
    let issued = visit.remember(move |memo| memo.issued.take_if(|issued| issued.person == of)).await?;
    Ok(PersonView {
        version: row.version,
        created_at: row.created_at,
        acts: acts(row.is_active).to_vec(),
        is_own: require_staff(visit)?.id == id,
        token: issued.map(|issued| issued.token),
        flash: visit.take_flash("act").await?,
        line: line(visit, row)?,
    })
}

/// Makes an account that waits for its token.
///
/// # Errors
/// Faults at the fields (`LoginTaken`); `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn add_person(visit: &Visit, form: &PersonForm) -> Result<Answer, Failure> {
    administers(&visit.actor, &visit.province.bureaus)?;
    let new = form.check(&visit.province.bureaus)?;
    let staff = StaffRow {
        id: visit.services.ids.id(),
        province: visit.province_key().to_owned(),
        bureau: new.bureau,
        login: new.login,
        name: new.name,
        role: new.role.code().to_owned(),
        password_hash: visit.services.gate.dummy_hash(),
        totp_sealed: None,
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: visit.now(),
    };
    let (job, go) = (visit.clone(), person_path(visit, &staff.id));
    let written = visit.write(move |tx| {
        Box::pin(async move {
            line_up(tx, &job).await?;
            tx.insert_staff(&staff).await?;
            issue(tx, &job, &staff.id).await?;
            let detail = json!({ "bureau": staff.bureau, "role": staff.role });
            tx.audit(&job.entry("add_staff", "staff", &staff.id, detail)).await?;
            Ok(())
        })
    });
    match written.await {
        Err(Failure::Store(StoreError::Exists { table: "staff" })) => Err(FieldErrors::one("login", Fault::LoginTaken).into()),
        other => other.map(|()| Answer::go(go)),
    }
}

/// 停用, 启用, 重置, over the version that was seen.
///
/// # Errors
/// `OwnAccount`, `LastAdministrator`; `Stale` when somebody else changed the account in between; `NotFound`, `SignInAgain`,
/// `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn act_on_person(visit: &Visit, form: &ActForm) -> Result<Answer, Failure> {
    administers(&visit.actor, &visit.province.bureaus)?;
    let act = Act::from_code(&form.act).ok_or(Failure::NotFound)?;
    let seen: i64 = form.version.trim().parse().map_err(|_| Failure::Stale)?;
    let (job, id) = (visit.clone(), form.person.clone());
    visit.write(move |tx| Box::pin(async move { perform(tx, &job, &id, seen, act).await })).await?;
    Ok(Answer::go(person_path(visit, &form.person)))
}

async fn perform(tx: &mut Tx, visit: &Visit, id: &str, seen: i64, act: Act) -> Result<(), Failure> {
    line_up(tx, visit).await?;
    let province = visit.province_key();
    let row = tx.find_person(province, id).await?.ok_or(Failure::NotFound)?;
    if row.version != seen || !acts(row.is_active).contains(&act) {
        return Err(Failure::Stale);
    }
    let others = tx.count_other_administrators(province, id).await?;
    may_act(&require_staff(visit)?.id, id, role(&row.role)?, act, others)?;
    match act {
        Act::Enable => tx.set_staff_active(province, id, seen, true).await?,
        Act::Disable => tx.set_staff_active(province, id, seen, false).await?,
        Act::Reset => {
            tx.reset_staff(province, id, seen, &visit.services.gate.dummy_hash()).await?;
            issue(tx, visit, id).await?;
        }
    }
    tx.delete_sessions_of_staff(id).await?;
    let action = match act {
        Act::Enable => "enable_staff",
        Act::Disable => "disable_staff",
        Act::Reset => "reset_staff",
    };
    tx.audit(&visit.entry(action, "staff", id, json!({ "over": seen }))).await?;
    Ok(())
}

/// Administrators of a province change accounts one after the other, and each must still be signed in when the turn comes:
/// of two who switch each other off one stays.
async fn line_up(tx: &mut Tx, visit: &Visit) -> Result<(), Failure> {
    tx.lock_rate(&format!("{}:people", visit.province_key()), visit.now()).await?;
    tx.find_session(&visit.token.hash()).await?.ok_or(Refusal::SignInAgain)?;
    Ok(())
}

/// A new token for an account, to be shown once on its page.
async fn issue(tx: &mut Tx, visit: &Visit, person: &str) -> Result<(), Failure> {
    let token = Token::new(&visit.services).as_str().to_owned();
    let hash = super::activate::hash(visit, &token);
    tx.put_activation(person, &hash, visit.now() + LIFE).await?;
    let issued = IssuedMemo { person: person.to_owned(), token };
    edit_memo(tx, visit, move |memo| memo.issued = Some(issued)).await
}

fn person_path(visit: &Visit, id: &str) -> String {
    path(visit, &format!("/staff/people/{id}"))
}
