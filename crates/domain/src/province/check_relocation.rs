//! What the list of the places between which records move must keep, and what a profile must of 跨省调出.

use std::collections::BTreeSet;

use super::Profile;
use super::check::texts;
use super::parse::Faults;
use crate::case::CaseKind;
use crate::relocation::Places;

/// What an `age` recipient begins with.
const RECIPIENT: &str = "age1";
/// An Ed25519 key in base64url.
const KEY: usize = 43;

pub(super) fn places(places: &Places, faults: &mut Faults) {
    let mut keys = BTreeSet::new();
    for place in &places.places {
        let here = format!("place.{}", place.key);
        texts(faults, &[(&here, &place.key), (&here, &place.name)]);
        if !keys.insert(&place.key) {
            faults.push(&here, "the key stands twice");
        }
        if place.recipient.as_ref().is_some_and(|recipient| !recipient.starts_with(RECIPIENT)) {
            faults.push(format!("{here}.recipient"), format!("a recipient begins with `{RECIPIENT}`"));
        }
        let is_its = |id: &str| id.strip_prefix(place.key.as_str()).is_some_and(|rest| rest.starts_with('-'));
        if place.keys.iter().any(|key| !is_its(&key.id) || key.x.len() != KEY) {
            faults.push(format!("{here}.keys"), format!("`id` is `{}-N`, `x` has {KEY} signs", place.key));
        }
    }
}

pub(super) fn relocation(profile: &Profile, places: &Places, faults: &mut Faults) {
    if profile.has_line(CaseKind::Relocation) && places.get(&profile.key).is_none() {
        faults.push("lines.relocation", "`data/places.toml` does not have the province itself");
    }
}
