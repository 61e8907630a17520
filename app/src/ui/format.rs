//! Dates, times and sizes as people read them.

use chrono::{DateTime, Datelike, NaiveDate, Timelike, Utc};
use domain::calendar::china_time;

/// 2026年11月18日 10:32, in China.
pub fn instant(at: DateTime<Utc>) -> String {
    let at = china_time(at);
    format!("{}年{}月{}日 {:02}:{:02}", at.year(), at.month(), at.day(), at.hour(), at.minute())
}

/// 10:32, in China.
pub fn time(at: DateTime<Utc>) -> String {
    let at = china_time(at);
    format!("{:02}:{:02}", at.hour(), at.minute())
}

/// 今天 10:32, 明天 07:28 or 11月30日 07:28, in China, as whoever reads it at `now` calls the day. Days of the same year have no year.
pub fn soon(at: DateTime<Utc>, now: DateTime<Utc>) -> String {
    let (day, today) = (china_time(at).date(), china_time(now).date());
    let day = match (day - today).num_days() {
        0 => "今天".to_owned(),
        1 => "明天".to_owned(),
        _ if day.year() == today.year() => short(day),
        _ => date(day),
    };
    format!("{day} {}", time(at))
}

/// 11月18日, where the year stands nearby and there is little room.
pub fn short(on: NaiveDate) -> String {
    format!("{}月{}日", on.month(), on.day())
}

/// 2026年11月18日.
pub fn date(on: NaiveDate) -> String {
    format!("{}年{}月{}日", on.year(), on.month(), on.day())
}

/// For the `datetime` attribute.
pub fn machine(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::Secs, true)
}

/// Letters in fours, for whoever types them from one screen into another.
pub fn fours(text: &str) -> String {
    let letters: Vec<char> = text.chars().collect();
    letters.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// 312 KB, 2.4 MB.
pub fn bytes(bytes: i64) -> String {
    const MB: i64 = 1024 * 1024;
    match bytes {
        ..1024 => format!("{bytes} 字节"),
        1024..MB => format!("{} KB", (bytes + 512) / 1024),
        _ => {
            let tenths = (bytes * 10 + MB / 2) / MB;
            if tenths % 10 == 0 { format!("{} MB", tenths / 10) } else { format!("{}.{} MB", tenths / 10, tenths % 10) }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_of_a_moment_is_that_of_china() {
        let instant = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let now = instant("2026-12-30T15:50:00Z");
        for (at, words) in [
            ("2026-12-30T15:59:00Z", "今天 23:59"),
            ("2026-12-30T16:00:00Z", "明天 00:00"),
            ("2026-12-30T23:28:00Z", "明天 07:28"),
            ("2027-01-01T23:28:00Z", "2027年1月2日 07:28"),
        ] {
            assert_eq!(soon(instant(at), now), words);
        }
        assert_eq!(soon(instant("2026-11-30T00:00:00Z"), instant("2026-11-28T00:00:00Z")), "11月30日 08:00");
    }

    #[test]
    fn a_secret_is_read_in_fours_and_nothing_of_it_is_lost() {
        assert_eq!(fours("VRCFL4UMI6"), "VRCF L4UM I6");
        assert_eq!(fours(""), "");
    }
}
