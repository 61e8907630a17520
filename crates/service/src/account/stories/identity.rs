mod legal;

use chrono::Duration;
use domain::account::forms::RegistrationForm;
use domain::account::view::Who;
use domain::identity::mask;
use domain::province::{IdentityService, LoginWay, RegistrationWay};
use futures::future::join_all;

use super::people::*;
use crate::account::{
    Callback, Trouble, finish_identity, messages, register, reset_start, send_code, sign_in_with_mobile, sign_in_with_password,
    site_view, start_identity,
};
use crate::intake::home;
use crate::testing::{House, both};
use crate::{Failure, IdentityError, Known};

const BACK: &str = "https://kj.example/hunan/identity/callback";

/// The same house in a province where people come by its identity service.
fn by_service(mut house: House) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    let account = &mut province.profile.account;
    account.registration = RegistrationWay::IdentityService;
    account.logins = vec![LoginWay::IdentityService];
    account.password = None;
    account.identity_service =
        Some(IdentityService {
            name: "政务服务网".into(), hotline: "12345".into(), note: "请到政务服务网更正。".into()
        });
    house.services = house
        .services
        .with(|rooms| rooms.provinces = std::sync::Arc::new([("hunan".to_owned(), std::sync::Arc::new(province))].into()));
    house
}

fn known(number: &str, mobile: &str) -> Known {
    let document_kind = if number.len() == 18 { "resident_id" } else { "passport" };
    Known {
        subject: "a-b-c".into(),
        name: "张三丰".into(),
        mobile: mobile.into(),
        document_kind: document_kind.into(),
        document_number: number.into(),
        unit: None,
    }
}

fn says(house: &House, answer: Result<Known, IdentityError>) {
    *house.identity.says.lock().unwrap() = answer;
}

impl Browser<'_> {
    /// To the service; answers the state that comes back with the browser.
    async fn start(&self, house: &House) -> Result<String, Trouble> {
        let to = start_identity(&self.visit().await, BACK).await.unwrap()?;
        assert_eq!(to, "https://id.example/hunan");
        Ok(house.identity.begun.lock().unwrap().last().unwrap().state.clone())
    }

    async fn come_back(&mut self, state: &str) -> Result<String, Trouble> {
        let callback = Callback { state: state.into(), code: Some("the-code".into()), error: None };
        finish_identity(&self.visit().await, &callback).await.unwrap().map(|entered| self.took(entered))
    }

    async fn through_the_service(&mut self, house: &House) -> Result<String, Trouble> {
        let state = self.start(house).await?;
        self.come_back(&state).await
    }
}

async fn the_service_makes_an_account_and_keeps_it_up_to_date(house: House) {
    let house = by_service(house);
    says(&house, Ok(Known { document_number: " 430111 19900307 9988".into(), ..known(NUMBER, "+8613912345678") }));
    let mut browser = Browser::new(&house, "203.0.113.1").await;
    let before = browser.token.clone();
    assert_eq!(browser.through_the_service(&house).await.unwrap(), "/hunan/home");
    assert_ne!(browser.token, before);
    let (attempt, code) = house.identity.redeemed.lock().unwrap().pop().unwrap();
    assert_eq!((attempt.redirect_uri.as_str(), code.as_str(), attempt.verifier.len()), (BACK, "the-code", 43));
    assert!(attempt.state != attempt.nonce && attempt.nonce != attempt.verifier && attempt.state != attempt.verifier);
    let page = home(&browser.visit().await).await.unwrap();
    assert_eq!((page.document.as_str(), page.mobile.as_str()), ("430111********9988", "139****5678"));
    let account = browser.visit().await.account().unwrap().to_owned();
    let row = house.services.db.read().await.unwrap().find_account(&account).await.unwrap().unwrap();
    assert_eq!((row.password_hash.as_str(), row.version), ("", 1));

    // Nothing new: nothing is written.
    let mut second = Browser::new(&house, "203.0.113.2").await;
    second.through_the_service(&house).await.unwrap();
    let row = house.services.db.read().await.unwrap().find_account(&account).await.unwrap().unwrap();
    assert_eq!(row.version, 1);

    let certified = crate::certificate::stories::complete(&browser.visit().await).await;
    let changed = Known { name: "张叁丰".into(), ..known(NUMBER, "13800000001") };
    says(&house, Ok(changed));
    let mut third = Browser::new(&house, "203.0.113.3").await;
    third.through_the_service(&house).await.unwrap();
    assert_eq!(third.visit().await.account().unwrap(), &account);
    crate::certificate::stories::assert_replaced(&third.visit().await, &certified, "张叁丰").await;
    assert_eq!(site_view(&third.visit().await).await.unwrap().who, Who::Accountant { name: "张叁丰".into(), unread: 0 });
    assert_eq!(home(&browser.visit().await).await.unwrap().mobile, "138****0001");
    let audit = house.services.db.verify_audit(&[]).await.unwrap();
    assert!(audit.is_ok_and(|rows| rows >= 5));
}
both!(the_service_makes_an_account_and_keeps_it_up_to_date);

async fn another_code_for_the_same_character_of_a_name_changes_nothing(house: House) {
    let house = by_service(house);
    says(&house, Ok(Known { name: "赵\u{E863}".into(), ..known(NUMBER, MOBILE) }));
    let mut first = Browser::new(&house, "203.0.113.1").await;
    first.through_the_service(&house).await.unwrap();
    let account = first.visit().await.account().unwrap().to_owned();
    says(&house, Ok(Known { name: "赵䶮".into(), ..known(NUMBER, MOBILE) }));
    let mut second = Browser::new(&house, "203.0.113.2").await;
    second.through_the_service(&house).await.unwrap();
    assert_eq!(second.visit().await.account().unwrap(), &account);
    let row = house.services.db.read().await.unwrap().find_account(&account).await.unwrap().unwrap();
    assert_eq!(row.version, 1, "{}", row.name);
}
both!(another_code_for_the_same_character_of_a_name_changes_nothing);

async fn a_number_that_the_service_gives_to_another_person_leaves_the_account_that_had_it(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    let mut owner = Browser::new(&house, "203.0.113.1").await;
    owner.through_the_service(&house).await.unwrap();
    // A new person, then one who has an account already.
    for (number, mobile) in [("E12345678", MOBILE), ("E87654321", "13800000001"), ("E87654321", MOBILE)] {
        says(&house, Ok(known(number, mobile)));
        let mut other = Browser::new(&house, "203.0.113.2").await;
        other.through_the_service(&house).await.unwrap();
        assert_eq!(home(&other.visit().await).await.unwrap().mobile, mask::mobile(mobile), "{number}");
    }
    assert!(home(&owner.visit().await).await.is_err(), "the session of the one before has ended");
    says(&house, Ok(known(NUMBER, "13800000002")));
    owner.through_the_service(&house).await.unwrap();
    assert_eq!(home(&owner.visit().await).await.unwrap().mobile, "138****0002");
    let told = messages(&owner.visit().await).await.unwrap();
    assert!(told[0].title == "手机号码已不属于您的账号" && !told[0].body.contains(MOBILE), "{told:?}");
}
both!(a_number_that_the_service_gives_to_another_person_leaves_the_account_that_had_it);

async fn a_state_serves_once_in_its_own_session_and_for_ten_minutes(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    let mut person = Browser::new(&house, "203.0.113.1").await;
    let state = person.start(&house).await.unwrap();
    // Not of another browser, with or without a session, and not another state.
    let mut thief = Browser::new(&house, "203.0.113.2").await;
    assert_eq!(thief.come_back(&state).await, Err(Trouble::Expired));
    thief.start(&house).await.unwrap();
    for forged in [state.as_str(), "", "x", &state[1..]] {
        assert_eq!(thief.come_back(forged).await, Err(Trouble::Expired));
    }
    for forged in ["", "x", &state[1..]] {
        assert_eq!(person.come_back(forged).await, Err(Trouble::Expired));
    }
    assert!(house.identity.redeemed.lock().unwrap().is_empty());
    // What was forged has spent nothing.
    let planted = person.token.clone();
    person.come_back(&state).await.unwrap();
    assert!(house.visit(Some(&planted)).await.session.is_none());
    assert_eq!(person.come_back(&state).await, Err(Trouble::Expired));
    assert_eq!(house.identity.redeemed.lock().unwrap().len(), 1);

    let mut slow = Browser::new(&house, "203.0.113.3").await;
    let (first, second) = (slow.start(&house).await.unwrap(), slow.start(&house).await.unwrap());
    // Of more than four the first is over.
    for _ in 0..3 {
        slow.start(&house).await.unwrap();
    }
    assert_eq!(slow.come_back(&first).await, Err(Trouble::Expired));
    house.clock.forward(Duration::minutes(10));
    assert_eq!(slow.come_back(&second).await, Err(Trouble::Expired));
    let third = slow.start(&house).await.unwrap();
    house.clock.forward(Duration::minutes(9));
    slow.come_back(&third).await.unwrap();
}
both!(a_state_serves_once_in_its_own_session_and_for_ten_minutes);

async fn of_two_sign_ins_begun_in_two_tabs_either_ends_well_in_either_order(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    for is_first_the_first in [true, false] {
        let mut person = Browser::new(&house, "203.0.113.1").await;
        let (one, two) = (person.start(&house).await.unwrap(), person.start(&house).await.unwrap());
        let (early, late) = if is_first_the_first { (one, two) } else { (two, one) };
        assert_eq!(person.come_back(&early).await.unwrap(), "/hunan/home");
        // The other tab finds somebody who is signed in, and is led home (server/src/routes/identity.rs).
        assert_eq!(person.come_back(&late).await, Err(Trouble::Expired));
        assert!(person.visit().await.account().is_ok());
    }
}
both!(of_two_sign_ins_begun_in_two_tabs_either_ends_well_in_either_order);

async fn a_code_that_comes_back_twenty_times_at_once_signs_in_once(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    let person = Browser::new(&house, "203.0.113.1").await;
    let state = person.start(&house).await.unwrap();
    let visit = person.visit().await;
    let callback = Callback { state, code: Some("c".into()), error: None };
    let outcomes = join_all((0..20).map(|_| finish_identity(&visit, &callback))).await;
    // Who comes late gets the answer of the first once more; there is one sign-in, and one session of it.
    let entered: Vec<_> = outcomes.into_iter().filter_map(|outcome| outcome.unwrap().ok()).collect();
    let mut alive = 0;
    for entered in &entered {
        alive += usize::from(house.visit_of(&house.key, Some(entered.token.as_str())).await.session.is_some());
    }
    assert!(!entered.is_empty() && alive == 1, "{} answers, {alive} sessions", entered.len());
    assert_eq!(house.identity.redeemed.lock().unwrap().len(), 1);
}
both!(a_code_that_comes_back_twenty_times_at_once_signs_in_once);

async fn one_person_in_ten_browsers_at_once_gets_one_account(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    let mut ready = Vec::new();
    for n in 0..10 {
        let browser = Browser::new(&house, &format!("10.0.0.{n}")).await;
        let state = browser.start(&house).await.unwrap();
        ready.push((browser.visit().await, Callback { state, code: Some("c".into()), error: None }));
    }
    let outcomes = join_all(ready.iter().map(|(visit, callback)| finish_identity(visit, callback))).await;
    assert!(outcomes.into_iter().all(|outcome| outcome.unwrap().is_ok()));
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    let made = house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap();
    assert_eq!(made.len(), 1);
}
both!(one_person_in_ten_browsers_at_once_gets_one_account);

async fn whatever_the_service_fails_in_nobody_is_signed_in_and_the_page_can_say_why(house: House) {
    let house = by_service(house);
    let good = known(NUMBER, MOBILE);
    let with = |change: fn(&mut Known)| {
        let mut known = good.clone();
        change(&mut known);
        known
    };
    for wrong in [
        with(|known| known.name.clear()),
        with(|known| known.name = "<b>".into()),
        with(|known| known.mobile = "12345".into()),
        with(|known| known.document_kind = "身份证".into()),
        with(|known| known.document_number = "430111199003079980".into()),
        // A kind that this province does not offer.
        with(|known| (known.document_kind, known.document_number) = ("taiwan_pass".into(), "12345678".into())),
    ] {
        says(&house, Ok(wrong));
        let mut browser = Browser::new(&house, "203.0.113.1").await;
        assert_eq!(browser.through_the_service(&house).await, Err(Trouble::Data));
    }
    for (error, trouble) in [
        (IdentityError::Refused, Trouble::Expired),
        (IdentityError::Untrusted, Trouble::Failed),
        (IdentityError::Incomplete, Trouble::Data),
    ] {
        says(&house, Err(error));
        let mut browser = Browser::new(&house, "203.0.113.2").await;
        assert_eq!(browser.through_the_service(&house).await, Err(trouble));
    }
    let mut browser = Browser::new(&house, "203.0.113.3").await;
    says(&house, Ok(good));
    for (error, trouble) in [("access_denied", Trouble::Cancelled), ("server_error", Trouble::Failed)] {
        let state = browser.start(&house).await.unwrap();
        let callback = Callback { state: state.clone(), code: None, error: Some(error.into()) };
        assert_eq!(finish_identity(&browser.visit().await, &callback).await.unwrap().err(), Some(trouble));
        assert_eq!(browser.come_back(&state).await, Err(Trouble::Expired));
    }
    let state = browser.start(&house).await.unwrap();
    says(&house, Err(IdentityError::Unreachable));
    assert_eq!(browser.come_back(&state).await, Err(Trouble::Unreachable));
    assert_eq!(browser.start(&house).await, Err(Trouble::Unreachable));
    assert!(browser.visit().await.account().is_err());
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    assert!(house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().is_empty());
}
both!(whatever_the_service_fails_in_nobody_is_signed_in_and_the_page_can_say_why);

async fn one_address_may_begin_thirty_times_a_minute(house: House) {
    let house = by_service(house);
    says(&house, Ok(known(NUMBER, MOBILE)));
    let browser = Browser::new(&house, "203.0.113.1").await;
    for _ in 0..30 {
        browser.start(&house).await.unwrap();
    }
    assert_eq!(browser.start(&house).await, Err(Trouble::TooOften));
    assert!(Browser::new(&house, "203.0.113.2").await.start(&house).await.is_ok());
    house.clock.forward(Duration::minutes(1));
    assert!(browser.start(&house).await.is_ok());
}
both!(one_address_may_begin_thirty_times_a_minute);

async fn where_the_service_signs_people_in_every_other_way_is_shut(house: House) {
    let house = by_service(house);
    let visit = Browser::new(&house, "203.0.113.1").await.visit().await;
    let is_shut = |failure: Option<Failure>| matches!(failure, Some(Failure::NotFound));
    assert!(is_shut(register(&visit, &RegistrationForm::default()).await.err()));
    assert!(is_shut(send_code(&visit, &Default::default()).await.err()));
    assert!(is_shut(sign_in_with_password(&visit, &Default::default()).await.err()));
    assert!(is_shut(sign_in_with_mobile(&visit, &Default::default()).await.err()));
    assert!(is_shut(reset_start(&visit, &Default::default()).await.err()));
}
both!(where_the_service_signs_people_in_every_other_way_is_shut);

async fn a_province_without_the_service_has_no_such_way(house: House) {
    says(&house, Ok(known(NUMBER, MOBILE)));
    let visit = Browser::new(&house, "203.0.113.1").await.visit().await;
    assert!(matches!(start_identity(&visit, BACK).await, Err(Failure::NotFound)));
    assert!(matches!(finish_identity(&visit, &Callback::default()).await, Err(Failure::NotFound)));
    assert!(house.identity.begun.lock().unwrap().is_empty());
}
both!(a_province_without_the_service_has_no_such_way);
