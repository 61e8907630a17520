//! The choices of a list. Some have hundreds, which the server writes down as the text that their elements would make.

use leptos::prelude::*;
#[cfg(feature = "ssr")]
use leptos::tachys::html::InertElement;

/// Choices by group, the name of which may be empty; a stored value that is no longer in the list stays visible.
#[cfg(not(feature = "ssr"))]
pub(super) fn options(groups: Vec<(String, Vec<(String, String)>)>, value: &str) -> AnyView {
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
            html.push_str("<optgroup");
            attribute(&mut html, "label", &group);
            html.push('>');
        }
        for (code, label) in choices {
            html.push_str("<option");
            attribute(&mut html, "value", &code);
            if code == value {
                html.push_str(" selected");
            }
            html.push('>');
            // An empty text has a node too.
            text(&mut html, if label.is_empty() { " " } else { &label });
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
fn attribute(html: &mut String, name: &str, value: &str) {
    html.push(' ');
    html.push_str(name);
    html.push_str("=\"");
    text(html, value);
    html.push('"');
}

#[cfg(feature = "ssr")]
fn text(html: &mut String, text: &str) {
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
