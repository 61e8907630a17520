//! 信息采集: where one stands.

use domain::intake::next_task;
use domain::intake::view::{BriefingView, HubView, Words};

use super::load::Folder;
use super::show;
use crate::case::summary;
use crate::{Failure, Visit};

/// The hub. There are tasks only while the person has something to do.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn hub(visit: &Visit) -> Result<HubView, Failure> {
    let mut reader = visit.services.db.read().await?;
    let folder = Folder::to_fill_in(visit, &mut reader).await?;
    let tasks = folder.tasks();
    Ok(HubView {
        words: Words::of(&visit.province.profile),
        case: folder.case.as_ref().map(|case| summary(case, &visit.province.bureaus)),
        next: next_task(&tasks),
        tasks,
        rejected: show::rejected(visit, &folder, None),
        is_returned: folder.is_returned(),
        has_begun: folder.has_begun(),
        reason: super::progress::reason_of_return(&folder, &mut reader).await?,
        flash: visit.take_flash("intake").await?,
    })
}

/// 采集须知, with where one stands.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn briefing(visit: &Visit) -> Result<BriefingView, Failure> {
    let line = visit.province.profile.intake_line();
    Ok(BriefingView { hub: hub(visit).await?, briefing: line.briefing.clone(), pledge_title: line.pledge_title.clone() })
}
