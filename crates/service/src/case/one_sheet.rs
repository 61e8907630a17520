//! A case of one sheet: its person fills in one form, adds papers, hands it in, and may take it away. What is on the sheet is the
//! line's; here it is a row that belongs to a case.

use domain::answer::{Answer, Flash};
use domain::case::view::{CaseSummary, TimelineItem};
use domain::case::{Action, CaseKind, Refusal, Role, Section, Status, offered, permitted};
use domain::fault::{Fault, FieldErrors};
use domain::id::{BureauCode, CaseId};
use domain::limit::Left;
use domain::papers::{Promise, SlotView};
use domain::province::AttachmentRules;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Serialize;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::{
    By, HandIn, SubmittedFile, UploadFor, fault_name, files_of, hand_in, newest_reason, promise, seal_body, summary, take_back,
    tell_handed_in, timeline, uploads_left, version,
};
use crate::{Failure, Memo, Visit};

/// What a line keeps of a case beside it.
pub(crate) trait Sheet: Sized + Send + Sync + 'static {
    /// What the case is about.
    const KIND: CaseKind;

    /// The row of a case.
    ///
    /// # Errors
    /// `Store`.
    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<Self>, Failure>>;

    /// What the line gives back when the person takes the case away.
    ///
    /// # Errors
    /// `Store`.
    fn let_go<'a>(_: &'a mut Tx, _: &'a CaseId) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }
}

/// A sheet of the person who asks, loaded at once.
pub(crate) struct Held<S> {
    pub account: AccountRow,
    pub case: CaseRow,
    pub row: S,
    pub files: Vec<AttachmentRow>,
}

impl<S: Sheet> Held<S> {
    /// Loads it for the person whose it is.
    ///
    /// # Errors
    /// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
    pub async fn load(visit: &Visit, reader: &mut Reader, id: &CaseId) -> Result<Self, Failure> {
        let case = reader.find_case(id).await?;
        Self::of(visit, reader, case).await
    }

    /// The same, locked until the end of the write.
    ///
    /// # Errors
    /// The same.
    pub async fn lock(visit: &Visit, tx: &mut Tx, id: &CaseId) -> Result<Self, Failure> {
        let case = tx.lock_case(id).await?;
        Self::of(visit, tx, case).await
    }

    async fn of(visit: &Visit, reader: &mut Reader, case: Option<CaseRow>) -> Result<Self, Failure> {
        let asking = visit.account()?;
        let case = case.filter(|case| case.kind == S::KIND && case.account_id == *asking).ok_or(Failure::NotFound)?;
        let missing = |what: &str| Failure::Broken(format!("a sheet of {} without {what}", S::KIND.code()));
        let account = reader.find_account(&case.account_id).await?.ok_or_else(|| missing("account"))?;
        let row = S::find(reader, &case.id).await?.ok_or_else(|| missing("its row"))?;
        let files = reader.list_attachments(&case.id).await?;
        Ok(Self { account, case, row, files })
    }

    /// Whether its person may do this now.
    ///
    /// # Errors
    /// Why not.
    pub fn permit(&self, visit: &Visit, action: Action) -> Result<(), Failure> {
        Ok(permitted(self.case.status, Role::Owner, action, &visit.kind_rules(S::KIND))?)
    }

    /// That it may be handed in now. Sheets of one person line up from here on, so that none of two equal ones slips by the other.
    ///
    /// # Errors
    /// Why not, `SignInAgain`, `Store`.
    pub async fn to_hand_in(&self, visit: &Visit, tx: &mut Tx) -> Result<(), Failure> {
        self.permit(visit, handing_in(&self.case))?;
        tx.lock_account(&self.case.account_id).await?.ok_or(Refusal::SignInAgain)?;
        Ok(())
    }

    /// What was typed, where that is in order, the papers are there, and the promise is made.
    ///
    /// # Errors
    /// Everything that is wrong.
    pub fn complete<T>(&self, visit: &Visit, typed: Result<T, FieldErrors>, agreed: &str) -> Result<T, FieldErrors> {
        let (mut errors, typed) = match typed {
            Ok(typed) => (FieldErrors::default(), Some(typed)),
            Err(errors) => (errors, None),
        };
        let asked = visit.line(S::KIND).attachments.iter().filter(|slot| slot.required);
        for slot in asked.filter(|slot| !self.files.iter().any(|file| file.slot == slot.slot)) {
            errors.push(&slot.slot, Fault::FileMissing);
        }
        if agreed != "yes" {
            errors.push("agreed", Fault::NotAgreed);
        }
        match typed {
            Some(typed) => errors.or(typed),
            None => Err(errors),
        }
    }

    /// The papers, as they are handed in.
    pub fn papers(&self) -> Vec<SubmittedFile> {
        let paper =
            |row: &AttachmentRow| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() };
        self.files.iter().map(paper).collect()
    }
}

/// Which of the two it is that hands a case in.
pub(crate) fn handing_in(case: &CaseRow) -> Action {
    if case.status == Status::Returned { Action::Resubmit } else { Action::Submit }
}

/// Hands a sheet in with what it says: keeps the promise, seals it, tells the person, and writes it down with what is `noted` of it.
///
/// # Errors
/// As [`hand_in`].
pub(crate) async fn hand_in_sheet<B: Serialize>(
    tx: &mut Tx,
    visit: &Visit,
    (account, case): (&AccountRow, &CaseRow),
    (bureau, body): (&BureauCode, &B),
    noted: Value,
) -> Result<(), Failure> {
    promise(tx, visit, case).await?;
    let what = HandIn {
        bureau,
        form_version: case.form_version,
        body_sealed: seal_body(&visit.services, &case.id, case.round + 1, body)?,
        by: By::owner(case, &account.name),
        note: "",
    };
    let now = hand_in(tx, visit, case, what).await?;
    tell_handed_in(tx, visit, account, &now).await?;
    let mut detail = json!({ "round": now.round, "bureau": now.bureau });
    if let (Value::Object(detail), Value::Object(noted)) = (&mut detail, noted) {
        detail.extend(noted);
    }
    Ok(tx.audit(&visit.entry(handing_in(case).code(), "case", case.id.as_str(), detail)).await?)
}

/// What every page of a sheet shows of its case.
pub(crate) struct Shown {
    pub case: CaseSummary,
    pub slots: Vec<SlotView>,
    pub uploads_left: Option<Left>,
    /// What was handed in; nothing while it is the person's.
    pub sections: Vec<Section>,
    pub reason: String,
    pub timeline: Vec<TimelineItem>,
    pub actions: Vec<Action>,
    pub promise: (Promise, String),
    pub flash: Option<Flash>,
    pub request_key: String,
}

/// A sheet as its person sees it, `flash` being its form, and whether it is theirs to change now.
///
/// # Errors
/// `NotFound` for that of somebody else, `SignInAgain`, `Store`, `Broken`.
pub(crate) async fn show<S: Sheet>(visit: &Visit, case: &CaseId, flash: &str) -> Result<(Held<S>, bool, Shown), Failure> {
    let account = visit.account()?.clone();
    let flash = visit.take_flash(flash).await?;
    let mut reader = visit.services.db.read().await?;
    let held = Held::<S>::load(visit, &mut reader, case).await?;
    let is_open = held.permit(visit, Action::Save).is_ok();
    let events = reader.list_events(case).await?;
    let sections = match reader.list_submissions(case).await?.pop().filter(|_| !is_open) {
        Some(round) => visit.services.kinds.of(S::KIND).open(&visit.services, case, &round)?.sections(visit),
        None => Vec::new(),
    };
    let uploads_left = if is_open { uploads_left(&mut reader, visit, &account, UploadFor::Proof).await? } else { None };
    let timeline = timeline(&mut reader, visit, &held.case, events.clone()).await?;
    drop(reader);
    let line = visit.line(S::KIND);
    let slots = line.attachments.iter().map(|rules| (rules, is_open));
    let shown = Shown {
        slots: sheet_slots(visit, (&held.case, held.files.as_slice()), slots.collect()).await?,
        uploads_left,
        sections,
        reason: newest_reason(&events, held.case.status),
        timeline,
        actions: offered(held.case.status, Role::Owner, &visit.kind_rules(S::KIND)).collect(),
        promise: (Promise::of(line), line.confirm_label.clone()),
        flash,
        request_key: visit.services.ids.id(),
        case: summary(&held.case, &visit.province.bureaus),
    };
    Ok((held, is_open, shown))
}

/// The slots that are asked for, each with whether it may be filled now. What was wrong with an upload without scripts is shown once.
///
/// # Errors
/// `Store`, `Broken`.
pub(crate) async fn sheet_slots(
    visit: &Visit,
    (case, files): (&CaseRow, &[AttachmentRow]),
    asked: Vec<(&AttachmentRules, bool)>,
) -> Result<Vec<SlotView>, Failure> {
    let faults = visit.glimpse()?.upload_faults;
    let id = case.id.clone();
    if faults.names().any(|name| name.starts_with(id.as_str())) {
        visit.remember(move |memo: &mut Memo| memo.upload_faults.forget(|name| name.starts_with(id.as_str()))).await?;
    }
    let files = files_of(&visit.services, files)?;
    let slot = |(rules, is_open): (&AttachmentRules, bool)| SlotView {
        files: files.iter().filter(|file| file.slot == rules.slot).cloned().collect(),
        is_open,
        reason: None,
        is_amended: false,
        error: faults.get(&fault_name(&case.id, &rules.slot)).cloned(),
        words: visit.province.profile.intake.words.slot.clone(),
        rules: rules.clone(),
    };
    Ok(asked.into_iter().map(slot).collect())
}

/// The rules of a slot of a sheet, which its person may fill now.
///
/// # Errors
/// Why not; `NotFound` for a slot that is not asked for.
pub(crate) fn sheet_slot(visit: &Visit, row: &CaseRow, slot: &str) -> Result<AttachmentRules, Failure> {
    permitted(row.status, Role::Owner, Action::Save, &visit.kind_rules(row.kind))?;
    visit.line(row.kind).attachment(slot).cloned().ok_or(Failure::NotFound)
}

/// Takes a sheet away that is a draft, waits, or was returned; what was handed in stays known to the bureau. Repeating it changes
/// nothing. Leads to `page`.
///
/// # Errors
/// `NotAllowedIn` for an approved one, `Stale` when it changed since it was seen, `NotFound`.
pub(crate) async fn take_away<S: Sheet>(visit: &Visit, (case, seen): (&str, &str), page: String) -> Result<Answer, Failure> {
    visit.account()?;
    let (seen, id, work) = (version(seen)?, CaseId::from(case), visit.clone());
    let write = visit.write(move |tx| {
        Box::pin(async move {
            let held = Held::<S>::lock(&work, tx, &id).await?;
            let go = Answer::go(page);
            // A repetition; one that the bureau revoked has a decision.
            if held.case.status == Status::Closed && held.case.decided_at.is_none() {
                return Ok(go);
            }
            let action = if held.case.status == Status::Draft { Action::Delete } else { Action::Cancel };
            held.permit(&work, action)?;
            if held.case.version != seen {
                return Err(Failure::Stale);
            }
            S::let_go(tx, &id).await?;
            take_back(tx, &work, &held.case, action).await?;
            Ok(go)
        })
    });
    write.await
}
