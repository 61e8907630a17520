//! What was tried against the running product, story by story; each failed on the code that it was tried on.

mod cookies;
mod forms;
mod sockets;
mod withheld;
