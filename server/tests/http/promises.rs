//! What `docs/security.md` promises is shown by tests that are there.

use std::path::Path;

use super::support::root;

fn sources(folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        if path.is_dir() && !["target", "node_modules", ".git"].iter().any(|skipped| name == *skipped) {
            sources(&path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

#[test]
fn promises_name_tests_that_exist() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let page = format!("{}\n{}", read("docs/security.md"), read("server/tests/attacks/mod.rs"));
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).filter(|word| word.matches('_').count() >= 4).collect();
    assert!(named.len() > 50, "{}", named.len());
    let mut all = String::new();
    sources(&root(), &mut all);
    let missing: Vec<_> = named.iter().filter(|name| !all.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
