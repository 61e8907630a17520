//! 自动验证, a proof of work: instead of a picture the browser finds a number whose hash begins with so many bits of nought. It costs
//! a person nothing and a program that asks ten thousand times some processor (WCAG 2.2, 3.3.8; security 1.9).

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// Fewer bits would cost nobody anything.
pub const LEAST_BITS: u32 = 12;
/// With more bits an old telephone would not be done before its owner.
pub const MOST_BITS: u32 = 20;

/// Where a province has it, and how much is to be done.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WorkRules {
    /// So many leading bits are nought: each more doubles the work.
    pub bits: u32,
    /// The pages where it stands in the place of the picture; never one whose manual names its proof.
    pub pages: Vec<WorkPage>,
}

/// A page that asks for a proof.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WorkPage {
    /// 登录, and the code for it.
    Login,
    /// 注册.
    Register,
    /// 忘记密码.
    Forgot,
    /// 原有用户设置密码.
    Activate,
    /// 手机号更换.
    PhoneChange,
    /// 账号设置.
    Settings,
}

/// What is to be done: good once, for one session, for some minutes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Work {
    /// Random.
    pub nonce: u64,
    /// So many leading bits are nought.
    pub bits: u32,
}

/// Tells an answer from what is read in a picture, which has no such sign.
const MARK: &str = "WORK:";

impl Work {
    /// Whether a number is an answer.
    #[must_use]
    pub fn is_done(self, number: u64) -> bool {
        let mut text = [0; 16];
        text[..8].copy_from_slice(&self.nonce.to_be_bytes());
        text[8..].copy_from_slice(&number.to_be_bytes());
        let hash = Sha256::digest(text);
        u32::from_be_bytes([hash[0], hash[1], hash[2], hash[3]]).leading_zeros() >= self.bits
    }

    /// The first answer among so many numbers.
    #[must_use]
    pub fn find(self, from: u64, count: u64) -> Option<u64> {
        (from..from.saturating_add(count)).find(|number| self.is_done(*number))
    }
}

/// An answer as it stands where the characters of a picture would.
#[must_use]
pub fn answer(number: u64) -> String {
    [MARK, number.to_string().as_str()].concat()
}

/// The number of an answer; `None` for the characters of a picture.
#[must_use]
pub fn given(typed: &str) -> Option<u64> {
    typed.strip_prefix(MARK)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::forms::captcha;

    #[test]
    fn an_answer_has_the_bits_and_one_of_another_nonce_has_not() {
        let work = Work { nonce: 7, bits: 8 };
        let number = work.find(0, 100_000).unwrap();
        assert!(work.is_done(number));
        assert!((0..number).all(|number| !work.is_done(number)), "the first one is found");
        let others = (8..40).filter(|nonce| Work { nonce: *nonce, ..work }.is_done(number)).count();
        assert!(others < 4, "{others} of 32 others");
        assert!(!Work { bits: 32, ..work }.is_done(number));
        assert_eq!(work.find(number + 1, 0), None);
        assert_eq!(work.find(u64::MAX, 9), None, "there is no number beyond");
    }

    #[test]
    fn an_answer_goes_where_the_characters_go_and_no_picture_reads_like_one() {
        let typed = captcha(&answer(1_234_567)).unwrap();
        assert_eq!(given(&typed), Some(1_234_567));
        assert_eq!(given(&captcha("work: 12").unwrap()), Some(12), "capitals and blanks are as for a picture");
        for picture in ["ABCD", "123456", "WORK", "WORK:", "WORK:X", "WORK:-1", ""] {
            assert_eq!(given(picture), None, "{picture}");
        }
    }
}
