//! 网校: enrolling at schools on the net and going there (手册甲 三（二）), and how the province keeps them.

pub mod api;
mod aside;
mod employers;
mod enrol;
#[cfg(feature = "ssr")]
pub mod gallery;
mod institutions;
mod keep;
mod logo;
mod missing;
mod tokens;
mod waiting;

pub use enrol::SchoolsPage;
pub use keep::{KeptSchoolPage, KeptSchoolsPage};
pub use missing::missing;
