//! 调出 and 调入: a change whose place belongs to another bureau takes the seats of a 调转, by the terms of the day on which it is handed
//! in. What stays with its bureau begins at the last seat.

use chrono::NaiveDate;
use domain::case::{Beside, Section};
use domain::id::BureauCode;
use domain::province::Bureau;
use domain::transfer::TransferWay;
use serde::{Deserialize, Serialize};
use store::Reader;

use super::body::ChangeBody;
use super::file::Folder;
use crate::case::bureau_name;
use crate::{Failure, Visit, portal};

/// The record goes to another bureau with a change.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Moving {
    /// The bureau that had the record when it was handed in.
    pub from: BureauCode,
    /// The bureau to which the answers lead.
    pub to: BureauCode,
    /// As it stood on that day.
    pub way: TransferWay,
}

/// Where the answers lead; `None` where the record stays with its bureau.
///
/// # Errors
/// Why it cannot go there, in a sentence.
pub(super) fn moving(visit: &Visit, folder: &Folder) -> Result<Option<Moving>, String> {
    let Some(to) = folder.moves_to() else { return Ok(None) };
    let from = &folder.record.bureau;
    let rules = visit.province.profile.transfer.as_ref();
    let way = rules.and_then(|rules| rules.way(visit.services.today(), &visit.province.bureaus, (from, &to.code)));
    match way {
        Some(way) => Ok(Some(Moving { from: from.clone(), to: to.code.clone(), way: way.clone() })),
        None => Err(format!(
            "修改后的所在地由{}管理，需要办理调转，不能作为信息变更提交。请把所在地改回，或者联系{}。",
            to.name,
            bureau_name(&visit.province, from)
        )),
    }
}

impl Moving {
    /// Whether the bureau of the record is asked.
    fn asks_origin(&self) -> bool {
        self.way.origin_working_days.is_some()
    }

    /// The bureau that is asked first.
    pub fn first(&self) -> &BureauCode {
        if self.asks_origin() { &self.from } else { &self.to }
    }

    /// The seat at which it begins.
    pub fn first_seat(&self) -> usize {
        usize::from(!self.asks_origin())
    }

    /// The last day of whoever is asked first.
    pub fn first_due_on(&self, visit: &Visit) -> NaiveDate {
        day(visit, self.way.origin_working_days.unwrap_or(self.way.working_days))
    }

    /// The last day of the destination, once the origin has agreed.
    pub fn last_due_on(&self, visit: &Visit) -> NaiveDate {
        day(visit, self.way.working_days)
    }

    /// Working days of all who are asked.
    pub fn days(&self) -> u32 {
        self.way.origin_working_days.unwrap_or(0) + self.way.working_days
    }

    /// Who decides on it, one after the other.
    pub fn deciders(&self, visit: &Visit) -> String {
        let (from, to) = self.names(visit);
        if self.asks_origin() { format!("{from}和{to}先后") } else { to }
    }

    fn names(&self, visit: &Visit) -> (String, String) {
        (bureau_name(&visit.province, &self.from), bureau_name(&visit.province, &self.to))
    }

    /// What is said before it is handed in: who decides within which time, and what the destination wants.
    ///
    /// # Errors
    /// `Store`.
    pub async fn said(&self, visit: &Visit, reader: &mut Reader) -> Result<Vec<String>, Failure> {
        let ((from, to), TransferWay { name, origin_working_days, working_days }) = (self.names(visit), &self.way);
        let seats = match origin_working_days {
            Some(days) => {
                format!("先由{from}在 {days} 个工作日内审核是否同意调出，再由{to}在 {working_days} 个工作日内审核是否调入。")
            }
            None => format!("由{to}在 {working_days} 个工作日内审核是否调入。"),
        };
        let mut said = vec![
            format!("修改后的所在地由{to}管理，这次变更同时办理{name}，只需要提交一次。"),
            seats,
            format!(
                "办结以前，档案仍由{from}管理。退回的会写明原因，可以修改后重新提交；把所在地改回的，由{from}按一般的变更审核。"
            ),
        ];
        said.extend(self.destination(visit, reader).await?);
        Ok(said)
    }

    /// What is said while it waits; `seat` is the one that it waits for.
    ///
    /// # Errors
    /// `Store`.
    pub async fn waiting(&self, visit: &Visit, reader: &mut Reader, seat: i64) -> Result<Vec<String>, Failure> {
        let ((from, to), name) = (self.names(visit), &self.way.name);
        let state = match (self.asks_origin(), seat) {
            (true, 0) => format!("{name}：等待{from}审核是否同意调出，同意以后再由{to}审核是否调入。"),
            (true, _) => format!("{name}：{from}已同意调出，等待{to}审核是否调入。"),
            (false, _) => format!("{name}：等待{to}审核是否调入。"),
        };
        let mut said = vec![state];
        said.extend(self.destination(visit, reader).await?);
        Ok(said)
    }

    /// How the destination is reached, and what it wants of people who come to it.
    async fn destination(&self, visit: &Visit, reader: &mut Reader) -> Result<Vec<String>, Failure> {
        let Some(bureau) = portal::bureau(reader, &visit.province, &self.to).await? else { return Ok(Vec::new()) };
        let contact = reader.find_contact(visit.province_key(), &self.to).await?;
        let wants = contact.map(|contact| contact.wants).unwrap_or_default();
        let Bureau { name, phone, hours, address, .. } = &bureau;
        let known = |phone: &str| if phone.is_empty() { "还没有公布".to_owned() } else { phone.to_owned() };
        let ways = [("办公时间", hours), ("办公地址", address)].into_iter().filter(|(_, way)| !way.is_empty());
        let ways: String = ways.map(|(label, way)| format!("，{label}：{way}")).collect();
        let reached = format!("{name}咨询电话：{}{ways}。", known(phone));
        let wants = (!wants.is_empty()).then(|| format!("{name}的调入要求：{wants}"));
        Ok(std::iter::once(reached).chain(wants).collect())
    }
}

fn day(visit: &Visit, working_days: u32) -> NaiveDate {
    visit.province.calendar.add_working_days(visit.services.today(), working_days)
}

/// From which employer to which, where it is another one and not another name of the same. `find` says of an item what it was and is
/// in words, where it is changed; of who has none the name is empty.
pub(super) fn employers<'a>(find: impl Fn(&str) -> Option<(&'a str, &'a str)>) -> Option<(&'a str, &'a str)> {
    let is_another = ["employment.credit_code", "employment.employer_code"].into_iter().any(|item| find(item).is_some());
    find("employment.employer_name").filter(|(old, new)| is_another && old != new)
}

/// The same in a sentence, whether or not it is one bureau.
pub(super) fn said_of(employers: (&str, &str)) -> String {
    match employers {
        (old, "") => format!("从“{old}”调出，目前没有新的工作单位。"),
        ("", new) => format!("调入“{new}”。"),
        (old, new) => format!("从“{old}”调出，调入“{new}”。"),
    }
}

/// What whoever reviews it finds beside it: which bureaus and which employers it is about.
pub(super) fn beside(visit: &Visit, body: &ChangeBody) -> Vec<Beside> {
    let (was, is) = (body.of_record(visit, &body.before), body.of_record(visit, &body.answers));
    let is_changed = |item: &str| body.items.iter().any(|of| of == item);
    let employers = employers(|item| is_changed(item).then(|| (value(&was, item), value(&is, item))));
    let row = |what: &str, old: &str, new: &str| {
        let shown = |name: &str| if name.is_empty() { "无".to_owned() } else { name.to_owned() };
        vec![what.to_owned(), shown(old), shown(new)]
    };
    let (mut said, mut rows) = (Vec::new(), Vec::new());
    if let Some(moving) = &body.moving {
        let (from, to) = moving.names(visit);
        said.push(format!("办结以前，档案仍由{from}管理；{to}同意调入时，变更和调转一并生效。"));
        rows.push(row("财政局", &from, &to));
    }
    if let Some((old, new)) = employers {
        said.push(said_of((old, new)));
        rows.push(row("工作单位", old, new));
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let title = body.moving.as_ref().map_or("工作单位变动", |moving| moving.way.name.as_str()).to_owned();
    vec![Beside { title, said, columns: ["项目", "调出", "调入"].map(str::to_owned).to_vec(), rows }]
}

fn value<'a>(sections: &'a [Section], item: &str) -> &'a str {
    let mut rows = sections.iter().flat_map(|section| &section.rows);
    rows.find(|row| row.item == item).map_or("", |row| row.value.as_str())
}
