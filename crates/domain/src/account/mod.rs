//! Registration, sign-in and passwords.

pub mod checked;
pub mod common;
pub mod forms;
pub mod legacy;
pub mod password;
pub mod settings;
pub mod username;
pub mod view;
pub mod ways;
pub mod work;
