//! A router that knows its own addresses, so that nothing is served that no table of rights names.

use axum::Router;
use axum::extract::Request;
use axum::handler::Handler;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, Route};
use std::convert::Infallible;
use tower::{Layer, Service};

use crate::router::House;

/// Routes with the list of their paths.
pub struct Listed {
    router: Router<House>,
    paths: Vec<String>,
}

impl Listed {
    /// None yet.
    #[must_use]
    pub fn new() -> Self {
        Self { router: Router::new(), paths: Vec::new() }
    }

    fn adding(mut self, path: &str, add: impl FnOnce(Router<House>) -> Router<House>) -> Self {
        self.paths.push(path.to_owned());
        Self { router: add(self.router), paths: self.paths }
    }

    /// One more route.
    #[must_use]
    pub fn route(self, path: &str, methods: MethodRouter<House>) -> Self {
        self.adding(path, |router| router.route(path, methods))
    }

    /// A file at a path.
    #[must_use]
    pub fn file<S>(self, path: &str, service: S) -> Self
    where
        S: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        S::Response: IntoResponse,
        S::Future: Send + 'static,
    {
        self.adding(path, |router| router.route_service(path, service))
    }

    /// Everything below a path.
    #[must_use]
    pub fn folder<S>(self, path: &str, service: S) -> Self
    where
        S: Service<Request, Error = Infallible> + Clone + Send + Sync + 'static,
        S::Response: IntoResponse,
        S::Future: Send + 'static,
    {
        self.adding(path, |router| router.nest_service(path, service))
    }

    /// What is answered where a path that is there already does not take a method.
    #[must_use]
    pub fn otherwise<H, T>(self, handler: H) -> Self
    where
        H: Handler<T, House>,
        T: 'static,
    {
        Self { router: self.router.method_not_allowed_fallback(handler), paths: self.paths }
    }

    /// A layer around what there is so far.
    #[must_use]
    pub fn layer<L>(self, layer: L) -> Self
    where
        L: Layer<Route> + Clone + Send + Sync + 'static,
        L::Service: Service<Request> + Clone + Send + Sync + 'static,
        <L::Service as Service<Request>>::Response: IntoResponse + 'static,
        <L::Service as Service<Request>>::Error: Into<Infallible> + 'static,
        <L::Service as Service<Request>>::Future: Send + 'static,
    {
        Self { router: self.router.layer(layer), paths: self.paths }
    }

    /// Both together.
    #[must_use]
    pub fn merge(self, other: Self) -> Self {
        Self { router: self.router.merge(other.router), paths: [self.paths, other.paths].concat() }
    }

    /// The paths, in the order in which they were added.
    #[must_use]
    pub fn paths(&self) -> &[String] {
        &self.paths
    }

    /// The router itself.
    pub fn router(self) -> Router<House> {
        self.router
    }
}

impl Default for Listed {
    fn default() -> Self {
        Self::new()
    }
}
