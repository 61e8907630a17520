//! The lines of a file, each by itself and beside the others.

use std::collections::HashMap;

use chrono::NaiveDate;
use domain::account::legacy::{LegacyLine, LegacyOutcome, LegacyReason, LegacyResult, LegacyRules, LegacyWarning, NoMobile};
use domain::province::Province;

use super::Good;

/// The lines without a fault, and those that are left out with their reasons. Empty lines are nobody's.
pub(super) fn checked(province: &Province, today: NaiveDate, lines: &[LegacyLine]) -> (Vec<Good>, Vec<LegacyResult>) {
    let rules = LegacyRules { bureaus: &province.bureaus, kinds: &province.profile.account.document_kinds, today };
    let mut numbers = HashMap::<String, u64>::new();
    let (mut good, mut refused) = (Vec::new(), Vec::new());
    for line in lines.iter().filter(|line| !line.is_empty()) {
        let reasons = match line.check(&rules) {
            Err(reasons) => reasons,
            Ok((holder, warnings)) => match numbers.get(holder.document.number()) {
                Some(row) => vec![LegacyReason::NumberTwice { row: *row }],
                None => {
                    numbers.insert(holder.document.number().to_owned(), line.number);
                    good.push(Good { line: line.number, holder, warnings });
                    continue;
                }
            },
        };
        refused.push(LegacyResult { line: line.number, outcome: LegacyOutcome::Refused(reasons), warnings: Vec::new() });
    }
    part_shared(&mut good);
    (good, refused)
}

/// Takes a telephone that several people have from all of them: it would let whoever holds it enter as the first.
fn part_shared(good: &mut [Good]) {
    // The first two lines of each telephone.
    let mut lines = HashMap::<String, (u64, Option<u64>)>::new();
    for one in good.iter() {
        let Some(mobile) = &one.holder.mobile else { continue };
        let known = lines.entry(mobile.as_str().to_owned());
        known.and_modify(|(_, second)| *second = second.or(Some(one.line))).or_insert((one.line, None));
    }
    for one in good {
        let known = one.holder.mobile.as_ref().and_then(|mobile| lines.get(mobile.as_str()));
        let Some((first, Some(second))) = known else { continue };
        let row = if *first == one.line { *second } else { *first };
        one.holder.mobile = None;
        one.warnings.push(LegacyWarning::NoMobile(NoMobile::Shared { row }));
    }
}
