//! 个人中心 in every state: the one next thing, what runs beside it, and whom to ask.

use domain::account::view::{HomeView, Next};
use store::case::file::Submit;

use super::*;
use crate::intake::home;

async fn seen(visit: &Visit) -> HomeView {
    home(visit).await.unwrap()
}

fn first_left(view: &HomeView) -> (usize, &str, &str) {
    match &view.next {
        Next::GoOn { left, link, .. } => (left.len(), left.first().map_or("", String::as_str), link),
        other => panic!("{other:?}"),
    }
}

async fn the_next_thing_follows_where_one_stands(house: House) {
    let visit = zhang_san(&house).await;
    let view = seen(&visit).await;
    assert_eq!((&view.next, &view.intake, &view.bureau, view.messages.len()), (&Next::Begin, &None, &None, 0));
    assert_eq!((view.document.as_str(), view.mobile.as_str()), ("430111********9988", "139****1234"));

    pledge(&visit).await;
    let view = seen(&visit).await;
    // Four steps, the files and the check.
    assert_eq!(first_left(&view), (6, "个人基本信息", "/hunan/intake/person"));
    assert!(matches!(view.next, Next::GoOn { saved_at: None, .. }) && view.bureau.is_none());
    save(&visit, &answers(), StepKey::Person).await;
    let view = seen(&visit).await;
    assert_eq!(first_left(&view), (5, "学历学位信息", "/hunan/intake/education"));
    assert!(matches!(view.next, Next::GoOn { saved_at: Some(_), .. }));

    fill(&visit).await;
    let view = seen(&visit).await;
    assert_eq!(first_left(&view).2, "/hunan/intake/check");
    assert_eq!(view.bureau.unwrap().name, "长沙市雨花区财政局", "the answers say whom to ask");

    submit(&visit).await;
    let view = seen(&visit).await;
    assert_eq!((&view.next, view.status(), view.messages.len()), (&Next::Nothing, Some(Status::Submitted), 1));
    assert!(view.messages[0].is_new && view.bureau.is_some());

    let reasons = [("person.residence_address", "请补充门牌号"), ("attachment.photo", "照片太暗")];
    decide(&house, &visit, Status::Returned, &reasons).await;
    let Next::Amend { items, left, first, at } = seen(&visit).await.next else { panic!() };
    assert_eq!((items, left, at.is_some()), (2, 2, true));
    assert_eq!((first.0.as_str(), first.1.as_str()), ("详细地址", "请补充门牌号"));
    let mut changed = answers();
    changed.set("person.residence_address", "韶山中路 9 号 3 栋".into());
    save(&visit, &changed, StepKey::Person).await;
    let Next::Amend { items, left, first, .. } = seen(&visit).await.next else { panic!() };
    assert_eq!((items, left, first.1.as_str()), (2, 1, "照片太暗"));
    upload(&visit, "photo", 9).await;
    let Next::Amend { left: 0, first, .. } = seen(&visit).await.next else { panic!() };
    assert_eq!(first.1, "");

    submit(&visit).await;
    decide(&house, &visit, Status::Approved, &[]).await;
    let view = seen(&visit).await;
    assert_eq!((view.next, view.intake.unwrap().status), (Next::Nothing, Status::Approved));
}
both!(the_next_thing_follows_where_one_stands);

async fn where_the_whole_is_returned_its_reason_is_told(mut house: House) {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.lines.get_mut(&CaseKind::Intake).unwrap().returns = domain::case::Judged::Whole;
    let provinces = std::sync::Arc::new([("hunan".to_owned(), std::sync::Arc::new(province))].into());
    house.services = house.services.with(|rooms| rooms.provinces = provinces);
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    decide(&house, &visit, Status::Returned, &[]).await;
    let Next::Amend { items: 0, first, .. } = seen(&visit).await.next else { panic!() };
    assert_eq!(first, (String::new(), "请按提示修改".to_owned()));
}
both!(where_the_whole_is_returned_its_reason_is_told);

async fn a_change_of_the_telephone_that_runs_stands_beside_the_application(house: House) {
    let house = crate::phone_change::stories::changing(house);
    let visit = zhang_san(&house).await;
    fill(&visit).await;
    submit(&visit).await;
    assert!(seen(&visit).await.phone_change.is_none());
    let (id, now) = (visit.account().unwrap().clone(), house.services.now());
    let account = house.services.db.read().await.unwrap().find_account(&id).await.unwrap().unwrap();
    let row = CaseRow::new("phone".into(), CaseKind::PhoneChange, &account, 1, now);
    let asked = row.clone();
    write(&house, move |tx| {
        Box::pin(async move {
            tx.insert_case(&asked).await?;
            let due_on = domain::calendar::china_time(now).date();
            let path = "430000/430100/430111";
            let to = Submit {
                number: "N",
                bureau: &"430111".into(),
                bureau_path: path,
                form_version: 1,
                due_on,
                at: now,
                papers: 0,
                doubts: 0,
                year: None,
            };
            Ok(tx.submit_case(&asked, &to).await?)
        })
    })
    .await;
    let view = seen(&visit).await;
    assert_eq!((view.status(), view.phone_change.map(|case| case.status)), (Some(Status::Submitted), Some(Status::Submitted)));
}
both!(a_change_of_the_telephone_that_runs_stands_beside_the_application);
