//! Who may change the address and the telephone of a bureau.

use crate::case::{Actor, Power, Refusal, holder};
use crate::id::BureauCode;
use crate::province::{Bureau, Bureaus};

/// The bureaus whose contact a staff member may change: a reviewer the own one, an administrator of the province every one.
///
/// # Errors
/// `SignInAgain` for a visitor, `SecondFactorNeeded` before the one-time code, `NotYours` for everybody else.
pub fn editable_contacts<'a>(actor: &Actor, bureaus: &'a Bureaus) -> Result<Vec<&'a Bureau>, Refusal> {
    if holder(actor, Power::KeepContacts, bureaus).is_ok() {
        return Ok(bureaus.0.values().collect());
    }
    let own = &holder(actor, Power::KeepContact, bureaus)?.bureau;
    bureaus.get(own).map(|own| vec![own]).ok_or(Refusal::NotYours)
}

/// Whether this bureau is among them.
///
/// # Errors
/// As [`editable_contacts`]; `NotYours` for another bureau's.
pub fn may_edit_contact(actor: &Actor, bureau: &BureauCode, bureaus: &Bureaus) -> Result<(), Refusal> {
    let is_among = editable_contacts(actor, bureaus)?.iter().any(|one| one.code == *bureau);
    if is_among { Ok(()) } else { Err(Refusal::NotYours) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::case::{Member, StaffRole};
    use crate::portal::by_city;

    fn bureaus() -> Bureaus {
        let row = |(code, level, parent): (&str, u8, &str)| {
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
        };
        let rows = [("430000", 1, ""), ("430100", 2, "430000"), ("430111", 3, "430100"), ("430200", 2, "430000")];
        Bureaus(rows.into_iter().map(row).collect())
    }

    fn staff(role: StaffRole, bureau: &str, is_second_factor_done: bool) -> Actor {
        let member = Member {
            id: "s".into(),
            name: "李审核".to_owned(),
            province: "hunan".to_owned(),
            bureau: bureau.into(),
            role,
            is_second_factor_done,
        };
        Actor::Staff { member, session: "x".to_owned() }
    }

    #[test]
    fn a_reviewer_changes_the_own_bureau_s_contact_and_an_administrator_of_the_province_everyone_s() {
        use StaffRole::{Administrator, Reviewer};
        let accountant = Actor::Accountant { account: "a".into(), province: "hunan".to_owned(), session: "x".to_owned() };
        for (actor, bureau, expected) in [
            (staff(Reviewer, "430111", true), "430111", Ok(())),
            (staff(Reviewer, "430111", true), "430100", Err(Refusal::NotYours)),
            (staff(Reviewer, "430100", true), "430111", Err(Refusal::NotYours)),
            (staff(Reviewer, "430000", true), "430111", Err(Refusal::NotYours)),
            (staff(Reviewer, "999999", true), "999999", Err(Refusal::NotYours)),
            (staff(Reviewer, "430111", false), "430111", Err(Refusal::SecondFactorNeeded)),
            (staff(Administrator, "430000", true), "430111", Ok(())),
            (staff(Administrator, "430000", true), "999999", Err(Refusal::NotYours)),
            (staff(Administrator, "430100", true), "430100", Err(Refusal::NotYours)),
            (staff(Administrator, "430000", false), "430111", Err(Refusal::SecondFactorNeeded)),
            (accountant, "430111", Err(Refusal::NotYours)),
            (Actor::Visitor { session: "x".to_owned() }, "430111", Err(Refusal::SignInAgain)),
        ] {
            assert_eq!(may_edit_contact(&actor, &bureau.into(), &bureaus()), expected, "{actor:?} {bureau}");
        }
    }

    #[test]
    fn counties_stand_under_their_city_also_where_the_city_itself_is_not_shown() {
        let all = bureaus();
        let groups = by_city(&all, all.0.keys());
        let codes: Vec<_> = groups.iter().map(|(head, codes)| (head.as_str(), codes.join(" "))).collect();
        let expected = [("430000", "430000"), ("430100", "430100 430111"), ("430200", "430200")];
        assert_eq!(codes, expected.map(|(head, codes)| (head, codes.to_owned())));
        assert_eq!(by_city(&all, [&"430111".into()].into_iter()), [("430100".into(), vec!["430111".into()])]);
    }
}
