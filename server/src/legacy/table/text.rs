//! The text of a file in the encodings that spreadsheets and old systems write.

use std::borrow::Cow;

use anyhow::{bail, ensure};
use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

/// The text. A byte that belongs to no character becomes U+FFFD, so that it spoils its own line and no other.
///
/// # Errors
/// When it is no text at all.
pub(super) fn decode(bytes: &[u8]) -> anyhow::Result<Cow<'_, str>> {
    let (encoding, bytes) = match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => (UTF_8, rest),
        [0xFF, 0xFE, rest @ ..] => (UTF_16LE, rest),
        [0xFE, 0xFF, rest @ ..] => (UTF_16BE, rest),
        _ => (guess(bytes)?, bytes),
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    ensure!(!text.contains('\0'), "{NO_TEXT}");
    Ok(text)
}

const NO_TEXT: &str =
    "文件既不是文本（CSV），也不是 .xlsx 工作簿，读不到内容；请提供 .xlsx，或者 UTF-8、GB18030（GBK）编码的 CSV";

fn guess(bytes: &[u8]) -> anyhow::Result<&'static Encoding> {
    if bytes.contains(&0) {
        return wide(bytes);
    }
    match std::str::from_utf8(bytes) {
        Ok(_) => Ok(UTF_8),
        // Chinese in GB18030 is hardly ever a row of right characters of UTF-8.
        Err(error) if is_chinese(&bytes[..error.valid_up_to()]) => Ok(UTF_8),
        Err(_) => Ok(GB18030),
    }
}

fn is_chinese(valid: &[u8]) -> bool {
    std::str::from_utf8(valid).is_ok_and(|text| text.chars().filter(|c| !c.is_ascii()).take(6).count() == 6)
}

/// UTF-16 without its mark: every comma and every digit has an empty half.
fn wide(bytes: &[u8]) -> anyhow::Result<&'static Encoding> {
    let begin = &bytes[..bytes.len().min(4096)];
    let empty = |rest: usize| begin.iter().enumerate().filter(|(at, byte)| at % 2 == rest && **byte == 0).count();
    let (high_first, low_first) = (empty(0), empty(1));
    match (high_first, low_first) {
        (0, low) if low * 8 > begin.len() => Ok(UTF_16LE),
        (high, 0) if high * 8 > begin.len() => Ok(UTF_16BE),
        _ => bail!("{NO_TEXT}"),
    }
}
