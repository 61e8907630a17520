//! Our place at the identity services of the provinces: `[identity.<province>]` in the configuration file.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use domain::identity::DocumentKind;
use domain::province::Province;
use openidconnect::ClientSecret;
use openidconnect::url::{Host, Url, form_urlencoded};
use serde::Deserialize;
use std::sync::Arc;

/// How we are known at the identity service of a province, and what its claims are called. `ClientSecret` hides itself.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct IdentityClient {
    /// The address below which `.well-known/openid-configuration` lies.
    pub issuer: String,
    pub client_id: String,
    /// 注册 at the service. `{return}` becomes our address, so that its last page leads back.
    pub register_url: String,
    /// 用户中心 at the service, where people correct their data; `{return}` as above.
    pub account_url: String,
    /// Better in a file, or in the environment.
    #[serde(default)]
    pub client_secret: Option<ClientSecret>,
    #[serde(default)]
    pub client_secret_file: Option<PathBuf>,
    /// Beside `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    #[serde(default)]
    pub claims: ClaimNames,
    /// The service's words for kinds of documents, where they are not our codes.
    #[serde(default)]
    pub document_kinds: BTreeMap<String, DocumentKind>,
}

/// In which claim the service says what.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ClaimNames {
    pub name: String,
    pub mobile: String,
    pub document_kind: String,
    pub document_number: String,
    /// 统一社会信用代码 of the unit that somebody acts for (法人用户登录); absent where people sign in for themselves.
    pub unit_code: String,
    /// Its name.
    pub unit_name: String,
}

impl Default for ClaimNames {
    fn default() -> Self {
        let [name, mobile, document_kind, document_number, unit_code, unit_name] =
            ["name", "phone_number", "document_kind", "document_number", "unit_code", "unit_name"].map(str::to_owned);
        Self { name, mobile, document_kind, document_number, unit_code, unit_name }
    }
}

fn scopes() -> Vec<String> {
    ["profile", "phone", "document"].map(str::to_owned).to_vec()
}

/// What stands in the addresses of the service for our own.
const RETURN: &str = "{return}";

/// The address of a page of the service, with the way back where it has a place for one.
#[must_use]
pub fn with_return(template: &str, back: &str) -> String {
    template.replace(RETURN, &form_urlencoded::byte_serialize(back.as_bytes()).collect::<String>())
}

/// Whether nobody on the way can read or change what is sent there: TLS, or this very machine.
#[must_use]
pub fn is_private(address: &Url) -> bool {
    let is_here = match address.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::V4(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::V6(ip).is_loopback(),
        None => false,
    };
    address.scheme() == "https" || (address.scheme() == "http" && is_here)
}

impl IdentityClient {
    /// The service of the demonstration, `end2end/issuer`; its secret is none.
    #[must_use]
    pub fn of_demo(issuer: &str) -> Self {
        Self {
            issuer: issuer.to_owned(),
            client_id: "suanpan".into(),
            register_url: format!("{issuer}/register?goto={RETURN}"),
            account_url: format!("{issuer}/account?goto={RETURN}"),
            client_secret: Some(ClientSecret::new("only-for-the-demonstration".into())),
            client_secret_file: None,
            scopes: scopes(),
            claims: ClaimNames::default(),
            document_kinds: BTreeMap::new(),
        }
    }

    /// Finds the secret (environment before file before value) and refuses an address that others can listen to.
    fn completed(mut self, province: &str, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let pages = [self.register_url.as_str(), &self.account_url].map(|page| with_return(page, ""));
        for (key, address) in [("issuer", &self.issuer), ("register_url", &pages[0]), ("account_url", &pages[1])] {
            let url = Url::parse(address).with_context(|| format!("identity.{province}.{key}"))?;
            ensure!(is_private(&url), "identity.{province}.{key}: https:// is needed (http:// only on this machine)");
        }
        let variable = format!("IDENTITY_CLIENT_SECRET_{}", province.to_uppercase());
        if let Some(secret) = environment(&variable) {
            self.client_secret = Some(ClientSecret::new(secret));
        } else if let Some(path) = &self.client_secret_file {
            let text = std::fs::read_to_string(path)
                .with_context(|| format!("identity.{province}.client_secret_file: reading {}", path.display()))?;
            self.client_secret = Some(ClientSecret::new(text.trim_end().to_owned()));
        }
        let has_secret = self.client_secret.as_ref().is_some_and(|secret| !secret.secret().is_empty());
        ensure!(has_secret, "identity.{province}: client_secret_file, {variable} or client_secret is needed");
        Ok(self)
    }
}

/// The clients of all provinces whose people come by an identity service. In the demonstration those that are not
/// configured use its own service at `demo`.
///
/// # Errors
/// A province without its table, a table without its province, a table that is wrong.
pub fn clients(
    mut told: BTreeMap<String, IdentityClient>,
    provinces: &BTreeMap<String, Arc<Province>>,
    demo: Option<&str>,
    environment: impl Fn(&str) -> Option<String>,
) -> anyhow::Result<BTreeMap<String, IdentityClient>> {
    let mut clients = BTreeMap::new();
    let by_service = provinces.iter().filter(|(_, province)| province.profile.account.identity_service.is_some());
    for (key, province) in by_service {
        let client = match (told.remove(key), demo) {
            (Some(client), _) => client,
            (None, Some(issuer)) => IdentityClient::of_demo(issuer),
            (None, None) => bail!(
                "{}: people sign in by an identity service; the configuration file needs the table [identity.{key}]",
                province.profile.name
            ),
        };
        clients.insert(key.clone(), client.completed(key, &environment)?);
    }
    if let Some(key) = told.keys().next() {
        bail!("identity.{key}: no province of this name signs people in by an identity service");
    }
    Ok(clients)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn provinces() -> BTreeMap<String, Arc<Province>> {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../provinces");
        let read = |file: &str| std::fs::read_to_string(folder.join(file)).ok();
        let mut province = Province::parse(&read, "hunan").unwrap();
        province.profile.account.identity_service =
            Some(domain::province::IdentityService { name: "服务网".into(), hotline: "12345".into(), note: "更正".into() });
        [("hunan".to_owned(), Arc::new(province))].into()
    }

    fn told(text: &str) -> BTreeMap<String, IdentityClient> {
        toml::from_str(text).unwrap()
    }

    fn error(text: &str, demo: Option<&str>) -> String {
        format!("{:#}", clients(told(text), &provinces(), demo, |_| None).unwrap_err())
    }

    const ISSUER: &str = "[hunan]\nissuer = \"https://id.example\"\nclient_id = \"kj\"\n\
                          register_url = \"https://id.example/reg?to={return}\"\naccount_url = \"https://user.example/\"\n";

    #[test]
    fn a_province_with_an_identity_service_is_not_served_without_its_table() {
        assert!(error("", None).contains("[identity.hunan]"));
        assert!(error(ISSUER, None).contains("IDENTITY_CLIENT_SECRET_HUNAN"));
        assert!(error(&format!("{ISSUER}client_secret = \"\"\n"), None).contains("client_secret_file"));
        assert!(error(&format!("{ISSUER}client_secret_file = \"/nonexistent\"\n"), None).contains("/nonexistent"));
        let stranger = format!("{ISSUER}client_secret = \"s\"\n{}client_secret = \"s\"\n", ISSUER.replace("hunan", "hubei"));
        assert!(error(&stranger, None).contains("identity.hubei"));
        for issuer in ["http://id.example", "ftp://id.example", "http://127.0.0.1.example", "id.example"] {
            let text = format!("{}client_secret = \"s\"\n", ISSUER.replace("\"https://id.example\"", &format!("{issuer:?}")));
            assert!(error(&text, None).contains("identity.hunan.issuer"), "{issuer}");
        }
        for (key, address) in [("register_url", "https://id.example/reg?to={return}"), ("account_url", "https://user.example/")] {
            let text = format!("{}client_secret = \"s\"\n", ISSUER.replace(address, "http://id.example/"));
            assert!(error(&text, None).contains(&format!("identity.hunan.{key}")), "{key}");
        }
    }

    #[test]
    fn the_way_back_stands_where_the_service_has_a_place_for_it() {
        let back = "https://kj.example/hunan/login?registered=1";
        assert_eq!(
            with_return("https://id.example/reg?to={return}&lang=zh", back),
            "https://id.example/reg?to=https%3A%2F%2Fkj.example%2Fhunan%2Flogin%3Fregistered%3D1&lang=zh"
        );
        assert_eq!(with_return("https://user.example/", back), "https://user.example/");
    }

    #[test]
    fn the_secret_comes_from_the_environment_or_a_file_and_is_never_shown() {
        let file = std::env::temp_dir().join(format!("suanpan_secret_{}", std::process::id()));
        std::fs::write(&file, "of-the-file\n").unwrap();
        let text = format!("{ISSUER}client_secret = \"of-the-value\"\nclient_secret_file = {:?}\n", file.display().to_string());
        let secret = |environment: fn(&str) -> Option<String>| {
            let found = clients(told(&text), &provinces(), None, environment).unwrap().remove("hunan").unwrap();
            assert!(!format!("{found:?}").contains("of-the"), "{found:?}");
            found.client_secret.unwrap().secret().clone()
        };
        assert_eq!(secret(|_| None), "of-the-file");
        assert_eq!(secret(|name| (name == "IDENTITY_CLIENT_SECRET_HUNAN").then(|| "of-the-env".into())), "of-the-env");
        std::fs::remove_file(file).unwrap();
    }

    #[test]
    fn the_demonstration_has_a_service_of_its_own_where_none_is_named() {
        let issuer = "http://127.0.0.1:3010";
        let found = clients(BTreeMap::new(), &provinces(), Some(issuer), |_| None).unwrap().remove("hunan").unwrap();
        assert_eq!((found.issuer.as_str(), found.client_id.as_str()), (issuer, "suanpan"));
        let told = told(&format!("{ISSUER}client_secret = \"s\"\n[hunan.claims]\nmobile = \"sj\"\n"));
        let found = clients(told, &provinces(), Some(issuer), |_| None).unwrap().remove("hunan").unwrap();
        assert_eq!((found.issuer.as_str(), found.claims.mobile.as_str()), ("https://id.example", "sj"));
        assert_eq!((found.claims.name.as_str(), found.scopes.len()), ("name", 3));
    }
}
