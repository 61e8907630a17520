//! 单位管理: what somebody was asked, the employers that they manage with those who let it be seen, and their claims.

use chrono::NaiveDate;
use domain::ban::Ban;
use domain::case::Status;
use domain::employer::view::{ClaimLine, EmployedLine, EmployersView, EmploymentLine, ManagedLine};
use domain::employer::{Consent, Vouched};
use store::Reader;
use store::employer::employment::EmploymentRow;
use store::employer::manager::ManagerRow;

use super::{KIND, MOST, rules};
use crate::{Failure, Visit, china_date};

/// Of the people of an employer so many are shown.
const MOST_PEOPLE: i64 = 2_000;

/// What somebody was asked, manages and claims.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn employers_view(visit: &Visit) -> Result<EmployersView, Failure> {
    let account = visit.account()?.clone();
    let rules = rules(visit)?;
    let flash = match visit.take_flash("employer").await? {
        Some(flash) => Some(flash),
        None => visit.take_flash("employment").await?,
    };
    let mut reader = visit.services.db.read().await?;
    let is_collected = reader.find_record(&account).await?.is_some();
    let mut employments = Vec::new();
    for row in reader.list_employments(&account).await? {
        let name = name_of(&mut reader, visit, &row.code).await?;
        employments.push(asked(row, name));
    }
    let mut managed = Vec::new();
    for row in reader.list_managed(&account).await? {
        managed.push(self::managed(&mut reader, visit, row).await?);
    }
    let claims = reader.list_employer_claims(&account, MOST).await?;
    drop(reader);
    let classes = visit.province.profile.learning.as_ref().and_then(|learning| learning.classes.as_ref());
    let waiting = claims.iter().filter(|claim| !matches!(claim.status, Status::Approved | Status::Closed)).count();
    let claims = claims.into_iter().map(|row| ClaimLine {
        case: row.case_id,
        code: row.code,
        name: row.name,
        number: row.number.unwrap_or_default(),
        status: row.status,
    });
    Ok(EmployersView {
        rules: rules.clone(),
        claim_name: visit.line(KIND).name.clone(),
        is_collected,
        may_claim: is_collected && waiting + managed.len() < rules.most as usize,
        employments,
        managed,
        claims: claims.collect(),
        classes: classes.map(|classes| classes.name.clone()),
        flash,
    })
}

/// The name of an employer as the directory has it; its code where it has none.
pub(super) async fn name_of(reader: &mut Reader, visit: &Visit, code: &str) -> Result<String, Failure> {
    Ok(reader.find_employer(visit.province_key(), code).await?.unwrap_or_else(|| code.to_owned()))
}

fn asked(row: EmploymentRow, name: String) -> EmploymentLine {
    EmploymentLine {
        name,
        manager: row.manager_name,
        asked_on: china_date(row.asked_at),
        answer: dated(Consent::from_code(&row.answer), row.answered_at.map(china_date)),
        word: dated(Vouched::from_code(&row.word), row.word_at.map(china_date)),
        id: row.id,
        code: row.code,
    }
}

fn dated<T>(what: Option<T>, on: Option<NaiveDate>) -> Option<(T, NaiveDate)> {
    what.zip(on)
}

async fn managed(reader: &mut Reader, visit: &Visit, row: ManagerRow) -> Result<ManagedLine, Failure> {
    let bans = match rules(visit)?.shows_bans {
        true => reader.list_bans_of_employed(&row.id).await?,
        false => Vec::new(),
    };
    let person = |row: EmploymentRow| {
        Some(EmployedLine {
            ban: ban(&bans, &row.id, visit.services.today()),
            since: china_date(row.answered_at?),
            word: Vouched::from_code(&row.word),
            name: row.name,
            id: row.id,
        })
    };
    let people = reader.list_employed(&row.id, MOST_PEOPLE).await?;
    Ok(ManagedLine {
        name: name_of(reader, visit, &row.code).await?,
        since: china_date(row.since),
        people: people.into_iter().filter_map(person).collect(),
        id: row.id,
        code: row.code,
    })
}

/// Until when somebody may not work as an accountant on a day; empty where nothing keeps them from it.
fn ban(bans: &[(String, String, Option<NaiveDate>)], employment: &str, today: NaiveDate) -> String {
    let own = bans.iter().filter(|(of, ..)| of == employment).filter_map(|(_, word, until)| Ban::read(word, *until));
    let longer = |one, other| if Ban::lasts_no_longer(Some(one), Some(other)) { other } else { one };
    own.filter(|ban| ban.is_active(today)).reduce(longer).map(Ban::words).unwrap_or_default()
}
