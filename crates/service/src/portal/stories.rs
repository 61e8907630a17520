//! What the staff write and what visitors read, on both engines.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::id::BureauCode;
use domain::intake::StepKey;
use domain::portal::NoticeKind::{Guide, Notice};
use domain::portal::forms::{ContactForm, NoticeForm};
use domain::portal::view::Shown;

use super::*;
use crate::intake::stories::{fill, submit, zhang_san};
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

const DISTRICT: &str = "430111";
const CITY: &str = "430100";
const PROVINCE: &str = "430000";

async fn administrator(house: &House) -> Visit {
    staff(house, PROVINCE, "赵管理", "administrator", true).await
}

fn notice_form(title: &str) -> NoticeForm {
    let text = str::to_owned;
    NoticeForm {
        version: text("0"),
        kind: text("notice"),
        title: text(title),
        body: text("第一段\n第二段 <b>"),
        published_on: text("2026-11-18"),
        publish: text("yes"),
        ..NoticeForm::default()
    }
}

fn contact_form(bureau: &str, version: i64, phone: &str) -> ContactForm {
    let text = str::to_owned;
    ContactForm {
        bureau: text(bureau),
        version: version.to_string(),
        phone: text(phone),
        address: text("韶山中路 9 号"),
        hours: text("工作日 9:00–17:00"),
    }
}

async fn titles(visit: &Visit, kind: domain::portal::NoticeKind) -> Vec<String> {
    notices(visit, kind, "").await.unwrap().lines.into_iter().map(|line| line.title).collect()
}

/// Everybody who may write none of the texts, with what they hear.
async fn others(house: &House) -> Vec<(Visit, Refusal)> {
    vec![
        (house.visit(None).await, Refusal::SignInAgain),
        (zhang_san(house).await, Refusal::NotYours),
        (staff(house, PROVINCE, "王审核", "reviewer", true).await, Refusal::NotYours),
        (staff(house, CITY, "钱管理", "administrator", true).await, Refusal::NotYours),
        (staff(house, PROVINCE, "孙管理", "administrator", false).await, Refusal::SecondFactorNeeded),
    ]
}

async fn only_administrators_of_the_province_write_notices_and_guides(house: House) {
    for (visit, expected) in others(&house).await {
        assert_eq!(refusal(texts(&visit, Notice, "").await), expected);
        assert_eq!(refusal(text(&visit, Guide, "new").await), expected);
        assert_eq!(refusal(save_text(&visit, &notice_form("不该出现")).await), expected);
    }
    let zhao = administrator(&house).await;
    assert!(texts(&zhao, Notice, "").await.unwrap().lines.is_empty());
    let faulty = save_text(&zhao, &NoticeForm { title: String::new(), ..notice_form("") }).await;
    assert!(matches!(faulty, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("title", Fault::Missing)));
    let unknown =
        NoticeForm { id: "00000000-0000-7000-8000-999999999999".into(), version: "1".into(), ..notice_form("没有的") };
    assert!(matches!(save_text(&zhao, &unknown).await, Err(Failure::NotFound)));
    assert!(matches!(save_text(&zhao, &NoticeForm { kind: "page".into(), ..notice_form("x") }).await, Err(Failure::NotFound)));
    assert!(matches!(text(&zhao, Notice, "nothing").await, Err(Failure::NotFound)));
}
both!(only_administrators_of_the_province_write_notices_and_guides);

async fn a_notice_is_read_from_its_first_day_to_its_last_and_by_nobody_while_it_is_withdrawn(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house).await);
    let seeds: Vec<_> = visitor.province.profile.portal.notices.iter().map(|notice| notice.title.clone()).collect();
    assert!(!seeds.is_empty());
    assert_eq!(titles(&visitor, Notice).await, seeds, "the profile speaks while the staff are silent");
    assert_eq!(notice(&visitor, Notice, "seed-0").await.unwrap().title, seeds[0]);
    assert!(matches!(notice(&visitor, Notice, "seed-99").await, Err(Failure::NotFound)));
    assert_eq!(titles(&visitor, Guide).await, std::slice::from_ref(&visitor.province.profile.intake_line().briefing.title));

    let go = save_text(&zhao, &notice_form("今天的通知")).await.unwrap().go;
    assert_eq!(go.as_deref(), Some("/hunan/staff/notices?saved=1"));
    let later = NoticeForm { published_on: "2026-11-19".into(), valid_to: "2026-11-20".into(), ..notice_form("明天的通知") };
    save_text(&zhao, &later).await.unwrap();
    save_text(&zhao, &NoticeForm { publish: "no".into(), ..notice_form("草稿") }).await.unwrap();
    save_text(&zhao, &NoticeForm { kind: "guide".into(), ..notice_form("手册") }).await.unwrap();
    assert_eq!(titles(&visitor, Notice).await, ["今天的通知"]);
    assert_eq!(titles(&visitor, Guide).await, ["手册"]);
    assert_eq!(front(&visitor).await.unwrap().notices.len(), 1);
    let lines = texts(&zhao, Notice, "").await.unwrap().lines;
    let shown: Vec<_> = lines.iter().map(|line| (line.title.as_str(), line.shown)).collect();
    assert_eq!(shown, [("明天的通知", Shown::Later), ("草稿", Shown::Hidden), ("今天的通知", Shown::Yes)]);
    let tomorrow = &lines[0].id;
    for (line, is_found) in [(&lines[0], false), (&lines[1], false), (&lines[2], true)] {
        assert_eq!(notice(&visitor, Notice, &line.id).await.is_ok(), is_found, "{}", line.title);
        assert!(matches!(notice(&visitor, Guide, &line.id).await, Err(Failure::NotFound)), "it is no guide");
    }
    for (days, is_found) in [(1, true), (1, true), (1, false)] {
        house.clock.forward(Duration::days(days));
        assert_eq!(notice(&visitor, Notice, tomorrow).await.is_ok(), is_found, "{}", visitor.services.today());
    }
    let lines = texts(&administrator(&house).await, Notice, "").await.unwrap().lines;
    assert_eq!(lines[0].shown, Shown::Over);
    assert_audit_stands(&house).await;
}
both!(a_notice_is_read_from_its_first_day_to_its_last_and_by_nobody_while_it_is_withdrawn);

async fn of_two_who_write_the_same_notice_the_second_keeps_what_was_typed_and_sees_both(house: House) {
    let (zhao, qian) = (administrator(&house).await, administrator(&house).await);
    save_text(&zhao, &notice_form("通知")).await.unwrap();
    let id = texts(&zhao, Notice, "").await.unwrap().lines[0].id.clone();
    let form = text(&zhao, Notice, &id).await.unwrap().form;
    assert_eq!((form.version.as_str(), form.published_on.as_str()), ("1", "2026-11-18"));
    let ours = NoticeForm { title: "赵的标题".into(), ..form.clone() };
    let theirs = NoticeForm { title: "钱的标题".into(), ..form };
    let both = [(zhao, ours), (qian, theirs)].map(|(visit, form)| {
        tokio::spawn(async move {
            let outcome = save_text(&visit, &form).await;
            (visit, form, outcome)
        })
    });
    let done: Vec<_> = futures::future::join_all(both).await.into_iter().map(Result::unwrap).collect();
    let (won, lost): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, _, outcome)| outcome.is_ok());
    assert_eq!((won.len(), lost.len()), (1, 1));
    let (visit, typed, outcome) = &lost[0];
    assert!(matches!(outcome, Err(Failure::Stale)));
    let view = text(&house.again(visit).await, Notice, &id).await.unwrap();
    assert_eq!((&view.form.title, view.form.version.as_str()), (&won[0].1.title, "2"));
    assert_eq!(view.typed.as_ref(), Some(typed), "nothing typed is lost");
    let view = text(&house.again(visit).await, Notice, &id).await.unwrap();
    assert!(view.typed.is_none(), "it is shown once");
    assert_eq!(view.changed.unwrap().0, "赵管理");
    save_text(&house.again(visit).await, &NoticeForm { title: "合并后的标题".into(), ..view.form }).await.unwrap();
    assert_eq!(titles(&house.visit(None).await, Notice).await, ["合并后的标题"]);
    assert_audit_stands(&house).await;
}
both!(of_two_who_write_the_same_notice_the_second_keeps_what_was_typed_and_sees_both);

async fn the_pages_of_a_long_list_follow_each_other_without_gap_or_repetition(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house).await);
    for nth in 0..45 {
        let on = format!("2026-11-{:02}", 1 + nth % 9);
        save_text(&zhao, &NoticeForm { published_on: on, ..notice_form(&format!("通知 {nth:02}")) }).await.unwrap();
    }
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let view = notices(&visitor, Notice, &after).await.unwrap();
        assert!(view.lines.windows(2).all(|two| two[0].on >= two[1].on));
        seen.extend(view.lines.into_iter().map(|line| line.title));
        pages += 1;
        match view.next {
            Some(next) => after = next,
            None => break,
        }
    }
    seen.sort();
    assert_eq!((pages, seen), (3, (0..45).map(|nth| format!("通知 {nth:02}")).collect()));
    assert_eq!(front(&visitor).await.unwrap().notices.len(), 5);
}
both!(the_pages_of_a_long_list_follow_each_other_without_gap_or_repetition);

async fn a_bureau_s_reviewers_change_its_contact_and_the_province_s_administrators_everyone_s(house: House) {
    let li = staff(&house, DISTRICT, "李审核", "reviewer", true).await;
    let city = staff(&house, CITY, "周审核", "reviewer", true).await;
    for (visit, bureau) in [(&li, CITY), (&city, DISTRICT), (&li, "999999")] {
        assert_eq!(refusal(save_contact(visit, &contact_form(bureau, 0, "0731-85000000")).await), Refusal::NotYours);
        assert_eq!(refusal(contact(visit, &BureauCode::from(bureau)).await), Refusal::NotYours);
    }
    for (visit, expected) in [(house.visit(None).await, Refusal::SignInAgain), (zhang_san(&house).await, Refusal::NotYours)] {
        assert_eq!(refusal(contacts(&visit, "").await), expected);
        assert_eq!(refusal(save_contact(&visit, &contact_form(DISTRICT, 0, "1")).await), expected);
    }
    assert_eq!(contacts(&li, "").await.unwrap().lines.len(), 1);
    let wrong = save_contact(&li, &contact_form(DISTRICT, 0, "请打总机")).await;
    assert!(matches!(wrong, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("phone", Fault::Character('请'))));
    assert_eq!(contact(&li, &BureauCode::from(DISTRICT)).await.unwrap().form.version, "0");
    save_contact(&li, &contact_form(DISTRICT, 0, "0731-85000001")).await.unwrap();
    let view = contact(&li, &BureauCode::from(DISTRICT)).await.unwrap();
    assert_eq!((view.form.phone.as_str(), view.form.version.as_str()), ("0731-85000001", "1"));
    assert_eq!((view.bureau_name.as_str(), view.changed.unwrap().0.as_str()), ("长沙市雨花区财政局", "李审核"));
    let zhao = administrator(&house).await;
    assert!(contacts(&zhao, "").await.unwrap().lines.len() > 100);
    save_contact(&zhao, &contact_form(DISTRICT, 1, "0731-85000002")).await.unwrap();
    let visitor = house.visit(None).await;
    let found = hotlines(&visitor, Wanted { search: " 85000002 ", ..Wanted::default() }).await.unwrap();
    assert_eq!((found.search.as_str(), found.cities.len()), ("85000002", 1));
    let (name, bureaus) = &found.cities[0];
    assert_eq!((name.as_str(), bureaus[0].name.as_str(), bureaus.len()), ("长沙市", "长沙市雨花区财政局", 1));
    let known = hotlines(&visitor, Wanted { search: "", ..Wanted::default() }).await.unwrap().cities;
    assert_eq!((known.len(), known[0].1.len()), (1, 1), "of the others nothing is known");
    let all = hotlines(&visitor, Wanted { search: "财政", ..Wanted::default() }).await.unwrap().cities;
    assert_eq!((all[0].0.as_str(), all[0].1.len()), ("湖南省", 1));
    assert!(all.iter().any(|(name, bureaus)| name == "长沙市" && bureaus[0].name == "长沙市财政局" && bureaus.len() > 5));
    assert!(hotlines(&visitor, Wanted { search: "没有这样的局", ..Wanted::default() }).await.unwrap().cities.is_empty());
    let choose = |city, county| Wanted { search: "没有这样的局", city, county };
    let city = hotlines(&visitor, choose("430100", "")).await.unwrap();
    assert_eq!((city.cities.len(), city.cities[0].0.as_str(), city.search.as_str()), (1, "长沙市", ""));
    let names: Vec<_> = city.counties.iter().map(|(_, name)| name.as_str()).collect();
    assert!(
        names.contains(&"长沙县财政局") && names.contains(&"长沙市财政局本级") && names.contains(&"长沙市雨花区财政局"),
        "{names:?}"
    );
    let one = hotlines(&visitor, choose("430100", DISTRICT)).await.unwrap();
    assert_eq!((one.cities[0].1.len(), one.cities[0].1[0].phone.as_str()), (1, "0731-85000002"));
    let elsewhere = hotlines(&visitor, choose("430200", DISTRICT)).await.unwrap();
    assert!(elsewhere.county.is_none() && elsewhere.cities[0].0 == "株洲市", "a bureau of another city is not chosen");
    assert_audit_stands(&house).await;
}
both!(a_bureau_s_reviewers_change_its_contact_and_the_province_s_administrators_everyone_s);

async fn of_two_who_change_the_same_contact_one_wins_whether_it_is_the_first_time_or_not(house: House) {
    let reviewers = [staff(&house, DISTRICT, "李审核", "reviewer", true).await, administrator(&house).await];
    for version in [0, 1] {
        let tries = reviewers.clone().into_iter().zip(["0731-85000003", "0731-85000004"]).map(|(visit, phone)| {
            tokio::spawn(async move {
                let outcome: Result<Answer, Failure> = save_contact(&visit, &contact_form(DISTRICT, version, phone)).await;
                (visit, phone, outcome)
            })
        });
        let done: Vec<_> = futures::future::join_all(tries).await.into_iter().map(Result::unwrap).collect();
        let (won, lost): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, _, outcome)| outcome.is_ok());
        assert_eq!((won.len(), lost.len()), (1, 1), "over version {version}");
        assert!(matches!(lost[0].2, Err(Failure::Stale)));
        let view = contact(&house.again(&lost[0].0).await, &BureauCode::from(DISTRICT)).await.unwrap();
        assert_eq!((view.form.phone.as_str(), view.typed.unwrap().phone.as_str()), (won[0].1, lost[0].1));
    }
}
both!(of_two_who_change_the_same_contact_one_wins_whether_it_is_the_first_time_or_not);

async fn what_a_bureau_wrote_about_itself_stands_on_every_page_of_its_applicants(house: House) {
    let (li, zhang) = (staff(&house, DISTRICT, "李审核", "reviewer", true).await, zhang_san(&house).await);
    save_contact(&li, &contact_form(DISTRICT, 0, "0731-85000005")).await.unwrap();
    fill(&zhang).await;
    let step = crate::intake::step_view(&zhang, StepKey::Employment, false).await.unwrap();
    assert_eq!(step.bureau.unwrap().phone, "0731-85000005", "of the one that the answers lead to");
    assert_eq!(step.kit.bureaus.get(&BureauCode::from(DISTRICT)).unwrap().phone, "", "nobody chooses here");
    let check = crate::intake::check_view(&zhang).await.unwrap();
    assert_eq!(check.bureau.unwrap().address, "韶山中路 9 号");
    submit(&zhang).await;
    let bureau = crate::intake::progress_view(&zhang).await.unwrap().bureau.unwrap();
    assert_eq!((bureau.phone.as_str(), bureau.hours.as_str()), ("0731-85000005", "工作日 9:00–17:00"));
    // Nothing in the memory of the process: the next change is seen at once.
    let emptied = ContactForm { version: "1".into(), bureau: DISTRICT.into(), ..ContactForm::default() };
    save_contact(&li, &emptied).await.unwrap();
    assert_eq!(crate::intake::progress_view(&zhang).await.unwrap().bureau.unwrap().phone, "");
}
both!(what_a_bureau_wrote_about_itself_stands_on_every_page_of_its_applicants);
