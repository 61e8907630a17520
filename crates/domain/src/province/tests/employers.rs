//! What a profile says of 单位管理 and cannot mean.

use super::names;

#[test]
fn a_province_has_the_line_of_claims_and_its_table_or_neither() {
    names("hunan.toml", "[employers]\npage_name = \"单位管理\"\nmanager_name = \"单位管理员\"\nmost = 3\n", "", "employers");
}

#[test]
fn a_claim_needs_names_a_bound_and_a_paper_of_everybody() {
    names("hunan.toml", "page_name = \"单位管理\"", "page_name = \" \"", "employers.page_name");
    names("hunan.toml", "manager_name = \"单位管理员\"", "manager_name = \"\"", "employers.manager_name");
    for most in ["0", "21"] {
        names(
            "hunan.toml",
            "manager_name = \"单位管理员\"\nmost = 3",
            &format!("manager_name = \"单位管理员\"\nmost = {most}"),
            "employers.most",
        );
    }
    let licence = "why = \"用于核对单位名称和统一社会信用代码，事业单位、机关和社会团体上传登记证书。\"\nrequired = true";
    let mandate = "why = \"证明单位授权您办理，须写明您的姓名并加盖单位公章。\"\nrequired = true";
    let text = super::read("hunan.toml").unwrap();
    assert!(text.contains(licence) && text.contains(mandate));
    let without = text.replace(licence, &licence.replace("true", "false")).replace(mandate, &mandate.replace("true", "false"));
    let read = |name: &str| if name == "hunan.toml" { Some(without.clone()) } else { super::read(name) };
    let errors = crate::province::Province::parse(&read, "hunan").unwrap_err();
    assert!(errors.iter().any(|error| error.key == "lines.employer.attachments"), "{errors:#?}");
    names("hunan.toml", licence, &format!("{licence}\nprints = true"), "lines.employer.attachments");
}

#[test]
fn a_confirmation_asks_a_manager_for_some_days_and_stands_in_for_papers_that_there_are() {
    let all = "link_days = 7\ncounts_days = 90\nslots = [\"employment_proof\"]\n";
    for (to, key) in [
        ("link_days = 0\ncounts_days = 90\n", "confirmation.link_days"),
        ("link_days = 31\ncounts_days = 90\n", "confirmation.link_days"),
        ("link_days = 7\ncounts_days = 0\n", "confirmation.counts_days"),
        ("link_days = 7\ncounts_days = 90\nslots = [\"none\"]\n", "confirmation.slots"),
    ] {
        names("hunan.toml", all, to, key);
    }
    names("hunan.toml", "[employers]\npage_name = \"单位管理\"\nmanager_name = \"单位管理员\"\nmost = 3\n", "", "confirmation");
}

#[test]
fn classes_have_two_lines_and_bounds_that_can_be_met() {
    names(
        "hunan.toml",
        "[lines.class_results]\nname = \"单位内部培训结果\"",
        "[lines.class_results]\nname = \"\"",
        "lines.class_results.name",
    );
    let file = "learning/hunan.toml";
    for (from, to, key) in [
        ("name = \"单位内部培训\"", "name = \"\"", "classes.name"),
        ("version = \"2026\"", "version = \"\"", "classes.version"),
        ("notice_working_days = 5", "notice_working_days = 61", "classes.notice_working_days"),
        ("credits_per_day = 10", "credits_per_day = 0", "classes.credits_per_day"),
        ("most_days = 30", "most_days = 0", "classes.most_days"),
        ("most_people = 500", "most_people = 501", "classes.most_people"),
    ] {
        names(file, from, to, key);
    }
    let text = super::read(file).unwrap();
    let (head, rest) = text.split_once("[classes]\n").unwrap();
    let tail = rest.split_once("most_people = 500\n").unwrap().1;
    let without = format!("{head}{tail}");
    let read = |name: &str| if name == file { Some(without.clone()) } else { super::read(name) };
    let errors = crate::province::Province::parse(&read, "hunan").unwrap_err();
    assert_eq!(errors.iter().map(|error| error.key.as_str()).collect::<Vec<_>>(), ["lines.class", "lines.class_results"]);
}
