//! 通知公告, 操作指南, 政策法规, 常见问题 and 咨询电话: what people read before they sign in, and who may change it.

pub mod forms;
mod rights;
mod text;
mod text_form;
pub mod text_view;
pub mod view;

pub use rights::{editable_contacts, may_edit_contact};
pub use text::{Audience, Force, Subject, TextAct, TextKind, TextStage, acts, file_name};
pub use text_form::{LONGEST_TEXT, Regulation, Text, TextForm};

use text_view::Seed;

use crate::id::BureauCode;
use crate::province::{Bureaus, Profile};

/// What the profile of a province says as long as its staff have published nothing of the kind: its notices, and 采集须知 as
/// the only guide. Their ids are [`seed_id`]s in this order.
pub fn seeds(profile: &Profile, kind: TextKind) -> Vec<Seed> {
    match kind {
        TextKind::Notice => {
            let seed = |item: &crate::province::NoticeItem| Seed {
                title: item.title.clone(),
                on: Some(item.on),
                body: item.body.clone(),
            };
            profile.portal.notices.iter().map(seed).collect()
        }
        TextKind::Guide => {
            let briefing = &profile.intake_line().briefing;
            vec![Seed { title: briefing.title.clone(), on: None, body: briefing.paragraphs.join("\n\n") }]
        }
        TextKind::Regulation | TextKind::Question => Vec::new(),
    }
}

/// The id of a seed in addresses; ids of rows never look like it.
pub fn seed_id(nth: usize) -> String {
    format!("seed-{nth}")
}

/// Which seed an id names.
pub fn seed_of(id: &str) -> Option<usize> {
    id.strip_prefix("seed-")?.parse().ok()
}

/// The bureaus in groups: the province's own first, then each city with the counties below it, in the order of their codes.
/// A county whose city is not among `shown` still stands under the name of its city.
pub fn by_city<'a>(bureaus: &'a Bureaus, shown: impl Iterator<Item = &'a BureauCode>) -> Vec<(BureauCode, Vec<BureauCode>)> {
    let mut groups: Vec<(BureauCode, Vec<BureauCode>)> = Vec::new();
    for bureau in shown.filter_map(|code| bureaus.get(code)) {
        let head = if bureau.level == 3 { bureaus.parent(&bureau.code).unwrap_or(bureau) } else { bureau };
        match groups.iter_mut().find(|(code, _)| *code == head.code) {
            Some((_, codes)) => codes.push(bureau.code.clone()),
            None => groups.push((head.code.clone(), vec![bureau.code.clone()])),
        }
    }
    groups
}
