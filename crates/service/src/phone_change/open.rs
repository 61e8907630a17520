//! The case that an application opens, and what the owner is told about it.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use domain::case::{CaseKind, Status};
use domain::identity::mask;
use store::account::AccountRow;
use store::case::attachment::AttachmentRow;
use store::case::file::CaseRow;
use store::phone_change::PhoneChangeRow;
use store::{Reader, Tx};

use super::apply::Application;
use super::{PhoneChangeBody, link_hash};
use crate::Failure;
use crate::account::{has_no_mobile, path};
use crate::case::{By, HandIn, SubmittedFile, bureau_of_person, hand_in, seal_body};
use crate::notify::{self, News};

pub(super) const KIND: CaseKind = CaseKind::PhoneChange;
/// Characters of the secret in a link: 16 random bytes in base64url.
const SECRET: usize = 22;

impl Application {
    /// A new case, or the next round of a returned one; `None` while one is open.
    pub async fn open_case(
        &self,
        tx: &mut Tx,
        account: &AccountRow,
        mobile_hash: Vec<u8>,
        files: &[AttachmentRow],
    ) -> Result<Option<CaseRow>, Failure> {
        let (visit, services) = (&self.visit, &self.visit.services);
        let latest = tx.find_latest_case(&account.id, KIND).await?;
        if let Some(case) = &latest
            && is_open(tx, case).await?
        {
            return Ok(None);
        }
        let case = match latest.filter(|case| case.status == Status::Returned) {
            Some(case) => case,
            None => {
                let case = self.new_case(account);
                tx.insert_case(&case).await?;
                case
            }
        };
        let secret: String = URL_SAFE_NO_PAD.encode(&services.ids.secret()[..]).chars().take(SECRET).collect();
        let body = self.body(account, files, &secret)?;
        let body_sealed = seal_body(services, &case.id, case.round + 1, &body)?;
        let bureau = bureau_of_person(tx, visit, &account.id).await?;
        let by = By { kind: "visitor", id: visit.actor.session(), name: &account.name };
        let case = hand_in(tx, visit, &case, HandIn { bureau: &bureau, form_version: 1, body_sealed, by, note: "" }).await?;
        for file in files {
            tx.replace_attachment(&AttachmentRow { case_id: case.id.clone(), ..file.clone() }).await?;
        }
        let change = PhoneChangeRow {
            case_id: case.id.clone(),
            account_id: account.id.clone(),
            mobile_hash,
            mobile_sealed: services.vault.seal_text("phone_change.mobile", case.id.as_str(), &self.mobile),
            link_hash: link_hash(&secret),
            effective_at: None,
            settled_at: None,
        };
        tx.save_phone_change(&change).await?;
        self.tell_owner(tx, account, &case, &body.link).await?;
        Ok(Some(case))
    }

    fn new_case(&self, account: &AccountRow) -> CaseRow {
        CaseRow::new(self.visit.services.ids.id().into(), KIND, account, 1, self.visit.now())
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
        let text = format!("有人申请将您账号的手机号更换为 {new}；如非本人操作，请打开 {link} 提出异议。");
        let how = if has_no_mobile(&self.visit, account)? { "请" } else { "请打开短信中的链接提出异议，或者" };
        let body =
            format!("有人申请将您账号的手机号更换为 {new}。如非本人操作，{how}联系所在地财政局。更换之前，您的账号不受影响。");
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

/// Whether a case waits for the bureau, or for its time.
async fn is_open(reader: &mut Reader, case: &CaseRow) -> Result<bool, Failure> {
    Ok(match case.status {
        Status::Draft | Status::Submitted => true,
        Status::Approved => reader.find_phone_change(&case.id).await?.is_some_and(|change| change.settled_at.is_none()),
        Status::Returned | Status::Closed => false,
    })
}
