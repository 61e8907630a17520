//! Where records may go, and where they may come from.

use serde::Deserialize;

/// The provinces and the cities that keep records of their own, from `provinces/data/places.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Places {
    /// In the order of the list that people choose from.
    #[serde(rename = "place")]
    pub places: Vec<Place>,
}

/// A province, or a city that keeps records of its own (大连, 宁波, …).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// What packages name it by; that of its profile where it is served here.
    pub key: String,
    /// As people call it.
    pub name: String,
    /// The `age` recipient (X25519) that its packages are locked for; `None` where a generated passphrase locks them.
    #[serde(default)]
    pub recipient: Option<String>,
    /// By which its signatures are verified; none where it is served here, and where it is not known yet.
    #[serde(default)]
    pub keys: Vec<PlaceKey>,
}

/// A public key of a place (RFC 8037).
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PlaceKey {
    /// 密钥编号.
    pub id: String,
    /// The Ed25519 key in base64url.
    pub x: String,
}

impl Places {
    /// The place of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Place> {
        self.places.iter().find(|place| place.key == key)
    }

    /// Everywhere but a place itself.
    pub fn but<'a>(&'a self, key: &'a str) -> impl Iterator<Item = &'a Place> {
        self.places.iter().filter(move |place| place.key != key)
    }
}
