//! A place for each post with files, taken before a byte of it is read.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

/// An address, and what the cookie says of the session.
type Who = (String, Vec<u8>);

/// So many at once: in all, from an address, and of a session at an address.
pub struct Permits {
    in_all: usize,
    of_address: usize,
    of_session: usize,
    taken: Mutex<Option<HashMap<Who, usize>>>,
}

/// Gives its place back when it is dropped.
pub struct Permit<'a> {
    permits: &'a Permits,
    who: Who,
}

impl Permits {
    pub const fn new(in_all: usize, of_address: usize, of_session: usize) -> Self {
        Self { in_all, of_address, of_session, taken: Mutex::new(None) }
    }

    pub fn take(&self, address: String, session: Vec<u8>) -> Option<Permit<'_>> {
        let mut guard = self.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = guard.get_or_insert_default();
        let of_address: usize = taken.iter().filter(|((other, _), _)| *other == address).map(|(_, count)| count).sum();
        let in_all: usize = taken.values().sum();
        let who = (address, session);
        let of_session = taken.get(&who).copied().unwrap_or_default();
        if in_all >= self.in_all || of_address >= self.of_address || of_session >= self.of_session {
            return None;
        }
        taken.insert(who.clone(), of_session + 1);
        Some(Permit { permits: self, who })
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        let mut guard = self.permits.taken.lock().unwrap_or_else(PoisonError::into_inner);
        let taken = guard.get_or_insert_default();
        match taken.get_mut(&self.who) {
            Some(count) if *count > 1 => *count -= 1,
            _ => drop(taken.remove(&self.who)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_are_limited_by_session_by_address_and_in_all_and_given_back() {
        let permits = Permits::new(4, 3, 2);
        let take = |address: &str, session: u8| permits.take(address.to_owned(), vec![session]);
        let first = (take("a", 1).unwrap(), take("a", 1).unwrap());
        assert!(take("a", 1).is_none(), "a third of one session");
        let second = take("a", 2).unwrap();
        assert!(take("a", 3).is_none(), "a fourth of one address");
        let other = take("b", 1).unwrap();
        assert!(take("c", 1).is_none(), "a fifth in all");
        drop(first);
        assert!(take("c", 1).is_some() && take("a", 1).is_some());
        drop((second, other));
        assert!(permits.taken.lock().unwrap().as_ref().unwrap().is_empty());
    }
}
