//! Statements with very many parameters, written by the compiler: a row at a time would be as many round trips as a file has rows.

/// Longer than each of them; what is left are blanks.
const ROOM: usize = 6000;

/// `head`, then `rows` groups of `columns` parameters in brackets.
pub(super) const fn rows(head: &str, rows: usize, columns: usize) -> [u8; ROOM] {
    let mut text = [b' '; ROOM];
    let mut at = write(&mut text, 0, head);
    let mut number = 1;
    let mut row = 0;
    while row < rows {
        at = write(&mut text, at, if row == 0 { "(" } else { ", (" });
        at = numbers(&mut text, at, number, columns);
        at = write(&mut text, at, ")");
        number += columns;
        row += 1;
    }
    text
}

/// `head`, then a list of `count` parameters from `first` on, then `tail`.
pub(super) const fn list(head: &str, (first, count): (usize, usize), tail: &str) -> [u8; ROOM] {
    let mut text = [b' '; ROOM];
    let at = write(&mut text, 0, head);
    let at = numbers(&mut text, at, first, count);
    write(&mut text, at, tail);
    text
}

/// The text of what was written.
pub(super) const fn read(text: &[u8]) -> &str {
    match std::str::from_utf8(text) {
        Ok(text) => text,
        Err(_) => "",
    }
}

const fn write(text: &mut [u8; ROOM], from: usize, what: &str) -> usize {
    let (what, mut at) = (what.as_bytes(), 0);
    while at < what.len() {
        text[from + at] = what[at];
        at += 1;
    }
    from + at
}

const fn numbers(text: &mut [u8; ROOM], from: usize, first: usize, count: usize) -> usize {
    let (mut at, mut nth) = (from, 0);
    while nth < count {
        at = write(text, at, if nth == 0 { "$" } else { ", $" });
        at = number(text, at, first + nth);
        nth += 1;
    }
    at
}

const fn number(text: &mut [u8; ROOM], from: usize, number: usize) -> usize {
    let at = if number < 10 { from } else { self::number(text, from, number / 10) };
    text[at] = b'0' + (number % 10) as u8;
    at + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_parameters_of_a_statement_are_counted_through() {
        let (two, list) = (rows("VALUES ", 2, 6), list("IN (", (9, 3), ") x"));
        assert_eq!(read(&two).trim(), "VALUES ($1, $2, $3, $4, $5, $6), ($7, $8, $9, $10, $11, $12)");
        assert_eq!(read(&list).trim(), "IN ($9, $10, $11) x");
    }
}
