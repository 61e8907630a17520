//! What somebody brings to be verified: the address of a 二维码, what stands in it, or a number read off the paper.

use super::number::read_number;

/// No code of ours is longer; what is longer is not looked at.
pub const LONGEST_CODE: usize = 450;
/// An address around it, with what people paste beside it.
const LONGEST_TEXT: usize = 2_000;

/// What was brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Presented {
    /// Nothing yet.
    Nothing,
    /// 证明编号.
    Number(String),
    /// Has the shape of a signed statement.
    Code(String),
    /// Anything else.
    Other,
}

impl Presented {
    /// What a text is that was typed, pasted or scanned. Of an address its `c` counts; blanks and breaks that a mail or a
    /// messenger put into it do not.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        if typed.len() > LONGEST_TEXT {
            return Self::Other;
        }
        let text: String = typed.chars().filter(|c| !c.is_whitespace()).collect();
        if text.is_empty() {
            return Self::Nothing;
        }
        if let Some(number) = read_number(&text) {
            return Self::Number(number);
        }
        let text = of_address(&text).unwrap_or(&text);
        if is_code(text) { Self::Code(text.to_owned()) } else { Self::Other }
    }
}

/// The value of `c` in the query of an address.
fn of_address(text: &str) -> Option<&str> {
    let (_, query) = text.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix("c="))
}

/// Three parts of base64url (RFC 7515, compact).
fn is_code(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    text.len() <= LONGEST_CODE && text.split('.').count() == 3 && text.split('.').all(is_part)
}
