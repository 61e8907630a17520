//! 手机号更换 (手册乙 9; domain.md 5.8): what an application shows the bureau, and what a machine can tell about it.

pub mod forms;

use crate::case::{Check, CheckRule, Level};

/// The pictures of an application: slot and title.
pub const FILES: [(&str, &str); 2] = [("front", "证件正面"), ("back", "证件反面")];
/// The most that each of them may hold, in bytes.
pub const LARGEST_FILE: u32 = 5 * 1024 * 1024;
/// The formats that they may have.
pub const FILE_KINDS: [&str; 2] = ["jpg", "png"];

/// What the checks look at: comparisons that were made where the values are known.
#[derive(Clone, Copy, Debug)]
pub struct Compared {
    /// Whether the name is that of the account.
    pub is_same_name: bool,
    /// Whether the document number is that of the account.
    pub is_same_document: bool,
    /// Whether the new number serves nobody else.
    pub is_mobile_free: bool,
}

/// The findings; the reddest first.
pub fn check(compared: Compared) -> Vec<Check> {
    let finding = |rule, item: &str, is_fine| Check {
        rule,
        level: if is_fine { Level::Fine } else { Level::Wrong },
        item: item.to_owned(),
        inputs: Vec::new(),
    };
    let mut checks = vec![
        finding(CheckRule::AccountName, "phone_change.name", compared.is_same_name),
        finding(CheckRule::AccountDocument, "phone_change.document_number", compared.is_same_document),
        finding(CheckRule::MobileFree, "phone_change.new_mobile", compared.is_mobile_free),
    ];
    checks.sort_by_key(|check| std::cmp::Reverse(check.level));
    checks
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whatever_differs_from_the_account_is_red_and_first() {
        let fine = Compared { is_same_name: true, is_same_document: true, is_mobile_free: true };
        assert!(check(fine).iter().all(|check| check.level == Level::Fine));
        let taken = check(Compared { is_mobile_free: false, ..fine });
        assert_eq!((taken[0].rule, taken[0].level), (CheckRule::MobileFree, Level::Wrong));
        let other = check(Compared { is_same_document: false, ..fine });
        assert_eq!((other[0].rule, other[0].level, other.len()), (CheckRule::AccountDocument, Level::Wrong, 3));
    }
}
