//! The files that a profile asks for, and how a photograph of the person has to be.

use serde::{Deserialize, Serialize};

use studio::Background;

use super::StepKey;
use super::steps::Condition;
use crate::intake::Item;
use crate::picture::MOST_BYTES_TO_CONVERT;

/// A file that is asked for when all conditions hold.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttachmentRules {
    /// Its name in addresses and items: small letters, digits and `_`.
    pub slot: String,
    /// As people read it above the slot.
    pub title: String,
    /// Why it is asked for, in one sentence.
    pub why: String,
    /// Empty where it is asked of everybody.
    #[serde(default)]
    pub when: Vec<Condition>,
    /// Whether nothing is submitted without it.
    #[serde(default)]
    pub required: bool,
    /// The most that the file may hold.
    pub max_bytes: u32,
    /// `jpg` and `png`.
    pub kinds: Vec<String>,
    /// How many pictures it takes, where the paper has several pages.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub most: u32,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_width: Option<u32>,
    /// In pixels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min_height: Option<u32>,
    /// The stem of the pictures under `/examples/`.
    pub example: String,
    /// Common mistakes, a line each.
    #[serde(default)]
    pub examples_wrong: Vec<String>,
    /// The name of a file under `/templates/`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// The side of the resident identity card that belongs here, where it has to be one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub face: Option<CardFace>,
    /// What makes a picture of a person out of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub photo: Option<PhotoRules>,
    /// Whether it is the form that is printed here, signed and photographed (手册丙 10).
    #[serde(default)]
    pub prints: bool,
    /// The answers that a reviewer compares with it: `step.field`, or `step.begin*` for all that begin so. No page of an
    /// accountant needs it.
    #[serde(default, skip_serializing)]
    pub proves: Vec<String>,
}

impl AttachmentRules {
    /// Whether a reviewer compares this answer with it, in whatever row that stands; `item` is such as `person.name`.
    #[must_use]
    pub fn is_proof_of(&self, item: &str) -> bool {
        Item::parse(item).is_some_and(|item| self.proves.iter().any(|pattern| fits(pattern, item.step, item.field)))
    }
}

/// Whether a field is what an entry of `proves` names.
pub(crate) fn fits(pattern: &str, step: StepKey, field: &str) -> bool {
    let Some((of, name)) = pattern.split_once('.') else { return false };
    of == step.as_str() && name.strip_suffix('*').map_or(name == field, |begin| field.starts_with(begin))
}

/// A side of the resident identity card.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardFace {
    /// 人像面, with the portrait and the number.
    Portrait,
    /// 国徽面, with the period of validity.
    Emblem,
}

/// How a photograph of the person has to be. The upper limit of its size is the slot's `max_bytes`.
#[derive(Clone, PartialEq, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PhotoRules {
    /// With `height` the proportion and the least size, in pixels.
    pub width: u32,
    /// With `width` the proportion and the least size, in pixels.
    pub height: u32,
    /// The least that the finished photograph may hold; 0 for no limit.
    #[serde(default)]
    pub min_bytes: u32,
    /// What may be sent for the server to cut and compress.
    #[serde(default = "ten_mebibytes")]
    pub max_original_bytes: u32,
    /// Any colour when empty.
    #[serde(default)]
    pub backgrounds: Vec<Background>,
    /// Whether 白边 is refused.
    #[serde(default)]
    pub no_white_border: bool,
}

fn one() -> u32 {
    1
}

fn is_one(most: &u32) -> bool {
    *most == 1
}

fn ten_mebibytes() -> u32 {
    10 * 1024 * 1024
}

impl AttachmentRules {
    /// The largest upload of which a JPEG is made: a photograph, or a file in a format that the slot does not keep.
    #[must_use]
    pub fn max_source(&self) -> u32 {
        self.photo.as_ref().map_or(MOST_BYTES_TO_CONVERT, |photo| photo.max_original_bytes).max(self.max_bytes)
    }

    /// The largest upload in a format that the slot keeps: of a photograph the original, which is made smaller.
    #[must_use]
    pub fn max_upload(&self) -> u32 {
        if self.photo.is_some() { self.max_source() } else { self.max_bytes }
    }

    /// What the studio asks of a photograph for this slot.
    #[must_use]
    pub fn studio(&self) -> Option<studio::Rules> {
        self.photo.as_ref().map(|photo| studio::Rules {
            width: photo.width,
            height: photo.height,
            min_bytes: photo.min_bytes,
            max_bytes: self.max_bytes,
            backgrounds: photo.backgrounds.clone(),
            no_white_border: photo.no_white_border,
        })
    }
}
