//! The page to which signing in leads back: by what it is named. Many pages share an address and are told apart by its query.

/// What the query of a page says once, of something that was done, or of a search that the session keeps.
const SAID_ONCE: [&str; 11] = ["again", "came", "check", "done", "inside", "left", "not", "reject", "search", "still", "trouble"];

/// What names a page: its path, and what its query says of it in plain words. What was said once is no part of the name.
#[must_use]
pub fn name_of_page(address: &str) -> String {
    let whole = address.split('#').next().unwrap_or_default();
    let Some((path, query)) = whole.split_once('?') else { return whole.to_owned() };
    let names = |pair: &&str| {
        let word = pair.split('=').next().unwrap_or_default();
        !pair.is_empty() && is_plain(pair) && !SAID_ONCE.contains(&word)
    };
    let kept: Vec<&str> = query.split('&').filter(names).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}

/// Whether a query holds nothing but plain words.
pub(super) fn is_plain(query: &str) -> bool {
    query.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'=' | b'&'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_named_by_its_path_and_what_its_query_says_of_it() {
        for (address, name) in [
            ("/hunan/home", "/hunan/home"),
            ("/hunan/learning?employers=all", "/hunan/learning?employers=all"),
            ("/hunan/learning/conversions/c-1?employer=claim#slot-licence", "/hunan/learning/conversions/c-1?employer=claim"),
            ("/hunan/staff/queue?status=approved&kind=conversion", "/hunan/staff/queue?status=approved&kind=conversion"),
            // What was said once.
            ("/hunan/intake/person?check=1", "/hunan/intake/person"),
            ("/hunan/learning?employers=all&trouble=busy", "/hunan/learning?employers=all"),
            ("/hunan/settings?done=mobile&again=1", "/hunan/settings"),
            ("/hunan/staff/counter/mobile?search=abc", "/hunan/staff/counter/mobile"),
            // What somebody may have typed, and what could lead elsewhere.
            ("/hunan/hotlines?name=%E5%BC%A0", "/hunan/hotlines"),
            ("/hunan/learning?employers=all&to=//evil.example", "/hunan/learning?employers=all"),
            ("/hunan/learning?", "/hunan/learning"),
            ("", ""),
        ] {
            assert_eq!(name_of_page(address), name, "{address}");
        }
    }
}
