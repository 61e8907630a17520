//! What `docs/security.md` promises is shown by tests that are there, and a way that a text names is there to be gone.

use std::collections::BTreeSet;
use std::path::Path;

use super::support::{TestApp, root};

/// What is written in all sources below this folder, but not in those of folders that are left out.
fn sources_without(left_out: &[&str], folder: &Path, text: &mut String) {
    for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
        let (path, name) = (entry.path(), entry.file_name());
        let is_left_out = left_out.iter().any(|skipped| name == *skipped);
        if path.is_dir() && !is_left_out {
            sources_without(left_out, &path, text);
        } else if path.extension().is_some_and(|kind| kind == "rs") && !is_left_out {
            text.push_str(&std::fs::read_to_string(path).unwrap());
        }
    }
}

fn sources(folder: &Path, text: &mut String) {
    sources_without(&["target", "node_modules", ".git"], folder, text);
}

#[test]
fn promises_name_tests_that_exist() {
    let read = |path: &str| std::fs::read_to_string(root().join(path)).unwrap();
    let page = format!("{}\n{}", read("docs/security.md"), read("server/tests/attacks/mod.rs"));
    let named: Vec<&str> = page.split('`').skip(1).step_by(2).filter(|word| word.matches('_').count() >= 4).collect();
    assert!(named.len() > 50, "{}", named.len());
    let mut all = String::new();
    sources(&root(), &mut all);
    let missing: Vec<_> = named.iter().filter(|name| !all.contains(&format!("fn {name}("))).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

/// What texts call a page, and where it is.
const PAGES: [(&str, &str); 7] = [
    ("忘记密码", "forgot"),
    ("账号设置", "settings"),
    ("原有用户设置密码", "activate"),
    ("手机号更换申请", "phone-change"),
    ("申报进度", "intake/progress"),
    ("业务办理", "services"),
    ("业务办理—信息采集", "intake"),
];

/// Words with which a text sends somebody on a way, and where that leads.
const WAYS: [(&str, &str); 9] = [
    ("登录后更换手机号码", "settings/mobile"),
    ("登录后及时更换", "settings/mobile"),
    ("手机号更换", "phone-change"),
    ("站内信", "messages"),
    ("咨询电话", "hotlines"),
    ("操作指南", "texts/guides"),
    ("账号设置", "settings"),
    ("所在地财政局", "hotlines"),
    // The page to sign in leads on to the service, which the tests of ways and of identity follow.
    ("用户中心", "login"),
];

/// What is quoted without being on a page of ours: words of a paper, of a telephone, of another site, or about somebody's own doing.
const ELSEWHERE: [&str; 6] = ["法人用户登录", "十天之内免登录", "立即注册", "设置 → 相机 → 格式", "兼容性最佳", "高效图片格式"];

fn quoted(text: &str) -> BTreeSet<String> {
    let inside = text.split('“').skip(1).filter_map(|rest| rest.split_once('”')).map(|(inside, _)| inside.to_owned());
    inside.filter(|words| !words.is_empty() && !words.contains('{')).collect()
}

/// Whether the words stand somewhere as the name of something, and not only where they are quoted.
fn is_on_a_page(words: &str, all: &str) -> bool {
    all.match_indices(words).any(|(at, _)| !all[..at].ends_with('“') && !all[..at].ends_with('‘'))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_that_a_text_of_a_province_names_is_served_there() {
    let app = TestApp::sqlite().await;
    let mut pages = String::new();
    sources(&root().join("app/src"), &mut pages);
    // The words of provinces that say nothing else.
    sources(&root().join("crates/domain/src/province"), &mut pages);
    // The words of the lists to choose from.
    for list in std::fs::read_dir(root().join("provinces/data")).unwrap().map(|entry| entry.unwrap().path()) {
        pages.push_str(&std::fs::read_to_string(&list).unwrap_or_default());
    }
    for province in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let files = [format!("provinces/{province}.toml"), format!("provinces/learning/{province}.toml")];
        let shared = std::fs::read_to_string(root().join("provinces/data/fields.toml")).unwrap();
        let texts = files.iter().filter_map(|file| std::fs::read_to_string(root().join(file)).ok());
        let text = texts.chain([shared]).collect::<Vec<_>>().join("\n");
        let text = text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n");
        let mut paths: Vec<&str> = WAYS.iter().filter(|(words, _)| text.contains(words)).map(|(_, path)| *path).collect();
        for words in quoted(&text) {
            match PAGES.iter().find(|(name, _)| *name == words) {
                Some((_, path)) => paths.push(path),
                None => assert!(
                    ELSEWHERE.contains(&words.as_str()) || is_on_a_page(&words, &format!("{text}{pages}")),
                    "{province} names “{words}”, which no page shows"
                ),
            }
        }
        for path in paths {
            let page = app.browser().get(&format!("/{province}/{path}")).await;
            let is_served = page.status.is_success() || page.status.is_redirection();
            assert!(is_served, "{province} names /{path}, which answers {}", page.status);
        }
    }
}

#[test]
fn every_name_that_a_sentence_quotes_stands_on_a_page() {
    let mut all = String::new();
    for folder in ["app/src", "crates/domain/src", "crates/service/src"] {
        // What tests quote, nobody reads.
        sources_without(&["stories", "tests", "stories.rs", "tests.rs"], &root().join(folder), &mut all);
    }
    // Nor what comments say.
    let all = all.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
    // What there is to choose from stands on pages as well.
    let lists = std::fs::read_to_string(root().join("provinces/data/lists.toml")).unwrap();
    let named = quoted(&all);
    let all = format!("{all}\n{lists}");
    assert!(named.len() > 8, "{named:?}");
    let lost: Vec<&String> =
        named.iter().filter(|words| !ELSEWHERE.contains(&words.as_str()) && !is_on_a_page(words, &all)).collect();
    assert!(lost.is_empty(), "{lost:?}");
}

#[test]
fn no_text_says_that_the_house_reads_pictures_or_seals_by_itself() {
    let mut all = String::new();
    for folder in ["app/src", "crates/domain/src", "crates/service/src", "crates/checkup/src", "server/src"] {
        sources_without(&["stories", "tests", "stories.rs", "tests.rs"], &root().join(folder), &mut all);
    }
    let all = all.lines().filter(|line| !line.trim_start().starts_with("//"));
    let mut texts: Vec<String> = all.map(str::to_owned).collect();
    for province in ["hunan", "hubei", "liaoning", "zhejiang"] {
        let profile = std::fs::read_to_string(root().join(format!("provinces/{province}.toml"))).unwrap();
        texts.extend(profile.lines().filter(|line| !line.starts_with('#')).map(str::to_owned));
    }
    assert!(texts.len() > 20_000, "{}", texts.len());
    let claims = ["自动识别", "文字识别", "印章识别", "OCR", "自动读取", "智能审核", "人脸比对"];
    let said: Vec<_> = texts.iter().filter(|line| claims.iter().any(|claim| line.contains(claim))).collect();
    assert!(said.is_empty(), "{said:#?}");
}

/// Forms with something to type that their tab does not keep, and why nothing typed is lost there.
const KEPT_ELSEWHERE: [(&str, &str); 12] = [
    ("account/login.rs", "signs in"),
    ("account/settings.rs", "has secrets alone"),
    ("counter/page.rs", "looks for somebody, and the session keeps that"),
    ("review/filters.rs", "looks for a case, and the session keeps that"),
    ("staff/activate.rs", "has secrets alone"),
    ("staff/bootstrap.rs", "has secrets, once in the life of a province"),
    ("staff/login.rs", "signs in"),
    ("staff/people.rs", "looks for somebody, and the session keeps that"),
    ("staff/second_factor.rs", "has a code alone"),
    ("staff/settings.rs", "has secrets alone"),
    ("account/forgot.rs", "has secrets alone"),
    ("intake/step.rs", "saves itself"),
];

/// Plain forms with something to type that no tab keeps, a word of each, and why nothing typed is lost there.
const PLAIN_ELSEWHERE: [(&str, &str, &str); 8] = [
    ("appeal.rs", "}/appeal\"", "is of a visitor, whom another may follow at the same computer"),
    ("appeal.rs", "}/appeal/apply\"", "is of a visitor, whom another may follow at the same computer"),
    ("confirmation.rs", "value=\"refused\"", "is of whoever has a link"),
    ("credits_export.rs", "credits-export", "asks for a file"),
    ("integrity_export.rs", "integrity-export", "asks for a file"),
    ("look_up.rs", "}/look-up", "asks, and is answered on the page"),
    ("public_penalties.rs", "aria-labelledby=\"search\"", "asks, and is answered on the page"),
    ("relocation/arrive.rs", "passphrase", "has a file and a secret"),
];

/// `<PostForm …>…</PostForm>`, or what else the tag is, with the file that it stands in.
fn forms(tag: &str, folder: &Path, found: &mut Vec<(String, String)>) {
    for path in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            forms(tag, &path, found);
        } else if path.extension().is_some_and(|kind| kind == "rs") {
            let name = path.strip_prefix(root().join("app/src")).unwrap().display().to_string();
            let text = std::fs::read_to_string(&path).unwrap();
            let (begin, end) = (format!("<{tag}"), format!("</{tag}>"));
            let all = text.split(&begin).skip(1).map(|rest| rest.split(&end).next().unwrap_or_default().to_owned());
            found.extend(all.map(|form| (name.clone(), form)));
        }
    }
}

#[test]
fn a_form_with_something_to_type_is_kept_by_its_tab_or_has_a_reason_not_to_be() {
    let mut all = Vec::new();
    forms("PostForm", &root().join("app/src"), &mut all);
    let typed = [
        "<TextArea",
        "<textarea",
        "<Field",
        "<select",
        "{specs",
        "{fields",
        "type=\"text\"",
        "type=\"date\"",
        "type=\"tel\"",
        "type=\"email\"",
    ];
    let lost: Vec<&String> = all
        .iter()
        .filter(|(_, form)| form.contains("keeps=false") && typed.iter().any(|control| form.contains(control)))
        .map(|(file, _)| file)
        .filter(|file| !KEPT_ELSEWHERE.iter().any(|(of, why)| of == file && !why.is_empty()))
        .collect();
    assert!(lost.is_empty(), "what is typed there is lost with the page: {lost:?}");
    let is_there = |of: &str| all.iter().any(|(file, form)| file == of && form.contains("keeps=false"));
    let gone: Vec<_> = KEPT_ELSEWHERE.iter().filter(|(of, _)| !is_there(of)).collect();
    assert!(all.len() > 60 && gone.is_empty(), "{} {gone:?}", all.len());
}

#[test]
fn a_plain_form_with_something_to_type_is_kept_by_its_tab_or_has_a_reason_not_to_be() {
    let mut all = Vec::new();
    forms("form", &root().join("app/src/plain"), &mut all);
    let typed = ["seen.text(", "seen.proof(", "<textarea", "type=\"text\"", "{fields}"];
    let is_kept = |form: &str| form.contains(app::plain::KEEPS);
    let is_known = |file: &str, form: &str| {
        PLAIN_ELSEWHERE.iter().any(|(of, word, why)| file == format!("plain/{of}") && form.contains(word) && !why.is_empty())
    };
    let posted: Vec<_> = all.iter().filter(|(_, form)| !form.contains("method=\"get\"")).collect();
    let lost: Vec<&String> = posted
        .iter()
        .filter(|(_, form)| typed.iter().any(|control| form.contains(control)))
        .filter(|(file, form)| !is_kept(form) && !is_known(file, form))
        .map(|(file, _)| file)
        .collect();
    assert!(lost.is_empty(), "what is typed there is lost with the page: {lost:?}");
    assert!(posted.iter().filter(|(_, form)| is_kept(form)).count() >= 14, "{}", posted.len());
    let gone: Vec<_> = PLAIN_ELSEWHERE
        .iter()
        .filter(|(of, word, _)| {
            !posted.iter().any(|(file, form)| *file == format!("plain/{of}") && form.contains(word) && !is_kept(form))
        })
        .collect();
    assert!(gone.is_empty(), "{gone:?}");
}

/// The sentence of some faults is about one page; whoever has them elsewhere words them there.
#[test]
fn a_fault_that_speaks_of_qualifications_is_worded_by_every_other_page_that_has_it() {
    const WORDED_BY: [(&str, &str); 5] = [
        ("annulment", "annulments.rs"),
        ("account", "merges.rs"),
        ("closing", "closings.rs"),
        ("import", "import.rs"),
        ("integrity", "penalties.rs"),
    ];
    let of = |path: &Path| {
        let mut text = String::new();
        sources_without(&["stories", "stories.rs", "tests", "tests.rs", "fault.rs"], path, &mut text);
        text.contains("DuplicateRow")
    };
    let mut found = BTreeSet::new();
    for base in ["crates/domain/src", "crates/service/src"] {
        for entry in std::fs::read_dir(root().join(base)).unwrap().map(Result::unwrap) {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() && name != "intake" && of(&path) {
                found.insert(name);
            }
        }
    }
    assert!(!found.is_empty());
    for room in found {
        let worded = WORDED_BY.into_iter().find(|(of, _)| *of == room);
        let (_, file) = worded.unwrap_or_else(|| panic!("{room} says a sentence about qualifications"));
        let text = std::fs::read_to_string(root().join("server/src/routes").join(file)).unwrap();
        assert!(text.contains("Fault::DuplicateRow"), "{file}");
    }
}

/// Nothing here reads papers or seals: no text may say so.
#[test]
fn no_text_claims_that_a_machine_reads_papers_or_seals() {
    /// What a word of a table is, and no picture.
    const OF_WORDS: &str = "证件类型的名称无法识别";
    let mut all = String::new();
    for folder in ["app/src", "crates/domain/src", "crates/service/src", "crates/paper/src", "server/src"] {
        sources(&root().join(folder), &mut all);
    }
    for folder in ["provinces", "provinces/learning"] {
        for entry in std::fs::read_dir(root().join(folder)).unwrap().map(Result::unwrap) {
            if entry.path().extension().is_some_and(|end| end == "toml") {
                all.push_str(&std::fs::read_to_string(entry.path()).unwrap());
            }
        }
    }
    assert!(all.contains(OF_WORDS), "the texts were read");
    let claims = |line: &&str| ["识别", "OCR", "人工智能", "智能审核"].iter().any(|word| line.contains(word));
    let found: Vec<&str> = all.lines().filter(claims).filter(|line| !line.contains(OF_WORDS)).collect();
    assert!(found.is_empty(), "{found:#?}");
}
