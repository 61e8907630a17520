//! 长者版 without scripts: one question a page, the telephone of a person above, remembered by the browser.

use domain::id::{BureauCode, StaffId};
use store::portal::contact::ContactRow;

use crate::support::journey::Person;
use crate::support::{BUREAU, Browser, Page, TestApp};

const STEP: &str = "/hunan/intake/person";

async fn choose(browser: &mut Browser, elder: &str) -> Page {
    browser.post("/api/site/version", &[("province", "hunan"), ("form[elder]", elder)]).await
}

/// Presses a button of a page of 个人基本信息 with these answers.
async fn press(browser: &mut Browser, page: &Page, how: &str, answers: &[(&str, &str)]) -> Page {
    let version = page.hidden("version");
    let text = page.text();
    let question = if text.contains("page[question]") { page.hidden("page[question]") } else { String::new() };
    let first = [("province", "hunan"), ("step", "person"), ("version", version.as_str()), ("how", how)];
    let all = [first.as_slice(), &[("page[question]", question.as_str())], answers].concat();
    browser.post("/api/intake/step/save", &all).await
}

fn shows(page: &Page, words: &[&str]) {
    let text = page.text();
    for word in words {
        assert!(text.contains(word), "{} has no {word}: {text}", page.path);
    }
}

/// What 个人中心 says in plain words, how many large ways it offers, and that nothing else crowds it.
async fn home_says(browser: &mut Browser, words: &[&str], ways: usize) {
    let page = browser.get("/hunan/home").await;
    shows(&page, words);
    let text = page.text();
    assert_eq!(text.matches("class=\"big\"").count(), ways, "{text}");
    for crowd in ["main-side", "summary-list", "class=\"track\"", "正在审核"] {
        assert!(!text.contains(crowd), "{crowd} in {text}");
    }
}

/// The key of the one question that is not hidden.
fn shown(page: &Page) -> Vec<String> {
    let text = page.text();
    let groups = text.split("<fieldset").filter(|group| group.contains("data-questions=\""));
    let seen = groups.filter(|group| !group.split('>').next().unwrap().contains(" hidden"));
    seen.map(|group| group.split("data-questions=\"").nth(1).unwrap().split('"').next().unwrap().to_owned()).collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_step_asks_one_question_a_page_and_keeps_every_answer() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    let front = choose(&mut browser, "yes").await;
    assert_eq!(front.path, "/hunan");
    shows(&front, &["data-elder=\"yes\"", "标准版", "有不清楚的，打电话问：", "href=\"tel:12345\""]);
    let person = Person::new(331);
    browser.register(&person).await;
    browser.pledge().await;

    let first = browser.get(STEP).await;
    shows(&first, &["第 1 题，共 6 题", "您是哪个国家或者地区的人？", "下一题", "保存，稍后再办"]);
    assert!(!first.text().contains("上一题"), "nothing is before the first");
    assert_eq!(shown(&first), ["nationality"]);

    let refused = press(&mut browser, &first, "next", &[]).await;
    assert_eq!(refused.path, format!("{STEP}?q=nationality&check=one"));
    assert_eq!(shown(&refused), ["nationality"]);
    assert_eq!(refused.text().matches("check=1&amp;q=").count(), 1, "nothing is said of the other questions");

    let second = press(&mut browser, &refused, "next", &[("form[nationality]", "CN")]).await;
    assert_eq!(second.path, format!("{STEP}?after=nationality"));
    shows(&second, &["第 2 题，共 8 题", "前面的都保存好了", "您是什么民族？"]);
    assert_eq!(shown(&second), ["ethnicity"], "the answer has opened it");

    let answers = [("form[nationality]", "CN"), ("form[ethnicity]", "01")];
    let back = press(&mut browser, &second, "previous", &answers).await;
    assert_eq!(shown(&back), ["nationality"]);
    let again = press(&mut browser, &back, "next", &answers).await;
    assert!(again.text().contains("value=\"01\" selected"), "what was chosen is kept on the way back: {}", again.text());

    let end = browser.get(&format!("{STEP}?after=telephone")).await;
    shows(&end, &["这一步都答完了", "保存并继续", "没有填写", "/hunan/intake/person?q=ethnicity"]);
    assert!(shown(&end).is_empty());
    let faulty = press(&mut browser, &end, "continue", &answers).await;
    assert_eq!(faulty.path, format!("{STEP}?check=1"));
    assert_eq!(shown(&faulty), ["political_status"], "a mistake leads to its question");
    shows(&faulty, &["/hunan/intake/person?check=1&amp;q=residence_address#field-residence_address"]);

    assert_eq!(browser.fill(&person).await.path, "/hunan/intake/files", "a whole step is saved as ever");
    let standard = choose(&mut browser, "no").await;
    shows(&standard, &["长者版"]);
    assert!(!standard.text().contains("data-elder") && !standard.text().contains("tel:12345"), "{}", standard.text());
    let page = browser.get(STEP).await;
    assert!(page.text().contains(&person.address) && !page.text().contains("下一题"), "switching loses nothing");
    assert!(!page.text().contains("您是什么民族"), "the words of 长者版 do not ride along");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_telephone_is_that_of_the_own_bureau_once_it_is_known() {
    let app = TestApp::sqlite().await;
    app.staff().await;
    let by: StaffId = app.services().db.read().await.unwrap().find_staff_of_login("hunan", "yuhua").await.unwrap().unwrap().id;
    let row = ContactRow {
        province: "hunan".to_owned(),
        bureau: BureauCode::from(BUREAU),
        phone: "0731-80000000".to_owned(),
        address: "某某路 1 号".to_owned(),
        hours: "工作日 8:30–17:00".to_owned(),
        wants: String::new(),
        version: 0,
        updated_by: by,
        updated_at: chrono::DateTime::UNIX_EPOCH,
    };
    let write = app.services().db.write(move |tx| {
        Box::pin(async move {
            tx.save_contact(&row).await?;
            Ok::<_, store::StoreError>(())
        })
    });
    write.await.unwrap();

    let person = Person::new(332);
    let mut browser = app.browser();
    choose(&mut browser, "yes").await;
    browser.register(&person).await;
    browser.pledge().await;
    shows(&browser.get("/hunan/home").await, &["href=\"tel:12345\"", "咨询电话尚未公布"]);
    browser.fill(&person).await;
    let own = ["href=\"tel:0731-80000000\"", "长沙市雨花区财政局", "工作日 8:30–17:00"];
    shows(&browser.get("/hunan/home").await, &own);
    browser.upload_all().await;
    browser.submit().await;
    shows(&browser.get("/hunan/messages").await, &own);

    let page = browser.get("/hunan/home").await.text();
    assert!(!page.contains("class=\"tab-bar\""), "the header has its places");
    let staff = browser.get("/hunan/staff/login").await.text();
    assert!(!staff.contains("data-elder") && !staff.contains("标准版") && !staff.contains("长者版"), "the staff have none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn home_offers_a_few_large_ways_in_plain_words() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let person = Person::new(333);
    let mut browser = app.browser();
    choose(&mut browser, "yes").await;
    browser.register(&person).await;
    let begin = ["，您好", "您还没有办信息采集", "开始办理", "站内信", "看发给您的通知", "账号设置"];
    home_says(&mut browser, &begin, 2).await;
    browser.pledge().await;
    home_says(&mut browser, &["您的信息采集还没有办完", "填过的都保存着", "接着办"], 2).await;
    browser.fill(&person).await;
    browser.upload_all().await;
    browser.submit().await;
    let waits =
        ["已经交上去了，等长沙市雨花区财政局审核", "前有结果", "现在不用做什么", "申报进度", "看办到哪一步了", "有 1 条还没有看"];
    home_says(&mut browser, &waits, 3).await;

    let mut desk = app.browser();
    desk.staff_sign_in(&staff[0], app.services().now()).await;
    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&case).await;
    let done = ["审核通过了", "现在没有要办的", "年继续教育", "还差 ", "个人档案", "看审核通过的内容"];
    home_says(&mut browser, &done, 5).await;
}
