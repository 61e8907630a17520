//! Everything that ends a hand-over, also between the head of a request and its write.

use chrono::Duration;
use domain::case::{Action, Status};
use futures::future::join;
use store::session::SessionRow;

use super::*;
use crate::account::{end_other_sessions, sweep};
use crate::clock::jumped;

/// The same person at another device.
async fn elsewhere(house: &House, visit: &Visit) -> Visit {
    let mut other = house.visit(None).await;
    other.token = Token::new(&house.services);
    let session: SessionRow = other.new_session(&other.token, Some(visit.account().unwrap()), None);
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await })).await.unwrap();
    house.again(&other).await
}

async fn current(house: &House, visit: &Visit) -> Vec<String> {
    let rows = house.services.db.read().await.unwrap().list_attachments(&case(visit).await.id).await.unwrap();
    rows.into_iter().map(|row| row.id).collect()
}

async fn signing_out_ends_it_wherever_that_is_done(house: House) {
    let visit = at_pc(&house).await;
    for ends_elsewhere in [false, true] {
        let pc = elsewhere(&house, &visit).await;
        let (token, phone) = (token(&house, &pc, FRONT).await, phone(&house).await);
        sees(&phone, &token).await;
        let (late, before) = (find(&phone, &token).await.unwrap().unwrap(), current(&house, &visit).await);
        if ends_elsewhere {
            end_other_sessions(&house.again(&visit).await).await.unwrap();
        } else {
            house.again(&pc).await.sign_out().await.unwrap();
        }
        assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(70)).await.unwrap(), VOID, "decided in the write");
        assert_eq!(phone_view(&phone, &token).await.unwrap(), PhoneView::Void);
        assert_eq!(send(&phone, &token, 70).await, VOID);
        assert_eq!(current(&house, &visit).await, before);
        let row = house.services.db.read().await.unwrap().find_handover(&Token::parse(&token).unwrap().hash()).await.unwrap();
        assert!(row.is_none(), "its row goes with the session");
    }
}
both!(signing_out_ends_it_wherever_that_is_done);

async fn a_picture_and_a_sign_out_at_once_leave_no_picture_after_it(house: House) {
    let visit = at_pc(&house).await;
    for shade in 0..8 {
        let pc = elsewhere(&house, &visit).await;
        let (token, phone) = (token(&house, &pc, FRONT).await, phone(&house).await);
        let late = find(&phone, &token).await.unwrap().unwrap();
        let pc = house.again(&pc).await;
        let (sent, left) = join(bring(&phone, &late, ("a.jpg", ""), picture(100 + shade)), pc.sign_out()).await;
        left.unwrap();
        let sent = sent.unwrap();
        assert!(sent == VOID || matches!(sent, UploadAnswer::Kept(_)), "{sent:?}");
        assert_eq!(send(&phone, &token, 200).await, VOID);
    }
}
both!(a_picture_and_a_sign_out_at_once_leave_no_picture_after_it);

async fn it_ends_after_ten_minutes_and_the_page_says_so(house: House) {
    let visit = at_pc(&house).await;
    let (token, phone) = (token(&house, &visit, FRONT).await, phone(&house).await);
    house.clock.forward(Duration::seconds(599));
    let late = find(&phone, &token).await.unwrap().unwrap();
    house.clock.forward(Duration::seconds(1));
    assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(71)).await.unwrap(), VOID, "decided in the write");
    assert_eq!(phone_view(&phone, &token).await.unwrap(), PhoneView::Void);
    assert_eq!(send(&phone, &token, 71).await, VOID);
    assert_eq!(stage(&house, &visit, FRONT).await, Stage::Over);
    assert_eq!(arrived(&house.again(&visit).await, &case(&visit).await.id, FRONT).await.unwrap().id, None);
    let fresh = super::token(&house, &visit, FRONT).await;
    assert!(matches!(send(&phone, &fresh, 71).await, UploadAnswer::Kept(_)));
}
both!(it_ends_after_ten_minutes_and_the_page_says_so);

async fn a_new_code_of_a_slot_takes_the_place_of_the_one_before(house: House) {
    let visit = at_pc(&house).await;
    let (first, beside) = (token(&house, &visit, FRONT).await, token(&house, &visit, PROOF).await);
    let phone = phone(&house).await;
    let late = find(&phone, &first).await.unwrap().unwrap();
    let newest = code(&house, &visit, FRONT).await;
    assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(72)).await.unwrap(), VOID, "decided in the write");
    assert_eq!(phone_view(&phone, &first).await.unwrap(), PhoneView::Void);
    assert_eq!(arrived(&house.again(&visit).await, &case(&visit).await.id, FRONT).await.unwrap().id, Some(newest.id));
    sees(&phone, &beside).await;
    // Another session has codes of its own.
    let other = elsewhere(&house, &visit).await;
    assert_eq!(stage(&house, &other, PROOF).await, Stage::New);
    token(&house, &other, PROOF).await;
    sees(&phone, &beside).await;
    // Two at once leave one.
    let (one, two) = (house.again(&visit).await, house.again(&visit).await);
    let form = of_intake(&visit, FRONT).await;
    let (one, two) = join(lend(&one, &form), lend(&two, &form)).await;
    assert!(one.is_ok() && two.is_ok(), "{one:?} {two:?}");
    assert!(matches!(stage(&house, &visit, FRONT).await, Stage::Open(_)));
}
both!(a_new_code_of_a_slot_takes_the_place_of_the_one_before);

async fn what_is_submitted_or_shut_is_not_filled(house: House) {
    let visit = at_pc(&house).await;
    let (token, phone) = (token(&house, &visit, FRONT).await, phone(&house).await);
    let (late, before) = (find(&phone, &token).await.unwrap().unwrap(), current(&house, &visit).await);
    submit(&house.again(&visit).await).await;
    assert_eq!(bring(&phone, &late, ("a.jpg", ""), picture(73)).await.unwrap(), VOID, "decided in the write");
    assert_eq!(phone_view(&phone, &token).await.unwrap(), PhoneView::Void);
    assert_eq!(send(&phone, &token, 73).await, VOID);
    assert_eq!(current(&house, &visit).await, before);
    let ask = async |slot: &str| lend(&house.again(&visit).await, &of_intake(&visit, slot).await).await;
    let shut = |status| Failure::Refused(Refusal::NotAllowedIn { status, action: Action::Save });
    let refused = ask(FRONT).await.unwrap_err();
    assert!(matches!(refused, Failure::Refused(_)), "{refused:?}");
    // After a return the item that was rejected is open, and no other.
    decide(&house, &visit, Status::Returned, &[("attachment.photo", "照片模糊")]).await;
    assert_eq!(format!("{:?}", ask(FRONT).await.unwrap_err()), format!("{:?}", shut(Status::Returned)));
    assert!(!lent_view(&house.again(&visit).await, &case(&visit).await.id, FRONT, "").await.unwrap().slot.is_open);
    let photo = super::token(&house, &visit, "photo").await;
    assert!(matches!(send(&phone, &photo, 74).await, UploadAnswer::Kept(_)));
    assert!(matches!(ask("no_such_slot").await, Err(Failure::NotFound)));
    let stranger = lend(&phone, &of_intake(&visit, "photo").await).await;
    assert!(matches!(stranger, Err(Failure::Refused(Refusal::SignInAgain))));
}
both!(what_is_submitted_or_shut_is_not_filled);

async fn codes_that_nobody_gave_out_are_counted_and_those_of_other_provinces_are_void(house: House) {
    let hubei = (*house.services.province("hubei").unwrap()).clone();
    let visit = at_pc(&house).await;
    let token = token(&house, &visit, FRONT).await;
    let abroad = Visit { province: std::sync::Arc::new(hubei), ..phone(&house).await };
    assert_eq!(phone_view(&abroad, &token).await.unwrap(), PhoneView::Void);
    let phone = phone(&house).await;
    for guess in ["", "x", "../../home", &"A".repeat(43), &"A".repeat(4_000)] {
        assert_eq!(phone_view(&phone, guess).await.unwrap(), PhoneView::Void);
    }
    for _ in 0..25 {
        let guess = Token::new(&house.services);
        assert_eq!(upload(&phone, guess.as_str(), ("a.jpg", ""), picture(1)).await.unwrap(), VOID);
    }
    for tried in ["x", token.as_str()] {
        let refused = phone_view(&phone, tried).await;
        assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    }
    house.clock.forward(Duration::seconds(601));
    assert_eq!(phone_view(&phone, "x").await.unwrap(), PhoneView::Void);
}
both!(codes_that_nobody_gave_out_are_counted_and_those_of_other_provinces_are_void);

async fn an_account_makes_thirty_codes_an_hour(house: House) {
    let visit = at_pc(&house).await;
    let form = of_intake(&visit, FRONT).await;
    for _ in 0..30 {
        lend(&visit, &form).await.unwrap();
    }
    assert!(matches!(lend(&visit, &form).await, Err(Failure::Refused(Refusal::TooOften { .. }))));
    let visit = house.wait_awake(&visit, Duration::seconds(3_601)).await;
    lend(&visit, &form).await.unwrap();
}
both!(an_account_makes_thirty_codes_an_hour);

async fn a_clock_that_is_set_back_ends_it_and_what_is_over_is_swept_away(house: House) {
    let visit = at_pc(&house).await;
    let (first, phone) = (token(&house, &visit, FRONT).await, phone(&house).await);
    jumped(&house.services, Duration::seconds(-2)).await.unwrap();
    assert_eq!(phone_view(&phone, &first).await.unwrap(), PhoneView::Void);
    let second = token(&house, &visit, FRONT).await;
    let hash = Token::parse(&second).unwrap().hash();
    let knows = async || house.services.db.read().await.unwrap().find_handover(&hash).await.unwrap().is_some();
    let visit = house.wait_awake(&visit, Duration::minutes(60)).await;
    sweep(&house.services).await.unwrap();
    assert!(knows().await, "its page says that it has expired");
    house.wait_awake(&visit, Duration::minutes(11)).await;
    sweep(&house.services).await.unwrap();
    assert!(!knows().await);
}
both!(a_clock_that_is_set_back_ends_it_and_what_is_over_is_swept_away);
