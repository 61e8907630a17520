//! A table of a plain page: on a telephone each row is a card.

use leptos::prelude::*;

/// A table; `label` is its name for whoever does not see it. The first cell of a row names it.
pub(super) fn table(label: String, heads: &[&str], rows: Vec<Vec<AnyView>>) -> AnyView {
    let columns: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
    let row = |cells: Vec<AnyView>| {
        let cell = |(nth, (cell, column)): (usize, (AnyView, &String))| match nth {
            0 => view! { <th scope="row">{cell}</th> }.into_any(),
            _ => view! { <td data-label=column.clone()><div>{cell}</div></td> }.into_any(),
        };
        view! { <tr>{cells.into_iter().zip(&columns).enumerate().map(cell).collect_view()}</tr> }
    };
    let rows = rows.into_iter().map(row).collect_view();
    let heads = columns.iter().map(|head| view! { <th scope="col">{head.clone()}</th> }).collect_view();
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
