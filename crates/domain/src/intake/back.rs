//! Where a page of 信息采集 was opened from, and is left to: a word in its address and its form, never an address.

use serde::{Deserialize, Serialize};

/// The page that sent somebody to a step, a slot or an explanation, to which saving leads back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Back {
    /// 信息核对.
    Check,
    /// 需要修改的项目, after a return item by item.
    Amend,
}

impl Back {
    /// What a form or an address said; every other word is none, so that nobody is led elsewhere.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "check" => Some(Self::Check),
            "amend" => Some(Self::Amend),
            _ => None,
        }
    }

    /// The word, which is also the last part of the page's address.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Check => "check",
            Self::Amend => "amend",
        }
    }

    /// The address of a page that knows where it leads back to.
    #[must_use]
    pub fn on(back: Option<Self>, page: &str) -> String {
        let Some(back) = back else { return page.to_owned() };
        let (path, anchor) = page.split_once('#').map_or((page, String::new()), |(path, anchor)| (path, format!("#{anchor}")));
        let glue = if path.contains('?') { '&' } else { '?' };
        format!("{path}{glue}back={}{anchor}", back.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_two_pages_are_led_back_to() {
        for back in [Back::Check, Back::Amend] {
            assert_eq!(Back::parse(back.as_str()), Some(back));
        }
        for word in ["", "Check", "progress", "//evil.example", "https://evil.example", "check/../x"] {
            assert_eq!(Back::parse(word), None, "{word}");
        }
    }

    #[test]
    fn the_word_stands_before_the_place_on_the_page() {
        let on = |page| Back::on(Some(Back::Check), page);
        assert_eq!(on("/hunan/intake/person"), "/hunan/intake/person?back=check");
        assert_eq!(on("/hunan/intake/person?check=1#field-email"), "/hunan/intake/person?check=1&back=check#field-email");
        assert_eq!(Back::on(None, "/hunan/intake/person#x"), "/hunan/intake/person#x");
    }
}
