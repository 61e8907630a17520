//! What was wrong with uploads without scripts, until their page is shown.

use domain::fault::Fault;
use serde::{Deserialize, Serialize};

/// More than a page has slots; a session does not grow by what is posted into it.
const MOST: usize = 20;

/// Faults by the name of their slot, the newest last.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct UploadFaults(Vec<(String, Fault)>);

impl UploadFaults {
    /// Keeps what was wrong last with a slot; the oldest of too many is dropped.
    pub fn keep(&mut self, name: String, fault: Fault) {
        self.forget(|kept| kept == name);
        self.0.push((name, fault));
        let over = self.0.len().saturating_sub(MOST);
        self.0.drain(..over);
    }

    /// What was wrong with a slot.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Fault> {
        self.0.iter().find(|(kept, _)| kept == name).map(|(_, fault)| fault)
    }

    /// The slots that have one.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(name, _)| name.as_str())
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Drops those of some slots.
    pub fn forget(&mut self, is_over: impl Fn(&str) -> bool) {
        self.0.retain(|(name, _)| !is_over(name));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_too_many_faults_the_oldest_are_dropped() {
        let mut faults = UploadFaults::default();
        for nth in 0..25 {
            faults.keep(format!("slot-{nth}"), Fault::FileMissing);
        }
        faults.keep("slot-5".into(), Fault::SlotFull(3));
        faults.keep("new".into(), Fault::FileMissing);
        assert_eq!(faults.names().count(), 20);
        assert_eq!((faults.get("slot-4"), faults.get("slot-6")), (None, None));
        assert_eq!(faults.get("slot-5"), Some(&Fault::SlotFull(3)));
        faults.forget(|name| name != "new");
        assert_eq!(faults.names().collect::<Vec<_>>(), ["new"]);
    }
}
