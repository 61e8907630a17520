//! Texts and words made comparable for the search: letters and digits alone, and the pinyin initial of each character.

use domain::portal::Text;
use domain::text::half_width;
use pinyin::ToPinyin;
use store::portal::search::{Pattern, WORDS};
use store::portal::version::Index;

use super::markdown;

/// Words of the trade in which a character is not read as it mostly is.
const READ: [(&str, &str); 26] = [
    ("会计", "kj"),
    ("重新", "cx"),
    ("重复", "cf"),
    ("重庆", "cq"),
    ("银行", "yh"),
    ("行业", "hy"),
    ("央行", "yh"),
    ("发行", "fx"),
    ("行政", "xz"),
    ("长沙", "cs"),
    ("长期", "cq"),
    ("局长", "jz"),
    ("厅长", "tz"),
    ("校长", "xz"),
    ("调整", "tz"),
    ("调解", "tj"),
    ("调查", "dc"),
    ("调动", "dd"),
    ("调转", "dz"),
    ("调入", "dr"),
    ("调出", "dc"),
    ("校验", "jy"),
    ("校对", "jd"),
    ("税率", "sl"),
    ("利率", "ll"),
    ("朝阳", "cy"),
];
/// Stands for a character without a reading.
const UNREAD: char = '~';

/// Letters, digits and characters, small and of one width, without what stands between them.
pub(super) fn folded(text: &str) -> String {
    half_width(text).chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

fn letter(c: char) -> char {
    match c.to_pinyin() {
        Some(pinyin) => pinyin.first_letter().chars().next().unwrap_or(UNREAD),
        None if c.is_ascii_alphanumeric() => c,
        None => UNREAD,
    }
}

/// A letter for each character, whatever stands beside it: what is part of a text has a shape that is part of the text's.
fn shape(folded: &str) -> String {
    folded.chars().map(letter).collect()
}

/// The initials as people say them.
fn initials(folded: &str) -> String {
    let (mut initials, mut rest) = (String::with_capacity(folded.len()), folded);
    while let Some(first) = rest.chars().next() {
        let (read, word) = match READ.iter().find(|(word, _)| rest.starts_with(word)) {
            Some((word, read)) => ((*read).to_owned(), word.len()),
            None => (letter(first).to_string(), first.len_utf8()),
        };
        initials.push_str(&read);
        rest = &rest[word..];
    }
    initials
}

/// What the search reads of a text.
#[must_use]
pub fn index(text: &Text) -> Index {
    let mut parts = vec![folded(&text.title), folded(text.subject.term())];
    if let Some(regulation) = &text.regulation {
        parts.extend([folded(&regulation.number), folded(&regulation.issuer)]);
    }
    let joined = |each: fn(&str) -> String| parts.iter().map(|part| each(part)).collect::<Vec<_>>().join(" ");
    let head = joined(str::to_owned);
    let folded = format!("{head} {}", folded(&markdown::words(&text.body)));
    Index { initials: joined(initials), shape: shape(&folded), head, folded }
}

/// The first words of what somebody looks for; `None` where there is none.
pub(super) fn patterns(words: &str) -> Option<[Pattern; WORDS]> {
    let words = words.split_whitespace().map(folded).filter(|word| !word.is_empty()).take(WORDS);
    let words: Vec<String> = words.collect();
    if words.is_empty() {
        return None;
    }
    let pattern = |nth: usize| match words.get(nth) {
        Some(word) => Pattern { shape: format!("%{}%", shape(word)), word: format!("%{word}%") },
        None => Pattern::default(),
    };
    Some(std::array::from_fn(pattern))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_are_those_that_people_say() {
        for (text, expected) in [
            ("会计人员管理办法", "kjryglbf"),
            ("会计专业技术人员继续教育规定", "kjzyjsryjxjygd"),
            ("长沙市调整缴费", "csstzjf"),
            ("重新提交，上传证明材料", "cxtjsczmcl"),
            ("财会〔2018〕33号", "ch201833h"),
            ("网校报名 App 怎样下载？", "wxbmappzyxz"),
            ("省财政厅", "sczt"),
            ("银行单位信息变更", "yhdwxxbg"),
        ] {
            assert_eq!(initials(&folded(text)), expected, "{text}");
        }
    }

    #[test]
    fn whatever_part_of_a_text_is_looked_for_has_a_part_of_its_shape() {
        let text = folded("《会计法》第四十二条：（2024 年修正）Ａｂ 銀行𤋮，会计　机构");
        let chars: Vec<char> = text.chars().collect();
        for from in 0..chars.len() {
            for to in from + 1..=chars.len() {
                let part: String = chars[from..to].iter().collect();
                assert!(shape(&text).contains(&shape(&part)), "{part}");
            }
        }
        assert_eq!(shape(&text).chars().count(), chars.len());
    }

    #[test]
    fn no_mark_of_a_pattern_comes_from_what_somebody_types() {
        let found = patterns(" 50%_会 ' OR 1=1 -- \\ 计!").unwrap();
        assert_eq!(found.each_ref().map(|one| one.word.as_str()), ["%50会%", "%or%", "%11%"]);
        assert!(found.iter().all(|one| one.shape[1..one.shape.len() - 1].bytes().all(|byte| byte != b'%' && byte != b'_')));
        assert_eq!(patterns(" %% __ -- "), None);
        assert_eq!(patterns("继续").unwrap()[1], Pattern::default());
    }
}
