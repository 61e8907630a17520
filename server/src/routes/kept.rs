//! The one script of plain pages, for whoever is signed in: it keeps what they type, and their policy names it by its digest. Every other
//! plain page has none.

use std::sync::LazyLock;

use app::plain::{KEEPS, KEPT};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

/// Stands on every page of somebody who is signed in: what they typed is forgotten when they go.
const SIGN_OUT: &str = "action=\"/api/account/sign-out";

static SOURCE: LazyLock<String> =
    LazyLock::new(|| format!("; script-src 'sha256-{}'", STANDARD.encode(Sha256::digest(KEPT.as_bytes()))));

/// A policy and a page, with the script where something may be kept there.
pub fn with_script(policy: &str, mut html: String) -> (String, String) {
    let end = html.rfind("</body>").filter(|_| html.contains(KEEPS) || html.contains(SIGN_OUT));
    let Some(end) = end else { return (policy.to_owned(), html) };
    html.insert_str(end, &format!("<script>{KEPT}</script>"));
    (format!("{policy}{}", *SOURCE), html)
}
