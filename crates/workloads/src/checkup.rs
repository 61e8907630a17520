//! 证据体检: how often a flaw of a generated picture is found, how often a clean one is accused, and how long a look takes.

use checkup::testing::{Set, measure};

pub fn print() {
    let sets =
        [("by which the thresholds were chosen", Set::CHOSEN_BY), ("held out", Set::HELD_OUT), ("larger, held out", Set::LARGE)];
    for (name, set) in sets {
        println!("{name}\n{}\n", measure(&set));
    }
}
