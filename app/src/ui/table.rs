//! A table that scrolls by itself where it is wider than its page.

use leptos::prelude::*;

/// A table; `label` is its name for whoever does not see it.
pub fn table(label: String, heads: AnyView, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=label>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// The headings of its columns.
pub fn heads(words: &[&'static str]) -> AnyView {
    words.iter().map(|word| view! { <th scope="col">{*word}</th> }).collect_view().into_any()
}
