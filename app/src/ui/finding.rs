//! What the automatic checks found, in words for both sides.

use domain::case::{Check, CheckRule, Level};
use domain::identity::Sex;

/// What a rule found, with what went into it. `employer_kind` is 单位类型 in words.
pub fn finding(check: &Check, employer_kind: &str) -> String {
    let value =
        |name: &str| check.inputs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str()).unwrap_or_default();
    let sex = |name: &str| Sex::from_code(value(name)).map(Sex::label).unwrap_or_default();
    let cases = || check.inputs.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>().join("、");
    match (check.rule, check.level) {
        (CheckRule::IdentityCheckDigit, Level::Fine) => "身份证号码的校验码正确。".into(),
        (CheckRule::IdentityCheckDigit, Level::Look | Level::Wrong) => {
            format!("身份证号码的校验码不正确（最后一位是 {}），请对照证件核对。", value("last"))
        }
        (CheckRule::IdentityBirth, Level::Fine) => format!("出生日期与证件号码一致（{}）。", value("number")),
        (CheckRule::IdentityBirth, Level::Look | Level::Wrong) => {
            format!("出生日期与证件号码不一致：号码中是 {}，填写的是 {}。", value("number"), value("stated"))
        }
        (CheckRule::IdentitySex, Level::Fine) => format!("性别与证件号码一致（{}）。", sex("number")),
        (CheckRule::IdentitySex, Level::Look | Level::Wrong) => {
            format!("性别与证件号码不一致：号码中是{}，填写的是{}。", sex("number"), sex("stated"))
        }
        (CheckRule::SameDocument, Level::Fine) => "没有其他账号使用相同的证件号码。".into(),
        (CheckRule::SameDocument, Level::Look | Level::Wrong) => {
            format!("另有 {} 个账号使用相同的证件号码，请核实申请人身份。", value("others"))
        }
        (CheckRule::SameCertificate, Level::Fine) => "没有其他申请使用相同的证书编号。".into(),
        (CheckRule::SameCertificate, Level::Look | Level::Wrong) => {
            format!("相同的证书编号也出现在其他申请中（{}），请对照证书核对。", cases())
        }
        (CheckRule::NameCorrected, Level::Fine) => "姓名与注册时填写的一致。".into(),
        (CheckRule::NameCorrected, Level::Look | Level::Wrong) => {
            format!("注册姓名是“{}”，申请中更正为“{}”，请与证件核对。", value("registered"), value("stated"))
        }
        (CheckRule::GraduatedYoung, Level::Fine) => "毕业时间在年满 15 岁之后。".into(),
        (CheckRule::GraduatedYoung, Level::Look | Level::Wrong) => {
            format!("毕业时间 {} 早于年满 15 岁（{}），请对照毕业证书核对。", value("date"), value("not_before"))
        }
        (CheckRule::QualifiedYoung, Level::Fine) => "取得资格的时间在年满 16 岁之后。".into(),
        (CheckRule::QualifiedYoung, Level::Look | Level::Wrong) => {
            format!("取得资格的时间 {} 早于年满 16 岁（{}），请对照证书核对。", value("date"), value("not_before"))
        }
        (CheckRule::WorkedYoung, Level::Fine) => "开始工作的时间在年满 16 岁之后。".into(),
        (CheckRule::WorkedYoung, Level::Look | Level::Wrong) => {
            format!("开始工作的时间 {} 早于年满 16 岁（{}），请核对。", value("date"), value("not_before"))
        }
        (CheckRule::JoinedBeforeGraduated, Level::Fine) => "入职时间在毕业之后。".into(),
        (CheckRule::JoinedBeforeGraduated, Level::Look | Level::Wrong) => {
            format!("入职时间 {} 早于全日制毕业时间 {}，可能是在职学习，请核对。", value("date"), value("not_before"))
        }
        (CheckRule::StartedAfterAppointed, Level::Fine) => "开始从事会计工作时间不晚于专业技术职务聘任时间。".into(),
        (CheckRule::StartedAfterAppointed, Level::Look | Level::Wrong) => {
            format!("开始从事会计工作时间 {} 晚于专业技术职务聘任时间 {}，请核对这两个日期。", value("not_before"), value("date"))
        }
        (CheckRule::CreditCodePrefix, Level::Fine) => {
            format!("统一社会信用代码的开头（{}）与单位类型“{employer_kind}”相符。", value("prefix"))
        }
        (CheckRule::CreditCodePrefix, Level::Look | Level::Wrong) => format!(
            "统一社会信用代码以 {} 开头，单位类型“{employer_kind}”一般以 {} 开头，请核对单位类型。",
            value("prefix"),
            value("usual").replace(' ', "、")
        ),
        (CheckRule::DiplomaLength, Level::Fine) => "毕业证书编号是 18 位数字。".into(),
        (CheckRule::DiplomaLength, Level::Look | Level::Wrong) => format!(
            "{} 年毕业的证书编号一般是 18 位数字，填写的有 {} 位，请对照毕业证书核对。",
            value("graduated"),
            value("length")
        ),
        (CheckRule::AccountName, Level::Fine) => "姓名与账号登记的一致。".into(),
        (CheckRule::AccountName, Level::Look | Level::Wrong) => "姓名与账号登记的不一致，请对照证件核对。".into(),
        (CheckRule::AccountDocument, Level::Fine) => "证件类型和号码与账号登记的一致。".into(),
        (CheckRule::AccountDocument, Level::Look | Level::Wrong) => "证件类型或者号码与账号登记的不一致，请核对。".into(),
        (CheckRule::SameFile, Level::Fine) => "每项材料都是不同的文件。".into(),
        (CheckRule::SameFile, Level::Look | Level::Wrong) => format!("与“{}”是同一个文件，请核对有没有传错。", value("other")),
        (CheckRule::AsAskedFor, Level::Fine) => "登记或者填写的内容与受理时一致。".into(),
        (CheckRule::AsAskedFor, Level::Look | Level::Wrong) => {
            "登记或者填写的内容在受理之后已有变化，请退回，由窗口核对后重新受理。".into()
        }
        (CheckRule::TakenIn, Level::Fine) => "申请由本人提交。".into(),
        (CheckRule::TakenIn, Level::Look | Level::Wrong) => {
            format!("窗口代办：{}受理，{}复核，二人不参与审核。代办原因：{}", value("by"), value("confirmed_by"), value("reason"))
        }
        (CheckRule::DocumentFree, Level::Fine) => "没有其他账号使用更正后的证件。".into(),
        (CheckRule::DocumentFree, Level::Look | Level::Wrong) => "更正后的证件已有另一个账号，不能更正。".into(),
        (CheckRule::MobileFree, Level::Fine) => "没有其他账号使用新手机号码。".into(),
        (CheckRule::MobileFree, Level::Look) => {
            "新手机号码登记在另一个账号上，那个账号 30 天内没有变化。更换生效时，号码会从那个账号移除，请核实是本人的号码。"
                .into()
        }
        (CheckRule::ConversionYear, Level::Fine) => {
            format!("{}是 {}，属于 {} 年度。", value("by"), value("on"), value("year"))
        }
        (CheckRule::ConversionYear, Level::Look | Level::Wrong) => {
            format!("{}是 {}，不属于申请的 {} 年度，请核对。", value("by"), value("on"), value("year"))
        }
        (CheckRule::ConversionCap, Level::Fine) => format!("通过后登记：{}。", value("gives")),
        (CheckRule::ConversionCap, Level::Look) => format!("通过后只登记到上限：{}。", value("gives")),
        (CheckRule::ConversionCap, Level::Wrong) => format!("现在不能登记，请退回：{}。", value("gives")),
        (CheckRule::FileElsewhere, Level::Fine) => "没有其他申请使用相同的图片。".into(),
        (CheckRule::FileElsewhere, Level::Look | Level::Wrong) => {
            format!("相同的图片在其他申请中出现过 {} 次，请核对。", value("count"))
        }
        (CheckRule::EmployerFree, Level::Fine) => "该单位现在没有单位管理员。".into(),
        (CheckRule::EmployerFree, Level::Look | Level::Wrong) => {
            "该单位已有单位管理员，现在不能通过：请退回，或者先撤销原管理员的认证。".into()
        }
        (CheckRule::EmployerOfRecord, Level::Fine) => "申请人档案中的工作单位就是该单位。".into(),
        (CheckRule::EmployerOfRecord, Level::Look | Level::Wrong) => {
            "申请人档案中的工作单位不是该单位，请对照授权书核对。".into()
        }
        (CheckRule::EmployerName, Level::Fine) => "单位名称与已登记的一致。".into(),
        (CheckRule::EmployerName, Level::Look | Level::Wrong) => {
            format!("已登记的单位名称是“{}”，请对照营业执照核对。", value("known"))
        }
        (CheckRule::MobileFree, Level::Wrong) => "新手机号码已用于另一个账号，不能更换。".into(),
        (CheckRule::DiplomaYear, Level::Fine) => format!("毕业证书编号中的年份与毕业时间一致（{}）。", value("number")),
        (CheckRule::DiplomaYear, Level::Look | Level::Wrong) => {
            format!("毕业证书编号中的年份是 {}，填写的毕业年份是 {}，请对照毕业证书核对。", value("number"), value("graduated"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_says_something_of_its_own_at_every_level() {
        let mut said = std::collections::BTreeSet::new();
        for rule in CheckRule::ALL {
            for level in [Level::Fine, Level::Wrong] {
                let check = Check { rule: *rule, level, item: String::new(), inputs: Vec::new() };
                assert!(said.insert(finding(&check, "")), "{rule:?} {level:?}");
            }
        }
    }
}
