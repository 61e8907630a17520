//! The schools of the demonstration. They are data, and nothing of them exists outside it.

use domain::school::forms::SchoolForm;
use serde::Deserialize;
use serde_json::json;
use store::StoreError;
use store::audit::Entry;
use store::school::{SchoolRow, TokenRow};

use super::hash_of;
use crate::{Failure, Services};

/// A school of the demonstration, as in its file.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DemoSchool {
    /// Key of the province.
    pub province: String,
    /// 网校代码.
    pub code: String,
    /// 网校名称.
    pub name: String,
    /// 简介.
    pub intro: String,
    /// 收费说明.
    pub fees: String,
    /// 网址.
    pub site: String,
    /// Where people are sent with their ticket.
    pub entry: String,
    /// 咨询电话.
    pub phone: String,
    /// 开放年度.
    pub years: String,
    /// A token for an example of its programs; public, as everything of the demonstration. Empty for none.
    #[serde(default)]
    pub token: String,
}

/// Makes the schools that are missing; those of provinces that are not served here are passed over.
///
/// # Errors
/// `NotFound` outside the demonstration, `Invalid` where a school is wrong, `Store`.
pub async fn ensure_demo_schools(services: &Services, schools: &[DemoSchool]) -> Result<(), Failure> {
    if !services.is_demo {
        return Err(Failure::NotFound);
    }
    for one in schools {
        let Some(province) = services.province(&one.province) else { continue };
        let rules = province.profile.learning.as_ref().ok_or(Failure::NotFound)?;
        let there = services.db.read().await?.list_schools(&one.province).await?;
        if there.iter().any(|row| row.code == one.code) {
            continue;
        }
        let DemoSchool { code, name, intro, fees, site, entry, phone, years, token, .. } = one.clone();
        let (id, version, ranges) = (String::new(), "0".into(), String::new());
        let form = SchoolForm { id, version, code, name, intro, fees, site, entry, phone, years, ranges };
        let checked = form.check(rules, true)?;
        let years: Vec<String> = checked.years.iter().map(i32::to_string).collect();
        let row = SchoolRow {
            id: services.ids.id(),
            province: one.province.clone(),
            code: checked.code,
            name: checked.name,
            intro: checked.intro,
            fees: checked.fees,
            site: checked.site,
            entry: checked.entry,
            phone: checked.phone,
            years: years.join(","),
            ranges: String::new(),
            version: 1,
            updated_by: "demo".into(),
            updated_at: services.now(),
        };
        let token = (!token.is_empty()).then(|| example(services, &row.id, &token));
        add(services, row, token).await?;
    }
    Ok(())
}

fn example(services: &Services, school: &str, token: &str) -> TokenRow {
    TokenRow {
        id: services.ids.id(),
        school_id: school.to_owned(),
        token_hash: hash_of(token),
        created_by: "demo".into(),
        created_at: services.now(),
        ended_at: None,
        used_at: None,
    }
}

async fn add(services: &Services, row: SchoolRow, token: Option<TokenRow>) -> Result<(), Failure> {
    let entry = Entry {
        at: services.now(),
        actor_kind: "system",
        actor_id: "demo".into(),
        action: "add_school",
        object_kind: "school",
        object_id: row.id.clone(),
        detail: json!({}).to_string(),
        request_id: String::new(),
    };
    let written = services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_school(&row).await?;
            if let Some(token) = &token {
                tx.insert_school_token(token).await?;
            }
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    match written.await {
        // Another server of the same demonstration was faster.
        Err(Failure::Store(StoreError::Exists { .. })) => Ok(()),
        other => other,
    }
}
