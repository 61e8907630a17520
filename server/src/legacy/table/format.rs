//! How a sheet shows a whole number: the formats that fill it up with noughts or put something before it.

/// What a number is shown as; `None` for formats that show its digits as they are, or that are not understood.
pub(super) fn shown(format: &str, number: u64) -> Option<String> {
    let tokens = tokens(format)?;
    let mut digits: Vec<char> = number.to_string().chars().collect();
    let first = tokens.iter().position(|token| matches!(token, Token::Digit(_)))?;
    let mut reversed = Vec::new();
    for (at, token) in tokens.iter().enumerate().rev() {
        match token {
            Token::Literal(c) => reversed.push(*c),
            Token::Digit(is_needed) => {
                reversed.extend(digits.pop().or(is_needed.then_some('0')));
                if at == first {
                    reversed.extend(std::mem::take(&mut digits).into_iter().rev());
                }
            }
        }
    }
    let shown: String = reversed.into_iter().rev().collect();
    let meaning = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    (meaning(&shown) != number.to_string()).then_some(shown)
}

enum Token {
    /// A digit; with `true` a nought where there is none.
    Digit(bool),
    Literal(char),
}

fn tokens(format: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut chars = format.chars();
    while let Some(c) = chars.next() {
        match c {
            ';' => break,
            '0' => tokens.push(Token::Digit(true)),
            '#' => tokens.push(Token::Digit(false)),
            '\\' => tokens.push(Token::Literal(chars.next()?)),
            '_' | '*' => drop(chars.next()?),
            '"' => tokens.extend(chars.by_ref().take_while(|c| *c != '"').map(Token::Literal)),
            '-' | ' ' | '(' | ')' | '+' | '/' => tokens.push(Token::Literal(c)),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // Conditions and Chinese numerals show something else.
                if inner.starts_with(['<', '>', '=']) || inner.starts_with("DBNum") {
                    return None;
                }
            }
            c if !c.is_ascii() => tokens.push(Token::Literal(c)),
            _ => return None,
        }
    }
    Some(tokens)
}

/// A number as a sheet shows it that has no room for it: `2.10102E+17`.
pub(super) fn power(number: f64) -> String {
    let text = format!("{number:.5E}");
    let (mantissa, power) = text.split_once('E').unwrap_or((&text, "0"));
    let mantissa = mantissa.trim_end_matches('0').trim_end_matches('.');
    format!("{mantissa}E+{power}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_shown_as_its_format_shows_it() {
        for (format, number, expected) in [
            ("00000000", 12345, Some("00012345")),
            ("\"辽\"00000000", 12345, Some("辽00012345")),
            ("\"210102\"000000000000", 196_305_140_805, Some("210102196305140805")),
            ("0000-0000", 12345, Some("0001-2345")),
            ("\\A000", 7, Some("A007")),
            ("[Red]00000", 7, Some("00007")),
            ("00000_ ;-00000", 7, Some("00007")),
            ("000", 12345, None),
            ("0", 12345, None),
            ("#", 12345, None),
            ("000 0000 0000", 13_800_316_760, None),
            ("General", 12345, None),
            ("@", 12345, None),
            ("0.00", 12345, None),
            ("#,##0", 12345, None),
            ("0.00E+00", 12345, None),
            ("[<=9999999]###-####;(###) ###-####", 12345, None),
            ("[DBNum1]000000", 12, None),
            ("", 1, None),
            ("\"", 1, None),
        ] {
            assert_eq!(shown(format, number).as_deref(), expected, "{format}");
        }
    }

    #[test]
    fn a_number_without_room_is_a_power() {
        assert_eq!(power(210_102_196_606_150_800.0), "2.10102E+17");
        assert_eq!(power(2e17), "2E+17");
    }
}
