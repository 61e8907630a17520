//! The directory of employers behind an address: `GET ADDRESS?code=…` answers `{"name": "…"}`, or 404 for an unknown code.

use std::time::Duration;

use anyhow::{Context, ensure};
use futures::FutureExt;
use futures::future::BoxFuture;
use openidconnect::url::Url;
use reqwest::{Client, StatusCode};
use serde::Deserialize;
use service::{EmployerError, Employers};

use crate::config::identity::is_private;

/// A person waits for it with a form half filled.
const PATIENCE: Duration = Duration::from_secs(3);
/// A name is short; whoever sends more is no directory.
const MOST: u64 = 16 * 1024;
const LONGEST_NAME: usize = 100;

#[derive(Deserialize)]
struct Found {
    name: String,
}

/// A directory that is asked over TLS, or on this very machine.
pub struct EmployersAt {
    client: Client,
    address: Url,
}

impl EmployersAt {
    /// The directory at an address.
    ///
    /// # Errors
    /// When the address is none, or others could read along on the way.
    pub fn new(address: &str) -> anyhow::Result<Self> {
        let address = Url::parse(address).context("EMPLOYERS_URL is no address")?;
        ensure!(is_private(&address), "EMPLOYERS_URL begins with https:// (http:// only on this machine)");
        // Two libraries that each bring a provider of their own would end in a panic; the first to come wins.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build()?;
        Ok(Self { client, address })
    }

    async fn ask(&self, code: &str) -> Result<Option<String>, EmployerError> {
        let broken = |what: &str| EmployerError(what.to_owned());
        let mut address = self.address.clone();
        address.query_pairs_mut().append_pair("code", code);
        let answer = self.client.get(address).send().await.map_err(|_| broken("no answer"))?;
        if answer.status() == StatusCode::NOT_FOUND {
            return Ok(None);
        }
        if answer.status() != StatusCode::OK || answer.content_length().is_some_and(|length| length > MOST) {
            return Err(broken("an answer that is none"));
        }
        let body = answer.bytes().await.map_err(|_| broken("half an answer"))?;
        let found: Found = serde_json::from_slice(&body).map_err(|_| broken("an answer that cannot be read"))?;
        let name = domain::text::tidy(&found.name);
        let fits = (1..=LONGEST_NAME).contains(&name.chars().count());
        if fits { Ok(Some(name)) } else { Err(broken("a name that is none")) }
    }
}

impl Employers for EmployersAt {
    fn find<'a>(&'a self, _province: &'a str, code: &'a str) -> BoxFuture<'a, Result<Option<String>, EmployerError>> {
        self.ask(code).boxed()
    }
}
