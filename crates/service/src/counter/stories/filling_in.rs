//! 窗口代为填写: a clerk types for a person, and does nothing else for them.

mod ends;

use chrono::Duration;
use domain::account::settings::ChangePasswordForm;
use domain::account::view::Who;
use domain::answer::{Answer, Flash};
use domain::counter::forms::FillInForm;
use domain::counter::view::PreparedView;
use domain::form::Typed;
use domain::handover::LendForm;
use domain::intake::StepKey;
use domain::intake::forms::WithdrawForm;
use domain::intake::view::{SaveHow, UploadAnswer};
use store::audit::AuditRow;

use super::*;
use crate::Token;
use crate::counter::{end, fill_in};
use crate::intake::stories::{answers, case, fill, picture, pledge, save, submit, with_key};
use crate::review::stories::{assert_not_found, judge, staff_id};

fn filling(token: &str) -> FillInForm {
    FillInForm { search: token.into(), reason: "本人年事已高，没有手机".into(), seen: "yes".into() }
}

/// A clerk finds somebody and begins to fill in; answers the clerk's next visit, and the one at the pages of the person.
async fn begin(house: &House, clerk: &Visit) -> (Visit, Visit) {
    let (clerk, token) = search(house, clerk, NUMBER).await;
    let entered = fill_in(&clerk, &filling(&token)).await.unwrap();
    assert_eq!(entered.go, "/hunan/intake");
    // A session that was never used would be answered once more.
    house.clock.forward(Duration::seconds(1));
    (house.again(&clerk).await, house.visit(Some(entered.token.as_str())).await)
}

async fn prepared(house: &House, visit: &Visit) -> PreparedView {
    let (visit, token) = search(house, visit, NUMBER).await;
    let Some(Found::Here(found)) = counter_view(&visit, &token).await.unwrap().found else { panic!("nobody found") };
    found.prepared
}

async fn agree(house: &House, who: &Visit, id: &CaseId) -> Result<Answer, Failure> {
    decide(who, id, row(house, id).await.version, "approve").await
}

async fn audit_of(house: &House, account: &AccountRow, action: &str) -> Vec<AuditRow> {
    let rows = house.services.db.read().await.unwrap().list_audit_of("account", account.id.as_str()).await.unwrap();
    rows.into_iter().filter(|row| row.action == action).collect()
}

async fn titles(house: &House, account: &AccountRow) -> Vec<String> {
    let messages = house.services.db.read().await.unwrap().list_messages(&account.id, "~", 9).await.unwrap();
    messages.into_iter().map(|message| message.title).collect()
}

/// From nothing to an application that waits to be handed in; with somebody else taking it in.
async fn a_clerk_fills_in_for_somebody_without_a_draft_and_never_decides_it(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (qian, sun) = (reviewer(&house, DISTRICT, "钱七").await, reviewer(&house, DISTRICT, "孙八").await);
    assert_eq!(prepared(&house, &li).await, PreparedView::Nothing);
    let (li, acting) = begin(&house, &li).await;
    let site = crate::account::site_view(&acting).await.unwrap();
    assert_eq!(site.who, Who::Acting { name: "张*".into() });
    fill(&acting).await;
    let draft = case(&zhang).await;
    assert_eq!(draft.status, Status::Draft);
    let back = end(&house.again(&acting).await).await.unwrap().go.unwrap();
    let token = back.split_once("search=").unwrap().1;
    let view = counter_view(&house.again(&li).await, token).await.unwrap();
    assert!(matches!(view.found, Some(Found::Here(found)) if found.prepared == PreparedView::Ready));

    for action in ["pledge", "save_draft"] {
        let rows = audited(&house, &draft.id, action).await;
        assert!(!rows.is_empty());
        for row in rows {
            assert_eq!((row.actor_kind.as_str(), row.actor_id.as_str()), ("staff", staff_id(&li).as_str()), "{action}");
            assert!(row.detail.contains(draft.account_id.as_str()), "{}", row.detail);
        }
    }
    let account = person(&house, &zhang).await;
    let began = audit_of(&house, &account, "fill_in").await;
    assert_eq!(began.len(), 1);
    assert!(!began[0].detail.contains("没有手机"), "what was typed stays out of the trail");
    assert_eq!(audit_of(&house, &account, "end_filling_in").await[0].actor_id, staff_id(&li).to_string());

    // Somebody else takes it in, a third confirms; the one who typed still does not decide.
    let (wang, token) = search(&house, &wang, NUMBER).await;
    let id = asked(&house, &wang, form("take_in", &token)).await.unwrap();
    agree(&house, &qian, &id).await.unwrap();
    let application = case(&zhang).await.id;
    for who in [&li, &wang, &qian] {
        assert_eq!(refusal(agree(&house, who, &application).await), Refusal::SecondPersonNeeded);
        assert_eq!(crate::review::next(who, None).await.unwrap().go.unwrap(), "/hunan/staff/queue");
    }
    judge(&sun, &application, "education.full_time_school", "reject", "与证书不一致").await.unwrap();
    decide(&sun, &application, row(&house, &application).await.version, "return").await.unwrap();
    let mut changed = answers();
    changed.set("education.full_time_school", "东北财经大学".into());
    let zhang = house.again(&zhang).await;
    save(&zhang, &changed, StepKey::Education).await;
    submit(&zhang).await;
    assert_eq!(refusal(agree(&house, &li, &application).await), Refusal::SecondPersonNeeded, "in no round");
    agree(&house, &sun, &application).await.unwrap();
    assert_audit_stands(&house).await;
}
both!(a_clerk_fills_in_for_somebody_without_a_draft_and_never_decides_it);

/// The person hands in by themselves what a clerk typed a part of.
async fn a_draft_is_gone_on_with_and_the_bureau_with_one_clerk_leaves_it_to_the_one_above(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let zhao = reviewer(&house, CITY, "赵六").await;
    fill(&zhang).await;
    let picture = crate::intake::files_view(&zhang).await.unwrap().slots[0].files[0].id.clone();
    let (_, acting) = begin(&house, &li).await;
    let mut changed = answers();
    changed.set("education.full_time_school", "东北财经大学".into());
    save(&acting, &changed, StepKey::Education).await;
    let school = crate::intake::step_view(&zhang, StepKey::Education, false).await.unwrap();
    assert_eq!(school.kit.answers.get("education.full_time_school"), Some("东北财经大学"));
    submit(&house.again(&zhang).await).await;
    let application = case(&zhang).await;
    assert_eq!(application.bureau.as_ref().unwrap(), CITY, "only who typed works at the district");
    // What is with the bureau is not typed in any more.
    let late = crate::intake::save_step(&house.again(&acting).await, changed.form(StepKey::Education), 3, SaveHow::Auto).await;
    assert_eq!(refusal(late), Refusal::AlreadySubmitted);
    // Nor looked at.
    let acting = house.again(&acting).await;
    let step = crate::intake::step_view(&acting, StepKey::Education, false).await;
    for seen in [crate::intake::hub(&acting).await.map(drop), crate::intake::check_view(&acting).await.map(drop), step.map(drop)]
    {
        assert_eq!(refusal(seen), Refusal::ActingOver);
    }
    assert_eq!(refusal(crate::case::file_view(&acting, &picture).await.map(drop)), Refusal::ActingOver);
    let (zhao, token) = search(&house, &zhao, NUMBER).await;
    assert_eq!(refusal(fill_in(&zhao, &filling(&token)).await.map(|entered| entered.go)), Refusal::AlreadySubmitted);
    agree(&house, &zhao, &application.id).await.unwrap();
    let again = fill_in(&zhao, &filling(&token)).await.map(|entered| entered.go);
    assert_eq!(refusal(again), Refusal::AlreadyCollected);
}
both!(a_draft_is_gone_on_with_and_the_bureau_with_one_clerk_leaves_it_to_the_one_above);

async fn whoever_fills_in_does_nothing_else_for_the_person(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    fill(&zhang).await;
    let (_, acting) = begin(&house, &li).await;
    let no = Refusal::NotWhileActing;
    let key = crate::intake::check_view(&acting).await.unwrap().request_key;
    assert_eq!(refusal(crate::intake::submit(&acting, &with_key(&key)).await), no);
    assert_eq!(refusal(crate::intake::withdraw(&acting, &WithdrawForm { version: "1".into() }).await), no);
    assert_eq!(refusal(crate::intake::progress_view(&acting).await), no);
    assert_eq!(refusal(crate::intake::record_view(&acting).await), no);
    assert_eq!(refusal(crate::intake::printed(&acting).await), no);
    assert_eq!(refusal(crate::account::settings(&acting).await), no);
    assert_eq!(refusal(crate::account::email_view(&acting).await), no);
    assert_eq!(refusal(crate::account::end_other_sessions(&acting).await), no);
    assert_eq!(refusal(crate::account::change_password(&acting, &ChangePasswordForm::default()).await.map(|_| ())), no);
    assert_eq!(refusal(crate::intake::home(&acting).await), no);
    assert_eq!(refusal(crate::account::messages(&acting).await), no);
    assert_eq!(refusal(crate::account::read_messages(&acting).await), no);
    let id = case(&zhang).await.id;
    let slot = LendForm { case: id.to_string(), slot: "photo".into() };
    assert_eq!(refusal(crate::handover::lend(&acting, &slot).await), no);
    assert_eq!(refusal(crate::handover::arrived(&acting, &id, "photo").await), no);
    // Nor anything of the staff.
    assert_eq!(refusal(seek(&acting, &sought(NUMBER)).await), Refusal::NotYours);
    assert_eq!(refusal(crate::review::next(&acting, None).await), Refusal::NotYours);
    assert_eq!(case(&zhang).await.status, Status::Draft);
    // A picture of the person is looked at, and of nobody else.
    let slots = crate::intake::files_view(&acting).await.unwrap().slots;
    let picture = &slots.iter().find(|slot| slot.rules.slot == "photo").unwrap().files[0].id;
    assert!(crate::case::file_view(&acting, picture).await.is_ok());
    let other = crate::intake::stories::person_of(&house, "hunan", OTHER, "13900001299").await;
    fill(&other).await;
    let theirs = crate::intake::files_view(&other).await.unwrap().slots[0].files[0].id.clone();
    assert_not_found(crate::case::file_view(&acting, &theirs).await);
}
both!(whoever_fills_in_does_nothing_else_for_the_person);

async fn the_person_is_told_by_whom_and_once_a_day_by_short_message(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, acting) = begin(&house, &li).await;
    end(&acting).await.unwrap();
    begin(&house, &li).await;
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    let account = person(&house, &zhang).await;
    assert_eq!(titles(&house, &account).await, ["窗口代为填写", "窗口代为填写"]);
    let messages = house.services.db.read().await.unwrap().list_messages(&account.id, "~", 9).await.unwrap();
    let body = &messages[0].body;
    assert!(["雨花", "李四", "不会自动提交", "本人年事已高"].iter().all(|word| body.contains(word)), "{body}");
    let sent: Vec<_> = house.sms.0.lock().unwrap().iter().map(|sms| (sms.purpose.clone(), sms.mobile.clone())).collect();
    assert_eq!(sent, [("counter_fill_in".to_owned(), "13900001234".to_owned())]);
}
both!(the_person_is_told_by_whom_and_once_a_day_by_short_message);

async fn begun_twice_it_has_one_effect_and_another_one_takes_its_place(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let lost = fill_in(&li, &filling(&token)).await.unwrap();
    let again = fill_in(&li, &filling(&token)).await.unwrap();
    assert_eq!(lost.go, again.go);
    let account = person(&house, &zhang).await;
    assert_eq!(audit_of(&house, &account, "fill_in").await.len(), 1);
    assert!(house.visit(Some(lost.token.as_str())).await.session.is_none(), "the answer that was lost opens nothing");
    house.clock.forward(Duration::seconds(1));
    let acting = house.visit(Some(again.token.as_str())).await;
    assert!(crate::intake::hub(&acting).await.is_ok());
    let (_, other) = begin(&house, &house.again(&li).await).await;
    assert!(crate::intake::hub(&other).await.is_ok());
    assert_eq!(refusal(crate::intake::hub(&house.again(&acting).await).await), Refusal::ActingOver);
}
both!(begun_twice_it_has_one_effect_and_another_one_takes_its_place);

async fn two_who_type_side_by_side_do_not_overwrite_each_other(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let ((_, one), (_, two)) = (begin(&house, &li).await, begin(&house, &wang).await);
    pledge(&one).await;
    let seen = crate::intake::step_view(&two, StepKey::Education, false).await.unwrap().version;
    save(&one, &answers(), StepKey::Education).await;
    let mut other = answers();
    other.set("education.full_time_school", "东北财经大学".into());
    let second = crate::intake::save_step(&two, other.form(StepKey::Education), seen, SaveHow::Continue).await;
    assert!(matches!(second, Err(Failure::Stale)), "{second:?}");
    let view = crate::intake::step_view(&house.again(&two).await, StepKey::Education, false).await.unwrap();
    assert_eq!(view.conflict, Some(other.form(StepKey::Education).clone()));
    // The person's own page beside them hears the same.
    let own = crate::intake::save_step(&zhang, other.form(StepKey::Education), seen, SaveHow::Continue).await;
    assert!(matches!(own, Err(Failure::Stale)), "{own:?}");
    let events = house.services.db.read().await.unwrap().list_events(&case(&zhang).await.id).await.unwrap();
    assert_eq!(events.iter().filter(|event| event.actor_kind == "counter").count(), 1, "once for each who typed");
}
both!(two_who_type_side_by_side_do_not_overwrite_each_other);

async fn nobody_fills_in_for_themselves_for_another_bureau_or_under_somebodys_hands(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let _qian = reviewer(&house, DISTRICT, "钱七").await;
    fill(&zhang).await;
    let refused = async |who: &Visit| {
        let (who, token) = search(&house, who, NUMBER).await;
        let found = counter_view(&who, &token).await.unwrap().found;
        assert!(!matches!(found, Some(Found::Here(found)) if found.may_fill_in), "it is not offered");
        refusal(fill_in(&who, &filling(&token)).await.map(|entered| entered.go))
    };
    let sibling = reviewer(&house, SIBLING, "周九").await;
    assert_eq!(refused(&sibling).await, Refusal::NotYours);
    let oneself = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    assert_eq!(refused(&oneself).await, Refusal::SelfReview);
    let (li, token) = search(&house, &li, NUMBER).await;
    asked(&house, &li, form("take_in", &token)).await.unwrap();
    assert_eq!(refused(&wang).await, Refusal::CorrectionOpen);
    let bare = fill_in(&li, &FillInForm { search: token, ..FillInForm::default() }).await.map(|entered| entered.go);
    is_fault(bare, "seen", Fault::NotAgreed);
    let unknown = fill_in(&li, &filling("no-such-token")).await.map(|entered| entered.go);
    assert!(matches!(unknown, Err(Failure::Stale)), "{unknown:?}");
}
both!(nobody_fills_in_for_themselves_for_another_bureau_or_under_somebodys_hands);

async fn a_person_without_a_telephone_is_served_from_the_account_to_the_application(house: House) {
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let qian = reviewer(&house, DISTRICT, "钱七").await;
    super::enrolment::enrolled(&house, &li, "").await;
    let (li, acting) = begin(&house, &li).await;
    fill(&acting).await;
    end(&acting).await.unwrap();
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    agree(&house, &wang, &id).await.unwrap();
    let found = counter_view(&li, &token).await.unwrap().found;
    let Some(Found::Here(found)) = found else { panic!("{found:?}") };
    agree(&house, &qian, &found.application.unwrap()).await.unwrap();
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    assert!(house.sms.0.lock().unwrap().is_empty());
    assert_audit_stands(&house).await;
}
both!(a_person_without_a_telephone_is_served_from_the_account_to_the_application);
