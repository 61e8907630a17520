//! What is told when a correction at the counter has taken effect.

use domain::counter::Correction;
use store::Tx;

use super::CounterBody;
use crate::Failure;
use crate::case::{Decided, bureau_name};
use crate::notify::{self, News, tell};

impl CounterBody {
    /// Told to the number on file as it was before, and to the new one.
    pub(super) async fn tell(&self, tx: &mut Tx, of: &Decided<'_>) -> Result<(), Failure> {
        let bureau = bureau_name(&of.visit.province, of.row.bureau.as_ref());
        let text = match self.what {
            Correction::Name => format!("您账号的姓名已由{bureau}更正为“{}”。", self.now),
            Correction::Mobile => format!("您账号的手机号码已由{bureau}更换为 {}。", self.shown(&self.now)),
            Correction::Document => format!("您账号的证件号码已由{bureau}更正为 {}，请重新登录。", self.shown(&self.now)),
            Correction::Release => {
                format!(
                    "您账号登记的手机号码 {} 已由{bureau}解除，请在“账号设置”中登记您现在使用的手机号码。",
                    self.shown(&self.before)
                )
            }
            Correction::Print => format!("您的申请表已由{bureau}同意在窗口打印给您，24 小时内有效。"),
            // Told with its number by what took it in.
            Correction::TakeIn => return Ok(()),
        };
        let body = format!("{text}如非本人办理，请立即联系该财政局。");
        let key = format!("counter_done:{}:{}", of.row.id, of.row.round);
        let sms = Some(("counter_done", body.clone()));
        let news = News { case: Some(&of.row.id), title: "窗口办理已生效", body: &body, sms, dedupe_key: &key };
        tell(tx, &of.visit.services, of.account, news).await?;
        if self.what == Correction::Mobile {
            let text = "您账号的手机号码已更换为本号码，请使用本号码登录。";
            let key = format!("counter_done:new:{}:{}", of.row.id, of.row.round);
            notify::to_number(tx, &of.visit.services, &of.row.province, &self.now, ("counter_done", text), key).await?;
        }
        Ok(())
    }
}
