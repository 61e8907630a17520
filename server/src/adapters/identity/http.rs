//! How the identity services are asked: over TLS, or on this very machine; five seconds, no redirects, short answers.

use std::pin::Pin;
use std::time::Duration;

use anyhow::Context;
use openidconnect::{AsyncHttpClient, HttpRequest, HttpResponse};
use reqwest::{Client, Request};

use crate::config::identity::is_private;

const PATIENCE: Duration = Duration::from_secs(5);
/// Keys and claims are a few kilobytes.
const MOST: usize = 256 * 1024;

/// Why there was no answer. Neither address nor body is in it.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct HttpError(&'static str);

pub struct Http(Client);

impl Http {
    pub fn new() -> anyhow::Result<Self> {
        // Two libraries that each bring a provider of their own would end in a panic; the first to come wins.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let client = Client::builder().timeout(PATIENCE).redirect(reqwest::redirect::Policy::none()).build();
        client.map(Self).context("preparing TLS for the identity services (are the system's certificates installed?)")
    }

    async fn ask(&self, request: HttpRequest) -> Result<HttpResponse, HttpError> {
        let request = Request::try_from(request).map_err(|_| HttpError("no request"))?;
        if !is_private(request.url()) {
            return Err(HttpError("an address without TLS"));
        }
        let mut answer = self.0.execute(request).await.map_err(|error| {
            HttpError(if error.is_timeout() {
                "no answer in time"
            } else if error.is_connect() {
                "no connection"
            } else {
                "no answer"
            })
        })?;
        let mut response = http::Response::builder().status(answer.status());
        if let Some(headers) = response.headers_mut() {
            headers.extend(answer.headers().clone());
        }
        let mut body = Vec::new();
        while let Some(piece) = answer.chunk().await.map_err(|_| HttpError("half an answer"))? {
            if body.len() + piece.len() > MOST {
                return Err(HttpError("too long an answer"));
            }
            body.extend_from_slice(&piece);
        }
        response.body(body).map_err(|_| HttpError("no answer"))
    }
}

impl<'c> AsyncHttpClient<'c> for Http {
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<HttpResponse, HttpError>> + Send + 'c>>;

    fn call(&'c self, request: HttpRequest) -> Self::Future {
        Box::pin(self.ask(request))
    }
}
