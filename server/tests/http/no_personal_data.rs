//! After a whole journey through the real program, neither the database nor the log holds a number in clear.

use crate::support::binary::{Running, services};
use crate::support::journey::Person;
use crate::support::{Browser, demo_staff, folder, sqlite_bytes};

fn holds(bytes: &[u8], needle: &str) -> bool {
    bytes.windows(needle.len()).any(|window| window == needle.as_bytes())
}

#[expect(clippy::disallowed_methods, reason = "the real program goes by the real clock")]
fn now() -> chrono::DateTime<chrono::Utc> {
    chrono::Utc::now()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn database_files_and_log_hold_no_number_in_clear() {
    let folder = folder();
    let path = folder.join("journey.sqlite");
    let url = format!("sqlite:{}", path.display());
    let mut running = Running::start(&folder, &url);
    let person = Person::new(321);
    let mut owner = Browser::at_port(running.port);
    owner.apply(&person).await;
    let address = [
        ("province", "hunan"),
        ("form[email]", "papagei@example.com"),
        ("form[old_password]", crate::support::journey::PASSWORD),
    ];
    let settings = owner.post("/api/account/settings/email/save", &address).await;
    assert!(settings.text().contains("p***@example.com"), "{}", settings.text());
    let mut reviewer = Browser::at_port(running.port);
    reviewer.staff_sign_in(&demo_staff()[0], now()).await;
    let case = reviewer.queue().await[0]["id"].as_str().unwrap().to_owned();
    let form = [("province", "hunan"), ("form[case]", case.as_str()), ("form[purpose]", "与本人电话核对")];
    let revealed = reviewer.call("/api/review/reveal", &form).await;
    assert!(revealed.text().contains(&person.document), "{}", revealed.text());
    reviewer.approve(&case).await;
    // A wrong password, and faults in every form, are what logs like to repeat.
    let mut other = Browser::at_port(running.port);
    let captcha = other.captcha().await;
    let wrong = [
        ("province", "hunan"),
        ("form[document_number]", person.document.as_str()),
        ("form[password]", "Falsch-2026"),
        ("form[captcha]", &captcha),
    ];
    other.post("/api/account/login/password", &wrong).await;
    other.call_encoded("/api/account/register", format!("province=hunan&form[document_number]={}&x[", person.document)).await;
    other
        .call("/api/account/login/mobile", &[("province", "hunan"), ("form[mobile]", &person.mobile), ("form[nonsense]", "1")])
        .await;
    // What a certificate carries in its address, and a link to share it.
    let code = "eyJhbGciOiJFZERTQSJ9.a-stranger-scanned-this.c2lnbmF0dXJl";
    let mut stranger = Browser::at_port(running.port);
    let verified = stranger.look(&format!("/hunan/verify?c={code}")).await;
    assert!(verified.status.is_success() && verified.text().contains("a-stranger-scanned-this"), "{}", verified.text());
    let link = "shared-with-one-person-alone";
    let shared = stranger.look(&format!("/hunan/shared/{link}")).await;
    assert!(!shared.status.is_server_error(), "{}", shared.text());
    running.kill();

    let places = [("database", sqlite_bytes(&path)), ("log", std::fs::read(&running.log).unwrap())];
    for (place, bytes) in &places {
        for (what, canary) in [
            ("identity number", person.document.as_str()),
            ("end of the identity number", &person.document[10..]),
            ("mobile number", &person.mobile),
            ("e-mail address", "papagei"),
            ("password", crate::support::journey::PASSWORD),
            ("session", &owner.jar["sid-hunan"]),
        ] {
            assert!(!holds(bytes, canary), "the {place} holds the {what}");
        }
        assert!(!holds(bytes, &person.address), "the {place} holds the address");
    }
    assert!(!holds(&places[1].1, &person.name), "the log holds the name");
    for (what, canary) in [("code of a certificate", "a-stranger-scanned-this"), ("link that shares one", link)] {
        assert!(!holds(&places[1].1, canary), "the log holds the {what}");
    }
    assert!(holds(&places[1].1, "serving"), "the log was looked at");
    let services = services(&folder, &url).await;
    assert!(services.db.verify_audit(&[]).await.unwrap().is_ok());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn files_of_people_are_sealed_on_the_disk() {
    let app = crate::support::TestApp::sqlite().await;
    let person = Person::new(5);
    let mut owner = app.browser();
    owner.register(&person).await;
    owner.sign_in(&person).await;
    owner.pledge().await;
    let picture = crate::support::pictures::png(640, 480, "a picture in clear");
    owner.upload("photo", "photo.png", &picture).await;
    let mut folders = vec![app.folder.join("files")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            assert!(
                !holds(&bytes, "a picture in clear") && !holds(&bytes, "IHDR") && !holds(&bytes, "JFIF"),
                "{}",
                path.display()
            );
            files += 1;
        }
    }
    assert_eq!(files, 3, "what was sent, what was made of it, and what is shown");
}
