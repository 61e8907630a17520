//! Every file of a person with what has it: what 证照库 shows and what a deletion decides on.

use std::collections::{BTreeMap, BTreeSet};

use domain::id::{AccountId, CaseId};
use domain::record::{Holds, holds};
use store::Reader;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;

use crate::intake::versions;
use crate::{Failure, Visit};

/// The files of a person that are theirs to look at, the newest first.
pub(super) struct Library {
    pub cases: BTreeMap<CaseId, CaseRow>,
    pub files: Vec<AttachmentRow>,
    /// Ids of files that were handed in with a round of some case.
    handed_in: BTreeSet<String>,
    /// Ids of files that a version of the record names.
    recorded: BTreeSet<String>,
}

impl Library {
    /// Reads it.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn read(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Self, Failure> {
        let kinds = visit.services.kinds;
        // What somebody sent from outside the login may not even be theirs.
        let cases = reader.list_all_cases(account).await?.into_iter().filter(|case| kinds.of(case.kind).is_owners());
        let cases: BTreeMap<CaseId, CaseRow> = cases.map(|case| (case.id.clone(), case)).collect();
        let mut files = reader.list_all_files(account).await?;
        files.retain(|file| cases.contains_key(&file.case_id));
        let mut handed_in = BTreeSet::new();
        for (id, round) in reader.list_all_submissions(account).await? {
            let Some(case) = cases.get(&id) else { continue };
            let body = kinds.of(case.kind).open(&visit.services, &id, &round)?;
            handed_in.extend(body.files().iter().map(|file| file.id.clone()));
        }
        let versions = versions(visit, reader, account).await?;
        let recorded = versions.iter().flat_map(|version| version.files()).map(|file| file.id.clone()).collect();
        Ok(Self { cases, files, handed_in, recorded })
    }

    /// Whether a case has a file, now or in what was handed in.
    pub fn is_used(&self, file: &AttachmentRow) -> bool {
        file.is_current || self.handed_in.contains(&file.id)
    }

    /// Whether a file has to stay.
    pub fn holds(&self, file: &AttachmentRow) -> bool {
        let Some(case) = self.cases.get(&file.case_id) else { return true };
        holds(Holds {
            status: case.status,
            is_current: file.is_current,
            is_handed_in: self.handed_in.contains(&file.id),
            is_recorded: self.recorded.contains(&file.id),
        })
    }

    /// All files of the paper that a file is of, the newest first; none where it is not there.
    pub fn paper(&self, id: &str) -> Vec<&AttachmentRow> {
        let Some(of) = self.files.iter().find(|file| file.id == id) else { return Vec::new() };
        self.files.iter().filter(|file| file.sha256 == of.sha256).collect()
    }

    /// What the slot of a file is called.
    pub fn title(&self, visit: &Visit, file: &AttachmentRow) -> String {
        let kind = self.cases.get(&file.case_id).map(|case| case.kind);
        let titles = kind.map(|kind| visit.services.kinds.of(kind).file_titles(&visit.province)).unwrap_or_default();
        titles.get(&file.slot).cloned().unwrap_or_else(|| file.slot.clone())
    }
}
