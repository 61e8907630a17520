use super::forms::{PenaltyForm, RewardForm};
use super::*;
use crate::fault::Fault;
use crate::identity::DocumentKind;

fn day(text: &str) -> NaiveDate {
    crate::date::parse_date(text).unwrap()
}

#[test]
fn a_ban_of_five_years_ends_on_the_day_that_corresponds_to_the_decision() {
    for (decided, last) in [
        ("2024-07-01", "2029-07-01"),
        ("2025-12-31", "2030-12-31"),
        ("2026-01-01", "2031-01-01"),
        // A leap day, five years after which there is none: the last day of the month.
        ("2024-02-29", "2029-02-28"),
        ("2028-02-29", "2033-02-28"),
        // Into a leap year the end of February stays where it was.
        ("2027-02-28", "2032-02-28"),
        ("2023-02-28", "2028-02-28"),
        ("2026-04-30", "2031-04-30"),
        ("2026-08-31", "2031-08-31"),
    ] {
        let ban = Ban::of(&[PenaltyKind::Fine, PenaltyKind::BanFive], day(decided)).unwrap();
        assert_eq!(ban, Ban::Until(day(last)), "{decided}");
        assert!(ban.is_active(day(decided)) && ban.is_active(day(last)), "{decided}");
        assert!(!ban.is_active(day(last).succ_opt().unwrap()), "{decided}");
    }
}

#[test]
fn a_ban_for_life_never_ends_and_other_penalties_are_none() {
    let life = Ban::of(&[PenaltyKind::BanLife], day("2026-01-01")).unwrap();
    assert!(life.is_active(day("2126-01-01")) && life.words() == "终身");
    assert_eq!(Ban::Until(day("2029-02-28")).words(), "至 2029年2月28日");
    let others = [PenaltyKind::Warning, PenaltyKind::Criticism, PenaltyKind::Fine, PenaltyKind::Confiscation];
    assert_eq!(Ban::of(&others, day("2026-01-01")), None);
    assert_eq!(Ban::of(&[PenaltyKind::BanFive], NaiveDate::MAX), Some(Ban::Until(NaiveDate::MAX)));
}

#[test]
fn a_correction_never_keeps_somebody_longer_than_before() {
    let until = |text: &str| Some(Ban::Until(day(text)));
    for (ban, before, is_fine) in [
        (None, None, true),
        (None, until("2029-02-28"), true),
        (until("2029-02-28"), until("2029-02-28"), true),
        (until("2029-02-27"), until("2029-02-28"), true),
        (until("2029-03-01"), until("2029-02-28"), false),
        (until("2029-02-28"), None, false),
        (until("2029-02-28"), Some(Ban::Life), true),
        (Some(Ban::Life), Some(Ban::Life), true),
        (Some(Ban::Life), until("2029-02-28"), false),
        (Some(Ban::Life), None, false),
    ] {
        assert_eq!(Ban::lasts_no_longer(ban, before), is_fine, "{ban:?} after {before:?}");
    }
}

#[test]
fn a_penalty_is_public_while_its_ban_holds_or_so_many_months_and_nowhere_without_a_rule() {
    let rules = rules();
    for (ban, decided, until) in [
        (None, "2026-01-31", Ban::Until(day("2027-01-31"))),
        // A leap day, a year after which there is none.
        (None, "2024-02-29", Ban::Until(day("2025-02-28"))),
        (Some(Ban::Life), "2024-02-29", Ban::Life),
        (Some(Ban::Until(day("2031-11-10"))), "2026-11-10", Ban::Until(day("2031-11-10"))),
    ] {
        assert_eq!(rules.public_until(ban, day(decided)), Some(until), "{decided}");
    }
    let silent = IntegrityRules { public_months: None, ..rules };
    assert_eq!(silent.public_until(Some(Ban::Life), day("2026-01-01")), None);
}

#[test]
fn one_asks_for_the_public_penalties_of_a_person_by_name_and_the_end_of_the_document() {
    use super::public::{PublicForm, document_end};
    let form = |name: &str, end: &str| PublicForm { name: name.into(), document_end: end.into() };
    assert_eq!(form(" ", "").check(), Ok(None));
    for (name, end, field, fault) in [
        ("", "988X", "name", Fault::Missing),
        ("张三", "", "document_end", Fault::Missing),
        ("张三", "988", "document_end", Fault::TooShort(4)),
        ("张三", "79988", "document_end", Fault::TooLong(4)),
    ] {
        assert_eq!(form(name, end).check().unwrap_err().of(field), Some(&fault));
    }
    assert!(form(" 张三", "９８８x").check().unwrap().is_some());
    assert_eq!(["43011119900307998x", "E12", ""].map(document_end), ["998X", "E12", ""]);
}

#[test]
fn where_an_objection_stands_is_said_in_one_word() {
    use super::objection::state;
    use crate::case::Status;
    for (status, outcome, said) in [
        (Status::Submitted, None, "等待答复"),
        (Status::Closed, None, "已取消"),
        (Status::Closed, Some(Outcome::Upheld), "维持原记录"),
        (Status::Approved, Some(Outcome::Removed), "异议成立，记录已撤下"),
        (Status::Approved, Some(Outcome::Corrected), "异议成立，记录已更正"),
        // A correction that was taken back later.
        (Status::Closed, Some(Outcome::Corrected), "异议成立，记录已更正"),
    ] {
        assert_eq!(state(status, outcome), said);
    }
    assert_eq!(Ending::ALL.iter().filter(|ending| ending.is_shown()).count(), 1, "what was wrong is not shown");
}

#[test]
fn a_ban_is_read_as_it_was_kept() {
    for ban in [None, Some(Ban::Life), Some(Ban::Until(day("2031-05-06")))] {
        let (word, until) = Ban::kept(ban);
        assert_eq!(Ban::read(word, until), ban);
    }
    assert_eq!(Ban::read("until", None), None);
}

fn rules() -> IntegrityRules {
    let level = |code: &str| RewardLevel { code: code.into(), label: code.to_uppercase() };
    let lowest = |from: &str, level: &str| Lowest { from: day(from), level: level.into() };
    IntegrityRules {
        page_name: "诚信信息查询".into(),
        entry_name: "诚信录入".into(),
        management_name: "诚信管理".into(),
        most: 3,
        record_working_days: 10,
        public_months: Some(12),
        levels: ["national", "provincial", "prefecture", "county"].map(level).into(),
        lowest: vec![lowest("2021-01-01", "prefecture"), lowest("2026-07-01", "county")],
    }
}

#[test]
fn the_lowest_level_is_the_one_of_the_day_on_which_it_was_granted() {
    for (level, granted, is_taken) in [
        ("national", "2022-05-01", true),
        ("prefecture", "2022-05-01", true),
        ("county", "2022-05-01", false),
        ("county", "2026-06-30", false),
        ("county", "2026-07-01", true),
        // Before the first rule that rule holds.
        ("prefecture", "2015-01-01", true),
        ("county", "2015-01-01", false),
        ("school", "2026-07-01", false),
    ] {
        assert_eq!(rules().takes(level, day(granted)), is_taken, "{level} {granted}");
    }
}

#[test]
fn a_level_that_is_taken_of_no_day_is_not_offered() {
    let codes = |rules: &IntegrityRules| rules.offered().iter().map(|level| level.code.clone()).collect::<Vec<_>>();
    assert_eq!(codes(&rules()), ["national", "provincial", "prefecture", "county"]);
    let older = IntegrityRules { lowest: rules().lowest[..1].to_vec(), ..rules() };
    assert_eq!(codes(&older), ["national", "provincial", "prefecture"]);
}

fn form() -> RewardForm {
    RewardForm {
        name: " 全省先进会计工作者 ".into(),
        level: "provincial".into(),
        body: "湖北省财政厅".into(),
        granted_on: "20250930".into(),
        number: String::new(),
    }
}

#[test]
fn what_is_wrong_with_a_reward_stands_at_its_field() {
    let today = day("2026-11-18");
    let reward = form().check(&rules(), today).unwrap();
    assert_eq!((reward.name.as_str(), reward.granted_on), ("全省先进会计工作者", day("2025-09-30")));
    assert_eq!(RewardForm::of(&reward).check(&rules(), today).unwrap(), reward);
    let errors = RewardForm::default().check(&rules(), today).unwrap_err();
    for field in ["name", "level", "body", "granted_on"] {
        assert_eq!(errors.of(field), Some(&Fault::Missing), "{field}");
    }
    assert_eq!(errors.of("number"), None, "not every reward has one");
    for (wrong, field, fault) in [
        (RewardForm { granted_on: "2026-11-19".into(), ..form() }, "granted_on", Fault::InTheFuture),
        (RewardForm { granted_on: "2026-02-30".into(), ..form() }, "granted_on", Fault::NotADate),
        (RewardForm { level: "county".into(), ..form() }, "level", Fault::NotInList),
        (RewardForm { level: "world".into(), ..form() }, "level", Fault::NotInList),
        (RewardForm { name: "奖".into(), ..form() }, "name", Fault::TooShort(2)),
        (RewardForm { body: "局".repeat(101), ..form() }, "body", Fault::TooLong(100)),
        (RewardForm { number: "号".repeat(61), ..form() }, "number", Fault::TooLong(60)),
    ] {
        assert_eq!(wrong.check(&rules(), today).unwrap_err().of(field), Some(&fault), "{wrong:?}");
    }
}

#[test]
fn a_reward_is_the_same_however_its_words_were_typed() {
    let today = day("2026-11-18");
    let one = form().check(&rules(), today).unwrap();
    let other = |form: RewardForm| form.check(&rules(), today).unwrap();
    assert!(one.is_same(&other(RewardForm { body: "湖北省 财政厅".into(), number: "鄂财〔2025〕1号".into(), ..form() })));
    assert!(!one.is_same(&other(RewardForm { granted_on: "2025-09-29".into(), ..form() })));
    assert!(!one.is_same(&other(RewardForm { name: "全省先进会计集体".into(), ..form() })));
}

#[cfg(feature = "profiles")]
mod laws {
    use super::*;
    use crate::province::{Province, read_for_tests};

    fn laws() -> Laws {
        Province::parse(&read_for_tests, "hubei").unwrap_or_else(|errors| panic!("{errors:#?}")).laws
    }

    fn form() -> PenaltyForm {
        PenaltyForm {
            document_kind: "resident_id".into(),
            document_number: "430111199003079988".into(),
            name: "张三".into(),
            body: "武汉市财政局".into(),
            number: "武财监〔2026〕3号".into(),
            decided_on: "2026-11-02".into(),
            kinds: "fine,ban_five".into(),
            articles: "2024-41".into(),
            facts: "伪造会计凭证。".into(),
            ..PenaltyForm::default()
        }
    }

    fn check(form: &PenaltyForm) -> Result<Penalty, crate::fault::FieldErrors> {
        form.check(&laws(), &[DocumentKind::ResidentId], day("2026-11-18")).map(|(_, penalty)| penalty)
    }

    #[test]
    fn a_decision_follows_the_law_that_was_in_force_on_its_day() {
        let laws = laws();
        for (on, name) in [
            ("2017-11-04", None),
            ("2017-11-05", Some("《中华人民共和国会计法》（2017年修正）")),
            ("2024-06-30", Some("《中华人民共和国会计法》（2017年修正）")),
            ("2024-07-01", Some("《中华人民共和国会计法》（2024年修正）")),
            ("2030-01-01", Some("《中华人民共和国会计法》（2024年修正）")),
        ] {
            assert_eq!(laws.in_force(day(on)).map(|law| law.name.as_str()), name, "{on}");
        }
    }

    #[test]
    fn a_penalty_knows_its_basis_and_its_ban() {
        let penalty = check(&form()).unwrap();
        assert_eq!(penalty.ban(), Some(Ban::Until(day("2031-11-02"))));
        assert_eq!(penalty.kinds_words(), "罚款、五年内不得从事会计工作");
        assert_eq!(penalty.basis(), "《中华人民共和国会计法》（2024年修正）第四十一条");
        let life = PenaltyForm { kinds: "ban_life".into(), articles: "2024-38".into(), ..form() };
        assert_eq!(check(&life).unwrap().ban(), Some(Ban::Life));
        let old = PenaltyForm { decided_on: "2020-02-29".into(), articles: "2017-43".into(), ..form() };
        assert_eq!(check(&old).unwrap().ban(), Some(Ban::Until(day("2025-02-28"))));
    }

    #[test]
    fn what_is_wrong_with_a_penalty_stands_at_its_field() {
        for (wrong, field, fault) in [
            // Another version of the law was in force.
            (PenaltyForm { decided_on: "2024-06-30".into(), ..form() }, "articles", Fault::NotInList),
            (PenaltyForm { articles: "2017-43".into(), ..form() }, "articles", Fault::NotInList),
            (PenaltyForm { articles: String::new(), ..form() }, "articles", Fault::Missing),
            // The article provides no such penalty.
            (PenaltyForm { kinds: "ban_life".into(), ..form() }, "kinds", Fault::NotInList),
            (PenaltyForm { kinds: "prison".into(), ..form() }, "kinds", Fault::NotInList),
            (PenaltyForm { kinds: String::new(), ..form() }, "kinds", Fault::Missing),
            (
                PenaltyForm { kinds: "ban_five,ban_life".into(), articles: "2024-38,2024-41".into(), ..form() },
                "kinds",
                Fault::DuplicateRow,
            ),
            (PenaltyForm { decided_on: "2026-11-19".into(), ..form() }, "decided_on", Fault::InTheFuture),
            (PenaltyForm { decided_on: "2010-01-01".into(), ..form() }, "decided_on", Fault::TooEarly),
            (PenaltyForm { decided_on: String::new(), ..form() }, "decided_on", Fault::Missing),
            (PenaltyForm { document_kind: "passport".into(), ..form() }, "document_kind", Fault::NotInList),
            (PenaltyForm { document_number: String::new(), ..form() }, "document_number", Fault::Missing),
            (PenaltyForm { name: String::new(), ..form() }, "name", Fault::Missing),
            (PenaltyForm { facts: String::new(), ..form() }, "facts", Fault::Missing),
            (PenaltyForm { number: String::new(), ..form() }, "number", Fault::Missing),
        ] {
            assert_eq!(check(&wrong).unwrap_err().of(field), Some(&fault), "{wrong:?}");
        }
        // After a refusal nobody is asked again whom it is about.
        let again = PenaltyForm { case: "c".into(), document_number: String::new(), name: String::new(), ..form() };
        assert!(check(&again).is_ok());
    }
}
