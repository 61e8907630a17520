//! What the button that opened the studio asks for.

use studio::{Background, Rules};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, HtmlInputElement};

use crate::dom;

/// What is made: a photograph in a proportion, or any picture, lighter and upright.
#[derive(Clone)]
pub enum What {
    Photo(Rules),
    Document { least: (u32, u32), max_bytes: u32 },
}

/// `data-studio-input` (id of the input), `-title`, `-least` (`295x413`), `-bytes` (`0-20480`), and for a photograph `-photo`,
/// `-backgrounds` (words), `-border` (`no`).
#[derive(Clone)]
pub struct Asked {
    pub opener: HtmlElement,
    pub input: HtmlInputElement,
    pub title: String,
    pub what: What,
}

impl Asked {
    pub fn of(opener: Element) -> Option<Self> {
        let say = |name: &str| opener.get_attribute(&format!("data-studio-{name}"));
        let input = dom::document()?.get_element_by_id(&say("input")?)?.dyn_into().ok()?;
        let least = pair(&say("least")?, 'x')?;
        let (min_bytes, max_bytes) = pair(&say("bytes")?, '-')?;
        let what = if say("photo").is_some() {
            let backgrounds = say("backgrounds").unwrap_or_default();
            What::Photo(Rules {
                width: least.0,
                height: least.1,
                min_bytes,
                max_bytes,
                backgrounds: backgrounds.split(' ').filter_map(Background::parse).collect(),
                no_white_border: say("border").is_some_and(|word| word == "no"),
            })
        } else {
            What::Document { least, max_bytes }
        };
        Some(Self { title: say("title")?, input, what, opener: opener.dyn_into().ok()? })
    }
}

fn pair(text: &str, between: char) -> Option<(u32, u32)> {
    let (one, other) = text.split_once(between)?;
    Some((one.parse().ok()?, other.parse().ok()?))
}
