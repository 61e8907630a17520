//! The staff of the demonstration. They are data, and nothing of them exists outside it.

use domain::case::StaffRole;
use domain::id::{BureauCode, StaffId};
use domain::staff::normalise;
use serde::Deserialize;
use serde_json::json;
use store::StoreError;
use store::audit::Entry;
use store::staff::StaffRow;
use totp_rs::Secret;

use super::told;
use crate::{Failure, Services};

/// Somebody of the staff of the demonstration, as in its file; a reviewer where it says nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoStaff {
    /// Key of the province.
    pub province: String,
    /// 财政局代码 of the bureau that they work for.
    pub bureau: BureauCode,
    /// Name to log in with.
    pub login: String,
    /// 姓名.
    pub name: String,
    /// 手机号.
    pub mobile: String,
    /// 审核人员 or 管理员; a reviewer where the file says nothing.
    #[serde(default = "reviewer")]
    pub role: StaffRole,
    /// Password, in clear.
    pub password: String,
    /// Secret of the authenticator, in base32.
    pub totp_secret: String,
}

fn reviewer() -> StaffRole {
    StaffRole::Reviewer
}

/// What the demonstration prints, so that a person can sign in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoLogin {
    /// Name to log in with.
    pub login: String,
    /// Password, in clear.
    pub password: String,
    /// Name of the bureau with the city before it.
    pub bureau_name: String,
    /// Secret of the authenticator, in base32.
    pub totp_secret: String,
}

/// Makes the people that are missing; those of provinces that are not served here are passed over.
///
/// # Errors
/// `NotFound` outside the demonstration; `Broken` when a bureau or a secret is none; `Busy`, `Store`.
pub async fn ensure_demo_staff(services: &Services, staff: &[DemoStaff]) -> Result<Vec<DemoLogin>, Failure> {
    if !services.is_demo {
        return Err(Failure::NotFound);
    }
    let mut logins = Vec::new();
    for one in staff {
        let Some(province) = services.province(&one.province) else { continue };
        let bureau = province.bureaus.get(&one.bureau).ok_or_else(|| Failure::Broken(format!("no bureau {}", one.bureau)))?;
        if services.db.read().await?.find_staff_of_login(&one.province, &normalise(&one.login)).await?.is_none() {
            make(services, one).await?;
        }
        logins.push(DemoLogin {
            login: normalise(&one.login),
            password: one.password.clone(),
            bureau_name: bureau.name.clone(),
            totp_secret: one.totp_secret.clone(),
        });
    }
    Ok(logins)
}

async fn make(services: &Services, one: &DemoStaff) -> Result<(), Failure> {
    let secret = Secret::Encoded(one.totp_secret.clone()).to_bytes();
    let secret = secret.map_err(|_| Failure::Broken(format!("the secret of {} is no base32", one.login)))?;
    let (id, now) = (StaffId::from(services.ids.id()), services.now());
    let staff = StaffRow {
        province: one.province.clone(),
        bureau: one.bureau.clone(),
        login: normalise(&one.login),
        name: one.name.clone(),
        mobile_sealed: told::seal_mobile(services, &id, &one.mobile),
        role: one.role.code().to_owned(),
        document_hash: None,
        password_hash: services.gate.hash(one.password.clone()).await?,
        totp_sealed: Some(services.vault.seal("staff.totp", id.as_str(), &secret)),
        totp_step: 0,
        is_active: true,
        version: 1,
        created_at: now,
        id,
    };
    let entry = Entry {
        at: now,
        actor_kind: "system",
        actor_id: "demo".into(),
        action: "make_demo_staff",
        object_kind: "staff",
        object_id: staff.id.to_string(),
        detail: json!({ "bureau": one.bureau }).to_string(),
        request_id: String::new(),
    };
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_staff(&staff).await?;
            tx.audit(&entry).await?;
            Ok::<_, Failure>(())
        })
    });
    match written.await {
        // Another server of the same demonstration was faster.
        Err(Failure::Store(StoreError::Exists { .. })) => Ok(()),
        other => other,
    }
}
