//! Cases, the desk that decides them, and the record that an approval writes.

pub mod case;
pub mod desk;
pub mod phone_change;
pub mod record;
pub mod round;
