//! How somebody is reached: mobile, telephone, postcode, e-mail.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::mask;
use crate::fault::Fault;
use crate::text::{half_width, tidy, tidy_code, tidy_digits};

fn all_digits(s: &str) -> bool {
    s.bytes().all(|b| b.is_ascii_digit())
}

/// A mobile number of the mainland: 11 digits, 13 to 19. `Debug` shows it masked.
#[derive(Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Mobile(String);

impl Mobile {
    /// Normalises (blanks, hyphens, `+86`) and checks. Number segments are not looked at: they change, and numbers are ported.
    ///
    /// # Errors
    /// `Missing` or `Mobile`.
    pub fn check(typed: &str) -> Result<Self, Fault> {
        let typed = tidy_digits(typed).replace(['(', ')'], "");
        if typed.is_empty() {
            return Err(Fault::Missing);
        }
        let country = ["+86", "0086", "86"].iter().find_map(|prefix| typed.strip_prefix(prefix)).filter(|rest| rest.len() == 11);
        let number = country.unwrap_or(&typed);
        let [b'1', b'3'..=b'9', rest @ ..] = number.as_bytes() else { return Err(Fault::Mobile) };
        if rest.len() != 9 || !all_digits(number) {
            return Err(Fault::Mobile);
        }
        Ok(Self(number.to_owned()))
    }

    /// The 11 digits.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Mobile {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Mobile({})", mask::mobile(&self.0))
    }
}

impl TryFrom<String> for Mobile {
    type Error = &'static str;

    fn try_from(number: String) -> Result<Self, Self::Error> {
        Self::check(&number).map_err(|_| "no mobile number")
    }
}

impl From<Mobile> for String {
    fn from(mobile: Mobile) -> Self {
        mobile.0
    }
}

/// A mobile number, a landline with area code (`0731-85165000`, extension as `-12`) or a 400/800 number, in canonical form.
///
/// # Errors
/// `Missing` or `Telephone`.
pub fn telephone(typed: &str) -> Result<String, Fault> {
    let code = tidy_code(typed);
    if code.is_empty() {
        return Err(Fault::Missing);
    }
    if let Ok(mobile) = Mobile::check(&code) {
        return Ok(mobile.0);
    }
    let joined = tidy_digits(&code);
    if joined.len() == 10 && all_digits(&joined) && (joined.starts_with("400") || joined.starts_with("800")) {
        return Ok(joined);
    }
    landline(&code).ok_or(Fault::Telephone)
}

fn landline(code: &str) -> Option<String> {
    let parts: Vec<&str> = code.split(['-', '(', ')', '转']).filter(|part| !part.is_empty()).collect();
    if !parts.iter().all(|part| all_digits(part)) || !code.trim_start_matches('(').starts_with('0') {
        return None;
    }
    let first = *parts.first()?;
    let (number, extension) = if first.len() <= 4 {
        (format!("{first}{}", parts.get(1)?), parts.get(2..)?)
    } else {
        (first.to_owned(), parts.get(1..)?)
    };
    let area = if number.starts_with("010") || number.starts_with("02") { 3 } else { 4 };
    let (area, local) = number.split_at_checked(area)?;
    if !(7..=8).contains(&local.len()) || (first.len() <= 4 && first != area) {
        return None;
    }
    match extension {
        [] => Some(format!("{area}-{local}")),
        [extension] if extension.len() <= 6 => Some(format!("{area}-{local}-{extension}")),
        _ => None,
    }
}

/// A postcode of six digits.
///
/// # Errors
/// `Missing` or `Postcode`.
pub fn postcode(typed: &str) -> Result<String, Fault> {
    let code = tidy_digits(typed);
    match code.len() {
        0 => Err(Fault::Missing),
        6 if all_digits(&code) => Ok(code),
        _ => Err(Fault::Postcode),
    }
}

/// An e-mail address by its outer shape; the domain in small letters.
///
/// # Errors
/// `Missing` or `Email`.
pub fn email(typed: &str) -> Result<String, Fault> {
    let address = half_width(&tidy(typed));
    if address.is_empty() {
        return Err(Fault::Missing);
    }
    let (local, host) = address.split_once('@').ok_or(Fault::Email)?;
    let host = host.to_ascii_lowercase();
    let local_fits = (1..=64).contains(&local.len())
        && local.split('.').all(|atom| !atom.is_empty())
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "!#$%&'*+-/=?^_`{|}~.".contains(c));
    let label_fits = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let top_fits = host.rsplit_once('.').is_some_and(|(_, top)| top.len() >= 2 && !top.starts_with(|c: char| c.is_ascii_digit()));
    if local_fits && top_fits && address.len() <= 254 && host.split('.').all(label_fits) {
        Ok(format!("{local}@{host}"))
    } else {
        Err(Fault::Email)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mobile_number_is_accepted_however_it_is_grouped() {
        for typed in [
            "13912345678",
            " 139 1234 5678\n",
            "139-1234-5678",
            "+8613912345678",
            "+86 139 1234 5678",
            "8613912345678",
            "008613912345678",
            "(+86)13912345678",
            "１３９１２３４５６７８",
            "\u{202D}13912345678\u{202C}",
        ] {
            assert_eq!(Mobile::check(typed).unwrap().as_str(), "13912345678", "{typed:?}");
        }
        for typed in
            ["12912345678", "1391234567", "139123456789", "23912345678", "1391234567a", "139123456७8", "8612345678901", "手机"]
        {
            assert_eq!(Mobile::check(typed), Err(Fault::Mobile), "{typed}");
        }
        assert_eq!(Mobile::check(" "), Err(Fault::Missing));
        assert_eq!(format!("{:?}", Mobile::check("13912345678").unwrap()), "Mobile(139****5678)");
    }

    #[test]
    fn a_telephone_number_gets_its_canonical_form() {
        for (typed, number) in [
            ("0731-85165000", "0731-85165000"),
            ("073185165000", "0731-85165000"),
            ("(0731)85165000", "0731-85165000"),
            ("（０７３１） 8516 5000", "0731-85165000"),
            ("010-12345678-123", "010-12345678-123"),
            ("02422704418转12", "024-22704418-12"),
            ("13912345678", "13912345678"),
            ("400-123-4567", "4001234567"),
        ] {
            assert_eq!(telephone(typed).as_deref(), Ok(number), "{typed}");
        }
        for typed in [
            "85165000",
            "0731-123456",
            "0731-8516500000",
            "031-85165000x",
            "0731-85165000-1234567",
            "0731",
            "010-1-2-3-4",
            "0",
            "电话",
        ] {
            assert_eq!(telephone(typed), Err(Fault::Telephone), "{typed}");
        }
        assert_eq!(telephone(""), Err(Fault::Missing));
    }

    #[test]
    fn a_postcode_has_six_digits() {
        assert_eq!(postcode("４１０００４ ").as_deref(), Ok("410004"));
        for typed in ["41000", "4100041", "41000a", "长沙"] {
            assert_eq!(postcode(typed), Err(Fault::Postcode), "{typed}");
        }
        assert_eq!(postcode(""), Err(Fault::Missing));
    }

    #[test]
    fn an_email_address_is_judged_by_its_outer_shape() {
        for (typed, address) in
            [("Li.Si@Example.COM", "Li.Si@example.com"), (" a+b@x-y.cn\n", "a+b@x-y.cn"), ("123＠qq．com", "123@qq.com")]
        {
            assert_eq!(email(typed).as_deref(), Ok(address), "{typed}");
        }
        for typed in [
            "a",
            "@x.cn",
            "a@",
            "a@x",
            "a@x.c",
            "a b@x.cn",
            "a@@x.cn",
            "a..b@x.cn",
            ".a@x.cn",
            "a@-x.cn",
            "a@x..cn",
            "a@1.2.3.44",
            "张@x.cn",
            "a@x.cn\r\nBcc: b@x.cn",
        ] {
            assert_eq!(email(typed), Err(Fault::Email), "{typed}");
        }
    }
}
