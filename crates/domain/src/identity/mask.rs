//! What lists, logs and messages show of a person. A mask never fails: whatever it gets, it shows less of it.

/// The first `head` and the last `tail` characters, stars between.
fn keep(s: &str, head: usize, tail: usize) -> String {
    let length = s.chars().count();
    let hidden = |index: usize| index >= head && index + tail < length;
    s.chars().enumerate().map(|(index, c)| if hidden(index) { '*' } else { c }).collect()
}

/// A document number: `430102********1234` for 18 characters, otherwise the last three at most.
pub fn document(number: &str) -> String {
    match number.chars().count() {
        18 => keep(number, 6, 4),
        length => keep(number, 0, (length / 2).min(3)),
    }
}

/// A mobile number: `139****5678`; anything of another length like a document.
pub fn mobile(number: &str) -> String {
    if number.chars().count() == 11 { keep(number, 3, 4) } else { document(number) }
}

/// A name: `张*丰`, `张*`.
pub fn name(name: &str) -> String {
    match name.chars().count() {
        0 | 1 => keep(name, 0, 0),
        2 => keep(name, 1, 0),
        _ => keep(name, 1, 1),
    }
}

/// A name on a telephone that anybody may hold: `张*`, `欧***`.
pub fn surname(name: &str) -> String {
    keep(name, usize::from(name.chars().count() > 1), 0)
}

/// A text in which a number may stand where it does not belong. With five digits or more every digit is hidden, and every
/// Latin letter, because a number may begin or end with one.
pub fn within(text: &str) -> String {
    if text.chars().filter(|c| c.is_numeric()).count() < 5 {
        return text.to_owned();
    }
    let is_letter = |c: char| c.is_ascii_alphabetic() || matches!(c, 'Ａ'..='Ｚ' | 'ａ'..='ｚ');
    text.chars().map(|c| if c.is_numeric() || is_letter(c) { '*' } else { c }).collect()
}

/// An e-mail address: `l***@example.com`. The length of the local part is not shown.
pub fn email(address: &str) -> String {
    match address.split_once('@') {
        Some((local, host)) => format!("{}***@{host}", local.chars().take(1).collect::<String>()),
        None => keep(address, 0, 0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mask_shows_what_it_may_and_nothing_else() {
        for (shown, expected) in [
            (document("430102199001011234"), "430102********1234"),
            (document("E12345678"), "******678"),
            (document("军字第2001988号"), "********88号"),
            (document("1234"), "**34"),
            (document("1"), "*"),
            (document(""), ""),
            (mobile("13912345678"), "139****5678"),
            (mobile("12345"), "***45"),
            (name("张三丰"), "张*丰"),
            (name("张三"), "张*"),
            (name("欧阳修文"), "欧**文"),
            (name("𠮷野"), "𠮷*"),
            (name("张"), "*"),
            (name(""), ""),
            (surname("张三丰"), "张**"),
            (surname("𠮷野"), "𠮷*"),
            (surname("张"), "*"),
            (within("张三丰"), "张三丰"),
            (within("张三1"), "张三1"),
            (within("张三430102199001011234,13912345678"), "张三******************,***********"),
            (within("E12345678 Ｘ"), "********* *"),
            (within("１３９１２３４５６７８"), "***********"),
            (email("lisi@example.com"), "l***@example.com"),
            (email("@x.cn"), "***@x.cn"),
            (email("abc"), "***"),
        ] {
            assert_eq!(shown, expected);
        }
    }
}
