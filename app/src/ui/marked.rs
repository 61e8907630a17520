//! A picture with what a reviewer ringed round on it.

use domain::case::Mark;
use leptos::prelude::*;

/// The size that outlines are drawn in where the drawing is stretched over the picture.
const STRETCHED: (u32, u32) = (1000, 1000);

/// The picture, and the outlines over it; its name says that there are some.
pub fn marked<'a>(src: String, title: &str, marks: impl IntoIterator<Item = &'a Mark>) -> AnyView {
    let outline: String = marks.into_iter().map(|mark| mark.outline(STRETCHED)).collect();
    let alt = if outline.is_empty() { title.to_owned() } else { format!("{title}，用红框圈出了一处") };
    view! {
        <span class="marked">
            <img src=src alt=alt loading="lazy" />
            <svg viewBox="0 0 1000 1000" preserveAspectRatio="none" aria-hidden="true"><path d=outline /></svg>
        </span>
    }
    .into_any()
}
