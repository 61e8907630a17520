//! Tables of a province: for every field and every attachment, when it is asked, required, refused.

use super::*;

/// How a question stands in a situation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stance {
    Off,
    Optional,
    Required,
}

/// Changes a complete application into another situation.
pub(super) type Situation = fn(&mut World);

/// A field, how it stands in each situation, an answer that is refused where it is asked, and why.
pub(super) type Line<'a> = (&'a str, &'a [Stance], &'a str, Fault);

/// Stands for a text that is longer than any field takes.
pub(super) const LONG: &str = "<long>";

/// The application of a citizen with a resident ID.
pub(super) fn world(key: &str, answers: &[(&str, &str)]) -> World {
    let province = Province::parse(&read_for_tests, key).unwrap_or_else(|errors| panic!("{errors:#?}"));
    let holder = Holder {
        document_kind: DocumentKind::ResidentId,
        name: "张三".to_owned(),
        sex: Some(Sex::Female),
        born_on: Some(day("1990-03-07")),
    };
    let mut world = World { province, holder, answers: Answers::default() };
    for (item, value) in answers {
        world.set(item, value);
    }
    world
}

/// The same person with a foreign passport, which tells neither sex nor birth date.
pub(super) fn foreigner(world: &mut World) {
    world.holder.document_kind = DocumentKind::Passport;
    (world.holder.sex, world.holder.born_on) = (None, None);
    world.set("person.nationality", "FR").set("person.sex", "2").set("person.born_on", "1990-03-07");
}

/// Nothing is changed.
pub(super) fn as_it_is(_: &mut World) {}

/// Compares a step with its table, which names every field of the step in its order.
pub(super) fn fields(make: fn() -> World, step: StepKey, situations: &[Situation], table: &[Line]) {
    for (n, situation) in situations.iter().enumerate() {
        let mut world = make();
        situation(&mut world);
        let listed: Vec<&str> = table.iter().map(|line| line.0).collect();
        let rules = world.province.profile.intake.step(step).unwrap();
        let typed = rules.fields.iter().filter(|field| field_kind(step, &field.key) != Some(FieldKind::ResponsibleBureau));
        assert_eq!(typed.map(|field| field.key.as_str()).collect::<Vec<_>>(), listed, "the table has every field that is typed");
        assert_eq!(world.faults(step).0, [], "situation {n} is complete");
        let complete = world.answers.clone();
        for (field, stances, wrong, fault) in table {
            let item = format!("{}.{field}", step.as_str());
            let is_asked = items(&world.cx(), &world.answers).contains(&item);
            world.set(&item, "");
            let found = match (is_asked, world.fault(step, field)) {
                (false, None) => Stance::Off,
                (true, None) => Stance::Optional,
                (true, Some(Fault::Missing)) => Stance::Required,
                other => panic!("{item} in situation {n}: {other:?}"),
            };
            assert_eq!(Some(&found), stances.get(n), "{item} in situation {n}");
            let wrong = if *wrong == LONG { "长".repeat(201) } else { (*wrong).to_owned() };
            world.set(&item, &wrong);
            let refused = (found != Stance::Off).then(|| fault.clone());
            assert_eq!(world.fault(step, field), refused, "{item} = {wrong} in situation {n}");
            world.answers = complete.clone();
        }
    }
}

/// Compares the files that are called for with a table, which names every slot in its order.
pub(super) fn files(make: fn() -> World, situations: &[Situation], table: &[(&str, &[Stance])]) {
    for (n, situation) in situations.iter().enumerate() {
        let mut world = make();
        situation(&mut world);
        let profile = &world.province.profile;
        let slots: Vec<&str> = profile.intake_line().attachments.iter().map(|rules| rules.slot.as_str()).collect();
        assert_eq!(slots, table.iter().map(|line| line.0).collect::<Vec<_>>(), "the table has every slot");
        let called_for = attachments_called_for(profile, &world.answers);
        for (slot, stances) in table {
            let found = match called_for.iter().find(|rules| rules.slot == *slot) {
                None => Stance::Off,
                Some(rules) if rules.required => Stance::Required,
                Some(_) => Stance::Optional,
            };
            assert_eq!(Some(&found), stances.get(n), "{slot} in situation {n}");
        }
    }
}

/// The limits of every slot: its largest size and its kinds.
pub(super) fn limits(world: &World, table: &[(&str, u32, &[&str])]) {
    let rules = &world.province.profile.intake_line().attachments;
    let found: Vec<_> = rules.iter().map(|rules| (rules.slot.as_str(), rules.max_bytes, rules.kinds.clone())).collect();
    let listed: Vec<_> =
        table.iter().map(|(slot, bytes, kinds)| (*slot, *bytes, kinds.iter().map(|kind| (*kind).to_owned()).collect())).collect();
    assert_eq!(found, listed);
}
