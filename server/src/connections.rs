//! Sockets: a head arrives in good time, and nobody holds more connections than a house full of people needs.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{ConnectInfo, Request};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tower::ServiceExt;

use crate::middleware::Addresses;

/// How long the head of a request may take.
const HEAD: Duration = Duration::from_secs(10);
/// Connections of one address at once.
const OF_ADDRESS: usize = 256;
/// Without free descriptors accepting fails at once, over and over.
const BREATH: Duration = Duration::from_millis(100);

type Counts = Arc<Mutex<HashMap<String, usize>>>;

/// Serves until `stop`, then lets the requests under way finish.
pub async fn serve(listener: TcpListener, router: Router, addresses: Addresses, stop: impl Future<Output = ()>) {
    let (stopping, stopped) = watch::channel(false);
    let (counts, mut tasks) = (Counts::default(), JoinSet::new());
    tokio::pin!(stop);
    loop {
        tokio::select! {
            () = &mut stop => break,
            Some(_) = tasks.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => {
                    // Who has too many is hung up on: an answer would need the head that such a client does not send.
                    let Ok(place) = Place::take(&counts, addresses.counted(peer.ip())) else { continue };
                    let (router, stopped) = (router.clone(), stopped.clone());
                    tasks.spawn(async move {
                        connection(stream, peer, router, stopped).await;
                        drop(place);
                    });
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(BREATH).await;
                }
            },
        }
    }
    drop(listener);
    let _ = stopping.send(true);
    while tasks.join_next().await.is_some() {}
}

async fn connection(stream: TcpStream, peer: SocketAddr, router: Router, mut stopped: watch::Receiver<bool>) {
    let _ = stream.set_nodelay(true);
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        router.clone().oneshot(request.map(Body::new))
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(HEAD);
    let connection = builder.serve_connection(TokioIo::new(stream), service);
    tokio::pin!(connection);
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = async { drop(stopped.wait_for(|is_stopped| *is_stopped).await) } => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    // People hang up all the time.
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

struct TooMany;

/// One connection of an address that is counted.
struct Place {
    counts: Counts,
    address: Option<String>,
}

impl Place {
    fn take(counts: &Counts, address: Option<String>) -> Result<Self, TooMany> {
        if let Some(address) = &address {
            let mut taken = counts.lock().unwrap_or_else(PoisonError::into_inner);
            let count = taken.entry(address.clone()).or_default();
            if *count >= OF_ADDRESS {
                return Err(TooMany);
            }
            *count += 1;
        }
        Ok(Self { counts: counts.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let Some(address) = &self.address else { return };
        let mut taken = self.counts.lock().unwrap_or_else(PoisonError::into_inner);
        match taken.get_mut(address) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(taken.remove(address)),
        }
    }
}
