//! 法人用户登录: whoever acts for a unit signs in as a person and manages it.

use domain::learning::class::forms::ClassForm;

use super::*;
use crate::employer::employers_view;
use crate::learning::{classes_view, file_class};

/// Registered by 雨花区.
const CODE: &str = "91430111MA4L1N2E0X";
const NAME: &str = "长沙某某有限公司";
const PAGE: &str = "/hunan/learning?employers=all";

fn acting(number: &str, mobile: &str, code: &str) -> Known {
    Known { unit: Some((code.to_owned(), NAME.to_owned())), ..known(number, mobile) }
}

async fn managed(browser: &Browser<'_>) -> Vec<(String, String)> {
    let view = employers_view(&browser.visit().await).await.unwrap();
    view.managed.into_iter().map(|line| (line.code, line.name)).collect()
}

async fn a_legal_person_manages_the_unit_without_a_review_and_whoever_manages_it_stays(house: House) {
    let house = by_service(house);
    says(&house, Ok(acting(NUMBER, MOBILE, " 91430111-ma4l1n2e0x")));
    let mut first = Browser::new(&house, "203.0.113.1").await;
    assert_eq!(first.through_the_service(&house).await.unwrap(), PAGE);
    let expected = [(CODE.to_owned(), NAME.to_owned())];
    assert_eq!(managed(&first).await, expected);

    // Once more changes nothing, and what they file goes to the bureau that registered the unit.
    let mut again = Browser::new(&house, "203.0.113.2").await;
    assert_eq!(again.through_the_service(&house).await.unwrap(), PAGE);
    assert_eq!(managed(&again).await, expected);
    let visit = again.visit().await;
    let manager = employers_view(&visit).await.unwrap().managed.remove(0).id;
    let form = ClassForm {
        request_key: classes_view(&visit, &manager).await.unwrap().request_key,
        manager: manager.clone(),
        title: "收入准则".into(),
        programme: "收入准则的主要变化、案例和考核。".into(),
        teacher: "王老师".into(),
        starts_on: "2026-11-25".into(),
        ends_on: "2026-11-26".into(),
        subject: "professional".into(),
        credits: "12".into(),
        ..ClassForm::default()
    };
    file_class(&visit, &form).await.unwrap();
    let class = classes_view(&visit, &manager).await.unwrap().classes.remove(0).filing.case;
    let case = house.services.db.read().await.unwrap().find_case(&class).await.unwrap().unwrap();
    assert_eq!(case.bureau.unwrap().as_str(), "430111");

    // Somebody else who acts for it is told who helps; themselves they are signed in.
    says(&house, Ok(acting("E12345678", "13800000001", CODE)));
    let mut other = Browser::new(&house, "203.0.113.3").await;
    assert_eq!(other.through_the_service(&house).await.unwrap(), format!("{PAGE}&not=taken"));
    assert_eq!((managed(&other).await.len(), managed(&first).await.len()), (0, 1));

    // What the service says has to be right, and whoever acts for nobody manages nothing.
    says(&house, Ok(acting(NUMBER, MOBILE, "91430111MA4L1N2E0Y")));
    let mut wrong = Browser::new(&house, "203.0.113.4").await;
    assert_eq!(wrong.through_the_service(&house).await, Err(Trouble::Data));
    says(&house, Ok(known("E87654321", "13800000002")));
    let mut person = Browser::new(&house, "203.0.113.5").await;
    assert_eq!(person.through_the_service(&house).await.unwrap(), "/hunan/home");
    let audit = house.services.db.verify_audit(&[]).await.unwrap();
    assert!(audit.is_ok());
}
both!(a_legal_person_manages_the_unit_without_a_review_and_whoever_manages_it_stays);
