//! What whoever judges a case of somebody sees of their integrity record.

use domain::case::Beside;
use domain::id::AccountId;
use domain::integrity::view::EntryLine;
use store::Reader;

use super::record::entries;
use super::rules;
use crate::{Failure, Visit};

/// The whole record, beside what goes into it.
///
/// # Errors
/// `NotFound` where the province has no such thing, `Store`.
pub(super) async fn whole(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<Beside>, Failure> {
    let rules = rules(visit)?;
    let lines = entries(visit, rules, reader.list_integrity_entries(account).await?);
    if lines.is_empty() {
        return Ok(Vec::new());
    }
    let columns = ["类别", "名称或者种类", "授予或者决定机关", "文号", "日期", "状态"];
    let row = |line: EntryLine| {
        let (kind, state) = (line.kind.term(), state(&line));
        vec![kind.to_owned(), line.title, line.body, line.number, line.decided_on.to_string(), state]
    };
    let rows = lines.into_iter().map(row).collect();
    Ok(vec![Beside {
        title: "已记入的诚信信息".to_owned(), said: Vec::new(), columns: columns.map(str::to_owned).into(), rows
    }])
}

fn state(line: &EntryLine) -> String {
    match (&line.ended, line.ban) {
        (Some(_), _) => "已撤销".to_owned(),
        (None, Some((ban, true))) => format!("限制从业，{}", ban.words()),
        (None, Some((_, false))) => "限制从业已到期".to_owned(),
        (None, None) => "有效".to_owned(),
    }
}

/// The bans that hold today, in sentences; nothing of anything else.
///
/// # Errors
/// `Store`.
pub(super) async fn bans(visit: &Visit, reader: &mut Reader, account: &AccountId) -> Result<Vec<String>, Failure> {
    let Some(rules) = visit.province.profile.integrity.as_ref() else { return Ok(Vec::new()) };
    let lines = entries(visit, rules, reader.list_integrity_entries(account).await?);
    let said = |line: EntryLine| {
        let (ban, _) = line.ban.filter(|(_, is_active)| *is_active)?;
        let (words, body, number) = (ban.words(), line.body, line.number);
        Some(format!("不得从事会计工作（{words}）。依据：{body} {number}，{} 决定。", line.decided_on))
    };
    Ok(lines.into_iter().filter_map(said).collect())
}
