//! What a page and a save ask of the database, counted on both engines.

use domain::intake::Answers;
use service::Services;
use store::Db;

use crate::support::seed::accountants;
use crate::support::*;

/// Statements and writes since a moment before.
struct Counted {
    statements: u64,
    writes: u64,
}

struct Before<'a>(&'a Services, u64, u64);

impl<'a> Before<'a> {
    fn of(services: &'a Services) -> Self {
        Self(services, services.db.traffic().statements(), services.db.traffic().writes())
    }

    fn since(&self) -> Counted {
        let traffic = self.0.db.traffic();
        Counted { statements: traffic.statements() - self.1, writes: traffic.writes() - self.2 }
    }
}

async fn a_queue_asks_twice(app: TestApp) {
    let staff = demo_staff();
    let li = staff.iter().find(|one| one.login == "yuhua").expect("a reviewer of the demonstration");
    app.staff().await;
    let mut browser = app.browser();
    browser.staff_sign_in(li, app.services().now()).await;
    app.clock.forward(chrono::Duration::seconds(1));
    browser.get("/hunan/staff/queue").await;
    let before = Before::of(app.services());
    let page = browser.get("/hunan/staff/queue").await;
    let counted = before.since();
    assert!(page.text().contains("审核列表"), "{}", page.text());
    assert!(counted.statements > 0 && counted.statements <= 2, "{} statements", counted.statements);
    assert_eq!(counted.writes, 0);
}

async fn a_save_is_one_write_of_six(app: TestApp) {
    let people = accountants(app.services(), "hunan", 0..1, &Answers::default(), &[]).await.expect("somebody");
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), people[0].token.clone());
    for how in ["continue", "auto"] {
        app.clock.forward(chrono::Duration::seconds(1));
        let version = browser.get("/hunan/intake/person").await.hidden("version");
        let email = format!("a{version}@example.com");
        let form =
            [("province", "hunan"), ("step", "person"), ("version", version.as_str()), ("how", how), ("form[email]", &email)];
        let before = Before::of(app.services());
        let answer = browser.call("/api/intake/step/save", &form).await;
        let counted = before.since();
        assert!(answer.text().contains("\"version\":"), "{}", answer.text());
        assert_eq!(counted.writes, 1, "one transaction");
        // The session is looked up once before it.
        assert!(counted.statements <= 1 + 6, "{} statements", counted.statements);
    }
}

async fn a_home_reads_what_it_shows(app: TestApp) {
    let people = accountants(app.services(), "hunan", 0..1, &Answers::default(), &[]).await.expect("somebody");
    let mut browser = app.browser();
    browser.jar.insert("sid-hunan".into(), people[0].token.clone());
    app.clock.forward(chrono::Duration::seconds(1));
    browser.get("/hunan/home").await;
    let before = Before::of(app.services());
    let page = browser.get("/hunan/home").await;
    let counted = before.since();
    assert!(page.text().contains("现在要做的一件事"), "{}", page.text());
    // The session, and the account with its unread messages for the frame; then cases, account with drafts, files, what was submitted,
    // messages, and the record, without which no 继续教育 is owed.
    assert!(counted.statements > 0 && counted.statements <= 8, "{} statements", counted.statements);
    assert_eq!(counted.writes, 0);
}

async fn over(db: Db, url: String) -> TestApp {
    TestApp::over(db, url, service::vault::Keys::generate(), folder())
}

macro_rules! both {
    ($name:ident) => {
        mod $name {
            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_sqlite() {
                let (db, url) = store::testing::sqlite().await;
                super::$name(super::over(db, url).await).await;
            }

            #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
            async fn on_postgres() {
                let (db, url) = store::testing::postgres().await;
                super::$name(super::over(db, url).await).await;
            }
        }
    };
}

both!(a_queue_asks_twice);
both!(a_home_reads_what_it_shows);
both!(a_save_is_one_write_of_six);
