use super::forms::check_claim;
use super::*;
use crate::fault::Fault;
use crate::province::{Province, read_for_tests};

fn hunan() -> Province {
    Province::parse(&read_for_tests, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"))
}

#[test]
fn an_employer_belongs_to_the_bureau_of_the_division_that_registered_it() {
    let hunan = hunan();
    for (code, bureau) in [
        ("91430111MA4L1N2E0X", Some("430111")),
        ("91430100MA4L1N2E00", Some("430100")),
        // Registered in another province.
        ("91420106MA4K2N3E1G", None),
        ("91350100M000100Y43", None),
    ] {
        let code = CreditCode::check(code).unwrap();
        let found = bureau_of(&code, &hunan.divisions, &hunan.bureaus);
        assert_eq!(found.as_ref().map(BureauCode::as_str), bureau, "{code:?}");
    }
}

#[test]
fn what_is_wrong_with_an_employer_stands_at_its_field() {
    let claimed = check_claim(" 91430111-ma4l1n2e0x", " 长沙某某有限公司 ").unwrap();
    assert_eq!((claimed.code.as_str(), claimed.name.as_str()), ("91430111MA4L1N2E0X", "长沙某某有限公司"));
    let errors = check_claim("91430111MA4L1N2E0Y", "").unwrap_err();
    assert_eq!((errors.of("code"), errors.of("name")), (Some(&Fault::CreditCodeCheck), Some(&Fault::Missing)));
    assert_eq!(check_claim("91430111MA4L1N2E0X", "长").unwrap_err().of("name"), Some(&Fault::TooShort(2)));
    assert_eq!(check_claim("91430111MA4L1N2E0X", &"长".repeat(101)).unwrap_err().of("name"), Some(&Fault::TooLong(100)));
}
