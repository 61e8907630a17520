//! The application. Whoever does not match an account gets the same answer, after the same time, and the same message.

use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::account::forms::{CodePurpose, PhoneChange, PhoneChangeForm};
use domain::answer::Answer;
use domain::fault::{Fault, FieldErrors};
use domain::identity::{DocumentKind, mask};
use domain::review::phone_change::{FILE_KINDS, FILES, LARGEST_FILE};
use domain::review::{Action, CaseKind, Status, case_number};
use serde_json::json;
use sha2::{Digest, Sha256};
use store::account::AccountRow;
use store::intake::attachment::AttachmentRow;
use store::review::case::{CaseRow, SubmissionRow, Submit};
use store::review::phone_change::PhoneChangeRow;
use store::{Reader, StoreError, Tx};

use super::{PhoneChangeBody, event, link_hash, rules, text_to};
use crate::account::{Judged, code, count, edit_memo, path};
use crate::intake::{SubmittedFile, bureau_path, tidy_name};
use crate::notify::{self, News};
use crate::picture::{Picture, PictureError, PictureRules};
use crate::{Failure, Limit, Visit};

const PURPOSE: CodePurpose = CodePurpose::PhoneChange;
const KIND: CaseKind = CaseKind::PhoneChange;
const PER_ADDRESS: [Limit; 2] = [Limit::new(10, 3_600), Limit::new(40, 86_400)];
/// Applications for one new number, and for one document; each may text the owner.
const PER_NUMBER: [Limit; 1] = [Limit::new(3, 86_400)];
/// Keeping pictures takes some milliseconds more than not keeping them; nobody shall measure that.
const FLOOR: Duration = Duration::from_millis(400);
/// Characters of the secret in a link: 16 random bytes in base64url.
const SECRET: usize = 22;

/// A picture as it was sent; what was wrong with it while it was read stands in its place.
pub struct Offered {
    pub slot: String,
    pub name: String,
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
    rules(visit)?;
    let Some((mobile, _)) = code::sent_to(visit, PURPOSE)? else { return Ok(Answer::go(path(visit, "/phone-change"))) };
    let wanted = checked(visit, form, &files)?;
    code::expect_code(visit, PURPOSE, &mobile).await?;
    count_address(visit).await?;
    let files = inspected(visit, files).await?;
    let until = tokio::time::Instant::now() + FLOOR;
    let application = Application { visit: visit.clone(), wanted, mobile, origin: origin.trim_end_matches('/').to_owned() };
    let outcome = application.take(files).await;
    tokio::time::sleep_until(until).await;
    outcome?;
    visit.services.outbox.notify_one();
    Ok(Answer::go(path(visit, "/phone-change?done=1")))
}

fn checked(visit: &Visit, form: &PhoneChangeForm, files: &[Offered]) -> Result<PhoneChange, FieldErrors> {
    let kinds: Vec<DocumentKind> = visit.province.profile.account.document_kinds.iter().map(|option| option.kind).collect();
    let (mut errors, wanted) = match form.check(&kinds, visit.services.today()) {
        Ok(wanted) => (FieldErrors::default(), Some(wanted)),
        Err(errors) => (errors, None),
    };
    for (slot, _) in FILES {
        match files.iter().find(|file| file.slot == slot).map(|file| &file.bytes) {
            None => errors.push(slot, Fault::FileMissing),
            Some(Err(fault)) => errors.push(slot, fault.clone()),
            Some(Ok(_)) => {}
        }
    }
    match wanted {
        Some(wanted) => errors.or(wanted),
        None => Err(errors),
    }
}

/// Before anything dear is done with the pictures.
async fn count_address(visit: &Visit) -> Result<(), Failure> {
    let job = visit.clone();
    let counted = visit.services.db.write(move |tx| {
        Box::pin(async move { count(tx, &job, &job.bucket("phone_change:address", &job.address), &PER_ADDRESS).await })
    });
    counted.await.map(drop)
}

async fn inspected(visit: &Visit, files: Vec<Offered>) -> Result<Vec<Inspected>, Failure> {
    let (mut kept, mut errors) = (Vec::new(), FieldErrors::default());
    for file in files {
        let (Some((slot, _)), Ok(bytes)) = (FILES.into_iter().find(|(slot, _)| *slot == file.slot), file.bytes) else { continue };
        if kept.iter().any(|other: &Inspected| other.slot == slot) {
            continue;
        }
        let kinds = FILE_KINDS.map(str::to_owned).to_vec();
        let (original, accepted): (std::sync::Arc<[u8]>, _) =
            (bytes.into(), PictureRules { max_bytes: LARGEST_FILE, kinds, min: None });
        match visit.services.pictures.inspect(original.clone(), accepted).await {
            Ok(picture) => kept.push(Inspected { slot, name: tidy_name(&file.name), original, picture }),
            Err(PictureError::Refused(fault)) => errors.push(slot, fault),
            Err(PictureError::Busy) => return Err(Failure::Busy),
        }
    }
    errors.or(kept).map_err(Failure::from)
}

#[derive(Clone)]
struct Application {
    visit: Visit,
    wanted: PhoneChange,
    /// The new number.
    mobile: String,
    origin: String,
}

impl Application {
    async fn take(&self, files: Vec<Inspected>) -> Result<(), Failure> {
        let (db, job) = (&self.visit.services.db, self.clone());
        db.write(move |tx| Box::pin(async move { job.prove(tx).await })).await??;
        let account = self.find(&mut *db.read().await?).await?;
        let rows = match &account {
            Some(account) => self.keep(account, &files).await?,
            None => Vec::new(),
        };
        for _ in 0..3 {
            let (job, account, rows) = (self.clone(), account.clone(), rows.clone());
            match db.write(move |tx| Box::pin(async move { job.hand_in(tx, account, &rows).await })).await {
                // The same was handed in at the same moment: look again.
                Err(Failure::Store(StoreError::Exists { .. }) | Failure::Stale) => {}
                other => return other,
            }
        }
        Err(Failure::Busy)
    }

    /// The code proves the new number; only then anything is looked up.
    async fn prove(&self, tx: &mut Tx) -> Judged<()> {
        let visit = &self.visit;
        if let Err(errors) = code::spend_code(tx, visit, PURPOSE, &self.mobile, &self.wanted.sms_code).await? {
            return Ok(Err(errors));
        }
        count(tx, visit, &visit.bucket("phone_change:mobile", &self.mobile), &PER_NUMBER).await?;
        count(tx, visit, &visit.bucket("phone_change:document", self.wanted.document.number()), &PER_NUMBER).await?;
        edit_memo(tx, visit, |memo| memo.code_sent_to.remove(PURPOSE.code())).await?;
        Ok(Ok(()))
    }

    /// The account with this document and this name.
    async fn find(&self, reader: &mut Reader) -> Result<Option<AccountRow>, Failure> {
        let document = &self.wanted.document;
        let hash = self.visit.services.vault.keyed_hash("document", document.number());
        let found = reader.list_accounts_of_document(self.visit.province_key(), &hash).await?;
        let mut same = found.into_iter().filter(|account| account.document_kind == document.kind().code());
        Ok(same.find(|account| account.name == self.wanted.name))
    }

    async fn keep(&self, account: &AccountRow, files: &[Inspected]) -> Result<Vec<AttachmentRow>, Failure> {
        let services = &self.visit.services;
        let mut rows = Vec::new();
        for file in files {
            let view_sha256: String = Sha256::digest(&file.picture.view).iter().map(|byte| format!("{byte:02x}")).collect();
            let (original, view) = (format!("o-{}", file.picture.sha256), format!("v-{view_sha256}"));
            for (name, bytes) in [(original, &*file.original), (view, file.picture.view.as_slice())] {
                services.files.put(&name, services.vault.seal("file", &name, bytes)).await?;
            }
            rows.push(AttachmentRow {
                id: services.ids.id(),
                account_id: account.id.clone(),
                kind: KIND.code().to_owned(),
                slot: file.slot.to_owned(),
                sha256: file.picture.sha256.clone(),
                view_sha256,
                bytes: i64::try_from(file.original.len()).unwrap_or(i64::MAX),
                media_type: file.picture.media_type.to_owned(),
                width: file.picture.width.into(),
                height: file.picture.height.into(),
                name: file.name.clone(),
                is_current: true,
                uploaded_at: services.now(),
            });
        }
        Ok(rows)
    }

    /// Writes the case where there is something to write, and the same message to the new number in every case.
    async fn hand_in(&self, tx: &mut Tx, account: Option<AccountRow>, files: &[AttachmentRow]) -> Result<(), Failure> {
        let (visit, services) = (&self.visit, &self.visit.services);
        let hash = services.vault.keyed_hash("mobile", &self.mobile);
        let is_taken = tx.find_account_of_mobile(visit.province_key(), &hash).await?.is_some();
        let days = rules(visit)?.review_working_days;
        // The number is proven, so that its holder may know what it serves.
        let text = if is_taken {
            "您填写的新手机号码已用于一个账号，不能再用于手机号更换申请，请使用其他号码。".to_owned()
        } else {
            format!("手机号更换申请已收到。如填写的信息与登记的一致，所在地财政局会在 {days} 个工作日内审核，结果发送到本号码。")
        };
        let key = format!("phone_change:{}", services.ids.id());
        text_to(tx, services, visit.province_key(), &self.mobile, ("phone_change", &text), key).await?;
        let opened = match account.filter(|_| !is_taken) {
            Some(account) => self.open_case(tx, &account, hash, files).await?,
            None => None,
        };
        let entry = match opened {
            Some(case) => visit.entry("apply_phone_change", "case", &case.id, json!({ "round": case.round + 1 })),
            None => visit.entry("phone_change_declined", "session", visit.actor.session(), json!({ "is_taken": is_taken })),
        };
        Ok(tx.audit(&entry).await?)
    }

    /// A new case, or the next round of a returned one; `None` while one is open.
    async fn open_case(
        &self,
        tx: &mut Tx,
        account: &AccountRow,
        mobile_hash: Vec<u8>,
        files: &[AttachmentRow],
    ) -> Result<Option<CaseRow>, Failure> {
        let (visit, services) = (&self.visit, &self.visit.services);
        let case = match tx.find_latest_case(&account.id, KIND).await? {
            Some(case) if case.status == Status::Returned => case,
            Some(case) if matches!(case.status, Status::Draft | Status::Submitted) => return Ok(None),
            Some(case) if case.status == Status::Approved && !is_settled(tx, &case.id).await? => return Ok(None),
            _ => {
                let case = self.new_case(account);
                tx.insert_case(&case).await?;
                case
            }
        };
        let action = if case.status == Status::Returned { Action::Resubmit } else { Action::Submit };
        let round = case.round + 1;
        self.submit(tx, &case, account).await?;
        let secret: String = URL_SAFE_NO_PAD.encode(&services.ids.secret()[..]).chars().take(SECRET).collect();
        let body = self.body(account, files, &secret)?;
        let body_sealed = body.seal(services, &case.id, round)?;
        tx.insert_submission(&case.id, &SubmissionRow { round, body_sealed, submitted_at: visit.now() }).await?;
        for file in files {
            tx.replace_attachment(file).await?;
        }
        let change = PhoneChangeRow {
            case_id: case.id.clone(),
            account_id: account.id.clone(),
            mobile_hash,
            mobile_sealed: services.vault.seal_text("phone_change.mobile", &case.id, &self.mobile),
            link_hash: link_hash(&secret),
            effective_at: None,
            settled_at: None,
        };
        tx.save_phone_change(&change).await?;
        let line = (action.code(), case.status.code(), Status::Submitted.code());
        let who = ("visitor", visit.actor.session(), account.name.as_str());
        let submitted = CaseRow { round, ..case.clone() };
        tx.add_event(&event(services, &submitted, line, who, "")).await?;
        self.tell_owner(tx, account, &submitted, &body.link).await?;
        Ok(Some(case))
    }

    fn new_case(&self, account: &AccountRow) -> CaseRow {
        let now = self.visit.now();
        CaseRow {
            id: self.visit.services.ids.id(),
            number: None,
            province: account.province.clone(),
            kind: KIND,
            account_id: account.id.clone(),
            applicant: account.name.clone(),
            bureau: String::new(),
            bureau_path: String::new(),
            status: Status::Draft,
            version: 1,
            round: 0,
            form_version: 1,
            submitted_at: None,
            due_on: None,
            decided_at: None,
            decided_by: None,
            holder_id: None,
            holder_name: None,
            held_until: None,
            created_at: now,
            updated_at: now,
        }
    }

    async fn submit(&self, tx: &mut Tx, case: &CaseRow, account: &AccountRow) -> Result<(), Failure> {
        let (visit, province) = (&self.visit, &self.visit.province);
        let today = visit.services.today();
        let number = match &case.number {
            Some(number) => number.clone(),
            None => {
                let serial = tx.next_serial(&format!("{}:{today}", province.profile.key)).await?;
                case_number(&province.profile.code, today, u32::try_from(serial).unwrap_or(u32::MAX))
            }
        };
        let bureau = bureau_of(tx, visit, &account.id).await?;
        let submit = Submit {
            number: &number,
            bureau: &bureau,
            bureau_path: &bureau_path(&province.bureaus, &bureau),
            form_version: 1,
            at: visit.now(),
            due_on: province.calendar.add_working_days(today, rules(visit)?.review_working_days),
        };
        Ok(tx.submit_case(case, &submit).await?)
    }

    fn body(&self, account: &AccountRow, files: &[AttachmentRow], secret: &str) -> Result<PhoneChangeBody, Failure> {
        let document = &self.wanted.document;
        let file = |row: &AttachmentRow| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() };
        Ok(PhoneChangeBody {
            name: self.wanted.name.clone(),
            document_kind: document.kind().code().to_owned(),
            document_number: document.number().to_owned(),
            old_mobile: self.visit.services.vault.open_text("account.mobile", &account.id, &account.mobile_sealed)?,
            new_mobile: self.mobile.clone(),
            note: self.wanted.note.clone(),
            link: format!("{}{}", self.origin, path(&self.visit, &format!("/phone-change/objection/{secret}"))),
            files: files.iter().map(file).collect(),
        })
    }

    async fn tell_owner(&self, tx: &mut Tx, account: &AccountRow, case: &CaseRow, link: &str) -> Result<(), Failure> {
        let new = mask::mobile(&self.mobile);
        let text = format!("有人申请将您账号的手机号更换为 {new}；如非本人操作，请打开 {link} 提出异议。");
        let body = format!(
            "有人申请将您账号的手机号更换为 {new}。如非本人操作，请打开短信中的链接提出异议，或者联系所在地财政局。更换之前，您的账号不受影响。"
        );
        let key = format!("phone_change_asked:{}:{}", case.id, case.round);
        let news = News {
            case: Some(&case.id),
            title: "手机号更换申请",
            body: &body,
            sms: Some(("phone_change_asked", text)),
            dedupe_key: &key,
        };
        notify::tell(tx, &self.visit.services, account, news).await
    }
}

async fn is_settled(reader: &mut Reader, case: &str) -> Result<bool, Failure> {
    Ok(reader.find_phone_change(case).await?.is_none_or(|change| change.settled_at.is_some()))
}

/// The bureau that has the person's record, or their newest case, or else that of the province.
async fn bureau_of(reader: &mut Reader, visit: &Visit, account: &str) -> Result<String, Failure> {
    let bureaus = &visit.province.bureaus;
    let of_record = reader.find_record(account).await?.map(|record| record.bureau);
    let of_case = reader.find_latest_case(account, CaseKind::Intake).await?.map(|case| case.bureau);
    let known = [of_record, of_case].into_iter().flatten().find(|code| bureaus.get(code).is_some());
    let top = || bureaus.for_division(&visit.province.profile.code).or_else(|| bureaus.0.values().find(|b| b.level == 1));
    let found = known.or_else(|| top().map(|bureau| bureau.code.clone()));
    found.ok_or_else(|| Failure::Broken("a province without bureau".into()))
}
