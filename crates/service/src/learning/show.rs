//! One conversion as its person sees it: the form while it is theirs, what was handed in afterwards.

use domain::case::{Action, Role, Status, offered};
use domain::fault::FieldErrors;
use domain::id::CaseId;
use domain::learning::view::{ConversionView, KindView};
use domain::learning::{CreditEntry, LearningRules, NotConverted, WindowFor, rule_words};
use domain::papers::{Promise, SlotView};
use store::Reader;

use super::file::Claimed;
use super::inspect::inspections;
use super::kind::obstacle;
use super::{KIND, converting, imported, words, year_of};
use crate::case::{UploadFor, newest_reason, sheet_slots, summary, timeline, uploads_left};
use crate::{Failure, Visit};

/// A conversion with its form, its proofs, what it gives, and everything that was said about it.
///
/// # Errors
/// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
pub async fn conversion_view(visit: &Visit, case: &CaseId) -> Result<ConversionView, Failure> {
    let account = visit.account()?.clone();
    let (rules, id) = (converting(visit)?, case.clone());
    let flash = match visit.take_flash("conversion").await? {
        Some(flash) => Some(flash),
        None => visit.take_flash("convert").await?,
    };
    let mut reader = visit.services.db.read().await?;
    let claimed = Claimed::load(visit, &mut reader, &id).await?;
    let is_collected = reader.find_record(&account).await?.is_some();
    let is_open = claimed.permit(visit, Action::Save).is_ok();
    let (reckoning, errors, obstacle) = match is_open {
        true => now(visit, &mut reader, &claimed, rules).await?,
        false => (None, FieldErrors::default(), None),
    };
    let events = reader.list_events(&id).await?;
    let (sections, remark) = match reader.list_submissions(&id).await?.pop().filter(|_| !is_open) {
        Some(round) => {
            let body = visit.services.kinds.of(KIND).open(&visit.services, &id, &round)?;
            (body.sections(visit), body.remark().to_owned())
        }
        None => (Vec::new(), String::new()),
    };
    let booked = match claimed.case.decided_at.filter(|_| !is_open) {
        Some(_) => reader.list_credits_of_year(&account, year_of(claimed.row.year)).await?,
        None => Vec::new(),
    };
    let with_rule = |entry: CreditEntry| {
        let rule = rule_words(rules, &entry);
        (entry, rule)
    };
    let booked = booked.into_iter().filter(|entry| entry.is_of_case(&id)).map(with_rule).collect();
    let inspections = inspections(visit, &mut reader, &claimed.case).await?;
    let uploads_left =
        if is_open || claimed.is_inspected { uploads_left(&mut reader, visit, &account, UploadFor::Proof).await? } else { None };
    let timeline = timeline(&mut reader, visit, &claimed.case, events.clone()).await?;
    drop(reader);
    let kind = claimed.kind(rules)?;
    let mut slots = slots(visit, &claimed, rules, &kind.proofs, is_open).await?;
    let originals = if claimed.is_inspected { slots.pop() } else { None };
    let line = visit.line(KIND);
    let this = rules.open_years(WindowFor::Conversion, visit.services.today());
    let chosen = year_of(claimed.row.year);
    // What was given back stays for its year.
    let years = if claimed.case.status == Status::Returned {
        vec![chosen]
    } else if this.contains(&chosen) {
        this
    } else {
        this.into_iter().chain([chosen]).collect()
    };
    let case = summary(&claimed.case, &visit.province.bureaus);
    Ok(ConversionView {
        words: words(visit, rules, is_collected),
        kind: KindView::of(kind, rules, |list| visit.province.lists.entries(list).to_vec()),
        years,
        answers: claimed.values(),
        version: claimed.version(),
        saved_at: claimed.saved.as_ref().map(|saved| saved.at),
        reckoning,
        obstacle,
        // A form that was just opened is not wrong yet.
        errors: if claimed.saved.is_some() { errors } else { FieldErrors::default() },
        slots,
        inspections,
        originals,
        uploads_left,
        sections,
        remark,
        booked,
        reason: newest_reason(&events, case.status),
        timeline,
        actions: offered(case.status, Role::Owner, &visit.kind_rules(KIND)).collect(),
        promise: (Promise::of(line), line.confirm_label.clone()),
        flash,
        request_key: visit.services.ids.id(),
        case,
    })
}

type Reckoned = (Option<domain::learning::Reckoning>, FieldErrors, Option<NotConverted>);

/// What it would give as it stands, or why it could not be handed in: told before somebody tries.
async fn now(visit: &Visit, reader: &mut Reader, claimed: &Claimed, rules: &LearningRules) -> Result<Reckoned, Failure> {
    let shut = rules.opening(year_of(claimed.row.year), WindowFor::Conversion, visit.services.today()).err();
    let shut = shut.filter(|_| claimed.case.round == 0).map(NotConverted::Shut);
    Ok(match claimed.reckon(visit, reader, rules).await? {
        Ok(reckoning) => {
            let hash = visit.services.vault.keyed_hash("conversion", &reckoning.same_key);
            let same = reader.find_same_conversion(&claimed.case.account_id, &hash).await?;
            let same = same.filter(|same| same.case_id != claimed.case.id).map(|same| NotConverted::Same {
                case: same.case_id,
                number: same.number.unwrap_or_default(),
                status: same.status,
            });
            let imported = reader.is_imported(&claimed.case.account_id, &hash).await?.then(imported);
            (Some(reckoning), FieldErrors::default(), shut.or(same).or(imported))
        }
        Err(domain::learning::Unreckoned::Faults(errors)) => (None, errors, shut),
        Err(other) => (None, FieldErrors::default(), shut.or_else(|| obstacle(other))),
    })
}

/// The proofs that the kind asks for, and last, where the bureau asks for the originals, their slot.
async fn slots(
    visit: &Visit,
    claimed: &Claimed,
    rules: &LearningRules,
    asked: &[String],
    is_open: bool,
) -> Result<Vec<SlotView>, Failure> {
    let mut slots: Vec<_> = asked.iter().filter_map(|slot| Some((rules.proof(slot)?, is_open))).collect();
    let inspection = rules.inspection.as_ref().filter(|_| claimed.is_inspected);
    slots.extend(inspection.and_then(|inspection| Some((rules.proof(&inspection.proof)?, true))));
    sheet_slots(visit, (&claimed.case, claimed.files.as_slice()), slots).await
}
