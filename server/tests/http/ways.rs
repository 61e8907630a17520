//! The ways to an account that Hunan does not have, without scripts: Hunan's house with the account rules of other provinces.

use std::sync::Arc;

use domain::province::Province;

use crate::support::{Browser, Page, TestApp, root};

const NUMBER: &str = "430111199003079988";
const MOBILE: &str = "13912345678";
const PASSWORD: &str = "Xk7!mpQ2";

const KINDS: &str = r#"document_kinds = [{ kind = "resident_id", label = "居民身份证" }]"#;
const SMS: &str = "[account.sms]\nsignature = \"测试\"\nresend_seconds = 60\ncode_minutes = 5\nmax_tries = 5";

async fn app(rules: &str) -> TestApp {
    let mut app = TestApp::sqlite().await;
    let read = |file: &str| std::fs::read_to_string(root().join("provinces").join(file)).ok();
    let hunan = read("hunan.toml").unwrap();
    let (head, rest) = hunan.split_once("[account]\n").unwrap();
    let (_, tail) = rest.split_once("[portal]\n").unwrap();
    let text = format!("{head}[account]\n{KINDS}\n{rules}\n{SMS}\n[portal]\n{tail}");
    let changed = |file: &str| if file == "hunan.toml" { Some(text.clone()) } else { read(file) };
    let province = Province::parse(&changed, "hunan").unwrap_or_else(|errors| panic!("{errors:#?}"));
    app.house.services =
        app.house.services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
    app
}

/// What a person sees of a page: without the data for the scripts.
fn seen(page: &Page) -> String {
    let text = page.text();
    let (first, rest) = text.split_once("<script").unwrap_or((&text, ""));
    let behind = rest.split("<script").map(|part| part.split_once("</script>").map_or("", |(_, behind)| behind));
    first.to_owned() + &behind.collect::<String>()
}

fn shows(page: &Page, wanted: &[&str], unwanted: &[&str]) {
    let text = seen(page);
    assert!(wanted.iter().all(|word| text.contains(word)), "{} lacks one of {wanted:?}: {text}", page.path);
    assert!(!unwanted.iter().any(|word| text.contains(word)), "{} shows one of {unwanted:?}: {text}", page.path);
}

async fn send_code(browser: &mut Browser, purpose: &str) -> Page {
    let captcha = browser.captcha().await;
    let form = [
        ("province", "hunan"),
        ("purpose", purpose),
        ("form[name]", "张三丰"),
        ("form[document_number]", NUMBER),
        ("form[mobile]", MOBILE),
        ("form[captcha]", &captcha),
    ];
    browser.post("/api/account/code", &form).await
}

fn registration(code: &str) -> [(&str, &str); 6] {
    [
        ("province", "hunan"),
        ("form[document_kind]", "resident_id"),
        ("form[document_number]", NUMBER),
        ("form[name]", "张三丰"),
        ("form[mobile]", MOBILE),
        ("form[sms_code]", code),
    ]
}

#[tokio::test]
async fn a_password_is_set_after_the_telephone_and_the_name_is_asked_at_the_login() {
    let rules = "registration = \"password_after\"\nlogins = [\"name_and_password\"]\nhas_legacy_holders = true\n\
                 taken = \"told\"\n[account.password]\nmin = 8\nmax = 128\nkinds = 3\nspecials = \"\"";
    let app = app(rules).await;
    let mut browser = app.browser();
    shows(&browser.get("/hunan").await, &["原有用户设置密码", "href=\"/hunan/activate\""], &[]);
    let login = browser.get("/hunan/login").await;
    shows(&login, &["姓名", "证件号码", "密码", "忘记密码", "原有用户设置密码"], &["登录方式", "手机号码"]);
    let page = browser.get("/hunan/register").await;
    shows(&page, &["/api/account/register/phone", "短信验证码", "图形验证码"], &["确认密码"]);
    assert!(page.text().find("form[name]") < page.text().find("form[document_number]"));

    send_code(&mut browser, "registration").await;
    let code = browser.code(MOBILE).await;
    let page = browser.post("/api/account/register/phone", &registration(&code)).await;
    assert_eq!(page.path, "/hunan/password", "{}", page.text());
    shows(&page, &["设置登录密码", "form[password_again]"], &["忘记密码"]);
    let differ = [("province", "hunan"), ("form[password]", PASSWORD), ("form[password_again]", "x")];
    let page = browser.post("/api/account/reset/password", &differ).await;
    assert_eq!(page.path, "/hunan/password");
    shows(&page, &["两次填写的密码不一样"], &[]);
    let same = [("province", "hunan"), ("form[password]", PASSWORD), ("form[password_again]", PASSWORD)];
    let page = browser.post("/api/account/reset/password", &same).await;
    assert_eq!(page.path, "/hunan/home");
    shows(&page, &["张三丰", "退出登录"], &[]);

    let mut browser = app.browser();
    browser.get("/hunan/login").await;
    let captcha = browser.captcha().await;
    let mut form = vec![("province", "hunan"), ("form[name]", "张三封"), ("form[document_number]", NUMBER)];
    form.extend([("form[password]", PASSWORD), ("form[captcha]", captcha.as_str())]);
    let page = browser.post("/api/account/login/name", &form).await;
    shows(&page, &["姓名、证件号码与密码不匹配", "value=\"张三封\""], &[PASSWORD]);
    let captcha = browser.captcha().await;
    (form[1].1, form[4].1) = ("张三丰", captcha.as_str());
    assert_eq!(browser.post("/api/account/login/name", &form).await.path, "/hunan/home");
}

#[tokio::test]
async fn a_holder_without_a_telephone_is_shown_the_way_to_the_bureau_like_everybody() {
    let rules = "registration = \"password_after\"\nlogins = [\"name_and_password\"]\nhas_legacy_holders = true\n\
                 taken = \"told\"\n[account.password]\nmin = 8\nmax = 128\nkinds = 3\nspecials = \"\"";
    let app = app(rules).await;
    let mut browser = app.browser();
    shows(&browser.get("/hunan/activate").await, &["姓名", "证件号码", "图形验证码", "下一步"], &["短信验证码"]);
    let captcha = browser.captcha().await;
    let form = [("province", "hunan"), ("form[name]", "张三丰"), ("form[document_number]", NUMBER), ("form[captcha]", &captcha)];
    let page = browser.post("/api/account/activate", &form).await;
    assert_eq!(page.path, "/hunan/activate");
    let wanted = ["短信验证码", "href=\"/hunan/hotlines\"", "href=\"/hunan/phone-change\"", "value=\"activation\""];
    shows(&page, &wanted, &[]);
    let page = send_code(&mut browser, "activation").await;
    assert_eq!(page.path, "/hunan/activate");
    let wrong = [("province", "hunan"), ("form[sms_code]", "000000")];
    let page = browser.post("/api/account/reset/prove", &wrong).await;
    assert_eq!(page.path, "/hunan/activate");
    shows(&page, &["短信验证码不正确，还可以再试 4 次"], &[]);
    shows(&browser.get("/hunan/password").await, &["验证手机之后才能设置登录密码"], &["form[password]"]);
}

#[tokio::test]
async fn where_there_are_no_passwords_no_page_speaks_of_one() {
    let app = app("registration = \"without_password\"\nlogins = [\"mobile_and_document\"]").await;
    let mut browser = app.browser();
    let fields = ["证件号码", "手机号码", "短信验证码", "图形验证码", "发送验证码"];
    shows(&browser.get("/hunan/login").await, &fields, &["form[password]", "忘记密码", "登录方式", "滑块"]);
    shows(&browser.get("/hunan/register").await, &fields, &["form[password]"]);
    for missing in ["/hunan/forgot", "/hunan/activate", "/hunan/password"] {
        assert_eq!(browser.get(missing).await.status.as_u16(), 404, "{missing}");
    }
    send_code(&mut browser, "registration").await;
    let code = browser.code(MOBILE).await;
    let page = browser.post("/api/account/register", &registration(&code)).await;
    assert_eq!(page.path, "/hunan/home", "{}", page.text());
    let mut browser = app.browser();
    shows(&browser.get("/hunan/registered").await, &["请用证件号码、手机号码和短信验证码登录"], &["密码登录"]);

    app.clock.forward(chrono::Duration::minutes(2));
    let page = send_code(&mut browser, "document_login").await;
    assert_eq!(page.path, "/hunan/login?way=document");
    shows(&page, &[&format!("value=\"{NUMBER}\""), &format!("value=\"{MOBILE}\"")], &[]);
    let code = browser.code(MOBILE).await;
    let form = [("province", "hunan"), ("form[document_number]", NUMBER), ("form[mobile]", MOBILE), ("form[sms_code]", &code)];
    let page = browser.post("/api/account/login/document", &form).await;
    assert_eq!(page.path, "/hunan/home", "{}", page.text());
}

#[tokio::test]
async fn where_the_province_has_an_identity_service_the_pages_lead_to_it_and_ask_nothing() {
    let rules = "registration = \"identity_service\"\nlogins = [\"identity_service\"]\n[account.identity_service]\n\
                 name = \"政务服务网\"\nhotline = \"12345\"\nnote = \"信息有误的，请到网上修改。\"";
    let app = app(rules).await;
    let mut browser = app.browser();
    for path in ["/hunan/login", "/hunan/register"] {
        let wanted = [
            "href=\"/hunan/identity/start\"",
            "href=\"/hunan/identity/register\"",
            "href=\"/hunan/identity/account\"",
            "请先到政务服务网注册并通过实名认证",
            "12345",
            "信息有误的，请到网上修改。",
        ];
        shows(&browser.get(path).await, &wanted, &["form[document_number]", "form[mobile]", "忘记密码"]);
    }
    let wanted = ["href=\"/hunan/identity/start\"", "href=\"/hunan/identity/register\"", "通过实名认证，完成后回到这里登录"];
    shows(&browser.get("/hunan").await, &wanted, &["第一次使用，先注册账号"]);
    shows(&browser.get("/hunan/login?registered=1").await, &["完成注册和实名认证的，请点击“登录”"], &[]);
}

#[tokio::test]
async fn a_taken_number_is_told_on_a_page_with_every_way_out() {
    let rules = "registration = \"password_after\"\nlogins = [\"name_and_password\"]\nhas_legacy_holders = true\n\
                 taken = \"told\"\n[account.password]\nmin = 8\nmax = 128\nkinds = 3\nspecials = \"\"";
    let app = app(rules).await;
    let ways =
        ["login", "forgot", "activate", "phone-change", "appeal", "hotlines"].map(|path| format!("href=\"/hunan/{path}\""));
    let mut browser = app.browser();
    let page = browser.get("/hunan/taken").await;
    shows(&page, &ways.each_ref().map(String::as_str), &["form[document_number]", "form[mobile]"]);
    shows(&page, &["您填写的证件号码已有账号，不需要再次注册", "原来的账号没有任何变化"], &[]);
    for path in ["login", "forgot", "activate", "phone-change", "appeal", "hotlines"] {
        assert!(browser.get(&format!("/hunan/{path}")).await.status.is_success(), "{path}");
    }
    let silent = TestApp::sqlite().await;
    assert_eq!(silent.browser().look("/hunan/taken").await.status, 404);
}

#[tokio::test]
async fn a_province_with_user_names_asks_one_and_its_agreement_and_signs_in_by_it() {
    let rules = "registration = \"with_username\"\nlogins = [\"username_and_password\"]\nusername = { min = 4, max = 20 }\n\
                 [account.password]\nmin = 6\nmax = 20\nkinds = 2\ncounted = \"digit_letter_symbol\"\nspecials = \"\"\n\
                 [account.agreement]\ntitle = \"《注册协议》\"\nversion = \"1\"\nparagraphs = [\"由本人使用。\"]";
    let app = app(rules).await;
    let mut browser = app.browser();
    let page = browser.get("/hunan/register").await;
    let wanted = [
        "用户名",
        "4~20 个字符",
        "我已阅读并同意《注册协议》",
        "由本人使用。",
        "form[agreed]",
        "三种字符中的 2 种",
        "最多 20 位",
    ];
    shows(&page, &wanted, &["大写字母"]);
    let page = send_code(&mut browser, "registration").await;
    assert_eq!(page.path, "/hunan/register");
    let code = browser.code(MOBILE).await;
    let mut form: Vec<(&str, &str)> = registration(&code).into_iter().filter(|(field, _)| !field.contains("password")).collect();
    form.extend([("form[username]", "ZhangSan8"), ("form[password]", "xkmpq7"), ("form[password_again]", "xkmpq7")]);
    let page = browser.post("/api/account/register", &form).await;
    assert_eq!(page.path, "/hunan/register");
    shows(&page, &["请阅读并勾选注册协议", "value=\"ZhangSan8\""], &["xkmpq7"]);
    form.push(("form[agreed]", "yes"));
    let page = browser.post("/api/account/register", &form).await;
    assert_eq!(page.path, "/hunan/home", "{}", page.text());
    let mut browser = app.browser();
    shows(&browser.get("/hunan/registered").await, &["请用用户名（或者证件号码）和刚才设置的密码登录"], &[]);
    shows(&browser.get("/hunan/login").await, &["用户名/证件号码", "密码"], &["form[sms_code]", "form[document_number]"]);
    for (typed, password, path) in [("zhangsan8", "wrong-1", "/hunan/login"), ("zhangsan8", "xkmpq7", "/hunan/home")] {
        let captcha = browser.captcha().await;
        let form =
            [("province", "hunan"), ("form[username]", typed), ("form[password]", password), ("form[captcha]", captcha.as_str())];
        let page = browser.post("/api/account/login/username", &form).await;
        // What was refused before anybody was known is answered where it was posted.
        let is_there = page.path.split('?').next() == Some(path);
        assert!(is_there || (password == "wrong-1" && page.status.as_u16() == 422), "{}: {}", page.path, page.text());
        if password == "wrong-1" {
            shows(&page, &["用户名/证件号码与密码不匹配"], &["wrong-1"]);
        }
    }
}
