//! The choices of a list. Some have hundreds, which the server writes down as the text that their elements would make.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;

#[cfg(not(feature = "ssr"))]
pub(super) use elements as options;

/// Choices by group, the name of which may be empty; a stored value that is no longer in the list stays visible.
#[cfg(any(test, not(feature = "ssr")))]
pub(super) fn elements(groups: Vec<(String, Vec<(String, String)>)>, value: &str) -> AnyView {
    let draw = |choices: Vec<(String, String)>| {
        choices
            .into_iter()
            .map(|(code, label)| {
                let is_chosen = code == value;
                view! { <option value=code selected=is_chosen>{label}</option> }
            })
            .collect_view()
    };
    groups
        .into_iter()
        .map(|(group, choices)| {
            let choices = draw(choices);
            if group.is_empty() { choices.into_any() } else { view! { <optgroup label=group>{choices}</optgroup> }.into_any() }
        })
        .collect_view()
        .into_any()
}

/// The mark that leptos puts behind the children of an element, and behind the last one of several.
#[cfg(feature = "ssr")]
const END: &str = "<!>";

#[cfg(feature = "ssr")]
pub(super) fn options(groups: Vec<(String, Vec<(String, String)>)>, value: &str) -> AnyView {
    let mut html = String::with_capacity(64 * groups.iter().map(|(_, choices)| choices.len()).sum::<usize>());
    for (group, choices) in groups {
        if !group.is_empty() {
            html.push_str("<optgroup label=\"");
            write(&mut html, &group);
            html.push_str("\">");
        }
        for (code, label) in choices {
            html.push_str("<option value=\"");
            write(&mut html, &code);
            html.push_str(if code == value { "\" selected>" } else { "\">" });
            // An empty text has a node too.
            write(&mut html, if label.is_empty() { " " } else { &label });
            html.push_str(END);
            html.push_str("</option>");
        }
        html.push_str(END);
        if !group.is_empty() {
            html.push_str(END);
            html.push_str("</optgroup>");
        }
    }
    html.push_str(END);
    InertElement::new(html).into_any()
}

#[cfg(feature = "ssr")]
fn write(html: &mut String, text: &str) {
    for sign in text.chars() {
        match sign {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            other => html.push(other),
        }
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    /// The browser looks for what leptos would have drawn, mark by mark.
    #[test]
    fn what_is_written_is_what_leptos_would_draw() {
        let pair = |code: &str, label: &str| (code.to_owned(), label.to_owned());
        let some = vec![pair("1", "汉族"), pair("2", "a < b & c > d"), pair("\"3\"", "")];
        for groups in [
            Vec::new(),
            vec![(String::new(), some.clone())],
            vec![("长沙市".to_owned(), some.clone()), ("其他 \"&\"".to_owned(), Vec::new())],
            vec![(String::new(), some.clone()), ("株洲市".to_owned(), some)],
        ] {
            for value in ["", "1", "\"3\""] {
                assert_eq!(options(groups.clone(), value).to_html(), elements(groups.clone(), value).to_html());
            }
        }
    }
}
