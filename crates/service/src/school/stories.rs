//! Stories of 网校, each on both engines.
