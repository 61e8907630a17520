//! 证明编号: the code of the province, the learning year, and what nobody can guess.

/// How many random bits a number has. Whoever has the number sees what stands under it, so that it must not be guessed.
pub const NUMBER_BITS: u32 = 60;

/// Crockford's base 32: no I, L, O and U, which are read as others.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
const GROUPS: usize = 3;
const GROUP: usize = 4;

/// A number such as `430000-2025-7K3M-9QXZ-4T8C`, from a random number of which [`NUMBER_BITS`] are used.
#[must_use]
pub fn certificate_number(province_code: &str, year: i32, random: u64) -> String {
    let sign = |nth: usize| {
        let index = usize::try_from(random >> (5 * nth) & 31).unwrap_or_default();
        SIGNS.get(index).copied().map_or('0', char::from)
    };
    let mut number = format!("{province_code}-{year:04}");
    for nth in 0..GROUPS * GROUP {
        if nth % GROUP == 0 {
            number.push('-');
        }
        number.push(sign(nth));
    }
    number
}

/// The number that somebody typed, in the form in which it is kept: width, case, blanks and dashes do not count, and what is
/// taken for another sign is that sign. `None` where it can be no number.
#[must_use]
pub fn read_number(typed: &str) -> Option<String> {
    let signs: Vec<char> = typed.chars().map(plain).filter(|c| !c.is_whitespace() && *c != '-').collect();
    if signs.len() != 6 + 4 + GROUPS * GROUP || !signs.iter().take(10).all(char::is_ascii_digit) {
        return None;
    }
    let is_sign = |c: &char| u8::try_from(*c).is_ok_and(|byte| SIGNS.contains(&byte));
    if !signs.iter().skip(10).all(is_sign) {
        return None;
    }
    let text = |from: usize, count: usize| signs.iter().skip(from).take(count).collect::<String>();
    Some([text(0, 6), text(6, 4), text(10, GROUP), text(14, GROUP), text(18, GROUP)].join("-"))
}

/// The code of the province that a number names.
#[must_use]
pub fn province_of_number(number: &str) -> &str {
    number.split_once('-').map_or("", |(province, _)| province)
}

fn plain(c: char) -> char {
    let c = match c {
        '\u{FF01}'..='\u{FF5E}' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        c => c,
    };
    match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        c => c,
    }
}
