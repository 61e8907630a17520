//! One case as the bureau sees it.

use chrono::Duration;
use domain::answer::Flash;
use domain::case::view::{FileView, SeatsView};
use domain::case::{Action, Beside, Check, Judged, Member, Role, Section, Status, Urgency, offered};
use domain::correction::Correctable;
use domain::id::CaseId;
use domain::identity::mask;
use domain::inspection::Inspections;
use domain::review::view::{CaseView, RoundView, StagedView};
use serde_json::json;
use store::account::AccountRow;
use store::case::file::CaseRow;
use store::case::round::{EventRow, SubmissionRow, VerdictRow};
use store::{Reader, Tx};

use super::compared::{compared, replaced};
use super::pieces::{counts, decides, document_label, hold, only_looks, proofs, targets, timeline_item, verdict};
use super::{seats, stage};
use crate::case::{
    Asked, Body, SubmittedFile, file_of, find, is_own, laid_beside, open_preloaded, reviewer, stands_to, summary, waiting, warned,
};
use crate::{Failure, Visit};

/// A look at a case is written down once in this time for each reviewer.
const LOOK: Duration = Duration::minutes(10);
/// The forms of the page.
const FORMS: [&str; 10] = ["judge", "decide", "correct", "forward", "reveal", "hold", "skip", "undo", "revoke", "inspect"];

/// The case: what was submitted, the files, the verdicts of this round, the automatic checks, what changed since the round
/// before, and what may be done. Looking takes no hold: a link that somebody follows must not keep others from the case.
///
/// # Errors
/// `NotFound` for everybody whom the case does not concern; `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub async fn case(visit: &Visit, id: &CaseId) -> Result<CaseView, Failure> {
    let who = reviewer(visit)?;
    find(&mut visit.services.db.read().await?, visit, id).await?;
    let (row, role) = look(visit, &who, id).await?;
    let mut reader = visit.services.db.read().await?;
    let file = CaseFile::read(&mut reader, visit, &who, &row).await?;
    let flash = first_flash(visit).await?;
    Ok(file.view(visit, &who, &row, role, flash))
}

/// A case of the own bureau as whoever opens it would see it. It is no look: that is written down once it is opened.
///
/// # Errors
/// `Store`, `Broken`.
pub(super) async fn unopened(reader: &mut Reader, visit: &Visit, who: &Member, row: &CaseRow) -> Result<CaseView, Failure> {
    Ok(CaseFile::read(reader, visit, who, row).await?.view(visit, who, row, Role::Reviewer, None))
}

/// Writes the look down.
async fn look(visit: &Visit, who: &Member, id: &CaseId) -> Result<(CaseRow, Role), Failure> {
    let (asking, visit, who, id) = (visit, visit.clone(), who.clone(), id.to_owned());
    asking.write(move |tx| Box::pin(async move { look_in(tx, &visit, &who, &id).await })).await
}

async fn look_in(tx: &mut Tx, visit: &Visit, who: &Member, id: &CaseId) -> Result<(CaseRow, Role), Failure> {
    let now = visit.now();
    let (row, role) = find(tx, visit, id).await?;
    let bucket = format!("look:{}:{id}", who.id);
    if role == Role::Overseer || tx.count_rate(&bucket, now - LOOK).await? == 0 {
        tx.add_rate(&visit.services.ids.id(), &bucket, now).await?;
        let detail = json!({ "as": role.code(), "round": row.round });
        tx.audit(&visit.entry("look_at_case", "case", id.as_str(), detail)).await?;
    }
    // Pictures that are in memory by now are not asked for again.
    open_preloaded(tx, visit, &who.id, &row).await?;
    Ok((row, role))
}

/// The form that was posted without scripts, if any of this page was.
async fn first_flash(visit: &Visit) -> Result<Option<Flash>, Failure> {
    for form in FORMS {
        if let Some(flash) = visit.take_flash(form).await? {
            return Ok(Some(flash));
        }
    }
    Ok(None)
}

/// One round, opened.
pub(super) struct Round {
    pub row: SubmissionRow,
    pub body: Box<dyn Body>,
    pub sections: Vec<Section>,
}

/// Everything that is kept about a case.
struct CaseFile {
    account: AccountRow,
    /// Never empty: a case without a submission is a draft, and those are not shown.
    rounds: Vec<Round>,
    verdicts: Vec<VerdictRow>,
    events: Vec<EventRow>,
    files: Vec<(String, FileView)>,
    /// Those of the round before in whose place others came.
    former: Vec<(String, FileView)>,
    document: String,
    mobile: String,
    checks: Vec<Check>,
    beside: Vec<Beside>,
    seats: Option<SeatsView>,
    correctable: Option<Correctable>,
    inspections: Option<Inspections>,
    is_own: bool,
    /// Whether the one who looks took it in at the counter.
    has_taken_in: bool,
    staged: Vec<StagedView>,
    /// Its decision waits for its time.
    is_staged: bool,
    /// The time has come to agree to it.
    is_ripe: bool,
    /// Decided today by the one who looks, and open at the bureau.
    counts: (i64, i64),
}

impl CaseFile {
    async fn read(reader: &mut Reader, visit: &Visit, who: &Member, row: &CaseRow) -> Result<Self, Failure> {
        let vault = &visit.services.vault;
        let account = reader.find_account(&row.account_id).await?;
        let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let (kind, mut rounds) = (visit.services.kinds.of(row.kind), Vec::new());
        for row_of_round in crate::case::rounds(reader, row).await? {
            let body = kind.open(&visit.services, &row.id, &row_of_round)?;
            let sections = body.sections(visit);
            rounds.push(Round { row: row_of_round, body, sections });
        }
        let Some(last) = rounds.last() else { return Err(Failure::Broken("a case without submission".into())) };
        let document = vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
        let mobile = vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
        let asked = Asked { visit, row, account: &account, document: &document, sections: &last.sections };
        let checks = last.body.checks(reader, asked).await?;
        // Of what another bureau has by now nothing is read that came afterwards.
        let is_here = stands_to(visit, row) != Role::Stranger;
        let mut beside = Vec::new();
        if is_here {
            beside = warned(reader, visit, &row.account_id).await?;
            beside.extend(laid_beside(reader, visit, row).await?);
            beside.extend(last.body.beside(reader, (visit, row)).await?);
        }
        let former = files(visit, reader, row, &replaced(visit, &rounds)).await?;
        let mut shown = last.body.files().to_vec();
        if is_here {
            shown.extend(kind.brought(reader, row).await?);
        }
        let files = files(visit, reader, row, &shown).await?;
        let is_ripe = kind.is_ripe(visit, reader, row).await?;
        let (mut verdicts, mut events) = (reader.list_verdicts(&row.id).await?, reader.list_events(&row.id).await?);
        verdicts.retain(|verdict| verdict.round <= row.round);
        events.retain(|event| event.round <= row.round);
        let seats = seats::view(reader, visit, row, &events, (who, last.body.first_seat())).await?;
        let correctable = match row.status {
            Status::Submitted => last.body.correctable(reader, (visit, row)).await?,
            _ => None,
        };
        let inspections = if is_here { kind.inspections(visit, reader, row).await? } else { None };
        let is_own = is_own(reader, row, &*last.body, who).await?;
        let has_taken_in = reader.has_taken_in(&row.id, &who.id).await?;
        let is_staged = reader.find_staged(&row.id).await?.is_some_and(|staged| staged.is_waiting());
        let staged = stage::staged(reader, visit, who).await?;
        let counts = counts(reader, visit, who).await?;
        Ok(Self {
            account,
            rounds,
            verdicts,
            events,
            files,
            former,
            document,
            mobile,
            checks,
            beside,
            seats,
            correctable,
            inspections,
            is_own,
            has_taken_in,
            staged,
            is_staged,
            is_ripe,
            counts,
        })
    }

    fn view(self, visit: &Visit, who: &Member, row: &CaseRow, role: Role, flash: Option<Flash>) -> CaseView {
        let line = visit.line(row.kind);
        let (working_days_left, _, urgency) = row.due_on.map_or((0, 0, Urgency::Calm), |due_on| waiting(visit, row.kind, due_on));
        let bureaus = self.rounds.last().map(|round| targets(visit, row, role, &*round.body)).unwrap_or_default();
        let verdicts = self.verdicts.iter().filter(|verdict| verdict.round == row.round).map(verdict).collect();
        let (changes, file_changes, is_change) = compared(visit, &self.rounds);
        let mut rounds: Vec<RoundView> = self.rounds.iter().map(|round| self.round(round)).collect();
        let explanations = self.rounds.last().map(|round| round.body.explanations()).unwrap_or_default();
        let (sections, remark) = rounds.pop().map(|round| (round.sections, round.remark)).unwrap_or_default();
        let proofs = proofs(&line.attachments, &self.files, &sections);
        CaseView {
            case: summary(row, &visit.province.bureaus),
            applicant: row.applicant.clone(),
            document_label: document_label(visit, &self.account.document_kind),
            document: mask::document(&self.document),
            mobile: mask::mobile(&self.mobile),
            urgency: if row.status == Status::Submitted { urgency } else { Urgency::Calm },
            working_days_left,
            remark,
            explanations,
            sections,
            prints: line.prints(),
            files: self.files,
            former: self.former,
            file_titles: visit.services.kinds.of(row.kind).file_titles(&visit.province),
            verdicts,
            checks: self.checks,
            beside: self.beside,
            timeline: self.events.into_iter().filter_map(timeline_item).collect(),
            rounds,
            changes,
            file_changes,
            is_change,
            hold: hold(visit, who, row),
            actions: offered(row.status, role, &visit.kind_rules(row.kind))
                .filter(|action| !(self.is_own || self.is_staged) || only_looks(*action))
                .filter(|action| !self.has_taken_in || !decides(*action))
                .filter(|action| self.is_ripe || !matches!(action, Action::Approve | Action::Endorse))
                .collect(),
            reasons: line.return_reasons.clone(),
            bureaus,
            is_per_item: line.returns == Judged::PerItem,
            counts: self.counts,
            proofs,
            seats: self.seats,
            correctable: self.correctable,
            inspections: self.inspections,
            is_own: self.is_own,
            flash,
            staged: self.staged,
        }
    }

    fn round(&self, round: &Round) -> RoundView {
        let rejected = self.verdicts.iter().filter(|verdict| verdict.round == round.row.round && !verdict.is_accepted);
        RoundView {
            round: round.row.round,
            submitted_at: round.row.submitted_at,
            sections: round.sections.clone(),
            rejected: rejected.map(verdict).collect(),
            remark: round.body.remark().to_owned(),
        }
    }
}

async fn files(
    visit: &Visit,
    reader: &mut Reader,
    row: &CaseRow,
    of: &[SubmittedFile],
) -> Result<Vec<(String, FileView)>, Failure> {
    let mut files = Vec::new();
    for file in of {
        let found = reader.find_attachment(&file.id).await?.filter(|found| found.account_id == row.account_id);
        // Of a case that is closed the person may have deleted papers.
        let Some(found) = found else { continue };
        files.push((file.slot.clone(), file_of(&visit.services, &found)?));
    }
    Ok(files)
}
