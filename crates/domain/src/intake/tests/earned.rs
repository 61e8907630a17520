//! A qualification that an exam has earned.

use super::*;

fn province(key: &str) -> Province {
    Province::parse(&read_for_tests, key).unwrap_or_else(|errors| panic!("{errors:#?}"))
}

#[test]
fn a_higher_qualification_is_filled_in_beside_or_over_what_is_there_and_never_one_that_is_not_higher() {
    for (key, level, category, number) in [
        ("hunan", "qualification.rows.0.level", "qualification.rows.0.category", "qualification.rows.1.certificate_number"),
        ("hubei", "credential.level", "credential.category", "credential.certificate_number"),
    ] {
        let province = province(key);
        let holder = Holder { document_kind: DocumentKind::ResidentId, name: "张三".into(), sex: None, born_on: None };
        let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 18).unwrap();
        let mut answers = Answers::default();
        answers.set(level, "junior".into());
        answers.set(category, "accounting".into());
        let cx = Context::of(&province, &holder, &answers, today);
        assert_eq!(with_earned(&cx, &answers, "junior", "A1"), None, "{key}");
        assert_eq!(with_earned(&cx, &answers, "none", "A1"), None, "{key}");
        let filled = answers.with(with_earned(&cx, &answers, "intermediate", "A20251234").unwrap());
        assert_eq!(filled.get(number), Some("A20251234"), "{key}");
        assert_eq!(filled.get(&number.replace("certificate_number", "level")), Some("intermediate"), "{key}");
        assert_eq!(filled.get(level) == Some("junior"), key == "hunan", "{key}: what has rows keeps the others");
    }
}
