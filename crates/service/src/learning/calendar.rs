//! The last day of a learning year as a calendar file (RFC 5545).

use chrono::{DateTime, Duration, NaiveDate, Utc};
use icalendar::{Alarm, Calendar, Component, Event, EventLike, Trigger};

use super::record::learning_view;
use crate::{Failure, Visit};

/// So long before the last day the calendar reminds.
const BEFORE: Duration = Duration::days(14);

/// The last day of a year as a calendar file, with a reminder two weeks before. There is none where nothing can be done any more
/// or nothing is missing.
///
/// # Errors
/// `NotFound`, `SignInAgain`, `Store`, `Broken`.
pub async fn calendar(visit: &Visit, year: i32) -> Result<String, Failure> {
    let view = learning_view(visit).await?;
    let of = view.years.into_iter().find(|of| of.state.year == year).ok_or(Failure::NotFound)?;
    let on = of.state.last_day.and_then(|last| last.on).filter(|_| !of.state.standing.is_complete()).ok_or(Failure::NotFound)?;
    let (missing, unit) = (of.state.standing.missing.total, &view.words.unit);
    let deadline = Deadline {
        id: format!("learning-{year}-{}@suanpan", visit.province_key()),
        title: format!("{year} 年度继续教育最后一天"),
        missing: format!("还差 {missing} {unit}"),
        site: visit.province.profile.site.title.clone(),
        on,
        at: visit.now(),
    };
    Ok(deadline.written())
}

/// What stands in the file.
struct Deadline {
    id: String,
    title: String,
    missing: String,
    site: String,
    on: NaiveDate,
    /// When the file was made.
    at: DateTime<Utc>,
}

impl Deadline {
    fn written(&self) -> String {
        // What has no name and no time of its own gets those of the moment by the library.
        let alarm = Alarm::display(&format!("{}：{}", self.title, self.missing), Trigger::before_start(BEFORE))
            .uid(&format!("alarm-{}", self.id))
            .timestamp(self.at)
            .done();
        let event = Event::new()
            .uid(&self.id)
            .timestamp(self.at)
            .starts(self.on)
            .ends(self.on.succ_opt().unwrap_or(self.on))
            .summary(&self.title)
            .description(&format!("{}。{}", self.missing, self.site))
            .alarm(alarm)
            .done();
        let mut calendar = Calendar::new();
        calendar.push(event);
        calendar.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn deadline(site: &str) -> String {
        let deadline = Deadline {
            id: "learning-2026-hunan@suanpan".into(),
            title: "2026 年度继续教育最后一天".into(),
            missing: "还差 90 学分".into(),
            site: site.into(),
            on: "2027-02-28".parse().unwrap(),
            at: "2026-11-18T02:00:00Z".parse().unwrap(),
        };
        deadline.written()
    }

    /// The lines as a calendar reads them.
    fn unfolded(text: &str) -> Vec<String> {
        text.replace("\r\n ", "").replace("\r\n\t", "").split_terminator("\r\n").map(str::to_owned).collect()
    }

    #[test]
    fn it_is_one_whole_day_with_a_reminder_before_it() {
        let text = deadline("湖南省会计管理服务平台");
        let lines = unfolded(&text);
        let at = |line: &str| lines.iter().position(|one| one == line).unwrap_or_else(|| panic!("no {line}: {text}"));
        let order = ["BEGIN:VCALENDAR", "BEGIN:VEVENT", "BEGIN:VALARM", "END:VALARM", "END:VEVENT", "END:VCALENDAR"].map(at);
        assert!(order.is_sorted() && order[0] == 0 && order[5] + 1 == lines.len(), "{text}");
        assert!(at("VERSION:2.0") < order[1] && lines[..order[1]].iter().any(|line| line.starts_with("PRODID:")));
        let within = |line: &str, from: usize, to: usize| (from..to).contains(&at(line));
        for line in ["DTSTART;VALUE=DATE:20270228", "DTEND;VALUE=DATE:20270301", "UID:learning-2026-hunan@suanpan"] {
            assert!(within(line, order[1], order[4]), "{line}: {text}");
        }
        assert!(within("SUMMARY:2026 年度继续教育最后一天", order[1], order[4]));
        assert!(within("ACTION:DISPLAY", order[2], order[3]) && within("DTSTAMP:20261118T020000Z", order[1], order[4]));
        let trigger = lines[order[2]..order[3]].iter().find(|line| line.starts_with("TRIGGER")).unwrap();
        let (_, before) = trigger.split_once(':').unwrap();
        assert!(["-P14D", "-P2W", "-PT1209600S", "-P1209600S"].contains(&before), "{trigger}");
        assert_eq!(text, deadline("湖南省会计管理服务平台"), "the same has the same names");
    }

    #[test]
    fn its_lines_end_as_they_have_to_are_short_and_read_as_before() {
        let site = "一,二;三\\".to_owned() + &"会计管理".repeat(40);
        let text = deadline(&site);
        assert!(text.ends_with("\r\n") && text.matches('\n').count() == text.matches("\r\n").count(), "{text:?}");
        assert!(text.split("\r\n").all(|line| line.len() <= 75), "{text}");
        let said = site.replace('\\', "\\\\").replace(',', "\\,").replace(';', "\\;");
        let expected = format!("DESCRIPTION:还差 90 学分。{said}");
        assert!(unfolded(&text).contains(&expected), "{text}");
    }
}
