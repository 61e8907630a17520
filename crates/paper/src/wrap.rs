//! Lines of a width: Chinese breaks between any two characters but before or after certain marks (避头点), Latin words and
//! numbers stay whole where a line can hold them.

/// No line begins with one of these.
const NOT_FIRST: &str = "、，。．；：？！）》」』】〕〉〗…—～％‰”’·%,.;:?!)]}";
/// No line ends with one of these.
const NOT_LAST: &str = "（《「『【〔〈〖“‘￥([{";

/// Breaks a text into lines; `width` tells how wide a character is. Paragraphs begin a line. Never empty.
pub(crate) fn lines(text: &str, most: f32, width: impl Fn(char) -> f32) -> Vec<String> {
    text.split('\n').flat_map(|paragraph| wrap(paragraph.trim_end(), most, &width)).collect()
}

fn wrap(text: &str, most: f32, width: &impl Fn(char) -> f32) -> Vec<String> {
    let characters: Vec<char> = text.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < characters.len() {
        let end = start + count(&characters[start..], most, width);
        let end = if end < characters.len() { earlier(&characters, start, end) } else { end };
        let line: String = characters[start..end].iter().collect();
        lines.push(line.trim_end().to_owned());
        start = end;
        while characters.get(start) == Some(&' ') {
            start += 1;
        }
    }
    if lines.is_empty() { vec![String::new()] } else { lines }
}

/// How many characters fit, at least one.
fn count(characters: &[char], most: f32, width: &impl Fn(char) -> f32) -> usize {
    let mut used = 0.0;
    let fitting = characters.iter().take_while(|character| {
        used += width(**character);
        used <= most + 0.01
    });
    fitting.count().max(1)
}

/// The last place to break at that is allowed; where there is none, the line is simply full.
fn earlier(characters: &[char], start: usize, full: usize) -> usize {
    (start + 1..=full).rev().find(|at| may_break(characters[at - 1], characters[*at])).unwrap_or(full)
}

fn may_break(before: char, after: char) -> bool {
    let is_of_word = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '_' | '-' | '/' | '.');
    !(NOT_FIRST.contains(after) || NOT_LAST.contains(before) || is_of_word(before) && is_of_word(after))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str, most: f32) -> Vec<String> {
        lines(text, most, |c| if c.is_ascii() { 0.5 } else { 1.0 })
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_and_none_ends_with_an_opening_one() {
        assert_eq!(of("填写的信息真实、准确", 7.0), ["填写的信息真", "实、准确"]);
        assert_eq!(of("会计人员（含在校", 5.0), ["会计人员", "（含在校"]);
        assert_eq!(of("甲乙丙，。丁", 3.0), ["甲乙", "丙，。", "丁"]);
    }

    #[test]
    fn words_and_numbers_stay_whole_where_they_fit() {
        assert_eq!(of("号码 91350100M000100Y43", 10.0), ["号码", "91350100M000100Y43"]);
        assert_eq!(of("abcdefghij", 2.0), ["abcd", "efgh", "ij"]);
    }

    #[test]
    fn paragraphs_begin_a_line_and_nothing_is_lost() {
        assert_eq!(of("一二三\n四五", 2.0), ["一二", "三", "四五"]);
        assert_eq!(of("", 2.0), [""]);
        assert_eq!(of("，，，，", 2.0), ["，，", "，，"]);
        let long = "长沙市雨花区韶山中路一号（湖南财政经济学院），第 12 栋、1203 室。".repeat(20);
        let bare = |text: &str| text.replace(' ', "");
        assert_eq!(bare(&of(&long, 7.0).concat()), bare(&long));
    }
}
