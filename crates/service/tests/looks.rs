//! Every act by which somebody of the staff sees something of a person is told to that person: a word of the audit trail that sounds
//! like a look is one of `domain::record::LOOKS`, or stands here with the reason why it is none.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use domain::record::LOOKS;

/// How words begin that may be looks.
const SOUNDS: [&str; 8] = ["look_at_", "look_up", "reveal", "print_", "export_", "fill_in", "preload_", "seek_"];

/// What is no look of the staff.
const OTHERS: [&str; 12] = [
    // Looked at once the case is opened, and then told as `look_at_files`.
    "preload_case",
    "preload_file",
    // By the person themselves.
    "print_certificate",
    "print_extract",
    "print_receipt",
    // Pairs of accounts that the machine found, with masked numbers and how much each has: nothing of a record is opened.
    "look_at_alike",
    // By whoever has the number and the telephone of an application, without the pages of the staff.
    "look_up",
    "look_up_failed",
    // The rows of a file that the staff handed in themselves, with what became of each; numbers are masked.
    "export_import",
    // The file itself, for whoever handed it in and whoever is asked to agree to it: nothing of it is anybody's record yet.
    "export_import_file",
    // What the law has a province report of its whole integrity record; each entry was told to its person when it was recorded.
    "export_integrity",
    // The same of the credits of a span of days, for the platform that keeps the records.
    "export_credits",
];

fn files(of: &Path) -> Vec<PathBuf> {
    let paths = std::fs::read_dir(of).unwrap().map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn every_word_of_the_trail_that_sounds_like_a_look_is_one_or_says_why_not() {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = BTreeSet::new();
    let is_read = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs") && !path.to_string_lossy().contains("stories");
    for path in files(&source).into_iter().filter(is_read) {
        let text = std::fs::read_to_string(&path).unwrap();
        let words = text.split('"').filter(|word| SOUNDS.iter().any(|sound| word.starts_with(sound)));
        let is_word = |word: &&str| word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        found.extend(words.filter(is_word).map(str::to_owned));
    }
    let known: BTreeSet<String> = LOOKS.iter().map(|look| look.0).chain(OTHERS).map(str::to_owned).collect();
    assert_eq!(found, known);
}
