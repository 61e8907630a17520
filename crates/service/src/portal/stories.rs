//! What the staff write and what visitors read, on both engines.

use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::id::BureauCode;
use domain::intake::StepKey;
use domain::portal::forms::ContactForm;

use super::*;
use crate::intake::stories::{fill, submit, zhang_san};
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

const DISTRICT: &str = "430111";
const CITY: &str = "430100";
const PROVINCE: &str = "430000";

async fn administrator(house: &House) -> Visit {
    staff(house, PROVINCE, "赵管理", "administrator", true).await
}

fn contact_form(bureau: &str, version: i64, phone: &str) -> ContactForm {
    let text = str::to_owned;
    ContactForm {
        bureau: text(bureau),
        version: version.to_string(),
        phone: text(phone),
        address: text("韶山中路 9 号"),
        hours: text("工作日 9:00–17:00"),
        wants: text("请携带劳动合同原件"),
    }
}

async fn a_bureau_s_reviewers_change_its_contact_and_the_province_s_administrators_everyone_s(house: House) {
    let li = staff(&house, DISTRICT, "李审核", "reviewer", true).await;
    let city = staff(&house, CITY, "周审核", "reviewer", true).await;
    for (visit, bureau) in [(&li, CITY), (&city, DISTRICT), (&li, "999999")] {
        assert_eq!(refusal(save_contact(visit, &contact_form(bureau, 0, "0731-85000000")).await), Refusal::NotYours);
        assert_eq!(refusal(contact(visit, &BureauCode::from(bureau)).await), Refusal::NotYours);
    }
    for (visit, expected) in [(house.visit(None).await, Refusal::SignInAgain), (zhang_san(&house).await, Refusal::NotYours)] {
        assert_eq!(refusal(contacts(&visit, "").await), expected);
        assert_eq!(refusal(save_contact(&visit, &contact_form(DISTRICT, 0, "1")).await), expected);
    }
    assert_eq!(contacts(&li, "").await.unwrap().lines.len(), 1);
    let wrong = save_contact(&li, &contact_form(DISTRICT, 0, "请打总机")).await;
    assert!(matches!(wrong, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("phone", Fault::Character('请'))));
    assert_eq!(contact(&li, &BureauCode::from(DISTRICT)).await.unwrap().form.version, "0");
    save_contact(&li, &contact_form(DISTRICT, 0, "0731-85000001")).await.unwrap();
    let view = contact(&li, &BureauCode::from(DISTRICT)).await.unwrap();
    assert_eq!((view.form.phone.as_str(), view.form.version.as_str()), ("0731-85000001", "1"));
    assert_eq!((view.bureau_name.as_str(), view.changed.unwrap().0.as_str()), ("长沙市雨花区财政局", "李审核"));
    let zhao = administrator(&house).await;
    assert!(contacts(&zhao, "").await.unwrap().lines.len() > 100);
    save_contact(&zhao, &contact_form(DISTRICT, 1, "0731-85000002")).await.unwrap();
    let visitor = house.visit(None).await;
    let found = hotlines(&visitor, Wanted { search: " 85000002 ", ..Wanted::default() }).await.unwrap();
    assert_eq!((found.search.as_str(), found.cities.len()), ("85000002", 1));
    let (name, bureaus) = &found.cities[0];
    assert_eq!((name.as_str(), bureaus[0].name.as_str(), bureaus.len()), ("长沙市", "长沙市雨花区财政局", 1));
    let known = hotlines(&visitor, Wanted { search: "", ..Wanted::default() }).await.unwrap().cities;
    assert_eq!((known.len(), known[0].1.len()), (1, 1), "of the others nothing is known");
    let all = hotlines(&visitor, Wanted { search: "财政", ..Wanted::default() }).await.unwrap().cities;
    assert_eq!((all[0].0.as_str(), all[0].1.len()), ("湖南省", 1));
    assert!(all.iter().any(|(name, bureaus)| name == "长沙市" && bureaus[0].name == "长沙市财政局" && bureaus.len() > 5));
    assert!(hotlines(&visitor, Wanted { search: "没有这样的局", ..Wanted::default() }).await.unwrap().cities.is_empty());
    let choose = |city, county| Wanted { search: "没有这样的局", city, county };
    let city = hotlines(&visitor, choose("430100", "")).await.unwrap();
    assert_eq!((city.cities.len(), city.cities[0].0.as_str(), city.search.as_str()), (1, "长沙市", ""));
    let names: Vec<_> = city.counties.iter().map(|(_, name)| name.as_str()).collect();
    assert!(
        names.contains(&"长沙县财政局") && names.contains(&"长沙市财政局本级") && names.contains(&"长沙市雨花区财政局"),
        "{names:?}"
    );
    let one = hotlines(&visitor, choose("430100", DISTRICT)).await.unwrap();
    assert_eq!((one.cities[0].1.len(), one.cities[0].1[0].phone.as_str()), (1, "0731-85000002"));
    let elsewhere = hotlines(&visitor, choose("430200", DISTRICT)).await.unwrap();
    assert!(elsewhere.county.is_none() && elsewhere.cities[0].0 == "株洲市", "a bureau of another city is not chosen");
    assert_audit_stands(&house).await;
}
both!(a_bureau_s_reviewers_change_its_contact_and_the_province_s_administrators_everyone_s);

async fn of_two_who_change_the_same_contact_one_wins_whether_it_is_the_first_time_or_not(house: House) {
    let reviewers = [staff(&house, DISTRICT, "李审核", "reviewer", true).await, administrator(&house).await];
    for version in [0, 1] {
        let tries = reviewers.clone().into_iter().zip(["0731-85000003", "0731-85000004"]).map(|(visit, phone)| {
            tokio::spawn(async move {
                let outcome: Result<Answer, Failure> = save_contact(&visit, &contact_form(DISTRICT, version, phone)).await;
                (visit, phone, outcome)
            })
        });
        let done: Vec<_> = futures::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
        let (won, lost): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, _, outcome)| outcome.is_ok());
        assert_eq!((won.len(), lost.len()), (1, 1), "over version {version}");
        assert!(matches!(lost[0].2, Err(Failure::Stale)));
        let view = contact(&house.again(&lost[0].0).await, &BureauCode::from(DISTRICT)).await.unwrap();
        assert_eq!((view.form.phone.as_str(), view.typed.unwrap().phone.as_str()), (won[0].1, lost[0].1));
    }
}
both!(of_two_who_change_the_same_contact_one_wins_whether_it_is_the_first_time_or_not);

async fn what_a_bureau_wrote_about_itself_stands_on_every_page_of_its_applicants(house: House) {
    let (li, zhang) = (staff(&house, DISTRICT, "李审核", "reviewer", true).await, zhang_san(&house).await);
    save_contact(&li, &contact_form(DISTRICT, 0, "0731-85000005")).await.unwrap();
    fill(&zhang).await;
    let step = crate::intake::step_view(&zhang, StepKey::Employment, false).await.unwrap();
    assert_eq!(step.bureau.unwrap().phone, "0731-85000005", "of the one that the answers lead to");
    assert_eq!(step.kit.bureaus.get(&BureauCode::from(DISTRICT)).unwrap().phone, "", "nobody chooses here");
    let check = crate::intake::check_view(&zhang).await.unwrap();
    assert_eq!(check.bureau.unwrap().address, "韶山中路 9 号");
    submit(&zhang).await;
    let bureau = crate::intake::progress_view(&zhang).await.unwrap().bureau.unwrap();
    assert_eq!((bureau.phone.as_str(), bureau.hours.as_str()), ("0731-85000005", "工作日 9:00–17:00"));
    // Nothing in the memory of the process: the next change is seen at once.
    let emptied = ContactForm { version: "1".into(), bureau: DISTRICT.into(), ..ContactForm::default() };
    save_contact(&li, &emptied).await.unwrap();
    assert_eq!(crate::intake::progress_view(&zhang).await.unwrap().bureau.unwrap().phone, "");
}
both!(what_a_bureau_wrote_about_itself_stands_on_every_page_of_its_applicants);
