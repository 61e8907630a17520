//! 手机传图: the page of the PC with its 二维码, and the page that a telephone opens by it.

pub mod api;
mod lent;
mod phone;

pub use lent::LentPage;
pub use phone::PhonePage;
