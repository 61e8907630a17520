//! Why something is not converted, with the dates and the way out.

use domain::case::Status;
use domain::learning::{NotConverted, Period, Shut, WayOut};

use super::format;

/// Why a conversion cannot be handed in, and what to do.
pub fn not_converted(why: &NotConverted) -> String {
    match why {
        NotConverted::NotCollected => "信息采集审核通过以后才能申请折算，请先办理信息采集。".into(),
        NotConverted::Shut(shut) => self::shut(shut),
        NotConverted::Same { number, status, .. } => {
            let number = if number.is_empty() { String::new() } else { format!("（编号 {number}）") };
            // Provinces call the state by words of their own.
            let stands = match status {
                Status::Approved => "已经审核通过",
                Status::Returned => "正等您修改后重新提交",
                Status::Draft | Status::Submitted | Status::Closed => "正在等待审核",
            };
            format!("同一项内容已有折算{number}，{stands}。同一项只折算一次，不需要重复申请。")
        }
        NotConverted::NotThen(decided) => {
            format!("{}是 {}，那时没有这种折算方式，请核对日期或者选择其他方式。", decided.by, decided.on)
        }
        NotConverted::OtherYear { of: Some(of), chosen, decided } => {
            format!(
                "{}是 {}，属于 {of} 年度，不属于所选的 {chosen} 年度。学分当年度有效，请核对日期，或者将年度改为 {of}。",
                decided.by, decided.on
            )
        }
        NotConverted::OtherYear { of: None, decided, .. } => {
            format!("{}是 {}，那一年度不能在这里折算，请核对日期。", decided.by, decided.on)
        }
        NotConverted::CapReached { cap, booked } => {
            format!("本年度此类折算最多 {cap}，已经登记 {booked}，不能再折算。可以选择其他方式。")
        }
        NotConverted::YearStays { year } => {
            format!("这件申请是按 {year} 年度提交的，退回修改时不能改为其他年度。要折算到其他年度的，请另外申请。")
        }
        NotConverted::TooManyDrafts { most } => format!("没有提交的申请已有 {most} 件，请先提交，或者删除不需要的。"),
    }
}

fn shut(shut: &Shut) -> String {
    let days = |period: &Period| {
        let to = period.to.map(format::date).map_or_else(|| "起".to_owned(), |to| format!(" 至 {to}"));
        format!("{}{to}", format::date(period.from))
    };
    let when = match &shut.period {
        Some(period) => format!("{} 年度的折算时间是 {}", shut.year, days(period)),
        None => format!("{} 年度没有折算时间", shut.year),
    };
    let late = shut.late.as_ref().map(|period| format!("，补学时间是 {}", days(period))).unwrap_or_default();
    let open: Vec<String> = shut.open_years.iter().map(|year| format!("{year} 年度")).collect();
    let open = if open.is_empty() { String::new() } else { format!("现在可以申请{}的折算。", open.join("、")) };
    let way = match shut.way {
        WayOut::WaitUntil(day) => format!("请在 {} 以后办理。", format::date(day)),
        WayOut::AskBureau => "时间已过，确有特殊情况的，请咨询所在地财政局。".to_owned(),
    };
    format!("现在不在办理时间内：{when}{late}。{open}{way}")
}
