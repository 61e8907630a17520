//! People of the bureaus: sign-in, the second factor, the first administrator.

pub mod api;
mod bootstrap;
mod login;
mod second_factor;

pub use bootstrap::BootstrapPage;
pub use login::StaffLoginPage;
pub use second_factor::SecondFactorPage;
