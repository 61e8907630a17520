//! What an annulment asks for, and what its person says.

use super::forms::{AnnulmentForm, StatementForm};
use super::{Annulment, Ground};
use crate::fault::Fault;

fn form() -> AnnulmentForm {
    AnnulmentForm {
        of: "43202611150000019".into(),
        ground: "proof".into(),
        facts: "学历证书经发证学校核实不存在。".into(),
        request_key: "k".into(),
        ..AnnulmentForm::default()
    }
}

#[test]
fn an_annulment_names_an_application_what_is_false_and_by_what_that_was_found() {
    let number = crate::case::case_number("430000", crate::date::parse_date("2026-11-15").unwrap(), 1);
    let form = AnnulmentForm { of: format!(" {number} "), ..form() };
    let (of, annulment) = form.check().unwrap();
    assert!(of.is_none(), "whom it is about follows from the application");
    assert_eq!(annulment, Annulment { of: number, ground: Ground::Proof, facts: "学历证书经发证学校核实不存在。".into() });
    type Spoil = fn(&mut AnnulmentForm);
    let table: [(&str, Fault, Spoil); 5] = [
        ("of", Fault::NotInList, |form| form.of = "12".into()),
        ("ground", Fault::NotInList, |form| form.ground = "other".into()),
        ("facts", Fault::Missing, |form| form.facts = " ".into()),
        ("facts", Fault::TooShort(10), |form| form.facts = "不实".into()),
        ("facts", Fault::TooLong(500), |form| form.facts = "长".repeat(501)),
    ];
    for (field, fault, spoil) in table {
        let mut form = form.clone();
        spoil(&mut form);
        assert_eq!(form.check().unwrap_err().of(field), Some(&fault), "{field}");
    }
}

#[test]
fn a_statement_has_words() {
    let said = |said: &str| StatementForm { said: said.into(), ..StatementForm::default() }.check();
    assert_eq!(said("证书是真的，请向学校核实。").unwrap(), "证书是真的，请向学校核实。");
    assert_eq!(said("").unwrap_err().of("said"), Some(&Fault::Missing));
    assert_eq!(said(&"长".repeat(1001)).unwrap_err().of("said"), Some(&Fault::TooLong(1000)));
}
