//! Sends a chosen file, in the browser.

use domain::fault::Fault;
use domain::intake::view::UploadAnswer;
use domain::province::AttachmentRules;
use leptos::prelude::*;

use super::{Phase, Slot, media_type, words};
use crate::ui::{browser, sentence};
use crate::wire::Text;

/// Checks what can be checked here, then sends the file.
pub(super) fn choose(event: &leptos::ev::Event, slot: &Slot, url: &str) {
    let input = event_target::<web_sys::HtmlInputElement>(event);
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let phase = slot.phase;
    if let Some(fault) = fault(&slot.view.rules, &file) {
        input.set_value("");
        phase.set(Phase::Failed(words(&slot.view.rules, &fault)));
        return;
    }
    phase.set(Phase::Uploading(0));
    let slot = slot.clone();
    let progress = move |percent| drop(phase.try_set(if percent < 100 { Phase::Uploading(percent) } else { Phase::Checking }));
    let done = move |_: u16, text: String| {
        input.set_value("");
        slot.take(&text);
    };
    browser::post_file(url, "file", &file, Box::new(progress), Box::new(done));
}

fn fault(rules: &AttachmentRules, file: &web_sys::File) -> Option<Fault> {
    let bytes = file.size() as u32;
    let kind = file.type_();
    if bytes == 0 {
        return Some(Fault::FileEmpty);
    }
    if !kind.is_empty() && !rules.kinds.iter().any(|allowed| media_type(allowed) == kind) {
        return Some(Fault::FileKind);
    }
    (bytes > rules.max_bytes).then_some(Fault::FileTooBig { max: rules.max_bytes, bytes })
}

impl Slot {
    fn take(&self, text: &str) {
        let failed = match Text::as_it_is(text.to_owned()).read::<UploadAnswer>() {
            Ok(UploadAnswer::Kept(file)) => {
                if self.file.try_set(Some(file)).is_none() {
                    self.is_amended.set(true);
                    self.phase.set(Phase::Still);
                }
                return;
            }
            Ok(UploadAnswer::Wrong(fault)) => words(&self.view.rules, &fault),
            Ok(UploadAnswer::Refused(refusal)) => sentence::refusal(&refusal).trim_end_matches('。').to_owned(),
            Ok(UploadAnswer::Busy) => "现在办理的人较多，没有传成功，请稍候再试".to_owned(),
            Err(_) => "没有传成功，请检查网络后重试".to_owned(),
        };
        drop(self.phase.try_set(Phase::Failed(failed)));
    }
}
