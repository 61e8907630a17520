//! The application. Whoever does not match an account gets the same answer, after the same time, and the same message.

use std::time::Duration;

use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::id::CaseId;
use domain::identity::name::is_same_name;
use domain::limit::{Left, Limited};
use domain::phone_change::appeal::{AppealForm, Claim};
use domain::phone_change::forms::{PhoneChange, PhoneChangeForm};
use domain::phone_change::{FILE_KINDS, LARGEST_FILE};
use serde_json::json;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::{Reader, StoreError, Tx};

use super::rules;
use super::way::Way;
use crate::account::{Judged, count, count_address, expect_code, is_settled, path, spend_code};
use crate::case::{keep_bytes, kept_row};
use crate::notify;
use crate::{Failure, Limit, Visit, left};
use pictures::{Picture, PictureError, PictureRules};

const PER_ADDRESS: [Limit; 2] = [Limit::new(Limited::PhoneChanges, 10, 3_600), Limit::new(Limited::PhoneChanges, 40, 86_400)];
/// Applications and appeals for one new number, and for one document; each may text the owner.
const PER_NUMBER: [Limit; 1] = [Limit::new(Limited::PhoneChanges, 3, 86_400).announced_from(1)];
/// Keeping pictures takes some milliseconds more than not keeping them; nobody shall measure that.
const FLOOR: Duration = Duration::from_millis(400);

/// A picture as it was sent; what was wrong with it while it was read stands in its place.
pub struct Offered {
    /// Key of the slot of the 材料.
    pub slot: String,
    /// Name of the file as it was sent; may be empty.
    pub name: String,
    /// The bytes of the file, or what was wrong with it.
    pub bytes: Result<Vec<u8>, Fault>,
}

/// A picture that may be kept.
struct Inspected {
    slot: &'static str,
    name: String,
    original: std::sync::Arc<[u8]>,
    picture: Picture,
}

/// Applies for another mobile number, to which a code of this session went. `origin` is the address of the site for the
/// link to the old number, or empty.
///
/// # Errors
/// `NotFound` where the province has no such thing; `Invalid`, `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn change_phone(visit: &Visit, form: &PhoneChangeForm, files: Vec<Offered>, origin: &str) -> Result<Answer, Failure> {
    let checked = form.check(&visit.province.profile.account, visit.services.today());
    receive(visit, Way::Number, checked.map(|wanted| (None, wanted)), (files, origin)).await
}

/// Says of the account with the number of a document that it is shut to its owner, or not theirs, from a telephone to which a code of
/// this session went. `origin` is as with [`change_phone`].
///
/// # Errors
/// `NotFound` where the province has no such thing; `Invalid`, `TooOften`, `Busy`, `Store`, `Broken`.
pub async fn appeal(visit: &Visit, form: &AppealForm, files: Vec<Offered>, origin: &str) -> Result<Answer, Failure> {
    let checked = form.check(&visit.province.profile.account, visit.services.today());
    receive(visit, Way::Appeal, checked.map(|(claim, wanted)| (Some(claim), wanted)), (files, origin)).await
}

async fn receive(
    visit: &Visit,
    way: Way,
    asked: Result<(Option<Claim>, PhoneChange), FieldErrors>,
    (files, origin): (Vec<Offered>, &str),
) -> Result<Answer, Failure> {
    rules(visit)?;
    // What it says here is compared once more with the code, inside the write that spends it.
    let Some(mobile) = visit.glimpse()?.code_went_to(way.purpose()).map(str::to_owned) else {
        return Ok(Answer::go(path(visit, way.page())));
    };
    let (claim, wanted) = checked(way, asked, &files)?;
    expect_code(visit, way.purpose()).await?;
    let_in(visit).await?;
    let files = inspected(visit, way, files).await?;
    let until = tokio::time::Instant::now() + FLOOR;
    let origin = origin.trim_end_matches('/').to_owned();
    let application = Application { visit: visit.clone(), way, claim, wanted, mobile, origin };
    let outcome = application.take(files).await;
    tokio::time::sleep_until(until).await;
    let said = |left: Left| {
        let again = left.again.map(|again| format!("&again={}", again.timestamp())).unwrap_or_default();
        format!("&left={}{again}", left.times)
    };
    let left = outcome?.map(said).unwrap_or_default();
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, &format!("{}?done=1{left}", way.page()))))
}

fn checked<T>(way: Way, asked: Result<T, FieldErrors>, files: &[Offered]) -> Result<T, FieldErrors> {
    let (mut errors, asked) = match asked {
        Ok(asked) => (FieldErrors::default(), Some(asked)),
        Err(errors) => (errors, None),
    };
    for (slot, _) in way.files() {
        match files.iter().find(|file| file.slot == *slot).map(|file| &file.bytes) {
            None => errors.push(slot, Fault::FileMissing),
            Some(Err(fault)) => errors.push(slot, fault.clone()),
            Some(Ok(_)) => {}
        }
    }
    match asked {
        Some(asked) => errors.or(asked),
        None => Err(errors),
    }
}

/// Before anything dear is done with the pictures.
async fn let_in(visit: &Visit) -> Result<(), Failure> {
    let job = visit.clone();
    let counted =
        visit.write(move |tx| Box::pin(async move { count_address(tx, &job, "phone_change:address", &PER_ADDRESS).await }));
    counted.await.map(drop)
}

async fn inspected(visit: &Visit, way: Way, files: Vec<Offered>) -> Result<Vec<Inspected>, Failure> {
    let (mut kept, mut errors) = (Vec::new(), FieldErrors::default());
    for file in files {
        let slot = way.files().iter().map(|(slot, _)| *slot).find(|slot| *slot == file.slot);
        let (Some(slot), Ok(bytes)) = (slot, file.bytes) else { continue };
        if kept.iter().any(|other: &Inspected| other.slot == slot) {
            continue;
        }
        let kinds = FILE_KINDS.map(str::to_owned).to_vec();
        let (original, accepted): (std::sync::Arc<[u8]>, _) = (
            bytes.into(),
            PictureRules {
                max_bytes: LARGEST_FILE,
                max_source: LARGEST_FILE,
                kinds,
                min: None,
                portrait: None,
                most: 1,
                long: studio::LONG_SIDE,
            },
        );
        match visit.services.pictures.inspect(original.clone(), accepted).await {
            Ok(pictures) => {
                let of = |picture| Inspected { slot, name: file.name.clone(), original: original.clone(), picture };
                kept.extend(pictures.into_iter().map(of));
            }
            Err(PictureError::Refused(fault)) => errors.push(slot, fault),
            Err(PictureError::Busy) => return Err(Failure::Busy),
        }
    }
    errors.or(kept).map_err(Failure::from)
}

/// An application without a fault.
#[derive(Clone)]
pub(super) struct Application {
    pub visit: Visit,
    pub way: Way,
    /// What an appeal says about the account.
    pub claim: Option<Claim>,
    pub wanted: PhoneChange,
    /// The new number.
    pub mobile: String,
    pub origin: String,
}

impl Application {
    /// Answers how many more applications there can be for the number or the document, when few can.
    async fn take(&self, files: Vec<Inspected>) -> Result<Option<Left>, Failure> {
        let (db, job) = (&self.visit.services.db, self.clone());
        let left = db.write(move |tx| Box::pin(async move { job.prove(tx).await })).await??;
        let account = self.find(&mut db.read().await?).await?;
        let rows = match &account {
            Some(account) => self.keep(account, &files).await?,
            None => Vec::new(),
        };
        for _ in 0..3 {
            let (job, account, rows) = (self.clone(), account.clone(), rows.clone());
            match db.write(move |tx| Box::pin(async move { job.hand_in(tx, account, &rows).await })).await {
                // The same was handed in at the same moment: look again.
                Err(Failure::Store(StoreError::Exists { .. }) | Failure::Stale) => {}
                other => return other.map(|()| left),
            }
        }
        Err(Failure::Busy)
    }

    /// The code proves the new number; only then anything is looked up.
    async fn prove(&self, tx: &mut Tx) -> Judged<Option<Left>> {
        let visit = &self.visit;
        if let Err(errors) = spend_code(tx, visit, (self.way.purpose(), Some(&self.mobile)), &self.wanted.sms_code).await? {
            return Ok(Err(errors));
        }
        let named = [("phone_change:mobile", self.mobile.as_str()), ("phone_change:document", self.wanted.document.number())];
        let mut least: Option<Left> = None;
        for bucket in named.map(|(name, value)| visit.bucket_over_all(name, value)) {
            count(tx, visit, &bucket, &PER_NUMBER).await?;
            least = least.into_iter().chain(left(tx, &bucket, &PER_NUMBER, visit.now()).await?).min_by_key(|left| left.times);
        }
        Ok(Ok(least))
    }

    /// The account with this document, and for another number also with this name: an account that somebody else registered has
    /// whatever name they gave. One that leads elsewhere is none: what is decided would be of the account that it leads to.
    async fn find(&self, reader: &mut Reader) -> Result<Option<AccountRow>, Failure> {
        let document = &self.wanted.document;
        let hash = self.visit.services.vault.keyed_hash("document", document.number());
        let found = reader.list_accounts_of_document(self.visit.province_key(), &hash).await?;
        let mut same = found.into_iter().filter(|account| account.document_kind == document.kind().code());
        let found = same.find(|account| self.way == Way::Appeal || is_same_name(&account.name, &self.wanted.name));
        match found {
            Some(account) if reader.find_leads_to(&account.id).await?.is_none() => Ok(Some(account)),
            _ => Ok(None),
        }
    }

    async fn keep(&self, account: &AccountRow, files: &[Inspected]) -> Result<Vec<AttachmentRow>, Failure> {
        let services = &self.visit.services;
        let mut rows = Vec::new();
        for file in files {
            // The case is known once there is one.
            let row =
                kept_row(services, (&CaseId::from(""), &account.id, file.slot), (&file.name, ""), &file.original, &file.picture);
            keep_bytes(services, &row, &file.original, &file.picture).await?;
            rows.push(row);
        }
        Ok(rows)
    }

    /// Writes the case where there is something to write, and the same message to the new number in every case.
    async fn hand_in(&self, tx: &mut Tx, account: Option<AccountRow>, files: &[AttachmentRow]) -> Result<(), Failure> {
        let (visit, services) = (&self.visit, &self.visit.services);
        let hash = services.vault.keyed_hash("mobile", &self.mobile);
        let holder = tx.find_account_of_mobile(visit.province_key(), &hash).await?;
        let own = account.as_ref().map(|account| &account.id);
        // A number that was given to another person leaves the account that had it, once the change takes effect.
        let is_taken = holder.is_some_and(|holder| own == Some(&holder.id) || !is_settled(&holder, visit.now()));
        let (days, term) = (visit.line(self.way.kind()).review_working_days, self.way.term());
        // The number is proven, so that its holder may know what it serves.
        let text = if is_taken {
            format!("您填写的新手机号码已用于一个账号，不能再用于{term}，请使用其他号码。")
        } else {
            format!("{term}已收到。如填写的信息与登记的一致，所在地财政局会在 {days} 个工作日内审核，结果发送到本号码。")
        };
        let key = format!("phone_change:{}", services.ids.id());
        notify::to_number(tx, services, visit.province_key(), &self.mobile, (self.way.purpose().code(), &text), key).await?;
        let opened = match account.filter(|_| !is_taken) {
            Some(account) => self.open_case(tx, &account, hash, files).await?,
            None => None,
        };
        let (taken, declined) = self.way.actions();
        let entry = match opened {
            Some(case) => visit.entry(taken, "case", case.id.as_str(), json!({ "round": case.round })),
            None => visit.entry(declined, "session", visit.actor.session(), json!({ "is_taken": is_taken })),
        };
        Ok(tx.audit(&entry).await?)
    }
}
