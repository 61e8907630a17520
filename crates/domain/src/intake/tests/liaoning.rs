//! 辽宁省会计人员信息采集操作指南: every field and every file, when it is asked, required, refused.

use super::tables::Stance::{Off, Optional, Required};
use super::tables::{LONG, Situation, as_it_is, fields, files, foreigner, limits, world};
use super::*;
use crate::case::Judged;
use crate::province::PledgeAt;

/// A complete application in 辽宁.
fn liaoning() -> World {
    world(
        "liaoning",
        &[
            ("person.name", "张三"),
            ("person.mobile", "13800000000"),
            ("person.nationality", "CN"),
            ("person.ethnicity", "01"),
            ("person.political_status", "13"),
            ("person.email", "zhangsan@example.com"),
            ("employment.status", "yes"),
            ("employment.employer_code", "91350100M000100Y43"),
            ("employment.employer_name", "沈阳某某有限公司"),
            ("employment.division", "210102"),
            ("employment.address", "十一纬路 1 号"),
            ("employment.bureau", "210102"),
            ("employment.employer_kind", "unlisted_private"),
            ("employment.post", "cashier"),
            ("employment.duty", "staff"),
            ("employment.employer_phone", "024-80000000"),
            ("employment.joined_on", "2015-03-16"),
            ("employment.accounting_started_on", "2012-07-16"),
            ("education.full_time_level", "bachelor"),
            ("education.full_time_degree", "bachelor"),
            ("education.full_time_major", "会计学"),
            ("education.full_time_school", "东北财经大学"),
            ("education.full_time_graduated_on", "2012-06-30"),
            ("education.full_time_certificate_number", "101731201205001234"),
            ("education.part_time_level", "bachelor"),
            ("education.part_time_degree", "none"),
            ("education.part_time_major", "财务管理"),
            ("education.part_time_school", "辽宁大学"),
            ("education.part_time_graduated_on", "2018-12-30"),
            ("education.part_time_certificate_number", "无"),
            ("credential.level", "intermediate"),
            ("credential.category", "accounting"),
            ("credential.method", "exam"),
            ("credential.obtained_on", "2019-09-18"),
            ("credential.certificate_number", "19210001"),
            ("credential.title", "accountant"),
            ("credential.title_appointed_on", "2019-12-20"),
            ("credential.abacus_level", "common_3"),
            ("credential.abacus_number", "0000123"),
            ("credential.cpa", "no"),
            ("credential.tax_agent", "no"),
            ("credential.appraiser", "no"),
        ],
    )
}

fn without_employer(world: &mut World) {
    world.set("employment.status", "no");
}

fn without_education(world: &mut World) {
    world.set("education.full_time_level", "none").set("education.part_time_level", "");
}

fn without_qualification(world: &mut World) {
    world.set("credential.level", "none");
}

fn without_title(world: &mut World) {
    world.set("credential.title", "none");
}

fn without_abacus(world: &mut World) {
    world.set("credential.abacus_level", "none");
}

#[test]
fn liaoning_a_complete_application_is_accepted_and_goes_to_the_chosen_bureau() {
    let world = liaoning();
    let application = world.answers.check(&world.cx()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((application.division.as_str(), application.bureau.as_str()), ("210102", "210102"));
    let order: Vec<_> = world.province.profile.intake.steps.iter().map(|step| step.key).collect();
    assert_eq!(order, [StepKey::Person, StepKey::Employment, StepKey::Education, StepKey::Credential]);
}

#[test]
fn liaoning_6_name_and_mobile_may_be_corrected_and_every_field_is_required() {
    fields(
        liaoning,
        StepKey::Person,
        &[as_it_is, foreigner],
        &[
            ("name", &[Required, Required], "张 3", Fault::Character('3')),
            ("mobile", &[Required, Required], "123", Fault::Mobile),
            ("sex", &[Off, Required], "9", Fault::NotInList),
            ("born_on", &[Off, Required], "2026-03-18", Fault::InTheFuture),
            ("nationality", &[Required, Required], "XX", Fault::NotInList),
            ("ethnicity", &[Required, Off], "99", Fault::NotInList),
            ("political_status", &[Required, Off], "99", Fault::NotInList),
            ("email", &[Required, Required], "nobody", Fault::Email),
        ],
    );
}

#[test]
fn liaoning_7_an_employer_switches_the_fields_and_the_address_is_asked_of_everybody() {
    fields(
        liaoning,
        StepKey::Employment,
        &[as_it_is, without_employer],
        &[
            ("status", &[Required, Required], "perhaps", Fault::NotInList),
            ("employer_code", &[Required, Off], "91350100M000100Y44", Fault::CreditCodeCheck),
            ("employer_name", &[Required, Off], LONG, Fault::TooLong(100)),
            ("division", &[Required, Required], "430111", Fault::NotInList),
            ("address", &[Required, Required], LONG, Fault::TooLong(100)),
            ("bureau", &[Required, Required], "210300", Fault::NotInList),
            ("employer_kind", &[Required, Off], "club", Fault::NotInList),
            ("post", &[Required, Off], "gardener", Fault::NotInList),
            ("duty", &[Required, Off], "king", Fault::NotInList),
            ("employer_phone", &[Required, Off], "12", Fault::Telephone),
            ("joined_on", &[Required, Off], "soon", Fault::NotADate),
            ("accounting_started_on", &[Required, Optional], "2026-03-18", Fault::InTheFuture),
        ],
    );
}

#[test]
fn liaoning_7_the_person_chooses_among_the_bureaus_that_match_the_address() {
    let mut world = liaoning();
    let offered: Vec<_> = world.province.bureaus.matching("210102").iter().map(|bureau| bureau.code.as_str()).collect();
    assert_eq!(offered, ["210102", "210100"]);
    world.set("employment.bureau", "210100");
    assert_eq!(world.answers.check(&world.cx()).unwrap().bureau, "210100");
    world.set("employment.division", "210103");
    assert_eq!(world.answers.check(&world.cx()).unwrap().bureau, "210100", "the desk of the city fits every district");
    world.set("employment.bureau", "210102");
    assert_eq!(world.fault(StepKey::Employment, "bureau"), Some(Fault::NotInList), "another district does not");
}

#[test]
fn liaoning_7_dalian_is_not_served_here() {
    let mut world = liaoning();
    world.set("employment.division", "210202");
    assert_eq!(world.fault(StepKey::Employment, "division"), Some(Fault::NoBureau));
}

#[test]
fn liaoning_7_the_older_organisation_code_is_a_number_of_an_employer_too() {
    let mut world = liaoning();
    world.set("employment.employer_code", "12345678-8");
    assert_eq!(world.fault(StepKey::Employment, "employer_code"), None);
    world.set("employment.employer_code", "12345678-7");
    assert!(world.fault(StepKey::Employment, "employer_code").is_some());
}

#[test]
fn liaoning_8_full_time_education_is_answered_and_part_time_education_completed_once_given() {
    let senior: Situation = |world| {
        world.set("education.full_time_level", "senior").set("education.part_time_level", "none");
    };
    let (text, number) = (Fault::TooLong(60), Fault::TooLong(40));
    fields(
        liaoning,
        StepKey::Education,
        &[as_it_is, without_education, senior],
        &[
            ("full_time_level", &[Required, Required, Required], "phd", Fault::NotInList),
            ("full_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("full_time_major", &[Required, Off, Off], LONG, text.clone()),
            ("full_time_school", &[Required, Off, Required], LONG, text.clone()),
            ("full_time_graduated_on", &[Required, Off, Required], "2012-02-30", Fault::NotADateOrMonth),
            ("full_time_certificate_number", &[Required, Off, Off], LONG, number.clone()),
            ("part_time_level", &[Optional, Optional, Optional], "phd", Fault::NotInList),
            ("part_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("part_time_major", &[Required, Off, Off], LONG, text.clone()),
            ("part_time_school", &[Required, Off, Off], LONG, text),
            ("part_time_graduated_on", &[Required, Off, Off], "1990-03-06", Fault::TooEarly),
            ("part_time_certificate_number", &[Required, Off, Off], LONG, number),
        ],
    );
}

/// 专业技术资格为“无” switches four fields off, 会计技术职务 and 珠算等级 one each.
#[test]
fn liaoning_9_none_switches_the_dependent_fields_off() {
    fields(
        liaoning,
        StepKey::Credential,
        &[as_it_is, without_qualification, without_title, without_abacus],
        &[
            ("level", &[Required; 4], "expert", Fault::NotInList),
            ("category", &[Required, Off, Required, Required], "law", Fault::NotInList),
            ("method", &[Required, Off, Required, Required], "gift", Fault::NotInList),
            ("obtained_on", &[Required, Off, Required, Required], "2026-03-18", Fault::InTheFuture),
            ("certificate_number", &[Required, Off, Required, Required], LONG, Fault::TooLong(40)),
            ("title", &[Required; 4], "king", Fault::NotInList),
            ("title_appointed_on", &[Required, Required, Off, Required], "soon", Fault::NotADateOrMonth),
            ("abacus_level", &[Required; 4], "grand", Fault::NotInList),
            ("abacus_number", &[Required, Required, Required, Off], LONG, Fault::TooLong(40)),
            ("cpa", &[Required; 4], "perhaps", Fault::NotInList),
            ("tax_agent", &[Required; 4], "perhaps", Fault::NotInList),
            ("appraiser", &[Required; 4], "perhaps", Fault::NotInList),
        ],
    );
}

#[test]
fn liaoning_10_the_eight_attachments_follow_from_the_answers() {
    files(
        liaoning,
        &[as_it_is, without_education, without_employer, without_qualification],
        &[
            ("photo", &[Required; 4]),
            ("id_front", &[Required; 4]),
            ("id_back", &[Required; 4]),
            ("signed_form", &[Required; 4]),
            ("full_time_diploma", &[Required, Off, Required, Required]),
            ("part_time_diploma", &[Required, Off, Required, Required]),
            ("employment_proof", &[Required, Required, Off, Required]),
            ("business_licence", &[Required, Required, Off, Required]),
            ("qualification_proof", &[Required, Required, Required, Off]),
        ],
    );
}

#[test]
fn liaoning_10_attachments_are_smaller_than_5_mb_and_the_photograph_has_at_most_100_kb() {
    let world = liaoning();
    let both: &[&str] = &["jpg", "png"];
    let slots = ["id_front", "id_back", "signed_form", "full_time_diploma", "part_time_diploma", "employment_proof"];
    let mut table = vec![("photo", 100 * 1024, both)];
    let rest = slots.iter().chain(&["business_licence", "qualification_proof"]);
    table.extend(rest.map(|slot| (*slot, 5 * 1024 * 1024 - 1, both)));
    limits(&world, &table);
    let line = world.province.profile.intake_line();
    let photo = line.attachment("photo").unwrap().photo.as_ref().unwrap();
    assert_eq!((photo.width, photo.height, photo.backgrounds.len()), (295, 413, 0), "手册 6: one inch, any background");
    let printed: Vec<_> = line.attachments.iter().filter(|rules| rules.prints).map(|rules| rules.slot.as_str()).collect();
    assert_eq!(printed, ["signed_form"]);
}

#[test]
fn liaoning_10_and_11_the_promise_is_made_at_the_end_and_the_whole_is_returned() {
    let profile = liaoning().province.profile;
    let line = profile.intake_line();
    assert_eq!((line.returns, line.may_withdraw, line.pledge_at), (Judged::Whole, false, PledgeAt::End));
    assert_eq!(line.pledge_title, "关于本人信息真实准确承诺函");
    assert_eq!(line.confirm_label, "已阅读并同意《关于本人信息真实准确承诺函》");
    assert_eq!((line.review_working_days, profile.intake.record_name.as_str()), (10, "人员档案"));
}

#[test]
fn liaoning_12_the_four_bureaus_of_shenyang_have_address_and_telephone() {
    let world = liaoning();
    let row = |code: &str| {
        let bureau = world.province.bureaus.get(&code.into()).unwrap();
        (bureau.address.clone(), bureau.phone.clone())
    };
    for (code, street, phone) in [
        ("210100", "沈河区北一经街78号", "024-22704418"),
        ("210102", "和平区十一纬路76号", "024-22861002"),
        ("210103", "沈河区盛京路25号", "024-24843631"),
        ("210104", "大东区津桥路20号", "024-88539860"),
    ] {
        assert_eq!(row(code), (format!("沈阳市{street}"), phone.to_owned()));
    }
}
