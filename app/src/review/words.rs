//! Words of the desk.

use domain::case::Level;

/// The tag of a level: its word and its class.
pub(super) fn level(level: Level) -> (&'static str, &'static str) {
    match level {
        Level::Fine => ("一致", "tag tag--green"),
        Level::Look => ("请留意", "tag tag--orange"),
        Level::Wrong => ("不一致", "tag tag--red"),
    }
}

/// How long is left until the due date.
pub(super) fn days_left(days: i64) -> String {
    match days {
        0 => "今天到期".to_owned(),
        1.. => format!("还有 {days} 个工作日"),
        _ => format!("已超 {} 个工作日", -days),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_passed_due_date_says_by_how_much() {
        assert_eq!(days_left(-3), "已超 3 个工作日");
        assert_eq!(days_left(0), "今天到期");
        assert_eq!(days_left(2), "还有 2 个工作日");
    }
}
