//! The command line: what there is to do, and its options.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use domain::id::StaffId;

use super::identity::IdentityClient;

/// 算盘: the platform that registers, reviews and keeps a province's accounting personnel.
#[derive(Parser, Debug)]
#[command(name = "suanpan", version)]
pub struct Options {
    #[command(subcommand)]
    pub command: Command,
}

#[derive(Subcommand, Debug)]
pub enum Command {
    /// Serves the site.
    Serve(Serve),
    /// Applies the migrations that are missing.
    Migrate(Place),
    /// Walks the audit trail and says whether every row stands as it was written; also while servers are running.
    VerifyAudit {
        #[command(flatten)]
        place: Place,
        /// Heads that were written down, as a file or a folder: the trail must hold them all.
        #[arg(long)]
        heads: Option<PathBuf>,
    },
    /// Shows what of the outbox waits, and takes up again what was parked.
    Outbox {
        #[command(flatten)]
        place: Place,
        /// Takes up again what was parked.
        #[arg(long)]
        release: bool,
    },
    /// Agrees to a new or reset account of the staff, while fewer than two administrators can sign in.
    ApproveStaff {
        #[command(flatten)]
        place: Place,
        /// The account, as its page names it.
        id: StaffId,
    },
    /// Prints a one-time token for the first administrator of a province; it lives one hour.
    Bootstrap {
        #[command(flatten)]
        place: Place,
        /// The key of the province, as in `provinces/<key>.toml`.
        #[arg(long)]
        province: String,
    },
    /// Imports holders of the old certificate, or takes an import back.
    ImportLegacy(crate::legacy::ImportLegacy),
    /// Imports results of exams, or credits, from a file, or takes a batch back.
    Import(crate::import::Import),
    /// Draws the pages of a file from standard input; `serve` starts it, with little memory and time.
    #[command(hide = true)]
    Pages {
        /// How many pages there may be.
        #[arg(long)]
        most: u32,
        /// What Chinese text is drawn with that brings no typeface of its own.
        #[arg(long)]
        font: Option<PathBuf>,
    },
    /// Says whether a 完成证明 was signed by one of the keys in a file; needs neither the house nor a network.
    VerifyCertificate {
        /// The certificate: a PDF, a file with the text of its 二维码, or that text itself; `-` for standard input.
        certificate: String,
        /// The key set, as the house shows it at /.well-known/jwks.json.
        #[arg(long)]
        keys: PathBuf,
    },
    /// Validates the profiles and prints every error with file and key.
    CheckProvinces {
        /// The folder with the profiles.
        #[arg(long, env = "PROVINCES_DIR")]
        provinces_dir: Option<PathBuf>,
    },
}

/// Where the data lies.
#[derive(Args, Debug, Default, Clone)]
pub struct Place {
    /// A TOML file with the same names as the long options, `_` for `-`.
    #[arg(long)]
    pub config: Option<PathBuf>,
    /// `sqlite:PATH` or `postgres://…`; SQLite in the data folder by default.
    #[arg(long, env = "DATABASE_URL", hide_env_values = true)]
    pub database_url: Option<String>,
    /// The folder for SQLite, files and keys.
    #[arg(long, env = "DATA_DIR")]
    pub data_dir: Option<PathBuf>,
    /// The folder with the profiles.
    #[arg(long, env = "PROVINCES_DIR")]
    pub provinces_dir: Option<PathBuf>,
    /// The directory of employers for 获取单位信息; the one in the database by default.
    #[arg(long, env = "EMPLOYERS_URL", hide_env_values = true)]
    pub employers_url: Option<String>,
    /// The file with the keys of the sealed columns; `keys` in the data folder by default.
    #[arg(long, env = "KEYS_FILE")]
    pub keys_file: Option<PathBuf>,
    /// The file with the key of the audit trail; `audit.key` in the data folder by default, better where no database is.
    #[arg(long, env = "AUDIT_KEY_FILE")]
    pub audit_key_file: Option<PathBuf>,
    /// The folder with the fonts of the printed forms; `fonts` beside the program by default.
    #[arg(long, env = "FONTS_DIR")]
    pub fonts_dir: Option<PathBuf>,
}

/// How to serve.
#[derive(Args, Debug, Default, Clone)]
pub struct Serve {
    #[command(flatten)]
    pub place: Place,
    /// For looking and testing: demonstration accounts, SMS that can be read. Listens on loopback only.
    #[arg(long)]
    pub demo: bool,
    /// The address to listen on.
    #[arg(long, env = "ADDRESS")]
    pub address: Option<IpAddr>,
    /// The port to listen on.
    #[arg(long, env = "PORT")]
    pub port: Option<u16>,
    /// The address that browsers use, such as `https://kj.example.gov.cn`; TLS ends at the gateway.
    #[arg(long, env = "ORIGIN")]
    pub origin: Option<String>,
    /// The gateways whose `X-Forwarded-For` is believed.
    #[arg(long, env = "TRUSTED_PROXIES", value_delimiter = ',')]
    pub trusted_proxies: Vec<IpAddr>,
    /// The folder to which the heads of the audit trail are written daily; `audit-heads` in the data folder by default, better on
    /// another machine.
    #[arg(long, env = "AUDIT_HEADS")]
    pub audit_heads: Option<PathBuf>,
    /// The folder with scripts and styles; beside the program by default.
    #[arg(long, env = "LEPTOS_SITE_ROOT")]
    pub site_root: Option<PathBuf>,
    /// The folder of scripts and styles below it; the one that the file `version` beside the program names by default.
    #[arg(long, env = "LEPTOS_SITE_PKG_DIR")]
    pub site_pkg_dir: Option<String>,
    /// For so many seconds a decision of a reviewer can be undone, whatever the profiles say; 0 for not at all.
    #[arg(long, env = "UNDO_SECONDS", value_parser = clap::value_parser!(u32).range(..=300))]
    pub undo_seconds: Option<u32>,
    /// In the demonstration, a number gets another code after so many seconds, whatever the profiles say.
    #[arg(long, env = "CODE_PAUSE_SECONDS", value_parser = clap::value_parser!(u32).range(1..=60))]
    pub code_pause_seconds: Option<u32>,
    /// In the demonstration, the programs of a school call so often in a minute, whatever the profiles say.
    #[arg(long, env = "SCHOOL_CALLS", value_parser = clap::value_parser!(u32).range(1..))]
    pub school_calls: Option<u32>,
    /// The demonstration's own identity service, for provinces that have one and no table in the configuration file.
    #[arg(long, env = "IDENTITY_ISSUER", default_value = "http://127.0.0.1:3010")]
    pub identity_issuer: String,
    /// The clients at identity services, from the configuration file.
    #[arg(skip)]
    pub identity: BTreeMap<String, IdentityClient>,
}
