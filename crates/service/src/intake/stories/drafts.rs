//! Steps as they are saved.

use domain::account::settings::EmailForm;
use domain::answer::Notice;
use domain::case::Refusal;
use domain::intake::StepForm;
use domain::intake::view::Seen;

use super::*;
use crate::{account, intake};

fn schooled_at(school: &str) -> StepForm {
    let mut answers = answers();
    answers.set("education.full_time_school", school.into());
    answers.form(StepKey::Education)
}

async fn two_windows_never_overwrite_each_other(house: House) {
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let step = StepKey::Education;
    intake::save_step(&visit, schooled_at("湖南大学"), 0, SaveHow::Auto).await.unwrap();
    let late = intake::save_step(&visit, schooled_at("中南大学"), 0, SaveHow::Continue).await;
    assert!(matches!(late, Err(Failure::Stale)), "{late:?}");
    let visit = house.again(&visit).await;
    let view = intake::step_view(&visit, step, false).await.unwrap();
    assert_eq!((view.form().get("full_time_school"), view.version), (Some("湖南大学"), 1));
    assert_eq!(view.conflict.unwrap().get("full_time_school"), Some("中南大学"));
    let visit = house.again(&visit).await;
    assert_eq!(intake::step_view(&visit, step, false).await.unwrap().conflict, None);
}
both!(two_windows_never_overwrite_each_other);

fn from(tab: &str, version: i64, sequence: i64) -> Seen {
    Seen { version, tab: tab.into(), sequence, back: None }
}

async fn of_one_page_the_later_save_stands_whatever_the_order_of_arrival(house: House) {
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let step = StepKey::Education;
    let school = async |expected: &str, version: i64| {
        let view = intake::step_view(&house.again(&visit).await, step, false).await.unwrap();
        assert_eq!((view.form().get("full_time_school"), view.version, view.conflict), (Some(expected), version, None));
    };
    let save = async |name: &str, seen: Seen, how: SaveHow| intake::save_step(&visit, schooled_at(name), seen, how).await;
    save("湖南", from("a", 0, 1), SaveHow::Auto).await.unwrap();
    // The answer to the first is still on its way, so that the second names the same version.
    save("湖南大学", from("a", 0, 3), SaveHow::Auto).await.unwrap();
    let late = save("湖南大", from("a", 0, 2), SaveHow::Auto).await.unwrap();
    assert!(matches!(late.notice, Some(Notice::Saved { version: 2, .. })), "{late:?}");
    school("湖南大学", 2).await;
    // The same once more counts as the newest of the page.
    save("湖南大学", from("a", 2, 5), SaveHow::Later).await.unwrap();
    save("湖南大", from("a", 2, 4), SaveHow::Auto).await.unwrap();
    school("湖南大学", 3).await;
    // Another page is another writer, however high it counts.
    let other = save("中南大学", from("b", 2, 9), SaveHow::Auto).await;
    assert!(matches!(other, Err(Failure::Stale)), "{other:?}");
    let refused = save("中南大学", from(&"x".repeat(41), 3, 1), SaveHow::Auto).await;
    assert!(matches!(refused, Err(Failure::NotFound)), "{refused:?}");
}
both!(of_one_page_the_later_save_stands_whatever_the_order_of_arrival);

async fn of_the_saves_of_a_page_by_itself_one_in_ten_minutes_is_noted(house: House) {
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let noted = async || {
        let case = visit.services.db.read().await?.find_latest_case(visit.account()?, CaseKind::Intake).await?.unwrap();
        let rows = visit.services.db.read().await?.list_audit_of("case", case.id.as_str()).await?;
        Ok::<_, Failure>(rows.iter().filter(|row| row.action == "save_draft").count())
    };
    for (n, (minutes, how, expected)) in [
        (0, SaveHow::Auto, 1),
        (1, SaveHow::Auto, 1),
        (5, SaveHow::Later, 2),
        (4, SaveHow::Auto, 2),
        (6, SaveHow::Auto, 3),
        (0, SaveHow::Later, 4),
    ]
    .into_iter()
    .enumerate()
    {
        house.clock.forward(chrono::TimeDelta::minutes(minutes));
        let n = i64::try_from(n).unwrap();
        intake::save_step(&visit, schooled_at(&format!("学校{n}")), from("a", n, n + 1), how).await.unwrap();
        assert_eq!(noted().await.unwrap(), expected, "save {n}");
    }
    // The page loaded anew is another page, and the same person.
    for (tab, seen) in [("b", 6), ("c", 7)] {
        intake::save_step(&visit, schooled_at(&format!("学校{seen}")), from(tab, seen, 1), SaveHow::Auto).await.unwrap();
        assert_eq!(noted().await.unwrap(), 4, "{tab}");
    }
}
both!(of_the_saves_of_a_page_by_itself_one_in_ten_minutes_is_noted);

async fn a_faulty_step_is_kept_and_told(house: House) {
    let visit = zhang_san(&house).await;
    let early = intake::save_step(&visit, StepForm::of(StepKey::Person), 0, SaveHow::Later).await.unwrap();
    assert_eq!(early.go.as_deref(), Some("/hunan/intake/briefing"));
    pledge(&visit).await;
    let form = StepForm::of(StepKey::Education);
    let answer = intake::save_step(&visit, form.clone(), 0, SaveHow::Continue).await.unwrap();
    assert!(answer.errors.of("full_time_level").is_some() && answer.go.is_none());
    assert!(matches!(answer.notice, Some(Notice::Saved { version: 1, .. })));
    let same = intake::save_step(&visit, form, 1, SaveHow::Later).await.unwrap();
    assert_eq!(same.go.as_deref(), Some("/hunan/intake"));
    assert!(matches!(same.notice, Some(Notice::Saved { version: 1, .. })), "what is the same is not written again");
    assert!(!intake::step_view(&visit, StepKey::Education, true).await.unwrap().errors.is_empty());
    let fine = save(&visit, &answers(), StepKey::Person).await;
    assert_eq!(fine.go.as_deref(), Some("/hunan/intake/education"), "the first task that is not done");
}
both!(a_faulty_step_is_kept_and_told);

async fn what_is_too_large_is_not_kept(house: House) {
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    let refused = intake::save_step(&visit, schooled_at(&"长".repeat(5000)), 0, SaveHow::Auto).await;
    assert!(matches!(refused, Err(Failure::Invalid(_))));
    assert_eq!(intake::step_view(&visit, StepKey::Education, false).await.unwrap().version, 0);
}
both!(what_is_too_large_is_not_kept);

async fn nothing_is_saved_while_the_bureau_has_the_case(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let saved = intake::save_step(&visit, schooled_at("湖南大学"), 1, SaveHow::Later).await;
    assert!(matches!(saved, Err(Failure::Refused(Refusal::AlreadySubmitted))));
    assert_eq!(upload(&visit, "photo", 7).await, UploadAnswer::Refused(Refusal::AlreadySubmitted));
    let removed = intake::remove_file(&visit, "photo", "", None).await;
    assert!(matches!(removed, Err(Failure::Refused(Refusal::AlreadySubmitted))));
}
both!(nothing_is_saved_while_the_bureau_has_the_case);

async fn a_draft_is_sealed_and_the_audit_names_the_step_alone(house: House) {
    let visit = zhang_san(&house).await;
    pledge(&visit).await;
    save(&visit, &answers(), StepKey::Employment).await;
    let mut reader = house.services.db.read().await.unwrap();
    let drafts = reader.list_drafts(&case(&visit).await.id).await.unwrap();
    let name = "长沙某某有限公司".as_bytes();
    assert!(!drafts[0].body_sealed.windows(name.len()).any(|part| part == name));
    let audit = reader.list_audit_of("case", case(&visit).await.id.as_str()).await.unwrap();
    let saved = audit.iter().find(|row| row.action == "save_draft").unwrap();
    assert_eq!(saved.detail, r#"{"step":"employment"}"#);
}
both!(a_draft_is_sealed_and_the_audit_names_the_step_alone);

/// An account without a password needs none for it.
async fn the_email_address_of_the_account_stands_in_a_new_form_until_the_form_is_saved(house: House) {
    let visit = zhang_san(&house).await;
    let to = |email: &str| EmailForm { email: email.into(), ..EmailForm::default() };
    let asked = async || {
        let view = intake::step_view(&house.again(&visit).await, StepKey::Person, false).await.unwrap();
        view.form().get("email").map(str::to_owned)
    };
    assert_eq!(asked().await.as_deref(), Some(""));
    account::change_email(&visit, &to("zhang@example.com")).await.unwrap();
    assert_eq!(asked().await.as_deref(), Some("zhang@example.com"));
    pledge(&visit).await;
    let mut typed = answers();
    typed.set("person.email", "li@example.com".into());
    intake::save_step(&visit, typed.form(StepKey::Person), 0, SaveHow::Continue).await.unwrap();
    account::change_email(&visit, &to("wang@example.com")).await.unwrap();
    assert_eq!(asked().await.as_deref(), Some("li@example.com"), "what was saved stays");
}
both!(the_email_address_of_the_account_stands_in_a_new_form_until_the_form_is_saved);
