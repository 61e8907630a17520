//! Runs the house: configuration, middleware, routes that are not pages, jobs and adapters.

pub mod adapters;
pub mod audit;
pub mod certificate;
pub mod config;
pub mod connections;
pub mod demo;
pub mod disk;
pub mod import;
pub mod jobs;
pub mod keys;
pub mod legacy;
pub mod lineage;
pub mod listed;
pub mod log;
pub mod middleware;
pub mod orphans;
pub mod outbox;
pub mod page;
pub mod provinces;
pub mod router;
pub mod routes;
pub mod start;
