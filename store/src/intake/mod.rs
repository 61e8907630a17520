//! What a person has typed and uploaded: drafts and attachments.

pub mod attachment;
pub mod draft;
pub mod employer;
