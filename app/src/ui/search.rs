//! What lists that can be searched have in common.

use leptos::prelude::*;

/// Says that the words of an old address are forgotten: addresses hold none.
pub fn search_is_over(is_over: bool) -> AnyView {
    is_over
        .then(
            || view! { <div class="notice notice--info"><p>"刚才的查询已经过期，现在显示的是全部。请重新输入后再查。"</p></div> },
        )
        .into_any()
}

/// An address with those questions that are not empty.
pub fn address(path: &str, questions: &[(&str, &str)]) -> String {
    let pairs = questions.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", encoded(value))).collect();
    format!("{path}?{}", pairs.join("&"))
}

fn encoded(value: &str) -> String {
    let byte = |byte: u8| match byte {
        b'0'..=b'9' | b'A'..=b'Z' | b'a'..=b'z' | b'-' | b'_' | b'.' => char::from(byte).to_string(),
        other => format!("%{other:02X}"),
    };
    value.bytes().map(byte).collect()
}
