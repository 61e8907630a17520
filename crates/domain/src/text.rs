//! Typed text made comparable: invisible characters, widths and blanks.

/// Characters that cannot be seen and only make two equal texts differ: zero-width, bidirectional, variation and tag marks.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{00AD}' | '\u{034F}' | '\u{061C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}')
}

/// A Chinese character, including the extensions, compatibility forms, 〇, the private ones that the police use for rare names, and
/// the parts of characters that GB 18030 counts among the characters (FE50 to FEA0).
pub fn is_han(c: char) -> bool {
    matches!(c, '\u{2E81}' | '\u{2E84}' | '\u{2E88}' | '\u{2E8B}' | '\u{2E8C}' | '\u{2E97}' | '\u{2EA7}' | '\u{2EAA}' | '\u{2EAE}'
        | '\u{2EB3}' | '\u{2EB6}' | '\u{2EB7}' | '\u{2EBB}' | '\u{2ECA}' | '\u{3007}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}' | '\u{E000}'..='\u{F8FF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{2FA1F}' | '\u{30000}'..='\u{3347F}')
}

/// One line of text: trimmed (also of U+3000 and newlines), without invisible and control characters. The inner content
/// stays; an inner tab or newline becomes one blank, so that words do not grow together.
pub fn tidy(s: &str) -> String {
    clean(s, ' ')
}

/// Like [`tidy`], for texts of several lines: newlines stay (as `\n`).
pub fn tidy_lines(s: &str) -> String {
    clean(&s.replace("\r\n", "\n"), '\n')
}

fn clean(s: &str, newline: char) -> String {
    let kept: String = s
        .chars()
        .filter(|c| !is_invisible(*c))
        .filter_map(|c| match c {
            '\n' | '\r' | '\u{0085}' | '\u{2028}' | '\u{2029}' => Some(newline),
            '\t' => Some(' '),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect();
    kept.trim().to_owned()
}

/// Full-width ASCII and the many hyphens in their plain form; the case stays. For code-like values only, never for names.
pub fn half_width(s: &str) -> String {
    s.chars()
        .map(|c| match c {
            '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
            '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' => '-',
            c => c,
        })
        .collect()
}

/// A code: [`tidy`], half width, without any blank, in capitals. Hyphens and brackets stay.
pub fn tidy_code(s: &str) -> String {
    half_width(&tidy(s)).chars().filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_uppercase()).collect()
}

/// A number that people like to group: [`tidy_code`] without hyphens.
pub fn tidy_digits(s: &str) -> String {
    tidy_code(s).replace('-', "")
}

/// The length in characters (Unicode scalar values), as every limit counts it.
pub fn length(s: &str) -> u32 {
    u32::try_from(s.chars().count()).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_loses_its_edges_and_everything_invisible_but_keeps_its_content() {
        for (typed, kept) in [
            ("\u{3000} 长沙市 某公司\n", "长沙市 某公司"),
            ("a\u{200B}b\u{200D}c\u{FEFF}\u{2060}\u{00AD}", "abc"),
            ("\u{202E}张三\u{2066}\u{2069}", "张三"),
            ("a\0b\u{0007}c\u{0090}", "abc"),
            ("长沙\r\t公司", "长沙  公司"),
            ("𠮷野\u{E0100}", "𠮷野"),
            ("\u{200B}\u{3000}\u{200B}", ""),
        ] {
            assert_eq!(tidy(typed), kept, "{typed:?}");
        }
        assert_eq!(tidy_lines(" 第一行\r\n第二行\n"), "第一行\n第二行");
    }

    #[test]
    fn a_code_is_half_width_in_capitals_and_without_blanks() {
        assert_eq!(tidy_code(" ４３０１－ｘ （a） \u{3000}１"), "4301-X(A)1");
        assert_eq!(tidy_digits("139 0000–1234"), "13900001234");
        assert_eq!(tidy_code("军字第 2001988号"), "军字第2001988号");
        assert_eq!(tidy_code("١٢³"), "١٢³");
        assert_eq!(length("𠮷a中"), 3);
    }
}
