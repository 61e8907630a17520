//! 个人中心 as it is read: one next thing in every state, and the tabs of a telephone on every page but the forms.

use domain::case::{CaseKind, Status};
use domain::id::StaffId;
use store::case::round::VerdictRow;

use crate::support::journey::Person;
use crate::support::{Browser, Page, TestApp};

fn shows(page: &Page, wanted: &[&str], unwanted: &[&str]) {
    let text = page.text();
    for word in wanted {
        assert!(text.contains(word), "{} has no {word}: {text}", page.path);
    }
    for word in unwanted {
        assert!(!text.contains(word), "{} has {word}: {text}", page.path);
    }
}

/// How often a page asks for something by its one filled button inside the content.
fn filled_buttons(page: &Page) -> usize {
    let text = page.text();
    let main = text.split("<main").nth(1).and_then(|rest| rest.split("</main>").next()).unwrap_or_default().to_owned();
    main.matches("class=\"button\"").count()
}

async fn home(browser: &mut Browser) -> Page {
    browser.get("/hunan/home").await
}

/// The bureau returns the application of the only person, with one item.
async fn give_back(app: &TestApp) {
    let mut reader = app.services().db.read().await.unwrap();
    let hash = app.services().vault.keyed_hash("document", &Person::new(71).document);
    let account = reader.list_accounts_of_document("hunan", &hash).await.unwrap().remove(0);
    let case = reader.find_latest_case(&account.id, CaseKind::Intake).await.unwrap().unwrap();
    let staff_id: StaffId = reader.find_staff_of_login("hunan", "yuhua").await.unwrap().unwrap().id;
    drop(reader);
    let now = app.services().now();
    let verdict = VerdictRow {
        round: case.round,
        item: "person.residence_address".into(),
        is_accepted: false,
        reason: "请补充门牌号".into(),
        mark: String::new(),
        staff_id: staff_id.clone(),
        judged_at: now,
    };
    let write = app.services().db.write(move |tx| {
        Box::pin(async move {
            tx.save_verdict(&case.id, &verdict).await?;
            tx.move_case(&case, Status::Returned, Some(&staff_id), now).await?;
            Ok::<_, store::StoreError>(())
        })
    });
    write.await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn home_says_the_one_next_thing_in_every_state() {
    let app = TestApp::sqlite().await;
    let staff = app.staff().await;
    let person = Person::new(71);
    let mut browser = app.browser();
    browser.register(&person).await;
    let page = home(&mut browser).await;
    shows(
        &page,
        &["现在要做的一件事", "您还没有办理信息采集", "开始办理", "还没有站内信", "有人可以问"],
        &["class=\"track\"", "receipt.pdf"],
    );
    assert_eq!(filled_buttons(&page), 1);

    browser.pledge().await;
    let page = home(&mut browser).await;
    shows(
        &page,
        &["还差 6 项：个人基本信息、", "继续：个人基本信息", "草稿", "class=\"track\"", "aria-current=\"step\""],
        &["receipt.pdf"],
    );
    assert_eq!(filled_buttons(&page), 1);
    browser.fill(&person).await;
    shows(&home(&mut browser).await, &["还差 2 项：材料上传、", "上次保存："], &[]);

    browser.upload_all().await;
    browser.submit().await;
    let page = home(&mut browser).await;
    shows(
        &page,
        &["没有要办的", "您不用做什么。", "待审核", "查看申报进度", "receipt.pdf", "长沙市雨花区财政局"],
        &["现在要做的一件事"],
    );
    assert_eq!(filled_buttons(&page), 0, "who has nothing to do is asked for nothing");

    give_back(&app).await;
    let page = home(&mut browser).await;
    let wanted = [
        "您的信息采集申请被退回，需要修改。",
        "共 1 项需要修改，还有 1 项没有改好",
        "请补充门牌号",
        "退回时间：",
        "已退回",
        "href=\"/hunan/intake/amend\"",
    ];
    shows(&page, &wanted, &["record-card"]);
    assert_eq!(filled_buttons(&page), 1);

    let other = Person::new(72);
    let mut approved = app.browser();
    approved.apply(&other).await;
    let mut desk = app.browser();
    let reviewer = staff.iter().find(|one| one.login == "yuhua").unwrap();
    desk.staff_sign_in(reviewer, app.services().now()).await;
    let case = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&case).await;
    let page = home(&mut approved).await;
    shows(&page, &["没有要办的", "record-card", &other.name, "审核通过", "href=\"/hunan/record\""], &[&other.document]);

    let text = page.text();
    let image = text.split("<img").find(|image| image.contains("record-card__photo"));
    let image = image.unwrap_or_else(|| panic!("no photograph: {text}"));
    let photo = image.split("src=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    assert_eq!(approved.look(&photo).await.status, 200, "{photo}");
    shows(&approved.get("/hunan/record").await, &[&format!("src=\"{photo}\"")], &[]);

    let page = approved.get("/hunan/intake/progress").await;
    shows(
        &page,
        &["class=\"track\"", "<details class=\"card submitted\"", "receipt.pdf"],
        &["<details open", "submitted\" open"],
    );
    let text = page.text();
    let happened = text.split("办理过程").nth(1).unwrap();
    assert!(happened.find("审核通过").unwrap() < happened.find("提交申请").unwrap(), "the newest is first: {happened}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_tabs_of_a_telephone_stand_on_every_page_but_the_forms() {
    let app = TestApp::sqlite().await;
    let mut browser = app.browser();
    browser.register(&Person::new(73)).await;
    browser.pledge().await;
    let bar = |page: &Page| {
        let text = page.text();
        let bar = text.split("<nav aria-label=\"常用\"").nth(1).and_then(|rest| rest.split("</nav>").next()).map(str::to_owned);
        bar.unwrap_or_else(|| panic!("{} has no tabs: {text}", page.path))
    };
    let current = [("home", "/hunan/home"), ("services", "/hunan/services"), ("intake", "/hunan/services")];
    let current = current.into_iter().chain([("messages", "/hunan/messages"), ("settings", "/hunan/settings")]);
    for (path, tab) in current {
        let bar = bar(&browser.get(&format!("/hunan/{path}")).await);
        assert!(["首页", "办事", "消息", "我的"].iter().all(|label| bar.contains(label)), "{bar}");
        let here: Vec<_> = bar.split("<a ").filter(|link| link.contains("aria-current=\"page\"")).collect();
        assert!(here.len() == 1 && here[0].contains(&format!("href=\"{tab}\"")), "{path}: {bar}");
        assert!(!bar.split('>').next().unwrap().contains("hidden"), "{path}: {bar}");
    }
    for form in ["intake/briefing", "intake/person", "intake/files", "settings/password", "settings/email"] {
        let bar = bar(&browser.get(&format!("/hunan/{form}")).await);
        assert!(bar.split('>').next().unwrap().contains("hidden"), "{form}: {bar}");
    }
    let visitor = app.browser().get("/hunan").await.text();
    assert!(!visitor.contains("tab-bar"), "{visitor}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_gallery_shows_home_in_every_state() {
    let app = TestApp::sqlite().await;
    let page = app.browser().get("/hunan/staff/gallery/home").await;
    let states =
        ["还没有办理", "原有用户", "草稿", "已提交", "逐项退回", "改好了", "整件退回", "审核通过", "两件同时办理", "已终止"];
    shows(&page, &states, &[]);
    assert_eq!(page.text().matches("class=\"next\"").count(), states.len());
}
