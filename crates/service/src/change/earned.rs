//! A change that begins with what an exam has earned: level and number of the certificate stand in the form.

use domain::answer::Answer;
use domain::change::forms::EarnedForm;
use domain::intake::with_earned;
use store::Reader;

use super::begin::open;
use super::file::Folder;
use super::save::{locked, write};
use super::{form_page, page, rules};
use crate::{Failure, Visit};

/// The most characters of the number of a certificate.
const LONGEST: usize = 60;

/// Which of these levels stand above what is on record of whoever asks, and above what an open change would write there.
pub(super) async fn higher(visit: &Visit, reader: &mut Reader, levels: &[String]) -> Result<Vec<String>, Failure> {
    if rules(visit).is_err() {
        return Ok(Vec::new());
    }
    let Some(folder) = Folder::load(visit, reader).await? else { return Ok(Vec::new()) };
    let is_higher = |level: &&String| with_earned(&folder.cx(), &folder.answers, level, "").is_some();
    Ok(levels.iter().filter(is_higher).cloned().collect())
}

/// Begins a change of the record, or goes on with the one that is open, and fills a qualification in, as its person would; nothing of it is
/// handed in. What stands as high is left alone, and one that waits is shown.
///
/// # Errors
/// `Stale` for what no page sends; `NotFound` where the province has no such thing, `SignInAgain`, `Store`.
pub async fn begin_earned(visit: &Visit, form: &EarnedForm) -> Result<Answer, Failure> {
    visit.account()?;
    rules(visit)?;
    if form.certificate.chars().count() > LONGEST || form.level.len() > LONGEST {
        return Err(Failure::Stale);
    }
    let (work, form) = (visit.clone(), form.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            if !open(tx, &work).await? {
                return Ok(Answer::go(page(&work, "all")));
            }
            let folder = locked(tx, &work).await?;
            let Some(filled) = with_earned(&folder.cx(), &folder.answers, &form.level, &form.certificate) else {
                return Ok(Answer::go(page(&work, "all")));
            };
            let filled = rules(&work)?.keep(&folder.before, filled);
            let step = filled.step();
            let seen = folder.versions.get(&step).copied().unwrap_or(0);
            write(tx, &work, &folder, &filled, seen).await?;
            Ok(Answer::go(form_page(&work, step.as_str())))
        })
    });
    write.await
}
