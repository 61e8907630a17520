//! People of the bureaus: sign-in, the second factor, their accounts, the first administrator.

mod activate;
pub mod api;
mod bootstrap;
mod login;
mod people;
mod person;
mod second_factor;
mod settings;

pub use activate::ActivatePage;
pub use bootstrap::BootstrapPage;
pub use login::StaffLoginPage;
pub use people::{NewPersonPage, PeoplePage};
pub use person::PersonPage;
pub use second_factor::SecondFactorPage;
pub use settings::{OwnFactorPage, OwnPasswordPage, OwnSettingsPage};

pub use crate::ui::gallery::GalleryPage;
