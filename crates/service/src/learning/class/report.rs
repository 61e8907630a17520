//! The results of a class, by a sheet: each row is looked at, and nothing is handed in while one of them is wrong.

use std::collections::BTreeSet;

use domain::answer::{Answer, Flash};
use domain::case::{Action, Refusal, Role, Status, permitted};
use domain::id::{AccountId, CaseId};
use domain::identity::document::normalise;
use domain::identity::mask;
use domain::identity::name::is_same_name;
use domain::learning::class::{Audience, Judged, NotFiled, RosterLine, RowFault, SheetFault, judge};
use domain::text::tidy;
use serde_json::json;
use store::case::file::CaseRow;
use store::learning::class::{ClassRow, KnownRow};
use store::{Reader, Tx};

use super::{Managed, PersonResult, RESULTS, ResultsBody, class_rules, page, planned};
use crate::case::{By, HandIn, hand_in, seal_body, tell_handed_in};
use crate::{Failure, Visit};

/// So many faults of a sheet are told at once.
const TOLD: usize = 100;

/// Hands the results of a class in, or once more after a return. Answers the page that says what came of it: it tells each row that is
/// wrong, and why nothing can be reported now.
///
/// # Errors
/// `NotFound` for a class of an employer that somebody else manages, `SignInAgain`, `Store`, `Broken`.
pub async fn report_results(
    visit: &Visit,
    class: &CaseId,
    sheet: Result<Vec<RosterLine>, SheetFault>,
) -> Result<String, Failure> {
    let account = visit.account()?.clone();
    let (_, rules) = class_rules(visit)?;
    let sheet = sheet.and_then(|lines| match lines.len() {
        0 => Err(SheetFault::Empty),
        count if count > rules.most_people as usize => Err(SheetFault::TooLarge),
        _ => Ok(lines),
    });
    let report = Report { visit: visit.clone(), account, class: class.clone(), sheet };
    let (manager, outcome) = visit.write(move |tx| Box::pin(async move { report.write(tx).await })).await?;
    let page = page(visit, &manager);
    let wrong = match outcome {
        Ok(()) => {
            visit.services.outbox.notify_one();
            return Ok(page);
        }
        Err(NotTaken::Not(why)) => return Ok(format!("{page}&not={}", why.code())),
        Err(NotTaken::Sheet(fault)) => vec![("sheet".to_owned(), fault.code().to_owned())],
        Err(NotTaken::Rows(rows)) => {
            let told = rows.into_iter().take(TOLD);
            told.map(|(line, fault)| (format!("{line:07}"), fault.code().to_owned())).collect()
        }
    };
    // No name and no number of anybody is in it.
    let values = wrong.into_iter().chain([("class".to_owned(), class.to_string())]).collect();
    visit.keep_flash(Flash { form: "results".to_owned(), values, answer: Answer::default() }).await?;
    Ok(page)
}

/// Why a sheet was not handed in.
enum NotTaken {
    Not(NotFiled),
    Sheet(SheetFault),
    Rows(Vec<(u64, RowFault)>),
}

struct Report {
    visit: Visit,
    account: AccountId,
    class: CaseId,
    sheet: Result<Vec<RosterLine>, SheetFault>,
}

impl Report {
    /// The manager whose page says what came of it, and that.
    async fn write(&self, tx: &mut Tx) -> Result<(String, Result<(), NotTaken>), Failure> {
        let visit = &self.visit;
        let results = tx.find_results_of(&self.class).await?;
        let before = match &results {
            Some(results) => tx.lock_case(&results.case_id).await?,
            None => None,
        };
        // Two sheets of one class line up.
        let filed = tx.lock_case(&self.class).await?.filter(|case| case.account_id == self.account).ok_or(Failure::NotFound)?;
        let class = tx.find_class(&self.class).await?.ok_or(Failure::NotFound)?;
        let employer = Managed::of(visit, tx, &class.manager_id).await?;
        let not = |why| Ok((employer.id.clone(), Err(NotTaken::Not(why))));
        if filed.status != Status::Approved || visit.services.today() < class.ends_on {
            return not(NotFiled::NotOver);
        }
        if tx.find_results_of(&self.class).await?.map(|row| row.case_id) != before.as_ref().map(|case| case.id.clone()) {
            return not(NotFiled::Reported);
        }
        if before.as_ref().is_some_and(|case| case.status != Status::Returned) {
            return not(NotFiled::Reported);
        }
        let lines = match &self.sheet {
            Ok(lines) => lines,
            Err(fault) => return Ok((employer.id, Err(NotTaken::Sheet(*fault)))),
        };
        let people = match self.judged(tx, lines, &class).await? {
            Ok(people) => people,
            Err(rows) => return Ok((employer.id, Err(NotTaken::Rows(rows)))),
        };
        self.hand_over(tx, (&employer, &class), before, people).await?;
        Ok((employer.id, Ok(())))
    }

    /// Everybody of the sheet, or each row that is wrong.
    async fn judged(
        &self,
        reader: &mut Reader,
        lines: &[RosterLine],
        class: &ClassRow,
    ) -> Result<Result<Vec<PersonResult>, Vec<(u64, RowFault)>>, Failure> {
        let hash = |line: &RosterLine| self.visit.services.vault.keyed_hash("document", &normalise(&line.document));
        let known = match class.audience {
            Audience::Own => reader.list_known(&class.manager_id).await?,
            Audience::All => {
                let hashes: Vec<Vec<u8>> = lines.iter().map(hash).collect();
                reader.list_recorded(self.visit.province_key(), &hashes).await?
            }
        };
        let (mut people, mut wrong, mut seen) = (Vec::new(), Vec::new(), BTreeSet::new());
        for line in lines {
            let (number, hash, name) = (normalise(&line.document), hash(line), tidy(&line.name));
            // A number of one kind of document may be that of another as well; the name tells them apart.
            let mut same = known.iter().filter(|known| known.document_hash == hash);
            let first: Option<&KnownRow> = same.clone().next();
            let found = same.find(|known| is_same_name(&known.name, &name)).or(first);
            let is_twice = !number.is_empty() && !seen.insert(number.clone());
            match (judge(line, found.map(|found| found.name.as_str()), is_twice), found) {
                (Judged::Right { passed }, Some(found)) => people.push(PersonResult {
                    account: found.account_id.clone(),
                    name,
                    document: mask::document(&number),
                    passed,
                }),
                (Judged::Right { .. }, None) => wrong.push((line.number, RowFault::NotEmployed.told(class.audience))),
                (Judged::Wrong(fault), _) => wrong.push((line.number, fault.told(class.audience))),
            }
        }
        Ok(if wrong.is_empty() { Ok(people) } else { Err(wrong) })
    }

    async fn hand_over(
        &self,
        tx: &mut Tx,
        (employer, class): (&Managed, &ClassRow),
        before: Option<CaseRow>,
        people: Vec<PersonResult>,
    ) -> Result<(), Failure> {
        let visit = &self.visit;
        let account = tx.lock_account(&self.account).await?.ok_or(Refusal::SignInAgain)?;
        let case = match before {
            Some(case) => case,
            None => {
                let case = CaseRow::new(visit.services.ids.id().into(), RESULTS, &account, 1, visit.now());
                crate::case::open(tx, visit, &case).await?;
                case
            }
        };
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        permitted(case.status, Role::Owner, action, &visit.kind_rules(RESULTS))?;
        let passed = people.iter().filter(|person| person.passed).count();
        let counts = [people.len(), passed].map(|count| i64::try_from(count).unwrap_or(i64::MAX));
        tx.report_results((&case.id, &class.case_id), (counts[0], counts[1])).await?;
        let (planned, employer_name) = (planned(class), employer.name.clone());
        let body = ResultsBody { class: class.case_id.clone(), planned, employer: employer_name, people, files: Vec::new() };
        let what = HandIn {
            bureau: &employer.bureau,
            form_version: case.form_version,
            body_sealed: seal_body(&visit.services, &case.id, case.round + 1, &body)?,
            by: By::owner(&case, &account.name),
            note: "",
        };
        let now = hand_in(tx, visit, &case, what).await?;
        tell_handed_in(tx, visit, &account, &now).await?;
        let detail = json!({ "round": now.round, "class": class.case_id, "people": counts[0], "passed": counts[1] });
        Ok(tx.audit(&visit.entry(action.code(), "case", case.id.as_str(), detail)).await?)
    }
}
