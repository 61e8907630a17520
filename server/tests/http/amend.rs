//! The way back from a step, a slot and an explanation, and the list of what was returned, without scripts.

use crate::support::journey::Person;
use crate::support::pictures::png;
use crate::support::{Browser, TestApp, demo_staff};

const ADDRESS: [(&str, &str); 4] = [
    ("form[nationality]", "CN"),
    ("form[ethnicity]", "01"),
    ("form[political_status]", "13"),
    ("form[residence_address]", "韶山北路 9 号"),
];

/// Saves 个人基本信息 as its page does that was opened with this word.
async fn save(owner: &mut Browser, back: &str, rest: &[(&str, &str)]) -> crate::support::Page {
    let page = owner.get(&format!("/hunan/intake/person?back={back}")).await;
    let (version, back) = (page.hidden("version"), page.hidden("page[back]"));
    let first =
        [("province", "hunan"), ("step", "person"), ("version", version.as_str()), ("page[back]", &back), ("how", "continue")];
    owner.post_only("/api/intake/step/save", &[first.as_slice(), rest].concat()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_leads_back_to_the_sheet_with_faults_it_stays_and_nobody_is_led_elsewhere() {
    let app = TestApp::sqlite().await;
    let person = Person::new(81);
    let mut owner = app.browser();
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    owner.fill(&person).await;
    let sheet = owner.get("/hunan/intake/check").await.text();
    assert!(sheet.contains("href=\"/hunan/intake/person?back=check\""), "{sheet}");

    assert_eq!(save(&mut owner, "check", &ADDRESS).await.location(), Some("/hunan/intake/check"));
    let faulty = save(&mut owner, "check", &ADDRESS[..3]).await;
    assert_eq!(faulty.location(), Some("/hunan/intake/person?check=1&back=check"));
    let page = owner.get("/hunan/intake/person?check=1&back=check").await;
    assert!(page.text().contains("error-summary"), "{}", page.text());
    assert_eq!(page.hidden("page[back]"), "check", "kept while something is wrong");
    assert_eq!(save(&mut owner, "check", &ADDRESS).await.location(), Some("/hunan/intake/check"));
    // The next task, as ever.
    for elsewhere in ["", "//evil.example", "https%3A%2F%2Fevil.example", "progress"] {
        assert_eq!(save(&mut owner, elsewhere, &ADDRESS).await.location(), Some("/hunan/intake/files"), "{elsewhere}");
    }
    let forged = [ADDRESS.as_slice(), &[("page[back]", "//evil.example")]].concat();
    let answer = save(&mut owner, "", &forged).await;
    assert!(!answer.location().unwrap_or_default().contains("evil"), "{:?}", answer.location());
}

/// An application that came back with two items.
async fn returned(app: &TestApp) -> Browser {
    let mut owner = app.browser();
    owner.apply(&Person::new(82)).await;
    app.staff().await;
    let mut desk = app.browser();
    let li = demo_staff().into_iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(&li, app.services().now()).await;
    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.post("/api/review/hold", &[("province", "hunan"), ("form[case]", &case)]).await;
    let version = desk.get(&format!("/hunan/staff/cases/{case}")).await.hidden("form[version]");
    for item in ["employment.employer_name", "attachment.photo"] {
        let form = [
            ("province", "hunan"),
            ("form[case]", case.as_str()),
            ("form[version]", &version),
            ("form[item]", item),
            ("form[verdict]", "reject"),
            ("form[reason]", "与证明不一致"),
        ];
        desk.post("/api/review/judge", &form).await;
    }
    let form = [
        ("province", "hunan"),
        ("form[case]", case.as_str()),
        ("form[version]", &version),
        ("form[decision]", "return"),
        ("form[reason]", "请修改"),
    ];
    let page = desk.post("/api/review/decide", &form).await;
    assert!(page.path.ends_with("/staff/queue"), "{} {}", page.path, page.text());
    owner
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_list_of_what_was_returned_is_worked_off_without_scripts() {
    let app = TestApp::sqlite().await;
    let mut owner = returned(&app).await;
    assert!(owner.get("/hunan/intake").await.text().contains("href=\"/hunan/intake/amend\""), "the way there");
    let messages = owner.get("/hunan/messages").await.text();
    assert!(messages.contains("href=\"/hunan/intake/amend\""), "{messages}");
    let page = owner.get("/hunan/intake/amend").await;
    let text = page.text();
    for word in ["需要修改 2 项", "与证明不一致", "长沙某某有限公司", "改好 2 项后重新提交", "审核", "不用修改的"]
    {
        assert!(text.contains(word), "{word}: {text}");
    }
    assert!(text.contains("action=\"/hunan/upload/photo?back=amend\""), "{text}");

    // The form of one question posts the whole step.
    let form = text.split("<form").find(|form| form.contains("form[employer_name]")).unwrap();
    let mut fields: Vec<(String, String)> = Vec::new();
    for input in form.split("<input").skip(1) {
        let attribute =
            |name: &str| input.split(&format!("{name}=\"")).nth(1).and_then(|rest| rest.split('"').next()).map(str::to_owned);
        let (Some(name), Some(value)) = (attribute("name"), attribute("value")) else { continue };
        let value = if name == "form[employer_name]" { "长沙算盘商贸有限公司".to_owned() } else { value };
        fields.push((name, value));
    }
    let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let saved = owner.post("/api/intake/step/save", &fields).await;
    assert_eq!(saved.path, "/hunan/intake/amend", "{}", saved.text());
    assert!(saved.text().contains("改好 1 项后重新提交") && saved.text().contains("长沙算盘商贸有限公司"), "{}", saved.text());

    let early = owner.get("/hunan/intake/check").await.text();
    assert!(early.contains("未通过的项目全部修改"), "{early}");
    let wrong = owner.upload_as_page("photo?back=amend", "说明.txt", b"no picture").await;
    assert_eq!(wrong.path, "/hunan/intake/amend");
    assert!(wrong.text().contains("这个文件不是图片"), "{}", wrong.text());
    let sent = owner.upload_as_page("photo?back=amend", "新照片.png", &png(640, 470, "another")).await;
    assert_eq!(sent.path, "/hunan/intake/amend");
    assert!(sent.text().contains("新照片"), "{}", sent.text());
    assert!(!sent.text().contains("项后重新提交"), "all is done: {}", sent.text());
    owner.submit().await;
    let after = owner.get("/hunan/intake/amend").await.text();
    assert!(after.contains("现在没有需要逐项修改的内容"), "{after}");
}
