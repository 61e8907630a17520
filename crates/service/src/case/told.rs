//! What the person is told about a case: plain sentences, and in short messages nothing personal but the name.

use domain::province::Profile;
use store::Tx;
use store::account::AccountRow;
use store::case::file::CaseRow;

use crate::notify::{News, tell};
use crate::{Failure, Services};

/// Characters of the first reason in a short message.
const SHORT: usize = 40;
/// From this length on, letters and digits in a row may be a number of a person.
const NUMBER: usize = 6;

/// A message to the person, with the purpose and the text of a short message where there is one.
pub(crate) struct Told {
    pub title: String,
    pub body: String,
    pub sms: Option<(&'static str, String)>,
}

impl Told {
    /// Tells it, once for each version of the case.
    ///
    /// # Errors
    /// `Store`, `Broken`.
    pub async fn tell(self, tx: &mut Tx, services: &Services, account: &AccountRow, row: &CaseRow) -> Result<(), Failure> {
        let purpose = self.sms.as_ref().map_or("forwarded", |(purpose, _)| purpose);
        let dedupe_key = format!("{purpose}|{}|{}", row.id, row.version);
        let news = News { case: Some(&row.id), title: &self.title, body: &self.body, sms: self.sms, dedupe_key: &dedupe_key };
        tell(tx, services, account, news).await
    }
}

pub(crate) fn number(row: &CaseRow) -> &str {
    row.number.as_deref().unwrap_or_default()
}

/// `rejected` is the label and the reason of each rejected item, `overall` the reason for the whole or empty.
pub(crate) fn returned(row: &CaseRow, bureau: &str, profile: &Profile, rejected: &[(String, String)], overall: &str) -> Told {
    let (kind, site) = (&profile.line(row.kind).name, &profile.site.title);
    let mut body = format!("您的{kind}申请（编号 {}）经{bureau}审核，需要修改后重新提交。", number(row));
    if !overall.is_empty() {
        body.push_str(&format!("\n审核说明：{overall}"));
    }
    for (nth, (label, reason)) in rejected.iter().enumerate() {
        body.push_str(&format!("\n{}. {label}：{reason}", nth + 1));
    }
    let how_many =
        if rejected.is_empty() { "需要修改".to_owned() } else { format!("有 {} 项需要修改", rejected.len()) };
    let reason = rejected.first().map_or(overall, |(_, reason)| reason);
    let sms = format!("{}，您好。您的{kind}申请{how_many}：{}请登录{site}修改后重新提交。", row.applicant, short(reason));
    Told { title: format!("{kind}需要修改"), body, sms: Some(("returned", sms)) }
}

pub(crate) fn forwarded(row: &CaseRow, bureau: &str, profile: &Profile) -> Told {
    let body = format!("您的申请已转由{bureau}审核（编号 {}）。办理期限不变，您不需要做任何操作。", number(row));
    Told { title: format!("{}申请已转办", profile.line(row.kind).name), body, sms: None }
}

/// A reason for a short message, without numbers, ended by a full stop.
pub(crate) fn short(reason: &str) -> String {
    let reason = without_numbers(reason);
    let whole = reason.trim_end_matches(['。', '.', '；', '，']);
    if whole.chars().count() < SHORT {
        return format!("{whole}。");
    }
    format!("{}…。", whole.chars().take(SHORT - 2).collect::<String>())
}

/// A text in which long rows of letters and digits are stars, because they may be the number of a document or a telephone.
pub(crate) fn without_numbers(text: &str) -> String {
    let is_part = |c: char| c.is_alphanumeric() && (c.is_numeric() || !domain::text::is_han(c)) || matches!(c, '-' | ' ' | '*');
    let (mut kept, mut run) = (String::new(), String::new());
    for c in text.chars().chain(['\n']) {
        if is_part(c) {
            run.push(c);
            continue;
        }
        let signs = run.chars().filter(|c| c.is_alphanumeric()).count();
        let has_digits = run.chars().any(char::is_numeric);
        kept.push_str(if signs >= NUMBER && has_digits { "***" } else { &run });
        run.clear();
        kept.push(c);
    }
    kept.pop();
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_persons_do_not_leave_in_reasons() {
        for (text, expected) in [
            ("号码430102199001011234不清", "号码***不清"),
            ("电话139 1234 5678打不通", "电话***打不通"),
            ("护照 E12345678。", "护照***。"),
            ("全角１３９１２３４５６７８", "全角***"),
            ("2019 年的证书，共 2 页", "2019 年的证书，共 2 页"),
            ("请看 Example", "请看 Example"),
            ("", ""),
        ] {
            assert_eq!(without_numbers(text), expected);
        }
    }

    #[test]
    fn a_reason_in_a_short_message_has_at_most_forty_characters_and_one_full_stop() {
        assert_eq!(short("图片不清晰。"), "图片不清晰。");
        let long = short(&"长".repeat(200));
        assert_eq!((long.chars().count(), long.ends_with("…。")), (SHORT, true));
    }
}
