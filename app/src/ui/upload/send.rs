//! Sends a chosen file, in the browser.

use domain::fault::Fault;
use domain::intake::view::UploadAnswer;
use domain::province::AttachmentRules;
use leptos::prelude::*;

use super::{Phase, Slot, checkup, taken, words};
use crate::ui::{browser, sentence};

/// Checks what can be checked here, then sends the file that was chosen, if one was.
pub(super) fn take(input: &web_sys::HtmlInputElement, slot: &Slot, url: &str) {
    let input = input.clone();
    let Some(file) = input.files().and_then(|files| files.get(0)) else { return };
    let phase = slot.phase;
    let fault = fault(&slot.view.rules, &file);
    // What the studio may be able to mend stays in the input, so that nobody has to look for it again (ux U5).
    let is_mendable = super::studio::is_there()
        && matches!(&fault, Some(Fault::FileTooBig { .. } | Fault::FileKind))
        && file.type_().starts_with("image/");
    slot.is_mendable.set(is_mendable);
    if let Some(fault) = fault {
        if !is_mendable {
            input.set_value("");
        }
        phase.set(Phase::Failed(words(&slot.view.rules, &fault)));
        return;
    }
    let (to, url, chosen) = (slot.clone(), url.to_owned(), file.clone());
    checkup::before(&file, slot, move |remark| send(&input, &to, &url, &chosen, remark));
}

/// Sends a file, with what the person wrote about it to the reviewer.
fn send(input: &web_sys::HtmlInputElement, slot: &Slot, url: &str, file: &web_sys::File, remark: Option<&str>) {
    let (input, slot, phase) = (input.clone(), slot.clone(), slot.phase);
    drop(phase.try_set(Phase::Uploading(0)));
    let progress = move |percent| drop(phase.try_set(if percent < 100 { Phase::Uploading(percent) } else { Phase::Checking }));
    let done = move |_: u16, text: String| {
        input.set_value("");
        slot.take(&text);
    };
    browser::post_file(url, file, remark, Box::new(progress), Box::new(done));
}

fn fault(rules: &AttachmentRules, file: &web_sys::File) -> Option<Fault> {
    let bytes = file.size() as u32;
    let kind = file.type_();
    if bytes == 0 {
        return Some(Fault::FileEmpty);
    }
    if !kind.is_empty() && !taken(rules).iter().any(|allowed| *allowed == kind) {
        return Some(Fault::FileKind);
    }
    let max = rules.max_upload();
    (bytes > max).then_some(Fault::FileTooBig { max, bytes })
}

impl Slot {
    fn take(&self, text: &str) {
        let failed = match browser::read::<UploadAnswer>(text) {
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
