//! What a profile must keep of the national platform: words, an address, and terms that follow each other.

use super::Profile;
use super::check::texts;
use super::parse::Faults;
use crate::national::Owner;

pub(super) fn national(profile: &Profile, faults: &mut Faults) {
    let Some(rules) = &profile.national else { return };
    texts(faults, &[("national.name", &rules.name), ("national.said", &rules.said.concat())]);
    if rules.said.iter().any(|text| text.trim().is_empty()) {
        faults.push("national.said", "a paragraph is empty");
    }
    let host = rules.url.strip_prefix("https://").unwrap_or_default();
    if host.is_empty() || host.starts_with('/') || host.contains(|c: char| c.is_whitespace() || c.is_control()) {
        faults.push("national.url", "an address that begins with `https://`");
    }
    // Before the first terms the province collects itself.
    let mut before = Owner::Province;
    for (n, terms) in rules.terms.iter().enumerate() {
        let here = format!("national.terms.{n}");
        let follows = n.checked_sub(1).and_then(|last| rules.terms.get(last)).is_none_or(|last| last.from < terms.from);
        if !follows {
            faults.push(format!("{here}.from"), "the terms stand in the order of their days, each day once");
        }
        if terms.collection_owner == before {
            faults.push(format!("{here}.collection_owner"), "it is so already, by the terms before");
        }
        before = terms.collection_owner;
        let Some(until) = terms.drafts_until else { continue };
        let next = rules.terms.get(n + 1);
        if terms.collection_owner == Owner::Province {
            faults.push(format!("{here}.drafts_until"), "a province that collects takes drafts on every day");
        } else if until < terms.from || next.is_some_and(|next| next.from <= until) {
            faults.push(format!("{here}.drafts_until"), "a day of these terms");
        }
    }
}
