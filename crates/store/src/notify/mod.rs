//! What is told to people: messages in the house, and the outbox for everything that leaves it.

pub mod message;
pub mod outbox;
pub mod sent_sms;
