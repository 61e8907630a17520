//! What members of the staff may do beside a single case: by role, and by the level of their bureau; and what programs may do that
//! call from outside.

use serde::{Deserialize, Serialize};

use super::codes::codes;
use super::{MachineKind, StaffRole};

codes! {
    /// Something that not everybody may do who has a key of the house.
    pub enum Power {
        /// List the cases of the own bureau and of those below it, and decide those of the own one.
        Review = "review",
        /// Enter penalties of people of the own bureau and of those below it, with another who confirms.
        EnterPenalties = "enter_penalties",
        /// Close records of people of the own bureau and of those below it, with another who confirms.
        CloseRecords = "close_records",
        /// Merge two accounts of one human, with another who agrees.
        MergeAccounts = "merge_accounts",
        /// Answer what people ask the own bureau (咨询).
        AnswerQuestions = "answer_questions",
        /// Change address, telephone and hours of the own bureau.
        KeepContact = "keep_contact",
        /// Change those of every bureau of the province.
        KeepContacts = "keep_contacts",
        /// Write, publish and withdraw the texts of the portal, with another who agrees where the province wants that.
        KeepPortal = "keep_portal",
        /// Ask for accounts of the staff, agree to them, switch them off.
        KeepStaff = "keep_staff",
        /// Keep the schools on the net (网校), open them for years, issue tokens to their programs.
        KeepSchools = "keep_schools",
        /// Import results, credits and entries of the integrity record, and take imports back, with another who agrees.
        Import = "import",
        /// Take the file of the integrity record for the national platform.
        ExportIntegrity = "export_integrity",
        /// Of the own school: see who is enrolled, and be told once whose a ticket is.
        SeeLearners = "see_learners",
        /// Report how far the own learners are, and their credits; see what became of what was reported (对账).
        Report = "report",
        /// See what the own learners miss, and answer it.
        AnswerLearners = "answer_learners",
    }
}

/// The powers of a program that calls, by what it belongs to. It has none of the staff, and no session.
#[must_use]
pub const fn powers_of_machine(kind: MachineKind) -> &'static [Power] {
    match kind {
        MachineKind::School => &[Power::SeeLearners, Power::Report, Power::AnswerLearners],
    }
}

/// The powers of a role at a bureau of a level: 1 province, 2 city, 3 county. Administration and business data stay apart
/// (三员分立, GB/T 22239 8.1.4.2), and administrators belong to the bureau of the province.
#[must_use]
pub const fn powers(role: StaffRole, level: u8) -> &'static [Power] {
    use Power::{
        AnswerQuestions, CloseRecords, EnterPenalties, ExportIntegrity, Import, KeepContact, KeepContacts, KeepPortal,
        KeepSchools, KeepStaff, MergeAccounts, Review,
    };
    match (role, level) {
        (StaffRole::Reviewer, 1) => &[Review, EnterPenalties, CloseRecords, MergeAccounts, AnswerQuestions, KeepContact],
        (StaffRole::Reviewer, 2..=3) => &[Review, EnterPenalties, CloseRecords, AnswerQuestions, KeepContact],
        (StaffRole::Administrator, 1) => &[KeepStaff, KeepPortal, KeepContacts, KeepSchools, Import, ExportIntegrity],
        (StaffRole::Reviewer | StaffRole::Administrator, _) => &[],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> String {
        let mut text = String::from(
            "# The powers of the staff and of programs\n\nPrinted by the test of `domain::case` and compared with it: what each role may do at a bureau of each level\n\
             (1 province, 2 city, 3 county) beside a single case, and what a program may do that calls with a token. For a single case see\n\
             [case-machine.md](case-machine.md).\n\n\
             | power | reviewer 1 | reviewer 2 | reviewer 3 | administrator 1 | administrator 2 | administrator 3 | program of a school |\n\
             |---|---|---|---|---|---|---|---|\n",
        );
        for power in Power::ALL {
            let cells = StaffRole::ALL.iter().flat_map(|role| [1, 2, 3].map(|level| powers(*role, level).contains(power)));
            let machines = MachineKind::ALL.iter().map(|kind| powers_of_machine(*kind).contains(power));
            let marks: String = cells.chain(machines).map(|has| if has { " yes |" } else { " |" }).collect();
            text.push_str(&format!("| {} |{marks}\n", power.code()));
        }
        text
    }

    #[test]
    fn the_powers_that_people_read_are_those_that_the_code_obeys() {
        let table = table();
        assert!(table == include_str!("../../../../docs/powers.md"), "docs/powers.md should read:\n{table}");
    }

    #[test]
    fn no_program_has_a_power_of_the_staff_and_nobody_of_the_staff_one_of_a_program() {
        let staff: Vec<_> = StaffRole::ALL.iter().flat_map(|role| (1..=3).flat_map(move |level| powers(*role, level))).collect();
        for power in Power::ALL {
            let of_machine = MachineKind::ALL.iter().any(|kind| powers_of_machine(*kind).contains(power));
            assert!(of_machine != staff.contains(&power), "{power:?}");
        }
    }

    #[test]
    fn nobody_both_sees_cases_and_keeps_accounts() {
        for role in StaffRole::ALL {
            for level in 0..=4 {
                let has = |power| powers(*role, level).contains(&power);
                assert!(!(has(Power::Review) && has(Power::KeepStaff)), "{role:?} {level}");
            }
        }
        assert!(powers(StaffRole::Reviewer, 0).is_empty() && powers(StaffRole::Administrator, 2).is_empty());
    }
}
