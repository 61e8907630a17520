//! The portal and the accounts of the staff without scripts, through the real router.

use service::staff::DemoStaff;

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
async fn a_notice_and_a_telephone_are_written_without_scripts_and_read_by_a_visitor() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let mut visitor = app.browser();
    let front = visitor.get("/hunan").await.text();
    assert!(front.contains("/hunan/notices/seed-0") && front.contains("/hunan/hotlines"), "{front}");
    let mut desk = signed_in(&app, &staff, "shengting").await;
    let new = desk.get("/hunan/staff/notices/new").await;
    let on = new.hidden("form[published_on]");
    let form = [
        ("province", "hunan"),
        ("form[kind]", "notice"),
        ("form[version]", "0"),
        ("form[title]", "关于开展信息采集的通知"),
        ("form[body]", "第一段。\r\n第二段 <script>。"),
        ("form[published_on]", &on),
        ("form[publish]", "yes"),
    ];
    let list = desk.post("/api/staff/text/save", &form).await;
    assert!(list.path.starts_with("/hunan/staff/notices") && list.text().contains("已保存。"), "{}", list.text());
    let front = visitor.get("/hunan").await.text();
    assert!(front.contains("关于开展信息采集的通知") && !front.contains("seed-0"), "{front}");
    let notice = front.split("/hunan/notices/").nth(1).and_then(|rest| rest.split('"').next()).unwrap().to_owned();
    let page = visitor.get(&format!("/hunan/notices/{notice}")).await.text();
    assert!(page.contains("<p>第一段。") && page.contains("第二段 &lt;script&gt;。"), "{page}");
    assert_eq!(visitor.get("/hunan/notices/nothing").await.status.as_u16(), 404);

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
