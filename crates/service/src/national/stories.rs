//! Stories of the national platform, each on both engines.

use chrono::Duration;
use domain::account::view::Next;
use domain::answer::Answer;
use domain::case::{Refusal, Status};
use domain::change::forms::BeginForm;
use domain::fault::Fault;
use domain::import::{ImportKind, ImportLine};
use domain::intake::StepKey;
use domain::intake::forms::PledgeForm;
use domain::national::Owner;
use domain::national::credits::{CreditsFile, PeriodForm};
use domain::relocation::forms::DepartureForm;
use domain::relocation::view::Stands;
use domain::transfer::forms::TransferForm;

use super::*;
use crate::account::stories::is_fault;
use crate::employer::stories::{colleague, collected};
use crate::import::stories::in_effect;
use crate::intake::stories as intake;
use crate::portal::front;
use crate::review::stories::{DISTRICT, assert_audit_stands, decide, refusal, reviewer, row, staff};
use crate::testing::{House, both};
use crate::{Failure, Visit};

const NUMBER: &str = "430111199003079988";
const PAGE: &str = "/hunan/national";

/// From the day after tomorrow on the platform collects; drafts are taken for five days more, and two weeks later the province collects again.
fn switched(house: House) -> House {
    let terms = [("2026-11-20", Owner::National, Some("2026-11-25")), ("2026-12-05", Owner::Province, None)];
    house.collected_by(&terms)
}

async fn days_later(house: &House, visit: &Visit, days: i64) -> Visit {
    house.clock.forward(Duration::days(days));
    house.signed_in_again(visit).await
}

fn leads_there<T: std::fmt::Debug>(outcome: Result<T, Failure>) {
    assert!(matches!(&outcome, Err(Failure::Elsewhere(page)) if page == PAGE), "{outcome:?}");
}

async fn pledged(visit: &Visit) -> Result<Answer, Failure> {
    let version = visit.province.profile.intake_line().briefing.pledge_version.clone();
    crate::intake::pledge(visit, &PledgeForm { agreed: "yes".into(), version }).await
}

async fn drafts_are_handed_in_until_the_day_and_led_to_the_platform_after_it_and_wait_for_the_province(house: House) {
    let house = switched(house);
    let early = intake::zhang_san(&house).await;
    let late = intake::person_of(&house, "hunan", "430102199003071234", "13900005678").await;
    intake::fill(&early).await;
    intake::fill(&late).await;
    let ahead = front(&early).await.unwrap().elsewhere.unwrap();
    assert!(!ahead.is_shut && ahead.said.contains("2026年11月25日以前"), "{ahead:?}");

    let early = days_later(&house, &early, 3).await;
    let stranger = intake::person_of(&house, "hunan", "11010519491231002X", "13900009999").await;
    leads_there(crate::intake::hub(&stranger).await);
    leads_there(pledged(&stranger).await);
    assert_eq!(crate::intake::home(&stranger).await.unwrap().next, Next::Nothing);
    assert!(matches!(crate::intake::home(&early).await.unwrap().next, Next::GoOn { .. }), "a draft is finished until the day");
    intake::submit(&early).await;

    let late = days_later(&house, &late, 5).await;
    leads_there(crate::intake::hub(&late).await);
    leads_there(crate::intake::check_view(&late).await);
    leads_there(crate::intake::submit(&late, &intake::with_key("k1")).await);
    let home = crate::intake::home(&late).await.unwrap();
    assert!(home.next == Next::Nothing && home.elsewhere.unwrap().is_over);
    let page = national_view(&late).await.unwrap();
    assert_eq!((page.open.len(), page.open[0].status, page.open[0].way.as_str()), (1, Status::Draft, ""));

    // What was handed in is given back, handed in again and approved as ever.
    let early = house.signed_in_again(&early).await;
    intake::decide(&house, &early, Status::Returned, &[("education.full_time_major", "请核对")]).await;
    let open = national_view(&early).await.unwrap().open;
    assert_eq!((open[0].status, open[0].way.as_str()), (Status::Returned, "/hunan/intake/progress"));
    let mut amended = intake::answers();
    assert!(amended.set("education.full_time_major", "财务管理".into()));
    intake::save(&early, &amended, StepKey::Education).await;
    intake::submit(&early).await;
    let case = intake::case(&early).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    decide(&li, &case.id, case.version, "approve").await.unwrap();
    assert_eq!(intake::case(&early).await.status, Status::Approved);

    // The province collects again, and finds the draft as it was left.
    let late = days_later(&house, &late, 10).await;
    assert_eq!(front(&late).await.unwrap().elsewhere, None);
    assert!(matches!(national_view(&late).await, Err(Failure::NotFound)));
    intake::submit(&late).await;
    assert_eq!(intake::case(&late).await.status, Status::Submitted);
    assert_audit_stands(&house).await;
}
both!(drafts_are_handed_in_until_the_day_and_led_to_the_platform_after_it_and_wait_for_the_province);

fn departure(key: &str) -> DepartureForm {
    let (destination, reason) = ("hubei".to_owned(), "到外省工作".to_owned());
    DepartureForm { destination, reason, agreed: "yes".into(), request_key: key.into() }
}

async fn nobody_changes_a_copy_and_what_was_asked_for_before_is_decided(house: House) {
    let house = switched(house);
    let zhang = collected(&house, NUMBER, "13900001234").await;
    let li = colleague(&house).await;
    crate::relocation::depart(&li, &departure("k1")).await.unwrap();
    let zhang = days_later(&house, &zhang, 3).await;
    leads_there(crate::change::change_view(&zhang).await);
    leads_there(crate::change::begin_change(&zhang, &BeginForm::default()).await);
    leads_there(crate::transfer::transfer_view(&zhang, "").await);
    leads_there(crate::relocation::relocation_view(&zhang).await);
    leads_there(crate::relocation::depart(&zhang, &departure("k2")).await);
    let form = TransferForm { to: "430102".into(), reason: "moved".into(), agreed: "yes".into(), ..TransferForm::default() };
    let form = TransferForm { request_key: "k3".into(), ..form };
    let paper = crate::case::Proof { name: "证明.jpg".into(), bytes: Ok(intake::picture(20)) };
    leads_there(crate::transfer::apply_transfer(&zhang, &form, Some(paper)).await);
    let home = crate::intake::home(&zhang).await.unwrap();
    assert!(home.is_recorded() && !home.has_relocation && home.elsewhere.unwrap().is_shut);
    assert!(!crate::record::own_record(&zhang).await.unwrap().is_check_due);
    // 继续教育 goes on.
    assert!(crate::learning::learning_card(&zhang).await.unwrap().is_some());

    let li = house.signed_in_again(&li).await;
    let open = national_view(&li).await.unwrap().open;
    assert_eq!((open.len(), open[0].name.as_str(), open[0].status), (1, "跨省调出", Status::Submitted));
    let case = row(&house, &open[0].id).await;
    let reviewing = reviewer(&house, DISTRICT, "李审核").await;
    decide(&reviewing, &case.id, case.version, "approve").await.unwrap();
    let view = crate::relocation::relocation_view(&li).await.unwrap();
    assert!(matches!(view.stands, Stands::Left { .. }), "{:?}", view.stands);

    let zhang = days_later(&house, &zhang, 14).await;
    assert!(crate::change::begin_change(&zhang, &BeginForm::default()).await.unwrap().go.is_some());
    assert_audit_stands(&house).await;
}
both!(nobody_changes_a_copy_and_what_was_asked_for_before_is_decided);

async fn credits_are_exported_by_an_administrator_day_by_day_counted_and_written_down(house: House) {
    let house = switched(house);
    let zhang = intake::zhang_san(&house).await;
    let line = ImportLine::of(2, &["张三", "", NUMBER, "2026", "7.5", "2026-06-01", "公需课"]);
    in_effect(&house, ImportKind::Public, &[line]).await;
    house.clock.forward(Duration::days(1));
    let keeper = staff(&house, "430000", "赵管理", "administrator", true).await;
    let period = |from: &str, until: &str| PeriodForm { from: from.into(), until: until.into() };
    let today = export_credits(&keeper, &period("2026-11-01", "2026-11-19")).await;
    assert!(is_fault(&today, "until", &Fault::InTheFuture), "a day that is not over");
    let (name, bytes) = export_credits(&keeper, &period("2026-11-01", "2026-11-18")).await.unwrap();
    assert_eq!(name, "credits-hunan-2026-11-01-2026-11-18.json");
    let file: CreditsFile = serde_json::from_slice(&bytes).unwrap();
    let [row] = &file.credits[..] else { panic!("{file:?}") };
    assert_eq!((row.document_number.as_str(), row.credits.as_str(), row.year), (NUMBER, "7.5", 2026));
    assert_eq!((row.subject.as_str(), row.reverses.as_ref()), ("公需科目", None));
    let other = export_credits(&keeper, &period("2026-11-01", "2026-11-17")).await.unwrap().1;
    assert!(serde_json::from_slice::<CreditsFile>(&other).unwrap().credits.is_empty());
    let audit = house.services.db.read().await.unwrap().list_audit_of("credits_file", &file.id).await.unwrap();
    assert!(audit.len() == 1 && audit[0].detail.contains("\"rows\":1") && !audit[0].detail.contains(NUMBER), "{audit:?}");

    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(refusal(export_credits(&li, &period("2026-11-01", "2026-11-18")).await), Refusal::NotYours);
    assert_eq!(refusal(export_credits(&zhang, &period("2026-11-01", "2026-11-18")).await), Refusal::NotYours);
    for _ in 0..18 {
        export_credits(&keeper, &period("2026-11-01", "2026-11-02")).await.unwrap();
    }
    let often = refusal(export_credits(&keeper, &period("2026-11-01", "2026-11-02")).await);
    assert!(matches!(often, Refusal::TooOften { .. }), "{often:?}");
    let house = house.collected_by(&[]);
    let gone = export_credits(&house.again(&keeper).await, &period("2026-11-01", "2026-11-18")).await;
    assert!(matches!(gone, Err(Failure::NotFound)), "{gone:?}");
}
both!(credits_are_exported_by_an_administrator_day_by_day_counted_and_written_down);
