//! Dates as people and certificates write them: in digits or in characters, to the day or to the month.

use std::fmt::{Display, Formatter, Result as Written};

use chrono::{Datelike, Months, NaiveDate};

use crate::text::{half_width, tidy};

/// A date as exact as whoever wrote it was. Diplomas and certificates often have a month and no day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Dated {
    /// A calendar day.
    Day(NaiveDate),
    /// A whole month, by its first day.
    Month(NaiveDate),
}

impl Dated {
    /// A date or month in any usual way of writing, such as 2017-10-08, 2017.10, 20171008, 201710, 2017年10月8日 or 二〇一七年十月,
    /// also in full width.
    #[must_use]
    pub fn parse(typed: &str) -> Option<Self> {
        let (year, month, day) = parts(typed)?;
        match day {
            Some(day) => NaiveDate::from_ymd_opt(year, month, day).map(Self::Day),
            None => NaiveDate::from_ymd_opt(year, month, 1).map(Self::Month),
        }
    }

    /// The first day that may be meant.
    #[must_use]
    pub fn first(self) -> NaiveDate {
        let (Self::Day(day) | Self::Month(day)) = self;
        day
    }

    /// The last day that may be meant.
    #[must_use]
    pub fn last(self) -> NaiveDate {
        match self {
            Self::Day(day) => day,
            Self::Month(first) => first.checked_add_months(Months::new(1)).and_then(|next| next.pred_opt()).unwrap_or(first),
        }
    }

    /// Whether this is later than another date whichever days are meant.
    #[must_use]
    pub fn is_surely_after(self, other: Self) -> bool {
        self.first() > other.last()
    }

    /// 2017年10月8日 or 2017年10月.
    #[must_use]
    pub fn words(self) -> String {
        let (year, month) = (self.first().year(), self.first().month());
        match self {
            Self::Day(day) => format!("{year}年{month}月{}日", day.day()),
            Self::Month(_) => format!("{year}年{month}月"),
        }
    }
}

impl Display for Dated {
    /// 2017-10-08 or 2017-10.
    fn fmt(&self, f: &mut Formatter<'_>) -> Written {
        match self {
            Self::Day(day) => write!(f, "{day}"),
            Self::Month(first) => write!(f, "{}", first.format("%Y-%m")),
        }
    }
}

/// A calendar day, in any way that [`Dated::parse`] understands.
#[must_use]
pub fn parse_date(typed: &str) -> Option<NaiveDate> {
    match Dated::parse(typed)? {
        Dated::Day(day) => Some(day),
        Dated::Month(_) => None,
    }
}

fn parts(typed: &str) -> Option<(i32, u32, Option<u32>)> {
    let plain = in_digits(&half_width(&tidy(typed)));
    // Of the separators `、`, `·` and `。` are what the keys of `/`, `` ` `` and `.` give on a Chinese keyboard.
    let is_separator =
        |c: char| matches!(c, '-' | '/' | '.' | '。' | '、' | '·' | '年' | '月' | '日' | '号') || c.is_whitespace();
    if !plain.starts_with(|c: char| c.is_ascii_digit()) || plain.chars().any(|c| !c.is_ascii_digit() && !is_separator(c)) {
        return None;
    }
    let groups: Vec<&str> = plain.split(is_separator).filter(|group| !group.is_empty()).collect();
    let (year, month, day) = match groups.as_slice() {
        [all] if all.len() == 8 => (&all[..4], &all[4..6], Some(&all[6..])),
        [all] if all.len() == 6 => (&all[..4], &all[4..], None),
        [year, month] => (*year, *month, None),
        [year, month, day] => (*year, *month, Some(*day)),
        _ => return None,
    };
    if year.len() != 4 || month.len() > 2 || day.is_some_and(|day| day.len() > 2) {
        return None;
    }
    let day = match day {
        Some(day) => Some(day.parse().ok()?),
        None => None,
    };
    Some((year.parse().ok()?, month.parse().ok()?, day))
}

fn digit(c: char) -> Option<char> {
    let value = "〇一二三四五六七八九".chars().position(|numeral| numeral == c)?;
    char::from_digit(u32::try_from(value).ok()?, 10)
}

/// The numerals of a Chinese date in digits: those of the year one by one, those of month and day counted in tens.
fn in_digits(text: &str) -> String {
    let is_chinese = text.chars().any(|c| digit(c).is_some() || matches!(c, '十' | '廿' | '卅' | '元'));
    if !is_chinese {
        return text.to_owned();
    }
    let numerals = text.replace('廿', "二十").replace('卅', "三十").replace("元月", "一月");
    // The round zero is typed in many ways.
    let numerals: Vec<char> =
        numerals.chars().map(|c| if matches!(c, '零' | '○' | '◯' | 'O' | 'o') { '〇' } else { c }).collect();
    let is_digit =
        |at: Option<usize>| at.and_then(|at| numerals.get(at)).is_some_and(|c| c.is_ascii_digit() || digit(*c).is_some());
    let mut digits = String::new();
    for (at, c) in numerals.iter().enumerate() {
        match (c, is_digit(at.checked_sub(1)), is_digit(Some(at + 1))) {
            ('十', true, true) => {}
            ('十', true, false) => digits.push('0'),
            ('十', false, true) => digits.push('1'),
            ('十', false, false) => digits.push_str("10"),
            _ => digits.push(digit(*c).unwrap_or(*c)),
        }
    }
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn a_date_is_understood_in_every_usual_way_of_writing() {
        for typed in [
            "2017-10-08",
            "2017/10/8",
            "2017.10.8",
            "20171008",
            "2017年10月8日",
            "２０１７－１０－０８",
            "２０１７／１０／０８",
            " 2017 年 10 月 8 日\n",
            "2017。10。8",
            "2017、10、8",
            "2017·10·8",
            "2017年10月8号",
            "2017 10 8",
            "二〇一七年十月八日",
            "二零一七年十月八日",
            "二○一七年十月八日",
            "二O一七年十月八日",
            "二Ｏ一七年一〇月〇八日",
            "二〇一七年10月8日",
        ] {
            assert_eq!(parse_date(typed), Some(day(2017, 10, 8)), "{typed}");
        }
        for (typed, expected) in [
            ("二〇〇五年七月一日", day(2005, 7, 1)),
            ("一九九九年十二月三十一日", day(1999, 12, 31)),
            ("二〇〇〇年十一月二十日", day(2000, 11, 20)),
            ("二〇〇〇年元月廿一日", day(2000, 1, 21)),
            ("二〇一〇年十月卅日", day(2010, 10, 30)),
            ("二〇一〇年十月十日", day(2010, 10, 10)),
        ] {
            assert_eq!(Dated::parse(typed), Some(Dated::Day(expected)), "{typed}");
        }
        for typed in [
            "",
            "2017-10",
            "17-10-08",
            "2017-13-01",
            "2017-02-29",
            "0000-00-00",
            "201710081",
            "08/10/2017",
            "2017-10-08T00:00",
            "2017-1-2-3",
            "-2017-10-08",
            "二千零五年七月一日",
            "二〇一七年腊月八日",
            "十年十月十日",
            "٢٠١٧-١٠-٠٨",
            "2017-010-08",
            "2O17-10-08",
        ] {
            assert_eq!(parse_date(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_month_without_a_day_stays_a_month() {
        let expected = Some(Dated::Month(day(2005, 7, 1)));
        for typed in [
            "2005-07",
            "2005.7",
            "200507",
            "2005年7月",
            "2005年07月",
            "2005/7",
            "２００５年７月",
            "二〇〇五年七月",
            "二零零五年七月",
            "二ＯＯ五年七月",
        ] {
            assert_eq!(Dated::parse(typed), expected, "{typed}");
            assert_eq!(parse_date(typed), None, "{typed}");
        }
        for typed in ["", "2005", "2005年", "2005-13", "2005-00", "05-07", "2005-07-32", "七月"] {
            assert_eq!(Dated::parse(typed), None, "{typed}");
        }
    }

    #[test]
    fn a_month_is_shown_as_one_and_reaches_to_its_last_day() {
        let (date, month) = (Dated::Day(day(2012, 2, 9)), Dated::Month(day(2012, 2, 1)));
        assert_eq!((date.words().as_str(), month.words().as_str()), ("2012年2月9日", "2012年2月"));
        assert_eq!((date.to_string().as_str(), month.to_string().as_str()), ("2012-02-09", "2012-02"));
        assert_eq!((month.first(), month.last()), (day(2012, 2, 1), day(2012, 2, 29)));
        assert_eq!((date.first(), date.last()), (day(2012, 2, 9), day(2012, 2, 9)));
        assert_eq!(Dated::parse(&month.to_string()), Some(month));
        assert!(!date.is_surely_after(month) && !month.is_surely_after(date));
        assert!(Dated::Day(day(2012, 3, 1)).is_surely_after(month) && Dated::Month(day(2012, 3, 1)).is_surely_after(date));
    }
}
