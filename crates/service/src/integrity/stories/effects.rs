//! Where a ban is told beside the record and the desk, and until when.

use chrono::Duration;
use domain::employer::forms::EmploymentForm;

use super::*;
use crate::change::change_view;
use crate::employer::stories::{colleague, manager_to_be, managing, page_of};
use crate::employer::{answer_employment, ask_employees};
use crate::school::schools_view;
use crate::testing::both;

const COLLEAGUE: &str = "430102199003071234";

/// What the person reads at a change and at enrolling.
async fn read_by(visit: &Visit) -> [Vec<String>; 2] {
    [change_view(visit).await.unwrap().warnings, schools_view(visit).await.unwrap().warnings]
}

/// What the manager of the employer reads of the one who agreed.
async fn read_by_employer(visit: &Visit) -> String {
    let mut people = page_of(visit).await.managed.remove(0).people;
    assert_eq!(people.len(), 1);
    people.remove(0).ban
}

/// The house, whose profile says that a manager sees bans.
fn showing(mut house: House) -> House {
    let mut province = (*house.services.province("hunan").unwrap()).clone();
    province.profile.employers.as_mut().unwrap().shows_bans = true;
    house.services = house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    house
}

async fn a_ban_is_told_at_a_change_at_enrolling_and_to_the_employer_where_the_profile_says_so(house: House) {
    let house = honest(house);
    let (boss, person) = (manager_to_be(&house).await, colleague(&house).await);
    managing(&house, &boss).await;
    ask_employees(&house.services).await.unwrap();
    let employment = page_of(&person).await.employments.remove(0).id;
    answer_employment(&person, &EmploymentForm { employment, act: "confirmed".into() }).await.unwrap();
    house.clock.forward(Duration::minutes(11));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let old = PenaltyForm {
        document_number: COLLEAGUE.into(),
        decided_on: "2021-11-20".into(),
        articles: "2017-43".into(),
        kinds: "ban_five".into(),
        ..penalty()
    };
    enter_penalty(&li, &old, decision(20)).await.unwrap();
    let person = house.again(&person).await;
    assert_eq!(read_by(&person).await, [Vec::<String>::new(), Vec::new()], "nothing before a second person has confirmed it");
    approve(&house, &entered(&li).await).await.unwrap();

    for said in read_by(&person).await {
        assert!(said.len() == 1 && said[0].contains("不得从事会计工作（至 2026年11月20日）"), "{said:?}");
    }
    let boss = house.again(&boss).await;
    assert_eq!(read_by(&boss).await, [Vec::<String>::new(), Vec::new()], "it is nobody else's");
    assert_eq!(read_by_employer(&boss).await, "", "this profile does not say so");
    let house = showing(house);
    let boss = house.again(&boss).await;
    assert_eq!(read_by_employer(&boss).await, "至 2026年11月20日");

    // 2026-11-18 at ten: on the twentieth it still holds, on the twenty-first it does not.
    house.clock.forward(Duration::days(2));
    assert_eq!(read_by_employer(&boss).await, "至 2026年11月20日");
    house.clock.forward(Duration::days(1));
    assert_eq!((read_by_employer(&boss).await.as_str(), read_by(&person).await), ("", [Vec::new(), Vec::new()]));
}
both!(a_ban_is_told_at_a_change_at_enrolling_and_to_the_employer_where_the_profile_says_so);

async fn whoever_is_asked_reads_that_bans_are_seen_where_they_are(house: House) {
    let house = showing(honest(house));
    let (boss, person) = (manager_to_be(&house).await, colleague(&house).await);
    managing(&house, &boss).await;
    ask_employees(&house.services).await.unwrap();
    let mut reader = house.services.db.read().await.unwrap();
    let told = reader.list_messages(person.account().unwrap(), "~", 50).await.unwrap();
    let asked = told.into_iter().find(|message| message.title == "请确认您的工作单位").unwrap().body;
    assert!(asked.contains("正在执行的从业限制，看不到其他信息"), "{asked}");
    drop(reader);
    assert!(page_of(&person).await.rules.seen().contains("从业限制"));
}
both!(whoever_is_asked_reads_that_bans_are_seen_where_they_are);

async fn a_message_leads_to_what_it_speaks_of(house: House) {
    let house = honest(house);
    let visit = person(&house).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    enter_penalty(&li, &penalty(), decision(20)).await.unwrap();
    approve(&house, &entered(&li).await).await.unwrap();
    let told = crate::account::messages(&house.again(&visit).await).await.unwrap();
    let about = |title: &str| told.iter().find(|message| message.title == title).map(|message| message.about.as_str());
    assert_eq!(about("诚信档案有新的记录"), Some("/hunan/learning?integrity=all"));
    assert!(told.iter().any(|message| message.about == "/hunan/intake/progress"), "that of the application: {told:?}");
}
both!(a_message_leads_to_what_it_speaks_of);
