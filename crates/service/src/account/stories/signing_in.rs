use chrono::Duration;
use domain::account::forms::{MobileLoginForm, PasswordLoginForm};
use domain::account::view::Who;
use domain::case::Refusal;
use domain::fault::Fault;

use super::people::*;
use crate::account::{
    captcha_png, captcha_wav, messages, read_messages, sign_in_with_mobile, sign_in_with_password, site_view, slider_background,
    slider_view, sweep,
};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Arrival, Failure, Role};

async fn five_failures_are_announced_and_lock_one_address_out_for_a_quarter_of_an_hour(house: House) {
    let mut owner = Browser::registered(&house).await;
    for number in [NUMBER, "430111199003079980"] {
        let mut guesser = Browser::new(&house, "203.0.113.7").await;
        for left in (0..5).rev() {
            let errors = faults(guesser.sign_in(number, "Wrong!123").await);
            // The same for a number that nobody has.
            assert_eq!(tries_left(&errors), (left <= 2).then_some(left), "{errors:?}");
        }
        let outcome = guesser.sign_in(number, PASSWORD).await;
        let until = house.services.now() + Duration::minutes(15);
        assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { until: ends, .. })) if ends == until));
    }
    assert_eq!(owner.sign_in(NUMBER, PASSWORD).await.unwrap(), "/hunan/home");
    house.clock.forward(Duration::minutes(15));
    let mut guesser = Browser::new(&house, "203.0.113.7").await;
    assert!(is_fault(&guesser.sign_in(NUMBER, "Wrong!123").await, "document_number", &Fault::Credentials));
    guesser.sign_in(NUMBER, PASSWORD).await.unwrap();
}
both!(five_failures_are_announced_and_lock_one_address_out_for_a_quarter_of_an_hour);

async fn guesses_at_once_count_like_guesses_in_turn(house: House) {
    Browser::registered(&house).await;
    let mut ready = Vec::new();
    for _ in 0..12 {
        let browser = Browser::new(&house, "203.0.113.7").await;
        let captcha = browser.captcha().await;
        let form =
            PasswordLoginForm { document_number: NUMBER.into(), password: "Wrong!123".into(), captcha, ..Default::default() };
        ready.push((browser.visit().await, form));
    }
    let outcomes = futures::future::join_all(ready.iter().map(|(visit, form)| sign_in_with_password(visit, form))).await;
    let judged = outcomes.iter().filter(|outcome| is_fault(outcome, "document_number", &Fault::Credentials)).count();
    assert_eq!(judged, 5);
}
both!(guesses_at_once_count_like_guesses_in_turn);

async fn after_a_hundred_failures_in_a_row_no_password_serves_and_the_owner_is_told(house: House) {
    let mut owner = Browser::registered(&house).await;
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    let account = house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0);
    let count = house.services.db.write(move |tx| {
        Box::pin(async move {
            for _ in 0..99 {
                tx.count_failed_login(&account.id).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    count.await.unwrap();
    for _ in 0..2 {
        assert!(is_fault(&owner.sign_in(NUMBER, "Wrong!123").await, "document_number", &Fault::Credentials));
    }
    assert!(is_fault(&owner.sign_in(NUMBER, PASSWORD).await, "document_number", &Fault::Credentials));
    assert_eq!(sent(&house, MOBILE).await.iter().filter(|(purpose, ..)| purpose == "locked").count(), 1);
    house.clock.forward(Duration::minutes(2));
    owner.send("login", MOBILE).await.unwrap();
    let code = owner.code(MOBILE).await.unwrap();
    owner.sign_in_by_mobile(MOBILE, &code).await.unwrap();
    let visit = owner.visit().await;
    assert_eq!(site_view(&visit).await.unwrap().who, Who::Accountant { name: "张三丰".into(), unread: 1 });
    read_messages(&visit).await.unwrap();
    assert!(messages(&visit).await.unwrap().iter().all(|message| !message.is_new));
}
both!(after_a_hundred_failures_in_a_row_no_password_serves_and_the_owner_is_told);

async fn after_half_a_year_a_telephone_alone_opens_nothing(house: House) {
    Browser::registered(&house).await;
    let by_mobile = async |browser: &mut Browser<'_>, code: &str, end: &str| {
        let form = MobileLoginForm {
            mobile: MOBILE.into(),
            sms_code: code.into(),
            document_end: end.into(),
            captcha: browser.captcha().await,
            ..MobileLoginForm::default()
        };
        sign_in_with_mobile(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
    };
    house.clock.forward(Duration::days(179));
    let mut owner = Browser::new(&house, "203.0.113.1").await;
    owner.send("login", MOBILE).await.unwrap();
    let code = owner.code(MOBILE).await.unwrap();
    by_mobile(&mut owner, &code, "").await.unwrap();

    // Counted from the last sign-in. The code is still good when the four characters come with it.
    house.clock.forward(Duration::days(180));
    let mut later = Browser::new(&house, "203.0.113.2").await;
    later.send("login", MOBILE).await.unwrap();
    let code = later.code(MOBILE).await.unwrap();
    assert!(is_fault(&by_mobile(&mut later, &code, "").await, "document_end", &Fault::DocumentEnd));
    assert!(is_fault(&by_mobile(&mut later, &code, "9980").await, "document_end", &Fault::DocumentEndWrong));
    assert!(later.visit().await.account().is_err());
    assert_eq!(by_mobile(&mut later, &code, " 9988").await.unwrap(), "/hunan/home");

    // Who guesses is shut out, whatever comes last; another way in stays.
    house.clock.forward(Duration::days(181));
    let mut guesser = Browser::new(&house, "203.0.113.3").await;
    guesser.send("login", MOBILE).await.unwrap();
    let code = guesser.code(MOBILE).await.unwrap();
    for nth in 0..5 {
        let outcome = by_mobile(&mut guesser, &code, &format!("000{nth}")).await;
        assert!(is_fault(&outcome, "document_end", &Fault::DocumentEndWrong), "{nth}");
        assert_eq!(tries_left(&faults(outcome)), [None, None, Some(2), Some(1), Some(0)][nth]);
    }
    let outcome = by_mobile(&mut guesser, &code, "9988").await;
    assert!(matches!(outcome, Err(Failure::Refused(Refusal::Locked { .. }))), "{outcome:?}");
    Browser::new(&house, "203.0.113.4").await.sign_in(NUMBER, PASSWORD).await.unwrap();
}
both!(after_half_a_year_a_telephone_alone_opens_nothing);

async fn a_planted_token_is_not_signed_in(house: House) {
    let mut person = Browser::registered(&house).await;
    let planted = person.token.clone();
    person.sign_in(NUMBER, PASSWORD).await.unwrap();
    assert_ne!(person.token, planted);
    let thief = house.visit(Some(&planted)).await;
    assert!(thief.session.is_none() && thief.account().is_err());
    assert!(home(&person.visit().await).await.is_ok());
}
both!(a_planted_token_is_not_signed_in);

async fn the_slider_must_be_solved_and_serves_once(house: House) {
    let browser = Browser::registered(&house).await;
    let slider = browser.slider().await;
    let form = |slider: &str, password: &str| PasswordLoginForm {
        document_number: NUMBER.into(),
        password: password.into(),
        slider: slider.into(),
        captcha: String::new(),
    };
    let visit = browser.visit().await;
    for wrong in ["0", "-1", "x"] {
        assert!(is_fault(&sign_in_with_password(&visit, &form(wrong, PASSWORD)).await, "slider", &Fault::Slider));
    }
    assert!(is_fault(&sign_in_with_password(&visit, &form(&slider, PASSWORD)).await, "slider", &Fault::Slider));
    let slider = browser.slider().await;
    let visit = browser.visit().await;
    assert!(is_fault(&sign_in_with_password(&visit, &form(&slider, "Wrong!123")).await, "document_number", &Fault::Credentials));
    assert!(is_fault(&sign_in_with_password(&visit, &form(&slider, PASSWORD)).await, "slider", &Fault::Slider));
}
both!(the_slider_must_be_solved_and_serves_once);

async fn the_landscape_of_the_page_is_the_one_that_the_program_takes_up_until_somebody_tried(house: House) {
    let browser = Browser::registered(&house).await;
    let early = slider_background(&browser.visit().await).await.unwrap();
    slider_view(&browser.visit().await).await.unwrap();
    assert!(slider_background(&browser.visit().await).await.unwrap() == early, "nobody has tried it");
    let form = PasswordLoginForm {
        document_number: NUMBER.into(),
        password: PASSWORD.into(),
        slider: "0".into(),
        captcha: String::new(),
    };
    let _ = sign_in_with_password(&browser.visit().await, &form).await;
    slider_view(&browser.visit().await).await.unwrap();
    let next = slider_background(&browser.visit().await).await.unwrap();
    assert!(next != early, "whoever missed it gets another one");
    house.clock.forward(Duration::minutes(2));
    slider_view(&browser.visit().await).await.unwrap();
    assert!(slider_background(&browser.visit().await).await.unwrap() != next, "an old one would be over in the middle");
}
both!(the_landscape_of_the_page_is_the_one_that_the_program_takes_up_until_somebody_tried);

async fn what_a_page_asks_for_at_once_is_of_one_puzzle(house: House) {
    for _ in 0..6 {
        let browser = Browser::new(&house, "203.0.113.8").await;
        let (page, program) = (browser.visit().await, browser.visit().await);
        let (early, view) = futures::future::join(slider_background(&page), slider_view(&program)).await;
        view.unwrap();
        assert!(
            slider_background(&browser.visit().await).await.unwrap() == early.unwrap(),
            "the place of the piece is that of its landscape"
        );
    }
}
both!(what_a_page_asks_for_at_once_is_of_one_puzzle);

async fn drawing_what_is_there_is_counted_as_well(house: House) {
    let browser = Browser::new(&house, "203.0.113.8").await;
    slider_view(&browser.visit().await).await.unwrap();
    let visit = browser.visit().await;
    let (bucket, now, ids) = (visit.bucket_over_all("drawing", &visit.address), visit.now(), house.services.ids.clone());
    let busy = house.services.db.write(move |tx| {
        Box::pin(async move {
            for _ in 0..360 {
                tx.add_rate(&ids.id(), &bucket, now).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    busy.await.unwrap();
    let is_refused = |failure: Option<Failure>| matches!(failure, Some(Failure::Refused(Refusal::TooOften { .. })));
    assert!(is_refused(slider_view(&visit).await.err()));
    assert!(is_refused(slider_background(&visit).await.err()));
    captcha_png(&visit).await.unwrap();
    assert!(is_refused(captcha_wav(&visit).await.err()));
    house.clock.forward(Duration::seconds(61));
    slider_background(&browser.visit().await).await.unwrap();
}
both!(drawing_what_is_there_is_counted_as_well);

async fn missed_puzzles_count_over_all_pictures(house: House) {
    drop(Browser::registered(&house).await);
    let mut browser = Browser::new(&house, "203.0.113.7").await;
    let form = |slider: &str| PasswordLoginForm {
        document_number: NUMBER.into(),
        password: PASSWORD.into(),
        slider: slider.into(),
        captcha: String::new(),
    };
    for _ in 0..10 {
        browser.slider().await;
        let outcome = sign_in_with_password(&browser.visit().await, &form("0")).await;
        assert!(is_fault(&outcome, "slider", &Fault::Slider));
    }
    let right = browser.slider().await;
    let outcome = sign_in_with_password(&browser.visit().await, &form(&right)).await;
    assert!(is_fault(&outcome, "slider", &Fault::Slider), "the session has guessed enough");
    let refused = slider_view(&browser.visit().await).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "characters are offered instead");

    // New sessions of the same address do not begin anew.
    for _ in 0..3 {
        browser = Browser::new(&house, "203.0.113.7").await;
        for _ in 0..10 {
            browser.slider().await;
            let _ = sign_in_with_password(&browser.visit().await, &form("0")).await;
            house.clock.forward(Duration::seconds(61));
        }
    }
    browser = Browser::new(&house, "203.0.113.7").await;
    let right = browser.slider().await;
    let outcome = sign_in_with_password(&browser.visit().await, &form(&right)).await;
    assert!(is_fault(&outcome, "slider", &Fault::Slider), "the address has guessed enough");
    house.clock.forward(Duration::hours(1));
    browser = Browser::new(&house, "203.0.113.7").await;
    let right = browser.slider().await;
    sign_in_with_password(&browser.visit().await, &form(&right)).await.unwrap();
}
both!(missed_puzzles_count_over_all_pictures);

async fn a_session_ends_after_half_an_hour_without_a_request_and_its_row_goes(house: House) {
    let mut person = Browser::registered(&house).await;
    person.sign_in(NUMBER, PASSWORD).await.unwrap();
    house.clock.forward(Duration::minutes(29));
    assert!(home(&person.visit().await).await.is_ok());
    house.clock.forward(Duration::minutes(29));
    assert!(home(&person.visit().await).await.is_ok());
    house.clock.forward(Duration::minutes(30));
    let arrival = Arrival::new(Role::Accountant, &[("hunan", &person.token)]);
    let arrival = arrival.meet(&house.services, "hunan").await.unwrap();
    assert!(arrival.row.is_none() && arrival.is_fresh);
    assert!(matches!(home(&person.visit().await).await, Err(Failure::Refused(Refusal::SignInAgain))));
    house.clock.forward(Duration::hours(25));
    assert!(sweep(&house.services).await.unwrap() >= 3);
    assert_eq!(sweep(&house.services).await.unwrap(), 0);
}
both!(a_session_ends_after_half_an_hour_without_a_request_and_its_row_goes);

async fn a_wide_network_of_ipv6_gets_eight_times_what_each_network_in_it_gets_and_no_more(house: House) {
    let mut passed = 0;
    for network in 0..12 {
        let browser = Browser::new(&house, &format!("2001:db8:1:{network:x}::/64")).await;
        for _ in 0..60 {
            match captcha_png(&browser.visit().await).await {
                Ok(_) => passed += 1,
                Err(Failure::Refused(Refusal::TooOften { .. })) => break,
                Err(other) => panic!("{other}"),
            }
        }
    }
    assert_eq!(passed, 8 * 60);
    let beside = Browser::new(&house, "2001:db8:2:1::/64").await;
    captcha_png(&beside.visit().await).await.unwrap();
}
both!(a_wide_network_of_ipv6_gets_eight_times_what_each_network_in_it_gets_and_no_more);
