//! Mistakes in the words of the last pages, in presets, labels, the footer and the box of the sign-in are named with their keys.

use super::read;
use crate::account::view::ProvinceWords;
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
fn an_entry_of_the_menu_that_leads_nowhere_and_says_no_day_is_named() {
    named("zhejiang", "key = \"record\"", "key = \"archive\"", "intake.after_approval.archive");
    named("liaoning", "key = \"learning\"", "key = \"integrity\"", "intake.after_approval.integrity");
}

/// Nothing says 即将开放: an entry leads somewhere, or has a day until which it says when.
#[test]
fn what_opens_later_says_when_until_that_day_and_then_nothing() {
    let later = "[[intake.after_approval]]\ntitle = \"档案查阅\"\nkey = \"archive\"\nnote = \"\"\nopens = \"2027-03-01\"\n\n";
    let first = "[[intake.after_approval]]\n";
    let text = read("zhejiang.toml").unwrap().replacen(first, &format!("{later}{first}"), 1);
    let of = |name: &str| if name == "zhejiang.toml" { Some(text.clone()) } else { read(name) };
    let zhejiang = Province::parse(&of, "zhejiang").unwrap().profile;
    let said = |today: &str| {
        let words = ProvinceWords::of(&zhejiang, today.parse().unwrap());
        words.after_approval.iter().find(|item| item.key == "archive").map(|item| (words.page_of(item), item.opens))
    };
    assert_eq!(said("2027-02-28"), Some((None, "2027-03-01".parse().ok())));
    assert_eq!(said("2027-03-01"), None);
    for key in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let profile = Province::parse(&read, key).unwrap().profile;
        let words = ProvinceWords::of(&profile, "2026-11-30".parse().unwrap());
        for item in &words.after_approval {
            assert!(words.page_of(item).is_some() || item.opens.is_some(), "{key}: {}", item.key);
            assert!(!item.note.contains("开放"), "{key}: {}", item.note);
        }
    }
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
