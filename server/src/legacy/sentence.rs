//! Why a line was left out and what is said of it, in sentences that name the column and the way out.

use app::ui::sentence;
use domain::account::legacy::{HEADINGS, LegacyBreak, LegacyCell, LegacyReason, LegacyRow, LegacyWarning, NoMobile, kind_word};
use domain::fault::Fault;
use domain::identity::DocumentKind;

/// A number whose shape says nothing of its kind.
pub(crate) const KIND_UNKNOWN: &str = "从证件号码看不出是哪一种证件，请在“证件类型”一列中写明（没有这一列的请增加）";
const AS_TEXT: &str = "请将这一列设为文本后，按原件重新填写";

/// Why a line was left out.
pub(super) fn reason(reason: &LegacyReason) -> String {
    match reason {
        LegacyReason::Fault { field, fault } => fault_of(field, fault),
        LegacyReason::Cell { field, cell } if field == "certificate" => {
            format!("{}；没有证书号的可以留空", cell_of(heading(field), cell))
        }
        LegacyReason::Cell { field, cell } => cell_of(heading(field), cell),
        LegacyReason::KindUnknown => KIND_UNKNOWN.into(),
        LegacyReason::KindNotTaken(kind) => kind_not_taken(*kind),
        LegacyReason::Line(broken) => broken_line(*broken),
        LegacyReason::NumberTwice { row } => format!("证件号码与第 {row} 行重复"),
    }
}

/// What is said of somebody who is imported.
pub(super) fn warning(warning: &LegacyWarning) -> String {
    match warning {
        LegacyWarning::NoMobile(why) => format!("{}；该人员没有手机号，不能用短信验证码设置密码", no_mobile(why)),
        LegacyWarning::BlankDropped => "姓名中汉字旁边的空格已去掉，请核对".into(),
        LegacyWarning::Upgraded => "15 位旧身份证号码已换算为 18 位".into(),
        LegacyWarning::KindOfShape(kind) => format!("没有填写证件类型，按号码的形式认作{}，请核对", kind_word(*kind)),
        LegacyWarning::AsShown { field } => {
            format!("{}在表格中是数字，按表格显示的样子（含补足的 0 或者前缀）读取，请核对", heading(field))
        }
        LegacyWarning::Merged { field, row } => format!("{}是合并的单元格，按第 {row} 行的内容读取", heading(field)),
        LegacyWarning::LooksLikeDate { field } => {
            format!("{}像是日期，可能是表格自动改写的，已按原样保留，请核对", heading(field))
        }
    }
}

fn heading(field: &str) -> &'static str {
    LegacyRow::FIELDS.iter().position(|name| *name == field).and_then(|at| HEADINGS.get(at)).copied().unwrap_or("内容")
}

fn fault_of(field: &str, fault: &Fault) -> String {
    match (field, fault) {
        ("bureau", Fault::NotInList) => "财政局不在本省的名单中，请填写全称或者代码".into(),
        ("document_kind", Fault::NotInList) => "证件类型的名称无法识别，请填写证件的全称，例如居民身份证、护照".into(),
        // Those of 15 digits are taken here, so that it is not their length.
        (_, Fault::IdFifteen) => "15 位旧身份证号码中的地区或者出生日期（第 7 至 12 位）不存在，请核对".into(),
        _ => sentence::fault(heading(field), fault),
    }
}

/// A document of another kind than the province takes.
pub(crate) fn kind_not_taken(kind: DocumentKind) -> String {
    format!("证件为{}，不在本省可以使用的证件类型中，请核对证件类型和号码", kind_word(kind))
}

/// What stands in a cell of a column instead of what was typed.
pub(crate) fn cell_of(heading: &str, cell: &LegacyCell) -> String {
    match cell {
        LegacyCell::Rounded { shown } => format!("{heading}在表格中是数字（显示为 {shown}），末尾的数字已经丢失，{AS_TEXT}"),
        LegacyCell::Uneven => format!("{heading}在表格中是带小数点或者负号的数字，{AS_TEXT}"),
        LegacyCell::Date { shown } => format!("{heading}在表格中是日期（{shown}），{AS_TEXT}"),
        LegacyCell::Truth { shown } => format!("{heading}在表格中是逻辑值 {shown}，{AS_TEXT}"),
        LegacyCell::Error { shown } => format!("{heading}在表格中是公式的错误值 {shown}，没有实际内容，请按原件填写"),
        LegacyCell::Narrow => format!("{heading}只有“####”，是导出时列宽不足造成的，请加宽这一列后重新导出"),
        LegacyCell::AsShown => format!("{heading}在表格中是数字，{AS_TEXT}"),
        LegacyCell::Merged { row } => format!("{heading}是与第 {row} 行合并的单元格，请取消合并，逐行填写"),
    }
}

/// Why a line cannot be told apart.
pub(crate) fn broken_line(broken: LegacyBreak) -> String {
    match broken {
        LegacyBreak::Quote => "这一行的英文双引号没有成对，分不清各列的内容，请改正引号".into(),
        LegacyBreak::Columns { found, expected } => {
            format!("这一行有 {found} 列，表头只有 {expected} 列，分不清各列的内容；内容中含有分隔符的，请用英文双引号括起来")
        }
        LegacyBreak::Separator => "这一行的分隔符与表头的不同，分不清各列的内容，请统一分隔符".into(),
        LegacyBreak::Bytes => "这一行有不能辨认的字符（与文件的编码不符），请重新填写这一行".into(),
    }
}

fn no_mobile(why: &NoMobile) -> String {
    match why {
        NoMobile::Empty => "手机号为空".into(),
        NoMobile::Landline => "手机号一列填的是固定电话，收不到短信，没有采用".into(),
        NoMobile::Shape => "手机号不是 11 位的手机号码，没有采用".into(),
        NoMobile::Cell(cell) => format!("{}，没有采用", cell_of(heading("mobile"), cell)),
        NoMobile::Shared { row } => format!("手机号与第 {row} 行的相同，共用的号码不能证明本人身份，都没有采用"),
        NoMobile::Taken => "手机号已用于另一个账号，没有采用".into(),
    }
}
