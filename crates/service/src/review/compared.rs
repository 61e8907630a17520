//! What a case is compared with: the round before, or, where it is about a change of what is on record, the record.

use std::collections::BTreeSet;

use domain::case::{Change, FileChange, changes, file_changes};

use super::case::Round;
use crate::Visit;
use crate::case::{SubmittedFile, fingerprints};

/// The answers and the files that differ, and whether they differ from what is on record.
pub(super) fn compared(visit: &Visit, rounds: &[Round]) -> (Vec<Change>, Vec<FileChange>, bool) {
    let Some(now) = rounds.last() else { return Default::default() };
    if let Some(basis) = now.body.basis(visit) {
        let files = fingerprints(basis.files.iter().map(SubmittedFile::print));
        let answers = changes(&basis.sections, &now.sections, &BTreeSet::new());
        return (answers, file_changes(&files, &now.body.hashes()), true);
    }
    let [.., before, now] = rounds else { return Default::default() };
    let hidden = now.body.hidden_changes(&*before.body, &now.sections);
    let answers = changes(&before.sections, &now.sections, &hidden);
    (answers, file_changes(&before.body.hashes(), &now.body.hashes()), false)
}

/// The files of the round before, or of what is on record, whose slots hold something else now.
pub(super) fn replaced(visit: &Visit, rounds: &[Round]) -> Vec<SubmittedFile> {
    let Some(now) = rounds.last() else { return Vec::new() };
    let before = match (now.body.basis(visit), rounds) {
        (Some(basis), _) => basis.files,
        (None, [.., before, _]) => before.body.files().to_vec(),
        (None, _) => return Vec::new(),
    };
    let (was, is) = (fingerprints(before.iter().map(SubmittedFile::print)), now.body.hashes());
    let is_replaced = |slot: &String| is.get(slot).is_some_and(|now| was.get(slot) != Some(now));
    before.iter().filter(|file| is_replaced(&file.slot)).cloned().collect()
}
