//! 证据体检 of a paper before it is sent, on the person's own machine (docs/adr/0027): a part of the program, fetched when the first file is
//! chosen. It never stands in the way: what cannot be looked at, or not soon, is sent as it is.

#[cfg(feature = "hydrate")]
mod panel;

use leptos::prelude::*;

use super::Slot;

/// What becomes of the chosen file: it is sent, with what the person wrote about it to the reviewer.
#[cfg(feature = "hydrate")]
type Sending = StoredValue<Box<dyn Fn(Option<String>)>, LocalStorage>;

/// Draws what was seen in the chosen file, if anything was.
pub(super) fn advice(slot: &Slot) -> AnyView {
    let advice = slot.advice;
    view! { <div aria-live="polite">{move || advice.get().map(|draw| draw.run())}</div> }.into_any()
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn before(_: (&web_sys::File, &web_sys::File), _: &Slot, send: impl Fn(Option<String>) + Clone + 'static) {
    send(None);
}

#[cfg(feature = "hydrate")]
pub(super) use looking::before;

#[cfg(feature = "hydrate")]
mod looking {
    use std::cell::Cell;
    use std::pin::Pin;
    use std::rc::Rc;

    use darkroom::checkup::{Face, For};
    use domain::province::CardFace;
    use leptos::prelude::*;
    use leptos::wasm_split::{self, SplitLoaderError};

    use super::super::{Holding, Phase, Slot};
    use super::{Sending, panel};
    use crate::ui::browser;

    /// After so many milliseconds the file is sent unseen.
    const PATIENCE: i32 = 2000;

    /// Looks at a file as it was chosen and as it will be sent, and sends it at once when there is nothing to say. Otherwise the slot shows
    /// what was seen, and the person says what becomes of the file.
    pub fn before((file, ready): (&web_sys::File, &web_sys::File), slot: &Slot, send: impl Fn(Option<String>) + Clone + 'static) {
        // A picture of the person has rules of its own, and a studio.
        if slot.view.rules.photo.is_some() {
            return send(None);
        }
        drop(slot.phase.try_set(Phase::Checking));
        let is_decided = Rc::new(Cell::new(false));
        let (late, is_late) = (send.clone(), is_decided.clone());
        browser::later(PATIENCE, move || {
            if !is_late.replace(true) {
                late(None);
            }
        });
        let (files, slot) = ((file.clone(), ready.clone()), slot.clone());
        leptos::task::spawn_local(async move {
            let found = match examine(files, slot.clone()).await {
                Ok(looking) => looking.await,
                Err(_) => Vec::new(),
            };
            if is_decided.replace(true) {
                return;
            }
            if found.is_empty() {
                return send(None);
            }
            let sending: Sending = StoredValue::new_local(Box::new(send.clone()));
            match draw(slot.clone(), found, sending).await {
                Ok(panel) => {
                    let _ = slot.phase.try_set(Phase::Still);
                    let _ = slot.advice.try_set(Some(panel));
                }
                Err(_) => send(None),
            }
        });
    }

    type Looking = Pin<Box<dyn Future<Output = Vec<String>>>>;

    #[wasm_split::wasm_split(checkup, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn examine(files: (web_sys::File, web_sys::File), slot: Slot) -> Result<Looking, SplitLoaderError> {
        let rules = &slot.view.rules;
        let face = rules.face.map(|face| match face {
            CardFace::Portrait => Face::Portrait,
            CardFace::Emblem => Face::Emblem,
        });
        let kept = slot.files.try_with_untracked(Vec::len).unwrap_or_default();
        let is_single = rules.most == 1;
        let held = |of: &Holding| {
            let files = of.files.try_get_untracked().filter(|_| !is_single || of.slot != rules.slot).unwrap_or_default();
            files.into_iter().map(|file| (file.sha256, of.title.clone())).collect::<Vec<_>>()
        };
        let held: Vec<(String, String)> =
            slot.page.try_with_value(|page| page.iter().flat_map(held).collect()).unwrap_or_default();
        let chosen = For { slot: rules.slot.clone(), title: rules.title.clone(), face, is_single, kept };
        Ok(Box::pin(async move { darkroom::checkup::examine(&files.0, &files.1, chosen, &held).await }))
    }

    #[wasm_split::wasm_split(checkup, wasm_split_path = ::leptos::wasm_split, fallible)]
    fn draw(slot: Slot, found: Vec<String>, sending: Sending) -> Result<ViewFn, SplitLoaderError> {
        Ok(ViewFn::from(move || panel::draw(&slot, &found, sending)))
    }
}
