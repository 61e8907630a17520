//! Mistakes in the words of the last pages, in presets, labels, the footer and the box of the sign-in are named with their keys.

use super::read;
use crate::province::{FooterWords, Province};

/// The key that is named when one text of a profile is replaced.
fn named(profile: &str, from: &str, to: &str, key: &str) {
    let file = format!("{profile}.toml");
    let text = read(&file).unwrap();
    assert!(text.contains(from), "{from} stands in {file}");
    let broken = text.replacen(from, to, 1);
    let errors = Province::parse(&|name| if name == file { Some(broken.clone()) } else { read(name) }, profile).unwrap_err();
    assert!(errors.iter().any(|error| error.file == file && error.key == key), "{key} among {errors:#?}");
}

#[test]
fn an_empty_or_unknown_word_of_the_last_pages_is_named() {
    named("zhejiang", "check_submit = \"确认\"", "check_submit = \" \"", "intake.words.check_submit");
    named("liaoning", "files_next = \"提交\"", "files_next = \"\"", "intake.words.files_next");
    named("zhejiang", "preview = \"预览\"", "preview = \"\"", "intake.words.slot.preview");
    named("liaoning", "reviewed_by = \"申报管理部门\"", "reviewed_by = \"\"", "intake.words.progress.reviewed_by");
    named("liaoning", "\"填写申报信息\", ", "\"\", ", "intake.words.progress.stages");
    named("liaoning", "\"阅读须知\", \"填写申报信息\", ", "", "intake.words.progress.stages");
    named("liaoning", "heading = \"申报进度\"", "title = \"申报进度\"", "intake.words.progress.title");
}

#[test]
fn a_list_of_items_to_which_nobody_could_be_led_is_named() {
    named("liaoning", "returned = \"progress\"", "returned = \"amend\"", "account.landing");
    named("liaoning", "submitted = \"progress\"", "submitted = \"amend\"", "account.landing");
}

#[test]
fn a_preset_that_nobody_could_choose_is_named() {
    let of = |field: &str| format!("intake.steps.person.fields.{field}.preset");
    named("zhejiang", "preset = \"01\"", "preset = \"汉族\"", &of("ethnicity"));
    named("zhejiang", "label = \"备注\"", "label = \"备注\", preset = \"无\"", &of("remark"));
}

#[test]
fn a_label_without_words_or_with_a_condition_that_cannot_hold_is_named() {
    let division = "intake.steps.employment.fields.division.labels";
    named("zhejiang", "label = \"居住地\" }", "label = \"\" }", &format!("{division}.1.label"));
    named("zhejiang", "is = [\"no\"] }, label", "is = [\"never\"] }, label", &format!("{division}.1.when"));
}

#[test]
fn a_label_of_an_entry_that_no_list_has_is_named() {
    named("zhejiang", "CN = \"中国（内地）\"", "QQ = \"中国（内地）\"", "intake.list_labels.country.QQ");
    named("zhejiang", "CN = \"中国（内地）\"", "CN = \"\"", "intake.list_labels.country.CN");
}

#[test]
fn a_shown_bureau_that_could_be_given_back_by_itself_is_named() {
    named("zhejiang", "returns = \"whole\"", "returns = \"per_item\"", "intake.steps.employment.fields.responsible_bureau");
}

#[test]
fn a_wrong_code_of_the_site_and_a_box_for_another_way_to_sign_in_are_named() {
    named("zhejiang", "support = ", "site_code = \"12\"\nsupport = ", "site.footer.site_code");
    named("zhejiang", "support = ", "suport = ", "site.footer.suport");
    named("hunan", "[portal]\n", "[portal]\nhas_login_box = true\n", "portal.has_login_box");
}

#[test]
fn an_answer_that_a_paper_cannot_prove_because_there_is_none_is_named() {
    let key = "lines.intake.attachments.id_front.proves";
    named("hunan", "\"person.name\", \"person.sex\"", "\"person.name\", \"person.gender\"", key);
    named("hunan", "\"person.name\", \"person.sex\"", "\"persons.*\"", key);
}

#[test]
fn the_footer_says_what_the_profile_gives_and_nothing_else() {
    assert!(FooterWords::default().lines().is_empty());
    let some = FooterWords { icp: "湘ICP备00000000号-1".into(), site_code: "4300000001".into(), ..FooterWords::default() };
    assert_eq!(some.lines(), ["湘ICP备00000000号-1", "网站标识码：4300000001"]);
    let all = FooterWords {
        support: "某某公司".into(),
        police: "湘公网安备 43000000000000号".into(),
        accessible: "适老化与无障碍".into(),
        ..some
    };
    let lines =
        ["技术支持：某某公司", "湘ICP备00000000号-1", "湘公网安备 43000000000000号", "网站标识码：4300000001", "适老化与无障碍"];
    assert_eq!(all.lines(), lines);
}
