use chrono::Duration;
use domain::account::forms::{MobileLoginForm, PasswordLoginForm, RegistrationForm, SendCodeForm};
use domain::account::work::answer;
use domain::answer::{Answer, Notice};
use domain::case::Refusal;
use domain::fault::Fault;
use futures::future::join_all;

use super::people::*;
use crate::Failure;
use crate::account::{
    captcha_png, captcha_wav, demo_challenge, entry_view, register, send_code, sign_in_with_mobile, sign_in_with_password,
    slider_background, slider_piece, slider_view, work_view,
};
use crate::testing::{House, both};

async fn fifty_equal_registrations_at_once_make_one_account_and_get_one_answer(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    let form = browser.filled(NUMBER, MOBILE).await;
    let visit = browser.visit().await;
    let outcomes = join_all((0..50).map(|_| register(&visit, &form))).await;
    let answers: Vec<_> = outcomes.into_iter().map(Result::unwrap).collect();
    assert!(answers.iter().all(|answer| answer.go == "/hunan/home"));
    // Each answer has a token of its own, and the last one stands.
    let mut signed_in = 0;
    for answer in &answers {
        signed_in += usize::from(house.visit(Some(answer.token.as_str())).await.account().is_ok());
    }
    assert_eq!(signed_in, 1);
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    assert_eq!(house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().len(), 1);
}
both!(fifty_equal_registrations_at_once_make_one_account_and_get_one_answer);

async fn a_code_serves_one_of_many_different_registrations_at_once(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    let form = browser.filled(NUMBER, MOBILE).await;
    let visit = browser.visit().await;
    let forms: Vec<_> =
        (0..10).map(|n| RegistrationForm { name: format!("张三{}", ["丰", "山"][n % 2]), ..form.clone() }).collect();
    let outcomes = join_all(forms.iter().map(|form| register(&visit, form))).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 5, "those that are equal to the first");
    let refused = outcomes.iter().filter(|outcome| is_fault(outcome, "sms_code", &Fault::CodeNotSent));
    assert_eq!(refused.count(), 5);
}
both!(a_code_serves_one_of_many_different_registrations_at_once);

async fn after_five_wrong_codes_the_right_one_is_void(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    let right = browser.filled(NUMBER, MOBILE).await;
    let mut form = right.clone();
    form.sms_code = if right.sms_code == "000000" { "000001".into() } else { "000000".into() };
    for left in (0..5).rev() {
        assert!(is_fault(&browser.register(&form).await, "sms_code", &Fault::CodeWrong(left)));
    }
    assert!(is_fault(&browser.register(&right).await, "sms_code", &Fault::CodeExpired));
}
both!(after_five_wrong_codes_the_right_one_is_void);

async fn a_code_of_another_session_number_purpose_or_time_is_refused(house: House) {
    let (one, two) = (Browser::new(&house, "203.0.113.1").await, Browser::new(&house, "203.0.113.2").await);
    let mut form = one.filled(NUMBER, MOBILE).await;
    two.captcha().await;
    form.captcha = "ABCD".into();
    assert!(is_fault(&two.register(&form).await, "sms_code", &Fault::CodeNotSent));
    let other_number = registration(NUMBER, "13800000009", &form.sms_code);
    assert!(is_fault(&one.register(&other_number).await, "captcha", &Fault::Missing));
    let mut other_number = other_number;
    other_number.captcha = "ABCD".into();
    assert!(is_fault(&one.register(&other_number).await, "sms_code", &Fault::CodeNotSent));
    let mut one = one;
    let outcome = one.sign_in_by_mobile(MOBILE, &form.sms_code).await;
    assert!(is_fault(&outcome, "sms_code", &Fault::CodeNotSent));
    house.clock.forward(Duration::minutes(10));
    assert!(is_fault(&one.register(&form).await, "sms_code", &Fault::CodeExpired));
}
both!(a_code_of_another_session_number_purpose_or_time_is_refused);

async fn a_number_gets_one_message_a_minute_five_an_hour_and_ten_a_day(house: House) {
    let (mut sent_at, mut announced) = (Vec::new(), Vec::new());
    for minute in 0..(26 * 60) {
        let is_tried = minute < 7 || (58..68).contains(&minute) || minute % 120 == 0 || (minute >= 1430 && minute % 10 == 0);
        if is_tried {
            let browser = Browser::new(&house, &format!("10.1.{}.{}", minute / 250, minute % 250)).await;
            match browser.send("registration", MOBILE).await {
                Ok(answer) => {
                    let Some(Notice::CodeSent { resend_seconds: 90, left }) = answer.notice else { panic!("{answer:?}") };
                    sent_at.push(minute);
                    announced.push(left.map(|left| (left.times, left.seconds)));
                    sent(&house, MOBILE).await;
                }
                Err(Failure::Refused(Refusal::TooOften { retry_at, .. })) => assert!(retry_at > house.services.now()),
                Err(other) => panic!("{other}"),
            }
        }
        house.clock.forward(Duration::minutes(1));
    }
    assert_eq!(sent_at, [0, 1, 2, 3, 4, 60, 61, 62, 63, 64, 1440, 1450, 1460, 1470, 1480, 1500, 1510, 1520, 1530, 1540]);
    assert_eq!(sent(&house, MOBILE).await.len(), sent_at.len());
    let (hour, day) = (|times| Some((times, 3_600)), |times| Some((times, 86_400)));
    // The window slides: at the sixth, four of the first hour count still.
    let expected = [None, None, hour(2), hour(1), hour(0), hour(0), hour(0), hour(0), hour(0), day(0)];
    assert_eq!(announced[..10], expected, "the last two are announced before the limit bites");
}
both!(a_number_gets_one_message_a_minute_five_an_hour_and_ten_a_day);

async fn an_address_and_a_window_are_limited_too(house: House) {
    let too_often = |outcome: Result<Answer, Failure>| matches!(outcome, Err(Failure::Refused(Refusal::TooOften { .. })));
    let window = Browser::new(&house, "203.0.113.1").await;
    window.send("registration", "13800000000").await.unwrap();
    assert!(too_often(window.send("registration", "13800000001").await));
    for n in 2..6 {
        Browser::new(&house, "203.0.113.1").await.send("registration", &format!("1380000000{n}")).await.unwrap();
    }
    assert!(too_often(Browser::new(&house, "203.0.113.1").await.send("registration", "13800000007").await));
    Browser::new(&house, "203.0.113.9").await.send("registration", "13800000007").await.unwrap();
    house.clock.forward(Duration::seconds(90));
    window.send("registration", "13800000001").await.unwrap();
    let mut announced = Vec::new();
    for n in 0..3 {
        house.clock.forward(Duration::seconds(90));
        let answer = window.send("registration", &format!("1380000010{n}")).await.unwrap();
        let Some(Notice::CodeSent { left, .. }) = answer.notice else { panic!("{answer:?}") };
        announced.push(left.map(|left| (left.times, left.seconds)));
    }
    assert_eq!(announced, [Some((2, 600)), Some((1, 600)), Some((0, 600))]);
    assert_eq!(entry_view(&window.visit().await, "register").await.unwrap().resend_seconds, Some(90));
}
both!(an_address_and_a_window_are_limited_too);

async fn a_picture_serves_once_has_three_tries_and_five_minutes(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    let ask = async |captcha: &str, mobile: &str| {
        let form = SendCodeForm { purpose: "login".into(), mobile: mobile.into(), captcha: captcha.into(), ..Default::default() };
        send_code(&browser.visit().await, &form).await
    };
    assert!(is_fault(&ask("ABCD", MOBILE).await, "captcha", &Fault::Captcha));
    let letters = browser.captcha().await;
    assert!(ask(&letters.to_lowercase(), MOBILE).await.is_ok());
    house.clock.forward(Duration::minutes(2));
    assert!(is_fault(&ask(&letters, MOBILE).await, "captcha", &Fault::Captcha));
    let letters = browser.captcha().await;
    for _ in 0..3 {
        assert!(is_fault(&ask("0000", MOBILE).await, "captcha", &Fault::Captcha));
    }
    assert!(is_fault(&ask(&letters, MOBILE).await, "captcha", &Fault::Captcha));
    let letters = browser.captcha().await;
    house.clock.forward(Duration::minutes(5));
    assert!(is_fault(&ask(&letters, MOBILE).await, "captcha", &Fault::Captcha));
    assert!(sent(&house, MOBILE).await.is_empty(), "nobody has this number");
}
both!(a_picture_serves_once_has_three_tries_and_five_minutes);

async fn a_picture_is_really_drawn_and_its_solution_is_for_the_demonstration_alone(house: House) {
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    slider_background(&browser.visit().await).await.unwrap();
    let view = slider_view(&browser.visit().await).await.unwrap();
    let visit = browser.visit().await;
    let (background, piece) = (slider_background(&visit).await.unwrap(), slider_piece(&visit).await.unwrap());
    assert!(!background.is_empty() && !piece.is_empty());
    assert!(!captcha_png(&visit).await.unwrap().is_empty());
    let mut visit = browser.visit().await;
    assert!(matches!(demo_challenge(&visit).await, Err(Failure::NotFound)));
    visit.services = visit.services.with(|rooms| rooms.is_demo = true);
    let open = demo_challenge(&visit).await.unwrap();
    let (letters, place) = (open.captcha.unwrap(), open.slider.unwrap());
    assert!(place > view.piece_width && view.width == 320);
    let form = SendCodeForm { purpose: "registration".into(), mobile: MOBILE.into(), captcha: letters, ..Default::default() };
    send_code(&browser.visit().await, &form).await.unwrap();
    let form = PasswordLoginForm {
        document_number: NUMBER.into(),
        password: PASSWORD.into(),
        slider: place.to_string(),
        captcha: String::new(),
    };
    let outcome = sign_in_with_password(&browser.visit().await, &form).await;
    assert!(is_fault(&outcome, "document_number", &Fault::Credentials), "the puzzle was solved");
    browser.address = "203.0.113.2".into();
    assert!(slider_view(&browser.visit().await).await.unwrap().nonce != view.nonce);
}
both!(a_picture_is_really_drawn_and_its_solution_is_for_the_demonstration_alone);

async fn work_opens_what_a_picture_opens_once_and_only_on_the_pages_that_have_it(house: House) {
    let mut browser = Browser::registered(&house).await;
    browser.sign_in(NUMBER, PASSWORD).await.unwrap();
    house.clock.forward(Duration::minutes(2));
    let ask = async |purpose: &str, typed: String| {
        let form = SendCodeForm { purpose: purpose.into(), mobile: MOBILE.into(), captcha: typed, ..Default::default() };
        send_code(&browser.visit().await, &form).await
    };
    let is_refused = |outcome: &Result<_, Failure>| is_fault(outcome, "captcha", &Fault::Captcha);
    assert!(is_refused(&ask("old_mobile", answer(0)).await), "no work was asked for");
    let work = work_view(&browser.visit().await).await.unwrap();
    let number = work.find(0, u64::MAX).unwrap();
    let void = work_view(&browser.visit().await).await.unwrap();
    assert!(void.nonce != work.nonce && is_refused(&ask("old_mobile", answer(number)).await), "that of before is void");
    let work = work_view(&browser.visit().await).await.unwrap();
    let number = work.find(0, u64::MAX).unwrap();
    assert!(is_refused(&ask("registration", answer(number)).await), "a page whose manual names a picture has it");
    let mut another = Browser::new(&house, "203.0.113.9").await;
    another.sign_in(NUMBER, PASSWORD).await.unwrap();
    let form = SendCodeForm { purpose: "old_mobile".into(), captcha: answer(number), ..Default::default() };
    assert!(is_refused(&send_code(&another.visit().await, &form).await), "another session has other work");
    for _ in 0..2 {
        assert!(is_refused(&ask("old_mobile", answer(number + 1)).await));
    }
    assert!(ask("old_mobile", answer(number)).await.is_ok(), "the third try is right");
    assert!(is_refused(&ask("old_mobile", answer(number)).await), "it serves once");

    let work = work_view(&browser.visit().await).await.unwrap();
    let number = work.find(0, u64::MAX).unwrap();
    house.clock.forward(Duration::minutes(6));
    assert!(is_refused(&ask("old_mobile", answer(number)).await), "after five minutes it is over");
}
both!(work_opens_what_a_picture_opens_once_and_only_on_the_pages_that_have_it);

async fn an_address_gets_as_little_work_as_pictures(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    for _ in 0..60 {
        work_view(&browser.visit().await).await.unwrap();
    }
    let refused = work_view(&browser.visit().await).await;
    assert!(matches!(refused, Err(Failure::Refused(Refusal::TooOften { .. }))), "{refused:?}");
    assert!(matches!(captcha_png(&browser.visit().await).await, Err(Failure::Refused(Refusal::TooOften { .. }))));
}
both!(an_address_gets_as_little_work_as_pictures);

async fn one_proof_serves_the_code_and_the_sign_in(house: House) {
    Browser::registered(&house).await;
    house.clock.forward(Duration::minutes(2));
    let mut browser = Browser::new(&house, "203.0.113.5").await;
    let sign_in = async |browser: &mut Browser<'_>, code: &str| {
        let form = MobileLoginForm { mobile: MOBILE.into(), sms_code: code.into(), ..MobileLoginForm::default() };
        sign_in_with_mobile(&browser.visit().await, &form).await.map(|entered| browser.took(entered))
    };
    assert!(is_fault(&sign_in(&mut browser, "123456").await, "captcha", &Fault::Missing), "nothing was proven yet");
    let ask = |slider: &str| SendCodeForm {
        purpose: "login".into(),
        mobile: MOBILE.into(),
        slider: slider.into(),
        ..SendCodeForm::default()
    };
    let right = browser.slider().await;
    assert!(is_fault(&send_code(&browser.visit().await, &ask("1")).await, "slider", &Fault::Slider));
    send_code(&browser.visit().await, &ask(&right)).await.unwrap();
    assert!(entry_view(&browser.visit().await, "login-mobile").await.unwrap().is_captcha_passed);
    let code = browser.code(MOBILE).await.unwrap();
    assert_eq!(sign_in(&mut browser, &code).await.unwrap(), "/hunan/home");
}
both!(one_proof_serves_the_code_and_the_sign_in);

async fn what_is_heard_answers_the_challenge_as_well_and_only_once(house: House) {
    let browser = Browser::new(&house, "203.0.113.1").await;
    // Nobody has to see the picture first.
    let wav = captcha_wav(&browser.visit().await).await.unwrap();
    assert!(wav.starts_with(b"RIFF"));
    let mut visit = browser.visit().await;
    assert_eq!(captcha_wav(&visit).await.unwrap(), wav, "listening again says the same");
    visit.services = visit.services.with(|rooms| rooms.is_demo = true);
    let digits = demo_challenge(&visit).await.unwrap().spoken.unwrap();
    let ask = |captcha: &str| SendCodeForm {
        purpose: "registration".into(),
        mobile: MOBILE.into(),
        captcha: captcha.to_owned(),
        ..Default::default()
    };
    let wrong = send_code(&browser.visit().await, &ask("000")).await;
    assert!(is_fault(&wrong, "captcha", &Fault::Captcha));
    send_code(&browser.visit().await, &ask(&digits)).await.unwrap();
    house.clock.forward(Duration::minutes(2));
    let again = send_code(&browser.visit().await, &ask(&digits)).await;
    assert!(is_fault(&again, "captcha", &Fault::Captcha));
}
both!(what_is_heard_answers_the_challenge_as_well_and_only_once);

async fn an_address_gets_sixty_pictures_a_minute(house: House) {
    let visit = Browser::new(&house, "203.0.113.1").await.visit().await;
    let (bucket, now) = (visit.bucket_over_all("picture", &visit.address), visit.now());
    let drawn = house.services.db.write(move |tx| {
        Box::pin(async move {
            for n in 0..60 {
                tx.add_rate(&format!("drawn {n}"), &bucket, now).await?;
            }
            Ok::<_, Failure>(())
        })
    });
    drawn.await.unwrap();
    assert!(matches!(captcha_png(&visit).await, Err(Failure::Refused(Refusal::TooOften { .. }))));
    house.clock.forward(Duration::minutes(1));
    captcha_png(&visit).await.unwrap();
}
both!(an_address_gets_sixty_pictures_a_minute);
