//! Names of persons: Chinese with rare characters and the dot of the minorities, Latin as on passports.

use crate::fault::Fault;
use crate::text::{is_han, length, tidy};

const DOT: char = '·';

fn is_dot(c: char) -> bool {
    matches!(c, '·' | '•' | '‧' | '∙' | '⋅' | '・' | '･' | '．' | '.' | '●')
}

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ')
}

/// A person's name in the form in which it is stored: 2 to 50 characters, dots between Chinese characters as `·`, no blanks
/// around Chinese characters and single ones between Latin words. Characters are never replaced by similar ones.
///
/// # Errors
/// `Missing`, `TooShort`, `TooLong`, or `Characters` for digits, symbols and marks in a wrong place.
pub fn person_name(typed: &str) -> Result<String, Fault> {
    let name = join(&tidy(typed));
    match length(&name) {
        0 => Err(Fault::Missing),
        1 => Err(Fault::TooShort { min: 2 }),
        51.. => Err(Fault::TooLong { max: 50 }),
        _ if fits(&name) => Ok(name),
        _ => Err(Fault::Characters),
    }
}

/// Drops blanks beside Chinese characters and dots, makes the others single, and folds the dots between Chinese characters.
fn join(name: &str) -> String {
    let glues = |c: Option<char>| c.is_none_or(|c| is_han(c) || (is_dot(c) && c != '.'));
    let mut joined: Vec<char> = Vec::new();
    let mut chars = name.chars().peekable();
    while let Some(c) = chars.next() {
        if !c.is_whitespace() {
            joined.push(c);
        } else if chars.peek().is_some_and(|next| !next.is_whitespace())
            && !glues(joined.last().copied())
            && !glues(chars.peek().copied())
        {
            joined.push(' ');
        }
    }
    let han = |index: Option<usize>| index.and_then(|index| joined.get(index)).is_some_and(|c| is_han(*c));
    let fold = |(index, c): (usize, &char)| {
        if is_dot(*c) && han(index.checked_sub(1)) && han(index.checked_add(1)) { DOT } else { *c }
    };
    joined.iter().enumerate().map(fold).collect()
}

/// Letters everywhere; a mark only after a letter, `·` also before one; at the end nothing but a letter or a full stop.
fn fits(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    let letter = |c: &char| is_han(*c) || is_latin(*c);
    let after_stop = |index: usize| index > 0 && matches!(chars[index - 1], '.' | ',');
    let body = chars.iter().enumerate().all(|(index, c)| match c {
        c if letter(c) => true,
        ' ' => index > 0 && (letter(&chars[index - 1]) || after_stop(index)),
        '·' | '\'' | '’' | '-' | '.' | ',' => index > 0 && letter(&chars[index - 1]),
        _ => false,
    });
    body && chars.last().is_some_and(|c| letter(c) || *c == '.')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_stored_in_one_form() {
        for (typed, name) in [
            ("张三", "张三"),
            (" 张 三\n", "张三"),
            ("张\u{3000}三丰", "张三丰"),
            ("张\u{200B}三", "张三"),
            ("阿卜杜拉•买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉‧买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉．买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉・买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉.买买提", "阿卜杜拉·买买提"),
            ("阿卜杜拉 · 买买提", "阿卜杜拉·买买提"),
            ("𠮷野", "𠮷野"),
            ("王𬭬", "王𬭬"),
            ("李䶮", "李䶮"),
            ("陈㛃", "陈㛃"),
            ("赵\u{31350}", "赵\u{31350}"),
            ("〇三", "〇三"),
            ("豈豈", "豈豈"),
            ("John  SMITH", "John SMITH"),
            ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
            ("Martin Luther King, Jr.", "Martin Luther King, Jr."),
            ("José Núñez", "José Núñez"),
            ("J. R. Smith", "J. R. Smith"),
            ("null", "null"),
        ] {
            assert_eq!(person_name(typed).as_deref(), Ok(name), "{typed:?}");
        }
    }

    #[test]
    fn digits_and_symbols_are_no_part_of_a_name() {
        for typed in [
            "张三1",
            "张三２",
            "张٣三",
            "张*三",
            "<b>张三",
            "张三;",
            "·张三",
            "张三·",
            "张··三",
            "🙂🙂",
            "Robert'); DROP",
            "${7*7}",
            "张\u{0301}三",
            "-John",
            "John -",
            "张三（小）",
            "Jo_hn",
            "ⅣⅤ",
            "Ｊｏｈｎ",
        ] {
            assert_eq!(person_name(typed), Err(Fault::Characters), "{typed}");
        }
    }

    #[test]
    fn a_name_has_two_to_fifty_characters() {
        assert_eq!(person_name("\u{200B} "), Err(Fault::Missing));
        assert_eq!(person_name("张"), Err(Fault::TooShort { min: 2 }));
        assert!(person_name(&"𠮷".repeat(50)).is_ok());
        assert_eq!(person_name(&"张".repeat(51)), Err(Fault::TooLong { max: 50 }));
    }
}
