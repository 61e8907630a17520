//! 打印申请表 at the counter.

use chrono::Duration;

use super::*;
use crate::Token;
use crate::case::Printed;
use crate::counter::form as print;
use crate::intake::stories::print::printing;
use crate::intake::stories::{fill, submit};
use crate::review::stories::{assert_not_found, staff_id};

/// The sheet in words, as the press of the tests returns it.
fn words(printed: Result<Printed, Failure>) -> String {
    match printed.unwrap() {
        Printed::Pdf { bytes, .. } => String::from_utf8(bytes).unwrap(),
        Printed::NoFonts => panic!(),
    }
}

/// The same member of the staff, signed in anew.
async fn anew(house: &House, visit: &Visit) -> Visit {
    let (token, id) = (Token::new(&house.services), staff_id(visit));
    let session = store::session::SessionRow { is_second_factor_done: true, ..visit.new_session(&token, None, Some(&id)) };
    house.services.db.write(move |tx| Box::pin(async move { tx.insert_session(&session).await })).await.unwrap();
    house.visit(Some(token.as_str())).await
}

async fn a_form_is_printed_by_the_two_who_agreed_to_it_for_a_day(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let qian = reviewer(&house, DISTRICT, "钱七").await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let nothing = correct(&li, &form("print", &token)).await;
    assert_not_found(nothing);
    fill(&zhang).await;
    let id = asked(&house, &li, form("print", &token)).await.unwrap();
    assert_eq!(asked(&house, &li, form("print", &token)).await.unwrap(), id);
    assert_not_found(print(&li, &id).await);
    let seen = crate::review::case(&wang, &id).await.unwrap();
    assert!(!format!("{:?}", seen.sections).contains("430111199003079988"));
    decide(&wang, &id, seen.case.version, "approve").await.unwrap();
    let Some(Found::Here(found)) = counter_view(&li, &token).await.unwrap().found else { panic!("nobody found") };
    assert_eq!(found.form, Some(id.clone()));
    for who in [&li, &wang] {
        let sheet = words(print(who, &id).await);
        assert!(sheet.contains("430111199003079988") && sheet.contains("湖南大学"), "{sheet}");
    }
    assert_not_found(print(&qian, &id).await);
    assert_eq!(refusal(print(&zhang, &id).await), Refusal::NotYours);
    assert_eq!(audited(&house, &id, "print_at_counter").await.len(), 2);
    let account = person(&house, &zhang).await.id;
    let messages = house.services.db.read().await.unwrap().list_messages(&account, "~", 9).await.unwrap();
    assert!(messages.iter().any(|message| message.body.contains("打印")), "{messages:?}");
    house.clock.forward(Duration::hours(24));
    assert_not_found(print(&anew(&house, &li).await, &id).await);
    assert_audit_stands(&house).await;
}
both!(a_form_is_printed_by_the_two_who_agreed_to_it_for_a_day);

async fn what_was_submitted_is_printed_with_its_number_and_another_correction_is_no_print(mut house: House) {
    printing(&mut house, "会计人员基本信息表");
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    fill(&zhang).await;
    submit(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("print", &token)).await.unwrap();
    decide(&wang, &id, row(&house, &id).await.version, "approve").await.unwrap();
    assert!(words(print(&li, &id).await).contains("受理编号"));
    let named = CorrectForm { name: "张三峰".into(), ..form("name", &token) };
    let other = asked(&house, &li, named).await.unwrap();
    decide(&wang, &other, row(&house, &other).await.version, "approve").await.unwrap();
    assert_not_found(print(&li, &other).await);
}
both!(what_was_submitted_is_printed_with_its_number_and_another_correction_is_no_print);

async fn nothing_is_printed_for_another_bureau_or_where_the_province_prints_nothing(mut house: House) {
    let zhang = zhang_san(&house).await;
    let (li, _wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    fill(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    assert_not_found(correct(&li, &form("print", &token)).await);
    printing(&mut house, "会计人员基本信息表");
    let (sibling, _other) = (reviewer(&house, SIBLING, "孙八").await, reviewer(&house, SIBLING, "周九").await);
    let (sibling, token) = search(&house, &sibling, NUMBER).await;
    assert_eq!(refusal(correct(&sibling, &form("print", &token)).await), Refusal::NotYours);
}
both!(nothing_is_printed_for_another_bureau_or_where_the_province_prints_nothing);
