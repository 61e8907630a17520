//! Registration, sign-in, the forgotten password, 个人中心 and 站内信.

mod activate;
pub mod api;
mod email;
mod forgot;
mod home;
mod login;
mod messages;
mod password;
mod phone_change;
mod register;
mod settings;
mod work;

pub use activate::{ActivatePage, SetPasswordPage};
pub use email::ChangeEmailPage;
pub use forgot::ForgotPage;
pub use home::{HomeGalleryPage, HomePage, ServicesPage};
pub use login::LoginPage;
pub use messages::MessagesPage;
pub use phone_change::{ObjectionPage, PhoneChangePage};
pub use register::{RegisterPage, RegisteredPage, TakenPage};
pub(crate) use settings::devices;
pub use settings::{ChangeMobilePage, ChangePasswordPage, SettingsPage};
