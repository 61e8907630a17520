//! README, "Adding a field": what exists is switched on by the profile of a province alone.

use super::*;

/// The last question of 个人基本信息 in Hunan, after which the new one comes.
const LAST: &str = "  { key = \"telephone\",";
const ENTRY: &str = "  { key = \"remark\", label = \"备注\", required = true },\n";

#[test]
fn a_field_is_switched_on_by_an_entry_of_the_profile() {
    let hunan = read_for_tests("hunan.toml").unwrap();
    assert!(!hunan.contains("key = \"remark\""));
    let text = hunan.replacen(LAST, &format!("{ENTRY}{LAST}"), 1);
    assert_ne!(text, hunan);
    let read = |file: &str| if file == "hunan.toml" { Some(text.clone()) } else { read_for_tests(file) };
    let mut world = super::hunan();
    world.province = Province::parse(&read, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!(world.fault(StepKey::Person, "remark"), Some(Fault::Missing));
    world.set("person.remark", "无");
    assert_eq!(world.answers.check(&world.cx()).map(|application| application.bureau), Ok("430111".into()));
    let shown = display(&world.cx(), &world.answers);
    let row = shown[0].rows.iter().find(|row| row.item == "person.remark").unwrap();
    assert_eq!((row.label.as_str(), row.value.as_str()), ("备注", "无"));
    assert!(items(&world.cx(), &world.answers).contains(&"person.remark".to_owned()), "a reviewer judges it");
    let rejected = BTreeSet::from(["person.remark".to_owned()]);
    assert!(may_edit("person.remark", &rejected, &world.answers, &world.answers, &world.cx()));
}
