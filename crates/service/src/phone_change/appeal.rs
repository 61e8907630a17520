//! 账号申诉: what whoever holds a document says about the account with its number, what the bureau sees of both sides, and what its
//! approval does. Everything else is that of 手机号更换.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::calendar::china_time;
use domain::case::{Beside, Check, Row, Section};
use domain::id::CaseId;
use domain::identity::mask;
use domain::phone_change::appeal::{APPEAL_FILES, Claim, check};
use domain::province::Province;
use futures::FutureExt;
use futures::future::BoxFuture;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use store::case::file::CaseRow;
use store::case::round::SubmissionRow;
use store::{Reader, Tx};

use super::PhoneChangeBody;
use super::kind::{NONE, Scheduled, compared, schedule, tell_owner, waits_until};
use crate::case::{Asked, Body, Decided, Kind, SubmittedFile, bureau_name, open_body, short};
use crate::{Failure, Services, Visit};

/// What somebody said, as it lies sealed in the submission; it is never edited.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct AppealBody {
    pub claim: Claim,
    pub application: PhoneChangeBody,
}

/// 账号申诉.
pub(crate) struct Appeal;

impl Kind for Appeal {
    fn open(&self, services: &Services, case: &CaseId, round: &SubmissionRow) -> Result<Box<dyn Body>, Failure> {
        Ok(Box::new(open_body::<AppealBody>(services, case, round)?))
    }

    fn file_titles(&self, _: &Province) -> BTreeMap<String, String> {
        APPEAL_FILES.map(|(slot, title)| (slot.to_owned(), title.to_owned())).into()
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

impl Body for AppealBody {
    fn files(&self) -> &[SubmittedFile] {
        &self.application.files
    }

    fn sections(&self, visit: &Visit) -> Vec<Section> {
        let claim = Row {
            item: "appeal.claim".to_owned(),
            group: None,
            label: "申诉事由".to_owned(),
            value: self.claim.words().to_owned(),
        };
        let rows = [vec![claim], self.application.rows(visit, "appeal")].concat();
        vec![Section { key: "appeal".to_owned(), title: "账号申诉".to_owned(), rows }]
    }

    fn hidden(&self, item: &str) -> Option<String> {
        self.application.hidden(item)
    }

    fn items(&self, _: &Visit) -> Vec<String> {
        Vec::new()
    }

    fn further_mobile(&self) -> Option<String> {
        Some(format!("申诉人的号码 {}", self.application.new_mobile))
    }

    fn checks<'a>(&'a self, reader: &'a mut Reader, of: Asked<'a>) -> BoxFuture<'a, Result<Vec<Check>, Failure>> {
        async move { Ok(check(compared(reader, of, &self.application).await?, self.claim)) }.boxed()
    }

    fn beside<'a>(&'a self, reader: &'a mut Reader, of: (&'a Visit, &'a CaseRow)) -> BoxFuture<'a, Result<Vec<Beside>, Failure>> {
        self.both_sides(reader, of).boxed()
    }

    fn approve<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let Scheduled { hours, when, is_told } = schedule(tx, of).await?;
            let detail = json!({ "claim": self.claim.code(), "cool_off_hours": hours });
            if !is_told {
                // It takes effect with the next run of the job, which tells both.
                return Ok(detail);
            }
            let number = of.row.number.clone().unwrap_or_default();
            let (new, link) = (mask::mobile(&self.application.new_mobile), &self.application.link);
            let (to_new, text, told) = match self.claim {
                Claim::Mine => (
                    format!("手机号将于{when}更换为本号码，之后请使用本号码登录"),
                    format!("您账号的手机号将于{when}更换为 {new}；如非本人操作，请在此之前打开 {link} 提出异议。"),
                    format!("您账号的手机号将于{when}更换为 {new}。如非本人操作，请在此之前联系所在地财政局。"),
                ),
                Claim::Taken => {
                    let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
                    let told = format!(
                        "{bureau}已经核对证件，您的账号将于{when}移交给证件的持有人，届时全部退出登录。如有异议，请在此之前携带证件联系{bureau}。"
                    );
                    (format!("账号将于{when}移交给您，届时另行通知"), told.clone(), told)
                }
            };
            let to_new = format!("账号申诉已审核通过（受理编号 {number}），{to_new}。");
            self.application.tell_new(tx, of, ("appeal_approved", &to_new)).await?;
            tell_owner(tx, of, ("账号申诉审核通过", &told), Some(("appeal_soon", text))).await?;
            Ok(detail)
        }
        .boxed()
    }

    fn give_back<'a>(&'a self, tx: &'a mut Tx, of: &'a Decided<'a>) -> BoxFuture<'a, Result<Value, Failure>> {
        async move {
            let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
            let reason = short(of.reason);
            let text = format!("账号申诉没有通过{bureau}的审核：{reason}您可以改正后重新申诉。");
            self.application.tell_new(tx, of, ("appeal_returned", &text)).await?;
            // Why is between the bureau and whoever appealed.
            let told = format!("有人对您账号的申诉没有通过{bureau}的审核，您的账号没有变化。");
            tell_owner(tx, of, ("账号申诉没有通过", &told), None).await?;
            Ok(json!({ "claim": self.claim.code() }))
        }
        .boxed()
    }
}

impl AppealBody {
    /// What is known of who appeals, beside what is known of the account.
    async fn both_sides(&self, reader: &mut Reader, (visit, row): (&Visit, &CaseRow)) -> Result<Vec<Beside>, Failure> {
        let account = reader.find_account(&row.account_id).await?;
        let account = account.ok_or_else(|| Failure::Broken("a case without account".into()))?;
        let vault = &visit.services.vault;
        let mobile = vault.open_text("account.mobile", account.id.as_str(), &account.mobile_sealed)?;
        let document = vault.open_text("account.document", account.id.as_str(), &account.document_sealed)?;
        let has_record = reader.find_record(&account.id).await?.is_some();
        let frozen = reader.find_frozen_until(&account.id, visit.now()).await?;
        let at = |at: DateTime<Utc>| china_time(at).format("%Y年%-m月%-d日 %H:%M").to_string();
        let both = |label: &str, mine: String, theirs: String| vec![label.to_owned(), mine, theirs];
        let alone = |label: &str, theirs: String| both(label, "—".to_owned(), theirs);
        let said = &self.application;
        let rows = vec![
            both("姓名", said.name.clone(), account.name.clone()),
            both("证件号码", mask::document(&said.document_number), mask::document(&document)),
            both(
                "手机号码",
                mask::mobile(&said.new_mobile),
                if mobile.is_empty() { NONE.to_owned() } else { mask::mobile(&mobile) },
            ),
            alone("注册时间", at(account.created_at)),
            alone("最近登录", at(account.signed_in_at)),
            alone("姓名、手机号码或者密码最近更改", at(account.updated_at)),
            alone("会计人员档案", if has_record { "已有" } else { "没有" }.to_owned()),
            alone("是否冻结", frozen.map_or_else(|| "没有冻结".to_owned(), |until| format!("冻结至{}", at(until)))),
        ];
        let columns = ["项目", "申诉人", "账号"].map(str::to_owned).to_vec();
        let what = match self.claim {
            Claim::Mine => "同意后，账号的手机号更换为申诉人的号码，原手机号码可以在此之前提出异议。",
            Claim::Taken => {
                "同意后，账号移交给申诉人：姓名和手机号码以申诉人的为准，原密码作废，全部退出登录，并通知原手机号码。"
            }
        };
        let sentences = vec![format!("申诉人表示：{}。", self.claim.words()), what.to_owned()];
        Ok(vec![Beside { title: "双方情况".to_owned(), said: sentences, columns, rows }])
    }
}
