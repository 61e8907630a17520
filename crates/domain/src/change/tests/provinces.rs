//! 湖南, 辽宁 and 浙江: whether each question may be changed, whether the bureau reviews that, and by what proof.

use super::*;

/// Of 湖南 what its rows need.
fn hunan() -> World {
    world(
        "hunan",
        &[
            ("education.full_time_level", "college"),
            ("qualification.rows.0.category", "accounting"),
            ("qualification.rows.0.level", "intermediate"),
            ("employment.status", "employed_accounting"),
            ("employment.division", "430111"),
        ],
    )
}

fn liaoning() -> World {
    world(
        "liaoning",
        &[
            ("education.full_time_level", "bachelor"),
            ("education.part_time_level", "bachelor"),
            ("credential.level", "intermediate"),
            ("employment.status", "yes"),
            ("employment.division", "210102"),
            ("employment.bureau", "210102"),
        ],
    )
}

fn zhejiang() -> World {
    world(
        "zhejiang",
        &[
            ("education.full_time_level", "bachelor"),
            ("education.full_time_degree", "bachelor"),
            ("education.part_time_level", "bachelor"),
            ("education.part_time_degree", "bachelor"),
            ("credential.level", "junior"),
            ("employment.status", "yes"),
            ("employment.division", "330102"),
        ],
    )
}

#[test]
fn hunan_says_of_every_question_whether_it_may_be_changed_and_by_what_proof() {
    let expected = [
        "person.name: reviewed id_front+name_proof",
        "person.sex: never",
        "person.born_on: never",
        "person.nationality: reviewed id_back",
        "person.ethnicity: reviewed id_front",
        "person.political_status: reviewed",
        "person.residence_division: at once",
        "person.residence_address: at once",
        "person.postcode: at once",
        "person.email: at once",
        "person.telephone: at once",
        "education.full_time_level: reviewed full_time_diploma",
        "education.full_time_degree: reviewed full_time_diploma",
        "education.full_time_school: reviewed full_time_diploma",
        "education.full_time_major: reviewed full_time_diploma",
        "education.full_time_graduated_on: reviewed full_time_diploma",
        "education.full_time_certificate_number: reviewed full_time_diploma",
        "education.part_time_level: reviewed part_time_diploma",
        // Asked, and proven, once there is a level.
        "education.part_time_degree: reviewed",
        "education.part_time_school: reviewed",
        "education.part_time_major: reviewed",
        "education.part_time_graduated_on: reviewed",
        "education.part_time_certificate_number: reviewed",
        "qualification.category: reviewed qualification_proof",
        "qualification.level: reviewed qualification_proof",
        "qualification.method: reviewed qualification_proof",
        "qualification.obtained_on: reviewed qualification_proof",
        "qualification.certificate_number: reviewed qualification_proof",
        "employment.status: reviewed employment_proof",
        "employment.division: reviewed employment_proof",
        "employment.accounting_started_on: reviewed employment_proof",
        "employment.employer_name: reviewed employment_proof",
        "employment.credit_code: reviewed employment_proof",
        "employment.employer_kind: reviewed employment_proof",
        "employment.employer_address: reviewed employment_proof",
        "employment.employer_phone: reviewed employment_proof",
        "employment.joined_on: reviewed employment_proof",
        "employment.post: reviewed employment_proof",
        "employment.duty: reviewed employment_proof",
        "employment.title: reviewed employment_proof",
        "employment.title_appointed_on: reviewed employment_proof",
    ];
    assert_eq!(hunan().table(), expected);
}

#[test]
fn liaoning_says_of_every_question_whether_it_may_be_changed_and_by_what_proof() {
    let expected = [
        "person.name: reviewed id_front+name_proof",
        "person.mobile: at once",
        "person.sex: never",
        "person.born_on: never",
        "person.nationality: reviewed id_back",
        "person.ethnicity: reviewed id_front",
        "person.political_status: reviewed",
        "person.email: at once",
        "employment.status: reviewed employment_proof+residence_proof",
        "employment.employer_code: reviewed business_licence",
        "employment.employer_name: reviewed business_licence",
        "employment.division: reviewed business_licence",
        "employment.address: reviewed business_licence",
        "employment.bureau: reviewed business_licence",
        "employment.employer_kind: reviewed business_licence",
        "employment.post: reviewed employment_proof",
        "employment.duty: reviewed employment_proof",
        "employment.employer_phone: reviewed business_licence",
        "employment.joined_on: reviewed employment_proof",
        "employment.accounting_started_on: reviewed employment_proof",
        "education.full_time_level: reviewed full_time_diploma",
        "education.full_time_degree: reviewed full_time_diploma",
        "education.full_time_major: reviewed full_time_diploma",
        "education.full_time_school: reviewed full_time_diploma",
        "education.full_time_graduated_on: reviewed full_time_diploma",
        "education.full_time_certificate_number: reviewed full_time_diploma",
        "education.part_time_level: reviewed part_time_diploma",
        "education.part_time_degree: reviewed part_time_diploma",
        "education.part_time_major: reviewed part_time_diploma",
        "education.part_time_school: reviewed part_time_diploma",
        "education.part_time_graduated_on: reviewed part_time_diploma",
        "education.part_time_certificate_number: reviewed part_time_diploma",
        "credential.level: reviewed qualification_proof",
        "credential.category: reviewed qualification_proof",
        "credential.method: reviewed qualification_proof",
        "credential.obtained_on: reviewed qualification_proof",
        "credential.certificate_number: reviewed qualification_proof",
        "credential.title: reviewed employment_proof",
        "credential.title_appointed_on: reviewed employment_proof",
        "credential.abacus_level: reviewed",
        "credential.abacus_number: reviewed",
        "credential.cpa: reviewed",
        "credential.tax_agent: reviewed",
        "credential.appraiser: reviewed",
    ];
    assert_eq!(liaoning().table(), expected);
}

/// 姓名 and 证件 are those of 浙江政务服务网, and no questions.
#[test]
fn zhejiang_says_of_every_question_whether_it_may_be_changed_and_by_what_proof() {
    let expected = [
        "person.sex: never",
        "person.born_on: never",
        "person.nationality: reviewed",
        "person.ethnicity: reviewed",
        "person.political_status: reviewed",
        "person.remark: reviewed",
        "employment.status: reviewed employment_proof+residence_proof",
        "employment.employer_code: reviewed employer_licence",
        "employment.employer_name: reviewed employer_licence",
        "employment.employer_kind: reviewed employer_licence",
        "employment.division: reviewed employer_licence",
        "employment.address: reviewed employer_licence",
        "employment.postcode: reviewed",
        "employment.responsible_bureau: never",
        "employment.accounting_started_on: reviewed first_employment_proof",
        "employment.post: reviewed employment_proof",
        "employment.duty: reviewed employment_proof",
        "education.full_time_level: reviewed full_time_diploma",
        "education.full_time_verification_code: reviewed full_time_diploma",
        "education.full_time_degree: reviewed full_time_degree",
        "education.full_time_major: reviewed full_time_diploma",
        "education.full_time_school: reviewed full_time_diploma",
        "education.full_time_graduated_on: reviewed full_time_diploma",
        "education.part_time_level: reviewed part_time_diploma",
        "education.part_time_verification_code: reviewed part_time_diploma",
        "education.part_time_degree: reviewed part_time_degree",
        "education.part_time_major: reviewed part_time_diploma",
        "education.part_time_school: reviewed part_time_diploma",
        "education.part_time_graduated_on: reviewed part_time_diploma",
        "credential.level: reviewed qualification_proof",
        "credential.category: reviewed qualification_proof",
        "credential.method: reviewed qualification_proof",
        "credential.obtained_on: reviewed qualification_proof",
        "credential.certificate_number: reviewed qualification_proof",
        "credential.title: reviewed employment_proof",
        "credential.title_appointed_on: reviewed employment_proof",
    ];
    assert_eq!(zhejiang().table(), expected);
}

#[test]
fn nobody_goes_to_another_bureau_without_a_proof_with_an_employer_or_without() {
    for (mut world, without) in [(hubei(), "no"), (hunan(), "unemployed"), (liaoning(), "no"), (zhejiang(), "no")] {
        for status in [None, Some(without)] {
            if let Some(status) = status {
                world.set("employment.status", status);
            }
            let asked = world.rules().asks_for(world.slots(), "employment.division", &world.cx());
            assert!(asked.iter().any(|slot| slot.required), "{} {status:?}", world.province.profile.key);
        }
    }
}

#[test]
fn whoever_chooses_a_bureau_goes_to_the_one_that_is_chosen() {
    let before = liaoning();
    let mut after = liaoning();
    let to = |after: &World| moves_to(&after.cx(), &before.answers, &after.answers).map(|bureau| bureau.code.to_string());
    after.set("employment.bureau", "210100");
    assert_eq!(to(&after).as_deref(), Some("210100"), "the desk of the city has the same district");
    after.set("employment.division", "210103");
    after.set("employment.bureau", "210103");
    assert_eq!(to(&after).as_deref(), Some("210103"));
    let desk = after.province.bureaus.get(&"210104".into()).unwrap();
    let placed = lead_to(&after.cx(), &after.answers, desk);
    assert_eq!((placed.get("employment.division"), placed.get("employment.bureau")), (Some("210104"), Some("210104")));
}

#[test]
fn every_province_has_a_way_to_another_bureau_of_its_city_and_of_another_one() {
    for (world, from, near, far) in [
        (hubei(), "420102", "420103", "420200"),
        (hunan(), "430111", "430102", "430200"),
        (liaoning(), "210102", "210103", "210300"),
        (zhejiang(), "330102", "330106", "330300"),
    ] {
        let (rules, bureaus) = (world.province.profile.transfer.as_ref().unwrap(), &world.province.bureaus);
        let way = |to: &str| rules.way("2026-03-17".parse().unwrap(), bureaus, (&from.into(), &to.into())).cloned();
        let (near, far) = (way(near).unwrap(), way(far).unwrap());
        assert!(near.name == "市内调转" && far.name.starts_with("省内跨市"), "{from}: {near:?} {far:?}");
    }
}
