//! Conversions among other cases at the desk of the bureau, and what lies beside them.

use chrono::Duration;
use domain::review::Due;
use domain::review::forms::SearchForm;
use domain::review::view::QueueQuery;

use super::*;
use crate::review::stories::submitted;
use crate::review::{case, desk, queue, search};
use crate::testing::both;

async fn waiting(house: &House, visit: &Visit, kind: &str, values: &[(&str, &str)]) -> CaseId {
    let visit = house.again(visit).await;
    let id = ready(&visit, kind, values).await;
    hand_in(&visit, &id).await.unwrap();
    // Whoever decided before holds the next case for a while.
    house.clock.forward(Duration::minutes(11));
    id
}

async fn ids(visit: &Visit, query: QueueQuery) -> Vec<CaseId> {
    queue(visit, &query).await.unwrap().lines.into_iter().map(|line| line.id).collect()
}

fn of(kind: &str, year: &str) -> QueueQuery {
    QueueQuery { kind: kind.into(), year: year.into(), ..QueueQuery::default() }
}

async fn the_list_is_asked_for_by_kind_and_by_year(house: House) {
    let visit = collected(&house).await;
    let paper = waiting(&house, &visit, "paper", PAPER).await;
    let other = submitted(&house, DISTRICT, 77).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    assert_eq!(ids(&li, of("", "")).await.len(), 2);
    for (kind, year, expected) in [
        ("conversion", "", vec![paper.clone()]),
        ("intake", "", vec![other.clone()]),
        ("", "2026", vec![paper.clone()]),
        ("conversion", "2026", vec![paper.clone()]),
        ("conversion", "2025", Vec::new()),
        ("intake", "2026", Vec::new()),
        ("phone_change", "", Vec::new()),
    ] {
        assert_eq!(ids(&li, of(kind, year)).await, expected, "{kind} {year}");
    }
    let page = queue(&li, &of("nonsense", "1999")).await.unwrap();
    assert_eq!((page.lines.len(), page.query.kind, page.query.year), (2, String::new(), String::new()), "there is no such thing");
    assert_eq!((page.years.first(), page.years.contains(&2025)), (Some(&2026), true));

    let form =
        |year: &str| SearchForm { submitted: "1".into(), kind: "conversion".into(), year: year.into(), ..Default::default() };
    let go = async |year: &str| search(&li, &form(year)).await.unwrap().go.unwrap();
    assert_eq!(go("2026").await, "/hunan/staff/queue?status=submitted&kind=conversion&year=2026&search=&below=");
    assert_eq!(go("二〇二六").await, "/hunan/staff/queue?status=submitted&kind=conversion&search=&below=");
}
both!(the_list_is_asked_for_by_kind_and_by_year);

async fn the_list_is_asked_for_by_the_school_at_which_people_learn(house: House) {
    use crate::school::stories::{administrator, enrolled, school};
    let zhao = administrator(&house).await;
    let (a, b) = (school(&house, &zhao, "aa").await, school(&house, &zhao, "bb").await);
    let visit = collected(&house).await;
    let paper = waiting(&house, &visit, "paper", PAPER).await;
    assert!(enrolled(&house.again(&visit).await, &a, "2026").await.starts_with("done="));
    let other = submitted(&house, DISTRICT, 77).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let at = |school: &str, year: &str| QueueQuery { school: school.into(), ..of("", year) };
    for (school, year, expected) in [
        ("aa", "", vec![paper.clone()]),
        ("aa", "2026", vec![paper.clone()]),
        ("aa", "2025", Vec::new()),
        ("bb", "", Vec::new()),
        ("bb", "2026", Vec::new()),
    ] {
        assert_eq!(ids(&li, at(school, year)).await, expected, "{school} {year}");
    }
    // Of bureaus below alike; what is no school asks for nobody's.
    let city = reviewer(&house, "430100", "周审核").await;
    let below = |school: &str| QueueQuery { below: "1".into(), ..at(school, "") };
    assert_eq!(ids(&city, below("aa")).await, std::slice::from_ref(&paper));
    assert!(ids(&city, below("bb")).await.is_empty());
    for nonsense in ["cc", a.as_str(), "' OR '1'='1"] {
        let page = queue(&li, &at(nonsense, "")).await.unwrap();
        assert_eq!((page.lines.len(), page.query.school.as_str()), (2, ""), "{nonsense}");
    }
    // The schools are read only where the list is one of learning.
    let shown = async |query: QueueQuery| queue(&li, &query).await.unwrap().schools.len();
    assert_eq!(
        [shown(of("", "")).await, shown(of("intake", "")).await, shown(of("conversion", "")).await, shown(of("", "2026")).await],
        [0, 0, 2, 2]
    );
    let form = |school: &str| SearchForm { submitted: "1".into(), school: school.into(), ..Default::default() };
    let go = async |school: &str| search(&li, &form(school)).await.unwrap().go.unwrap();
    assert_eq!(go("aa").await, "/hunan/staff/queue?status=submitted&school=aa&search=&below=");
    assert_eq!(go("a&b=c").await, "/hunan/staff/queue?status=submitted&search=&below=");
    // Whoever went over to another school is found there.
    let enrolment = crate::school::schools_view(&house.again(&visit).await).await.unwrap().enrolments[0].id.clone();
    let over = domain::school::forms::ChangeForm { enrolment, school: b };
    crate::school::change(&house.again(&visit).await, &over).await.unwrap();
    assert_eq!((ids(&li, at("aa", "")).await, ids(&li, at("bb", "2026")).await), (Vec::new(), vec![paper]));
    assert_eq!(ids(&li, of("", "")).await.len(), 2, "and {other} is of nobody's school");
}
both!(the_list_is_asked_for_by_the_school_at_which_people_learn);

async fn what_was_given_back_and_handed_in_again_is_found_under_its_year(house: House) {
    let visit = collected(&house).await;
    let paper = waiting(&house, &visit, "paper", PAPER).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let version = row(&house, &paper).await.version.to_string();
    let reason = "请补充目录".to_owned();
    let form = domain::review::forms::DecideForm { case: paper.to_string(), version, decision: "return".into(), reason };
    crate::review::decide(&li, &form).await.unwrap();
    let returned = || QueueQuery { status: "returned".into(), ..of("", "2026") };
    assert_eq!(ids(&li, returned()).await, std::slice::from_ref(&paper));
    hand_in(&house.again(&visit).await, &paper).await.unwrap();
    assert_eq!((ids(&li, returned()).await, ids(&li, of("", "2026")).await), (Vec::new(), vec![paper]));
}
both!(what_was_given_back_and_handed_in_again_is_found_under_its_year);

async fn the_desk_counts_what_waits_of_each_kind_and_each_count_is_that_of_its_list(house: House) {
    let visit = collected(&house).await;
    waiting(&house, &visit, "paper", PAPER).await;
    waiting(&house, &visit, "degree", DEGREE).await;
    house.clock.forward(Duration::days(60));
    submitted(&house, DISTRICT, 77).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let view = desk(&li).await.unwrap();
    let counted: Vec<_> = view.lines.iter().map(|line| (line.kind, line.waiting)).collect();
    assert_eq!(counted, [(CaseKind::Intake, 1), (CaseKind::Conversion, 2)]);
    assert_eq!(view.lines[0].due, [(Due::Overdue, 0), (Due::Today, 0), (Due::Week, 0)]);
    assert_eq!(view.lines[1].due, [(Due::Overdue, 2), (Due::Today, 0), (Due::Week, 0)]);
    assert!(view.lines[0].oldest == 0 && view.lines[1].oldest > 20, "{:?}", view.lines);
    // Together they are what was counted before.
    assert_eq!(view.due, [(Due::Overdue, 2), (Due::Today, 0), (Due::Week, 0)]);
    assert_eq!(view.waiting.values().sum::<i64>(), 3);
    for line in view.lines {
        let whole = of(line.kind.code(), "");
        assert_eq!(ids(&li, whole.clone()).await.len() as i64, line.waiting);
        for (due, count) in line.due {
            let due = QueueQuery { due: due.code().into(), ..whole.clone() };
            assert_eq!(ids(&li, due).await.len() as i64, count);
        }
    }
}
both!(the_desk_counts_what_waits_of_each_kind_and_each_count_is_that_of_its_list);

async fn the_ledger_of_the_year_lies_beside_a_conversion_with_sums_what_is_missing_and_the_cap(house: House) {
    let visit = collected(&house).await;
    let paper = waiting(&house, &visit, "paper", PAPER).await;
    approve(&house, &paper).await.unwrap();
    let values = [("what", "志愿服务"), ("document", "1号"), ("credits", "40"), ("recognised_on", "2026-06-01")];
    let other = waiting(&house, &visit, "other", &values).await;
    let li = reviewer(&house, DISTRICT, "李审核").await;
    let beside = case(&li, &other).await.unwrap().beside.remove(0);
    assert_eq!(beside.title, "申请人 2026 年度的学分");
    let said = [
        "已登记 30 学分：专业科目 30，公需科目 0。要求不少于 90 学分，其中专业科目不少于 60 学分。",
        "还差 60 学分，专业科目还差 30 学分。",
        "其他形式折算本年度最多 90 学分，已登记 0 学分，还可以登记 90 学分。",
    ];
    assert_eq!(beside.said, said);
    let line = |rows: &[Vec<String>], nth: usize| rows[nth][1..].to_vec();
    let row_of = |amount: &str, why: &str, state: &str| {
        ["学分折算", "专业科目", amount, why, "论文折算规则（2019 版）", state].map(str::to_owned)
    };
    assert_eq!(line(&beside.rows, 0), row_of("30", "论文折算：独立作者 30 学分", "有效"));
    assert!(beside.rows.len() == 1 && beside.rows[0].len() == beside.columns.len());

    // It is as it is now: what was approved counts, what was taken back is there and counts no more.
    approve(&house, &other).await.unwrap();
    house.clock.forward(Duration::minutes(1));
    revoking(&house, &li, &paper, "证明材料不实").await.unwrap();
    let beside = case(&li, &other).await.unwrap().beside.remove(0);
    assert_eq!(line(&beside.rows, 0), row_of("30", "论文折算：独立作者 30 学分", "已撤销"));
    assert_eq!(line(&beside.rows, 2), row_of("-30", "证明材料不实", "撤销"));
    assert_eq!(beside.said[2], "其他形式折算本年度最多 90 学分，已登记 40 学分，还可以登记 50 学分。");
    let intake = submitted(&house, DISTRICT, 77).await;
    assert!(case(&li, &intake).await.unwrap().beside.is_empty(), "nothing of the kind lies beside another case");
}
both!(the_ledger_of_the_year_lies_beside_a_conversion_with_sums_what_is_missing_and_the_cap);
