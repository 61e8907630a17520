//! Reading the profiles from their folder.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use domain::province::{Profile, Province};

use crate::config::find_provinces;

/// The keys of the profiles in a folder.
fn keys(folder: &Path) -> anyhow::Result<Vec<String>> {
    let mut keys = Vec::new();
    for entry in std::fs::read_dir(folder).with_context(|| format!("reading the profiles in {}", folder.display()))? {
        let path = entry?.path();
        let name = path.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default();
        // What the demonstration adds is no province.
        if path.extension().is_some_and(|kind| kind == "toml") && name != "demo" {
            keys.push(name.to_owned());
        }
    }
    keys.sort();
    Ok(keys)
}

/// Reads every profile of a folder.
///
/// # Errors
/// Every mistake in them, with file and key.
pub fn load(folder: &Path) -> anyhow::Result<BTreeMap<String, Arc<Province>>> {
    let read = |file: &str| std::fs::read_to_string(folder.join(file)).ok();
    let mut provinces = BTreeMap::new();
    let mut problems = Vec::new();
    for key in keys(folder)? {
        match Province::parse(&read, &key) {
            Ok(province) => drop(provinces.insert(key, Arc::new(province))),
            Err(errors) => problems.extend(errors.iter().map(ToString::to_string)),
        }
    }
    problems.extend(shared_codes(&provinces));
    if !problems.is_empty() {
        bail!("{}", problems.join("\n"));
    }
    if provinces.is_empty() {
        bail!("no profile in {}", folder.display());
    }
    Ok(provinces)
}

/// The same provinces, with profiles that were changed by what the program was started with.
#[must_use]
pub fn with(provinces: &BTreeMap<String, Arc<Province>>, change: impl Fn(&mut Profile)) -> BTreeMap<String, Arc<Province>> {
    let mut provinces = provinces.clone();
    for province in provinces.values_mut() {
        change(&mut Arc::make_mut(province).profile);
    }
    provinces
}

/// Case numbers begin with the code of the province: with one code in two profiles they would meet.
fn shared_codes(provinces: &BTreeMap<String, Arc<Province>>) -> Vec<String> {
    let mut owners = BTreeMap::new();
    let mut problems = Vec::new();
    for province in provinces.values() {
        let profile = &province.profile;
        if let Some(owner) = owners.insert(&profile.code, &profile.key) {
            problems.push(format!("{}.toml: code: {} is the code of {owner}.toml already", profile.key, profile.code));
        }
    }
    problems
}

/// `check-provinces`.
///
/// # Errors
/// Every mistake, with file and key.
pub fn check(folder: Option<&Path>) -> anyhow::Result<()> {
    let provinces = load(&find_provinces(folder))?;
    for province in provinces.values() {
        println!("{}: {} – in order", province.profile.key, province.profile.site.title);
    }
    Ok(())
}
