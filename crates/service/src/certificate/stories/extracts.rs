//! 信息登记表（电子签名件）, on both engines.

use domain::case::Refusal;
use domain::certificate::view::{RegisteredOf, VerifiedView};
use domain::certificate::{Signed, Verdict};
use store::certificate::extract::ExtractRow;

use super::{SITE, verify};
use crate::case::Printed;
use crate::certificate::renamed;
use crate::intake::stories as intake;
use crate::review::stories::{decide, reviewer};
use crate::testing::{House, both};
use crate::{Failure, Visit};

/// Somebody whose 信息采集 was approved.
async fn approved(house: &House) -> Visit {
    let visit = intake::zhang_san(house).await;
    intake::fill(&visit).await;
    intake::submit(&visit).await;
    let case = intake::case(&visit).await;
    let li = reviewer(house, case.bureau.as_ref().unwrap().as_str(), "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    house.again(&visit).await
}

async fn paper(visit: &Visit) -> String {
    let Printed::Pdf { bytes, title } = crate::intake::extract(visit, SITE).await.unwrap() else { panic!() };
    assert_eq!(title, "会计人员信息登记表");
    String::from_utf8(bytes).unwrap()
}

async fn standing(visit: &Visit) -> ExtractRow {
    let mut reader = visit.services.db.read().await.unwrap();
    reader.find_standing_extract(visit.account().unwrap()).await.unwrap().unwrap()
}

/// Another name, as the counter or the identity service writes it.
async fn rename(visit: &Visit, name: &'static str) {
    let (job, account) = (visit.clone(), visit.account().unwrap().clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            tx.save_name(&account, name, job.now()).await?;
            renamed(tx, &job, &account).await
        })
    });
    written.await.unwrap();
}

fn version(seen: &VerifiedView) -> i64 {
    match &seen.signed {
        Some(Signed::Extract(extract)) => extract.version,
        other => panic!("{other:?}"),
    }
}

async fn a_record_is_signed_once_however_often_it_is_printed_and_anybody_verifies_it(house: House) {
    let visit = approved(&house).await;
    let (first, second) = tokio::join!(paper(&visit), paper(&visit));
    let row = standing(&visit).await;
    for page in [&first, &second] {
        for wanted in [row.number.as_str(), &format!("{SITE}/hunan/verify?c={}", row.statement), "430111199003079988", "第 1 版"]
        {
            assert!(page.contains(wanted), "{wanted} is not in {page}");
        }
        assert!(!page.contains("本人签名"), "nobody signs by hand what the province signed: {page}");
    }
    let seen = verify(&house, &row.statement).await;
    assert_eq!((seen.verdict.clone(), version(&seen)), (Verdict::Valid, 1));
    let by_number = verify(&house, &row.number).await;
    assert_eq!((by_number.verdict, by_number.registered.unwrap().of), (Verdict::Valid, RegisteredOf::Version(1)));
    assert!(by_number.signed.is_none());
}
both!(a_record_is_signed_once_however_often_it_is_printed_and_anybody_verifies_it);

async fn whoever_has_another_name_since_has_another_extract_and_the_former_says_so(house: House) {
    let visit = approved(&house).await;
    paper(&visit).await;
    let former = standing(&visit).await;
    rename(&visit, "张叁").await;
    let on = house.services.today();
    let seen = verify(&house, &former.statement).await;
    assert_eq!((seen.verdict.clone(), version(&seen)), (Verdict::Replaced { on, is_complete: true }, 1));
    let page = paper(&visit).await;
    assert!(page.contains("张叁"), "{page}");
    let row = standing(&visit).await;
    assert_ne!(row.number, former.number);
    assert_eq!(verify(&house, &row.statement).await.verdict, Verdict::Valid);
    rename(&visit, "张叁").await;
    assert_eq!(standing(&visit).await, row, "what has not changed ends nothing");
}
both!(whoever_has_another_name_since_has_another_extract_and_the_former_says_so);

async fn nothing_is_signed_before_it_is_approved_or_for_somebody_else(house: House) {
    let visit = intake::zhang_san(&house).await;
    assert!(matches!(crate::intake::extract(&visit, SITE).await, Err(Failure::NotFound)));
    let stranger = crate::intake::extract(&house.visit(None).await, SITE).await;
    assert!(matches!(stranger, Err(Failure::Refused(Refusal::SignInAgain))), "{stranger:?}");
}
both!(nothing_is_signed_before_it_is_approved_or_for_somebody_else);
