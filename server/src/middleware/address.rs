//! Whose request it is: the network address, believed from known gateways only, and an id for the log.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};
use std::sync::Arc;

use app::request::{ClientAddress, RequestId};
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;

/// The gateways whose `X-Forwarded-For` is believed.
#[derive(Clone, Default)]
pub struct Addresses {
    pub trusted: Arc<Vec<IpAddr>>,
}

impl Addresses {
    /// Whether the address, in any of its writings, is one of the gateways.
    #[must_use]
    pub fn is_gateway(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.trusted.iter().any(|gateway| gateway.to_canonical() == address)
    }

    /// By what connections of this peer are counted; a gateway brings those of everybody, so its own are not.
    #[must_use]
    pub fn counted(&self, peer: IpAddr) -> Option<String> {
        (!self.is_gateway(peer)).then(|| network(peer.to_canonical()))
    }

    fn whole(&self, request: &Request) -> Option<IpAddr> {
        let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        peer.map(|peer| self.client(peer, request.headers()))
    }

    /// Each gateway appends whom it heard: read from the end, the first that is no gateway is the client, and what stands
    /// before is hearsay. What cannot be read was not written by a gateway of ours, so the last who is known counts.
    fn client(&self, peer: IpAddr, headers: &HeaderMap) -> IpAddr {
        let mut known = peer.to_canonical();
        let lines: Vec<&HeaderValue> = headers.get_all("x-forwarded-for").iter().collect();
        let mut told = lines.iter().rev().flat_map(|line| line.as_bytes().rsplit(|byte| *byte == b','));
        while self.is_gateway(known) {
            let entry = told.next().and_then(|entry| std::str::from_utf8(entry).ok());
            let Some(next) = entry.and_then(|entry| entry.trim().parse::<IpAddr>().ok()) else { break };
            known = next.to_canonical();
        }
        known
    }
}

/// The address that a request comes from, as it is. Of machines of a school it is compared with the networks that the school named,
/// and neither kept nor logged; people are counted by [`ClientAddress`].
#[derive(Clone, Copy, Debug)]
pub struct WholeAddress(pub Option<IpAddr>);

fn counted(whole: Option<IpAddr>) -> String {
    whole.map_or_else(|| "unknown".to_owned(), network)
}

/// What limits count by. Whoever has one IPv6 address has the 2^64 beside it too, so those are one.
fn network(address: IpAddr) -> String {
    match address {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let prefix = Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX));
            format!("{prefix}/64")
        }
    }
}

/// Notes address and id of the request; the id goes back with the answer.
pub async fn client_address(State(addresses): State<Addresses>, mut request: Request, next: Next) -> Response {
    let id = uuid::Uuid::now_v7().simple().to_string();
    let whole = addresses.whole(&request);
    request.extensions_mut().insert(ClientAddress(counted(whole)));
    request.extensions_mut().insert(WholeAddress(whole));
    request.extensions_mut().insert(RequestId(id.clone()));
    let mut response = next.run(request).await;
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert("x-request-id", value);
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(peer: &str, lines: &[&[u8]]) -> String {
        let trusted = ["10.0.0.1", "10.0.0.2", "fd00::1"].map(|gateway| gateway.parse().unwrap());
        let addresses = Addresses { trusted: Arc::new(trusted.to_vec()) };
        let mut request = Request::new(axum::body::Body::empty());
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(peer.parse().unwrap(), 4000)));
        for line in lines {
            request.headers_mut().append("x-forwarded-for", HeaderValue::from_bytes(line).unwrap());
        }
        counted(addresses.whole(&request))
    }

    #[test]
    fn a_stranger_is_not_believed() {
        assert_eq!(told("198.51.100.7", &[b"203.0.113.1"]), "198.51.100.7");
    }

    #[test]
    fn the_last_of_all_lines_counts_and_not_the_first_line() {
        assert_eq!(told("10.0.0.1", &[b"203.0.113.1", b"203.0.113.2, 203.0.113.3"]), "203.0.113.3");
        assert_eq!(told("10.0.0.1", &[b"203.0.113.1, 203.0.113.2", b"203.0.113.3"]), "203.0.113.3");
    }

    #[test]
    fn gateways_are_skipped_over_all_lines_in_any_writing() {
        assert_eq!(told("10.0.0.1", &[b"6.6.6.6, 203.0.113.3", b"10.0.0.2,::ffff:10.0.0.1"]), "203.0.113.3");
        assert_eq!(told("::ffff:10.0.0.1", &[b"203.0.113.3"]), "203.0.113.3");
        assert_eq!(told("10.0.0.1", &[b"203.0.113.3, fd00:0::1"]), "203.0.113.3");
    }

    #[test]
    fn what_cannot_be_read_ends_the_search_at_the_last_who_is_known() {
        for bad in [&b"unknown"[..], b"", b"203.0.113.3:80", b"203.0.113.3, ", b"\xff"] {
            assert_eq!(told("10.0.0.1", &[b"203.0.113.9", bad]), "10.0.0.1", "{bad:?}");
        }
        assert_eq!(told("10.0.0.1", &[b"203.0.113.9, nobody, 10.0.0.2"]), "10.0.0.2");
        assert_eq!(told("10.0.0.1", &[b"10.0.0.2"]), "10.0.0.2");
        assert_eq!(told("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn a_mapped_address_is_the_address_that_it_maps() {
        assert_eq!(told("::ffff:198.51.100.7", &[]), "198.51.100.7");
        assert_eq!(told("10.0.0.1", &[b"::ffff:198.51.100.7"]), "198.51.100.7");
    }

    #[test]
    fn all_addresses_of_an_ipv6_network_are_one() {
        assert_eq!(told("2001:db8:1:2:3:4:5:6", &[]), "2001:db8:1:2::/64");
        assert_eq!(told("10.0.0.1", &[b"2001:db8:1:2:ffff::9"]), "2001:db8:1:2::/64");
        assert_ne!(told("2001:db8:1:3::1", &[]), told("2001:db8:1:2::1", &[]));
    }
}
