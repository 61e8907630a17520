//! Why a row is left out and what is said of it, in sentences that name the column and the way out.

use app::ui::sentence;
use domain::fault::Fault;
use domain::import::view::ImportSaid;
use domain::import::{ImportKind, ImportOutcome, ImportReason};

use crate::legacy::sentence::{KIND_UNKNOWN, broken_line, cell_of, kind_not_taken};

/// Everything that is said of a row.
#[must_use]
pub fn said(kind: ImportKind, row: &ImportSaid) -> String {
    let is_left_out = matches!(row.outcome, ImportOutcome::Repeated | ImportOutcome::Refused);
    if row.reasons.is_empty() && is_left_out {
        // What is found only when a batch takes effect.
        if kind.copies_records() {
            return "预检以后本人已有档案，没有导入，请重新导出后再导入".into();
        }
        if kind.holds_entries() {
            return "生效时发现已经登记过，或者是申请导入、同意导入的管理员本人的记录，没有登记".into();
        }
        return "生效时发现与此前登记的内容重复，或者超过报名学分的余额，没有登记".into();
    }
    let is_beside = |one: &ImportReason| matches!(one, ImportReason::Differs { .. } | ImportReason::NotAsked { .. });
    let mut said: Vec<String> = row.reasons.iter().map(|one| reason(kind, one)).collect();
    if is_left_out && kind.copies_records() && row.reasons.iter().all(is_beside) {
        // What is found only when a batch takes effect.
        said.insert(0, "预检以后档案又有变化，没有导入，请重新导出后再导入".into());
    }
    said.join("；")
}

/// One reason.
#[must_use]
pub fn reason(kind: ImportKind, reason: &ImportReason) -> String {
    match reason {
        ImportReason::Fault { field, fault } => fault_of(kind, field, fault),
        ImportReason::Cell { field, cell } => cell_of(kind.heading(field), cell),
        ImportReason::KindUnknown => KIND_UNKNOWN.into(),
        ImportReason::KindNotTaken(of) => kind_not_taken(*of),
        ImportReason::Line(broken) => broken_line(*broken),
        ImportReason::Twice { line } => format!("与第 {line} 行相同"),
        ImportReason::Imported => "此前已经导入或者报送过，没有重复登记".into(),
        ImportReason::OtherName => "平台上该证件号码的姓名与这一行不同，请核对姓名和证件号码".into(),
        ImportReason::OtherYear { year, of: Some(of) } => {
            format!("{}属于 {of} 年度，年度却填写为 {year}，请核对", date_of(kind))
        }
        ImportReason::OtherYear { year, of: None } => format!("{}不属于 {year} 年度，请核对", date_of(kind)),
        ImportReason::AboveYear { total } => format!("学分超过该年度的总要求 {total}，请核对"),
        ImportReason::NoSchool => "本省没有这所网校，请填写网校的全称或者代码".into(),
        ImportReason::NoEnrolment => "该人员没有在这所网校报名这个年度".into(),
        ImportReason::BeforeEnrolment => "学完日期在报名之前，请核对".into(),
        ImportReason::AboveEnrolled => "超过报名学分的余额，没有登记".into(),
        ImportReason::Converted => "本人已申请折算同一科目，没有重复登记学分".into(),
        ImportReason::NoCredits => "按现行规则不登记学分，只显示成绩".into(),
        ImportReason::NotAsked { field } => format!("本省的档案没有{}，这一列没有导入", kind.heading(field)),
        ImportReason::Differs { label, before, now } => {
            let shown = |value: &str| if value.is_empty() { "（空）".to_owned() } else { value.to_owned() };
            format!("{label}：现有{}，全国平台为{}", shown(before), shown(now))
        }
        ImportReason::AsOnRecord => "与现有档案一致，不需要导入".into(),
        ImportReason::BothChanged { on } => {
            format!("本省的档案在更新日期以后（{on}）也有变化，两边不同，没有导入，请核对后以更新日期更晚的数据导入")
        }
        ImportReason::Older { than } => format!("已经导入过更新日期为 {than} 的数据，这一行较早，没有导入"),
        ImportReason::Shut => "档案已经关闭或者调出，没有导入".into(),
    }
}

fn date_of(kind: ImportKind) -> &'static str {
    kind.heading("completed_on")
}

fn fault_of(kind: ImportKind, field: &str, fault: &Fault) -> String {
    match (field, fault) {
        ("document_kind", Fault::NotInList) => "证件类型的名称无法识别，请填写证件的全称，例如居民身份证、护照".into(),
        ("year", Fault::NotInList) => "年度应是四位数字的年份，且是本省有学分要求的年度".into(),
        ("subject", Fault::NotInList) if kind == ImportKind::History => "科目类别应是专业科目、公需科目或者不分科目".into(),
        ("subject", Fault::NotInList) => "科目类别应是专业科目或者公需科目".into(),
        ("passed", Fault::NotInList) => "合格一列应填写合格或者不合格".into(),
        ("bureau", Fault::NotInList) => "财政局请填写本省财政局的全称或者代码，例如长沙市雨花区财政局".into(),
        (_, Fault::NotInList) if kind.copies_records() => {
            format!("{}应是本省档案中可以选择的内容，请按名称填写", kind.heading(field))
        }
        ("level", Fault::NotInList) => "级别应是本省登记的级别，且不低于授予当日登记的最低级别，例如省部级".into(),
        ("kinds", Fault::NotInList) => {
            "处罚种类应按法律的名称填写，例如罚款、五年内不得从事会计工作，并且是所填条款规定的种类".into()
        }
        ("kinds", Fault::DuplicateRow) => "五年内不得从事会计工作和不得再从事会计工作只能填写一项".into(),
        ("articles", Fault::NotInList) => "法律依据应是决定之日有效的会计法中规定处罚的条款，例如第四十一条".into(),
        ("decided_on", Fault::TooEarly) => "决定日期早于系统登记的法律版本，请核对".into(),
        ("credits", Fault::NotAnAmount) => "学分应是大于 0、最多两位小数的数字".into(),
        (_, Fault::IdFifteen) => "15 位旧身份证号码中的地区或者出生日期（第 7 至 12 位）不存在，请核对".into(),
        _ => sentence::fault(kind.heading(field), fault),
    }
}

/// What becomes of a row, in a word.
#[must_use]
pub fn outcome(outcome: ImportOutcome, is_effective: bool) -> &'static str {
    match (outcome, is_effective) {
        (ImportOutcome::Ready, true) => "已导入",
        (ImportOutcome::Ready, false) => "可导入",
        (ImportOutcome::Later, true) => "已导入，本人注册后登记",
        (ImportOutcome::Later, false) => "可导入，本人注册后登记",
        (ImportOutcome::Repeated, _) => "重复，未导入",
        (ImportOutcome::Refused, _) => "未导入",
    }
}
