//! Everything that ends filling in for somebody, and what comes too late.

use super::*;

/// What a save says when it comes too late.
async fn late(visit: &Visit) -> Refusal {
    refusal(crate::intake::save_step(visit, answers().form(StepKey::Education), 1, SaveHow::Auto).await)
}

async fn it_ends_with_the_clerks_own_session_and_a_late_save_hears_it(house: House) {
    zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, acting) = begin(&house, &li).await;
    pledge(&acting).await;
    let under_way = house.again(&acting).await;
    li.sign_out().await.unwrap();
    assert_eq!(late(&under_way).await, Refusal::ActingOver, "decided in the write");
    let after = house.again(&acting).await;
    assert!(after.session.is_none() && after.over.is_some());
    assert_eq!(late(&after).await, Refusal::ActingOver);
    assert_eq!(refusal(crate::intake::hub(&after).await), Refusal::ActingOver);
    let picture = crate::intake::upload(&under_way, "photo", "a.jpg", picture(1), "").await.unwrap();
    assert_eq!(picture, UploadAnswer::Refused(Refusal::ActingOver));
    assert!(end(&after).await.unwrap().go.unwrap().starts_with("/hunan/staff/counter?search="));
}
both!(it_ends_with_the_clerks_own_session_and_a_late_save_hears_it);

async fn it_ends_when_the_clerk_is_disabled_or_ends_it(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let (li, acting) = begin(&house, &li).await;
    pledge(&acting).await;
    let under_way = house.again(&acting).await;
    let id = staff_id(&li);
    house.services.db.write(move |tx| Box::pin(async move { tx.set_staff_active("hunan", &id, 1, false).await })).await.unwrap();
    assert_eq!(late(&under_way).await, Refusal::ActingOver, "on what is stored, whatever became of the sessions");
    assert_eq!(late(&house.again(&acting).await).await, Refusal::ActingOver);

    let (_, acting) = begin(&house, &wang).await;
    let under_way = house.again(&acting).await;
    let there = end(&acting).await.unwrap();
    assert_eq!(end(&house.again(&acting).await).await.unwrap(), there, "pressed twice");
    assert_eq!(late(&under_way).await, Refusal::ActingOver);
    let account = person(&house, &zhang).await;
    assert_eq!(audit_of(&house, &account, "end_filling_in").await.len(), 1);

    // The person ends it too.
    let (wang, acting) = begin(&house, &wang).await;
    let listed = crate::account::settings(&house.again(&zhang).await).await.unwrap().sessions;
    assert!(listed.iter().any(|session| session.is_acting), "{listed:?}");
    crate::account::end_other_sessions(&house.again(&zhang).await).await.unwrap();
    assert_eq!(late(&acting).await, Refusal::ActingOver);
    assert!(house.again(&wang).await.session.is_some(), "the clerk's own goes on");
}
both!(it_ends_when_the_clerk_is_disabled_or_ends_it);

async fn it_lasts_an_hour_and_keeps_the_clerk_at_work(house: House) {
    zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, acting) = begin(&house, &li).await;
    pledge(&acting).await;
    let acting = house.wait_awake(&acting, Duration::minutes(59)).await;
    assert!(crate::intake::hub(&acting).await.is_ok());
    let own = house.again(&li).await;
    assert!(own.session.is_some(), "who types is not idle");
    let back = end(&acting).await.unwrap().go.unwrap();
    let view = counter_view(&house.again(&li).await, back.split_once("search=").unwrap().1).await.unwrap();
    assert!(!view.is_search_over, "the search would have been over by then");

    let (_, acting) = begin(&house, &own).await;
    let acting = house.wait_awake(&acting, Duration::minutes(59)).await;
    house.clock.forward(Duration::minutes(1));
    assert_eq!(late(&acting).await, Refusal::ActingOver);
}
both!(it_lasts_an_hour_and_keeps_the_clerk_at_work);

/// A form without scripts that comes too late waits for the same clerk and the same person.
async fn what_came_too_late_is_there_when_the_clerk_begins_again(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, acting) = begin(&house, &li).await;
    pledge(&acting).await;
    end(&acting).await.unwrap();
    let after = house.again(&acting).await;
    let typed = Typed([("full_time_school".into(), "湖南大学".into())].into());
    let flash = Flash::of("intake", &typed, Answer::default());
    assert!(after.leave_form("/hunan/intake/education?check=1", flash).await.unwrap());
    // It is nothing of the person's own.
    let mut own = house.visit(None).await;
    own.token = Token::new(&house.services);
    let row = own.new_session(&own.token, zhang.account().ok(), None);
    let none = house.services.db.write(move |tx| Box::pin(async move { crate::visit::take_left(tx, &own, &row).await }));
    assert!(none.await.unwrap().is_none());
    let (li, token) = search(&house, &li, NUMBER).await;
    let entered = fill_in(&li, &filling(&token)).await.unwrap();
    assert_eq!(entered.go, "/hunan/intake/education");
    let acting = house.visit(Some(entered.token.as_str())).await;
    let view = crate::intake::step_view(&acting, StepKey::Education, false).await.unwrap();
    assert!(view.flash.is_some_and(|flash| flash.values.values().any(|value| value == "湖南大学")));
}
both!(what_came_too_late_is_there_when_the_clerk_begins_again);
