//! Nothing asks which province it is: the four names stand in data and tests only.

use std::path::{Path, PathBuf};

const NAMES: [&str; 8] = ["湖南", "湖北", "辽宁", "浙江", "hunan", "hubei", "liaoning", "zhejiang"];

/// Every Rust file below a folder that is no test.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name().into_string().unwrap());
        let is_test = ["test", "stories", "workloads", "target", "node_modules"].iter().any(|word| name.starts_with(word));
        if path.is_dir() && !is_test {
            sources(&path, found);
        } else if name.ends_with(".rs") && !is_test {
            found.push(path);
        }
    }
}

#[test]
fn no_crate_names_a_province_outside_of_its_tests() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut files = Vec::new();
    for krate in ["crates", "app", "frontend", "server"] {
        sources(&root.join(krate), &mut files);
    }
    assert!(files.len() > 150, "{} files", files.len());
    let mut found = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap();
        for (n, line) in code.lines().enumerate() {
            if NAMES.iter().any(|name| line.to_lowercase().contains(name)) {
                found.push(format!("{}:{}: {line}", file.display(), n + 1));
            }
        }
    }
    assert!(found.is_empty(), "{found:#?}");
}
