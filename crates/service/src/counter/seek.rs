//! Whose account it is: by the whole number of the document, which the person shows.

use domain::answer::Answer;
use domain::case::{CaseKind, Member, Refusal, Status};
use domain::counter::Correction;
use domain::counter::forms::SeekForm;
use domain::counter::view::{CounterView, Found, PersonFound, PreparedView};
use domain::id::BureauCode;
use domain::identity::{DocumentKind, DocumentNumber, mask};
use serde_json::json;
use store::Reader;
use store::account::AccountRow;

use super::APPLICATION;
use super::fill_in::may_fill_in;
use super::form::may_fetch;
use crate::case::{Prepared, bureau_name, count_lookup, known_bureau, reviewer};
use crate::{Failure, Visit};

pub(super) const KIND: CaseKind = CaseKind::Counter;

/// Searches for an account: goes to the address of the page, in which a token stands for the number. The search is written down.
///
/// # Errors
/// Faults at `document_kind` and `document_number`; `TooOften`, `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`.
pub async fn seek(visit: &Visit, form: &SeekForm) -> Result<Answer, Failure> {
    let who = reviewer(visit)?;
    let document = form.check(&kinds(visit), visit.services.today())?;
    let (work, sought) = (visit.clone(), document.clone());
    let written = visit.write(move |tx| {
        Box::pin(async move {
            count_lookup(tx, &work, &who).await?;
            let account = account_of(tx, &work, &sought).await?;
            let found = account.as_ref().map_or("", |account| account.id.as_str());
            let entry = work.entry("seek_person", "account", found, json!({ "document_kind": sought.kind().code() }));
            Ok::<_, Failure>(tx.audit(&entry).await?)
        })
    });
    written.await?;
    let token = visit.keep_search(&format!("{} {}", document.kind().code(), document.number())).await?;
    Ok(Answer::go(format!("/{}/staff/counter?search={token}", visit.province_key())))
}

/// The page: the search, what it came to, and what may be corrected.
///
/// # Errors
/// `SignInAgain`, `SecondFactorNeeded`, `NotYours`, `Store`, `Broken`.
pub async fn counter_view(visit: &Visit, search: &str) -> Result<CounterView, Failure> {
    let who = reviewer(visit)?;
    let rules = &visit.province.profile.account;
    let (searched, is_search_over) = match searched(visit, search)? {
        Ok(document) => (document, false),
        Err(()) => (None, true),
    };
    let found = match searched {
        Some(document) => Some(found(&mut visit.services.db.read().await?, visit, &who, &document).await?),
        None => None,
    };
    Ok(CounterView {
        document_kinds: rules.document_kinds.iter().map(|option| (option.kind, option.label.clone())).collect(),
        offered: Correction::offered(&visit.province.profile),
        identity_service: rules.identity_service.as_ref().map(|service| service.name.clone()).unwrap_or_default(),
        search: search.to_owned(),
        is_search_over,
        found,
        flash: visit.take_flash("counter").await?,
    })
}

/// The document that a token stands for: none for the empty one, an error for one that is over.
pub(super) fn searched(visit: &Visit, token: &str) -> Result<Result<Option<DocumentNumber>, ()>, Failure> {
    let Some(words) = visit.searched(token)? else { return Ok(Err(())) };
    if words.is_empty() {
        return Ok(Ok(None));
    }
    let document = words
        .split_once(' ')
        .and_then(|(kind, number)| DocumentNumber::check(DocumentKind::from_code(kind)?, number, visit.services.today()).ok());
    Ok(document.map(Some).ok_or(()))
}

pub(super) fn kinds(visit: &Visit) -> Vec<DocumentKind> {
    visit.province.profile.account.document_kinds.iter().map(|option| option.kind).collect()
}

/// The account that has a document.
pub(super) async fn account_of(
    reader: &mut Reader,
    visit: &Visit,
    document: &DocumentNumber,
) -> Result<Option<AccountRow>, Failure> {
    let hash = visit.services.vault.keyed_hash("document", document.number());
    let found = reader.list_accounts_of_document(visit.province_key(), &hash).await?;
    Ok(found.into_iter().find(|account| account.document_kind == document.kind().code()))
}

/// That the staff member may correct the account: it belongs to their bureau, or to none yet, and is not their own.
///
/// # Errors
/// `NotYours` for that of another bureau, `SelfReview` for one's own, `Store`.
pub(super) async fn is_ours(reader: &mut Reader, visit: &Visit, who: &Member, account: &AccountRow) -> Result<(), Failure> {
    if known_bureau(reader, visit, &account.id).await?.is_some_and(|bureau| bureau != who.bureau) {
        return Err(Refusal::NotYours.into());
    }
    if reader.is_same_person(&account.id, &who.id).await? {
        return Err(Refusal::SelfReview.into());
    }
    Ok(())
}

async fn found(reader: &mut Reader, visit: &Visit, who: &Member, document: &DocumentNumber) -> Result<Found, Failure> {
    let Some(account) = account_of(reader, visit, document).await? else { return Ok(nobody(visit, document)) };
    let bureau = known_bureau(reader, visit, &account.id).await?;
    match is_ours(reader, visit, who, &account).await {
        Err(Failure::Refused(Refusal::SelfReview)) => return Ok(Found::Oneself),
        Err(Failure::Refused(_)) => {
            return Ok(Found::Elsewhere { bureau_name: bureau_name(&visit.province, bureau.as_ref()) });
        }
        other => other?,
    }
    let vault = &visit.services.vault;
    let mobile = vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
    let open = reader.find_latest_case(&account.id, KIND).await?.filter(|case| case.status == Status::Submitted);
    let prepared = prepared(reader, visit, &account).await?;
    let application = reader.find_latest_case(&account.id, APPLICATION).await?;
    let has_form = application.is_some() && !is_elsewhere(prepared.as_ref(), who);
    let may_fill_in = may_fill_in(reader, visit, who, &account, prepared.as_ref()).await;
    let may_fill_in = match may_fill_in {
        Err(Failure::Refused(_) | Failure::NotFound) => false,
        other => other.map(|()| true)?,
    };
    let form = may_fetch(reader, visit, who, &account.id).await?;
    let application = application.filter(|case| case.round > 0 && case.bureau.as_ref() == Some(&who.bureau));
    Ok(Found::Here(Box::new(PersonFound {
        name: account.name,
        document_label: label(visit, document),
        document: mask::document(document.number()),
        mobile: if mobile.is_empty() { mobile } else { mask::mobile(&mobile) },
        bureau_name: bureau_name(&visit.province, bureau.as_ref()),
        open: open.map(|case| case.id),
        application: application.map(|case| case.id),
        has_form,
        prepared: prepared_view(visit, who, prepared.as_ref()),
        may_fill_in,
        form,
    })))
}

fn label(visit: &Visit, document: &DocumentNumber) -> String {
    let options = &visit.province.profile.account.document_kinds;
    options.iter().find(|option| option.kind == document.kind()).map(|option| option.label.clone()).unwrap_or_default()
}

fn nobody(visit: &Visit, document: &DocumentNumber) -> Found {
    Found::Nobody { document_label: label(visit, document), document: mask::document(document.number()) }
}

/// What somebody has filled in and not handed in.
pub(super) async fn prepared(reader: &mut Reader, visit: &Visit, account: &AccountRow) -> Result<Option<Prepared>, Failure> {
    visit.services.kinds.of(APPLICATION).prepared(visit, reader, &account.id).await
}

/// Whether what somebody has prepared goes to another bureau than the own one.
pub(super) fn is_elsewhere(prepared: Option<&Prepared>, who: &Member) -> bool {
    bureau_of(prepared).is_some_and(|bureau| *bureau != who.bureau)
}

fn bureau_of(prepared: Option<&Prepared>) -> Option<&BureauCode> {
    prepared.and_then(|prepared| prepared.bureau.as_ref())
}

fn prepared_view(visit: &Visit, who: &Member, prepared: Option<&Prepared>) -> PreparedView {
    match prepared {
        None => PreparedView::Nothing,
        Some(_) if is_elsewhere(prepared, who) => {
            PreparedView::Elsewhere { bureau_name: bureau_name(&visit.province, bureau_of(prepared)) }
        }
        Some(prepared) if prepared.is_complete => PreparedView::Ready,
        Some(_) => PreparedView::Incomplete,
    }
}
