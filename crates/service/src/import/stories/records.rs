//! Records of the national platform: what would change is told before, two agree, and it is taken back.

use chrono::Duration;
use domain::answer::Answer;
use domain::fault::Fault;
use domain::import::ImportOutcome;
use domain::national::Owner;
use store::archive::RecordRow;

use super::persons::registered;
use super::*;
use crate::account::stories::is_fault;
use crate::employer::stories::{colleague, collected};
use crate::intake::RecordBody;
use crate::record::own_record;
use crate::testing::both;

/// 张三 is in Hunan's own register since 2026-11-18, and the platform collects from 2026-11-20 on.
async fn house_of(house: House) -> (House, Visit) {
    let house = house.collected_by(&[("2026-11-20", Owner::National, None)]);
    let zhang = collected(&house, NUMBER, "13900001234").await;
    house.clock.forward(Duration::days(3));
    let zhang = house.signed_in_again(&zhang).await;
    (house, zhang)
}

/// A row of the platform: as of a day, at a bureau, with a level and an employer.
fn of(line: u64, (name, document): (&str, &str), on: &str, bureau: &str, (level, employer): (&str, &str)) -> ImportLine {
    let cells = [name, "", document, on, bureau, level, "", "", "", "", "", "", "", "", "", "", employer];
    ImportLine::of(line, &cells)
}

const DISTRICT: &str = "长沙市雨花区财政局";
const ZHANG: (&str, &str) = ("张三", NUMBER);

async fn newest(house: &House, visit: &Visit) -> Option<(RecordRow, RecordBody)> {
    let row = house.services.db.read().await.unwrap().find_record(visit.account().unwrap()).await.unwrap()?;
    let body = RecordBody::open(&house.services, &row).unwrap();
    Some((row, body))
}

async fn answer(house: &House, visit: &Visit, item: &str) -> String {
    newest(house, visit).await.unwrap().1.answers.get(item).unwrap_or_default().to_owned()
}

async fn what_differs_is_told_before_two_agree_and_what_the_file_leaves_out_stays(house: House) {
    let (house, zhang) = house_of(house).await;
    let (zhao, qian) = (administrator(&house).await, second(&house).await);
    let (_, before) = newest(&house, &zhang).await.unwrap();
    let lines = [of(2, ZHANG, "2026-11-19", DISTRICT, ("高级", "")), of(3, ZHANG, "2026-11-20", DISTRICT, ("初级", ""))];
    let batch = looked_at(&house, &zhao, ImportKind::Record, &lines).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.counts.ready, view.counts.repeated), (1, 1));
    let row = &view.said[0];
    assert_eq!((row.line, row.outcome), (2, ImportOutcome::Ready));
    let [ImportReason::Differs { label, before: was, now }] = &row.reasons[..] else { panic!("{:?}", row.reasons) };
    assert_eq!((was.as_str(), now.as_str()), ("中级", "高级"), "{label}");
    assert_eq!(view.said[1].reasons, [ImportReason::Twice { line: 2 }]);
    assert_eq!(newest(&house, &zhang).await.unwrap().0.version, 1, "nothing before another one agrees");
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    works(&house).await;
    let (row, after) = newest(&house, &zhang).await.unwrap();
    assert_eq!((row.version, row.case_id.as_str()), (2, ""));
    let mut expected = before.answers.clone();
    assert!(expected.set("qualification.rows.0.level", "senior".into()));
    assert_eq!((&after.answers, &after.files), (&expected, &before.files));
    let record = own_record(&zhang).await.unwrap();
    assert_eq!(record.versions[0].kind_name, "全国平台数据导入");
    assert!(!record.is_check_due);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(what_differs_is_told_before_two_agree_and_what_the_file_leaves_out_stays);

async fn the_same_file_has_no_second_effect_and_an_older_row_none_at_all(house: House) {
    let (house, zhang) = house_of(house).await;
    let zhao = administrator(&house).await;
    let row = |line, on: &str, level: &str| of(line, ZHANG, on, DISTRICT, (level, ""));
    in_effect(&house, ImportKind::Record, &[row(2, "2026-11-20", "高级")]).await;
    for (line, on, level, reason) in [
        (7, "2026-11-20", "高级", ImportReason::Imported),
        (8, "2026-11-21", "高级", ImportReason::AsOnRecord),
        (9, "2026-11-19", "初级", ImportReason::Older { than: "2026-11-20".parse().unwrap() }),
    ] {
        let batch = looked_at(&house, &zhao, ImportKind::Record, &[row(line, on, level)]).await;
        let view = seen(&house, &batch.id).await;
        assert_eq!((view.counts.repeated, view.said[0].reasons.clone()), (1, vec![reason]));
    }
    in_effect(&house, ImportKind::Record, &[row(10, "2026-11-21", "正高级")]).await;
    assert_eq!(answer(&house, &zhang, "qualification.rows.0.level").await, "full_senior");
    assert_eq!(newest(&house, &zhang).await.unwrap().0.version, 3);
}
both!(the_same_file_has_no_second_effect_and_an_older_row_none_at_all);

async fn what_both_sides_changed_is_left_to_people(house: House) {
    let (house, zhang) = house_of(house).await;
    // Approved here on 2026-11-21 by an application that was handed in before; the platform speaks of the day before.
    let house = house.collected_by(&[]);
    let li = colleague(&house).await;
    let house = house.collected_by(&[("2026-11-20", Owner::National, None)]);
    let zhao = administrator(&house).await;
    let rows = [
        of(2, ("张三", "430102199003071234"), "2026-11-20", DISTRICT, ("高级", "")),
        of(3, ZHANG, "2026-11-20", "长沙市芙蓉区财政局", ("", "长沙另一有限公司")),
    ];
    let batch = looked_at(&house, &zhao, ImportKind::Record, &rows).await;
    let view = seen(&house, &batch.id).await;
    assert_eq!((view.counts.refused, view.counts.ready), (1, 1));
    let both = &view.said[0];
    assert_eq!(both.reasons[0], ImportReason::BothChanged { on: "2026-11-21".parse().unwrap() });
    assert!(matches!(&both.reasons[1], ImportReason::Differs { now, .. } if now == "高级"), "{:?}", both.reasons);
    let moved = ImportReason::Differs {
        label: "所属财政局".into(),
        before: "长沙市雨花区财政局".into(),
        now: "长沙市芙蓉区财政局".into(),
    };
    assert_eq!(view.said[1].reasons[0], moved);
    // Somebody is taken back meanwhile: what was compared with is no longer what is on record.
    let other = in_effect(&house, ImportKind::Record, &[of(5, ZHANG, "2026-11-21", DISTRICT, ("初级", ""))]).await;
    let qian = second(&house).await;
    acts(&house, &zhao, &batch.id, "apply").await.unwrap();
    acts(&house, &qian, &batch.id, "agree").await.unwrap();
    works(&house).await;
    assert_eq!(seen(&house, &batch.id).await.counts.refused, 2);
    assert_eq!(answer(&house, &zhang, "qualification.rows.0.level").await, "junior");
    assert_eq!(answer(&house, &li, "qualification.rows.0.level").await, "intermediate");
    taken_back(&house, &other.id).await;
    assert_eq!(newest(&house, &zhang).await.unwrap().0.version, 1);
}
both!(what_both_sides_changed_is_left_to_people);

async fn a_file_is_taken_back_and_the_version_before_it_is_the_newest_again(house: House) {
    let (house, zhang) = house_of(house).await;
    let moved = of(2, ZHANG, "2026-11-19", "430102", ("高级", "长沙另一有限公司"));
    let batch = in_effect(&house, ImportKind::Record, &[moved]).await;
    let (row, body) = newest(&house, &zhang).await.unwrap();
    assert_eq!((row.bureau.as_str(), body.answers.get("employment.division").unwrap()), ("430102", "430102"));
    taken_back(&house, &batch.id).await;
    let (row, _) = newest(&house, &zhang).await.unwrap();
    assert_eq!((row.version, row.bureau.as_str()), (1, "430111"));
    let record = own_record(&zhang).await.unwrap();
    assert_eq!(record.versions.len(), 1, "what was taken back is no version");
    undo(&house.services, &batch.id, false).await.unwrap();
    // The number of what was taken back is not given again.
    in_effect(&house, ImportKind::Record, &[of(3, ZHANG, "2026-11-20", DISTRICT, ("高级", ""))]).await;
    assert_eq!(newest(&house, &zhang).await.unwrap().0.version, 3);
    assert!(house.services.db.verify_audit(&[]).await.unwrap().is_ok());
}
both!(a_file_is_taken_back_and_the_version_before_it_is_the_newest_again);

async fn whoever_registers_later_is_in_the_register_and_need_not_apply(house: House) {
    let house = house.collected_by(&[("2026-11-01", Owner::National, None)]);
    let mut row = of(2, ("张三丰", NUMBER), "2026-11-10", DISTRICT, ("中级", "长沙某某有限公司"));
    row.cells[6].text = "会计类".into();
    row.cells[8].text = "2019-09-18".into();
    let batch = in_effect(&house, ImportKind::Record, &[row]).await;
    assert_eq!(seen(&house, &batch.id).await.counts.later, 1);
    let visit = registered(&house).await;
    let (row, body) = newest(&house, &visit).await.unwrap();
    assert_eq!((row.version, row.bureau.as_str(), body.holder.name.as_str()), (1, "430111", "张三丰"));
    let home = crate::intake::home(&visit).await.unwrap();
    assert!(home.is_recorded() && home.next == domain::account::view::Next::Nothing, "{home:?}");
    // 继续教育 works on the copy.
    let card = crate::learning::learning_card(&visit).await.unwrap().unwrap();
    assert_eq!(card.year.state.year, 2026);
    // Where the province collects again, it is the record that they have.
    let house = house.collected_by(&[]);
    let visit = house.again(&visit).await;
    let version = visit.province.profile.intake_line().briefing.pledge_version.clone();
    let form = domain::intake::forms::PledgeForm { agreed: "yes".into(), version };
    let again: Result<Answer, Failure> = crate::intake::pledge(&visit, &form).await;
    assert!(matches!(again, Err(Failure::Refused(domain::case::Refusal::AlreadyCollected))), "{again:?}");
    let begun = crate::change::begin_change(&visit, &domain::change::forms::BeginForm::default()).await.unwrap();
    assert!(begun.go.is_some_and(|page| page.ends_with("intake?change=all")));
}
both!(whoever_registers_later_is_in_the_register_and_need_not_apply);

async fn a_province_that_collects_itself_takes_no_such_file(house: House) {
    let zhao = administrator(&house).await;
    let refused = handed(&zhao, ImportKind::Record, "", "x").await;
    assert!(is_fault(&refused, "kind", &Fault::NotInList));
    let house = house.collected_by(&[("2027-01-01", Owner::National, None)]);
    let wrong = ImportLine::of(2, &["张三", "", NUMBER, "2026-11-19", "没有的财政局", "特级"]);
    let batch = looked_at(&house, &house.again(&zhao).await, ImportKind::Record, &[wrong]).await;
    let fault = |field: &str| ImportReason::Fault { field: field.into(), fault: Fault::NotInList };
    let future = ImportReason::Fault { field: "updated_on".into(), fault: Fault::InTheFuture };
    assert_eq!(seen(&house, &batch.id).await.said[0].reasons, [future, fault("bureau"), fault("level")]);
}
both!(a_province_that_collects_itself_takes_no_such_file);
