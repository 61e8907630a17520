use super::forms::TransferForm;
use super::*;
use crate::fault::Fault;

fn bureau(code: &str, level: u8, parent: &str) -> (BureauCode, Bureau) {
    let bureau = Bureau {
        code: code.into(),
        name: code.to_owned(),
        level,
        parent: BureauCode::given(parent),
        division: code.to_owned(),
        handles_direct: true,
        address: String::new(),
        phone: String::new(),
        hours: String::new(),
    };
    (bureau.code.clone(), bureau)
}

fn bureaus() -> Bureaus {
    let all = [("1", 1, ""), ("11", 2, "1"), ("111", 3, "11"), ("112", 3, "11"), ("12", 2, "1"), ("121", 3, "12")];
    Bureaus(all.map(|(code, level, parent)| bureau(code, level, parent)).into())
}

fn way(name: &str, origin: Option<u32>) -> TransferWay {
    TransferWay { name: name.to_owned(), origin_working_days: origin, working_days: 10 }
}

fn rules() -> TransferRules {
    let reason = |key: &str, asks_employer: bool, inside: bool| TransferReason {
        key: key.to_owned(),
        title: key.to_owned(),
        asks_employer,
        inside,
        answers: BTreeMap::new(),
    };
    let terms = |from: &str, origin: Option<u32>, inside: bool| TransferTerms {
        from: from.parse().unwrap(),
        within_city: way("city", origin),
        across_cities: way("province", origin),
        inside: inside.then(|| way("inside", None)),
    };
    TransferRules {
        reasons: vec![reason("employed", true, false), reason("unemployed", false, true)],
        terms: vec![terms("2026-01-01", Some(10), false), terms("2026-07-01", None, true)],
    }
}

#[test]
fn the_way_follows_from_the_cities_of_both_bureaus_and_the_terms_of_the_day() {
    let (rules, bureaus) = (rules(), bureaus());
    let way = |on: &str, from: &str, to: &str| {
        let way = rules.way(on.parse().unwrap(), &bureaus, (&from.into(), &to.into()));
        way.map(|way| (way.name.clone(), way.origin_working_days))
    };
    let is = |name: &str, origin: Option<u32>| Some((name.to_owned(), origin));
    assert_eq!(way("2025-12-31", "111", "112"), None);
    assert_eq!(way("2026-06-30", "111", "112"), is("city", Some(10)));
    assert_eq!(way("2026-07-01", "111", "112"), is("city", None));
    assert_eq!(way("2026-06-30", "111", "11"), is("city", Some(10)), "the desk of the city is in the city");
    assert_eq!(way("2026-06-30", "111", "121"), is("province", Some(10)));
    assert_eq!(way("2026-06-30", "111", "1"), is("province", Some(10)));
    assert_eq!(way("2026-06-30", "1", "111"), is("province", Some(10)));
    assert_eq!((way("2026-06-30", "111", "111"), way("2026-07-01", "111", "111")), (None, is("inside", None)));
}

#[test]
fn whoever_stays_with_their_bureau_has_fewer_reasons() {
    let keys = |stays: bool| rules().reasons_for(stays).into_iter().map(|reason| reason.key.clone()).collect::<Vec<_>>();
    assert_eq!((keys(false), keys(true)), (vec!["employed".to_owned(), "unemployed".to_owned()], vec!["unemployed".to_owned()]));
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_an_employer_only_where_it_is_asked() {
    let rules = rules();
    let check = |form: &TransferForm| form.check(&rules.reasons_for(false));
    let empty = check(&TransferForm::default()).unwrap_err();
    assert_eq!((empty.of("reason"), empty.of("agreed")), (Some(&Fault::Missing), Some(&Fault::NotAgreed)));
    let form = TransferForm { reason: "employed".into(), agreed: "yes".into(), ..TransferForm::default() };
    assert_eq!(check(&form).unwrap_err().of("employer_name"), Some(&Fault::Missing));
    let long = TransferForm { employer_name: "长".repeat(61), remark: "长".repeat(201), ..form.clone() };
    let long = check(&long).unwrap_err();
    assert_eq!((long.of("employer_name"), long.of("remark")), (Some(&Fault::TooLong(60)), Some(&Fault::TooLong(200))));
    let named = TransferForm { employer_name: " 长沙另一有限公司 ".into(), remark: " 无 ".into(), ..form.clone() };
    let applied = check(&named).unwrap();
    assert_eq!((applied.employer_name.as_str(), applied.remark.as_str()), ("长沙另一有限公司", "无"));
    let unemployed = TransferForm { reason: "unemployed".into(), ..named };
    assert_eq!(check(&unemployed).unwrap().employer_name, "", "what is not asked is not kept");
    assert_eq!(check(&TransferForm { reason: "other".into(), ..form }).unwrap_err().of("reason"), Some(&Fault::NotInList));
}
