//! 登记账号 at the counter, for somebody who has none.

use domain::counter::forms::EnrolForm;
use futures::future::join;

use super::*;
use crate::counter::enrol;
use crate::review::stories::assert_not_found;

fn enrolment(token: &str, mobile: &str) -> EnrolForm {
    EnrolForm {
        search: token.into(),
        name: "张三".into(),
        mobile: mobile.into(),
        reason: "本人年事已高，没有手机".into(),
        seen: "yes".into(),
    }
}

async fn account_of(house: &House) -> Option<AccountRow> {
    let hash = house.services.vault.keyed_hash("document", NUMBER);
    house.services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().pop()
}

/// Makes an account for the number of these stories.
pub(super) async fn enrolled(house: &House, clerk: &Visit, mobile: &str) -> AccountRow {
    let (clerk, token) = search(house, clerk, NUMBER).await;
    let came = enrol(&clerk, &enrolment(&token, mobile)).await.unwrap().go.unwrap();
    assert!(came.ends_with("came=enrolled"), "{came}");
    account_of(house).await.unwrap()
}

async fn an_account_is_made_without_a_password_and_its_owner_is_told(house: House) {
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let view = counter_view(&li, &token).await.unwrap();
    assert!(matches!(view.found, Some(Found::Nobody { document, .. }) if document == "430111********9988"));
    let first = enrol(&li, &enrolment(&token, NEW)).await.unwrap();
    assert_eq!(enrol(&li, &enrolment(&token, NEW)).await.unwrap(), first, "posted twice");
    let account = account_of(&house).await.unwrap();
    assert_eq!((account.name.as_str(), account.password_hash.as_str()), ("张三", ""));
    assert_eq!(account.mobile_hash, house.services.vault.keyed_hash("mobile", NEW));
    let mut reader = house.services.db.read().await.unwrap();
    let audit = reader.list_audit_of("account", account.id.as_str()).await.unwrap();
    let made: Vec<_> = audit.iter().filter(|row| row.action == "enrol_at_counter").collect();
    assert_eq!((made.len(), made[0].actor_kind.as_str()), (1, "staff"));
    assert!(!made[0].detail.contains("张三") && !made[0].detail.contains("没有手机"));
    let messages = reader.list_messages(&account.id, "~", 9).await.unwrap();
    assert!(messages.len() == 1 && messages[0].body.contains("李四"), "{messages:?}");
    drop(reader);
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    {
        let sent = house.sms.0.lock().unwrap();
        assert!(sent.len() == 1 && sent[0].mobile == NEW && sent[0].text.contains("忘记密码"), "{}", sent.len());
    }
    let Some(Found::Here(found)) = counter_view(&li, &token).await.unwrap().found else { panic!("nobody found") };
    assert!(found.may_fill_in && found.bureau_name.is_empty());
}
both!(an_account_is_made_without_a_password_and_its_owner_is_told);

async fn whoever_has_an_account_meanwhile_keeps_it(house: House) {
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, SIBLING, "王五").await);
    let ((li, one), (wang, two)) = (search(&house, &li, NUMBER).await, search(&house, &wang, NUMBER).await);
    let (a, b) = join(enrol(&li, &enrolment(&one, "")), enrol(&wang, &enrolment(&two, ""))).await;
    let ends: Vec<_> = [a, b].into_iter().map(|answer| answer.unwrap().go.unwrap()).collect();
    assert_eq!(ends.iter().filter(|go| go.ends_with("came=enrolled")).count(), 1, "{ends:?}");
    assert_eq!(ends.iter().filter(|go| go.ends_with("came=known")).count(), 1, "{ends:?}");
    let account = account_of(&house).await.unwrap();
    let later = enrol(&li, &EnrolForm { name: "张三丰".into(), ..enrolment(&one, NEW) }).await.unwrap();
    assert!(later.go.unwrap().ends_with("came=known"));
    let after = account_of(&house).await.unwrap();
    assert_eq!((after.id, after.name, after.mobile_hash), (account.id, account.name, account.mobile_hash));
}
both!(whoever_has_an_account_meanwhile_keeps_it);

async fn what_is_wrong_is_said_at_its_field_and_nobody_enrols_themselves(house: House) {
    account(&house, 7).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    is_fault(enrol(&li, &enrolment(&token, "13900000007")).await, "mobile", Fault::MobileElsewhere);
    is_fault(enrol(&li, &enrolment(&token, "139")).await, "mobile", Fault::Mobile);
    is_fault(enrol(&li, &EnrolForm { name: " ".into(), ..enrolment(&token, "") }).await, "name", Fault::Missing);
    is_fault(enrol(&li, &EnrolForm { seen: String::new(), ..enrolment(&token, "") }).await, "seen", Fault::NotAgreed);
    let over = enrol(&li, &enrolment("no-such-token", "")).await;
    assert!(matches!(over, Err(Failure::Stale)), "{over:?}");
    let oneself = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    let (oneself, token) = search(&house, &oneself, NUMBER).await;
    assert_eq!(refusal(enrol(&oneself, &enrolment(&token, "")).await), Refusal::SelfReview);
    assert!(account_of(&house).await.is_none());
}
both!(what_is_wrong_is_said_at_its_field_and_nobody_enrols_themselves);

async fn a_number_that_a_clerk_typed_is_proven_by_nobody(house: House) {
    let li = reviewer(&house, DISTRICT, "李四").await;
    let made = enrolled(&house, &li, NEW).await;
    let now = house.services.now();
    assert!(crate::account::is_settled(&made, now), "whoever proves the number has it at once");
    assert!(now - made.signed_in_at > chrono::Duration::days(180), "and a code alone does not open the account");
    assert_eq!(made.created_at, now);
}
both!(a_number_that_a_clerk_typed_is_proven_by_nobody);

async fn tries_of_numbers_are_counted_and_written_down_although_they_were_refused(house: House) {
    account(&house, 7).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let mut tries = 0;
    let over = loop {
        match enrol(&li, &enrolment(&token, "13900000007")).await {
            Err(Failure::Invalid(_)) => tries += 1,
            other => break refusal(other),
        }
        assert!(tries < 100, "without an end");
    };
    assert!(matches!(over, Refusal::TooOften { .. }), "{over:?}");
    let session = li.session.as_ref().unwrap().id.clone();
    let audit = house.services.db.read().await.unwrap().list_audit_of("session", &session).await.unwrap();
    assert_eq!(audit.iter().filter(|row| row.action == "try_number").count(), tries);
}
both!(tries_of_numbers_are_counted_and_written_down_although_they_were_refused);

async fn a_clerk_does_not_occupy_numbers_by_the_dozen(house: House) {
    let mut li = reviewer(&house, DISTRICT, "李四").await;
    for nth in 0..31 {
        let token;
        (li, token) = search(&house, &li, &resident(nth)).await;
        let answer = enrol(&li, &enrolment(&token, "")).await;
        match nth {
            30 => assert!(matches!(refusal(answer), Refusal::TooOften { .. })),
            _ => drop(answer.unwrap()),
        }
    }
}
both!(a_clerk_does_not_occupy_numbers_by_the_dozen);

/// A right resident number for each serial.
fn resident(nth: u32) -> String {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    let body = format!("43011119550307{nth:03}");
    let sum: u32 = body.bytes().zip(WEIGHTS).map(|(digit, weight)| u32::from(digit - b'0') * weight).sum();
    format!("{body}{}", ["1", "0", "X", "9", "8", "7", "6", "5", "4", "3", "2"][(sum % 11) as usize])
}

async fn where_people_have_their_account_elsewhere_none_is_made(house: House) {
    let clerk = crate::intake::stories::reviewer_of(&house, "zhejiang", "330102").await;
    let answer = seek(&clerk, &sought(NUMBER)).await.unwrap();
    let token = answer.go.unwrap().split_once("search=").unwrap().1.to_owned();
    let clerk = house.again(&clerk).await;
    let view = counter_view(&clerk, &token).await.unwrap();
    assert!(matches!(view.found, Some(Found::Nobody { .. })) && !view.identity_service.is_empty());
    assert_not_found(enrol(&clerk, &enrolment(&token, "")).await);
}
both!(where_people_have_their_account_elsewhere_none_is_made);
