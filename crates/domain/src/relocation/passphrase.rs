//! The passphrase that locks a package for a province of which no key is known: generated, never chosen.

/// Crockford's alphabet: nothing in it is taken for something else.
const SIGNS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";
/// Signs, of five bits each.
const LENGTH: usize = 28;
/// They stand in groups of so many.
const GROUP: usize = 4;

/// A passphrase of 140 bits, as it is shown, of bytes that were drawn at random.
#[must_use]
pub fn passphrase(secret: &[u8; 32]) -> String {
    let sign = |byte: &u8| SIGNS.get(usize::from(byte & 31)).map_or('0', |sign| char::from(*sign));
    let signs: Vec<char> = secret.iter().take(LENGTH).map(sign).collect();
    signs.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

/// A passphrase as it was typed or pasted, the way that [`passphrase`] writes it: case, blanks and dashes say nothing, and letters that
/// the alphabet leaves out are what they look like.
#[must_use]
pub fn tidy_passphrase(typed: &str) -> String {
    let is_sign = |c: &char| c.is_ascii_alphanumeric();
    let sign = |c: char| match c.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let signs: Vec<char> = typed.chars().filter(is_sign).map(sign).take(4 * LENGTH).collect();
    signs.chunks(GROUP).map(|group| group.iter().collect::<String>()).collect::<Vec<_>>().join("-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passphrase_is_read_however_it_was_copied() {
        let secret: [u8; 32] = std::array::from_fn(|n| (n * 37) as u8);
        let made = passphrase(&secret);
        assert_eq!((made.len(), made.matches('-').count()), (34, 6));
        let copied = made.to_lowercase().replace('-', " ").replace('0', "o").replace('1', "l");
        assert_eq!(tidy_passphrase(&copied), made);
        assert_eq!(tidy_passphrase(&made), made);
        assert_ne!(passphrase(&[9; 32]), made);
    }
}
