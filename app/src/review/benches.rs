//! The benches of a page, one after another.

use domain::review::view::CaseView;
use leptos::prelude::*;

use super::bench::Bench;

/// The bench of the case that is judged. Every case has its own: what shows the one before is still there while the next is
/// drawn, and has to be left alone.
#[derive(Clone, Copy)]
pub struct Benches {
    current: StoredValue<Option<Bench>>,
    rejecting: StoredValue<String>,
}

impl Benches {
    /// `rejecting` is the item that the address names, of the first case.
    pub fn new(rejecting: String) -> Self {
        Self { current: StoredValue::new(None), rejecting: StoredValue::new(rejecting) }
    }

    pub fn current(self) -> Option<Bench> {
        self.current.try_get_value().flatten()
    }

    /// A case that was fetched beforehand, and taken as it was.
    pub fn kept(self, case: &str) -> Option<CaseView> {
        let next = self.current()?.next.try_update_value(Option::take)??;
        (next.hold.is_some() && next.case.id == *case).then_some(next)
    }

    /// The bench of a case, whatever is fetched of it again. `page` is what lives as long as the page.
    pub fn of(self, case: &str, page: &Owner) -> Bench {
        let before = self.current();
        if let Some(bench) = before.filter(|bench| bench.case.with_value(|of| of == case)) {
            return bench;
        }
        let bench = page.with(|| Bench::new(case, self.rejecting.get_value(), before));
        self.rejecting.set_value(String::new());
        self.current.set_value(Some(bench));
        bench
    }
}
