use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// A division (行政区划); the parent of a province is the empty string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    pub code: String,
    pub name: String,
    pub parent: String,
    /// 1 province, 2 city, 3 county.
    pub level: u8,
}

/// The divisions by code (民政部 2024年中华人民共和国县以上行政区划代码).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Divisions(pub BTreeMap<String, Division>);

impl Divisions {
    #[must_use]
    pub fn get(&self, code: &str) -> Option<&Division> {
        self.0.get(code)
    }

    /// The divisions directly below one, by code.
    #[must_use]
    pub fn children(&self, parent: &str) -> Vec<&Division> {
        self.0.values().filter(|division| division.parent == parent).collect()
    }

    /// The division and what it lies in, from the province down.
    #[must_use]
    pub fn path(&self, code: &str) -> Vec<&Division> {
        let mut path = Vec::new();
        let mut next = self.get(code);
        // Three levels exist; the bound keeps a circle in the data from hanging the server.
        while let Some(division) = next.filter(|_| path.len() < 4) {
            path.push(division);
            next = self.get(&division.parent);
        }
        path.reverse();
        path
    }

    /// The full name, such as 云海省云中市云东区; empty for an unknown code. The group of the counties directly under a province
    /// (省直辖县级行政区划, `429000`) is no place and left out: 云海省云水市.
    #[must_use]
    pub fn path_label(&self, code: &str) -> String {
        let places = self.path(code).into_iter().filter(|division| !division.code.ends_with("9000"));
        places.map(|division| division.name.as_str()).collect()
    }

    /// The divisions of one province, itself included.
    #[must_use]
    pub fn within(&self, province: &str) -> Self {
        let is_inside = |code: &str| self.path(code).first().is_some_and(|top| top.code == province);
        Self(self.0.iter().filter(|(code, _)| is_inside(code)).map(|(code, division)| (code.clone(), division.clone())).collect())
    }
}
