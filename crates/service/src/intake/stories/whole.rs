//! From the pledge to the submission and back.

use chrono::Duration;
use domain::answer::Notice;
use domain::case::{Refusal, is_case_number};
use domain::fault::Fault;
use domain::id::CaseId;
use domain::intake::forms::PledgeForm;
use domain::intake::{Task, TaskState};
use futures::future::join_all;

use super::*;
use crate::{intake, review};

async fn the_whole_path_leads_to_a_number_a_bureau_and_a_date(house: House) {
    let visit = zhang_san(&house).await;
    let hub = intake::hub(&visit).await.unwrap();
    assert_eq!((hub.case, hub.next, hub.has_begun), (None, Some(Task::Briefing), false));
    assert_eq!(pledge(&visit).await.go.as_deref(), Some("/hunan/intake/person"));
    fill(&visit).await;
    let check = intake::check_view(&visit).await.unwrap();
    assert!(check.faults.is_empty(), "{:?}", check.faults);
    assert_eq!((check.document.as_str(), check.mobile.as_str()), ("430111********9988", "139****1234"));
    assert_eq!(check.bureau.unwrap().code, "430111");
    assert_eq!(check.due_on.to_string(), "2026-12-02");
    assert_eq!(submit(&visit).await.go.as_deref(), Some("/hunan/intake/progress"));

    let progress = intake::progress_view(&visit).await.unwrap();
    let case = progress.case.unwrap();
    assert!(is_case_number(&case.number), "{}", case.number);
    assert!(case.number.starts_with("4320261118000001"));
    assert_eq!((case.status, case.round, case.due_on.unwrap().to_string().as_str()), (Status::Submitted, 1, "2026-12-02"));
    assert_eq!(super::case(&visit).await.bureau_path, "430000/430100/430111");
    assert_eq!((progress.files.len(), progress.sections.len(), progress.may_withdraw), (7, 4, true));
    assert_eq!(progress.timeline.len(), 1);
    let mut reader = house.services.db.read().await.unwrap();
    let messages = reader.list_messages(visit.account().unwrap(), "~", 10).await.unwrap();
    assert!(messages[0].body.contains(&case.number));
    let audit = reader.list_audit_of("case", case.id.as_str()).await.unwrap();
    assert!(audit.iter().any(|row| row.action == "submit"));
    let hash = house.services.vault.keyed_hash("certificate", "19430001");
    assert_eq!(reader.list_same_certificate(&hash, &CaseId::from("another")).await.unwrap(), [case.number]);
    drop(reader);
    let hub = intake::hub(&visit).await.unwrap();
    assert!(hub.tasks.is_empty() && hub.next.is_none());
}
both!(the_whole_path_leads_to_a_number_a_bureau_and_a_date);

async fn a_pledge_needs_the_tick_and_the_text_in_force(house: House) {
    let visit = zhang_san(&house).await;
    let typed = |agreed: &str, version: &str| PledgeForm { agreed: agreed.into(), version: version.into() };
    let Err(Failure::Invalid(errors)) = intake::pledge(&visit, &typed("", "2026-01")).await else { panic!() };
    assert_eq!(errors.of("agreed"), Some(&Fault::NotAgreed));
    assert!(matches!(intake::pledge(&visit, &typed("yes", "2019-01")).await, Err(Failure::Stale)));
    let form = typed("yes", "2026-01");
    let all = join_all((0..20).map(|_| intake::pledge(&visit, &form))).await;
    assert!(all.iter().all(Result::is_ok), "{all:?}");
    assert!(intake::hub(&visit).await.unwrap().has_begun);
    let visitor = house.visit(None).await;
    let refused = intake::hub(&visitor).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::SignInAgain))));
}
both!(a_pledge_needs_the_tick_and_the_text_in_force);

async fn fifty_posts_with_one_key_are_one_submission(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let form = with_key("one");
    let all = join_all((0..50).map(|_| intake::submit(&visit, &form))).await;
    assert!(all.iter().all(|answer| answer.as_ref().unwrap().go.as_deref() == Some("/hunan/intake/progress")));
    only_one_submission(&house, &visit).await;
}
both!(fifty_posts_with_one_key_are_one_submission);

async fn of_fifty_posts_with_fifty_keys_one_has_an_effect(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    let forms: Vec<_> = (0..50).map(|n| with_key(&format!("key-{n}"))).collect();
    let all = join_all(forms.iter().map(|form| intake::submit(&visit, form))).await;
    assert_eq!(all.iter().filter(|answer| answer.is_ok()).count(), 1);
    for late in all.iter().filter(|answer| answer.is_err()) {
        assert!(matches!(late, Err(Failure::Refused(Refusal::AlreadySubmitted))), "{late:?}");
    }
    only_one_submission(&house, &visit).await;
}
both!(of_fifty_posts_with_fifty_keys_one_has_an_effect);

async fn only_one_submission(house: &House, visit: &Visit) {
    let case = case(visit).await;
    assert_eq!((case.status, case.round), (Status::Submitted, 1));
    let mut reader = house.services.db.read().await.unwrap();
    assert_eq!(reader.list_submissions(&case.id).await.unwrap().len(), 1);
    assert_eq!(reader.list_events(&case.id).await.unwrap().len(), 1);
    assert!(case.number.unwrap().starts_with("4320261118000001"));
}

async fn a_withdrawn_application_can_be_changed_and_submitted_again(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let number = case(&visit).await.number;
    let version = case(&visit).await.version;
    let all = join_all((0..50).map(|_| withdraw(&visit, version))).await;
    assert!(all.iter().all(|answer| answer.as_ref().unwrap().go.as_deref() == Some("/hunan/intake")));
    let events = house.services.db.read().await.unwrap().list_events(&case(&visit).await.id).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.action == "withdraw").count(), 1);
    let (desk, beside) = (super::reviewer(&house, "430111").await, super::reviewer(&house, "430112").await);
    let id = case(&visit).await.id;
    assert!(
        matches!(review::case(&desk, &id).await, Err(Failure::Refused(Refusal::Withdrawn))),
        "the bureau that had it is told"
    );
    assert!(matches!(review::case(&beside, &id).await, Err(Failure::NotFound)));
    house.clock.forward(Duration::minutes(5));
    let mut changed = answers();
    changed.set("employment.division", "430102".into());
    let answer = save(&visit, &changed, StepKey::Employment).await;
    assert_eq!(answer.go.as_deref(), Some("/hunan/intake/check"));
    assert!(matches!(answer.notice, Some(Notice::Saved { version: 2, .. })));
    submit(&visit).await;
    let case = case(&visit).await;
    assert_eq!((case.status, case.round, case.bureau.as_ref().unwrap().as_str()), (Status::Submitted, 2, "430102"));
    assert_eq!(case.number, number);
    assert!(matches!(withdraw(&visit, version).await, Err(Failure::Stale)));
}
both!(a_withdrawn_application_can_be_changed_and_submitted_again);

async fn a_decision_that_was_faster_is_told_with_the_bureau(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let version = case(&visit).await.version;
    decide(&house, &visit, Status::Approved, &[]).await;
    let Err(Failure::Refused(Refusal::DecidedByOther { name, status, .. })) = withdraw(&visit, version).await else { panic!() };
    assert_eq!((name.as_str(), status), ("长沙市雨花区财政局", Status::Approved));
    let form = PledgeForm { agreed: "yes".into(), version: "2026-01".into() };
    let again = intake::pledge(&visit, &form).await;
    assert!(matches!(again, Err(Failure::Refused(Refusal::AlreadyCollected))));
    let saved = intake::save_step(&visit, answers().form(StepKey::Person), 1, SaveHow::Auto).await;
    assert!(matches!(saved, Err(Failure::Refused(Refusal::AlreadyCollected))));
    let sent = intake::submit(&visit, &with_key("again")).await;
    assert!(matches!(sent, Err(Failure::Refused(Refusal::AlreadyCollected))));
    let hub = intake::hub(&visit).await.unwrap();
    assert_eq!((hub.case.unwrap().status, hub.tasks.len()), (Status::Approved, 0));
    let timeline = intake::progress_view(&visit).await.unwrap().timeline;
    assert_eq!(timeline.last().unwrap().who, "长沙市雨花区财政局");
}
both!(a_decision_that_was_faster_is_told_with_the_bureau);

async fn what_is_not_complete_is_not_submitted(house: House) {
    let visit = zhang_san(&house).await;
    let refused = intake::submit(&visit, &with_key("early")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotComplete))));
    fill(&visit).await;
    intake::remove_file(&visit, "photo", "", None).await.unwrap();
    let check = intake::check_view(&visit).await.unwrap();
    assert_eq!(check.faults.len(), 1);
    let (task, _, error) = &check.faults[0];
    assert_eq!((*task, error.field.as_str(), &error.fault), (Task::Attachments, "photo", &Fault::FileMissing));
    assert!(check.tasks.contains(&(Task::Check, TaskState::Blocked)));
    let refused = intake::submit(&visit, &with_key("incomplete")).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::NotComplete))));
    let refused = intake::submit(&visit, &SubmitForm { request_key: "k".into(), ..SubmitForm::default() }).await;
    assert!(matches!(refused, Err(Failure::Invalid(_))));
    upload(&visit, "photo", 9).await;
    intake::submit(&visit, &with_key("incomplete")).await.unwrap();
}
both!(what_is_not_complete_is_not_submitted);
