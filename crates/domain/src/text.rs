//! Typed text made comparable: invisible characters, widths, blanks and the many ways to write a date.

use chrono::NaiveDate;

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

/// A calendar date written 2017-10-08, 2017/10/8, 2017.10.8, 20171008 or 2017年10月8日, also in full-width digits.
pub fn parse_date(s: &str) -> Option<NaiveDate> {
    let (year, month, day) = parts_of_date(s)?;
    NaiveDate::from_ymd_opt(year, month, day?)
}

/// A month written 2017-10, 2017.10, 201710 or 2017年10月, as its first day. A full date is taken as its month.
pub fn parse_month(s: &str) -> Option<NaiveDate> {
    let (year, month, day) = parts_of_date(s)?;
    NaiveDate::from_ymd_opt(year, month, day.unwrap_or(1))?;
    NaiveDate::from_ymd_opt(year, month, 1)
}

fn parts_of_date(s: &str) -> Option<(i32, u32, Option<u32>)> {
    let plain = half_width(&tidy(s));
    let is_separator = |c: char| matches!(c, '-' | '/' | '.' | '。' | '年' | '月' | '日' | '号') || c.is_whitespace();
    if !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.chars().any(|c| !c.is_ascii_digit() && !is_separator(c)) {
        return None;
    }
    let groups: Vec<&str> = plain.split(is_separator).filter(|group| !group.is_empty()).collect();
    let (year, month, day) = match groups.as_slice() {
        [all] if all.len() == 8 => (&all[..4], &all[4..6], Some(&all[6..])),
        [all] if all.len() == 6 => (&all[..4], &all[4..], None),
        [year, month] => (*year, *month, None),
        [year, month, day] => (*year, *month, Some(*day)),
        _ => return None,
    };
    if year.len() != 4 || month.len() > 2 || day.is_some_and(|day| day.len() > 2) {
        return None;
    }
    let day = match day {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    Some((year.parse().ok()?, month.parse().ok()?, day))
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

    #[test]
    fn a_date_is_understood_in_every_usual_way_of_writing() {
        let expected = NaiveDate::from_ymd_opt(2017, 10, 8);
        for typed in [
            "2017-10-08",
            "2017/10/8",
            "2017.10.8",
            "20171008",
            "2017年10月8日",
            "２０１７－１０－０８",
            " 2017 年 10 月 8 日\n",
            "2017。10。8",
            "2017年10月8号",
            "2017 10 8",
        ] {
            assert_eq!(parse_date(typed), expected, "{typed}");
        }
        for typed in [
            "",
            "2017-10",
            "17-10-08",
            "2017-13-01",
            "2017-02-29",
            "0000-00-00",
            "201710081",
            "08/10/2017",
            "2017-10-08T00:00",
            "2017-1-2-3",
            "-2017-10-08",
            "二〇一七年十月八日",
            "٢٠١٧-١٠-٠٨",
            "2017-010-08",
        ] {
            assert_eq!(parse_date(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_month_is_its_first_day() {
        let expected = NaiveDate::from_ymd_opt(2017, 10, 1);
        for typed in ["2017-10", "2017.10", "201710", "2017年10月", "2017/10", "２０１７年１０月", "2017-10-08", "20171008"]
        {
            assert_eq!(parse_month(typed), expected, "{typed}");
        }
        for typed in ["", "2017", "2017-13", "2017-00", "17-10", "2017-10-32"] {
            assert_eq!(parse_month(typed), None, "{typed}");
        }
    }
}
