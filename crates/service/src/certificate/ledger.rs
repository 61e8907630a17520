//! What the ledger of somebody says of a learning year, by the standard that counts for a certificate.

use domain::certificate::Facts;
use domain::learning::{CreditEntry, Credits, Standard, Standing, YearRules};
use domain::province::Profile;
use store::account::AccountRow;
use store::certificate::CertificateRow;

/// What is certified of a learning year, and the standard by which; `None` while it is not complete. What was certified holds by
/// the standard of then, whatever the profile says since; only where that is not reached, the profile counts.
pub(super) fn certified(
    profile: &Profile,
    (account, year): (&AccountRow, i32),
    former: Option<&CertificateRow>,
    entries: &[CreditEntry],
) -> Option<(Facts, Standard)> {
    let asked = profile.learning.as_ref().and_then(|learning| learning.year(year)).map(YearRules::standard);
    former.map(standard_of).into_iter().chain(asked).find_map(|standard| {
        let standing = Standing::of(entries, year, &standard);
        let completed_on = standing.completed_on.filter(|_| standing.is_complete())?;
        let facts = Facts {
            account: account.id.clone(),
            year,
            holder: account.name.clone(),
            issuer: profile.site.authority.clone(),
            sums: standing.sums,
            completed_on,
        };
        Some((facts, standard))
    })
}

/// The standard by which a certificate was issued.
pub(super) fn standard_of(row: &CertificateRow) -> Standard {
    Standard {
        total: Credits::of_hundredths(row.asked_total),
        professional: row.asked_professional.map(Credits::of_hundredths),
        public: row.asked_public.map(Credits::of_hundredths),
        version: row.asked_version.clone(),
    }
}
