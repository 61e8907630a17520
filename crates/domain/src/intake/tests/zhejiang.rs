//! 浙江省会计管理外网平台信息登记操作指南: every field and every file, when it is asked, required, refused. The guide does not
//! number its sections; the tests name them in their comments.

use super::tables::Stance::{Off, Optional, Required};
use super::tables::{LONG, Situation, as_it_is, fields, files, foreigner, limits, world};
use super::*;
use crate::case::Judged;
use crate::province::{Background, Layout, PledgeAt};

/// A complete registration in 浙江.
fn zhejiang() -> World {
    world(
        "zhejiang",
        &[
            ("person.nationality", "CN"),
            ("person.ethnicity", "01"),
            ("person.political_status", "13"),
            ("employment.status", "yes"),
            ("employment.employer_code", "91350100M000100Y43"),
            ("employment.employer_name", "杭州某某有限公司"),
            ("employment.employer_kind", "government"),
            ("employment.division", "330102"),
            ("employment.address", "解放路 1 号"),
            ("employment.postcode", "310001"),
            ("employment.accounting_started_on", "2017-10-18"),
            ("employment.post", "head"),
            ("employment.duty", "staff"),
            ("education.full_time_level", "bachelor"),
            ("education.full_time_verification_code", "A1B2C3D4E5F6G7H8"),
            ("education.full_time_degree", "bachelor"),
            ("education.full_time_major", "会计学"),
            ("education.full_time_school", "浙江财经大学"),
            ("education.full_time_graduated_on", "2017-06-16"),
            ("education.part_time_level", "bachelor"),
            ("education.part_time_verification_code", "A1B2C3D4E5F6G7H9"),
            ("education.part_time_degree", "bachelor"),
            ("education.part_time_major", "会计学"),
            ("education.part_time_school", "浙江大学"),
            ("education.part_time_graduated_on", "2019-10-24"),
            ("credential.level", "junior"),
            ("credential.category", "accounting"),
            ("credential.method", "exam"),
            ("credential.obtained_on", "2017-10-20"),
            ("credential.certificate_number", "17330001"),
            ("credential.title", "bookkeeper"),
            ("credential.title_appointed_on", "2017-10-21"),
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
    world.set("credential.level", "").set("credential.title", "");
}

fn without_degrees(world: &mut World) {
    world.set("education.full_time_degree", "none").set("education.part_time_level", "college");
}

/// 登记须知 to 专业技术资格
#[test]
fn zhejiang_a_complete_registration_is_accepted_and_its_bureau_follows_from_the_division() {
    let world = zhejiang();
    let application = world.answers.check(&world.cx()).unwrap_or_else(|errors| panic!("{errors:#?}"));
    assert_eq!((application.division.as_str(), application.bureau.as_str()), ("330102", "330102"));
    let order: Vec<_> = world.province.profile.intake.steps.iter().map(|step| step.key).collect();
    assert_eq!(order, [StepKey::Person, StepKey::Employment, StepKey::Education, StepKey::Credential]);
    assert_eq!(world.province.profile.intake.layout, Layout::Side);
}

/// 基本信息
#[test]
fn zhejiang_basic_information_a_resident_id_fills_sex_and_birth_date_and_others_type_them() {
    fields(
        zhejiang,
        StepKey::Person,
        &[as_it_is, foreigner],
        &[
            ("sex", &[Off, Required], "9", Fault::NotInList),
            ("born_on", &[Off, Required], "2026-03-18", Fault::InTheFuture),
            ("nationality", &[Required, Required], "XX", Fault::NotInList),
            ("ethnicity", &[Required, Off], "99", Fault::NotInList),
            ("political_status", &[Required, Off], "99", Fault::NotInList),
            ("remark", &[Optional, Optional], LONG, Fault::TooLong(200)),
        ],
    );
}

/// 申请人员工作单位或居住地
#[test]
fn zhejiang_employer_or_residence_the_place_and_its_postcode_are_asked_of_everybody() {
    fields(
        zhejiang,
        StepKey::Employment,
        &[as_it_is, without_employer],
        &[
            ("status", &[Required, Required], "perhaps", Fault::NotInList),
            ("employer_code", &[Required, Off], "91350100M000100Y44", Fault::CreditCodeCheck),
            ("employer_name", &[Required, Off], LONG, Fault::TooLong(100)),
            ("employer_kind", &[Required, Off], "club", Fault::NotInList),
            ("division", &[Required, Required], "430111", Fault::NotInList),
            ("address", &[Required, Required], LONG, Fault::TooLong(100)),
            ("postcode", &[Required, Required], "31000", Fault::Postcode),
            ("accounting_started_on", &[Required, Off], "2026-03-18", Fault::InTheFuture),
            ("post", &[Required, Off], "gardener", Fault::NotInList),
            ("duty", &[Required, Off], "king", Fault::NotInList),
        ],
    );
}

/// 申请人员工作单位或居住地: 组织机构代码、社会统一信用代码等; 宁波 has a system of its own.
#[test]
fn zhejiang_employer_or_residence_takes_either_code_and_nobody_from_ningbo() {
    let mut world = zhejiang();
    world.set("employment.employer_code", "D2143569-X");
    assert_eq!(world.fault(StepKey::Employment, "employer_code"), None);
    assert!(world.province.profile.intake.employer_directory);
    world.set("employment.division", "330203");
    assert_eq!(world.fault(StepKey::Employment, "division"), Some(Fault::NoBureau));
}

/// 学历学位
#[test]
fn zhejiang_education_full_time_is_required_and_none_is_an_answer() {
    let senior: Situation = |world| {
        world.set("education.full_time_level", "senior").set("education.part_time_level", "none");
    };
    let (text, code) = (Fault::TooLong(60), Fault::TooLong(40));
    fields(
        zhejiang,
        StepKey::Education,
        &[as_it_is, without_education, senior],
        &[
            ("full_time_level", &[Required, Required, Required], "phd", Fault::NotInList),
            ("full_time_verification_code", &[Required, Off, Off], LONG, code.clone()),
            ("full_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("full_time_major", &[Required, Off, Off], LONG, text.clone()),
            ("full_time_school", &[Required, Off, Required], LONG, text.clone()),
            ("full_time_graduated_on", &[Required, Off, Required], "2012-02-30", Fault::NotADateOrMonth),
            ("part_time_level", &[Optional, Optional, Optional], "phd", Fault::NotInList),
            ("part_time_verification_code", &[Required, Off, Off], LONG, code),
            ("part_time_degree", &[Required, Off, Off], "phd", Fault::NotInList),
            ("part_time_major", &[Required, Off, Off], LONG, text.clone()),
            ("part_time_school", &[Required, Off, Off], LONG, text),
            ("part_time_graduated_on", &[Required, Off, Off], "1990-03-06", Fault::TooEarly),
        ],
    );
}

/// 申请人员专业技术资格: 如有则填写最高专业技术资格级别信息，如无则无需填写
#[test]
fn zhejiang_qualification_is_left_empty_without_one_and_complete_with_one() {
    fields(
        zhejiang,
        StepKey::Credential,
        &[as_it_is, without_qualification],
        &[
            ("level", &[Optional, Optional], "none", Fault::NotInList),
            ("category", &[Required, Off], "law", Fault::NotInList),
            ("method", &[Required, Off], "gift", Fault::NotInList),
            ("obtained_on", &[Required, Off], "2026-03-18", Fault::InTheFuture),
            ("certificate_number", &[Required, Off], LONG, Fault::TooLong(40)),
            ("title", &[Optional, Optional], "king", Fault::NotInList),
            ("title_appointed_on", &[Required, Off], "soon", Fault::NotADateOrMonth),
        ],
    );
}

/// 附件上传
#[test]
fn zhejiang_attachments_the_nine_kinds_follow_from_the_answers() {
    files(
        zhejiang,
        &[as_it_is, without_employer, without_education, without_qualification, without_degrees],
        &[
            ("photo", &[Required; 5]),
            ("employer_licence", &[Required, Off, Required, Required, Required]),
            ("first_employment_proof", &[Required, Off, Required, Required, Required]),
            ("employment_proof", &[Required, Off, Required, Required, Required]),
            ("full_time_diploma", &[Required, Required, Off, Required, Required]),
            ("full_time_degree", &[Required, Required, Off, Required, Off]),
            ("part_time_diploma", &[Required, Required, Off, Required, Required]),
            ("part_time_degree", &[Required, Required, Off, Required, Off]),
            ("qualification_proof", &[Required, Required, Required, Off, Required]),
        ],
    );
}

/// 基本信息 温馨提示 2, 附件上传 温馨提示 2
#[test]
fn zhejiang_basic_information_the_photograph_is_jpg_above_60_kb_and_below_3_mb() {
    let world = zhejiang();
    let jpg: &[&str] = &["jpg"];
    let work = ["employer_licence", "first_employment_proof", "employment_proof"];
    let education = ["full_time_diploma", "full_time_degree", "part_time_diploma", "part_time_degree"];
    let mut table = vec![("photo", 3 * 1024 * 1024 - 1, jpg)];
    let rest = work.iter().chain(&education).chain(&["qualification_proof"]);
    table.extend(rest.map(|slot| (*slot, 5 * 1024 * 1024, jpg)));
    limits(&world, &table);
    let line = world.province.profile.intake_line();
    let photo = line.attachment("photo").unwrap().photo.as_ref().unwrap();
    assert_eq!((photo.width, photo.height, photo.min_bytes), (413, 626, 60 * 1024 + 1));
    assert_eq!(photo.backgrounds, [Background::Red, Background::Blue, Background::White]);
    let templates: Vec<_> = line.attachments.iter().filter_map(|rules| rules.template.as_deref()).collect();
    assert_eq!(templates, ["first-work-proof", "work-proof"], "the two with 模板下载");
}

/// 表单信息提交确认, 登记进度
#[test]
fn zhejiang_confirmation_is_ticked_at_the_end_and_the_whole_is_returned() {
    let profile = zhejiang().province.profile;
    let line = profile.intake_line();
    assert_eq!((line.returns, line.may_withdraw, line.pledge_at), (Judged::Whole, false, PledgeAt::End));
    assert_eq!(line.confirm_label, "同意以上资料填写无误");
    let service = profile.account.identity_service.unwrap();
    assert_eq!((service.name.as_str(), service.hotline.as_str()), ("浙江政务服务网", "0571-88808880"));
    assert!(profile.account.password.is_none());
}

/// 申请人员工作单位或居住地: 所属会计管理部门通过居住地所选的行政区划自动生成; 居住地 and 办公场所 are one question.
#[test]
fn zhejiang_the_responsible_bureau_follows_from_the_division_and_the_place_is_called_by_the_answer() {
    let rows = |world: &World| {
        let sections = display(&world.cx(), &world.answers);
        let rows = sections.into_iter().find(|section| section.key == "employment").unwrap().rows;
        move |item: &str| rows.iter().find(|row| row.item == item).map(|row| (row.label.clone(), row.value.clone())).unwrap()
    };
    let mut world = zhejiang();
    let own = ("所属会计管理部门".to_owned(), "杭州市上城区财政局".to_owned());
    assert_eq!(rows(&world)("employment.responsible_bureau"), own);
    assert_eq!(rows(&world)("employment.division").0, "办公场所");
    world.set("employment.status", "no").set("employment.division", "330106").set("employment.responsible_bureau", "430111");
    assert_eq!(rows(&world)("employment.responsible_bureau").1, "杭州市西湖区财政局", "nothing that was posted counts");
    assert_eq!(rows(&world)("employment.division").0, "居住地");
    world.set("employment.status", "");
    assert_eq!(rows(&world)("employment.division").0, "办公场所或者居住地（户籍或学校所在地）");
}

/// 基本信息: 中国(内地), 汉族, 群众 stand there already.
#[test]
fn zhejiang_the_first_page_begins_with_the_answers_of_the_manual() {
    let world = zhejiang();
    let form = StepForm::of(StepKey::Person).at_first(world.province.profile.intake.step(StepKey::Person).unwrap());
    let labels = [("nationality", "country"), ("ethnicity", "ethnicity"), ("political_status", "political_status")];
    let chosen = labels.map(|(field, list)| world.province.lists.label(list, form.get(field).unwrap()).unwrap());
    assert_eq!(chosen, ["中国（内地）", "汉族", "群众"]);
}
