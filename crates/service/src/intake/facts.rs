//! What the automatic checks of 信息采集 look at.

use domain::case::Check;
use domain::intake::{Facts, check, doubts};
use domain::province::Province;
use domain::text;
use store::Reader;

use super::Submitted;
use super::load::Folder;
use crate::Failure;
use crate::case::Asked;

/// The findings on a submission.
///
/// # Errors
/// `Store`.
pub(super) async fn checks(reader: &mut Reader, submitted: &Submitted, of: Asked<'_>) -> Result<Vec<Check>, Failure> {
    let mut same_certificates = Vec::new();
    let asked = of.sections.iter().flat_map(|section| &section.rows);
    for item in asked.map(|row| &row.item).filter(|item| item.ends_with("certificate_number")) {
        let number = text::tidy_code(submitted.answers.get(item).unwrap_or_default());
        if !number.is_empty() {
            let hash = of.visit.services.vault.keyed_hash("certificate", &number);
            same_certificates.push((item.clone(), reader.list_same_certificate(&hash, &of.row.id).await?));
        }
    }
    let same_document = reader.count_accounts_of_document(&of.account.document_hash, &of.account.id).await?;
    let files = with_titles(&of.visit.province, submitted.files.iter().map(|file| (file.slot.clone(), file.sha256.clone())));
    Ok(check(&Facts {
        name: &submitted.holder.name,
        document_kind: submitted.holder.document_kind,
        document_number: of.document,
        born_on: submitted.holder.born_on,
        sex: submitted.holder.sex,
        answers: &submitted.answers,
        same_document: u32::try_from(same_document).unwrap_or(u32::MAX),
        same_certificates: &same_certificates,
        files: &files,
        today: of.visit.services.today(),
    }))
}

/// What the person had better look at before handing in.
pub(super) fn doubts_of(folder: &Folder) -> Vec<Check> {
    let cx = folder.cx();
    let slots = folder.slots().into_iter().filter_map(|rules| folder.files.get(&rules.slot)).flatten();
    let files = with_titles(folder.province(), slots.map(|row| (row.slot.clone(), row.sha256.clone())));
    doubts(&Facts {
        name: &folder.holder.name,
        document_kind: folder.holder.document_kind,
        document_number: &folder.document,
        born_on: folder.holder.born_on,
        sex: folder.holder.sex,
        answers: &folder.answers,
        same_document: 0,
        same_certificates: &[],
        files: &files,
        today: cx.today,
    })
}

fn with_titles(province: &Province, files: impl Iterator<Item = (String, String)>) -> Vec<(String, String, String)> {
    let line = province.profile.intake_line();
    let title = |slot: &str| line.attachment(slot).map_or_else(|| slot.to_owned(), |rules| rules.title.clone());
    files.map(|(slot, sha256)| (slot.clone(), title(&slot), sha256)).collect()
}
