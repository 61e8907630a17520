//! What the rules of a photograph must keep.

use super::parse::Faults;
use super::{AttachmentRules, PhotoRules};

/// The server reads no larger post.
const MAX_ORIGINAL: u32 = 10 * 1024 * 1024;

pub(super) fn photo(attachment: &AttachmentRules, photo: &PhotoRules, key: &str, faults: &mut Faults) {
    for (name, pixels) in [("width", photo.width), ("height", photo.height)] {
        if !(50..=studio::LONG_SIDE).contains(&pixels) {
            faults.push(format!("{key}.{name}"), format!("between 50 and {}", studio::LONG_SIDE));
        }
    }
    // Qualities come in steps; between bounds that are too near there may be none.
    if photo.min_bytes > attachment.max_bytes / 2 {
        faults.push(format!("{key}.min_bytes"), "at most half of `max_bytes` of the slot");
    }
    if photo.max_original_bytes < attachment.max_bytes || photo.max_original_bytes > MAX_ORIGINAL {
        faults.push(format!("{key}.max_original_bytes"), format!("between `max_bytes` of the slot and {MAX_ORIGINAL}"));
    }
    if photo.backgrounds.iter().enumerate().any(|(n, one)| photo.backgrounds[..n].contains(one)) {
        faults.push(format!("{key}.backgrounds"), "a colour stands twice");
    }
    if !attachment.kinds.iter().any(|kind| kind == "jpg") {
        faults.push(key, "the photograph is made as `jpg`, which the slot does not take");
    }
    if attachment.most != 1 {
        faults.push(key, "a person has one photograph, so that `most` must be 1");
    }
    if attachment.min_width.is_some() || attachment.min_height.is_some() {
        faults.push(key, "`width` and `height` here say what `min_width` and `min_height` of the slot would say");
    }
}
