//! 打印基本信息表: the application as it is saved now, on paper, to be signed and uploaded again (手册丙 十).

use chrono::{Datelike, NaiveDate};
use domain::case::Action;
use domain::case::Section;
use domain::intake::{Answers, display};
use domain::province::StepKey;
use serde_json::json;

use super::load::Folder;
use crate::case::view_bytes;
use crate::ports::{PaperError, Sheet};
use crate::{Failure, Limit, Visit, allow};

/// Whoever corrects and prints again does so a few times; more costs others their turn.
const PRINTS: Limit = Limit::new(30, 24 * 60 * 60);
/// The slot whose picture goes into the corner.
const PHOTO: &str = "photo";
/// On paper an empty cell could be filled in by hand.
const NOT_ANSWERED: &str = "—";

/// What came of it; all but [`Failure`] can be told to the person.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Printed {
    /// The document and its title.
    Pdf {
        /// Title of the form.
        title: String,
        /// The PDF.
        bytes: Vec<u8>,
    },
    /// No font has these characters.
    Unprintable(String),
    /// Nothing can be printed on this server yet.
    NoFonts,
}

/// The accountant's own form: with the whole number of the document, because it is their paper.
///
/// # Errors
/// `SignInAgain` for everybody but accountants, `NotFound` where the province prints nothing or nothing has been begun,
/// `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn printed(visit: &Visit) -> Result<Printed, Failure> {
    let account = visit.account()?.to_owned();
    if !visit.province.profile.intake_line().prints() {
        return Err(Failure::NotFound);
    }
    let folder = Folder::load(visit, &mut visit.services.db.read().await?).await?;
    let case = folder.case.as_ref().ok_or(Failure::NotFound)?;
    let (id, bucket, now) = (visit.services.ids.id(), visit.bucket("print", account.as_str()), visit.now());
    let entry = visit.entry("print_form", "case", case.id.as_str(), json!({ "round": case.round }));
    visit
        .write(move |tx| {
            Box::pin(async move {
                allow(tx, &id, &bucket, &[PRINTS], now).await?;
                Ok::<_, Failure>(tx.audit(&entry).await?)
            })
        })
        .await?;
    let mut sheet = sheet(visit, &folder)?;
    if let Some(row) = folder.files.get(PHOTO).and_then(|rows| rows.first()) {
        sheet.photo = Some(view_bytes(visit, row).await?);
    }
    let title = sheet.title.clone();
    match visit.services.paper.form(sheet).await {
        Ok(bytes) => Ok(Printed::Pdf { title, bytes }),
        Err(PaperError::Busy) => Err(Failure::Busy),
        Err(PaperError::NoFonts) => Ok(Printed::NoFonts),
        Err(PaperError::Unprintable(characters)) => Ok(Printed::Unprintable(characters)),
        Err(PaperError::Broken(what)) => Err(Failure::Broken(what)),
    }
}

fn sheet(visit: &Visit, folder: &Folder) -> Result<Sheet, Failure> {
    let (province, answers) = (folder.province(), answers(folder));
    let profile = &province.profile;
    let bureau = match &folder.case {
        Some(case) if case.round > 0 => case.bureau.as_ref().and_then(|code| province.bureaus.get(code)),
        _ => answers.bureau(&folder.cx()),
    };
    let sections = display(&folder.cx(), answers);
    let employer = sections.iter().flat_map(|section| &section.rows).find(|row| row.item == "employment.employer_name");
    let is_employed = employer.is_some_and(|row| !row.value.is_empty());
    let signatures: &[&str] = if is_employed { &["单位盖章", "本人签名"] } else { &["本人签名"] };
    let authority = bureau.map_or(&profile.site.authority, |bureau| &bureau.name);
    Ok(Sheet {
        title: profile.intake.form_title.clone(),
        authority: format!("受理机关：{authority}"),
        number: folder.case.as_ref().and_then(|case| case.number.as_ref()).map(|number| format!("受理编号：{number}")),
        sections: parts(holder(visit, folder)?, sections),
        photo: None,
        promise: profile.intake_line().briefing.pledge.trim().to_owned(),
        signatures: signatures.iter().map(|name| (*name).to_owned()).collect(),
        printed_on: date(visit.services.today()),
    })
}

/// What can no longer be changed is printed as it was submitted.
fn answers(folder: &Folder) -> &Answers {
    match &folder.last {
        Some(last) if folder.permit(Action::Save).is_err() => &last.answers,
        _ => &folder.answers,
    }
}

type Rows = Vec<(String, String)>;

fn holder(visit: &Visit, folder: &Folder) -> Result<Rows, Failure> {
    let (account, holder) = (&folder.account, &folder.holder);
    let mobile = visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let kinds = &visit.province.profile.account.document_kinds;
    let kind = kinds.iter().find(|option| option.kind == holder.document_kind).map(|option| option.label.clone());
    let rows = [
        ("姓名", Some(holder.name.clone())),
        ("性别", holder.sex.map(|sex| sex.label().to_owned())),
        ("证件类型", kind),
        ("证件号码", Some(folder.document.clone())),
        ("出生日期", holder.born_on.map(date)),
        ("手机号码", Some(mobile)),
    ];
    Ok(rows.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect())
}

/// Headings with their rows: the person first, each group under a heading of its own.
fn parts(holder: Rows, sections: Vec<Section>) -> Vec<(String, Rows)> {
    let mut parts: Vec<(String, Rows)> = Vec::new();
    if sections.iter().all(|section| section.key != StepKey::Person.as_str()) {
        parts.push(("个人信息".to_owned(), holder.clone()));
    }
    for section in sections {
        let is_person = section.key == StepKey::Person.as_str();
        if is_person {
            parts.push((section.title.clone(), holder.clone()));
        }
        let mut heading = is_person.then(|| section.title.clone());
        for row in section.rows {
            let wanted = match row.group.filter(|group| *group != section.title) {
                Some(group) => format!("{}：{group}", section.title),
                None => section.title.clone(),
            };
            if heading.as_ref() != Some(&wanted) {
                parts.push((wanted.clone(), Rows::new()));
                heading = Some(wanted);
            }
            let value = if row.value.is_empty() { NOT_ANSWERED.to_owned() } else { row.value };
            parts.last_mut().into_iter().for_each(|(_, rows)| rows.push((row.label.clone(), value.clone())));
        }
    }
    parts
}

fn date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
