//! What the lines of a profile must keep: deadlines, reasons, briefing, promise and files.

use std::collections::BTreeSet;

use super::attachment::fits;
use super::check::texts;
use super::check_intake::condition;
use super::parse::Faults;
use super::{AttachmentRules, FreezeRules, Landing, LineRules, Lists, Profile, Template};
use super::{check_change, check_photo, check_transfer};
use crate::case::{CaseKind, Judged};
use crate::confirmation::ConfirmationRules;
use crate::employer::EmployerRules;
use crate::intake::FIELDS;

/// No file is larger, whatever a profile says; larger ones are a danger for the server.
/// More are a book, and the reviewer looks at each.
const MOST_PICTURES: u32 = 9;
const MAX_BYTES: u32 = 20 * 1024 * 1024;

pub(super) fn lines(profile: &Profile, lists: &Lists, faults: &mut Faults) {
    if !profile.has_line(CaseKind::Intake) {
        faults.push("lines.intake", "the line is needed");
    }
    if [CaseKind::PhoneChange, CaseKind::Appeal].iter().any(|kind| profile.has_line(*kind) != profile.phone_change.is_some()) {
        faults.push("phone_change", "`lines.phone_change`, `lines.appeal` and this table go together");
    }
    if profile.has_line(CaseKind::Conversion) && profile.learning.is_none() {
        faults.push("lines.conversion", "without the section `learning` there is nothing to convert");
    }
    if profile.has_line(CaseKind::Employer) != profile.employers.is_some() {
        faults.push("employers", "`lines.employer` and this table go together");
    }
    if profile.has_line(CaseKind::Change) != profile.change.is_some() {
        faults.push("change", "`lines.change` and this table go together");
    }
    if let Some(rules) = &profile.change {
        check_change::change(profile, rules, faults);
    }
    check_transfer::transfer(profile, lists, faults);
    closing(profile, faults);
    closing_request(profile, faults);
    annulment(profile, faults);
    let has_classes = profile.learning.as_ref().is_some_and(|rules| rules.classes.is_some());
    for kind in [CaseKind::Class, CaseKind::ClassResults] {
        if profile.has_line(kind) != has_classes || has_classes && profile.employers.is_none() {
            faults.push(format!("lines.{}", kind.code()), "this line, `learning.classes` and `employers` go together");
        }
    }
    if let Some(rules) = &profile.employers {
        employers(profile, rules, faults);
    }
    if let Some(rules) = &profile.confirmation {
        confirmation(profile, rules, faults);
    }
    if profile.phone_change.is_some_and(|rules| rules.cool_off_hours == 0) {
        faults.push("phone_change.cool_off_hours", "must be above 0");
    }
    if let Some(rules) = &profile.freeze {
        if !(1..=FreezeRules::LONGEST_HOURS).contains(&rules.hours) {
            faults.push("freeze.hours", format!("between 1 and {}", FreezeRules::LONGEST_HOURS));
        }
        if rules.link_days == 0 {
            faults.push("freeze.link_days", "must be above 0");
        }
    }
    let landing = &profile.account.landing;
    let before = [landing.draft, landing.submitted, landing.approved].contains(&Landing::Amend);
    let is_whole = profile.lines.get(&CaseKind::Intake).is_some_and(|line| line.returns == Judged::Whole);
    if before || landing.returned == Landing::Amend && is_whole {
        faults.push("account.landing", "`amend` is the page of what was returned item by item");
    }
    for (kind, line) in &profile.lines {
        let here = format!("lines.{}", kind.code());
        self::line(*kind, &here, line, faults);
        let mut slots = BTreeSet::new();
        for attachment in &line.attachments {
            let key = format!("{here}.attachments.{}", attachment.slot);
            if !slots.insert(&attachment.slot) {
                faults.push(&key, "the slot stands twice");
            }
            self::attachment(&key, &line.briefing.templates, attachment, faults);
            for (n, when) in attachment.when.iter().enumerate() {
                condition(&profile.intake, None, when, &format!("{key}.when.{n}"), lists, faults);
            }
        }
    }
}

/// Nobody sees whom an employer employs without having shown a paper of it.
fn employers(profile: &Profile, rules: &EmployerRules, faults: &mut Faults) {
    texts(faults, &[("employers.page_name", &rules.page_name), ("employers.manager_name", &rules.manager_name)]);
    if !(1..=EmployerRules::MOST).contains(&rules.most) {
        faults.push("employers.most", format!("between 1 and {}", EmployerRules::MOST));
    }
    let slots = &profile.line(CaseKind::Employer).attachments;
    if profile.has_line(CaseKind::Employer) && !slots.iter().any(|slot| slot.required && slot.when.is_empty()) {
        faults.push("lines.employer.attachments", "at least one paper is needed of everybody");
    }
    if slots.iter().any(|slot| !slot.when.is_empty() || slot.prints || slot.photo.is_some()) {
        faults.push("lines.employer.attachments", "a claim has no answers that a paper could hang on, no form and no photograph");
    }
}

/// 单位确认 stands in for papers of 信息变更, and asks whoever manages an employer.
fn confirmation(profile: &Profile, rules: &ConfirmationRules, faults: &mut Faults) {
    if profile.employers.is_none() {
        faults.push("confirmation", "without the table `employers` there is nobody to ask");
    }
    if !(1..=ConfirmationRules::LONGEST_LINK).contains(&rules.link_days) {
        faults.push("confirmation.link_days", format!("between 1 and {}", ConfirmationRules::LONGEST_LINK));
    }
    if rules.counts_days == 0 {
        faults.push("confirmation.counts_days", "must be above 0");
    }
    for slot in rules.slots.iter().filter(|slot| profile.line(CaseKind::Change).attachment(slot).is_none()) {
        faults.push("confirmation.slots", format!("`{slot}` is no paper of a change"));
    }
}

/// 档案关闭 is entered with one proof, which a second person reads.
fn closing(profile: &Profile, faults: &mut Faults) {
    let slots = &profile.line(CaseKind::Closing).attachments;
    let is_plain = |slot: &AttachmentRules| slot.when.is_empty() && !slot.prints && slot.photo.is_none();
    let is_proof = slots.len() == 1 && slots.iter().all(|slot| slot.slot == "proof" && slot.required && is_plain(slot));
    if profile.has_line(CaseKind::Closing) && !is_proof {
        faults.push("lines.closing.attachments", "one slot `proof`, which is required of everybody");
    }
}

/// 撤销登记 is entered with one proof, and its person may answer with another, so many days later.
fn annulment(profile: &Profile, faults: &mut Faults) {
    if profile.has_line(CaseKind::Annulment) != profile.annulment.is_some() {
        faults.push("annulment", "`lines.annulment` and this table go together");
    }
    let Some(rules) = &profile.annulment else { return };
    if rules.hear_working_days == 0 {
        faults.push("annulment.hear_working_days", "must be above 0");
    }
    let line = profile.line(CaseKind::Annulment);
    if line.review_working_days <= rules.hear_working_days {
        faults.push("lines.annulment.review_working_days", "must be above `annulment.hear_working_days`");
    }
    let is_plain = |slot: &AttachmentRules| slot.when.is_empty() && !slot.prints && slot.photo.is_none();
    let slots: Vec<_> =
        line.attachments.iter().filter(|slot| is_plain(slot)).map(|slot| (slot.slot.as_str(), slot.required)).collect();
    if slots != [("proof", true), ("statement", false)] || line.attachments.len() != slots.len() {
        faults.push("lines.annulment.attachments", "a slot `proof`, which is required, and a slot `statement`, which is not");
    }
}

/// 档案关闭申请 leads to 档案关闭, and has one proof, which is asked by the reason.
fn closing_request(profile: &Profile, faults: &mut Faults) {
    if !profile.has_line(CaseKind::ClosingRequest) {
        return;
    }
    let line = profile.line(CaseKind::ClosingRequest);
    let is_plain = |slot: &AttachmentRules| slot.when.is_empty() && !slot.prints && slot.photo.is_none() && !slot.required;
    if line.attachments.len() != 1 || !line.attachments.iter().all(|slot| slot.slot == "proof" && is_plain(slot)) {
        faults.push("lines.closing_request.attachments", "one slot `proof`, which is required by the reason alone");
    }
    if !profile.has_line(CaseKind::Closing) {
        faults.push("lines.closing_request", "whoever approves it enters a closing, so that `lines.closing` is needed");
    }
    texts(
        faults,
        &[
            ("lines.closing_request.pledge_title", &line.pledge_title),
            ("lines.closing_request.confirm_label", &line.confirm_label),
            ("lines.closing_request.briefing.pledge", &line.briefing.pledge),
            ("lines.closing_request.briefing.pledge_version", &line.briefing.pledge_version),
        ],
    );
}

fn line(kind: CaseKind, here: &str, line: &LineRules, faults: &mut Faults) {
    let row = kind.rules();
    texts(faults, &[(&format!("{here}.name"), &line.name), (&format!("{here}.return_reasons"), &line.return_reasons.concat())]);
    if line.review_working_days == 0 {
        faults.push(format!("{here}.review_working_days"), "must be above 0");
    }
    if line.may_withdraw && !row.may_withdraw {
        faults.push(format!("{here}.may_withdraw"), "the kind does not permit it");
    }
    if !row.has_draft {
        return;
    }
    let briefing = &line.briefing;
    let all = [
        ("pledge_title", line.pledge_title.as_str()),
        ("confirm_label", &line.confirm_label),
        ("briefing.title", &briefing.title),
        ("briefing.version", &briefing.version),
        ("briefing.pledge_version", &briefing.pledge_version),
        ("briefing.pledge", &briefing.pledge),
        ("briefing.paragraphs", &briefing.paragraphs.concat()),
    ];
    for (key, text) in all {
        texts(faults, &[(&format!("{here}.{key}"), text)]);
    }
}

/// A slot of a kind of case, or a proof of a conversion.
pub(super) fn attachment(key: &str, templates: &[Template], attachment: &AttachmentRules, faults: &mut Faults) {
    texts(
        faults,
        &[
            (&format!("{key}.title"), &attachment.title),
            (&format!("{key}.why"), &attachment.why),
            (&format!("{key}.example"), &attachment.example),
        ],
    );
    let is_name = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    if attachment.slot.is_empty() || !attachment.slot.chars().all(is_name) {
        faults.push(format!("{key}.slot"), "small letters, digits and `_` only");
    }
    if attachment.max_bytes < 1024 || attachment.max_bytes > MAX_BYTES {
        faults.push(format!("{key}.max_bytes"), format!("between 1024 and {MAX_BYTES}"));
    }
    if attachment.kinds.is_empty() || attachment.kinds.iter().any(|kind| !matches!(kind.as_str(), "jpg" | "png")) {
        faults.push(format!("{key}.kinds"), "`jpg`, `png` or both");
    }
    if !(1..=MOST_PICTURES).contains(&attachment.most) {
        faults.push(format!("{key}.most"), format!("between 1 and {MOST_PICTURES}"));
    }
    for (name, pixels) in [("min_width", attachment.min_width), ("min_height", attachment.min_height)] {
        if pixels.is_some_and(|pixels| !(1..=6000).contains(&pixels)) {
            faults.push(format!("{key}.{name}"), "between 1 and 6000");
        }
    }
    if let Some(template) = &attachment.template
        && templates.iter().all(|offered| offered.file != *template)
    {
        faults.push(format!("{key}.template"), format!("`{template}` is none of the templates of the briefing"));
    }
    for pattern in &attachment.proves {
        if !FIELDS.iter().any(|field| fits(pattern, field.step, field.key)) {
            faults.push(format!("{key}.proves"), format!("`{pattern}` names no field"));
        }
    }
    if let Some(photo) = &attachment.photo {
        check_photo::photo(attachment, photo, &format!("{key}.photo"), faults);
    }
}
