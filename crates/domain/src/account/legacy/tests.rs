use super::*;
use crate::identity::DocumentKind;
use crate::province::Bureau;

fn bureaus() -> Bureaus {
    let bureau = Bureau {
        code: "210102".into(),
        name: "沈阳市和平区财政局".into(),
        level: 3,
        parent: Some("210100".into()),
        division: "210102".into(),
        handles_direct: true,
        address: String::new(),
        phone: String::new(),
        hours: String::new(),
    };
    Bureaus([(bureau.code.clone(), bureau)].into())
}

fn line(values: [&str; 5]) -> LegacyLine {
    let [name, document_number, mobile, certificate, bureau] = values.map(str::to_owned);
    LegacyLine::of(2, LegacyRow { name, document_number, mobile, certificate, bureau, ..LegacyRow::default() })
}

type Checked = Result<(LegacyHolder, Vec<LegacyWarning>), Vec<LegacyReason>>;

fn check(line: &LegacyLine) -> Checked {
    let kinds: Vec<_> = DocumentKind::ALL.into_iter().map(|kind| DocumentOption { kind, label: kind.code().into() }).collect();
    line.check(&LegacyRules { bureaus: &bureaus(), kinds: &kinds, today: NaiveDate::from_ymd_opt(2026, 3, 1).unwrap() })
}

fn checked(values: [&str; 5]) -> Checked {
    check(&line(values))
}

fn fault(field: &str, fault: Fault) -> LegacyReason {
    LegacyReason::Fault { field: field.into(), fault }
}

const ZHANG: [&str; 5] = ["张三", "430111199003079988", "13912345678", "2101-0088", "210102"];

#[test]
fn a_right_row_comes_out_normalised() {
    let (holder, warnings) =
        checked([" 张 三丰", "４３０１１１19900307 9988", "139-1234-5678", " 2101－0088 ", "沈阳市和平区财政局"]).unwrap();
    assert_eq!(holder.name.0, "张三丰");
    assert_eq!((holder.document.number(), holder.document.kind()), ("430111199003079988", DocumentKind::ResidentId));
    assert_eq!(holder.mobile.unwrap().as_str(), "13912345678");
    assert_eq!((holder.certificate.as_str(), holder.bureau.as_str()), ("2101-0088", "210102"));
    assert_eq!(warnings, [LegacyWarning::BlankDropped], "nothing is joined in silence");
}

#[test]
fn an_old_number_of_fifteen_digits_is_brought_into_its_new_form_and_that_is_told() {
    let (old, warnings) = checked(["张三", "430111900307998", "13912345678", "", "210102"]).unwrap();
    assert_eq!(old.document.number(), "430111199003079988");
    assert_eq!(warnings, [LegacyWarning::Upgraded]);
    let wrong = checked(["张三", "430111901307998", "", "", "210102"]).unwrap_err();
    assert_eq!(wrong, [fault("document_number", Fault::IdFifteen)]);
}

#[test]
fn a_bad_row_names_every_column_that_is_wrong_but_that_of_the_telephone() {
    let found = checked(["张", "430111199003079989", "1391234567", &"9".repeat(41), "长沙市财政局"]).unwrap_err();
    let expected = [
        fault("name", Fault::TooShort(2)),
        fault("document_number", Fault::IdCheckDigit),
        fault("certificate", Fault::TooLong(40)),
        fault("bureau", Fault::NotInList),
    ];
    assert_eq!(found, expected);
    let missing = ["name", "document_number", "bureau"].map(|field| fault(field, Fault::Missing));
    assert_eq!(checked(["", "", "", "", ""]).unwrap_err(), missing);
    assert!(line(["", " ", "\u{3000}", "", "\t"]).row.is_empty() && !line(["", "", "", "", "x"]).row.is_empty());
}

#[test]
fn no_telephone_keeps_a_person_out_and_each_is_told_as_what_it_is() {
    let rounded = || LegacyCell::Rounded { shown: "1.38E+10".into() };
    for (typed, why) in [
        ("", NoMobile::Empty),
        (" \u{3000}", NoMobile::Empty),
        ("024-22704418", NoMobile::Landline),
        ("(024)22704418", NoMobile::Landline),
        ("22704418", NoMobile::Landline),
        ("400-123-4567", NoMobile::Landline),
        ("1391234567", NoMobile::Shape),
        ("无", NoMobile::Shape),
        ("13912345678/13912345679", NoMobile::Shape),
        ("12912345678", NoMobile::Shape),
        ("1.38E+10", NoMobile::Cell(rounded())),
        ("#N/A", NoMobile::Cell(LegacyCell::Error { shown: "#N/A".into() })),
    ] {
        let (holder, warnings) = checked(["张三", ZHANG[1], typed, "", "210102"]).unwrap();
        assert_eq!((holder.mobile, warnings), (None, vec![LegacyWarning::NoMobile(why)]), "{typed}");
    }
}

#[test]
fn a_cell_that_holds_something_else_than_was_typed_is_told_as_that_and_nothing_else_is_said_of_it() {
    for cell in [
        LegacyCell::Rounded { shown: "2.10102E+17".into() },
        LegacyCell::Uneven,
        LegacyCell::Date { shown: "2010/1/5".into() },
        LegacyCell::Truth { shown: "TRUE".into() },
        LegacyCell::Error { shown: "#N/A".into() },
        LegacyCell::Merged { row: 1 },
    ] {
        for field in ["name", "document_kind", "document_number", "certificate", "bureau"] {
            let mut line = line(ZHANG);
            line.row.set(field, String::new());
            line.cells = vec![(field.into(), cell.clone())];
            assert_eq!(check(&line).unwrap_err(), [LegacyReason::Cell { field: field.into(), cell: cell.clone() }]);
        }
    }
    let power = checked(["张三", "2.10102E+17", "", "2.1E+17", "210102"]).unwrap_err();
    assert!(matches!(&power[..], [LegacyReason::Cell { .. }, LegacyReason::Cell { .. }]), "{power:?}");
}

#[test]
fn a_passport_hears_nothing_of_lost_digits() {
    for number in ["E12345678", "E1234567", "EA1234567"] {
        let (holder, warnings) = checked(["SMITH JOHN", number, "13912345678", "", "210102"]).unwrap();
        assert_eq!(holder.document.kind(), DocumentKind::Passport);
        assert_eq!(warnings, [LegacyWarning::KindOfShape(DocumentKind::Passport)]);
    }
}

#[test]
fn what_is_taken_as_shown_or_from_a_merged_cell_or_may_be_a_date_is_imported_with_a_warning() {
    let mut known = line(ZHANG);
    let field = |field: &str| field.to_owned();
    known.cells = vec![(field("certificate"), LegacyCell::AsShown), (field("bureau"), LegacyCell::Merged { row: 2 })];
    let (holder, warnings) = check(&known).unwrap();
    assert_eq!(holder.certificate, "2101-0088");
    let expected =
        [LegacyWarning::AsShown { field: field("certificate") }, LegacyWarning::Merged { field: field("bureau"), row: 2 }];
    assert_eq!(warnings, expected);
    let (dated, warnings) = checked(["张三", ZHANG[1], "13912345678", "2010/1/5", "210102"]).unwrap();
    assert_eq!(
        (dated.certificate.as_str(), warnings),
        ("2010/1/5", vec![LegacyWarning::LooksLikeDate { field: field("certificate") }])
    );
}

#[test]
fn a_line_that_cannot_be_told_apart_is_refused_for_that_alone() {
    let mut broken = line(["", "", "", "", ""]);
    broken.broken = Some(LegacyBreak::Quote);
    assert_eq!(check(&broken).unwrap_err(), [LegacyReason::Line(LegacyBreak::Quote)]);
}

#[test]
fn the_row_of_the_template_is_a_right_one_and_known_again() {
    let sample = LegacyRow::sample("居民身份证", "210102");
    let (_, warnings) = check(&LegacyLine::of(2, sample.clone())).unwrap();
    assert!(warnings.is_empty() && sample.is_sample());
    assert!(!LegacyRow { name: "张三".into(), ..sample.clone() }.is_sample());
    assert!(!LegacyRow { document_number: ZHANG[1].into(), ..sample }.is_sample());
}

#[test]
fn the_headings_belong_to_the_columns_and_debug_shows_no_person() {
    assert_eq!(LegacyRow::FIELDS.len(), HEADINGS.len());
    let (holder, _) = checked(["张三丰", "430111199003079988", "13912345678", "", "210102"]).unwrap();
    let shown = format!("{holder:?}");
    for secret in ["张三丰", "199003079988", "13912345678"] {
        assert!(!shown.contains(secret), "{secret} in {shown}");
    }
}
