//! The frame round what one person of a bureau enters about somebody, with a proof, for another to confirm: a kind brings its own
//! rules, and the rest is here. What it is made of is `entered`.

use domain::answer::Answer;
use domain::case::{CaseKind, EnteredLine, EnteredView, Member, Power, Status, holder};
use domain::fault::FieldErrors;
use domain::id::{AccountId, BureauCode, CaseId};
use domain::identity::DocumentKind;
use domain::named::Named;
use domain::province::AttachmentRules;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::{Reader, Tx};

use super::{
    Proof, SubmittedFile, account_of, bureau_name, keep_proof, may_enter, named, newest_reason, note_lookup, open, open_body,
    to_second, with_proof,
};
use crate::{Failure, Visit};

/// The questions are of one version.
const FORM: i64 = 1;
/// The longest key that a page gives out.
const LONGEST_KEY: usize = 64;
/// Of all that a bureau entered, so many are looked at.
pub(crate) const MOST: i64 = 200;

/// What is being entered, by whom and about whom. Inside the write the account is locked.
#[derive(Clone, Copy)]
pub(crate) struct Entering<'a> {
    pub visit: &'a Visit,
    pub who: &'a Member,
    pub account: &'a AccountRow,
    /// The case that it is, or will be.
    pub case: &'a CaseId,
}

/// What a kind of case that a bureau enters has of its own.
pub(crate) trait Entered: Clone + Send + Sync + 'static {
    const KIND: CaseKind;
    /// The name of its page, below that of the staff.
    const PAGE: &'static str;
    /// What the audit calls the entering.
    const ENTERED: &'static str;
    /// The slot of its proof.
    const SLOT: &'static str;
    /// Who may enter it.
    const POWER: Power;
    /// As it lies sealed in the submission; it is never edited.
    type Body: Serialize + DeserializeOwned + Send + Sync;

    /// Whose a case is, and which bureau entered it; `None` where it is none of the kind.
    ///
    /// # Errors
    /// `Store`.
    fn find<'a>(reader: &'a mut Reader, case: &'a CaseId) -> BoxFuture<'a, Result<Option<(AccountId, BureauCode)>, Failure>>;

    /// Whom it is about, where no document and name were asked.
    ///
    /// # Errors
    /// `NotFound` where they were, `Store`.
    fn about<'a>(&'a self, _: &'a Visit) -> BoxFuture<'a, Result<AccountRow, Failure>> {
        async { Err(Failure::NotFound) }.boxed()
    }

    /// What keeps it from being entered, asked inside the write on what is read there.
    ///
    /// # Errors
    /// Why not.
    fn may<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>>;

    /// Notes it in the table of the kind.
    ///
    /// # Errors
    /// `Store`.
    fn keep<'a>(&'a self, tx: &'a mut Tx, of: Entering<'a>) -> BoxFuture<'a, Result<(), Failure>>;

    /// As it is sealed.
    fn body(&self, files: Vec<SubmittedFile>) -> Self::Body;

    /// What the audit notes of it.
    fn noted(&self) -> Value;

    /// What is told once it waits for the second person; nothing, unless the kind says so.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    fn tell<'a>(&'a self, _: &'a mut Tx, _: Entering<'a>, _: &'a CaseRow) -> BoxFuture<'a, Result<(), Failure>> {
        async { Ok(()) }.boxed()
    }
}

/// Who of the staff is asking and may enter it.
///
/// # Errors
/// `NotFound` where the province has no such thing, `SignInAgain`, `SecondFactorNeeded`, `NotYours`.
pub(crate) fn keeper<E: Entered>(visit: &Visit) -> Result<Member, Failure> {
    let who = holder(&visit.actor, E::POWER, &visit.province.bureaus)?.clone();
    proof::<E>(visit)?;
    Ok(who)
}

/// What is asked of the proof; where the province has no such line there is no such thing.
///
/// # Errors
/// `NotFound`.
pub(crate) fn proof<E: Entered>(visit: &Visit) -> Result<&AttachmentRules, Failure> {
    visit.line(E::KIND).attachment(E::SLOT).ok_or(Failure::NotFound)
}

/// 证件类型 of the province.
pub(crate) fn document_kinds(visit: &Visit) -> Vec<DocumentKind> {
    visit.province.profile.account.document_kinds.iter().map(|option| option.kind).collect()
}

/// Enters what was typed, or enters it once more after it was refused; it takes effect when somebody else confirms it: of the own bureau,
/// or, where nobody else works there, of the nearest above it. `case` and `key` are the case that was refused, or empty, and the key
/// of the page; a repetition with the same key gets the same answer.
///
/// # Errors
/// The faults of the form; at `proof` what is wrong with the file; `NotInList` at `document_number` where nobody here has that number and
/// name; `NotYours` for somebody of another bureau, `SelfReview`, `NoSecondPerson`; what the kind says no with; `Stale` for a key that
/// no page gave out, `TooOften`, `Busy`, `NotFound`, `Store`.
pub(crate) async fn enter<E: Entered>(
    visit: &Visit,
    (case, key): (&str, &str),
    checked: Result<(Option<Named>, E), FieldErrors>,
    file: Option<Proof>,
) -> Result<Answer, Failure> {
    let who = keeper::<E>(visit)?;
    if key.is_empty() || key.len() > LONGEST_KEY {
        return Err(Failure::Stale);
    }
    let ((of, what), file) = with_proof(checked, file)?;
    let before = CaseId::given(case);
    let account = match (&of, &before) {
        (Some(of), _) => {
            note_lookup(visit, &who, "try_number").await?;
            account_of(visit, of).await?
        }
        (None, Some(before)) => account_of_case::<E>(visit, &who, before).await?,
        (None, None) => {
            note_lookup(visit, &who, "try_number").await?;
            what.about(visit).await?
        }
    };
    let is_new = before.is_none();
    let id = before.unwrap_or_else(|| visit.services.ids.id().into());
    let files = keep_proof(visit, (&id, &account), proof::<E>(visit)?, file).await?;
    let entry = Entry { visit: visit.clone(), who, account, id, is_new, what, files, key: key.to_owned() };
    let answer = visit.write(move |tx| Box::pin(async move { entry.write(tx).await })).await?;
    visit.services.outbox.notify_one();
    Ok(answer)
}

/// That of a case of the own bureau that was entered before.
async fn account_of_case<E: Entered>(visit: &Visit, who: &Member, case: &CaseId) -> Result<AccountRow, Failure> {
    let mut reader = visit.services.db.read().await?;
    let (account, _) = E::find(&mut reader, case).await?.filter(|of| of.1 == who.bureau).ok_or(Failure::NotFound)?;
    reader.find_account(&account).await?.ok_or_else(|| Failure::Broken("a case without account".into()))
}

/// Something on its way to a second person.
struct Entry<E> {
    visit: Visit,
    who: Member,
    account: AccountRow,
    id: CaseId,
    is_new: bool,
    what: E,
    files: Vec<AttachmentRow>,
    key: String,
}

impl<E: Entered> Entry<E> {
    async fn write(&self, tx: &mut Tx) -> Result<Answer, Failure> {
        let (visit, who) = (&self.visit, &self.who);
        let before = if self.is_new { None } else { tx.lock_case(&self.id).await? };
        let account =
            tx.lock_account(&self.account.id).await?.ok_or_else(|| Failure::Broken("an account that is gone".into()))?;
        let scope = format!("{}:{}", E::KIND.code(), who.id);
        if let Some(answer) = tx.find_answer(&scope, &self.key).await? {
            return Ok(serde_json::from_str(&answer)?);
        }
        let of = Entering { visit, who, account: &account, case: &self.id };
        may_enter(tx, visit, who, &account).await?;
        self.what.may(tx, of).await?;
        let case = match before {
            Some(case) if case.status == Status::Returned => case,
            Some(_) => return Err(Failure::Stale),
            None => {
                let case = CaseRow::new(self.id.clone(), E::KIND, &account, FORM, visit.now());
                open(tx, visit, &case).await?;
                case
            }
        };
        self.what.keep(tx, of).await?;
        let body = self.what.body(named(&self.files));
        let case = to_second(tx, (visit, who), &case, &self.files, (FORM, &body)).await?;
        self.what.tell(tx, of, &case).await?;
        let number = case.number.as_deref().unwrap_or_default();
        let answer = Answer::go(format!("/{}/staff/{}?done={number}", visit.province_key(), E::PAGE));
        tx.remember_answer(&scope, &self.key, &serde_json::to_string(&answer)?, visit.now()).await?;
        let mut detail = json!({ "account": account.id, "bureau": case.bureau, "round": case.round });
        if let (Value::Object(detail), Value::Object(more)) = (&mut detail, self.what.noted()) {
            detail.extend(more);
        }
        tx.audit(&visit.entry(E::ENTERED, "case", case.id.as_str(), detail)).await?;
        Ok(answer)
    }
}

/// A line of the list, with why a second person refused it.
///
/// # Errors
/// `Store`.
pub(crate) async fn entered_line<L>(
    reader: &mut Reader,
    (case, case_number, name, status): (CaseId, Option<String>, String, Status),
    own: L,
) -> Result<EnteredLine<L>, Failure> {
    let reason = match status {
        Status::Returned => newest_reason(&reader.list_events(&case).await?, status),
        Status::Draft | Status::Submitted | Status::Approved | Status::Closed => String::new(),
    };
    Ok(EnteredLine { case, case_number: case_number.unwrap_or_default(), name, status, reason, own })
}

/// What was entered in a case of the own bureau that a second person refused, with whom it is about; `None` where none is named.
///
/// # Errors
/// `NotFound` for one of another bureau and one that waits or is decided, `Store`, `Broken`.
pub(crate) async fn refused<E: Entered>(
    reader: &mut Reader,
    visit: &Visit,
    who: &Member,
    again: &str,
) -> Result<Option<(CaseRow, E::Body)>, Failure> {
    let Some(case) = CaseId::given(again) else { return Ok(None) };
    E::find(reader, &case).await?.filter(|of| of.1 == who.bureau).ok_or(Failure::NotFound)?;
    let row = reader.find_case(&case).await?.filter(|row| row.status == Status::Returned).ok_or(Failure::NotFound)?;
    let round = reader.list_submissions(&case).await?.pop().ok_or(Failure::NotFound)?;
    let body = open_body(&visit.services, &case, &round)?;
    Ok(Some((row, body)))
}

/// The page: what the own bureau entered, and the form, of one that was refused where `of` names whom that is about.
///
/// # Errors
/// `NotFound` where the province has no such thing.
pub(crate) fn entered_view<E: Entered, F, L, O>(
    visit: &Visit,
    who: &Member,
    lines: Vec<EnteredLine<L>>,
    (of, form): (Option<String>, F),
    own: O,
) -> Result<EnteredView<F, L, O>, Failure> {
    let options = visit.province.profile.account.document_kinds.iter();
    Ok(EnteredView {
        name: visit.line(E::KIND).name.clone(),
        bureau_name: bureau_name(&visit.province, &who.bureau),
        lines,
        document_kinds: options.map(|option| (option.kind, option.label.clone())).collect(),
        proof: proof::<E>(visit)?.clone(),
        form,
        of,
        own,
    })
}
