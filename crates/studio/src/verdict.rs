//! What is wrong with a photograph, and which part of it is taken.

use crate::background::{self, Background};
use crate::border::{self, Border};
use crate::crop::largest;
use crate::enlarged::is_enlarged;
use crate::pixels::{Pixels, Rect};

/// What a province asks of a photograph. `width` and `height` are proportion and least pixels; an empty list of
/// backgrounds permits any.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rules {
    pub width: u32,
    pub height: u32,
    pub min_bytes: u32,
    pub max_bytes: u32,
    pub backgrounds: Vec<Background>,
    pub no_white_border: bool,
}

/// Why a photograph cannot be taken. The sentences are in [`crate::words`].
#[derive(Clone, Debug, PartialEq, Eq)]
#[cfg_attr(feature = "serde", derive(serde::Serialize, serde::Deserialize))]
pub enum Flaw {
    /// Another colour than the permitted ones; `None` is a colour without a name here, or several.
    Background { found: Option<Background>, allowed: Vec<Background> },
    /// A white border, and too few pixels when it is cut off.
    WhiteBorder { width: u32, height: u32 },
    /// In the proportion there are `found_width` × `found_height` pixels, fewer than `width` × `height`.
    Small { width: u32, height: u32, found_width: u32, found_height: u32 },
    /// A small picture that was made large.
    Enlarged,
    /// However good, the file stays below the lower bound.
    Light { min_bytes: u32, bytes: u32 },
    /// However bad, the file stays above the upper bound.
    Heavy { max_bytes: u32, bytes: u32 },
}

impl Flaw {
    /// Its name, the same on the wire and in the studio.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            Self::Background { .. } => "Background",
            Self::WhiteBorder { .. } => "WhiteBorder",
            Self::Small { .. } => "Small",
            Self::Enlarged => "Enlarged",
            Self::Light { .. } => "Light",
            Self::Heavy { .. } => "Heavy",
        }
    }
}

/// What was measured. `part` is what would be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verdict {
    pub border: Border,
    pub background: Option<Background>,
    pub part: Rect,
    pub flaw: Option<Flaw>,
}

/// Looks at a photograph. Without a `part` that somebody chose, it is the largest in the proportion, after a white border was cut
/// off; a chosen part must not hold a border.
pub fn judge(source: &dyn Pixels, rules: &Rules, part: Option<Rect>) -> Verdict {
    let is_enough = |part: Rect| part.width >= rules.width && part.height >= rules.height;
    let size = (rules.width, rules.height);
    let whole = part.unwrap_or_else(|| source.whole());
    let border = border::find(source, whole);
    let uncut = part.unwrap_or_else(|| largest(whole, size));
    let cut = if part.is_none() { largest(border.cut(whole), size) } else { uncut };
    let keeps_border = border.is_there() && (part.is_some() || !is_enough(cut));
    // Where a border is permitted, it stays rather than making the picture too small.
    let part = if keeps_border { uncut } else { cut };
    let background = background::measure(source, if keeps_border { border.cut(whole) } else { part });
    let flaw = match () {
        () if !is_enough(part) => {
            let Rect { width: found_width, height: found_height, .. } = part;
            Some(Flaw::Small { width: rules.width, height: rules.height, found_width, found_height })
        }
        () if keeps_border && rules.no_white_border => Some(Flaw::WhiteBorder { width: rules.width, height: rules.height }),
        () if !rules.backgrounds.is_empty() && background.is_none_or(|found| !rules.backgrounds.contains(&found)) => {
            Some(Flaw::Background { found: background, allowed: rules.backgrounds.clone() })
        }
        () if is_enlarged(source, part, size) => Some(Flaw::Enlarged),
        () => None,
    };
    Verdict { border, background, part, flaw }
}
