//! 提交回执.

use domain::case::Refusal;

use super::*;
use crate::case::Printed;
use crate::intake;

/// The sheet in words, as the press of the tests returns it.
async fn paper(visit: &Visit) -> String {
    let Printed::Pdf { title, bytes } = intake::receipt(visit).await.unwrap() else { panic!() };
    assert_eq!(title, "信息采集提交回执");
    String::from_utf8(bytes).unwrap()
}

async fn what_was_handed_in_has_a_receipt_that_proves_no_approval(house: House) {
    let visit = zhang_san(&house).await;
    assert!(matches!(intake::receipt(&visit).await, Err(Failure::NotFound)), "nothing begun");
    fill(&visit).await;
    assert!(matches!(intake::receipt(&visit).await, Err(Failure::NotFound)), "nothing handed in");
    submit(&visit).await;
    let (case, text) = (case(&visit).await, paper(&visit).await);
    let number = case.number.clone().unwrap();
    let wanted = [
        "信息采集",
        number.as_str(),
        "张三",
        "430111********9988",
        "长沙市雨花区财政局",
        "2026年11月18日 10:00",
        "第 1 次",
        "2026年12月2日前",
        "申报进度",
        "不代表审核通过",
        "has_photo: false",
    ];
    for wanted in wanted {
        assert!(text.contains(wanted), "{wanted} is not in {text}");
    }
    assert!(!text.contains("430111199003079988") && !text.contains("13900001234"), "{text}");

    decide(&house, &visit, Status::Returned, &[("person.residence_address", "请补充门牌号")]).await;
    let mut changed = answers();
    changed.set("person.residence_address", "韶山中路 9 号".into());
    save(&visit, &changed, StepKey::Person).await;
    submit(&visit).await;
    assert!(paper(&visit).await.contains("第 2 次"));
    let rows = house.services.db.read().await.unwrap().list_audit_of("case", case.id.as_str()).await.unwrap();
    assert_eq!(rows.iter().filter(|row| row.action == "print_receipt").count(), 2);

    let version = super::case(&visit).await.version;
    withdraw(&visit, version).await.unwrap();
    assert!(matches!(intake::receipt(&visit).await, Err(Failure::NotFound)), "what was taken back has none");
}
both!(what_was_handed_in_has_a_receipt_that_proves_no_approval);

async fn a_receipt_is_its_owners_and_limited(house: House) {
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    let other = person(&house, "110105194912310021", "13900005678").await;
    assert!(matches!(intake::receipt(&other).await, Err(Failure::NotFound)));
    for nobody in [house.visit(None).await, reviewer(&house, "430111").await] {
        assert!(matches!(intake::receipt(&nobody).await, Err(Failure::Refused(Refusal::SignInAgain))));
    }
    for _ in 0..30 {
        paper(&visit).await;
    }
    assert!(matches!(intake::receipt(&visit).await, Err(Failure::Refused(Refusal::TooOften { .. }))));
}
both!(a_receipt_is_its_owners_and_limited);
