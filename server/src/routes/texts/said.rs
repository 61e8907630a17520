//! What is wrong with a text, in sentences.

use app::ui::sentence;
use domain::fault::{Fault, FieldErrors};

/// The fields of the form, and what is wrong with each in a sentence.
pub(super) fn said(errors: &FieldErrors) -> Vec<(&'static str, String)> {
    errors.0.iter().map(|error| one_said(&error.field, &error.fault)).collect()
}

fn one_said(field: &str, fault: &Fault) -> (&'static str, String) {
    let of = |field: &'static str, label: &str| (field, sentence::fault(label, fault));
    match (field, fault) {
        ("title", _) => of("title", "标题"),
        ("subject", _) => ("subject", "请选择主题".into()),
        ("audience", _) => ("audience", "请选择给谁看".into()),
        ("shown_from", _) => of("shown_from", "开始显示日期"),
        ("shown_until", Fault::BeforeOther(_)) => ("shown_until", "最后一天早于开始显示日期，请核对".into()),
        ("shown_until", _) => of("shown_until", "显示到"),
        ("number", _) => of("number", "文号"),
        ("issuer", _) => of("issuer", "发文机关"),
        ("issued_on", _) => of("issued_on", "发文日期"),
        ("effective_on", _) => of("effective_on", "施行日期"),
        ("repealed_on", Fault::BeforeOther(_)) => ("repealed_on", "废止日期早于施行日期，请核对".into()),
        ("repealed_on", Fault::Missing) => ("repealed_on", "请填写废止日期，没有废止的，两项都不填".into()),
        ("repealed_on", _) => of("repealed_on", "废止日期"),
        ("repealed_by", _) => ("repealed_by", "请填写由哪个文件废止".into()),
        ("note", _) => of("note", "退回的原因"),
        ("file", Fault::FileMissing) => ("file", "请选择文件".into()),
        ("file", Fault::TooLong(most)) => ("file", format!("一篇内容最多 {most} 个图片和附件，请先删除不用的")),
        ("file", _) => of("file", "文件"),
        (_, _) => of("body", "正文"),
    }
}
