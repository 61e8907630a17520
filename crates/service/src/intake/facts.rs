//! What the automatic checks of 信息采集 look at.

use domain::case::Check;
use domain::intake::{Facts, check};
use domain::text;
use store::Reader;

use super::Submitted;
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
    Ok(check(&Facts {
        name: &submitted.holder.name,
        document_kind: submitted.holder.document_kind,
        document_number: of.document,
        born_on: submitted.holder.born_on,
        sex: submitted.holder.sex,
        answers: &submitted.answers,
        same_document: u32::try_from(same_document).unwrap_or(u32::MAX),
        same_certificates: &same_certificates,
        today: of.visit.services.today(),
    }))
}
