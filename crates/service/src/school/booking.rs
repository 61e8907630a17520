//! What schools reported and fits, on its way into the ledger, and the certificates that follow.

use std::collections::{BTreeMap, BTreeSet};

use domain::learning::{Credits, LearningRules, Subject, Sums};
use domain::province::Province;
use serde_json::Value;
use store::Tx;
use store::audit::Entry;
use store::school::SchoolRow;
use store::school::report::{Booking, Part};

use super::year_of;
use crate::certificate::{Noting, settle};
use crate::{Failure, Services};

/// Whose reports are booked, and who is noted for the certificates.
pub(super) struct Books<'a> {
    pub(super) services: &'a Services,
    pub(super) province: &'a Province,
    pub(super) school: &'a SchoolRow,
    pub(super) entry: &'a (dyn Fn(&'static str, &str, Value) -> Entry + Sync),
}

impl Books<'_> {
    fn rules(&self) -> Result<&LearningRules, Failure> {
        self.province.profile.learning.as_ref().ok_or(Failure::NotFound)
    }

    /// Books the rows of a part that are noted as booked, which are so many and of these years, and settles what they complete.
    pub(super) async fn book(
        &self,
        tx: &mut Tx,
        part: Part<'_>,
        (years, expected): (&BTreeSet<i32>, i64),
    ) -> Result<(), Failure> {
        // The day on which it was learnt follows.
        let arithmetic = format!("网络培训：{}报送，学完日期 ", self.school.name);
        let mut added = 0;
        for year in years {
            let version = self.rules()?.year(*year).map(|year| year.version.as_str()).unwrap_or_default();
            let rule = format!("school/{version}");
            let how = Booking { year: (*year).into(), rule: &rule, arithmetic: &arithmetic, at: self.services.now() };
            added += tx.book_reported_credits(part, how).await?;
        }
        if i64::try_from(added) != Ok(expected) {
            return Err(Failure::Broken("the ledger passed over a row that was decided to be booked".into()));
        }
        self.certify(tx, part).await
    }

    /// Certificates follow the ledger: of the people of this part only those whose year is complete, or was certified, are looked at.
    async fn certify(&self, tx: &mut Tx, part: Part<'_>) -> Result<(), Failure> {
        let mut sums = BTreeMap::new();
        for row in tx.list_parts_of_booked(part).await? {
            let Some(subject) = Subject::from_code(&row.subject) else { continue };
            let (sum, is_certified) = sums.entry((row.account_id, year_of(row.year))).or_insert((Sums::default(), false));
            *sum = sum.with(subject, Credits::of_hundredths(row.amount));
            *is_certified |= row.is_certified;
        }
        let (rules, noting) = (self.rules()?, Noting::by(self.entry));
        for ((account, year), (sum, is_certified)) in sums {
            let is_complete = rules.year(year).is_some_and(|rules| sum.completes(&rules.standard()));
            if is_complete || is_certified {
                settle(tx, (self.services, &self.province.profile), (&account, year), &noting).await?;
            }
        }
        Ok(())
    }
}
