//! 湖北省会计人员管理系统 用户手册: every field and every file, when it is asked, required, refused.

use super::tables::Stance::{Off, Optional, Required};
use super::tables::{LONG, Situation, as_it_is, fields, files, foreigner, limits, world};
use super::*;
use crate::case::Judged;
use crate::province::{Background, PledgeAt};

/// A complete application in 湖北.
fn hubei() -> World {
    world(
        "hubei",
        &[
            ("person.nationality", "CN"),
            ("person.ethnicity", "01"),
            ("person.political_status", "13"),
            ("education.full_time_level", "bachelor"),
            ("education.full_time_degree", "bachelor"),
            ("education.full_time_school", "湖北经济学院"),
            ("education.full_time_major", "会计学"),
            ("education.full_time_graduated_on", "2012-06-30"),
            ("education.part_time_level", "bachelor"),
            ("education.part_time_degree", "none"),
            ("education.part_time_school", "武汉大学"),
            ("education.part_time_major", "财务管理"),
            ("education.part_time_graduated_on", "2018-12-30"),
            ("credential.level", "intermediate"),
            ("credential.category", "accounting"),
            ("credential.method", "exam"),
            ("credential.obtained_on", "2019-09-18"),
            ("credential.certificate_number", "19420001"),
            ("credential.duty", "staff"),
            ("credential.abacus_level", "common_3"),
            ("employment.status", "yes"),
            ("employment.division", "420102"),
            ("employment.employer_name", "武汉某某有限公司"),
            ("employment.credit_code", "91350100M000100Y43"),
            ("employment.employer_kind", "unlisted_private"),
            ("employment.employer_address", "中山大道 1 号"),
            ("employment.employer_phone", "027-80000000"),
            ("employment.joined_on", "2015-03-16"),
            ("employment.post", "cashier"),
            ("employment.accounting_started_on", "2012-07-16"),
        ],
    )
}

fn without_education(world: &mut World) {
    world.set("education.full_time_level", "none").set("education.part_time_level", "none");
}

fn senior_school_only(world: &mut World) {
    world.set("education.full_time_level", "senior").set("education.part_time_level", "");
}

fn with_nothing(world: &mut World) {
    world.set("credential.level", "none").set("credential.duty", "none").set("credential.abacus_level", "none");
}

fn licensed(world: &mut World) {
    for licence in ["cpa", "tax_agent", "appraiser"] {
        world.set(&format!("credential.{licence}"), "yes").set(&format!("credential.{licence}_number"), "420000010001");
    }
}

fn off_duty(world: &mut World) {
    world.set("employment.status", "no").set("employment.off_post_status", "student");
}

#[test]
fn hubei_4_a_complete_application_is_accepted_and_finds_its_bureau() {
    let world = hubei();
    let application = world.answers.check(&world.cx()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((application.division.as_str(), application.bureau.as_str()), ("420102", "420102"));
    let order: Vec<_> = world.province.profile.intake.steps.iter().map(|step| step.key).collect();
    assert_eq!(order, [StepKey::Person, StepKey::Education, StepKey::Credential, StepKey::Employment]);
}

#[test]
fn hubei_4_3_the_document_answers_and_a_passport_has_sex_and_birth_date_typed() {
    fields(
        hubei,
        StepKey::Person,
        &[as_it_is, foreigner],
        &[
            ("name", &[Optional, Optional], "张 3", Fault::Character('3')),
            ("sex", &[Off, Required], "9", Fault::NotInList),
            ("born_on", &[Off, Required], "2026-03-18", Fault::InTheFuture),
            ("nationality", &[Required, Required], "XX", Fault::NotInList),
            ("ethnicity", &[Required, Off], "99", Fault::NotInList),
            ("political_status", &[Required, Off], "99", Fault::NotInList),
            ("residence_address", &[Optional, Optional], LONG, Fault::TooLong(100)),
            ("email", &[Optional, Optional], "nobody", Fault::Email),
            ("telephone", &[Optional, Optional], "12", Fault::Telephone),
        ],
    );
}

#[test]
fn hubei_4_4_without_education_is_an_answer_and_nothing_more_is_asked() {
    let situations: &[Situation] = &[as_it_is, without_education, senior_school_only];
    let school = Fault::TooLong(60);
    let number = Fault::TooLong(40);
    fields(
        hubei,
        StepKey::Education,
        situations,
        &[
            ("full_time_level", &[Required, Required, Required], "phd", Fault::NotInList),
            ("full_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("full_time_school", &[Required, Off, Required], LONG, school.clone()),
            ("full_time_major", &[Required, Off, Off], LONG, school.clone()),
            ("full_time_graduated_on", &[Required, Off, Required], "2012-02-30", Fault::NotADateOrMonth),
            ("full_time_certificate_number", &[Optional, Off, Off], LONG, number.clone()),
            ("part_time_level", &[Optional, Optional, Optional], "phd", Fault::NotInList),
            ("part_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("part_time_school", &[Required, Off, Off], LONG, school.clone()),
            ("part_time_major", &[Required, Off, Off], LONG, school),
            ("part_time_graduated_on", &[Required, Off, Off], "1990-03-06", Fault::TooEarly),
            ("part_time_certificate_number", &[Optional, Off, Off], LONG, number),
        ],
    );
}

#[test]
fn hubei_4_5_where_there_is_nothing_none_is_chosen() {
    fields(
        hubei,
        StepKey::Credential,
        &[as_it_is, with_nothing, licensed],
        &[
            ("level", &[Required, Required, Required], "expert", Fault::NotInList),
            ("category", &[Required, Off, Required], "law", Fault::NotInList),
            ("method", &[Required, Off, Required], "gift", Fault::NotInList),
            ("obtained_on", &[Required, Off, Required], "2026-03-18", Fault::InTheFuture),
            ("certificate_number", &[Required, Off, Required], LONG, Fault::TooLong(40)),
            ("duty", &[Required, Required, Required], "king", Fault::NotInList),
            ("abacus_level", &[Required, Required, Required], "grand", Fault::NotInList),
            ("cpa", &[Optional, Optional, Optional], "perhaps", Fault::NotInList),
            ("cpa_number", &[Off, Off, Required], LONG, Fault::TooLong(40)),
            ("tax_agent", &[Optional, Optional, Optional], "perhaps", Fault::NotInList),
            ("tax_agent_number", &[Off, Off, Required], LONG, Fault::TooLong(40)),
            ("appraiser", &[Optional, Optional, Optional], "perhaps", Fault::NotInList),
            ("appraiser_number", &[Off, Off, Required], LONG, Fault::TooLong(40)),
        ],
    );
}

#[test]
fn hubei_4_6_on_duty_all_of_the_work_is_required_and_off_duty_none_of_it_is_asked() {
    fields(
        hubei,
        StepKey::Employment,
        &[as_it_is, off_duty],
        &[
            ("status", &[Required, Required], "perhaps", Fault::NotInList),
            ("off_post_status", &[Off, Required], "asleep", Fault::NotInList),
            ("division", &[Required, Required], "430111", Fault::NotInList),
            ("employer_name", &[Required, Off], LONG, Fault::TooLong(100)),
            ("credit_code", &[Required, Off], "91350100M000100Y44", Fault::CreditCodeCheck),
            ("employer_kind", &[Required, Off], "club", Fault::NotInList),
            ("employer_address", &[Required, Off], LONG, Fault::TooLong(100)),
            ("employer_phone", &[Required, Off], "12", Fault::Telephone),
            ("joined_on", &[Required, Off], "soon", Fault::NotADate),
            ("post", &[Required, Off], "gardener", Fault::NotInList),
            ("accounting_started_on", &[Required, Off], "2026-03-18", Fault::InTheFuture),
        ],
    );
}

#[test]
fn hubei_4_6_a_county_under_the_province_has_its_own_bureau() {
    let mut world = hubei();
    world.set("employment.division", "429004");
    assert_eq!(world.answers.check(&world.cx()).unwrap().bureau, "429004");
    assert_eq!(world.province.bureaus.parent(&"429004".into()).unwrap().code, "420000");
    assert_eq!(world.province.divisions.path_label("429004"), "湖北省仙桃市");
}

#[test]
fn hubei_4_7_the_boxes_follow_from_the_answers() {
    files(
        hubei,
        &[as_it_is, without_education, with_nothing, off_duty, licensed],
        &[
            ("photo", &[Required; 5]),
            ("id_front", &[Required; 5]),
            ("id_back", &[Required; 5]),
            ("full_time_diploma", &[Required, Off, Required, Required, Required]),
            ("part_time_diploma", &[Required, Off, Required, Required, Required]),
            ("qualification_proof", &[Required, Required, Off, Required, Required]),
            ("abacus_proof", &[Required, Required, Off, Required, Required]),
            ("cpa_proof", &[Off, Off, Off, Off, Required]),
            ("tax_agent_proof", &[Off, Off, Off, Off, Required]),
            ("appraiser_proof", &[Off, Off, Off, Off, Required]),
            ("employment_proof", &[Required, Required, Required, Off, Required]),
            ("residence_proof", &[Off, Off, Off, Required, Off]),
        ],
    );
}

#[test]
fn hubei_4_3_the_photograph_has_at_most_20_kb_and_no_white_border() {
    let world = hubei();
    const MB: u32 = 1024 * 1024;
    let both: &[&str] = &["jpg", "png"];
    let proofs = ["id_front", "id_back", "full_time_diploma", "part_time_diploma", "qualification_proof", "abacus_proof"];
    let mut table = vec![("photo", 20 * 1024, both)];
    let licences = ["cpa_proof", "tax_agent_proof", "appraiser_proof"];
    table
        .extend(proofs.iter().chain(&licences).chain(&["employment_proof", "residence_proof"]).map(|slot| (*slot, 5 * MB, both)));
    limits(&world, &table);
    let photo = world.province.profile.intake_line().attachment("photo").unwrap().photo.as_ref().unwrap();
    assert_eq!((photo.width, photo.height, photo.min_bytes, photo.no_white_border), (295, 413, 0, true));
    assert_eq!(photo.backgrounds, [Background::Red, Background::Blue, Background::White]);
}

#[test]
fn hubei_4_10_the_whole_is_returned_and_nothing_is_taken_back() {
    let profile = hubei().province.profile;
    let line = profile.intake_line();
    assert_eq!((line.returns, line.may_withdraw, line.pledge_at), (Judged::Whole, false, PledgeAt::End));
    let menu: Vec<_> = profile.intake.after_approval.iter().map(|item| item.title.as_str()).collect();
    // 调转 is in no menu of the manual, and so stands last.
    assert_eq!(menu, ["信息变更", "信息查询", "继续教育", "诚信录入", "调转"], "手册 3 导航页");
}

#[test]
fn hubei_9_a_change_of_the_telephone_takes_five_working_days() {
    let profile = hubei().province.profile;
    assert_eq!(profile.phone_change_days(), Some(5));
    assert!(profile.account.password.is_none(), "手册 1.2 logs in without a password");
}
