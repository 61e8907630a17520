//! The second factor of staff: one-time codes of an authenticator (RFC 6238), its QR code, and recovery codes.

use chrono::{DateTime, Utc};
use qrcode::{Color, EcLevel, QrCode};
use totp_rs::{Algorithm, TOTP};

use crate::vault::same;

/// Seconds that one code stands for; what every authenticator assumes.
const STEP: i64 = 30;
/// No 0, 1, I and O; 32 signs, so that a byte modulo 32 is fair.
const RECOVERY: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
const RECOVERY_CODES: usize = 10;

/// The step of authenticators at an instant.
#[must_use]
pub fn step(at: DateTime<Utc>) -> i64 {
    at.timestamp().div_euclid(STEP)
}

/// A fresh secret of 160 bits, to be kept sealed.
pub fn new_secret() -> Vec<u8> {
    rand::random::<[u8; 20]>().to_vec()
}

/// The secret in base32, for typing it into an authenticator by hand.
pub fn secret_text(secret: &[u8]) -> String {
    totp(secret).map(|totp| totp.get_secret_base32()).unwrap_or_default()
}

/// The `otpauth://` address that the QR code carries; empty when the secret is none. What it leaves out (SHA-1, six digits,
/// thirty seconds) is what every authenticator assumes.
pub fn uri(secret: &[u8], issuer: &str, login: &str) -> String {
    // A colon would end the issuer.
    totp_of(secret, Some(issuer.replace(':', " ")), login.to_owned()).map(|totp| totp.get_url()).unwrap_or_default()
}

/// The QR code of an address as an `svg` element: classes `qr`, `qr-paper`, `qr-ink`, no `style`, four modules of quiet
/// zone. Empty when the address is longer than a QR code can hold (about 2,300 bytes).
pub fn qr_svg(uri: &str) -> String {
    let Ok(code) = QrCode::with_error_correction_level(uri, EcLevel::M) else { return String::new() };
    let side = code.width() + 8;
    let mut ink = String::new();
    for (y, row) in code.to_colors().chunks(code.width()).enumerate() {
        let mut x = 0;
        while x < row.len() {
            let run = row[x..].iter().take_while(|color| **color == Color::Dark).count();
            if run > 0 {
                ink.push_str(&format!("M{} {}h{run}v1h-{run}z", x + 4, y + 4));
            }
            x += run.max(1);
        }
    }
    // The fills are the colours of print and of pages without our style sheet.
    format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" role=\"img\" \
         shape-rendering=\"crispEdges\"><rect class=\"qr-paper\" width=\"{side}\" height=\"{side}\" fill=\"#fff\"/>\
         <path class=\"qr-ink\" fill=\"#000\" d=\"{ink}\"/></svg>"
    )
}

/// The present code of a secret in base32, for the demonstration's own accounts; empty when it is no secret.
pub fn code(secret_base32: &str, now: DateTime<Utc>) -> String {
    let secret = totp_rs::Secret::Encoded(secret_base32.to_owned()).to_bytes().ok();
    let seconds = u64::try_from(now.timestamp()).unwrap_or(0);
    secret.and_then(|secret| Some(totp(&secret)?.generate(seconds))).unwrap_or_default()
}

/// The step (30 s since 1970) whose code this is: the present one or a neighbour, and later than `last_step`, so that a
/// code serves once. The caller stores the answer as the account's last step, in the same transaction.
pub fn verify(secret: &[u8], code: &str, now: DateTime<Utc>, last_step: Option<i64>) -> Option<i64> {
    let code = half_width(code);
    let totp = totp(secret)?;
    let present = now.timestamp().div_euclid(STEP);
    let mut found = None;
    // All three are computed whatever comes out: the time shall not tell which one it was.
    for step in present - 1..=present + 1 {
        let Ok(seconds) = u64::try_from(step * STEP) else { continue };
        let expected = totp.generate(seconds);
        if same(expected.as_bytes(), code.as_bytes()) && last_step.is_none_or(|last| step > last) {
            found = Some(step);
        }
    }
    found
}

/// Ten recovery codes of 60 bits, `XXXX-XXXX-XXXX`; to be shown once and kept as keyed hashes.
pub fn recovery_codes() -> Vec<String> {
    let code = || grouped(&rand::random::<[u8; 12]>().map(|byte| char::from(RECOVERY[usize::from(byte % 32)])));
    (0..RECOVERY_CODES).map(|_| code()).collect()
}

/// A recovery code as typed (lower case, full width, other separators) in the form of [`recovery_codes`]; `None` when
/// it cannot be one.
pub fn normalise_recovery(typed: &str) -> Option<String> {
    let signs: Vec<char> = half_width(typed).chars().filter(|sign| !"-_.·—–‐".contains(*sign)).collect();
    let known = signs.iter().all(|sign| u8::try_from(*sign).is_ok_and(|byte| RECOVERY.contains(&byte)));
    <[char; 12]>::try_from(signs).ok().filter(|_| known).map(|signs| grouped(&signs))
}

fn grouped(signs: &[char; 12]) -> String {
    signs.chunks(4).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

fn totp(secret: &[u8]) -> Option<TOTP> {
    totp_of(secret, None, String::new())
}

fn totp_of(secret: &[u8], issuer: Option<String>, login: String) -> Option<TOTP> {
    TOTP::new(Algorithm::SHA1, 6, 1, STEP.unsigned_abs(), secret.to_vec(), issuer, login.replace(':', " ")).ok()
}

/// Upper case, half width, without spaces.
fn half_width(typed: &str) -> String {
    let narrow = |sign: char| match u32::from(sign) {
        wide @ 0xFF01..=0xFF5E => char::from_u32(wide - 0xFEE0).unwrap_or(sign),
        _ => sign,
    };
    typed.chars().filter(|sign| !sign.is_whitespace()).map(narrow).map(|sign| sign.to_ascii_uppercase()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECRET: &[u8] = b"12345678901234567890";

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(seconds, 0).unwrap()
    }

    #[test]
    fn the_vectors_of_rfc_6238_hold() {
        for (seconds, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            assert_eq!(verify(SECRET, code, at(seconds), None), Some(seconds / 30), "{code}");
        }
    }

    #[test]
    fn a_code_serves_one_step_early_or_late_but_not_two() {
        for (seconds, accepted) in [(-1, false), (0, true), (30, true), (89, true), (90, false)] {
            assert_eq!(verify(SECRET, "287082", at(seconds), None).is_some(), accepted, "{seconds}");
        }
    }

    #[test]
    fn a_code_serves_once_and_no_older_one_serves_after_it() {
        assert_eq!(verify(SECRET, "287082", at(59), Some(0)), Some(1));
        assert_eq!(verify(SECRET, "287082", at(60), Some(1)), None);
        assert_eq!(verify(SECRET, "287082", at(60), Some(2)), None);
    }

    #[test]
    fn codes_are_taken_with_spaces_and_full_width_digits_and_nothing_else_passes() {
        assert_eq!(verify(SECRET, " ２８７ 082", at(59), None), Some(1));
        for wrong in ["", "28708", "2870822", "287083", "94287082", "二八七〇八二"] {
            assert_eq!(verify(SECRET, wrong, at(59), None), None, "{wrong}");
        }
        assert_eq!(verify(b"short", "287082", at(59), None), None);
    }

    #[test]
    fn the_address_is_encoded_and_carries_the_secret() {
        assert_eq!(
            uri(SECRET, "会计 平台", "a b"),
            "otpauth://totp/%E4%BC%9A%E8%AE%A1%20%E5%B9%B3%E5%8F%B0:a%20b?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ\
             &issuer=%E4%BC%9A%E8%AE%A1%20%E5%B9%B3%E5%8F%B0"
        );
        assert_eq!(new_secret().len(), 20);
        assert_ne!(new_secret(), new_secret());
    }

    #[test]
    fn the_qr_code_is_one_svg_without_style() {
        let svg = qr_svg(&uri(SECRET, "财政厅", "reviewer"));
        assert!(svg.starts_with("<svg class=\"qr\"") && svg.ends_with("</svg>") && svg.contains("viewBox=\"0 0 "));
        assert!(!svg.contains("style") && svg.len() < 16_000, "{}", svg.len());
        assert_eq!(qr_svg(&"x".repeat(5_000)), "");
    }

    #[test]
    fn recovery_codes_differ_and_are_taken_as_people_type_them() {
        let codes = recovery_codes();
        assert_eq!(codes.iter().collect::<std::collections::BTreeSet<_>>().len(), 10);
        for code in &codes {
            assert_eq!(code.len(), 14);
            assert_eq!(normalise_recovery(code).as_ref(), Some(code));
            assert_eq!(normalise_recovery(&code.to_lowercase().replace('-', " ")).as_ref(), Some(code));
        }
        assert_eq!(normalise_recovery("ａｂｃｄ—２３４５—ｗｘｙｚ").as_deref(), Some("ABCD-2345-WXYZ"));
        for wrong in ["", "ABCD-2345", "ABCD-2345-WXY0", "ABCD-2345-WXYZ-2", "ABCD-2345-WXY你"] {
            assert_eq!(normalise_recovery(wrong), None, "{wrong}");
        }
    }
}
