use crate::fault::Fault;
use crate::text::tidy;

/// The address of a page of another house: `https://school.example/login`. Nothing else gets into a policy of ours or a form that
/// leads away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WebAddress {
    text: String,
    origin: usize,
}

impl WebAddress {
    /// What was typed, where it is such an address. Without TLS only this machine itself is one, and only where `may_be_local`.
    ///
    /// # Errors
    /// `Missing`, `TooLong`, `Character` for what no address has, `NotInList` for another kind of address.
    pub fn check(typed: &str, may_be_local: bool) -> Result<Self, Fault> {
        let text = tidy(typed);
        if text.is_empty() {
            return Err(Fault::Missing);
        }
        if text.len() > 200 {
            return Err(Fault::TooLong(200));
        }
        if let Some(refused) = text.chars().find(|c| !c.is_ascii_alphanumeric() && !"-._~:/?&=%".contains(*c)) {
            return Err(Fault::Character(refused));
        }
        let is_this = |host: &str| text.strip_prefix(host).is_some_and(|rest| rest.is_empty() || rest.starts_with([':', '/']));
        let local = || ["http://127.0.0.1", "http://localhost"].into_iter().any(is_this);
        let start = if text.starts_with("https://") {
            "https://".len()
        } else if may_be_local && local() {
            "http://".len()
        } else {
            return Err(Fault::NotInList);
        };
        let authority = text.get(start..).unwrap_or_default().split(['/', '?']).next().unwrap_or_default();
        let (host, port) = authority.split_once(':').unwrap_or((authority, "443"));
        let is_host = !host.is_empty()
            && host.split('.').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-'));
        if !is_host || (!host.contains('.') && host != "localhost") || port.parse::<u16>().is_err() {
            return Err(Fault::NotInList);
        }
        let origin = start + authority.len();
        Ok(Self { text, origin })
    }

    /// The whole of it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Who it belongs to, as a policy names it: `https://school.example`.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.text.get(..self.origin).unwrap_or_default()
    }
}

/// Learning years as they are typed, `2026、2025`, or kept, `2026,2025`: the newest first, each once.
///
/// # Errors
/// `NotInList` for what is no year of four digits.
pub fn years_of(typed: &str) -> Result<Vec<i32>, Fault> {
    let parts = typed.split(|c: char| c.is_whitespace() || "、，,；;".contains(c)).filter(|part| !part.is_empty());
    let year = |part: &str| {
        let is_year = part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<i32>().ok().filter(|_| is_year).ok_or(Fault::NotInList)
    };
    let mut years = parts.map(year).collect::<Result<Vec<_>, _>>()?;
    years.sort_unstable_by(|a, b| b.cmp(a));
    years.dedup();
    Ok(years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_of_tls_and_says_whose_it_is() {
        let school = WebAddress::check(" https://study.example.cn:8443/in?from=kj ", false).unwrap();
        assert_eq!(
            (school.as_str(), school.origin()),
            ("https://study.example.cn:8443/in?from=kj", "https://study.example.cn:8443")
        );
        assert_eq!(WebAddress::check("https://a.cn", false).unwrap().origin(), "https://a.cn");
        for wrong in
            ["http://a.cn/", "ftp://a.cn", "https://", "https://a", "https://a..cn/", "https://a.cn:x/", "javascript:1", "//a.cn"]
        {
            assert_eq!(WebAddress::check(wrong, false), Err(Fault::NotInList), "{wrong}");
        }
        for (wrong, refused) in
            [("https://a.cn;script-src", ';'), ("https://u@a.cn", '@'), ("https://a.cn/'", '\''), ("https://网校.cn", '网')]
        {
            assert_eq!(WebAddress::check(wrong, false), Err(Fault::Character(refused)), "{wrong}");
        }
        assert!(WebAddress::check("http://localhost:4000/in", false).is_err());
        assert_eq!(WebAddress::check("http://localhost:4000/in", true).unwrap().origin(), "http://localhost:4000");
        assert!(WebAddress::check("http://localhost.evil.cn/in", true).is_err());
    }

    #[test]
    fn years_are_typed_as_people_write_them() {
        assert_eq!(years_of("2025、2026 2025"), Ok(vec![2026, 2025]));
        assert_eq!(years_of(""), Ok(vec![]));
        assert_eq!(years_of("26"), Err(Fault::NotInList));
    }
}
