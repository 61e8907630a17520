//! 全国统一的会计人员管理平台: where things are done, as people read it, and the credits that go there (docs/adr/0061). That nothing is
//! opened here which is done there is asked by [`crate::case`], and what comes from there by [`crate::import`].

mod export;
mod show;
#[cfg(test)]
mod stories;

pub use export::{export_credits, export_view};
pub use show::national_view;
