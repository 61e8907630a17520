//! What the page says of the employer that a change names: that it has confirmed, or that it may be asked to.

use super::file::Folder;
use crate::{Failure, Visit};

/// A sentence, where a paper is called for that the word of the employer stands in for.
///
/// # Errors
/// `NotFound`.
pub(super) fn said(visit: &Visit, folder: &Folder, items: &[String]) -> Result<Option<String>, Failure> {
    let profile = &visit.province.profile;
    let Some(rules) = &profile.confirmation else { return Ok(None) };
    let called = folder.called(visit, items)?.into_iter().filter(|(slot, _)| rules.stands_for(&slot.slot));
    let titles: Vec<String> = called.map(|(slot, _)| format!("“{}”", slot.title)).collect();
    if titles.is_empty() {
        return Ok(None);
    }
    let papers = titles.join("、");
    Ok(Some(match folder.confirmed(visit) {
        Some((_, of)) => format!("{}已于 {} 确认您在该单位工作，不用上传{papers}。", of.employer_name, of.on),
        None => {
            let manager = profile.employers.as_ref().map_or("单位管理员", |rules| rules.manager_name.as_str());
            format!("单位在本平台登记了{manager}的，可以请单位确认，代替{papers}：请打开“业务办理”中的“单位确认”。")
        }
    }))
}
