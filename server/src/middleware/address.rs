//! Whose request it is: the network address, believed from known gateways only, and an id for the log.

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

use app::request::{ClientAddress, RequestId};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::Response;

/// The gateways whose `X-Forwarded-For` is believed.
#[derive(Clone, Default)]
pub struct Addresses {
    pub trusted: Arc<Vec<IpAddr>>,
}

impl Addresses {
    fn of(&self, request: &Request) -> String {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        let forwarded = request.headers().get("x-forwarded-for").and_then(|value| value.to_str().ok());
        let told = match (peer, forwarded) {
            // The last address was put there by the gateway itself; those before it are hearsay.
            (Some(peer), Some(list)) if self.trusted.contains(&peer) => {
                list.rsplit(',').next().and_then(|a| a.trim().parse().ok())
            }
            _ => None,
        };
        told.or(peer).map_or_else(|| "unknown".to_owned(), |address: IpAddr| address.to_string())
    }
}

/// Notes address and id of the request; the id goes back with the answer.
pub async fn client_address(State(addresses): State<Addresses>, mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let address = addresses.of(&request);
    request.extensions_mut().insert(ClientAddress(address));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}
