//! 窗口代办: what somebody has filled in is handed in by two who never decide it.

use domain::counter::view::PreparedView;
use domain::id::BureauCode;
use domain::intake::StepKey;
use domain::review::forms::ForwardForm;

use super::*;
use crate::intake::stories::{answers, case, fill, pledge, save, submit};
use crate::intake::{Submitted, TakenIn, progress_view};
use crate::review::stories::judge;

async fn prepared(house: &House, visit: &Visit) -> PreparedView {
    let (visit, token) = search(house, visit, NUMBER).await;
    let Some(Found::Here(found)) = counter_view(&visit, &token).await.unwrap().found else { panic!("nobody found") };
    found.prepared
}

async fn agree(house: &House, who: &Visit, id: &CaseId) -> Result<domain::answer::Answer, Failure> {
    decide(who, id, row(house, id).await.version, "approve").await
}

async fn what_was_filled_in_is_handed_in_by_two_who_never_decide_it(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let qian = reviewer(&house, DISTRICT, "钱七").await;
    fill(&zhang).await;
    assert_eq!(prepared(&house, &li).await, PreparedView::Ready);
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    assert_eq!(row(&house, &id).await.bureau.unwrap(), DISTRICT);
    assert_eq!(asked(&house, &li, form("take_in", &token)).await.unwrap(), id, "posted twice, it has one effect");
    assert_eq!(refusal(agree(&house, &li, &id).await), Refusal::SecondPersonNeeded);
    assert_eq!(case(&zhang).await.status, Status::Draft);
    agree(&house, &wang, &id).await.unwrap();
    let application = case(&zhang).await;
    assert_eq!((application.status, application.bureau.as_ref().map(BureauCode::as_str)), (Status::Submitted, Some(DISTRICT)));
    assert_eq!(application.holder_id, None, "whoever confirms it is not led to it");
    for who in [&li, &wang] {
        let view = crate::review::case(who, &application.id).await.unwrap();
        assert!(!view.actions.iter().any(|action| matches!(action.code(), "hold" | "judge" | "approve" | "return")));
        assert_eq!(refusal(agree(&house, who, &application.id).await), Refusal::SecondPersonNeeded);
        let verdict = judge(who, &application.id, "education.full_time_school", "reject", "与证书不一致").await;
        assert_eq!(refusal(verdict), Refusal::SecondPersonNeeded);
        let next = crate::review::next(who, None).await.unwrap();
        assert_eq!(next.go.unwrap(), "/hunan/staff/queue", "it is not handed out to them");
    }
    let view = crate::review::case(&qian, &application.id).await.unwrap();
    let mark = view.checks.iter().find(|check| check.rule == CheckRule::TakenIn).unwrap();
    let inputs: Vec<_> = mark.inputs.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(inputs, ["李四", "王五", "本人持身份证到窗口办理"]);
    agree(&house, &qian, &application.id).await.unwrap();
    assert_eq!(case(&zhang).await.status, Status::Approved);
    assert_eq!((audited(&house, &application.id, "take_in").await.len(), audited(&house, &id, "approve").await.len()), (1, 1));
    assert_audit_stands(&house).await;
}
both!(what_was_filled_in_is_handed_in_by_two_who_never_decide_it);

async fn the_person_is_told_and_sees_that_it_was_handed_in_for_them(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let _qian = reviewer(&house, DISTRICT, "钱七").await;
    fill(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    agree(&house, &wang, &id).await.unwrap();
    let progress = progress_view(&zhang).await.unwrap();
    let line = progress.timeline.last().unwrap();
    assert_eq!((line.who.contains("雨花区财政局"), line.note.as_str()), (true, "窗口代办"));
    assert!(!format!("{:?}", progress.timeline).contains("李四"), "names stay inside the bureau");
    let account = person(&house, &zhang).await.id;
    let mut reader = house.services.db.read().await.unwrap();
    let mut titles: Vec<_> = reader.list_messages(&account, "~", 9).await.unwrap().into_iter().map(|of| of.title).collect();
    titles.sort();
    assert_eq!(titles, ["申请已由窗口代为提交", "窗口办理已受理"]);
    let application = case(&zhang).await.id;
    let round = reader.list_submissions(&application).await.unwrap().remove(0);
    let taken_in = Submitted::open(&house.services, &application, &round).unwrap().taken_in;
    let reason = "本人持身份证到窗口办理".into();
    assert_eq!(taken_in, Some(TakenIn { by: "李四".into(), confirmed_by: "王五".into(), reason }));
    drop(reader);
    while crate::notify::deliver(&house.services).await.unwrap() > 0 {}
    let mut sent: Vec<_> = house.sms.0.lock().unwrap().iter().map(|sms| sms.purpose.clone()).collect();
    sent.sort();
    assert_eq!(sent, ["counter_asked", "taken_in"]);
}
both!(the_person_is_told_and_sees_that_it_was_handed_in_for_them);

/// Neither a later answer nor the person's own submission is passed over.
async fn what_the_person_changed_or_handed_in_meanwhile_stands(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let _qian = reviewer(&house, DISTRICT, "钱七").await;
    fill(&zhang).await;
    for own in [false, true] {
        let (li, token) = search(&house, &li, NUMBER).await;
        let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
        if own {
            submit(&zhang).await;
        } else {
            let mut changed = answers();
            changed.set("education.full_time_school", "东北财经大学".into());
            save(&zhang, &changed, StepKey::Education).await;
        }
        let seen = crate::review::case(&wang, &id).await.unwrap();
        assert_eq!(seen.checks.iter().find(|check| check.rule == CheckRule::AsAskedFor).unwrap().level, Level::Wrong);
        is_fault(agree(&house, &wang, &id).await, "counter.before", Fault::ChangedSince);
        assert_eq!(row(&house, &id).await.status, Status::Submitted);
        let back = DecideForm {
            case: id.to_string(),
            version: row(&house, &id).await.version.to_string(),
            decision: "return".into(),
            reason: "本人又有修改".into(),
        };
        crate::review::decide(&wang, &back).await.unwrap();
        assert_eq!(case(&zhang).await.round, i64::from(own));
    }
    assert_eq!(prepared(&house, &li).await, PreparedView::Nothing);
    let (li, token) = search(&house, &li, NUMBER).await;
    assert_eq!(refusal(correct(&li, &form("take_in", &token)).await), Refusal::AlreadySubmitted);
    let application = case(&zhang).await.id;
    assert_eq!(audited(&house, &application, "take_in").await.len(), 0);
    // It was their own: whoever was asked at the counter may decide it.
    agree(&house, &wang, &application).await.unwrap();
}
both!(what_the_person_changed_or_handed_in_meanwhile_stands);

async fn what_is_not_complete_or_goes_elsewhere_is_not_taken_in(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, _wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let _qian = reviewer(&house, DISTRICT, "钱七").await;
    let (sibling, _other) = (reviewer(&house, SIBLING, "孙八").await, reviewer(&house, SIBLING, "周九").await);
    assert_eq!(prepared(&house, &li).await, PreparedView::Nothing);
    pledge(&zhang).await;
    assert_eq!(prepared(&house, &li).await, PreparedView::Incomplete);
    let (li, token) = search(&house, &li, NUMBER).await;
    assert_eq!(refusal(correct(&li, &form("take_in", &token)).await), Refusal::NotComplete);
    fill(&zhang).await;
    let theirs = prepared(&house, &sibling).await;
    assert!(matches!(theirs, PreparedView::Elsewhere { bureau_name } if bureau_name.contains("雨花")));
    let (sibling, token) = search(&house, &sibling, NUMBER).await;
    assert_eq!(refusal(correct(&sibling, &form("take_in", &token)).await), Refusal::NotYours);
    let oneself = reviewer_with(&house, DISTRICT, "张三", NUMBER).await;
    let (oneself, token) = search(&house, &oneself, NUMBER).await;
    assert_eq!(refusal(correct(&oneself, &form("take_in", &token)).await), Refusal::SelfReview);
}
both!(what_is_not_complete_or_goes_elsewhere_is_not_taken_in);

/// A bureau with two keeps the other for the decision, and one with a single reviewer leaves both to the bureau above.
async fn somebody_is_always_left_to_decide(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    fill(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    assert_eq!(refusal(correct(&li, &form("take_in", &token)).await), Refusal::NoSecondPerson);
    let zhao = reviewer(&house, CITY, "赵六").await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    assert_eq!(row(&house, &id).await.bureau.unwrap(), CITY);
    agree(&house, &zhao, &id).await.unwrap();
    let application = case(&zhang).await;
    assert_eq!(application.bureau.as_ref().map(BureauCode::as_str), Some(DISTRICT));
    agree(&house, &wang, &application.id).await.unwrap();
}
both!(somebody_is_always_left_to_decide);

async fn where_nobody_else_works_the_bureau_above_confirms_and_decides(house: House) {
    let zhang = zhang_san(&house).await;
    let li = reviewer(&house, DISTRICT, "李四").await;
    let (zhao, qian) = (reviewer(&house, CITY, "赵六").await, reviewer(&house, CITY, "钱七").await);
    fill(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    agree(&house, &zhao, &id).await.unwrap();
    let application = case(&zhang).await;
    assert_eq!(application.bureau.as_ref().map(BureauCode::as_str), Some(CITY));
    assert_eq!(refusal(agree(&house, &zhao, &application.id).await), Refusal::SecondPersonNeeded);
    agree(&house, &qian, &application.id).await.unwrap();
    assert_eq!(case(&zhang).await.status, Status::Approved);
}
both!(where_nobody_else_works_the_bureau_above_confirms_and_decides);

/// Whoever took it in is never its reviewer, in no round; they may hand it on, and the person may amend it as ever.
async fn after_a_return_it_is_the_persons_again_and_still_not_for_those_two(house: House) {
    let zhang = zhang_san(&house).await;
    let (li, wang) = (reviewer(&house, DISTRICT, "李四").await, reviewer(&house, DISTRICT, "王五").await);
    let qian = reviewer(&house, DISTRICT, "钱七").await;
    fill(&zhang).await;
    let (li, token) = search(&house, &li, NUMBER).await;
    let id = asked(&house, &li, form("take_in", &token)).await.unwrap();
    agree(&house, &wang, &id).await.unwrap();
    let application = case(&zhang).await.id;
    judge(&qian, &application, "education.full_time_school", "reject", "与证书不一致").await.unwrap();
    decide(&qian, &application, row(&house, &application).await.version, "return").await.unwrap();
    assert_eq!(prepared(&house, &li).await, PreparedView::Incomplete, "what was rejected is as it was");
    let mut changed = answers();
    changed.set("education.full_time_school", "东北财经大学".into());
    save(&zhang, &changed, StepKey::Education).await;
    submit(&zhang).await;
    assert_eq!(row(&house, &application).await.round, 2);
    for who in [&li, &wang] {
        assert_eq!(refusal(agree(&house, who, &application).await), Refusal::SecondPersonNeeded);
    }
    let on = ForwardForm {
        case: application.to_string(),
        version: row(&house, &application).await.version.to_string(),
        bureau: SIBLING.into(),
        reason: "单位已经迁到芙蓉区".into(),
    };
    crate::review::forward(&house.again(&li).await, &on).await.unwrap();
    assert_eq!(row(&house, &application).await.bureau.unwrap(), SIBLING);
}
both!(after_a_return_it_is_the_persons_again_and_still_not_for_those_two);
