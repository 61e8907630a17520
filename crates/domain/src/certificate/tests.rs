use chrono::{NaiveDate, TimeZone, Utc};

use super::*;
use crate::fault::Fault;
use crate::learning::{Credits, Sums};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn facts(holder: &str) -> Facts {
    Facts {
        account: "a-1".into(),
        year: 2025,
        holder: holder.into(),
        issuer: "湖南省财政厅".into(),
        sums: Sums { total: Credits::whole(96), professional: Credits::of_hundredths(66_50), public: Credits::ZERO },
        completed_on: day(2026, 3, 1),
    }
}

#[test]
fn a_number_names_province_and_year_and_keeps_sixty_random_bits() {
    assert_eq!(certificate_number("430000", 2025, 0), "430000-2025-0000-0000-0000");
    assert_eq!(certificate_number("430000", 2025, u64::MAX), "430000-2025-ZZZZ-ZZZZ-ZZZZ");
    let mut seen = std::collections::BTreeSet::new();
    for bit in 0..NUMBER_BITS {
        assert!(seen.insert(certificate_number("430000", 2025, 1 << bit)), "bit {bit}");
    }
}

#[test]
fn a_number_is_read_as_people_type_it() {
    let number = "430000-2025-7K3M-9QX0-1T8C";
    for typed in [
        number,
        "430000-2025-7k3m-9qx0-1t8c",
        " 430000 2025 7K3M 9QX0 1T8C ",
        "43000020257K3M9QX01T8C",
        "４３００００－２０２５－７Ｋ３Ｍ－９ＱＸ０－１Ｔ８Ｃ",
        "430000–2025–7K3M–9QXO–IT8C",
        "430000-2025-7K3M-9QXo-lT8C",
    ] {
        assert_eq!(read_number(typed).as_deref(), Some(number), "{typed}");
    }
    for typed in ["", "430000-2025", "430000-2025-7K3M-9QX0-1T8", "430000-2025-7K3M-9QX0-1T8CC", "43000A-2025-7K3M-9QX0-1T8C"] {
        assert_eq!(read_number(typed), None, "{typed}");
    }
    assert_eq!(read_number("430000-2025-7K3U-9QX0-1T8C"), None, "no U");
    for random in [0, 1, 0x0123_4567_89AB_CDEF, u64::MAX] {
        let number = certificate_number("420000", 2019, random);
        assert_eq!(read_number(&number), Some(number.clone()));
    }
}

#[test]
fn what_is_brought_is_a_number_a_code_or_neither() {
    let code = "eyJhbGciOiJFZERTQSJ9.eyJqdGkiOiI0In0.c2ln-_";
    let is_code = Presented::Code(code.into());
    for (typed, expected) in [
        ("", Presented::Nothing),
        (" \n", Presented::Nothing),
        (code, is_code.clone()),
        ("eyJhbGciOiJFZERTQSJ9.\neyJqdGkiOiI0In0.c2ln-_ ", is_code.clone()),
        ("https://kj.example.gov.cn/hunan/verify?c=eyJhbGciOiJFZERTQSJ9.eyJqdGkiOiI0In0.c2ln-_", is_code.clone()),
        ("/hunan/verify?a=1&c=eyJhbGciOiJFZERTQSJ9.eyJqdGkiOiI0In0.c2ln-_#x", is_code),
        ("430000-2025-7k3m-9qx0-1t8c", Presented::Number("430000-2025-7K3M-9QX0-1T8C".into())),
        ("https://example.com/pay?to=somebody", Presented::Other),
        ("a.b", Presented::Other),
        ("a.b.。", Presented::Other),
        ("a.b.c.d", Presented::Other),
        ("a..c", Presented::Other),
        ("微信支付", Presented::Other),
    ] {
        assert_eq!(Presented::read(typed), expected, "{typed}");
    }
    assert_eq!(Presented::read(&format!("a.{}.c", "b".repeat(LONGEST_CODE))), Presented::Other);
    assert_eq!(Presented::read(&"字".repeat(1_000)), Presented::Other);
}

#[test]
fn a_name_is_shown_as_far_as_its_holder_chose() {
    for (shown, name, expected) in [
        (NameShown::Masked, "林晓雨", "林*雨"),
        (NameShown::Masked, "张三", "张*"),
        (NameShown::Surname, "林晓雨", "林**"),
        (NameShown::Hidden, "林晓雨", ""),
        (NameShown::Masked, "张", "*"),
        // Long names of minorities: the stars do not grow without end.
        (NameShown::Masked, "买买提江·阿卜杜热合曼·吐尔逊", "买**********逊"),
        (NameShown::Surname, "Abdurrahman Tursun", "A***********"),
    ] {
        assert_eq!(shown.of(name), expected, "{name}");
    }
}

#[test]
fn a_statement_is_short_and_has_no_more_of_the_person_than_a_masked_name() {
    let at = Utc.with_ymd_and_hms(2026, 3, 2, 1, 30, 0).unwrap();
    let statement = Statement::of(&facts("林晓雨"), "430000-2025-7K3M-9QXZ-4T8C", NameShown::Masked, at);
    let json = serde_json::to_string(&statement).unwrap();
    assert_eq!(
        json,
        r#"{"jti":"430000-2025-7K3M-9QXZ-4T8C","iss":"湖南省财政厅","iat":1772415000,"p":"林*雨","y":2025,"c":"96","z":"66.5","d":"2026-03-01"}"#
    );
    assert_eq!(serde_json::from_str::<Statement>(&json).unwrap(), statement);
    assert_eq!(statement.issued_on(), day(2026, 3, 2));
    let hidden = Statement::of(&facts("林晓雨"), "430000-2025-7K3M-9QXZ-4T8C", NameShown::Hidden, at);
    assert!(!serde_json::to_string(&hidden).unwrap().contains("\"p\""));
    assert!(hidden.agrees(&statement), "how much of the name is shown changes nothing that is certified");
    assert!(!hidden.agrees(&Statement { year: 2024, ..statement.clone() }));
    assert!(!hidden.agrees(&Statement { total: Credits::whole(90), ..statement }));
}

#[test]
fn a_key_names_its_province() {
    assert_eq!(key_id("hunan", 2), "hunan-2");
    assert_eq!(province_of_key("hunan-2"), Some("hunan"));
    assert_eq!(province_of_key("inner-mongolia-12"), Some("inner-mongolia"));
    for other in ["hunan", "hunan-", "-1", "hunan-x", "hunan-300", ""] {
        assert_eq!(province_of_key(other), None, "{other}");
    }
}

#[test]
fn signature_and_register_together_give_the_verdict() {
    let on = day(2026, 11, 20);
    for (signature, register, expected) in [
        (Ok(()), Standing::Stands, Verdict::Valid),
        (Ok(()), Standing::Revoked { on }, Verdict::Revoked { on }),
        (Ok(()), Standing::Replaced { on, is_complete: true }, Verdict::Replaced { on, is_complete: true }),
        (Ok(()), Standing::Unknown, Verdict::Unregistered),
        (Ok(()), Standing::Unreachable, Verdict::SignatureOnly),
        (Err(Doubt::Altered), Standing::Stands, Verdict::Altered),
        (Err(Doubt::ForeignKey), Standing::Stands, Verdict::ForeignKey),
        (Err(Doubt::NotOurs), Standing::Stands, Verdict::NotOurs),
        (Err(Doubt::Altered), Standing::Unreachable, Verdict::Altered),
    ] {
        assert_eq!(Verdict::of_code(signature.clone(), register.clone()), expected, "{signature:?} {register:?}");
    }
    for (register, expected) in [
        (Standing::Stands, Verdict::Valid),
        (Standing::Revoked { on }, Verdict::Revoked { on }),
        (Standing::Replaced { on, is_complete: true }, Verdict::Replaced { on, is_complete: true }),
        (Standing::Unknown, Verdict::NoSuchNumber),
        (Standing::Unreachable, Verdict::CannotLookUp),
    ] {
        assert_eq!(Verdict::of_number(register.clone()), expected, "{register:?}");
    }
}

#[test]
fn only_what_the_province_signed_and_registered_is_shown_as_certified() {
    let on = day(2026, 11, 20);
    let certified =
        [Verdict::Valid, Verdict::SignatureOnly, Verdict::Revoked { on }, Verdict::Replaced { on, is_complete: true }];
    assert!(certified.iter().all(Verdict::is_certified));
    assert_eq!(certified.iter().filter(|verdict| verdict.is_good()).count(), 2);
    let not = [Verdict::Unregistered, Verdict::NoSuchNumber, Verdict::CannotLookUp, Verdict::Altered, Verdict::ForeignKey];
    let other = [Verdict::OtherProvince { key: "hubei".into() }, Verdict::NotOurs];
    assert!(!not.iter().chain(&other).any(|verdict| verdict.is_certified() || verdict.is_good()));
}

#[test]
fn a_link_shows_what_is_chosen_for_as_long_as_is_offered() {
    let form = ShareForm {
        year: "2025".into(),
        name: "whole".into(),
        document: "no".into(),
        credits: "yes".into(),
        until: "month".into(),
    };
    let (shared, until) = form.check().unwrap();
    assert_eq!((shared.name.of("林晓雨"), shared.document, shared.credits, until.days()), ("林晓雨".into(), false, true, 30));
    let wrong =
        ShareForm { name: String::new(), document: "perhaps".into(), until: "for ever".into(), ..form }.check().unwrap_err();
    for (field, fault) in [("name", Fault::Missing), ("document", Fault::NotInList), ("until", Fault::NotInList)] {
        assert_eq!(wrong.of(field), Some(&fault), "{field}");
    }
    for (name, expected) in [(SharedName::Masked, "林*雨"), (SharedName::Surname, "林**"), (SharedName::Hidden, "")] {
        assert_eq!(name.of("林晓雨"), expected);
    }
}

#[test]
fn a_code_ends_at_the_first_sign_that_no_code_has() {
    let code = "eyJhbGciOiJFZERTQSJ9.eyJqdGkiOiI0In0.c2ln-_";
    for around in
        ["{}。", "{}.", "{}\u{200b}", "\u{feff}{}\u{200d}。", "{}（请核对）", "https://kj.example.gov.cn/hunan/verify?c={}，谢谢"]
    {
        let typed = around.replace("{}", code);
        assert_eq!(Presented::read(&typed), Presented::Code(code.into()), "{typed}");
    }
    let number = "430000-2025-7K3M-9QX0-1T8C";
    for around in ["{}。", "{}.", "\u{200b}{}\u{200b}，"] {
        let typed = around.replace("{}", number);
        assert_eq!(Presented::read(&typed), Presented::Number(number.into()), "{typed}");
    }
    assert_eq!(province_of_number(number), "430000");
}

#[test]
fn a_name_with_a_private_code_point_is_shown_in_the_characters_of_the_paper() {
    // What GBK kept there is U+20087 today.
    let holder = "林\u{E816}雨";
    let printed = crate::identity::name::as_printed(holder);
    assert_ne!(printed, holder);
    assert_eq!(SharedName::Whole.of(holder), printed);
    let first = "\u{E816}雨";
    let shown = crate::identity::name::as_printed(&NameShown::Surname.of(first));
    assert_eq!(NameShown::Surname.of(first), shown, "nothing private is left");
    assert!(!NameShown::Surname.of(first).contains('\u{E816}'));
}

#[test]
fn a_link_that_keeps_back_name_or_credits_keeps_back_the_number() {
    let all = Shared { name: SharedName::Whole, document: false, credits: true };
    assert!(all.shows_number());
    assert!(!Shared { name: SharedName::Hidden, ..all }.shows_number());
    assert!(!Shared { credits: false, ..all }.shows_number());
}
