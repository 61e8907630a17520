//! Whether the process lives, and whether it can serve.

use axum::extract::State;
use axum::http::StatusCode;
use service::Services;

/// The process lives.
pub async fn healthz() -> &'static str {
    "ok"
}

/// The database answers and is migrated.
pub async fn readyz(State(services): State<Services>) -> (StatusCode, &'static str) {
    match services.db.is_ready().await {
        Ok(true) => (StatusCode::OK, "ready"),
        Ok(false) => (StatusCode::SERVICE_UNAVAILABLE, "migrations are missing"),
        Err(error) => {
            tracing::error!(%error, "the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
