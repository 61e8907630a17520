//! Rewards and penalties in a file, by the rules of Hubei.

use super::tests::{NUMBER, checked_in, fault};
use super::*;
use crate::fault::Fault;
use crate::integrity::{Ban, PenaltyKind};

fn penalty(decided_on: &str, kinds: &str, articles: &str) -> Result<ImportRow, Vec<ImportReason>> {
    let cells = ["张三", "", NUMBER, "武汉市财政局", "武财监〔2026〕3号", decided_on, kinds, articles, "伪造会计凭证。"];
    checked_in("hubei", ImportKind::Penalty, &ImportLine::of(2, &cells))
}

fn reward(level: &str, granted_on: &str) -> Result<ImportRow, Vec<ImportReason>> {
    let cells = ["张三", "", NUMBER, "全省先进会计工作者", level, "省财政厅", granted_on, ""];
    checked_in("hubei", ImportKind::Reward, &ImportLine::of(2, &cells))
}

#[test]
fn a_penalty_has_the_articles_of_its_day_and_its_ban_however_they_are_written() {
    for articles in ["第四十一条", "2024-41", "41", "《中华人民共和国会计法》（2024年修正）第四十一条", "第四十条、第41条"]
    {
        let row = penalty("2024-08-31", "罚款、五年内不得从事会计工作", articles).unwrap();
        let Some(ImportEntry::Penalty(of)) = row.entry else { panic!("{articles}") };
        assert_eq!(of.kinds, [PenaltyKind::Fine, PenaltyKind::BanFive], "{articles}");
        assert!(of.law.contains("2024") && of.articles.last().is_some_and(|label| label == "第四十一条"), "{articles}");
        assert_eq!(of.ban(), Some(Ban::Until("2029-08-31".parse().unwrap())));
        assert_eq!((row.year, row.amount.is_some(), row.same.as_str()), (2024, false, "penalty|武财监〔2026〕3号"));
    }
    // The same figures name another article of the version before.
    let old = penalty("2024-06-30", "五年内不得从事会计工作", "第四十三条").unwrap();
    assert!(matches!(old.entry, Some(ImportEntry::Penalty(of)) if of.law.contains("2017")));
}

#[test]
fn what_is_wrong_with_a_penalty_is_told_at_its_column() {
    for (decided_on, kinds, articles, expected) in [
        ("2024-06-30", "罚款", "2024-41", fault("articles", Fault::NotInList)),
        ("2026-11-10", "罚款", "第四十三条", fault("articles", Fault::NotInList)),
        ("2026-11-10", "没收违法所得", "第四十条", fault("kinds", Fault::NotInList)),
        ("2026-11-10", "罚款3000元", "第四十一条", fault("kinds", Fault::NotInList)),
        ("2026-11-10", "", "第四十一条", fault("kinds", Fault::Missing)),
        ("2026-11-19", "罚款", "第四十一条", fault("decided_on", Fault::InTheFuture)),
        ("2016-11-10", "罚款", "第四十一条", fault("decided_on", Fault::TooEarly)),
        ("2026-11-31", "罚款", "第四十一条", fault("decided_on", Fault::NotADate)),
    ] {
        let told = penalty(decided_on, kinds, articles).unwrap_err();
        assert!(told.contains(&expected), "{decided_on} {kinds} {articles}: {told:?}");
    }
}

#[test]
fn a_reward_is_of_a_level_that_was_taken_on_its_day() {
    let row = reward("省部级", "2025-09-30").unwrap();
    assert!(matches!(row.entry, Some(ImportEntry::Reward(of)) if of.level == "provincial"));
    assert_eq!(reward("县级", "2025-09-30").unwrap_err(), [fault("level", Fault::NotInList)]);
    assert_eq!(reward("宇宙级", "2025-09-30").unwrap_err(), [fault("level", Fault::NotInList)]);
    assert_eq!(reward("省部级", "").unwrap_err(), [fault("decided_on", Fault::Missing)]);
}

#[test]
fn where_a_province_has_no_such_record_no_such_file_is_offered() {
    assert!(ImportKind::offered(false).all(|kind| !kind.holds_entries()));
    assert_eq!(ImportKind::offered(true).count(), ImportKind::ALL.len());
    assert!(super::tests::province("hunan").profile.integrity.is_none());
}
