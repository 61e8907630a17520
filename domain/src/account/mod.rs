//! Registration, sign-in and passwords.

pub mod checked;
pub mod common;
pub mod forms;
pub mod password;
pub mod view;
