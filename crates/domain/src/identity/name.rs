//! Names of persons: Chinese with rare characters and the dot of the minorities, Latin as on passports.
//!
//! A name is kept as it was typed, in one form of marks, widths and composed letters; which of two code points of a character it
//! has is kept too. Names are compared by [`name_key`] alone.

use super::latin::compose;
use super::rare::{standard, unified};
use crate::fault::Fault;
use crate::text::{is_han, length, tidy};

const DOT: char = '·';

fn is_latin(c: char) -> bool {
    c.is_ascii_alphabetic() || matches!(c, 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='ɏ' | 'Ḁ'..='ỿ')
}

/// What stands in a name between its marks. A private code point counts as what it stands for.
fn is_letter(c: char) -> bool {
    let c = standard(c);
    is_han(c) || is_latin(c)
}

/// Letters of full width, and the marks that the keyboards of China and of telephones give for one mark of a name, in one form.
/// The full stops become dots in [`fold_stops`], where they stand between Chinese characters.
fn plain(c: char) -> char {
    match c {
        'Ａ'..='Ｚ' | 'ａ'..='ｚ' => char::from_u32(c as u32 - 0xFEE0).unwrap_or(c),
        // The signs of kelvin and ångström are canonically the letters.
        '\u{212A}' => 'K',
        '\u{212B}' => 'Å',
        '•' | '‧' | '∙' | '⋅' | '・' | '･' | '●' | '\u{0387}' | '\u{2E31}' | '\u{2E33}' | '\u{A78F}' => DOT,
        '．' | '。' | '｡' | '﹒' | '․' => '.',
        '‘' | '’' | '‛' | '＇' | '′' | '‵' | '`' | '｀' | '´' | '\u{02B9}' | '\u{02BB}' | '\u{02BC}' | '\u{02BD}' => {
            '\''
        }
        '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{FE58}' | '\u{FE63}' | '－' => '-',
        '，' | '﹐' => ',',
        // Private for the blank of full width.
        '\u{E5E5}' => ' ',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

fn folded(typed: &str) -> Vec<char> {
    let name: String = tidy(typed).chars().map(plain).collect();
    let mut name: Vec<char> = compose(name.trim()).chars().collect();
    name.dedup_by(|next, one| *next == ' ' && *one == ' ');
    fold_stops(&mut name);
    drop_beside_dots(&mut name);
    name
}

/// The nearest character that is no blank.
fn beside<'a>(mut side: impl Iterator<Item = &'a char>) -> Option<char> {
    side.find(|c| **c != ' ').copied()
}

/// A full stop between Chinese characters is the dot of a name.
fn fold_stops(name: &mut [char]) {
    for at in 0..name.len() {
        let (before, after) = (beside(name[..at].iter().rev()), beside(name[at + 1..].iter()));
        if name[at] == '.' && before.is_some_and(is_han) && after.is_some_and(is_han) {
            name[at] = DOT;
        }
    }
}

/// Beside a dot a blank joins nothing: the parts stay apart.
fn drop_beside_dots(name: &mut Vec<char>) {
    let is_dot = |at: Option<usize>| at.and_then(|at| name.get(at)) == Some(&DOT);
    let kept = |at: usize| name[at] != ' ' || !(is_dot(at.checked_sub(1)) || is_dot(at.checked_add(1)));
    *name = (0..name.len()).filter(|at| kept(*at)).map(|at| name[at]).collect();
}

/// The first blank beside a Chinese character, and what stands on both sides.
fn blank(name: &[char]) -> Option<(char, char)> {
    let around = |three: &[char]| (three[1] == ' ').then_some((three[0], three[2]));
    name.windows(3).filter_map(around).find(|(before, after)| is_han(*before) || is_han(*after))
}

/// A person's name in the form in which it is stored: 2 to 50 characters, dots between Chinese characters as `·`, single blanks
/// between Latin words. Characters are never replaced by similar ones, and a blank beside a Chinese one is never taken away: it
/// may stand for a dot, and whoever typed it is asked.
///
/// # Errors
/// `Missing`, `TooShort`, `TooLong`; `Character` for digits and symbols, `Blank`, or `Misplaced` for marks in a wrong place.
pub fn person_name(typed: &str) -> Result<String, Fault> {
    let name = folded(typed);
    check(&name)?;
    match blank(&name) {
        Some((before, after)) => Err(Fault::Blank { before, after }),
        None => placed(name),
    }
}

/// A name that is only looked up: of it nothing is stored, so that nobody needs to be asked about its blanks.
///
/// # Errors
/// As for [`person_name`], but never `Blank`.
pub fn known_name(typed: &str) -> Result<String, Fault> {
    let mut name = folded(typed);
    check(&name)?;
    let is_kept = |at: usize, name: &[char]| {
        let is_han_at = |at: Option<usize>| at.and_then(|at| name.get(at)).is_some_and(|c| is_han(*c));
        name[at] != ' ' || !(is_han_at(at.checked_sub(1)) || is_han_at(at.checked_add(1)))
    };
    name = (0..name.len()).filter(|at| is_kept(*at, &name)).map(|at| name[at]).collect();
    placed(name)
}

/// A text as fonts have it: with the characters that took the place of private code points, from which every font draws something
/// of its own. What is stored keeps them.
#[must_use]
pub fn as_printed(text: &str) -> String {
    text.chars().map(standard).collect()
}

/// A name that another register vouches for and that nobody is there to be asked about: its blanks stay where they are, single.
///
/// # Errors
/// As for [`person_name`], but never `Blank`.
pub fn vouched_name(given: &str) -> Result<String, Fault> {
    let name = folded(given);
    check(&name)?;
    placed(name)
}

/// Length and characters; a blank beside a Chinese character does not count.
fn check(name: &[char]) -> Result<(), Fault> {
    let letters: String = name.iter().filter(|c| **c != ' ').collect();
    match (length(&letters), name.len()) {
        (0, _) => return Err(Fault::Missing),
        (1, _) => return Err(Fault::TooShort(2)),
        (_, 51..) => return Err(Fault::TooLong(50)),
        _ => {}
    }
    let is_taken = |c: &&char| is_letter(**c) || matches!(c, ' ' | '·' | '\'' | '-' | '.' | ',');
    match name.iter().find(|c| !is_taken(c)) {
        Some(refused) => Err(Fault::Character(*refused)),
        None => Ok(()),
    }
}

/// A mark only after a letter, a blank also after a full stop or comma; at the end nothing but a letter or a full stop.
fn placed(name: Vec<char>) -> Result<String, Fault> {
    let after = |at: usize, marks: &[char]| at > 0 && (is_letter(name[at - 1]) || marks.contains(&name[at - 1]));
    let fits = |(at, c): &(usize, &char)| match c {
        ' ' => after(*at, &['.', ',']),
        c if is_letter(**c) => true,
        _ => after(*at, &[]) && (**c == '.' || *at + 1 < name.len()),
    };
    match name.iter().enumerate().find(|one| !fits(one)) {
        // Of a blank in a wrong place it is the mark before it that stands wrongly.
        Some((at, ' ')) => Err(Fault::Misplaced(name[at.saturating_sub(1)])),
        Some((_, mark)) => Err(Fault::Misplaced(*mark)),
        None => Ok(name.into_iter().collect()),
    }
}

/// What is the same for two ways to write one name, whatever somebody's keyboard or the age of a register made of it: without
/// blanks, the marks in one form, of characters with two code points the present one.
#[must_use]
pub fn name_key(name: &str) -> String {
    let name: String = tidy(name).chars().map(plain).map(unified).filter(|c| *c != ' ').collect();
    compose(&name).chars().map(|c| if c == '.' { DOT } else { c }).collect()
}

/// Whether two names are the same, by [`name_key`].
#[must_use]
pub fn is_same_name(one: &str, other: &str) -> bool {
    name_key(one) == name_key(other)
}

#[cfg(test)]
mod tests;
