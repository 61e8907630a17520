//! The command line, the environment and the configuration file: one struct, in this order of precedence.

mod command;
pub mod identity;

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use serde::Deserialize;

pub use self::command::{Command, Options, Place, Serve};
use self::identity::IdentityClient;

/// A variable of the environment that no option has, because its name depends on the province.
#[expect(clippy::disallowed_methods, reason = "this is where the environment is read")]
#[must_use]
pub fn environment(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct File {
    database_url: Option<String>,
    data_dir: Option<PathBuf>,
    provinces_dir: Option<PathBuf>,
    keys_file: Option<PathBuf>,
    audit_key_file: Option<PathBuf>,
    audit_heads: Option<PathBuf>,
    employers_url: Option<String>,
    fonts_dir: Option<PathBuf>,
    address: Option<IpAddr>,
    port: Option<u16>,
    origin: Option<String>,
    trusted_proxies: Vec<IpAddr>,
    identity: BTreeMap<String, IdentityClient>,
}

impl Place {
    fn file(&self) -> anyhow::Result<File> {
        let Some(path) = &self.config else { return Ok(File::default()) };
        let text = std::fs::read_to_string(path).with_context(|| format!("reading {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("in {}", path.display()))
    }

    fn fill(&mut self, file: File) {
        self.database_url = self.database_url.take().or(file.database_url);
        self.data_dir = self.data_dir.take().or(file.data_dir);
        self.provinces_dir = self.provinces_dir.take().or(file.provinces_dir);
        self.keys_file = self.keys_file.take().or(file.keys_file);
        self.audit_key_file = self.audit_key_file.take().or(file.audit_key_file);
        self.employers_url = self.employers_url.take().or(file.employers_url);
        self.fonts_dir = self.fonts_dir.take().or(file.fonts_dir);
    }

    /// Completes the options from the configuration file.
    ///
    /// # Errors
    /// When the file cannot be read or has an unknown key.
    pub fn completed(mut self) -> anyhow::Result<Self> {
        let file = self.file()?;
        self.fill(file);
        Ok(self)
    }

    /// The data folder, made when it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn folder(&self) -> anyhow::Result<PathBuf> {
        let folder = self.data_dir.clone().context("name the data folder: --data-dir or DATA_DIR")?;
        crate::disk::folder(&folder).with_context(|| format!("making {}", folder.display()))?;
        Ok(folder)
    }

    /// The file with the keys.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn keys(&self) -> anyhow::Result<PathBuf> {
        match &self.keys_file {
            Some(file) => Ok(file.clone()),
            None => Ok(self.folder()?.join("keys")),
        }
    }

    /// The file with the key of the audit trail.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn audit_key(&self) -> anyhow::Result<PathBuf> {
        match &self.audit_key_file {
            Some(file) => Ok(file.clone()),
            None => Ok(self.folder()?.join("audit.key")),
        }
    }

    /// The address of the database.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn database(&self) -> anyhow::Result<String> {
        match &self.database_url {
            Some(url) => {
                ensure!(
                    url.starts_with("sqlite:") || url.starts_with("postgres"),
                    "DATABASE_URL begins with sqlite: or postgres:"
                );
                Ok(url.clone())
            }
            None => Ok(format!("sqlite:{}", self.folder()?.join("suanpan.sqlite").display())),
        }
    }

    /// The folder with the profiles: as told, here, or beside the program.
    #[must_use]
    pub fn provinces(&self) -> PathBuf {
        find_provinces(self.provinces_dir.as_deref())
    }

    /// The folder with the fonts: as told, or beside the program.
    #[must_use]
    pub fn fonts(&self) -> PathBuf {
        self.fonts_dir.clone().unwrap_or_else(|| beside().join("fonts"))
    }
}

/// The folder with the profiles: as told, here, or beside the program.
#[must_use]
pub fn find_provinces(told: Option<&Path>) -> PathBuf {
    let here = PathBuf::from("provinces");
    match told {
        Some(folder) => folder.to_owned(),
        None if here.is_dir() => here,
        None => beside().join("provinces"),
    }
}

fn beside() -> PathBuf {
    std::env::current_exe().ok().and_then(|exe| exe.parent().map(Path::to_owned)).unwrap_or_default()
}

impl Serve {
    /// Completes the options from the configuration file.
    ///
    /// # Errors
    /// When the file cannot be read or has an unknown key.
    pub fn completed(mut self) -> anyhow::Result<Self> {
        let mut file = self.place.file()?;
        self.address = self.address.or(file.address.take());
        self.port = self.port.or(file.port.take());
        self.origin = self.origin.take().or_else(|| file.origin.take());
        if self.trusted_proxies.is_empty() {
            self.trusted_proxies = std::mem::take(&mut file.trusted_proxies);
        }
        self.identity = std::mem::take(&mut file.identity);
        self.audit_heads = self.audit_heads.take().or_else(|| file.audit_heads.take());
        self.place.fill(file);
        Ok(self)
    }

    /// The folder to which the heads of the audit trail are written.
    ///
    /// # Errors
    /// When the data folder cannot be made.
    pub fn heads(&self) -> anyhow::Result<PathBuf> {
        match &self.audit_heads {
            Some(folder) => Ok(folder.clone()),
            None => Ok(self.place.folder()?.join("audit-heads")),
        }
    }

    /// The folder with scripts and styles, and the one below it that holds the program for the browser.
    #[must_use]
    pub fn site(&self) -> (PathBuf, String) {
        let root = self.site_root.clone().unwrap_or_else(|| beside().join("site"));
        let named = || std::fs::read_to_string(beside().join("version")).map(|text| text.trim().to_owned());
        (root, self.site_pkg_dir.clone().or_else(|| named().ok()).unwrap_or_else(|| "pkg".to_owned()))
    }
}
