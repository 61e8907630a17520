//! What a bureau reads of a case that it decided and another one has by now.

use domain::integrity::forms::RewardForm;
use domain::review::view::CaseView;

use super::*;
use crate::case::file_view;
use crate::integrity::stories as integrity;
use crate::integrity::stories::objections::{forwarded, object, recorded};

/// What the bureau saw when it had decided, with the pictures of that round alone.
async fn reads_the_first_round(by: &Visit, of: &CaseId, seen: &CaseView, [first, second]: [&str; 2]) {
    let left = crate::review::case(by, of).await.unwrap();
    assert_eq!((left.case.round, left.case.status, left.case.due_on), (1, Status::Returned, None));
    assert_eq!((&left.sections, &left.files, &left.timeline), (&seen.sections, &seen.files, &seen.timeline));
    assert_eq!((left.rounds.len(), left.actions), (0, vec![Action::Look]));
    assert!(left.changes.is_empty() && left.file_changes.is_empty() && left.beside.is_empty(), "{:?}", left.changes);
    assert!(file_view(by, first).await.is_ok());
    assert_not_found(file_view(by, second).await.map(drop));
}

async fn a_bureau_reads_what_it_decided_and_no_later_round(house: House) {
    let house = integrity::honest(house);
    let visit = person(&house).await;
    let of = integrity::waiting(&visit, &integrity::reward(), 20).await;
    integrity::give_back(&house, &of, "证明材料上看不到本人姓名，请更换。").await;
    let wu = reviewer(&house, DISTRICT, "吴审核").await;
    let seen = crate::review::case(&wu, &of).await.unwrap();
    let first = seen.files[0].1.id.clone();

    let visit = house.again(&visit).await;
    let id = waiting(&visit).await;
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    let sun = reviewer(&house, SIBLING, "孙审核").await;
    agree(&house, &sun, &id).await.unwrap();
    house.clock.forward(Duration::minutes(11));

    // Handed in again it is the business of the new bureau alone.
    let visit = house.again(&visit).await;
    integrity::prove(&visit, &of, 60).await;
    let other = RewardForm { name: "全市先进会计工作者".into(), ..integrity::reward() };
    integrity::hand_in(&visit, &of, &other).await.unwrap();
    let now = row(&house, &of).await;
    assert_eq!((now.round, place(&now)), (2, (Status::Submitted, 0, SIBLING)));
    let zhao = reviewer(&house, SIBLING, "赵审核").await;
    let whole = crate::review::case(&zhao, &of).await.unwrap();
    assert_eq!((whole.case.round, whole.rounds.len()), (2, 1));
    let second = whole.files.into_iter().map(|(_, file)| file.id).find(|id| *id != first).unwrap();
    for id in [&first, &second] {
        assert!(file_view(&zhao, id).await.is_ok());
    }

    let wu = reviewer(&house, DISTRICT, "周审核").await;
    reads_the_first_round(&wu, &of, &seen, [&first, &second]).await;
    // What the new bureau decides is nothing of it either.
    decide(&zhao, &of, row(&house, &of).await.version, "approve").await.unwrap();
    reads_the_first_round(&wu, &of, &seen, [&first, &second]).await;
    assert_eq!(row(&house, &of).await.status, Status::Approved);
    assert!(left_view(&wu).await.unwrap().lines.iter().any(|line| line.case == of));
    assert_audit_stands(&house).await;
}
both!(a_bureau_reads_what_it_decided_and_no_later_round);

async fn a_case_that_a_bureau_never_decided_is_none_of_its_own_once_it_has_left(house: House) {
    let house = integrity::honest(house);
    let visit = person(&house).await;
    let of = integrity::waiting(&visit, &integrity::reward(), 20).await;
    let id = waiting(&visit).await;
    agree(&house, &reviewer(&house, DISTRICT, "王审核").await, &id).await.unwrap();
    agree(&house, &reviewer(&house, SIBLING, "孙审核").await, &id).await.unwrap();
    assert_eq!(place(&row(&house, &of).await), (Status::Submitted, 0, SIBLING));
    let wu = reviewer(&house, DISTRICT, "吴审核").await;
    assert_not_found(crate::review::case(&wu, &of).await.map(drop));
    assert!(left_view(&wu).await.unwrap().lines.iter().all(|line| line.case != of));
}
both!(a_case_that_a_bureau_never_decided_is_none_of_its_own_once_it_has_left);

async fn an_objection_stays_where_it_is_answered_when_the_record_goes_to_the_bureau_that_entered_the_penalty(house: House) {
    let house = integrity::honest(house);
    let visit = person(&house).await;
    let zhou = reviewer(&house, CITY, "周审核").await;
    let of = recorded(&house).await;
    let visit = house.again(&visit).await;
    let objection = object(&visit, &of).await;
    forwarded(&house, &zhou, &objection, SIBLING).await.unwrap();

    // To the neighbour and back.
    let (wang, sun) = (reviewer(&house, DISTRICT, "王审核").await, reviewer(&house, SIBLING, "孙审核").await);
    let there = waiting(&visit).await;
    agree(&house, &wang, &there).await.unwrap();
    agree(&house, &sun, &there).await.unwrap();
    apply_transfer(&visit, &form(DISTRICT, "employed", "k2"), paper(60)).await.unwrap();
    let back = newest(&visit, KIND).await.id;
    agree(&house, &sun, &back).await.unwrap();
    agree(&house, &wang, &back).await.unwrap();
    assert_eq!(record(&visit).await.bureau.as_str(), DISTRICT);
    assert_eq!(place(&row(&house, &objection).await), (Status::Submitted, 0, SIBLING));
    assert_not_found(crate::review::case(&wang, &objection).await.map(drop));
    assert_audit_stands(&house).await;
}
both!(an_objection_stays_where_it_is_answered_when_the_record_goes_to_the_bureau_that_entered_the_penalty);

async fn the_destination_of_a_transfer_does_not_agree_in_the_place_of_the_origin(house: House) {
    let visit = person(&house).await;
    let id = waiting(&visit).await;
    let wang = reviewer(&house, DISTRICT, "王审核").await;
    let offered = crate::review::case(&wang, &id).await.unwrap().bureaus;
    assert!(offered.iter().any(|(code, _)| code.as_str() == CITY) && offered.iter().all(|(code, _)| code.as_str() != SIBLING));
    assert_eq!(faults(forwarded(&house, &wang, &id, SIBLING).await).of("bureau"), Some(&Fault::NotInList));
    forwarded(&house, &wang, &id, CITY).await.unwrap();
}
both!(the_destination_of_a_transfer_does_not_agree_in_the_place_of_the_origin);
