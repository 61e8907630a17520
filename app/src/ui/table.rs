//! A table of which each row is a card on a telephone.

use leptos::prelude::*;

/// A table; `label` is its name for whoever does not see it. A cell says by `data-label` what it is; the head of its row needs not.
pub fn table(label: String, heads: AnyView, rows: Vec<AnyView>) -> AnyView {
    view! {
        <div class="table-wrap table-wrap--cards" tabindex="0" role="region" aria-label=label>
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
