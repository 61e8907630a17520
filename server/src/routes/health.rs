//! Whether the process lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use service::Services;
use service::readiness::{Readiness, readiness};

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok"
}

/// Whether people can be served. On a full disk they can look, so that the gateway goes on sending them here; the word tells.
pub async fn readyz(State(services): State<Services>) -> (StatusCode, &'static str) {
    match readiness(&services).await {
        Readiness::Ready => (StatusCode::OK, "ready"),
        Readiness::ReadingOnly => (StatusCode::OK, "reading only: the disk is full"),
        Readiness::Unmigrated => (StatusCode::SERVICE_UNAVAILABLE, "migrations are missing"),
        Readiness::Silent => (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer"),
    }
}
