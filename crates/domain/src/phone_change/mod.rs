//! 手机号更换 (手册乙 9; domain.md 5.8) and 账号申诉: what an application from outside the login shows the bureau, and what a machine can tell
//! about it.

pub mod appeal;
pub mod forms;

use crate::case::{Check, CheckRule, Level};
use crate::province::{AttachmentRules, CardFace};

/// The pictures of an application: slot and title.
pub const FILES: [(&str, &str); 2] = [("front", "证件正面"), ("back", "证件反面")];
/// The most that each of them may hold, in bytes.
pub const LARGEST_FILE: u32 = 5 * 1024 * 1024;
/// The formats that they may have.
pub const FILE_KINDS: [&str; 2] = ["jpg", "png"];

/// What a slot of an application or an appeal takes; `None` for a name that is none of them.
#[must_use]
pub fn rules(slot: &str) -> Option<AttachmentRules> {
    let (slot, title) = appeal::APPEAL_FILES.into_iter().find(|(key, _)| *key == slot)?;
    Some(AttachmentRules {
        slot: slot.to_owned(),
        title: title.to_owned(),
        why: String::new(),
        when: Vec::new(),
        required: true,
        max_bytes: LARGEST_FILE,
        kinds: FILE_KINDS.map(str::to_owned).to_vec(),
        most: 1,
        min_width: None,
        min_height: None,
        example: String::new(),
        examples_wrong: Vec::new(),
        template: None,
        face: match slot {
            "front" => Some(CardFace::Portrait),
            "back" => Some(CardFace::Emblem),
            _ => None,
        },
        photo: None,
        prints: false,
        proves: Vec::new(),
    })
}

/// What the checks look at: comparisons that were made where the values are known.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// Whether the name is that of the account.
    pub is_same_name: bool,
    /// Whether the document number is that of the account.
    pub is_same_document: bool,
    /// Whom the new number serves now.
    pub holder: Holder,
}

/// Whom the number serves that an account wants to have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// Nobody, or the account itself.
    Nobody,
    /// Another account that has not changed for so long that the number may have been given to another person: it leaves that
    /// account when the change takes effect.
    Settled,
    /// Another account that is in use.
    InUse,
}

/// The findings; the reddest first.
pub fn check(compared: Compared) -> Vec<Check> {
    let same = |is_same| if is_same { Level::Fine } else { Level::Wrong };
    let holder = match compared.holder {
        Holder::Nobody => Level::Fine,
        Holder::Settled => Level::Look,
        Holder::InUse => Level::Wrong,
    };
    let finding = |rule, item: &str, level| Check { rule, level, item: item.to_owned(), inputs: Vec::new() };
    let mut checks = vec![
        finding(CheckRule::AccountName, "phone_change.name", same(compared.is_same_name)),
        finding(CheckRule::AccountDocument, "phone_change.document_number", same(compared.is_same_document)),
        finding(CheckRule::MobileFree, "phone_change.new_mobile", holder),
    ];
    checks.sort_by_key(|check| std::cmp::Reverse(check.level));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_from_the_account_is_red_and_first() {
        let fine = Compared { is_same_name: true, is_same_document: true, holder: Holder::Nobody };
        assert!(check(fine).iter().all(|check| check.level == Level::Fine));
        let taken = check(Compared { holder: Holder::InUse, ..fine });
        assert_eq!((taken[0].rule, taken[0].level), (CheckRule::MobileFree, Level::Wrong));
        let recycled = check(Compared { holder: Holder::Settled, ..fine });
        assert_eq!((recycled[0].rule, recycled[0].level), (CheckRule::MobileFree, Level::Look));
        let other = check(Compared { is_same_document: false, ..fine });
        assert_eq!((other[0].rule, other[0].level, other.len()), (CheckRule::AccountDocument, Level::Wrong, 3));
    }
}
