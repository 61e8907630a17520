//! What the kind lays beside a case: sentences and a table, folded away. Nothing of it is judged.

use domain::case::Beside;
use domain::review::view::CaseView;
use leptos::prelude::*;

/// Each thing in a box of its own that opens by itself without scripts.
pub(super) fn beside(view: &CaseView) -> AnyView {
    if view.beside.is_empty() {
        return ().into_any();
    }
    let all = view.beside.iter().map(one).collect_view();
    view! {
        <section aria-labelledby="case-beside">
            <h2 id="case-beside">"相关记录"</h2>
            {all}
        </section>
    }
    .into_any()
}

fn one(of: &Beside) -> AnyView {
    let said = of.said.iter().map(|text| view! { <li>{text.clone()}</li> }).collect_view();
    // What has no table is a warning: nobody has to open it.
    view! {
        <details open=of.columns.is_empty()>
            <summary>{of.title.clone()}</summary>
            <ul>{said}</ul>
            {table(of)}
        </details>
    }
    .into_any()
}

fn table(of: &Beside) -> AnyView {
    if of.columns.is_empty() {
        return ().into_any();
    }
    if of.rows.is_empty() {
        return view! { <p class="hint">"还没有记录。"</p> }.into_any();
    }
    let heads = of.columns.iter().map(|name| view! { <th scope="col">{name.clone()}</th> }).collect_view();
    let row = |row: &Vec<String>| {
        let cells = of.columns.iter().zip(row);
        let cells = cells.map(|(name, text)| view! { <td data-label=name.clone()>{text.clone()}</td> });
        view! { <tr>{cells.collect_view()}</tr> }
    };
    let rows = of.rows.iter().map(row).collect_view();
    view! {
        <div class="table-wrap" tabindex="0" role="region" aria-label=of.title.clone()>
            <table>
                <thead><tr>{heads}</tr></thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
