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
    /// messenger put into it do not, nor signs that nobody sees, nor the end of the sentence in which a code stood.
    #[must_use]
    pub fn read(typed: &str) -> Self {
        if typed.len() > LONGEST_TEXT {
            return Self::Other;
        }
        let text: String = typed.chars().filter(|c| !c.is_whitespace() && !is_invisible(*c)).collect();
        if text.is_empty() {
            return Self::Nothing;
        }
        if let Some(number) = read_number(text.trim_end_matches(|c: char| !c.is_alphanumeric())) {
            return Self::Number(number);
        }
        let text = code_at_start(of_address(&text).unwrap_or(&text));
        if is_code(text) { Self::Code(text.to_owned()) } else { Self::Other }
    }
}

/// The value of `c` in the query of an address.
fn of_address(text: &str) -> Option<&str> {
    let (_, query) = text.split_once('?')?;
    let query = query.split('#').next().unwrap_or_default();
    query.split('&').find_map(|pair| pair.strip_prefix("c="))
}

/// Up to the first sign that no code has, and without a full stop at the end.
fn code_at_start(text: &str) -> &str {
    let is_sign = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
    let end = text.find(|c: char| !is_sign(c)).unwrap_or(text.len());
    text.get(..end).unwrap_or_default().trim_end_matches('.')
}

/// Signs without width, marks of direction and of byte order, which are copied along unseen.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// Three parts of base64url (RFC 7515, compact).
fn is_code(text: &str) -> bool {
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'));
    text.len() <= LONGEST_CODE && text.split('.').count() == 3 && text.split('.').all(is_part)
}
