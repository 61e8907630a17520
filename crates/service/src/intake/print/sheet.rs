//! What stands on the form: the person, the answers under their headings, the promise, and where to sign.

use chrono::{Datelike, NaiveDate};
use domain::case::Section;
use domain::identity::name::as_printed;
use domain::intake::Holder;
use domain::province::{Bureau, StepKey};
use store::case::file::CaseRow;

use crate::Visit;
use crate::ports::Sheet;

/// The telephone, where the form asks for one.
pub(super) const MOBILE: &str = "person.mobile";
/// On paper an empty cell could be filled in by hand.
const NOT_ANSWERED: &str = "—";

/// Whose form it is and what it says.
pub(super) struct Applicant<'a> {
    pub case: Option<&'a CaseRow>,
    pub bureau: Option<&'a Bureau>,
    pub holder: &'a Holder,
    pub document: String,
    /// Of the account.
    pub mobile: String,
    pub sections: Vec<Section>,
}

/// The form without its photo.
pub(super) fn sheet(visit: &Visit, of: Applicant<'_>) -> Sheet {
    let profile = &visit.province.profile;
    let employer = of.sections.iter().flat_map(|section| &section.rows).find(|row| row.item == "employment.employer_name");
    let is_employed = employer.is_some_and(|row| !row.value.is_empty());
    let signatures: &[&str] = if is_employed { &["单位盖章", "本人签名"] } else { &["本人签名"] };
    let authority = of.bureau.map_or(&profile.site.authority, |bureau| &bureau.name);
    Sheet {
        title: profile.intake.form_title.clone(),
        authority: format!("受理机关：{authority}"),
        number: of.case.and_then(|case| case.number.as_ref()).map(|number| format!("受理编号：{number}")),
        sections: parts(holder(visit, &of), of.sections),
        has_photo: true,
        photo: None,
        promise: profile.intake_line().briefing.pledge.trim().to_owned(),
        signatures: signatures.iter().map(|name| (*name).to_owned()).collect(),
        printed_on: date(visit.services.today()),
        seal: None,
    }
}

type Rows = Vec<(String, String)>;

/// The person as registered. The telephone stands on the form once: where a question asks for it, that answer counts.
fn holder(visit: &Visit, of: &Applicant<'_>) -> Rows {
    let asks_mobile = of.sections.iter().flat_map(|section| &section.rows).any(|row| row.item == MOBILE);
    let kinds = &visit.province.profile.account.document_kinds;
    let kind = kinds.iter().find(|option| option.kind == of.holder.document_kind).map(|option| option.label.clone());
    let rows = [
        ("姓名", Some(as_printed(&of.holder.name))),
        ("性别", of.holder.sex.map(|sex| sex.label().to_owned())),
        ("证件类型", kind),
        ("证件号码", Some(of.document.clone())),
        ("出生日期", of.holder.born_on.map(date)),
        ("手机号码", Some(of.mobile.clone()).filter(|_| !asks_mobile)),
    ];
    rows.into_iter().filter_map(|(label, value)| Some((label.to_owned(), value?))).collect()
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
            let value = if row.value.is_empty() { NOT_ANSWERED.to_owned() } else { as_printed(&row.value) };
            parts.last_mut().into_iter().for_each(|(_, rows)| rows.push((row.label.clone(), value.clone())));
        }
    }
    parts
}

fn date(date: NaiveDate) -> String {
    format!("{}年{}月{}日", date.year(), date.month(), date.day())
}
