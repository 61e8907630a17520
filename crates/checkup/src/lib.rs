//! 证据体检: what a person may want to know of the picture of a paper before it is sent (ux "beyond every peer" 1). Advice, never a
//! verdict: nothing here refuses a file, and the server does not ask it. Pixels go in, findings come out; decoding is left to
//! whoever has a codec.

mod card;
mod cut;
mod desk;
mod facts;
mod focus;
mod glare;
mod plane;
mod print;
mod screen;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
mod tilt;
pub mod words;

#[cfg(test)]
mod tests;

pub use card::Face;
pub use facts::{Facts, is_from_camera};
pub use print::Print;

use plane::Plane;
use studio::{Picture, Pixels, scale, within};

/// The longer side of what is looked at, in pixels: small enough for an old telephone, large enough for the strokes of a page.
pub const WORKING: u32 = 1000;
/// For what is seen in colours and large shapes.
const SMALL: u32 = 240;
/// On less than this nothing can be read, and so nothing is said.
const LEAST: u32 = 100;
/// The lightest parts of a paper that was exposed well are lighter than this.
const DARK: u8 = 102;

/// A side of the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Left,
    Top,
    Right,
    Bottom,
}

/// What was seen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// No edge is sharp.
    Blurred,
    /// Even the paper is dark.
    Dark,
    /// A lamp or window is mirrored and hides what lies below.
    Glare,
    /// The lines run askew, by so many degrees.
    Tilted(u8),
    /// The paper goes on beyond these sides.
    Cut(Vec<Side>),
    /// The other side of the identity card than the slot asks for.
    Swapped { asked: Face },
    /// A picture of a screen's contents.
    Screenshot,
    /// The same picture as in the slot of this title.
    Twin(String),
}

/// What a look at a picture tells.
pub struct Seen {
    pub findings: Vec<Finding>,
    /// By which the same picture is known again.
    pub print: Print,
}

/// Looks at a picture of a paper whose longer side has at most [`WORKING`] pixels; larger ones are made smaller first. `face` is the side of
/// the identity card that the slot asks for.
#[must_use]
pub fn look(picture: &dyn Pixels, facts: &Facts, face: Option<Face>) -> Seen {
    let (width, height) = picture.size();
    let large = (width.max(height) > WORKING).then(|| reduced(picture, WORKING));
    let picture = large.as_ref().map_or(picture, |large| large);
    let middle = reduced(picture, WORKING / 2);
    let print = Print::of(&middle);
    let findings = if width.min(height) < LEAST { Vec::new() } else { findings(picture, &middle, facts, face) };
    Seen { findings, print }
}

fn findings(picture: &dyn Pixels, middle: &Picture, facts: &Facts, face: Option<Face>) -> Vec<Finding> {
    let sharp = Plane::of(picture);
    if screen::is_screenshot(&sharp, facts) {
        return vec![Finding::Screenshot];
    }
    let small = reduced(middle, SMALL);
    // In the dark nothing else can be told, and light may mend it all.
    if Plane::of(&small).quantile(0.97) < DARK {
        return vec![Finding::Dark];
    }
    let mut found = Vec::new();
    if focus::is_blurred(&sharp) {
        found.push(Finding::Blurred);
    }
    if glare::is_there(&small) {
        found.push(Finding::Glare);
    }
    if let Some(degrees) = tilt::degrees(&Plane::of(middle)) {
        found.push(Finding::Tilted(degrees));
    }
    let sides = cut::sides(&small);
    if !sides.is_empty() {
        found.push(Finding::Cut(sides));
    }
    if let Some(asked) = face.filter(|asked| card::face(&small).is_some_and(|seen| seen != *asked)) {
        found.push(Finding::Swapped { asked });
    }
    found
}

fn reduced(picture: &dyn Pixels, long: u32) -> Picture {
    let whole = picture.whole();
    let (width, height) = within(whole.width, whole.height, long);
    scale(picture, whole, width, height)
}
