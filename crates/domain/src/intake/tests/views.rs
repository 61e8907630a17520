//! What is shown: the task list, the answers in words, drafts.

use super::*;

#[test]
fn the_tasks_follow_each_other_and_no_way_round_skips_a_rule() {
    let mut world = hunan();
    let none = BTreeSet::new();
    let state = |tasks: &[(Task, TaskState)], task| tasks.iter().find(|(t, _)| *t == task).unwrap().1;
    let tasks = progress(&world.cx(), &BTreeSet::new(), &none, false);
    assert_eq!(next_task(&tasks), Some(Task::Briefing));
    assert_eq!(state(&tasks, Task::Step(StepKey::Person)), TaskState::Blocked);

    let all: BTreeSet<StepKey> = StepKey::ALL.into();
    let tasks = progress(&world.cx(), &all, &none, true);
    assert_eq!((next_task(&tasks), state(&tasks, Task::Check)), (Some(Task::Attachments), TaskState::Blocked));
    let slots: BTreeSet<String> = world.province.profile.intake_line().attachments.iter().map(|a| a.slot.clone()).collect();
    assert_eq!(next_task(&progress(&world.cx(), &all, &slots, true)), Some(Task::Check));

    world.set("education.full_time_level", "none");
    let tasks = progress(&world.cx(), &all, &slots, true);
    assert_eq!(next_task(&tasks), Some(Task::Step(StepKey::Education)));
    assert_eq!(state(&tasks, Task::Attachments), TaskState::Blocked);
}

#[test]
fn answers_are_shown_in_words() {
    let mut world = hunan();
    world.set("qualification.rows.1.category", "audit");
    let sections = display(&world.cx(), &world.answers);
    let value = |item: &str| {
        let row = sections.iter().flat_map(|section| &section.rows).find(|row| row.item == item);
        row.map(|row| row.value.as_str())
    };
    assert_eq!(value("person.ethnicity"), Some("汉族"));
    assert_eq!(value("employment.division"), Some("湖南省长沙市雨花区"));
    assert_eq!(value("education.full_time_graduated_on"), Some("2012年6月30日"));
    assert_eq!(value("person.email"), Some(""));
    assert_eq!(value("education.full_time_degree"), None, "not asked");
    let groups: BTreeSet<_> = sections[2].rows.iter().filter_map(|row| row.group.clone()).collect();
    assert_eq!(groups.into_iter().collect::<Vec<_>>(), ["专业技术资格 1", "专业技术资格 2"]);
}

#[test]
fn the_highest_qualification_is_told_with_its_category() {
    let mut world = hunan();
    let told = |world: &World| highest_qualification(&world.cx(), &world.answers);
    assert_eq!(told(&world).as_deref(), Some("会计类中级"));
    world.set("qualification.rows.1.category", "audit");
    world.set("qualification.rows.1.level", "senior");
    assert_eq!(told(&world).as_deref(), Some("审计类高级"));
    for row in ["qualification.rows.0.level", "qualification.rows.1.level"] {
        world.set(row, "");
    }
    assert_eq!(told(&world), None);
}

#[test]
fn a_draft_is_read_back_as_it_was_typed() {
    let world = hunan();
    let json = serde_json::to_string(&world.answers).unwrap();
    assert_eq!(serde_json::from_str::<Answers>(&json).unwrap(), world.answers);
    let form = world.answers.form(StepKey::Qualification);
    assert_eq!(form.get("rows.0.level"), Some("intermediate"));
    assert_eq!(world.answers.get("qualification.rows.0.level"), Some("intermediate"));
    assert_eq!(form.values().len(), 5);
    let json = serde_json::to_string(&form).unwrap();
    assert_eq!(serde_json::from_str::<StepForm>(&json).unwrap(), form);
    assert!(serde_json::from_str::<Answers>(r#"{"person.surname":"x"}"#).is_err());
}

#[test]
fn no_field_is_listed_twice_and_every_item_is_read_back() {
    let mut items = BTreeSet::new();
    for field in FIELDS {
        let row = field.step.has_rows().then_some(MAX_ROWS - 1);
        let item = Item { step: field.step, row, field: field.key };
        assert!(items.insert(item), "{item} stands twice");
        assert_eq!(Item::parse(&item.to_string()), Some(item));
    }
    assert_eq!(Item::parse("qualification.level"), None, "without its row");
    assert_eq!(Item::parse("person.rows.0.email"), None, "a form without rows");
}
