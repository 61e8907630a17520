//! The rows of a long table. The server writes them down as the text that their elements would make (docs/adr/0048).

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;

#[cfg(not(feature = "ssr"))]
pub use elements as rows;

/// What stands in a cell; never two words behind each other.
#[derive(Clone)]
pub enum Piece {
    Words(String),
    Marked { class: &'static str, words: String },
    Time { at: String, words: String },
}

impl Piece {
    /// A number or a text as words.
    pub fn said(what: impl ToString) -> Self {
        Self::Words(what.to_string())
    }
}

/// A cell: its class, and the name of its column, for where the rows are cards.
#[derive(Clone)]
pub struct Cell {
    pub label: &'static str,
    pub class: &'static str,
    pub pieces: Vec<Piece>,
}

/// A row: its number, where that leads, and its cells.
#[derive(Clone)]
pub struct Row {
    pub href: String,
    pub number: String,
    pub cells: Vec<Cell>,
}

/// The rows. Their roles are said where the style sheet makes cards of them: a browser that lays them out as blocks forgets
/// that they are a table.
#[cfg(any(test, not(feature = "ssr")))]
pub fn elements(rows: Vec<Row>) -> AnyView {
    let cell = |Cell { label, class, pieces }: Cell| {
        let pieces = pieces.into_iter().map(piece).collect_view();
        view! { <td role="cell" class=class data-label=label>{pieces}</td> }
    };
    rows.into_iter()
        .map(|row| {
            let cells = row.cells.into_iter().map(cell).collect_view();
            view! {
                <tr role="row">
                    <th scope="row" role="rowheader" class="code"><a href=row.href>{row.number}</a></th>
                    {cells}
                </tr>
            }
        })
        .collect_view()
        .into_any()
}

#[cfg(any(test, not(feature = "ssr")))]
fn piece(piece: Piece) -> AnyView {
    match piece {
        Piece::Words(words) => words.into_any(),
        Piece::Marked { class, words } => view! { <span class=class>{words}</span> }.into_any(),
        Piece::Time { at, words } => view! { <time datetime=at>{words}</time> }.into_any(),
    }
}

/// The mark that leptos puts behind the children of an element, and behind the last one of several.
#[cfg(feature = "ssr")]
const END: &str = "<!>";

#[cfg(feature = "ssr")]
pub fn rows(rows: Vec<Row>) -> AnyView {
    InertElement::new(text(rows)).into_any()
}

#[cfg(feature = "ssr")]
fn text(rows: Vec<Row>) -> String {
    let mut html = String::with_capacity(rows.len() * 1536);
    for row in rows {
        put(&mut html, &["<tr role=\"row\"><th scope=\"row\" role=\"rowheader\" class=\"code\"><a href=\""], &row.href, "\">");
        put(&mut html, &[], &row.number, "<!></a><!></th>");
        for Cell { label, class, pieces } in row.cells {
            put(&mut html, &["<td role=\"cell\" data-label=\""], label, "\" class=\"");
            put(&mut html, &[], class, "\">");
            for piece in pieces {
                match piece {
                    // An empty text has a node too.
                    Piece::Words(words) => put(&mut html, &[], if words.is_empty() { " " } else { &words }, ""),
                    Piece::Marked { class, words } => {
                        put(&mut html, &["<span class=\""], class, "\">");
                        put(&mut html, &[], &words, "<!></span>");
                    }
                    Piece::Time { at, words } => {
                        put(&mut html, &["<time datetime=\""], &at, "\">");
                        put(&mut html, &[], &words, "<!></time>");
                    }
                }
            }
            html.push_str("<!><!></td>");
        }
        html.push_str("<!><!><!></tr>");
    }
    html.push_str(END);
    html
}

#[cfg(feature = "ssr")]
fn put(html: &mut String, before: &[&str], text: &str, after: &str) {
    before.iter().for_each(|before| html.push_str(before));
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let escaped = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            _ => continue,
        };
        html.push_str(&text[from..at]);
        html.push_str(escaped);
        from = at + 1;
    }
    html.push_str(&text[from..]);
    html.push_str(after);
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// The browser looks for what leptos would have drawn, mark by mark.
    #[test]
    fn rows_are_written_as_leptos_would_draw_them() {
        let words = |words: &str| Piece::Words(words.to_owned());
        let marked = |words: &str| Piece::Marked { class: "tag tag--orange", words: words.to_owned() };
        let cell = |class, pieces| Cell { label: "a \"列\"", class, pieces };
        let time = Piece::Time { at: "2026-12-01T00:00:00Z".into(), words: "12月1日".into() };
        let row = |cells| Row { href: "/a?b=1&c=\"2\"".into(), number: "编号 <1>".into(), cells };
        for rows in [
            Vec::new(),
            vec![row(Vec::new())],
            vec![row(vec![cell("", vec![]), cell("number", vec![words("3")]), cell("", vec![words("")])])],
            vec![
                row(vec![cell("", vec![marked("a & b"), words("<"), marked("'c'")])]),
                row(vec![cell("", vec![time, words("末")])]),
            ],
        ] {
            assert_eq!(text(rows.clone()), elements(rows).to_html());
        }
    }
}
