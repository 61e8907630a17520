//! The case that an application opens, and what the owner is told about it.

use domain::case::Status;
use domain::identity::mask;
use domain::phone_change::appeal::Claim;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::phone_change::PhoneChangeRow;
use store::{Reader, Tx};

use super::PhoneChangeBody;
use super::appeal::AppealBody;
use super::apply::Application;
use crate::Failure;
use crate::account::{has_no_mobile, link_hash, new_secret, path};
use crate::case::{By, HandIn, SubmittedFile, bureau_of_person, hand_in, seal_body};
use crate::notify::{self, News};

impl Application {
    /// A new case, or the next round of a returned one; `None` while one is open, and where the account was merged meanwhile.
    pub async fn open_case(
        &self,
        tx: &mut Tx,
        account: &AccountRow,
        mobile_hash: Vec<u8>,
        files: &[AttachmentRow],
    ) -> Result<Option<CaseRow>, Failure> {
        let (visit, services) = (&self.visit, &self.visit.services);
        tx.lock_account(&account.id).await?;
        if tx.find_leads_to(&account.id).await?.is_some() {
            return Ok(None);
        }
        let latest = tx.find_latest_case(&account.id, self.way.kind()).await?;
        if let Some(case) = &latest
            && is_open(tx, case).await?
        {
            return Ok(None);
        }
        let case = match latest.filter(|case| case.status == Status::Returned) {
            Some(case) => case,
            None => {
                let case = self.new_case(account);
                crate::case::open(tx, visit, &case).await?;
                case
            }
        };
        let secret = new_secret(services);
        let body = self.body(account, files, &secret)?;
        let link = body.link.clone();
        let body_sealed = match self.claim {
            None => seal_body(services, &case.id, case.round + 1, &body)?,
            Some(claim) => seal_body(services, &case.id, case.round + 1, &AppealBody { claim, application: body })?,
        };
        let bureau = bureau_of_person(tx, visit, &account.id).await?;
        let name = if self.claim.is_some() { "申诉人" } else { account.name.as_str() };
        let by = By { kind: "visitor", id: visit.actor.session(), name };
        let case = hand_in(tx, visit, &case, HandIn { bureau: &bureau, form_version: 1, body_sealed, by, note: "" }).await?;
        for file in files {
            tx.replace_attachment(&AttachmentRow { case_id: case.id.clone(), ..file.clone() }).await?;
        }
        let change = PhoneChangeRow {
            case_id: case.id.clone(),
            account_id: account.id.clone(),
            hands_over: self.claim == Some(Claim::Taken),
            mobile_hash,
            mobile_sealed: services.vault.seal_text("phone_change.mobile", case.id.as_str(), &self.mobile),
            link_hash: link_hash(&secret),
            effective_at: None,
            settled_at: None,
        };
        tx.save_phone_change(&change).await?;
        self.tell_owner(tx, account, &case, &link).await?;
        Ok(Some(case))
    }

    fn new_case(&self, account: &AccountRow) -> CaseRow {
        CaseRow::new(self.visit.services.ids.id().into(), self.way.kind(), account, 1, self.visit.now())
    }

    fn body(&self, account: &AccountRow, files: &[AttachmentRow], secret: &str) -> Result<PhoneChangeBody, Failure> {
        let document = &self.wanted.document;
        let file = |row: &AttachmentRow| SubmittedFile { slot: row.slot.clone(), id: row.id.clone(), sha256: row.sha256.clone() };
        Ok(PhoneChangeBody {
            name: self.wanted.name.clone(),
            document_kind: document.kind().code().to_owned(),
            document_number: document.number().to_owned(),
            old_mobile: self.visit.services.vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?,
            new_mobile: self.mobile.clone(),
            note: self.wanted.note.clone(),
            link: format!("{}{}", self.origin, path(&self.visit, &format!("/phone-change/objection/{secret}"))),
            files: files.iter().map(file).collect(),
        })
    }

    async fn tell_owner(&self, tx: &mut Tx, account: &AccountRow, case: &CaseRow, link: &str) -> Result<(), Failure> {
        let new = mask::mobile(&self.mobile);
        let (title, purpose, text, body) = match self.claim {
            // Whoever registered with somebody else's document does not end the case by a link; the bureau hears both.
            Some(Claim::Taken) => {
                let days = self.visit.line(self.way.kind()).review_working_days;
                let text = format!(
                    "有人出示证件申诉，表示用其证件号码注册的您的账号不属于您，财政局将在 {days} 个工作日内核对。如有异议，请携带证件联系所在地财政局。"
                );
                ("账号申诉", "appeal_asked", text.clone(), text)
            }
            claim => {
                let who = if claim.is_some() { "有人出示证件申诉，申请" } else { "有人申请" };
                let how =
                    if has_no_mobile(&self.visit, account)? { "请" } else { "请打开短信中的链接提出异议，或者" };
                let text = format!("{who}将您账号的手机号更换为 {new}；如非本人操作，请打开 {link} 提出异议。");
                let body = format!(
                    "{who}将您账号的手机号更换为 {new}。如非本人操作，{how}联系所在地财政局。更换之前，您的账号不受影响。"
                );
                let purpose = if claim.is_some() { "appeal_asked" } else { "phone_change_asked" };
                (if claim.is_some() { "账号申诉" } else { "手机号更换申请" }, purpose, text, body)
            }
        };
        let key = format!("{purpose}:{}:{}", case.id, case.round);
        let news = News { case: Some(&case.id), title, body: &body, sms: Some((purpose, text)), dedupe_key: &key };
        notify::tell(tx, &self.visit.services, account, news).await
    }
}

/// Whether a case waits for the bureau, or for its time.
async fn is_open(reader: &mut Reader, case: &CaseRow) -> Result<bool, Failure> {
    Ok(match case.status {
        Status::Draft | Status::Submitted => true,
        Status::Approved => reader.find_phone_change(&case.id).await?.is_some_and(|change| change.settled_at.is_none()),
        Status::Returned | Status::Closed => false,
    })
}
