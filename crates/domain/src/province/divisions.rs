use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::bureaus::BETWEEN;

/// A division (行政区划); the parent of a province is the empty string.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Division {
    /// Six digits.
    pub code: String,
    /// Without the divisions above it.
    pub name: String,
    /// The code of the division above; empty for a province.
    pub parent: String,
    /// 1 province, 2 city, 3 county.
    pub level: u8,
}

/// The divisions by code (民政部 2024年中华人民共和国县以上行政区划代码).
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct Divisions(pub BTreeMap<String, Division>);

impl Divisions {
    /// The division of this code.
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

/// On the way to the browser in one text: code and name, and level and parent where the code does not tell them
/// (GB/T 2260): `430111 雨花区`, `429004,2,420000 仙桃市`.
impl From<Divisions> for String {
    fn from(divisions: Divisions) -> Self {
        let line = |Division { code, name, parent, level }: Division| match (level, parent.clone()) == told(&code) {
            true => format!("{code} {name}{BETWEEN}"),
            false => format!("{code},{level},{parent} {name}{BETWEEN}"),
        };
        divisions.0.into_values().map(line).collect()
    }
}

impl From<String> for Divisions {
    fn from(text: String) -> Self {
        let division = |line: &str| {
            let (head, name) = line.split_once(' ')?;
            let (code, level, parent) = match head.split_once(',') {
                None => (head, told(head).0, told(head).1),
                Some((code, odd)) => {
                    let (level, parent) = odd.split_once(',')?;
                    (code, level.parse().ok()?, parent.to_owned())
                }
            };
            Some((code.to_owned(), Division { code: code.to_owned(), name: name.to_owned(), parent, level }))
        };
        Self(text.split(BETWEEN).filter_map(division).collect())
    }
}

/// The level and the parent that a code of six digits tells: 2 for the province, 2 for the city, 2 for the county.
pub(super) fn told(code: &str) -> (u8, String) {
    match (code.get(..2), code.get(..4)) {
        _ if code.ends_with("0000") => (1, String::new()),
        (Some(province), _) if code.ends_with("00") => (2, format!("{province}0000")),
        (_, Some(city)) => (3, format!("{city}00")),
        _ => (0, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn divisions_arrive_as_they_left_whatever_their_codes_tell() {
        let division = |code: &str, parent: &str, level| {
            let division = Division { code: code.into(), name: format!("{code}区"), parent: parent.into(), level };
            (division.code.clone(), division)
        };
        let rows = [("430000", "", 1), ("430100", "430000", 2), ("430111", "430100", 3), ("429004", "420000", 2)];
        let all = Divisions(rows.map(|(code, parent, level)| division(code, parent, level)).into());
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Divisions>(&json).unwrap(), all);
        assert!(json.contains("430111 430111区") && json.contains("429004,2,420000 429004区"), "{json}");
    }
}
