//! The only place with a text area: leptos 0.8 prints its content unescaped (see docs/adr/0001).

use leptos::prelude::*;

/// Escapes what would end the text area or begin a character reference.
pub fn escape(typed: &str) -> String {
    typed.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A text of several lines.
#[component]
pub fn TextArea(
    id: String,
    name: String,
    #[prop(into)] value: String,
    #[prop(optional)] rows: u32,
    #[prop(optional, into)] described_by: Signal<String>,
    #[prop(optional, into)] is_invalid: Signal<bool>,
) -> impl IntoView {
    // A line feed right after the tag is dropped when a document is read, so one is given away there.
    let dropped = if cfg!(feature = "ssr") { "\n" } else { "" };
    let inner = format!("{dropped}{}", escape(&value));
    view! {
        <textarea
            id=id
            name=name
            rows=if rows == 0 { 3 } else { rows }
            aria-describedby=move || Some(described_by.get()).filter(|ids| !ids.is_empty())
            aria-invalid=move || is_invalid.get().then_some("true")
            inner_html=inner
        ></textarea>
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn typed_markup_stays_text() {
        let shown = super::escape("</textarea><script>alert(1)</script>&amp;");
        assert_eq!(shown, "&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;");
    }
}
