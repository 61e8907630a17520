//! What an application shows the bureau, and what its approval does: it takes effect after the time to object.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::calendar::china_time;
use domain::case::{Check, Row, Section};
use domain::id::CaseId;
use domain::identity::name::is_same_name;
use domain::identity::{DocumentKind, mask};
use domain::phone_change::{self, Compared, FILES, Holder};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::{PhoneChangeBody, rules};
use crate::account::{has_no_mobile, is_settled};
use crate::case::{Asked, Body, Decided, Kind, SubmittedFile, bureau_name, open_body, short};
use crate::notify;
use crate::notify::{News, tell};
use crate::{Failure, Services, Visit};

/// 手机号更换.
pub(crate) struct PhoneChange;

impl Kind for PhoneChange {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<PhoneChangeBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        FILES.map(|(slot, title)| (slot.to_owned(), title.to_owned())).into()
    }

    fn is_owners(&self) -> bool {
        false
    }

    fn effective_at<'a>(
        &'a self,
        reader: &'a mut Reader,
        case: &'a CaseId,
    ) -> BoxFuture<'a, Result<Option<DateTime<Utc>>, Failure>> {
        waits_until(reader, case).boxed()
    }
}

impl Body for PhoneChangeBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        vec![Section {
            key: "phone_change".to_owned(),
            title: "手机号更换申请".to_owned(),
            rows: self.rows(visit, "phone_change"),
        }]
    }

    fn hidden(&self, item: &str) -> Option<String> {
        match item.split_once('.')?.1 {
            "document_number" => Some(self.document_number.clone()),
            "old_mobile" if self.old_mobile.is_empty() => Some(NONE.to_owned()),
            "old_mobile" => Some(self.old_mobile.clone()),
            "new_mobile" => Some(self.new_mobile.clone()),
            _ => None,
        }
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn further_mobile(&self) -> Option<String> {
        Some(format!("申请更换为 {}", self.new_mobile))
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move { Ok(phone_change::check(compared(reader, of, self).await?)) }.boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let Scheduled { hours, when, is_told } = schedule(tx, of).await?;
            let (new, link) = (mask::mobile(&self.new_mobile), &self.link);
            if !is_told {
                // It takes effect with the next run of the job, which tells both.
                return Ok(json!({ "cool_off_hours": hours }));
            }
            let text = format!("手机号更换申请已审核通过，将于{when}生效，之后请使用本号码登录。");
            self.tell_new(tx, of, ("phone_change_approved", &text)).await?;
            let text = format!("您账号的手机号将于{when}更换为 {new}；如非本人操作，请在此之前打开 {link} 提出异议。");
            let how =
                if self.old_mobile.is_empty() { "联系所在地财政局" } else { "打开短信中的链接提出异议" };
            let told = format!("您账号的手机号将于{when}更换为 {new}。如非本人操作，请在此之前{how}。");
            tell_owner(tx, of, ("手机号更换申请审核通过", &told), Some(("phone_change_soon", text))).await?;
            Ok(json!({ "cool_off_hours": hours }))
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let reason = short(of.reason);
            let text = format!("手机号更换申请没有通过{bureau}的审核：{reason}您可以改正后重新申请。");
            self.tell_new(tx, of, ("phone_change_returned", &text)).await?;
            let told = format!("手机号更换申请没有通过{bureau}的审核，您账号的手机号没有更改。\n审核说明：{}", of.reason);
            tell_owner(tx, of, ("手机号更换申请已退回", &told), None).await?;
            Ok(json!({}))
        }
        .boxed()
    }
}

/// When what a case is about takes effect, while it has not.
pub(super) async fn waits_until(reader: &mut Reader, case: &CaseId) -> Result<Option<DateTime<Utc>>, Failure> {
    let change = reader.find_phone_change(case).await?.filter(|change| change.settled_at.is_none());
    Ok(change.and_then(|change| change.effective_at))
}

/// What stands for a number that the account does not have.
pub(super) const NONE: &str = "没有登记";

/// Whether the owner can learn of the change and say no to it before it takes effect: by a message to the old number, or by 站内信
/// where there is a password to sign in with. A holder who was imported without a telephone has neither.
fn can_object(of: &Decided<'_>) -> Result<bool, Failure> {
    Ok(!has_no_mobile(of.visit, of.account)? || !of.account.password_hash.is_empty())
}

/// When what was agreed to takes effect.
pub(super) struct Scheduled {
    pub hours: u32,
    /// In words.
    pub when: String,
    /// Whether anybody is told before, who could say no.
    pub is_told: bool,
}

/// Lets the change of a case wait until whoever has the account could say no to it.
pub(super) async fn schedule(tx: &mut Tx, of: &Decided<'_>) -> Result<Scheduled, Failure> {
    let is_told = can_object(of)?;
    let hours = if is_told { rules(of.visit)?.cool_off_hours } else { 0 };
    let at = of.visit.now() + Duration::hours(hours.into());
    tx.schedule_phone_change(&of.row.id, at).await?;
    Ok(Scheduled { hours, when: china_time(at).format("%-m月%-d日 %H:%M").to_string(), is_told })
}

/// Whom the number of an application serves, beside the account itself.
pub(super) async fn compared(reader: &mut Reader, of: Asked<'_>, body: &PhoneChangeBody) -> Result<Compared, Failure> {
    let hash = of.visit.services.vault.keyed_hash("mobile", &body.new_mobile);
    let holder = reader.find_account_of_mobile(&of.row.province, &hash).await?;
    Ok(Compared {
        is_same_name: is_same_name(&body.name, &of.account.name),
        is_same_document: body.document_number == of.document && body.document_kind == of.account.document_kind,
        holder: match holder.filter(|holder| holder.id != of.account.id) {
            None => Holder::Nobody,
            Some(holder) if is_settled(&holder, of.visit.now()) => Holder::Settled,
            Some(_) => Holder::InUse,
        },
    })
}

impl PhoneChangeBody {
    /// What was filled in, with masked numbers; the items begin with `prefix`.
    pub(super) fn rows(&self, visit: &Visit, prefix: &str) -> Vec<Row> {
        let options = &visit.province.profile.account.document_kinds;
        let kind = DocumentKind::from_code(&self.document_kind);
        let label = options.iter().find(|option| Some(option.kind) == kind).map(|option| option.label.clone());
        let row = |key: &str, label: &str, value: String| Row {
            item: format!("{prefix}.{key}"),
            group: None,
            label: label.to_owned(),
            value,
        };
        vec![
            row("name", "姓名", self.name.clone()),
            row("document_kind", "证件类型", label.unwrap_or_default()),
            row("document_number", "证件号码", mask::document(&self.document_number)),
            row(
                "old_mobile",
                "原手机号码",
                if self.old_mobile.is_empty() { NONE.to_owned() } else { mask::mobile(&self.old_mobile) },
            ),
            row("new_mobile", "新手机号码", mask::mobile(&self.new_mobile)),
            row("note", "说明", self.note.clone()),
        ]
    }

    pub(super) async fn tell_new(&self, tx: &mut Tx, of: &Decided<'_>, told: (&str, &str)) -> Result<(), Failure> {
        let CaseRow { id, version, province, .. } = of.row;
        notify::to_number(tx, &of.visit.services, province, &self.new_mobile, told, format!("{}:{id}:{version}", told.0)).await
    }
}

pub(super) async fn tell_owner(
    tx: &mut Tx,
    of: &Decided<'_>,
    (title, body): (&str, &str),
    sms: Option<(&str, String)>,
) -> Result<(), Failure> {
    let key = format!("phone_change_owner:{}:{}", of.row.id, of.row.version);
    let news = News { case: Some(&of.row.id), title, body, sms, dedupe_key: &key };
    tell(tx, &of.visit.services, of.account, news).await
}
