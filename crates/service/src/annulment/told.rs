//! What the person is told of an annulment once it is decided.

use store::archive::annulment::AnnulmentRow;

use super::{AnnulmentBody, KIND, effect, words, words_of};
use crate::case::{Decided, Revoked, Told, bureau_name, short};

impl AnnulmentBody {
    /// What is told when it takes effect, with what rests on it.
    pub(super) fn told(&self, of: &Decided<'_>, noted: &AnnulmentRow, rests: &[String]) -> Told {
        let visit = of.visit;
        let (bureau, site) = (bureau_name(&visit.province, &noted.bureau), &visit.province.profile.site.title);
        let (what, ground, facts) = (words(visit, noted), self.annulment.ground.term(), &self.annulment.facts);
        let does = effect(visit, self.of_kind);
        let rests = match rests {
            [] => String::new(),
            rests => format!("\n审核通过以后签发的证明和记入的学分，由财政局另行核查：{}。", rests.join("；")),
        };
        Told {
            title: format!("{}决定", visit.line(KIND).name),
            body: format!(
                "{bureau}已撤销您的{what}的审核通过，原因：{ground}。\n{facts}\n{does}\n这项决定已记入您的诚信档案。{rests}\n认为决定有误的，可以向{bureau}提出，也可以依法申请行政复议。"
            ),
            sms: Some((
                "annulled",
                format!("{}，您好。{bureau}已撤销您一项申请的审核通过，请登录{site}查看决定和可以怎样办理。", of.row.applicant),
            )),
        }
    }

    /// What is told when the second person does not agree.
    pub(super) fn dropped(&self, of: &Decided<'_>) -> Told {
        let (visit, row, reason) = (of.visit, of.row, of.reason);
        let site = &visit.province.profile.site.title;
        let what = words_of(visit, self.of_kind, &self.annulment.of);
        Told {
            title: format!("没有撤销{}", visit.line(self.of_kind).name),
            body: format!("您的{what}的审核通过经核查没有撤销，档案不变。\n核查说明：{reason}"),
            sms: Some(("returned", format!("{}，您好。您的一项申请经核查没有撤销，档案不变。请登录{site}查看。", row.applicant))),
        }
    }
}

/// What is told when it is taken back.
pub(super) fn restored(of: &Revoked<'_>) -> Told {
    let (visit, row, reason) = (of.visit, of.row, of.reason);
    let (bureau, site) = (bureau_name(&visit.province, row.bureau.as_ref()), &visit.province.profile.site.title);
    Told {
        title: "撤销登记的决定已撤回".to_owned(),
        body: format!("{bureau}已撤回撤销您登记的决定，档案恢复。\n原因：{reason}"),
        sms: Some(("revoked", format!("{}，您好。撤销您登记的决定已撤回：{}请登录{site}查看。", row.applicant, short(reason)))),
    }
}
