//! Every page that could not be opened has one frame, says why, and leads on; other programs get the sentence.

use axum::http::Method;
use suanpan_server::middleware::FORMS;

use crate::penalties::honest;
use crate::support::TestApp;
use crate::support::journey::Person;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_page_of_trouble_has_one_frame_and_a_way_on() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let pages = [
        ("/nowhere/at/all", 404, "没有找到这个页面"),
        ("/atlantis", 404, "没有找到这个页面"),
        ("/atlantis/staff", 404, "没有找到这个页面"),
        ("/hunan/home/of/nobody", 404, "没有找到这个页面"),
        ("/hunan/templates/nothing.docx", 404, "没有找到"),
        ("/hunan/files/0190a000-0000-7000-8000-000000000000", 401, "请先登录"),
        ("/hunan/intake/form.pdf", 401, "请先登录"),
        ("/hunan/learning", 401, "请先登录"),
    ];
    for (path, status, why) in pages {
        let page = browser.look(path).await;
        let page = match page.location().filter(|_| page.status.is_redirection()).map(str::to_owned) {
            // A page of the application leads to the sign-in, which is no trouble.
            Some(to) => {
                assert!(to.starts_with("/hunan/login"), "{path} leads to {to}");
                continue;
            }
            None => page,
        };
        let text = page.text();
        assert_eq!(page.status.as_u16(), status, "{path}: {text}");
        assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/html")), "{path}");
        assert!(text.contains("class=\"trouble\"") && text.contains(why) && text.contains("返回首页"), "{path}: {text}");
        let policy = page.header("content-security-policy").unwrap_or_default();
        assert!(policy.contains("style-src 'self'"), "{path} is drawn with its style: {policy}");
    }

    let post = [("accept", "text/html"), ("content-type", "application/x-www-form-urlencoded"), ("sec-fetch-site", "cross-site")];
    let refused = browser.send(Method::POST, "/api/account/sign-out", &post, b"province=hunan".to_vec()).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text().contains("class=\"trouble\"") && refused.text().contains("不是从本站页面发出的"),
        "{}",
        refused.text()
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn scripts_and_pictures_get_the_sentence_alone() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    for accept in ["application/json", "image/avif,image/webp,*/*"] {
        let page = browser.send(Method::GET, "/hunan/templates/nothing.docx", &[("accept", accept)], Vec::new()).await;
        assert_eq!(page.status, 404);
        assert!(page.header("content-type").is_some_and(|kind| kind.starts_with("text/plain")), "{accept}");
        assert!(!page.text().contains('<'), "{accept}: {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_page_of_every_form_with_files_says_that_the_house_had_no_room() {
    let app = honest().await;
    let (staff, now) = (app.staff().await, app.services().now());
    let mut owner = app.browser();
    let person = Person::new(71);
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    let mut browsers = vec![owner];
    for login in ["yuhua", "shengting"] {
        let mut browser = app.browser();
        browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), now).await;
        browsers.push(browser);
    }
    for page in FORMS.iter().filter_map(|form| form.page) {
        let address = page.replacen("{province}", "hunan", 1);
        // Of these the town has none: schools and texts are their own pages' business, and a code is given to a telephone.
        if address.contains('{') {
            continue;
        }
        let mut said = 0;
        for browser in &mut browsers {
            let seen = browser.look(&format!("{address}?trouble=busy")).await;
            if seen.status.as_u16() == 200 {
                assert!(seen.text().contains("现在办理的人较多"), "{address}: {}", seen.text());
                said += 1;
            }
        }
        assert!(said > 0, "nobody has {address}");
    }
}
