use super::DocumentKind::*;
use super::*;

fn check(kind: DocumentKind, typed: &str) -> Result<DocumentNumber, Fault> {
    DocumentNumber::check(kind, typed, NaiveDate::from_ymd_opt(2026, 3, 1).unwrap())
}

#[test]
fn a_code_leads_back_to_its_kind_and_equals_the_json() {
    for kind in DocumentKind::ALL {
        assert_eq!(DocumentKind::from_code(kind.code()), Some(kind));
        assert_eq!(serde_json::to_string(&kind).unwrap(), format!("\"{}\"", kind.code()));
    }
    assert_eq!(DocumentKind::from_code("ResidentId"), None);
}

#[test]
fn a_resident_number_is_normalised_before_it_is_checked() {
    for typed in [
        "11010519491231002x",
        " 110105 19491231 002X\n",
        "１１０１０５１９４９１２３１００２Ｘ",
        "110105-19491231-002x",
        "\u{200B}11010519491231002X\u{FEFF}",
        "\u{3000}11010519491231002Ｘ",
    ] {
        assert_eq!(check(ResidentId, typed).unwrap().number(), "11010519491231002X", "{typed:?}");
    }
}

#[test]
fn sex_and_birth_date_come_from_the_number_where_it_tells_them() {
    let woman = check(ResidentId, "430111199003079988").unwrap();
    assert_eq!((woman.sex(), woman.born_on()), (Some(Sex::Female), NaiveDate::from_ymd_opt(1990, 3, 7)));
    let permit = check(ResidencePermit, "810000199001010019").unwrap();
    assert_eq!((permit.sex(), permit.born_on()), (Some(Sex::Male), NaiveDate::from_ymd_opt(1990, 1, 1)));
    let passport = check(Passport, "E12345678").unwrap();
    assert_eq!((passport.sex(), passport.born_on()), (None, None));
}

#[test]
fn a_residence_permit_needs_its_own_region() {
    for number in ["810000199001010019", "820000199001010029", "830000199001010039"] {
        assert!(check(ResidencePermit, number).is_ok(), "{number}");
    }
    let permit = Err(Fault::OtherKind(ResidencePermit));
    assert_eq!(check(ResidentId, "810000199001010019"), permit);
    assert_eq!(check(Other, "810000199001010019"), permit);
    assert_eq!(check(ResidencePermit, "810000199001010018"), Err(Fault::IdCheckDigit));
    assert_eq!(check(ResidencePermit, "110105491231002"), Err(Fault::IdFifteen));
}

#[test]
fn a_resident_number_under_another_document_is_told_what_it_is() {
    for kind in [Other, Passport, MilitaryId, PermanentResidence, HkMacauPass, TaiwanPass, ResidencePermit] {
        for typed in ["430111199003079988", "１１０１０５１９４９１２３１００２x"] {
            assert_eq!(check(kind, typed), Err(Fault::OtherKind(ResidentId)), "{kind:?} {typed}");
        }
    }
    // One that is no resident number may be that of anything.
    assert!(check(Other, "430111199003079980").is_ok());
}

#[test]
fn the_other_documents_are_checked_by_their_shape() {
    for (kind, typed, allowed) in [
        (HkMacauPass, "H12345678", true),
        (HkMacauPass, "h1234567801", true),
        (HkMacauPass, "M12345678(01)", true),
        (HkMacauPass, "HA1234567", true),
        (HkMacauPass, "HA12345678", false),
        (HkMacauPass, "C12345678", false),
        (HkMacauPass, "H1234567", false),
        (TaiwanPass, "12345678", true),
        (TaiwanPass, "1234567890", true),
        (TaiwanPass, "1234567890(B)", true),
        (TaiwanPass, "12345678B", false),
        (TaiwanPass, "T12345678", false),
        (TaiwanPass, "123456789", false),
        (Passport, "E12345678", true),
        (Passport, "ea1234567", true),
        (Passport, "G1234", true),
        (Passport, "G123", false),
        (Passport, "护照12345", false),
        (PermanentResidence, "CHN123456789012", true),
        (PermanentResidence, "CHN12345678901", false),
        (PermanentResidence, "943156199003070019", false),
        (MilitaryId, "军字第2001988号", true),
        (MilitaryId, "士字第p011816x号", true),
        (MilitaryId, "军1号", false),
        (MilitaryId, "军字第200'1988", false),
        (Other, "AB-12/34", true),
        (Other, "abc", false),
        (Other, "1234567890123456789012345678901", false),
        (Other, "<script>", false),
        (Other, "٤٣٠١٠٢", false),
    ] {
        let expected = if allowed { Ok(()) } else { Err(Fault::DocumentShape) };
        assert_eq!(check(kind, typed).map(|_| ()), expected, "{kind:?} {typed}");
    }
    let body = "94315619900307001";
    let number = format!("{body}{}", resident::check_character(body).unwrap());
    assert!(check(PermanentResidence, &number).is_ok());
}

#[test]
fn hostile_texts_are_refused_by_every_kind_without_a_panic() {
    for kind in DocumentKind::ALL {
        assert_eq!(check(kind, " \u{200B}\n"), Err(Fault::Missing));
        for typed in [
            "é",
            "中",
            "🙂🙂🙂🙂🙂🙂",
            "ééééééééé",
            "\u{0301}\u{0301}\u{0301}\u{0301}",
            "１\u{0660}２³４５６７８９０１２３４５６７８",
        ] {
            assert!(check(kind, typed).is_err(), "{kind:?} {typed}");
        }
    }
}

#[test]
fn the_number_is_masked_in_debug_output() {
    let shown = format!("{:?}", check(ResidentId, "430111199003079988").unwrap());
    assert_eq!(shown, "DocumentNumber(resident_id 430111********9988)");
}
