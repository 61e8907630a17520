//! Where signing in leads when no page was asked for.

use domain::case::Status;
use domain::intake::next_task;
use domain::national::Doing;
use domain::province::Landing;
use store::Reader;
use store::case::file::CaseRow;

use super::load::{Folder, KIND, path, task_path};
use super::turn::standing;
use crate::case::done_here;
use crate::{Failure, Visit};

/// The page for where the person's 信息采集 stands, as the profile says.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub(super) async fn landing(visit: &Visit, reader: &mut Reader) -> Result<String, Failure> {
    let pages = &visit.province.profile.account.landing;
    let case = reader.find_latest_case(visit.account()?, KIND).await?;
    let case = standing(reader, case).await?;
    let doing = if case.is_some() { Doing::HandIn } else { Doing::Open };
    let is_here = done_here(visit, KIND, doing).is_ok();
    let page = match case.as_ref().map(|case| case.status) {
        // There is nothing to go on with.
        None | Some(Status::Draft | Status::Closed) if !is_here => Landing::Home,
        None | Some(Status::Draft | Status::Closed) => pages.draft,
        Some(Status::Submitted) => pages.submitted,
        Some(Status::Returned) => pages.returned,
        Some(Status::Approved) => pages.approved,
    };
    Ok(match page {
        Landing::Home => path(visit, "home"),
        Landing::Intake => path(visit, "intake"),
        Landing::Amend => path(visit, "intake/amend"),
        Landing::Progress => path(visit, "intake/progress"),
        Landing::Record => path(visit, "record"),
        Landing::OpenStep => match open_step(visit, reader, case).await {
            // What cannot be read shuts nobody out: its own page says so to somebody who is signed in.
            Err(Failure::Broken(what)) => {
                tracing::error!(what, "the open step could not be found");
                path(visit, "home")
            }
            step => step?,
        },
    })
}

async fn open_step(visit: &Visit, reader: &mut Reader, case: Option<CaseRow>) -> Result<String, Failure> {
    let mut folder = Folder::of(visit, reader, case).await?;
    folder.read_files(reader).await?;
    Ok(next_task(&folder.tasks()).map_or_else(|| path(visit, "intake"), |task| task_path(visit, task)))
}
