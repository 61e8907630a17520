//! The demonstration: its staff, and what it says when it starts.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use domain::case::StaffRole;
use serde::Deserialize;
use service::Services;
use service::school::{DemoSchool, ensure_demo_schools};
use service::staff::{DemoStaff, ensure_demo_staff};

/// Somebody of the staff of the demonstration, as people need it to sign in.
#[derive(Clone, Debug)]
pub struct Account {
    pub province: String,
    pub bureau: String,
    pub role: &'static str,
    pub login: String,
    pub password: String,
    /// The secret of the authenticator in base32.
    pub secret: String,
}

/// The staff of the demonstration; nobody outside it.
#[derive(Clone, Debug, Default)]
pub struct Accounts(pub Arc<Vec<Account>>);

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    staff: Vec<DemoStaff>,
    #[serde(default)]
    schools: Vec<DemoSchool>,
}

/// Makes the people and the schools that are missing.
///
/// # Errors
/// When `demo.toml` is missing or wrong.
pub async fn accounts(services: &Services, provinces: &Path) -> anyhow::Result<Accounts> {
    let path = provinces.join("demo.toml");
    let text = std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))?;
    let file: File = toml::from_str(&text).with_context(|| format!("in {}", path.display()))?;
    ensure_demo_schools(services, &file.schools).await.map_err(|failure| anyhow::anyhow!("{failure}"))?;
    let mut accounts = Vec::new();
    for staff in file.staff {
        let logins = ensure_demo_staff(services, std::slice::from_ref(&staff)).await;
        for login in logins.map_err(|failure| anyhow::anyhow!("{failure}"))? {
            accounts.push(Account {
                province: staff.province.clone(),
                bureau: login.bureau_name,
                role: if staff.role == StaffRole::Administrator { "管理员" } else { "审核人员" },
                login: login.login,
                password: login.password,
                secret: login.totp_secret,
            });
        }
    }
    Ok(Accounts(Arc::new(accounts)))
}

/// Prints where to look.
pub fn announce(address: SocketAddr, accounts: &Accounts) {
    println!("算盘演示已启动：http://{address}");
    println!("短信和工作人员的动态口令：http://{address}/demo");
    println!("工作人员（http://{address}/staff）：");
    for account in accounts.0.iter() {
        let Account { bureau, role, login, password, secret, .. } = account;
        println!("  {bureau}（{role}）  用户名 {login}  密码 {password}  动态口令密钥 {secret}");
    }
}
