//! 信息核对: everything in words before it is submitted.

use domain::case::Status;
use domain::identity::mask;
use domain::intake::display;
use domain::intake::view::{CheckView, Promise, Words};

use super::facts::doubts_of;
use super::load::Folder;
use super::show;
use crate::{Failure, Visit, portal};

/// The application as it would be submitted, and what still keeps it from that.
///
/// # Errors
/// `SignInAgain`, `Store`, `Broken`.
pub async fn check_view(visit: &Visit) -> Result<CheckView, Failure> {
    let mut reader = visit.services.db.read().await?;
    let folder = Folder::to_fill_in(visit, &mut reader).await?;
    let (services, province) = (&visit.services, folder.province());
    let bureau = match folder.answers.bureau(&folder.cx()) {
        Some(bureau) => portal::bureau(&mut reader, province, &bureau.code).await?,
        None => None,
    };
    drop(reader);
    let wait = portal::wait_words(services, province, bureau.as_ref().map(|bureau| &bureau.code)).await?;
    let account = &folder.account;
    let mobile = services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let line = province.profile.intake_line();
    let (days, own) = (line.review_working_days, &province.profile.intake.words);
    Ok(CheckView {
        words: Words::of(&province.profile),
        document_label: show::document_label(&folder),
        promise: Promise::of(line),
        pledge_version: line.briefing.pledge_version.clone(),
        confirm: line.confirm_label.clone(),
        buttons: (own.check_submit.clone(), own.check_back.clone()),
        holder: folder.holder.clone(),
        document: mask::document(&folder.document),
        mobile: mask::mobile(&mobile),
        sections: display(&folder.cx(), &folder.answers),
        files: show::slots(visit, &folder)?,
        faults: show::faults(&folder),
        doubts: doubts_of(&folder),
        not_amended: show::rejected(visit, &folder, Some(&folder.not_amended())),
        bureau,
        wait,
        open: folder.open.clone(),
        fixed: folder.has_fixed_name().then(|| "person.name".to_owned()),
        is_returned: folder.status() == Status::Returned,
        due_on: province.calendar.add_working_days(services.today(), days),
        request_key: services.ids.id(),
        tasks: folder.tasks(),
        flash: visit.take_flash("intake").await?,
    })
}
