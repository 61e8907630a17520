//! Sends a chosen file, in the browser.

use domain::case::Refusal;
use domain::fault::Fault;
use domain::intake::view::UploadAnswer;
use leptos::prelude::*;
use leptos::task::spawn_local;
use web_sys::{File, HtmlInputElement};

use super::{Phase, Slot, checkup, convert, studio, words};
use crate::ui::{browser, sentence};

/// Sends the file that was chosen, if one was, as a JPEG where the slot wants one, after a look at it. A photograph of the person
/// goes through the studio first, which puts what it made into the same input.
pub(super) fn take(input: &HtmlInputElement, slot: &Slot, url: &str) {
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let (input, slot, url) = (input.clone(), slot.clone(), url.to_owned());
    slot.advice.set(None);
    slot.is_over.set(false);
    let is_made = studio::is_made(&input);
    if is_made {
        // The input is shut while the file is on its way.
        browser::focus(&format!("slot-{}", slot.view.rules.slot));
    }
    let is_raw = slot.view.rules.photo.is_some() && !is_made;
    slot.phase.set(if is_raw { Phase::Checking } else { Phase::Uploading(0) });
    spawn_local(async move {
        if is_raw && studio::opens(&input, &slot.view.rules).await {
            let _ = slot.phase.try_set(Phase::Still);
            return;
        }
        match convert::prepared(file.clone(), &slot.view.rules).await {
            Ok(ready) => {
                // What was made here already is not made again.
                let other = (ready == file).then(|| file.clone());
                let to = (input, slot.clone(), url);
                // The file that was chosen says more of itself than what was made of it.
                checkup::before((&file, &ready.clone()), &slot, move |remark| post(&ready, other.clone(), remark, to.clone()));
            }
            Err(fault) => {
                input.set_value("");
                slot.fail(words(&slot.view.rules, &fault));
            }
        }
    });
}

/// `original` is what another try may be made of; `remark` is what the person wrote about it to the reviewer.
fn post(file: &File, original: Option<File>, remark: Option<String>, (input, slot, url): (HtmlInputElement, Slot, String)) {
    let phase = slot.phase;
    drop(phase.try_set(Phase::Uploading(0)));
    let progress = move |percent| drop(phase.try_set(if percent < 100 { Phase::Uploading(percent) } else { Phase::Checking }));
    let (again, said) = (url.clone(), remark.clone());
    let done = move |_: u16, text: String| {
        input.set_value("");
        match (slot.take(&text), original) {
            (Some(fault), Some(original)) if convert::is_curable(&fault) => spawn_local(async move {
                match convert::made(&original, &slot.view.rules).await {
                    Some(made) => post(&made, None, remark, (input, slot, again)),
                    None => slot.fail(words(&slot.view.rules, &fault)),
                }
            }),
            (Some(fault), _) => slot.fail(words(&slot.view.rules, &fault)),
            (None, _) => {}
        }
    };
    browser::post_file(&url, file, said.as_deref(), Box::new(progress), Box::new(done));
}

impl Slot {
    fn fail(&self, text: String) {
        drop(self.phase.try_set(Phase::Failed(text)));
    }

    /// Shows what the server answered; what is wrong with the file is handed back instead.
    fn take(&self, text: &str) -> Option<Fault> {
        let failed = match browser::read::<UploadAnswer>(text) {
            Ok(UploadAnswer::Kept(files)) => {
                if self.files.try_set(files).is_none() {
                    self.is_amended.set(true);
                    self.phase.set(Phase::Still);
                }
                return None;
            }
            Ok(UploadAnswer::Wrong(fault)) => return Some(fault),
            Ok(UploadAnswer::Refused(refusal)) => {
                let _ = self.is_over.try_set(refusal == Refusal::SignInAgain);
                sentence::refusal(&refusal).trim_end_matches('。').to_owned()
            }
            Ok(UploadAnswer::Busy) => "现在办理的人较多，没有传成功，请稍候再试".to_owned(),
            Err(_) => "没有传成功，请检查网络后重试".to_owned(),
        };
        self.fail(failed);
        None
    }
}
