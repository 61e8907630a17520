//! The accounts of the staff under the hand of the province's administrators. An administrator never learns a password, nor the
//! one-time token with which a new or reset account is activated (security V6.4.6).

use domain::answer::Answer;
use domain::case::{Power, Refusal, StaffRole, holder};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, StaffId};
use domain::identity::{Mobile, mask};
use domain::province::Bureaus;
use domain::staff::forms::{ActForm, FindForm, PersonForm};
use domain::staff::view::{AskedView, NewPersonView, PeopleQuery, PeopleView, PersonLine, PersonState, PersonView};
use domain::staff::{Act, Second, acts, may_act};
use serde_json::json;
use store::staff::StaffRow;
use store::staff::people::{PeopleFilter, PersonRow};
use store::{StoreError, Tx};

use super::{ask, require_staff, told};
use crate::account::{Judged, path};
use crate::{Failure, Visit};

/// Lines on a page.
const PAGE: usize = 50;

/// A page of the staff of the province, by bureau and name to log in with.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn people(visit: &Visit, query: &PeopleQuery) -> Result<PeopleView, Failure> {
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    let searched = visit.searched(&query.search)?;
    let (is_search_over, words) = (searched.is_none(), searched.unwrap_or_default());
    let mut reader = visit.services.db.read().await?;
    let before = match &query.after {
        Some(id) => reader.find_staff(id).await?.filter(|staff| staff.province == visit.province_key()),
        None => None,
    };
    let filter = PeopleFilter {
        province: visit.province_key(),
        bureau: query.bureau.as_ref(),
        name: &words,
        after: before.as_ref().map(|staff| (&staff.bureau, staff.login.as_str())),
        limit: i64::try_from(PAGE + 1).unwrap_or(i64::MAX),
    };
    let mut rows = reader.list_people(filter).await?;
    drop(reader);
    let has_more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let next = rows.last().filter(|_| has_more).map(|row| row.id.clone());
    let lines = rows.into_iter().map(|row| line(visit, row)).collect::<Result<_, _>>()?;
    let bureaus = names(&visit.province.bureaus);
    Ok(PeopleView { query: query.clone(), words, is_search_over, lines, next, bureaus })
}

/// Searches for staff: goes to the address of the list, in which a token stands for what was typed.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn find_people(visit: &Visit, form: &FindForm) -> Result<Answer, Failure> {
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    let bureau = visit
        .province
        .bureaus
        .get(&BureauCode::from(form.bureau.as_str()))
        .map(|bureau| bureau.code.as_str())
        .unwrap_or_default();
    let token = visit.keep_search(&form.words).await?;
    Ok(Answer::go(format!("/{}/staff/people?bureau={bureau}&search={token}", visit.province_key())))
}

fn names(bureaus: &Bureaus) -> Vec<(BureauCode, String)> {
    bureaus.0.values().map(|bureau| (bureau.code.clone(), bureau.name.clone())).collect()
}

fn line(visit: &Visit, row: PersonRow) -> Result<PersonLine, Failure> {
    let now = visit.now();
    let (is_new, is_usable) = (row.is_new == Some(true), row.is_usable == Some(true));
    let state = match (row.activation_expires_at, &row.agreed_by) {
        _ if !row.is_active => PersonState::Disabled,
        (Some(until), Some(_)) => PersonState::Waiting { until, is_over: until <= now },
        (Some(until), None) if is_usable && until <= now => PersonState::Active,
        (Some(until), None) => PersonState::Asked { is_new, until, is_over: until <= now },
        _ => PersonState::Active,
    };
    Ok(PersonLine {
        bureau_name: visit.province.bureaus.get(&row.bureau).map(|bureau| bureau.name.clone()).unwrap_or_default(),
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
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    Ok(NewPersonView { bureaus: names(&visit.province.bureaus), flash: visit.take_flash("person").await? })
}

/// An account, and what waits about it.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn person(visit: &Visit, id: &StaffId) -> Result<PersonView, Failure> {
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    let row = visit.services.db.read().await?.find_person(visit.province_key(), id).await?.ok_or(Failure::NotFound)?;
    let me = require_staff(visit)?.id;
    let (version, created_at) = (row.version, row.created_at);
    let mobile = mask::mobile(&told::mobile_of(&visit.services, id, &row.mobile_sealed)?);
    let line = line(visit, row)?;
    let asked = match line.state {
        PersonState::Asked { is_over: false, .. } => asked(visit, id, &me).await?,
        _ => None,
    };
    let mut acts = acts(line.state, asked.as_ref().is_some_and(|asked| asked.is_mine)).to_vec();
    acts.retain(|act| *act != Act::Agree || asked.as_ref().is_some_and(|asked| asked.second == Second::Administrator));
    Ok(PersonView { version, created_at, acts, is_own: me == *id, mobile, asked, flash: visit.take_flash("act").await?, line })
}

async fn asked(visit: &Visit, id: &StaffId, me: &StaffId) -> Result<Option<AskedView>, Failure> {
    let mut reader = visit.services.db.read().await?;
    let (asked, person) = (reader.find_activation(id).await?, reader.find_staff(id).await?);
    let Some((asked, person)) = asked.zip(person) else { return Ok(None) };
    let by = reader.find_staff(&asked.asked_by).await?.map(|by| by.name).unwrap_or_default();
    let mobile = asked.mobile_sealed.map(|sealed| told::mobile_of(&visit.services, id, &sealed)).transpose()?;
    let second = ask::second_of(&mut reader, &person).await?;
    let mobile = mobile.map(|mobile| mask::mobile(&mobile));
    Ok(Some(AskedView { by, at: asked.asked_at, is_mine: asked.asked_by == *me, second, mobile }))
}

/// Makes an account that waits for a second person, and then for its token.
///
/// # Errors
/// Faults at the fields (`LoginTaken`, `MobileOfAdministrator`); `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn add_person(visit: &Visit, form: &PersonForm) -> Result<Answer, Failure> {
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    let new = form.check(&visit.province.bureaus, visit.services.today())?;
    let id = StaffId::from(visit.services.ids.id());
    let staff = StaffRow {
        mobile_sealed: told::seal_mobile(&visit.services, &id, new.mobile.as_str()),
        id,
        province: visit.province_key().to_owned(),
        bureau: new.bureau,
        login: new.login,
        name: new.name,
        role: new.role.code().to_owned(),
        document_hash: new.document.map(|document| visit.services.vault.keyed_hash("document", document.number())),
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
            if let Some(errors) = of_administrator(tx, &job, &new.mobile).await? {
                return Ok(Err(errors));
            }
            tx.insert_staff(&staff).await?;
            let second = ask::ask(tx, &job, &staff, true, None).await?;
            let detail = json!({ "bureau": staff.bureau, "role": staff.role, "second": second.code() });
            tx.audit(&job.entry("add_staff", "staff", staff.id.as_str(), detail)).await?;
            Ok(Ok(()))
        })
    });
    let made: Judged<()> = match written.await {
        Err(Failure::Store(StoreError::Exists { table: "staff" })) => Ok(Err(FieldErrors::one("login", Fault::LoginTaken))),
        other => other,
    };
    made??;
    visit.services.outbox.notify_one();
    Ok(Answer::go(go))
}

/// The fault of a number that belongs to an administrator of the province: who agrees would be who asked.
async fn of_administrator(tx: &mut Tx, visit: &Visit, mobile: &Mobile) -> Result<Option<FieldErrors>, Failure> {
    for one in tx.list_administrators(visit.province_key()).await? {
        if told::mobile_of(&visit.services, &one.id, &one.mobile_sealed)? == mobile.as_str() {
            return Ok(Some(FieldErrors::one("mobile", Fault::MobileOfAdministrator)));
        }
    }
    Ok(None)
}

/// 停用, 启用, 申请重置, 同意, 不同意, over the version that was seen.
///
/// # Errors
/// Faults at `mobile`; `OwnAccount`, `LastAdministrator`; `Stale` when somebody else changed the account in between; `NotFound`,
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn act_on_person(visit: &Visit, form: &ActForm) -> Result<Answer, Failure> {
    holder(&visit.actor, Power::KeepStaff, &visit.province.bureaus)?;
    let act = Act::from_code(&form.act).ok_or(Failure::NotFound)?;
    let seen: i64 = form.version.trim().parse().map_err(|_| Failure::Stale)?;
    let mobile = match (act, form.mobile.trim()) {
        (Act::Reset, typed) if !typed.is_empty() => {
            Some(Mobile::check(typed).map_err(|fault| FieldErrors::one("mobile", fault))?)
        }
        _ => None,
    };
    let (job, id) = (visit.clone(), StaffId::from(form.person.as_str()));
    let person = id.clone();
    let is_there =
        visit.write(move |tx| Box::pin(async move { perform(tx, &job, (&person, seen), act, mobile).await })).await??;
    visit.services.outbox.notify_one();
    Ok(Answer::go(if is_there { person_path(visit, &id) } else { path(visit, "/staff/people") }))
}

/// Whether the account is there afterwards.
async fn perform(tx: &mut Tx, visit: &Visit, (id, seen): (&StaffId, i64), act: Act, mobile: Option<Mobile>) -> Judged<bool> {
    line_up(tx, visit).await?;
    let (province, me) = (visit.province_key(), require_staff(visit)?.id);
    let row = tx.find_person(province, id).await?.ok_or(Failure::NotFound)?;
    let (asked, role, version) = (tx.find_activation(id).await?, role(&row.role)?, row.version);
    let asked_by = asked.as_ref().map(|asked| &asked.asked_by);
    if version != seen || !acts(line(visit, row)?.state, asked_by == Some(&me)).contains(&act) {
        return Err(Failure::Stale);
    }
    let others = tx.count_able_administrators(province, id).await?;
    may_act(&me, id, role, act, others)?;
    let person = tx.find_staff(id).await?.ok_or(Failure::NotFound)?;
    let is_new = asked.as_ref().is_some_and(|asked| asked.is_new && asked.agreed_by.is_none());
    let mut detail = json!({ "over": seen, "asked_by": asked_by });
    match act {
        Act::Enable => tx.set_staff_active(province, id, seen, true).await?,
        Act::Disable => tx.set_staff_active(province, id, seen, false).await?,
        Act::Reset => {
            if let Some(errors) = reset(tx, visit, &person, mobile, &mut detail).await? {
                return Ok(Err(errors));
            }
        }
        Act::Agree => ask::agree_to(tx, visit, &person).await?,
        Act::Refuse => {
            tx.forget_activation(id).await?;
            if is_new {
                tx.remove_staff(province, id, seen).await?;
            }
        }
    }
    if act == Act::Disable || act == Act::Enable {
        tx.delete_sessions_of_staff(id).await?;
    }
    let action = match act {
        Act::Enable => "enable_staff",
        Act::Disable => "disable_staff",
        Act::Reset => "ask_reset_of_staff",
        Act::Agree => "approve_staff",
        Act::Refuse => "refuse_staff",
    };
    tx.audit(&visit.entry(action, "staff", id.as_str(), detail)).await?;
    Ok(Ok(!(is_new && act == Act::Refuse)))
}

/// Asks for a reset; an account without a telephone on file needs one with it.
async fn reset(
    tx: &mut Tx,
    visit: &Visit,
    person: &StaffRow,
    mobile: Option<Mobile>,
    detail: &mut serde_json::Value,
) -> Result<Option<FieldErrors>, Failure> {
    match &mobile {
        None if person.mobile_sealed.is_empty() => return Ok(Some(FieldErrors::one("mobile", Fault::Missing))),
        Some(mobile) => {
            if let Some(errors) = of_administrator(tx, visit, mobile).await? {
                return Ok(Some(errors));
            }
        }
        None => {}
    }
    detail["has_new_mobile"] = mobile.is_some().into();
    let second = ask::ask(tx, visit, person, false, mobile.as_ref()).await?;
    detail["second"] = second.code().into();
    Ok(None)
}

/// Administrators of a province change accounts one after the other, and each must still be signed in when the turn comes:
/// of two who switch each other off one stays.
async fn line_up(tx: &mut Tx, visit: &Visit) -> Result<(), Failure> {
    tx.lock_rate(&format!("{}:people", visit.province_key()), visit.now()).await?;
    tx.find_session(&visit.token.hash()).await?.ok_or(Refusal::SignInAgain)?;
    Ok(())
}

fn person_path(visit: &Visit, id: &StaffId) -> String {
    path(visit, &format!("/staff/people/{id}"))
}
