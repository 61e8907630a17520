//! 手册甲 二（五）2: 点击红色未通过项目进行修改，把所有未通过项目修改好以后重新提交.

use super::*;

fn set_of(items: &[&str]) -> BTreeSet<String> {
    items.iter().map(|item| (*item).to_owned()).collect()
}

#[test]
fn only_rejected_items_may_be_changed_and_the_others_keep_their_submitted_value() {
    let world = hunan();
    let before = world.answers.clone();
    let rejected = set_of(&["education.part_time_school"]);
    let mut typed = before.form(StepKey::Education);
    assert!(typed.set("part_time_school", "湖南师范大学".to_owned()) && typed.set("full_time_school", "北京大学".to_owned()));
    let kept = keep_locked(&rejected, &before, &before, typed, &world.cx());
    assert_eq!(kept.get("part_time_school"), Some("湖南师范大学"));
    assert_eq!(kept.get("full_time_school"), Some("湖南财政经济学院"));
    assert!(may_edit("education.part_time_school", &rejected, &before, &before, &world.cx()));
    assert!(!may_edit("education.full_time_school", &rejected, &before, &before, &world.cx()));
}

#[test]
fn an_item_that_a_change_made_faulty_opens_and_stays_open_when_mended() {
    let world = hunan();
    let before = world.answers.clone();
    let rejected = set_of(&["education.part_time_level"]);
    let mut now = before.clone();
    now.set("education.part_time_level", "secondary".to_owned());
    assert!(may_edit("education.full_time_level", &rejected, &before, &now, &world.cx()));
    now.set("education.full_time_level", "senior".to_owned());
    let kept = keep_locked(&rejected, &before, &before, now.form(StepKey::Education), &world.cx());
    assert_eq!(kept.get("full_time_level"), Some("senior"));
    assert_eq!(kept.check(&world.cx()), Ok(()));
}

#[test]
fn an_item_that_a_change_newly_calls_for_opens_with_its_file() {
    let mut world = hunan();
    world.set("education.part_time_level", "");
    let before = world.answers.clone();
    let rejected = set_of(&["education.part_time_level"]);
    let mut now = before.clone();
    now.set("education.part_time_level", "college".to_owned());
    now.set("education.part_time_school", "湖南大学".to_owned());
    let open = opened(&rejected, &before, &now, &world.cx());
    assert!(open.contains("education.part_time_school") && open.contains("attachment.part_time_diploma"), "{open:?}");
    assert!(!open.contains("education.full_time_school"));
}

#[test]
fn a_rejected_category_opens_its_row_so_that_the_row_can_go() {
    let world = hunan();
    let before = world.answers.clone();
    let rejected = set_of(&["qualification.rows.0.category"]);
    let typed = StepForm::of(StepKey::Qualification);
    let kept = keep_locked(&rejected, &before, &before, typed, &world.cx());
    assert!(kept.values().iter().all(|(_, value)| value.is_empty()));
    let now = before.with(kept);
    let files = BTreeMap::new();
    assert!(not_amended(&rejected, &before, &now, &files, &files, &world.cx()).is_empty());
    let rejected = set_of(&["qualification.rows.0.level"]);
    let typed = StepForm::of(StepKey::Qualification);
    let kept = keep_locked(&rejected, &before, &before, typed, &world.cx());
    assert_eq!((kept.get("rows.0.category"), kept.get("rows.0.level")), (Some("accounting"), Some("")));
}

#[test]
fn missing_qualifications_can_be_added_when_the_reviewer_asks_for_them() {
    let mut world = hunan();
    let typed = world.answers.form(StepKey::Qualification);
    world.answers.put(StepForm::of(StepKey::Qualification));
    let before = world.answers.clone();
    let rejected = set_of(&["qualification.rows"]);
    assert!(items(&world.cx(), &before).contains(&"qualification.rows".to_owned()));
    let kept = keep_locked(&rejected, &before, &before, typed.clone(), &world.cx());
    assert_eq!(kept, typed);
    let files = BTreeMap::new();
    let left = |now: &Answers| not_amended(&rejected, &before, now, &files, &files, &world.cx());
    assert_eq!(left(&before), ["qualification.rows"]);
    assert!(left(&before.with(kept)).is_empty());
}

#[test]
fn a_rejected_item_that_is_still_the_same_is_named() {
    let world = hunan();
    let before = world.answers.clone();
    let rejected = set_of(&["employment.employer_name", "attachment.photo", "attachment.id_front"]);
    let files_before = BTreeMap::from([("photo".to_owned(), "a".to_owned()), ("id_front".to_owned(), "b".to_owned())]);
    let mut files_now = files_before.clone();
    let left =
        |now: &Answers, files: &BTreeMap<String, String>| not_amended(&rejected, &before, now, &files_before, files, &world.cx());
    assert_eq!(left(&before, &files_now).len(), 3);
    files_now.insert("photo".to_owned(), "c".to_owned());
    let mut now = before.clone();
    now.set("employment.employer_name", " 长沙某某有限公司\u{200B}".to_owned());
    assert_eq!(left(&now, &files_now), ["employment.employer_name", "attachment.id_front"]);
    now.set("employment.status", "unemployed".to_owned());
    assert_eq!(left(&now, &files_now), ["attachment.id_front"], "what is no longer asked counts as amended");
}

#[test]
fn a_province_that_returns_the_whole_locks_nothing() {
    let mut world = hunan();
    world.province.profile.lines.get_mut(&crate::case::CaseKind::Intake).unwrap().returns = crate::case::Judged::Whole;
    let before = world.answers.clone();
    let mut typed = before.form(StepKey::Person);
    typed.set("email", "a@example.com".to_owned());
    assert!(may_edit("person.email", &BTreeSet::new(), &before, &before, &world.cx()));
    assert_eq!(keep_locked(&BTreeSet::new(), &before, &before, typed.clone(), &world.cx()), typed);
}
