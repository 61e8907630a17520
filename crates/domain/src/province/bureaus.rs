use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::divisions::told;
use crate::id::BureauCode;

/// A finance bureau (财政局). Telephone, address and hours may be empty.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bureau {
    /// 财政局代码.
    pub code: BureauCode,
    /// Of a district with the city before it, because names of districts repeat: 长沙市雨花区财政局, 长沙县财政局.
    pub name: String,
    /// 1 province, 2 city, 3 county.
    pub level: u8,
    /// The bureau above it; the province's has none.
    pub parent: Option<BureauCode>,
    /// 行政区划 whose bureau it is.
    pub division: String,
    /// Whether people can choose it themselves.
    pub handles_direct: bool,
    /// Street and number; may be empty.
    pub address: String,
    /// 咨询电话; may be empty.
    pub phone: String,
    /// When the telephone is answered; may be empty.
    pub hours: String,
}

impl Bureau {
    /// What its desk is called: that of a city is not the bureau of its districts (手册丙 12: 沈阳市财政局本级).
    #[must_use]
    pub fn desk(&self) -> String {
        let own = if self.level == 2 && self.handles_direct { "本级" } else { "" };
        format!("{}{own}", self.name)
    }
}

/// The bureaus by code.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Brief", into = "Brief")]
pub struct Bureaus(pub BTreeMap<BureauCode, Bureau>);

impl Bureaus {
    /// The bureau of this code.
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

    /// A bureau that the province has and every one below it, by code. Each look at the list finds those of the next level.
    #[must_use]
    pub fn within(&self, ancestor: &BureauCode) -> BTreeSet<&BureauCode> {
        let mut found: BTreeSet<&BureauCode> = self.0.get_key_value(ancestor).map(|(code, _)| code).into_iter().collect();
        let mut newest: Vec<&BureauCode> = found.iter().copied().collect();
        while !newest.is_empty() {
            let is_below = |bureau: &&Bureau| bureau.parent.as_ref().is_some_and(|parent| newest.contains(&parent));
            newest = self.0.values().filter(is_below).map(|bureau| &bureau.code).filter(|code| found.insert(code)).collect();
        }
        found
    }

    /// The bureaus directly below one, by code.
    #[must_use]
    pub fn children(&self, parent: &BureauCode) -> Vec<&Bureau> {
        self.0.values().filter(|bureau| bureau.parent.as_ref() == Some(parent)).collect()
    }
}

/// How the names of most bureaus end.
const ENDING: &str = "财政局";

/// What stands between two of them; a line end would be three signs in a page.
pub(super) const BETWEEN: char = ';';

/// Stands for the name of the bureau above, which most begin with.
const ABOVE: char = '~';

/// Bureaus on their way to the browser: in one text those that are as most are, code, name without its ending and telephone, and
/// the others whole.
#[derive(Serialize, Deserialize)]
struct Brief(String, Vec<Bureau>);

impl From<Bureaus> for Brief {
    fn from(bureaus: Bureaus) -> Self {
        let (mut most, mut odd, mut stems) = (String::new(), Vec::new(), BTreeMap::new());
        for bureau in bureaus.0.into_values() {
            match told_in_brief(&bureau, &stems) {
                Some(text) => {
                    most.push_str(&format!("{} {text}{BETWEEN}", bureau.code));
                    stems.insert(bureau.code.to_string(), stem(&bureau).unwrap_or_default().to_owned());
                }
                None => odd.push(bureau),
            }
        }
        Self(most, odd)
    }
}

impl From<Brief> for Bureaus {
    fn from(Brief(most, odd): Brief) -> Self {
        let (mut bureaus, mut stems) = (BTreeMap::new(), BTreeMap::new());
        for (code, text) in most.split(BETWEEN).filter_map(|line| line.split_once(' ')) {
            let bureau = usual(code, text, &stems);
            stems.insert(code.to_owned(), stem(&bureau).unwrap_or_default().to_owned());
            bureaus.insert(bureau.code.clone(), bureau);
        }
        bureaus.extend(odd.into_iter().map(|bureau| (bureau.code.clone(), bureau)));
        Self(bureaus)
    }
}

fn stem(bureau: &Bureau) -> Option<&str> {
    bureau.name.strip_suffix(ENDING)
}

/// What tells a bureau beside its code, where that tells all of it. `stems` are the names of those that were told before.
fn told_in_brief(bureau: &Bureau, stems: &BTreeMap<String, String>) -> Option<String> {
    let name = stem(bureau)?;
    let above = stems.get(&told(bureau.code.as_str()).1).filter(|above| !above.is_empty());
    let short = match above.and_then(|above| name.strip_prefix(above.as_str())) {
        Some(rest) => format!("{ABOVE}{rest}"),
        None => name.to_owned(),
    };
    let text = if bureau.phone.is_empty() { short } else { format!("{short}|{}", bureau.phone) };
    let is_whole = !text.contains(BETWEEN) && *bureau == usual(bureau.code.as_str(), &text, stems);
    is_whole.then_some(text)
}

/// A bureau of the division with its code, below that of the division above, that takes cases and of
/// which no more than a telephone is known: `name` or `name|telephone`.
fn usual(code: &str, text: &str, stems: &BTreeMap<String, String>) -> Bureau {
    let (name, phone) = text.split_once('|').unwrap_or((text, ""));
    let ((level, parent), unknown) = (told(code), String::new);
    let name = match name.strip_prefix(ABOVE) {
        Some(rest) => format!("{}{rest}", stems.get(&parent).map_or("", String::as_str)),
        None => name.to_owned(),
    };
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
        let usual = |code: &str, text: &str| super::usual(code, text, &BTreeMap::new());
        let city = usual("430100", "长沙市");
        let plain = usual("430111", "长沙市雨花区");
        let odd = Bureau { code: "430112".into(), hours: "全天".to_owned(), ..plain.clone() };
        let told = Bureau { phone: "0731-1".to_owned(), ..usual("430121", "长沙县") };
        let strange = Bureau { phone: "1;2".to_owned(), ..usual("430122", "望城") };
        let tilde = Bureau { name: "~宁乡财政局".to_owned(), ..usual("430124", "宁乡") };
        let all = Bureaus([city, plain, odd, told, strange, tilde].map(|bureau| (bureau.code.clone(), bureau)).into());
        let json = serde_json::to_string(&all).unwrap();
        assert_eq!(serde_json::from_str::<Bureaus>(&json).unwrap(), all);
        assert!(json.starts_with(r#"["430100 长沙市;430111 ~雨花区;430121 长沙县|0731-1;",[{"code":"430112","#), "{json}");
    }
}
