//! The rooms of the house keep to themselves: the engine knows no line of business, no line knows another, the desk knows the
//! engine only. A line is a folder of the same name in `domain`, `store` and `service`.

#![cfg(test)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// Every line of business, those of the tests too.
const LINES: [&str; 8] = ["intake", "phone_change", "counter", "learning", "employer", "integrity", "closing", "demo_kind"];
/// What belongs to everybody, and so knows no line either.
const COMMON: [&str; 7] = ["case", "account", "staff", "portal", "notify", "session", "visit"];

/// What stands over the ledger of credits, and so knows that line and no other: what schools report, and what is certified. Whoever
/// changes a name tells the second.
const OVER_THE_LEDGER: [&str; 2] = ["school", "certificate"];

/// What stands over the form of 信息采集, and so knows that line and no other: what is changed of a record that it made.
const OVER_THE_FORM: [&str; 2] = ["change", "transfer"];

/// What stands beside the lines and knows none of them: what an employer says of a person. What names an employer leans on it.
const BESIDE: [&str; 1] = ["confirmation"];

/// What stands above the lines: none of them knows it.
const ABOVE: [&str; 6] = ["review", "kinds", "handover", "record", "relocation", "annulment"];

/// The rooms that a file names: `crate::room`, `domain::room`, `store::room`, and the names in `use crate::{…}`.
fn named(text: &str) -> BTreeSet<String> {
    let mut rooms = BTreeSet::new();
    for root in ["crate::", "domain::", "store::"] {
        for (at, _) in text.match_indices(root) {
            let is_word = text[..at].chars().next_back().is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':');
            let rest = &text[at + root.len()..];
            match rest.strip_prefix('{') {
                _ if is_word => {}
                Some(list) => rooms.extend(first_names(list)),
                None => rooms.extend(word(rest)),
            }
        }
    }
    rooms
}

fn word(text: &str) -> Option<String> {
    let word: String = text.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    (!word.is_empty()).then_some(word)
}

/// The names of a list in braces that stand directly in it.
fn first_names(list: &str) -> Vec<String> {
    let (mut depth, mut parts) = (0_u32, vec![String::new()]);
    for c in list.chars() {
        match c {
            '}' if depth == 0 => break,
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => parts.push(String::new()),
            _ if depth == 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    parts.iter().filter_map(|part| word(part.trim())).collect()
}

/// The sources of a crate, which stands beside this one or at the top.
fn sources(of: &str) -> PathBuf {
    let beside = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = [beside.join(of), beside.join("..").join(of)].into_iter().find(|folder| folder.is_dir());
    folder.unwrap().join("src")
}

fn files(of: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(of) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    // Fixtures beside the sources are no text.
    let is_source = |path: &PathBuf| path.extension().is_some_and(|end| end == "rs");
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).filter(is_source).collect()
}

/// The files of a room in a crate, without its tests, which may set up anything.
fn room(of: &str, name: &str) -> Vec<(String, String)> {
    let src = sources(of);
    let mut paths = files(&src.join(name));
    paths.extend([src.join(format!("{name}.rs"))].into_iter().filter(|path| path.exists()));
    let kept = paths.into_iter().filter(|path| {
        let path = path.strip_prefix(&src).unwrap().to_string_lossy().into_owned();
        !path.contains("stories") && !path.contains("tests")
    });
    let read = |path: PathBuf| {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default().to_owned();
        (format!("{of}/{}", path.strip_prefix(&src).unwrap().display()), code)
    };
    kept.map(read).collect()
}

fn faults(of: &str, name: &str, forbidden: &[&str]) -> Vec<String> {
    let read = room(of, name).into_iter();
    read.flat_map(|(path, code)| {
        let named = named(&code).into_iter().filter(|room| forbidden.contains(&room.as_str()));
        named.map(|room| format!("{path} names {room}")).collect::<Vec<_>>()
    })
    .collect()
}

#[test]
fn the_engine_knows_no_line_and_no_line_knows_another_nor_the_desk() {
    let mut found = Vec::new();
    for of in ["domain", "store", "service"] {
        for name in COMMON {
            found.extend(faults(of, name, &[&LINES[..], &OVER_THE_FORM, &ABOVE, &BESIDE, &["school"]].concat()));
        }
        for name in BESIDE {
            found.extend(faults(of, name, &[&LINES[..], &OVER_THE_FORM, &OVER_THE_LEDGER, &ABOVE].concat()));
        }
        for name in OVER_THE_LEDGER {
            let others: Vec<&str> = LINES.iter().copied().filter(|line| *line != "learning").chain(ABOVE).collect();
            found.extend(faults(of, name, &others));
        }
        for name in OVER_THE_FORM {
            let others: Vec<&str> =
                LINES.iter().copied().filter(|line| *line != "intake").chain(ABOVE).chain(["school"]).collect();
            found.extend(faults(of, name, &others));
        }
        for name in LINES {
            let others: Vec<&str> = LINES.iter().copied().filter(|line| *line != name).chain(ABOVE).chain(["school"]).collect();
            found.extend(faults(of, name, &others));
            found.extend(faults(of, name, &[&OVER_THE_FORM[..], &BESIDE].concat()));
        }
        found.extend(faults(of, "review", &[&LINES[..], &["kinds", "handover"]].concat()));
        // 手机传图 fills slots of whatever kind, and knows none.
        found.extend(faults(of, "handover", &[&LINES[..], &["review", "kinds"]].concat()));
    }
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn every_room_that_is_watched_has_files() {
    for (of, name) in [
        ("domain", "case"),
        ("store", "case"),
        ("service", "case"),
        ("service", "review"),
        ("service", "visit"),
        ("service", "handover"),
    ] {
        assert!(!room(of, name).is_empty(), "{of}/{name}");
    }
    for name in LINES.into_iter().chain(OVER_THE_LEDGER).chain(OVER_THE_FORM).chain(BESIDE) {
        assert!(!room("service", name).is_empty(), "{name}");
    }
}

#[test]
fn an_import_is_seen_however_it_is_written() {
    let code =
        "use crate::intake::Folder;\nuse crate::{Failure, review::{a, phone_change}, staff};\nfn f() { domain::case::x() }";
    assert_eq!(named(code).into_iter().collect::<Vec<_>>(), ["Failure", "case", "intake", "review", "staff"]);
}

/// What keeps a case from being opened is asked where it is opened, with its account locked, so that no kind forgets it.
#[test]
fn a_case_is_opened_by_one_function() {
    let mut found = Vec::new();
    for path in files(&sources("service")) {
        let shown = path.display().to_string();
        if shown.contains("stories") || shown.contains("/tests") {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        found.extend(text.contains(".insert_case(").then_some(shown));
    }
    assert!(matches!(&found[..], [one] if one.ends_with("case/opened.rs")), "{found:#?}");
}

/// A change may be a transfer as well: both read the terms of the profile and lean on the engine.
#[test]
fn change_and_transfer_share_rules_and_no_code() {
    for (name, other) in [("change", "crate::transfer"), ("transfer", "crate::change")] {
        let files = room("service", name).into_iter().filter(|(_, code)| code.contains(other));
        assert_eq!(files.map(|(path, _)| path).collect::<Vec<_>>(), Vec::<String>::new());
    }
}

/// A kind is compared with nowhere: what differs stands in its row, or behind its `impl Kind`.
#[test]
fn nothing_asks_which_kind_a_case_is() {
    let mut found = Vec::new();
    for of in ["domain", "store", "service", "app", "server", "frontend"] {
        for path in files(&sources(of)) {
            let shown = path.display().to_string();
            if path.extension().is_none_or(|end| end != "rs") || shown.contains("stories") || shown.contains("tests") {
                continue;
            }
            let text = std::fs::read_to_string(&path).unwrap();
            let asks = [
                "== CaseKind::",
                "!= CaseKind::",
                "matches!(row.kind",
                "matches!(case.kind",
                "match row.kind",
                "match case.kind",
                "if let CaseKind::",
            ];
            found.extend(asks.iter().filter(|ask| text.contains(*ask)).map(|ask| format!("{shown}: {ask}")));
            // Its own kind a line may know.
            let is_line = LINES.iter().chain(&OVER_THE_FORM).any(|line| shown.contains(&format!("/src/{line}/")));
            let own = ["== KIND", "!= KIND"].into_iter().filter(|ask| !is_line && text.contains(*ask));
            found.extend(own.map(|ask| format!("{shown}: {ask}")));
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
