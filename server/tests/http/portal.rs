//! The portal and the accounts of the staff without scripts, through the real router.

use axum::http::Method;
use service::staff::DemoStaff;

use crate::support::browser::{is_plain, multipart};
use crate::support::{Browser, Page, TestApp};

const PASSWORD: &str = "Lotus-Harbour-71";

async fn signed_in(app: &TestApp, staff: &[DemoStaff], login: &str) -> Browser {
    let mut browser = app.browser();
    browser.staff_sign_in(staff.iter().find(|one| one.login == login).unwrap(), app.services().now()).await;
    browser
}

/// The text of the first element that begins so.
fn inner(page: &Page, tag: &str) -> String {
    let text = page.text();
    let at = text.find(tag).unwrap_or_else(|| panic!("{} has no {tag}: {text}", page.path)) + tag.len();
    text[at..].split('<').next().unwrap().to_owned()
}

/// What stands behind a text, up to the end of an attribute.
fn after(page: &Page, text: &str) -> String {
    page.text().split(text).nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned()
}

async fn send_file(browser: &mut Browser, path: &str, name: &str, bytes: &[u8]) -> Page {
    let headers = [
        ("accept", "text/html"),
        ("content-type", "multipart/form-data; boundary=XXBOUNDARYXX"),
        ("sec-fetch-site", "same-origin"),
    ];
    browser.send(Method::POST, path, &headers, multipart(name, bytes)).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_administrators_make_a_reviewer_without_scripts_and_only_the_telephone_is_told_the_token() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let mut desk = signed_in(&app, &staff, "shengting").await;
    let form = |bureau| {
        let fields = [("province", "hunan"), ("form[login]", "yuelu"), ("form[name]", "孙岳麓"), ("form[role]", "reviewer")];
        [
            &fields[..],
            &[("form[bureau]", bureau), ("form[mobile]", "13812345678"), ("form[document_number]", "430111199003079988")],
        ]
        .concat()
    };
    let again = desk.post("/api/staff/people/add", &form("")).await;
    assert_eq!(again.path, "/hunan/staff/people/new");
    assert!(again.text().contains("请从列表中选择财政局") && again.text().contains("value=\"yuelu\""), "{}", again.text());
    let made = desk.post("/api/staff/people/add", &form("430104")).await;
    assert!(
        made.text().contains("待同意") && made.text().contains("撤回申请") && !made.text().contains(">同意<"),
        "{}",
        made.text()
    );
    let mut second = signed_in(&app, &staff, "qianguanli").await;
    let (id, version) = (second.get(&made.path).await.hidden("form[person]"), "1");
    let agree = [("province", "hunan"), ("form[person]", &id), ("form[version]", version), ("form[act]", "agree")];
    let agreed = second.post("/api/staff/person/act", &agree).await;
    assert!(agreed.text().contains("待启用"), "{}", agreed.text());
    let token = second.code("13812345678").await;
    assert!(!agreed.text().contains(&token) && !desk.get(&made.path).await.text().contains(&token));

    let mut own = app.browser();
    let set = |token: &str| {
        let again = ("form[password_again]", PASSWORD);
        [("province", "hunan"), ("form[token]", token), ("form[password]", PASSWORD), again].map(|(n, v)| (n, v.to_owned()))
    };
    let fields = set(&token);
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    assert_eq!(own.post("/api/staff/activate", &fields).await.path, "/hunan/staff/login");
    let used = own.post("/api/staff/activate", &fields).await;
    assert!(used.text().contains("启用口令已经失效") && !used.text().contains(&token), "{}", used.text());
    let sign_in = [("province", "hunan"), ("form[login]", "yuelu"), ("form[password]", PASSWORD)];
    let enrol = own.post("/api/staff/sign-in", &sign_in).await;
    assert_eq!(enrol.path, "/hunan/staff/second-factor");
    let secret = inner(&enrol, "<strong class=\"code\">").replace(' ', "");
    let code = service::second_factor::code(&secret, app.services().now());
    own.post("/api/staff/enrol", &[("province", "hunan"), ("form[code]", &code)]).await;
    assert_eq!(own.post("/api/staff/acknowledge", &[("province", "hunan")]).await.path, "/hunan/staff/desk");
    assert!(own.get("/hunan/staff/desk").await.text().contains("孙岳麓"));
    assert!(own.get("/hunan/staff/people").await.text().contains("这项内容不属于您的办理范围"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_notice_and_a_telephone_are_written_without_scripts_read_and_found_by_a_visitor() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let mut visitor = app.browser();
    let front = visitor.get("/hunan").await.text();
    assert!(front.contains("/hunan/texts/notices/seed-0") && front.contains("/hunan/hotlines"), "{front}");
    let mut desk = signed_in(&app, &staff, "shengting").await;
    let new = desk.get("/hunan/staff/texts/new?kind=notices").await;
    let (on, version) = (new.hidden("shown_from"), new.hidden("version"));
    let form = |title, act| {
        [
            ("kind", "notices"),
            ("version", version.as_str()),
            ("title", title),
            ("subject", "intake"),
            ("audience", "everyone"),
            ("shown_from", on.as_str()),
            ("body", "第一段。\r\n第二段 <script>。"),
            ("act", act),
        ]
    };
    let faulty = desk.post("/hunan/staff/texts/new", &form("", "publish")).await;
    assert_eq!(faulty.status.as_u16(), 422);
    assert!(
        faulty.text().contains("请填写标题") && faulty.text().contains("第二段 &lt;script&gt;。</textarea>"),
        "{}",
        faulty.text()
    );
    let seen = desk.post("/hunan/staff/texts/new", &form("看一看", "preview")).await.text();
    assert!(seen.contains("<p>第一段。<br>") && seen.contains("value=\"看一看\"") && is_plain(&seen), "{seen}");
    assert!(!desk.get("/hunan/staff/texts").await.text().contains("看一看"), "a look keeps nothing");
    let kept = desk.post("/hunan/staff/texts/new", &form("关于开展信息采集的通知", "publish")).await;
    assert!(kept.path.starts_with("/hunan/staff/texts/") && kept.text().contains("最新的一版已发布"), "{}", kept.text());
    let id = kept.path.rsplit('/').next().unwrap().to_owned();
    let front = visitor.get("/hunan").await.text();
    assert!(front.contains("关于开展信息采集的通知") && !front.contains("seed-0"), "{front}");
    let page = visitor.get(&format!("/hunan/texts/notices/{id}")).await.text();
    assert!(page.contains("<p>第一段。<br>") && page.contains("第二段 &lt;script&gt;。"), "{page}");
    for nowhere in ["/hunan/texts/notices/nothing", "/hunan/texts/laws", &format!("/hunan/texts/guides/{id}")] {
        assert_eq!(visitor.get(nowhere).await.status.as_u16(), 404, "{nowhere}");
    }
    let found = visitor.get("/hunan/search?words=xxcj").await.text();
    assert!(found.contains(&format!("/hunan/texts/notices/{id}")) && found.contains("找到 1 条。"), "{found}");
    let late = desk.post(&format!("/hunan/staff/texts/{id}"), &form("晚了的标题", "save")).await;
    assert!(
        late.status.as_u16() == 409 && late.text().contains("晚了的标题") && late.text().contains("没有保存"),
        "{}",
        late.text()
    );

    let mut reviewer = signed_in(&app, &staff, "yuhua").await;
    let contact = [("province", "hunan"), ("form[bureau]", "430111"), ("form[version]", "0"), ("form[phone]", "0731-85000001")];
    assert!(reviewer.post("/api/staff/contact/save", &contact).await.path.starts_with("/hunan/staff/hotlines"));
    let late = reviewer.post("/api/staff/contact/save", &contact).await;
    assert!(late.path.contains("trouble=stale") && late.text().contains("您刚才填写的内容（没有保存）"), "{}", late.text());
    let known = visitor.get("/hunan/hotlines").await.text();
    assert!(known.contains("tel:0731-85000001") && !known.contains("岳麓区财政局"), "{known}");
    for (path, names, others) in [
        ("/hunan/hotlines?city=430100", &["长沙县财政局", "长沙市财政局本级", "长沙市雨花区财政局"][..], "长沙市长沙县财政局"),
        ("/hunan/hotlines?city=430100&county=430121", &["长沙县财政局", "尚未公布"], "tel:0731-85000001"),
        ("/liaoning/hotlines?city=210100&county=210100", &["沈阳市财政局本级", "tel:024-22704418"], "tel:024-22861002"),
    ] {
        let page = visitor.get(path).await.text();
        assert!(names.iter().all(|name| page.contains(name)) && !page.contains(others), "{path}: {page}");
    }
    let found = visitor.get("/hunan/hotlines?search=%E9%9B%A8%E8%8A%B1").await.text();
    assert!(found.contains("tel:0731-85000001") && !found.contains("岳麓区财政局"), "{found}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_regulation_with_a_file_is_written_by_one_and_published_by_another_and_a_question_is_answered_for() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let (mut visitor, mut desk) = (app.browser(), signed_in(&app, &staff, "shengting").await);
    let form = |kind, act| {
        [
            ("kind", kind),
            ("version", "0"),
            ("title", "会计专业技术人员继续教育规定"),
            ("subject", "learning"),
            ("audience", "everyone"),
            ("shown_from", "2026-01-01"),
            ("number", "财会〔2018〕10号"),
            ("issuer", "财政部"),
            ("issued_on", "20180519"),
            ("effective_on", "20180701"),
            ("body", "# 第一条\n为了规范。"),
            ("act", act),
        ]
    };
    let own = desk.post("/hunan/staff/texts/new", &form("regulations", "publish")).await;
    assert!(own.status.as_u16() == 403 && own.text().contains("由另一位管理员核对后发布，请提交同意"), "{}", own.text());
    let kept = desk.post("/hunan/staff/texts/new", &form("regulations", "save")).await;
    let (path, version) = (kept.path.clone(), kept.hidden("version"));
    let file = format!("{path}/file?version={version}");
    let wrong = send_file(&mut desk, &file, "办法.pdf", b"<html>").await;
    assert!(wrong.status.as_u16() == 422 && wrong.text().contains("field__error"), "{}", wrong.text());
    send_file(&mut desk, &file, "../办法.exe", b"%PDF-1.7 x").await;
    let page = desk.get(&path).await;
    let attached = format!("/hunan/text-files/{}", after(&page, "/hunan/text-files/"));
    assert!(page.text().contains("办法.pdf"), "{}", page.text());
    assert_eq!(visitor.look(&attached).await.status.as_u16(), 404, "a draft is nobody's");
    let from = format!("http://localhost{path}");
    let seen = [("accept", "*/*"), ("sec-fetch-site", "same-origin"), ("referer", from.as_str())];
    assert_eq!(desk.send(Method::GET, &attached, &seen, Vec::new()).await.status.as_u16(), 200, "but of those who keep it");
    let version = page.hidden("version");
    let rest = form("regulations", "ask");
    let asked = [&rest[2..], &[("kind", "regulations"), ("version", version.as_str())]].concat();
    let asked = desk.post(&path, &asked).await;
    assert!(
        asked.text().contains("等待另一位管理员核对后发布") && !asked.text().contains("value=\"publish\""),
        "{}",
        asked.text()
    );

    let mut second = signed_in(&app, &staff, "qianguanli").await;
    let page = second.get(&path).await;
    let published = second.post(&format!("{path}/act"), &[("version", &page.hidden("version")), ("act", "publish")]).await;
    assert!(published.text().contains("最新的一版已发布"), "{}", published.text());
    let id = path.rsplit('/').next().unwrap();
    let shown = visitor.get(&format!("/hunan/texts/regulations/{id}")).await.text();
    for part in ["<h2>第一条</h2>", "现行有效", "财会〔2018〕10号", attached.as_str(), "办法.pdf"] {
        assert!(shown.contains(part), "{part}: {shown}");
    }
    let got = visitor.look(&attached).await;
    assert_eq!((got.status.as_u16(), got.header("content-type")), (200, Some("application/pdf")));
    let how = "attachment; filename*=UTF-8''%E5%8A%9E%E6%B3%95.pdf";
    assert_eq!((got.header("content-disposition"), got.header("x-content-type-options")), (Some(how), Some("nosniff")));

    let mut reviewer = signed_in(&app, &staff, "yuhua").await;
    assert!(
        reviewer
            .get("/hunan/staff/reading?kind=regulations")
            .await
            .text()
            .contains(&format!("/hunan/staff/reading/regulations/{id}"))
    );
    let read = reviewer.get(&format!("/hunan/staff/reading/regulations/{id}")).await.text();
    assert!(read.contains("<h2>第一条</h2>") && read.contains("现行有效") && read.contains("附件：办法.pdf"), "{read}");
    assert!(visitor.look("/hunan/staff/reading").await.location().unwrap().contains("/staff/login"));

    let answered = desk.post("/hunan/staff/texts/new", &form("questions", "publish")).await;
    let question = answered.path.replace("/staff/texts/", "/texts/questions/");
    assert!(visitor.get(&question).await.text().contains("这个回答有帮助吗"));
    let thanked = visitor.post(&format!("{question}/useful"), &[("useful", "yes")]).await;
    assert!(thanked.path == format!("{question}?said=1") && thanked.text().contains("谢谢，已经记下。"), "{}", thanked.text());
    assert!(desk.get("/hunan/staff/texts?kind=questions").await.text().contains("有帮助 1，没有帮助 0"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_name_of_a_file_of_a_text_is_only_a_name() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let mut desk = signed_in(&app, &staff, "shengting").await;
    let form = [
        ("kind", "notices"),
        ("version", "0"),
        ("title", "</textarea><script>alert(1)</script>"),
        ("subject", "other"),
        ("audience", "everyone"),
        ("shown_from", "2026-01-01"),
        ("body", "正文 </textarea><script>alert(1)</script>\n\n[x](javascript:alert(1))"),
        ("act", "save"),
    ];
    let kept = desk.post("/hunan/staff/texts/new", &form).await;
    assert!(is_plain(&kept.text()), "{}", kept.text());
    let path = kept.path.clone();
    for (typed, expected) in [
        ("../../../etc/passwd", "passwd.pdf"),
        ("<img src=x onerror=alert(1)>.pdf", "img src=x onerror=alert(1).pdf"),
        ("a;filename*=b.html", "afilename=b.pdf"),
        ("...", "附件.pdf"),
    ] {
        let version = desk.get(&path).await.hidden("version");
        send_file(&mut desk, &format!("{path}/file?version={version}"), typed, format!("%PDF-1.7 {typed}").as_bytes()).await;
        let page = desk.get(&path).await.text();
        assert!(page.contains(expected), "{typed}: {page}");
        assert!(!page.contains("<img src=x") && is_plain(&page), "{typed} became markup");
    }
    let preview = [&form[..7], &[("act", "preview")]].concat();
    let shown = desk.post("/hunan/staff/texts/new", &preview).await.text();
    assert!(is_plain(&shown) && !shown.contains("href=\"javascript"), "{shown}");
    // Nothing was written beside the folder of the files.
    let outside: Vec<_> = std::fs::read_dir(&app.folder).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(outside.len(), 2, "{outside:?}");
}
