use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::divisions::told;
use crate::id::BureauCode;

/// A finance bureau (财政局). Telephone, address and hours may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bureau {
    pub code: BureauCode,
    /// With the city before it, because names of districts repeat: 长沙市雨花区财政局.
    pub name: String,
    /// 1 province, 2 city, 3 county.
    pub level: u8,
    /// The bureau above it; the province's has none.
    pub parent: Option<BureauCode>,
    pub division: String,
    /// Whether people can choose it themselves.
    pub handles_direct: bool,
    pub address: String,
    pub phone: String,
    pub hours: String,
}

/// The bureaus by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Brief", into = "Brief")]
pub struct Bureaus(pub BTreeMap<BureauCode, Bureau>);

impl Bureaus {
    #[must_use]
    pub fn get(&self, code: &BureauCode) -> Option<&Bureau> {
        self.0.get(code)
    }

    /// The bureau that takes the cases of a division; a city's own division leads to the desk of the city.
    #[must_use]
    pub fn for_division(&self, division: &str) -> Option<&Bureau> {
        self.0.values().find(|bureau| bureau.division == division && bureau.handles_direct)
    }

    /// The bureaus that a person of a division can turn to: the division's own, then the desk of the city above it
    /// (手册丙 7: 匹配相应的会计管理部门，申报人自主选择). Empty where the division itself has none.
    #[must_use]
    pub fn matching(&self, division: &str) -> Vec<&Bureau> {
        let Some(own) = self.for_division(division) else { return Vec::new() };
        let city = self.parent(&own.code).filter(|bureau| bureau.level == 2 && bureau.handles_direct);
        std::iter::once(own).chain(city).collect()
    }

    /// The same without addresses and hours, which only a page of contacts shows of all of them, and without telephones where
    /// nobody chooses among bureaus.
    #[must_use]
    pub fn without_contacts(&self, has_phones: bool) -> Self {
        let bare = |bureau: &Bureau| Bureau {
            address: String::new(),
            phone: if has_phones { bureau.phone.clone() } else { String::new() },
            hours: String::new(),
            ..bureau.clone()
        };
        Self(self.0.iter().map(|(code, bureau)| (code.clone(), bare(bureau))).collect())
    }

    /// The bureau above.
    #[must_use]
    pub fn parent(&self, code: &BureauCode) -> Option<&Bureau> {
        self.get(code).and_then(|bureau| self.get(bureau.parent.as_ref()?))
    }

    /// Every bureau above, the nearest first.
    #[must_use]
    pub fn ancestors(&self, code: &BureauCode) -> Vec<&Bureau> {
        let mut above = Vec::new();
        let mut next = self.parent(code);
        while let Some(bureau) = next.filter(|_| above.len() < 4) {
            above.push(bureau);
            next = self.parent(&bureau.code);
        }
        above
    }

    /// Whether a bureau is the other one or stands below it.
    #[must_use]
    pub fn is_within(&self, bureau: &BureauCode, ancestor: &BureauCode) -> bool {
        self.get(bureau).is_some() && (bureau == ancestor || self.ancestors(bureau).iter().any(|above| above.code == *ancestor))
    }

    /// The bureaus directly below one, by code.
    #[must_use]
    pub fn children(&self, parent: &BureauCode) -> Vec<&Bureau> {
        self.0.values().filter(|bureau| bureau.parent.as_ref() == Some(parent)).collect()
    }
}

/// How the names of most bureaus end.
const ENDING: &str = "财政局";

/// Bureaus on their way to the browser: a line for each that is as most are, code, name without its ending and telephone, and
/// the others whole.
#[derive(Serialize, Deserialize)]
struct Brief(String, Vec<Bureau>);

impl From<Bureaus> for Brief {
    fn from(bureaus: Bureaus) -> Self {
        let line = |bureau: &Bureau| {
            let name = bureau.name.strip_suffix(ENDING)?;
            let text = if bureau.phone.is_empty() { name.to_owned() } else { format!("{name}|{}", bureau.phone) };
            let is_line = !text.contains(['\n', '\r']) && *bureau == usual(bureau.code.as_str(), &text);
            is_line.then(|| format!("{} {text}\n", bureau.code))
        };
        let (mut most, mut odd) = (String::new(), Vec::new());
        for bureau in bureaus.0.into_values() {
            match line(&bureau) {
                Some(line) => most.push_str(&line),
                None => odd.push(bureau),
            }
        }
        Self(most, odd)
    }
}

impl From<Brief> for Bureaus {
    fn from(Brief(most, odd): Brief) -> Self {
        let most = most.lines().filter_map(|line| line.split_once(' ')).map(|(code, text)| usual(code, text));
        Self(most.chain(odd).map(|bureau| (bureau.code.clone(), bureau)).collect())
    }
}

/// A bureau of the division with its code, below that of the division above, that takes cases and of
/// which no more than a telephone is known: `name` or `name|telephone`.
fn usual(code: &str, text: &str) -> Bureau {
    let (name, phone) = text.split_once('|').unwrap_or((text, ""));
    let ((level, parent), unknown) = (told(code), String::new);
    Bureau {
        division: code.to_owned(),
        code: code.into(),
        name: format!("{name}{ENDING}"),
        level,
        parent: BureauCode::given(&parent),
        handles_direct: true,
        address: unknown(),
        phone: phone.to_owned(),
        hours: unknown(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bureaus_arrive_as_they_left() {
        let plain = usual("430111", "长沙市雨花区");
        let odd = Bureau { code: "430112".into(), hours: "全天".to_owned(), ..plain.clone() };
        let told = Bureau { phone: "0731-1".to_owned(), ..usual("430121", "长沙县") };
        let strange = Bureau { phone: "1\n2".to_owned(), ..usual("430122", "望城") };
        let all = Bureaus([plain, odd, told, strange].map(|bureau| (bureau.code.clone(), bureau)).into());
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Bureaus>(&json).unwrap(), all);
        assert!(json.starts_with(r#"["430111 长沙市雨花区\n430121 长沙县|0731-1\n",[{"code":"430112","#), "{json}");
    }
}
