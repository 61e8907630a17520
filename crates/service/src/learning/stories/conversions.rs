//! From the draft to the booked credits.

use domain::case::{CheckRule, Level, Status};
use domain::fault::Fault;
use domain::learning::{Credits, NotConverted, SourceKind};
use domain::review::forms::DecideForm;
use futures::future::join_all;

use super::*;
use crate::review::case;
use crate::review::stories::{assert_audit_stands, audited, refusal};
use crate::testing::both;

async fn a_conversion_goes_from_the_draft_over_a_return_to_credits_with_their_arithmetic(house: House) {
    let visit = collected(&house).await;
    let id = start(&visit, "2026", "paper", PAPER).await.unwrap();
    let shown = view(&visit, &id).await;
    assert_eq!(shown.reckoning.as_ref().unwrap().arithmetic, "论文折算：独立作者 30 学分");
    assert!(shown.errors.is_empty() && shown.obstacle.is_none() && shown.version == 1);

    // Without the proof nothing is handed in, and the slot is named.
    let errors = match hand_in(&visit, &id).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("paper"), Some(&Fault::FileMissing));
    prove(&visit, &id).await;
    hand_in(&visit, &id).await.unwrap();
    let waits = row(&house, &id).await;
    assert_eq!((waits.status, waits.round, waits.bureau.as_ref().unwrap().as_str()), (Status::Submitted, 1, DISTRICT));
    assert!(waits.number.is_some() && waits.due_on.is_some());

    // The reviewer has the proof beside the reckoning, and the machine has looked.
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let bench = case(&li, &id).await.unwrap();
    let rows: Vec<_> = bench.sections[0].rows.iter().map(|row| (row.label.as_str(), row.value.as_str())).collect();
    assert!(rows.contains(&("作者排名", "独立作者")) && rows.contains(&("折算", "论文折算：独立作者 30 学分")), "{rows:?}");
    assert_eq!(bench.files.len(), 1);
    let found: Vec<_> = bench.checks.iter().map(|check| (check.rule, check.level)).collect();
    let fine = [CheckRule::ConversionYear, CheckRule::ConversionCap, CheckRule::FileElsewhere].map(|rule| (rule, Level::Fine));
    assert_eq!(found, fine);

    let reason = "证明材料不清晰，请重新上传。";
    let version = waits.version.to_string();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason: reason.into() };
    crate::review::decide(&li, &form).await.unwrap();
    assert_eq!(states(&visit).await, [(Status::Returned, reason.to_owned())]);
    assert!(ledger(&house, &visit).await.is_empty());

    let mut amended = PAPER.to_vec();
    amended.retain(|(key, _)| *key != "role");
    amended.push(("role", "other"));
    let saved = save(&visit, &id, &amended).await.unwrap();
    assert!(saved.errors.is_empty() && saved.go.is_some(), "{saved:?}");
    hand_in(&visit, &id).await.unwrap();
    approve(&house, &id).await.unwrap();

    let entries = ledger(&house, &visit).await;
    assert_eq!(entries.len(), 1);
    let entry = &entries[0];
    assert_eq!((entry.year, entry.amount, entry.rule.as_str()), (2026, Credits::whole(10), "paper/2019"));
    assert_eq!((entry.source.kind, entry.source.id.as_str()), (SourceKind::Conversion, id.as_str()));
    assert_eq!(entry.arithmetic, "论文折算：其他作者 10 学分");
    let done = view(&visit, &id).await;
    assert!(done.actions.iter().all(|action| !matches!(action, domain::case::Action::Cancel | domain::case::Action::Delete)));
    assert_eq!((row(&house, &id).await.round, states(&visit).await[0].0), (2, Status::Approved));
    assert!(titles(&house, &visit).await.contains(&"继续教育学分折算审核通过".to_owned()));
    assert_eq!(audited(&house, &id, "approve").await.len(), 1);
    assert_audit_stands(&house).await;
}
both!(a_conversion_goes_from_the_draft_over_a_return_to_credits_with_their_arithmetic);

async fn the_same_is_told_before_it_is_handed_in_with_the_other_case(house: House) {
    let visit = collected(&house).await;
    let first = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &first).await.unwrap();
    // Width, case and blanks make nothing different.
    let mut again = PAPER.to_vec();
    again[0].1 = " 中小企业 存货核算 ";
    let second = ready(&visit, "paper", &again).await;
    let told = view(&visit, &second).await.obstacle;
    let is_same =
        |why: &NotConverted| matches!(why, NotConverted::Same { case, status: Status::Submitted, .. } if *case == first);
    assert!(told.as_ref().is_some_and(is_same), "{told:?}");
    assert!(is_same(&why(hand_in(&visit, &second).await)));
    approve(&house, &first).await.unwrap();
    let status = match why(hand_in(&visit, &second).await) {
        NotConverted::Same { status, .. } => status,
        other => panic!("{other:?}"),
    };
    assert_eq!((status, ledger(&house, &visit).await.len()), (Status::Approved, 1));
}
both!(the_same_is_told_before_it_is_handed_in_with_the_other_case);

async fn fifty_equal_submissions_at_once_book_once(house: House) {
    let visit = collected(&house).await;
    // Twenty drafts at most, so that some cases are pressed several times.
    let mut ids = Vec::new();
    for nth in 0..10 {
        let journal = format!("会计之友 {nth}");
        let mut values = PAPER.to_vec();
        values[1].1 = &journal;
        ids.push(ready(&visit, "paper", &values).await);
    }
    let all = (0..50).map(|nth| {
        let (visit, id) = (visit.clone(), ids[nth % ids.len()].clone());
        tokio::spawn(async move { submit_conversion(&visit, &agreed(&id, &format!("key-{nth}"))).await })
    });
    let outcomes: Vec<_> = join_all(all).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{outcomes:?}");
    let waiting: Vec<_> = cases(&house, &visit).await.into_iter().filter(|case| case.status == Status::Submitted).collect();
    assert_eq!(waiting.len(), 1);
    let id = &waiting[0].id;
    let version = waiting[0].version;
    let mut people = Vec::new();
    for name in ["李审核", "王审核", "赵审核"] {
        people.push(reviewer(&house, DISTRICT, name).await);
    }
    let decisions = people.iter().map(|visit| {
        let (visit, id) = (visit.clone(), id.clone());
        tokio::spawn(async move { decide(&visit, &id, version, "approve").await })
    });
    let decided: Vec<_> = join_all(decisions).await.into_iter().map(Result::unwrap).collect();
    assert_eq!(decided.iter().filter(|outcome| outcome.is_ok()).count(), 1, "{decided:?}");
    let entries = ledger(&house, &visit).await;
    assert_eq!((entries.len(), entries[0].amount), (1, Credits::whole(30)));
}
both!(fifty_equal_submissions_at_once_book_once);

async fn a_repeated_submission_has_one_effect_and_one_answer(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    let key = view(&visit, &id).await.request_key;
    let first = submit_conversion(&visit, &agreed(&id, &key)).await.unwrap();
    assert_eq!(submit_conversion(&visit, &agreed(&id, &key)).await.unwrap(), first);
    assert_eq!(row(&house, &id).await.round, 1);
    assert_eq!(refusal(submit_conversion(&visit, &agreed(&id, "another")).await), Refusal::AlreadySubmitted);
}
both!(a_repeated_submission_has_one_effect_and_one_answer);

async fn an_approval_books_no_more_than_the_cap_and_says_so(house: House) {
    let visit = collected(&house).await;
    let values = |document: &'static str, credits: &'static str| {
        [("what", "志愿服务"), ("document", document), ("credits", credits), ("recognised_on", "2026-06-01")]
    };
    let (one, other) = (ready(&visit, "other", &values("1号", "60")).await, ready(&visit, "other", &values("2号", "60")).await);
    hand_in(&visit, &one).await.unwrap();
    hand_in(&visit, &other).await.unwrap();
    approve(&house, &one).await.unwrap();
    // With the decision the next case was held.
    house.clock.forward(chrono::Duration::minutes(11));
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert!(case(&li, &other).await.unwrap().checks.iter().any(|check| check.level == Level::Look));
    approve(&house, &other).await.unwrap();
    let entries = ledger(&house, &visit).await;
    let amounts: Vec<_> = entries.iter().map(|entry| entry.amount).collect();
    assert_eq!(amounts, [Credits::whole(60), Credits::whole(30)]);
    assert!(
        entries[1].arithmetic.contains("本年度此类折算最多 90 学分，已登记 60 学分，计入 30 学分"),
        "{}",
        entries[1].arithmetic
    );
    let third = ready(&visit, "other", &values("3号", "10")).await;
    let expected = NotConverted::CapReached { cap: Credits::whole(90), booked: Credits::whole(90) };
    assert_eq!(why(hand_in(&visit, &third).await), expected);
}
both!(an_approval_books_no_more_than_the_cap_and_says_so);

async fn what_was_given_back_stays_for_its_year_and_may_come_late_for_that_alone(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &id).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &id).await.version.to_string();
    let reason = "证明材料不清晰，请重新上传。".into();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&li, &form).await.unwrap();
    assert_eq!(view(&visit, &id).await.years, [2026], "no other year is offered");
    let mut other = PAPER.to_vec();
    other.retain(|(key, _)| *key != "published_on");
    other.extend([("published_on", "2024-09"), ("year", "2024")]);
    assert_eq!(why(save(&visit, &id, &other).await), NotConverted::YearStays { year: 2026 });
    assert_eq!(view(&visit, &id).await.answers.get("year").map(String::as_str), Some("2026"));
    // The row is written past the service: handing it in asks for the window of that year.
    let case = id.clone();
    house
        .services
        .db
        .write(move |tx| Box::pin(async move { tx.save_conversion(&case, (2024, "paper", "")).await }))
        .await
        .unwrap();
    assert!(matches!(why(hand_in(&visit, &id).await), NotConverted::Shut(shut) if shut.year == 2024));
    let mut own = PAPER.to_vec();
    own.push(("year", "2026"));
    save(&visit, &id, &own).await.unwrap();
    let visit = much_later(&house, &visit).await;
    hand_in(&visit, &id).await.unwrap();
    assert_eq!(row(&house, &id).await.round, 2);
}
both!(what_was_given_back_stays_for_its_year_and_may_come_late_for_that_alone);

async fn what_is_handed_in_is_what_stood_on_the_page(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    let seen = view(&visit, &id).await;
    let form = |version: &str| ConvertForm { version: version.into(), ..agreed(&id, &seen.request_key) };
    let mut changed = PAPER.to_vec();
    changed[0].1 = "另一篇论文";
    save(&visit, &id, &changed).await.unwrap();
    for version in [seen.version.to_string().as_str(), "", "-1", "x"] {
        let outcome = submit_conversion(&visit, &form(version)).await;
        assert!(matches!(outcome, Err(Failure::Stale)), "{version}: {outcome:?}");
    }
    assert_eq!(row(&house, &id).await.status, Status::Draft);
    let now = view(&visit, &id).await.version.to_string();
    let first = submit_conversion(&visit, &form(&now)).await.unwrap();
    assert_eq!(submit_conversion(&visit, &form("1")).await.unwrap(), first, "a repetition has its answer");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let sealed = case(&li, &id).await.unwrap().sections.remove(0).rows;
    assert!(sealed.iter().any(|row| row.value == "另一篇论文"), "{sealed:?}");
}
both!(what_is_handed_in_is_what_stood_on_the_page);

async fn a_picture_of_an_own_deleted_conversion_is_nowhere_else(house: House) {
    let visit = collected(&house).await;
    let first = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &first).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let elsewhere = async |id: &CaseId| {
        let checks = case(&li, id).await.unwrap().checks;
        checks.into_iter().find(|check| check.rule == CheckRule::FileElsewhere).unwrap().level
    };
    drop(&house, &visit, &first).await.unwrap();
    let again = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &again).await.unwrap();
    assert_eq!(elsewhere(&again).await, Level::Fine);
    // Beside another one that stands it is to be looked at.
    let mut other = PAPER.to_vec();
    other[0].1 = "另一篇论文";
    let other = ready(&visit, "paper", &other).await;
    hand_in(&visit, &other).await.unwrap();
    assert_eq!(elsewhere(&other).await, Level::Look);
}
both!(a_picture_of_an_own_deleted_conversion_is_nowhere_else);

async fn a_remark_goes_to_the_reviewer_with_each_round_and_is_kept_to_its_length(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    let send = async |remark: &str| {
        let seen = view(&visit, &id).await;
        let version = seen.version.to_string();
        let form = ConvertForm { version, remark: remark.into(), ..agreed(&id, &seen.request_key) };
        submit_conversion(&visit, &form).await
    };
    let errors = match send(&"字".repeat(201)).await {
        Err(Failure::Invalid(errors)) => errors,
        other => panic!("{other:?}"),
    };
    assert_eq!(errors.of("remark"), Some(&Fault::TooLong(200)));
    assert_eq!(row(&house, &id).await.status, Status::Draft);
    send(" 期刊为双月刊，九月出版。 ").await.unwrap();
    assert_eq!(view(&visit, &id).await.remark, "期刊为双月刊，九月出版。");
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(case(&li, &id).await.unwrap().remark, "期刊为双月刊，九月出版。");

    let version = row(&house, &id).await.version.to_string();
    let reason = "证明材料不清晰，请重新上传。".into();
    let form = DecideForm { case: id.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&li, &form).await.unwrap();
    send("已重新拍照。").await.unwrap();
    let bench = case(&li, &id).await.unwrap();
    assert_eq!((bench.remark.as_str(), bench.rounds[0].remark.as_str()), ("已重新拍照。", "期刊为双月刊，九月出版。"));
}
both!(a_remark_goes_to_the_reviewer_with_each_round_and_is_kept_to_its_length);

async fn a_date_of_which_a_new_rule_takes_another_view_is_shown_to_the_reviewer_as_wrong(house: House) {
    let visit = collected(&house).await;
    let id = ready(&visit, "paper", PAPER).await;
    hand_in(&visit, &id).await.unwrap();
    // The administrator ends the kind before the paper came out.
    let house = house.ruling(|rules| {
        rules.kinds.iter_mut().filter(|kind| kind.code == "paper").for_each(|kind| kind.valid_to = "2026-06-30".parse().ok());
    });
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let checks = case(&li, &id).await.unwrap().checks;
    let of = |rule| checks.iter().find(|check| check.rule == rule).unwrap();
    let (year, cap) = (of(CheckRule::ConversionYear), of(CheckRule::ConversionCap));
    assert_eq!((year.level, cap.level), (Level::Wrong, Level::Wrong));
    assert!(year.inputs.contains(&("on".to_owned(), "2026年9月".to_owned())), "{:?}", year.inputs);
    assert!(matches!(why(approve(&house, &id).await), NotConverted::NotThen(_)));
    assert!(ledger(&house, &visit).await.is_empty());
}
both!(a_date_of_which_a_new_rule_takes_another_view_is_shown_to_the_reviewer_as_wrong);
