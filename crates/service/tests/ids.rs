//! What names an account, a case, a member of the staff or a bureau has a type of its own wherever a public item of `domain`,
//! `store` or `service` takes or shows it. What was typed into a form is text, and becomes an id where the form is read; who acts
//! in the audit trail and in the timeline (`actor_id`) may be any of several, and nobody.

#![cfg(test)]

use std::path::{Path, PathBuf};

/// Parameters and fields that name one of the four, whatever they belong to; also as the end of a longer name, after `_`.
const NAMES: [&str; 15] = [
    "account",
    "account_id",
    "accounts",
    "asked_by",
    "author_id",
    "bureau",
    "bureaus",
    "case",
    "case_id",
    "decided_by",
    "holder_id",
    "person",
    "staff",
    "staff_id",
    "updated_by",
];

/// Fields with a short name that are one of the four where they stand.
const OWN: [(&str, &str); 10] = [
    ("AccountRow", "id"),
    ("Bureau", "code"),
    ("Bureau", "parent"),
    ("CaseRow", "id"),
    ("CaseSummary", "id"),
    ("Member", "id"),
    ("PersonLine", "id"),
    ("PersonRow", "id"),
    ("QueueLine", "id"),
    ("StaffRow", "id"),
];

/// What an address says, which may be anything and is read where it is used.
const OF_ADDRESSES: [(&str, &str); 1] = [("QueueQuery", "bureau")];

/// Functions whose `id` is one of the four.
const TAKING: [&str; 13] = [
    "activate_staff",
    "approve_staff",
    "case",
    "count_able_administrators",
    "find_account",
    "find_case",
    "find_person",
    "find_staff",
    "lock_case",
    "person",
    "remove_staff",
    "reset_staff",
    "set_staff_active",
];

const TYPES: [&str; 4] = ["AccountId", "BureauCode", "CaseId", "StaffId"];

fn word(text: &str) -> &str {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap_or_default()
}

/// What stands in the bracket that opens at the beginning of a text.
fn inside(text: &str) -> &str {
    let mut depth = 0_i32;
    for (at, c) in text.char_indices() {
        depth += i32::from(matches!(c, '(' | '{' | '[')) - i32::from(matches!(c, ')' | '}' | ']'));
        if depth == 0 {
            return text.get(1..at).unwrap_or_default();
        }
    }
    ""
}

/// The parts of a list at its commas, but for those inside of a bracket.
fn parts(list: &str) -> Vec<&str> {
    let (mut depth, mut from, mut parts) = (0_i32, 0, Vec::new());
    let mut before = ' ';
    for (at, c) in list.char_indices() {
        depth += i32::from(matches!(c, '(' | '{' | '[' | '<'));
        depth -= i32::from(matches!(c, ')' | '}' | ']') || c == '>' && before != '-' && before != '=');
        if c == ',' && depth == 0 {
            parts.push(&list[from..at]);
            from = at + 1;
        }
        before = c;
    }
    parts.push(&list[from..]);
    parts
}

/// The names of a list with their types; those of a pattern in brackets one by one.
fn typed(list: &str) -> Vec<(String, String)> {
    let mut found = Vec::new();
    for part in parts(list) {
        let Some((pattern, of)) = part.split_once(": ") else { continue };
        let (pattern, of) = (pattern.trim(), of.trim());
        if pattern.starts_with('(') && of.starts_with('(') {
            let pairs = parts(inside(pattern)).into_iter().zip(parts(inside(of)));
            found.extend(pairs.map(|(name, of)| (name.trim().to_owned(), of.trim().to_owned())));
        } else {
            found.push((pattern.rsplit(' ').next().unwrap_or_default().to_owned(), of.to_owned()));
        }
    }
    found
}

/// Whether a name with such a type stands for one of the four as bare text.
fn is_bare(of: &str, name: &str, text: &str) -> bool {
    if OF_ADDRESSES.contains(&(of, name)) {
        return false;
    }
    let tail = |known: &&str| name == *known || name.strip_suffix(*known).is_some_and(|head| head.ends_with('_'));
    let names_one = NAMES.iter().any(tail) || OWN.contains(&(of, name)) || name == "id" && TAKING.contains(&of);
    let words = || text.split(|c: char| !c.is_alphanumeric() && c != '_');
    names_one && words().any(|word| word == "String" || word == "str") && !words().any(|word| TYPES.contains(&word))
}

/// What follows the generics of an item, in which a bracket may stand too.
fn behind_generics(rest: &str) -> &str {
    let rest = &rest[word(rest).len()..];
    let (mut depth, mut before) = (0_i32, ' ');
    for (at, c) in rest.char_indices() {
        depth += i32::from(c == '<') - i32::from(c == '>' && before != '-');
        if depth == 0 {
            return &rest[at..];
        }
        before = c;
    }
    rest
}

/// Each public function, structure and variant of a text: its line, its name, and the list of what it takes or shows.
fn public(code: &str) -> Vec<(usize, &str, String)> {
    let mut found = Vec::new();
    for keyword in ["pub fn ", "pub async fn ", "pub const fn ", "pub struct ", "pub enum ", "    fn ", "    async fn "] {
        for (at, _) in code.match_indices(keyword) {
            let rest = &code[at + keyword.len()..];
            // A function without `pub` is public in a trait that is.
            if keyword.starts_with(' ') && !in_trait(&code[..at]) {
                continue;
            }
            let opening = if keyword.ends_with("fn ") { '(' } else { '{' };
            let behind = behind_generics(rest);
            let Some(open) = behind.find([opening, ';']) else { continue };
            let list = parts(inside(&behind[open..])).into_iter();
            let shown = list.filter(|part| !keyword.ends_with("struct ") || part.contains("pub ")).collect::<Vec<_>>();
            found.push((1 + code[..at].matches('\n').count(), word(rest), shown.join(",")));
        }
    }
    found
}

/// Whether the item that a text ends in is a public trait.
fn in_trait(before: &str) -> bool {
    let heads = before.lines().rev().filter(|line| !line.starts_with([' ', '}', ')', '#', '/']) && !line.is_empty());
    heads.take(1).any(|line| line.starts_with("pub trait "))
}

/// The lists of names that stand inside of an item: the variants of an enum bring theirs.
fn lists(list: &str) -> Vec<&str> {
    let variants = list.match_indices('{').map(|(at, _)| inside(&list[at..]));
    variants.chain([list]).collect()
}

fn faults(path: &str, code: &str) -> Vec<String> {
    // Notes may speak of anything, and end no list.
    let code: String = code.lines().map(|line| format!("{}\n", line.split("//").next().unwrap_or_default())).collect();
    let code = code.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let mut found = Vec::new();
    for (line, of, list) in public(code) {
        let bare = lists(&list).into_iter().flat_map(typed).filter(|(name, text)| is_bare(of, name, text));
        found.extend(bare.map(|(name, text)| format!("{path}:{line} {of}: {name} is {text}")));
    }
    found.sort();
    found.dedup();
    found
}

fn files(of: &Path) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(of) else { return Vec::new() };
    let paths = entries.map(|entry| entry.unwrap().path());
    paths.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn no_public_item_takes_or_shows_an_id_as_bare_text() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let (mut found, mut read) = (Vec::new(), 0);
    for of in ["domain", "store", "service"] {
        for path in files(&root.join(of).join("src")) {
            let shown = path.strip_prefix(&root).unwrap().display().to_string();
            let is_code = path.extension().is_some_and(|end| end == "rs");
            if !is_code || shown.contains("stories") || shown.contains("tests") || shown.contains("testing") {
                continue;
            }
            read += 1;
            found.extend(faults(&shown, &std::fs::read_to_string(&path).unwrap()));
        }
    }
    assert!(read > 200, "{read} files");
    assert!(found.is_empty(), "{found:#?}");
}

#[test]
fn an_id_as_bare_text_is_found_wherever_it_is_planted() {
    let planted = [
        ("pub fn f(case: &str) {}", "case is &str"),
        ("pub async fn f(tx: &mut Tx, staff_id: Option<String>) {}", "staff_id is Option<String>"),
        ("pub fn f((province, bureau): (&str, &str), n: u8) {}", "bureau is &str"),
        ("pub fn f<'a>(accounts: &'a [String]) {}", "accounts is &'a [String]"),
        ("pub struct S {\n    /// Whose, by id.\n    pub account_id: String,\n}", "account_id is String"),
        ("pub struct CaseRow {\n    pub id: String,\n}", "id is String"),
        ("pub struct S {\n    pub case_bureau: Vec<String>,\n}", "case_bureau is Vec<String>"),
        ("pub enum E {\n    A { account: String },\n    B,\n}", "account is String"),
        ("pub trait T {\n    fn open(&self, case: &str) -> u8;\n}", "case is &str"),
        (
            "impl Reader {\n    pub async fn find_case(\n        &mut self,\n        id: &str,\n    ) -> u8 {\n    }\n}",
            "id is &str",
        ),
    ];
    for (code, expected) in planted {
        let found = faults("x.rs", code);
        assert!(found.iter().any(|fault| fault.starts_with("x.rs:") && fault.ends_with(expected)), "{code}: {found:?}");
    }
}

#[test]
fn what_has_a_type_is_private_or_names_something_else_passes() {
    for code in [
        "pub fn f(case: &CaseId, bureaus: Vec<(BureauCode, String)>) {}",
        "pub fn f(case: &CaseRow, name: &str, account: Option<&AccountId>) {}",
        "pub(crate) fn f(case: &str) {}",
        "fn f(case: &str) {}",
        "impl S {\n    fn f(&self, case: &str) {}\n}",
        "pub struct S {\n    pub id: String,\n    pub bureau_name: String,\n    case: String,\n}",
        "// pub fn f(case: &str) {}",
    ] {
        assert_eq!(faults("x.rs", code), Vec::<String>::new(), "{code}");
    }
}
