//! 单位确认 without scripts: the page of a person, and the link by which an administrator answers once; whoever has no link learns nothing.

use sha2::{Digest, Sha256};
use store::confirmation::ConfirmationRow;
use store::employer::manager::ManagerRow;

use crate::support::journey::Person;
use crate::support::seed;
use crate::support::{Browser, TestApp};

const PAGE: &str = "/hunan/confirmation";
const TOKEN: &str = "AAAAAAAAAAAAAAAAAAAAAB";
const NAME: &str = "长沙另一有限公司";

/// A question of whoever has this document to an employer that somebody manages, and the link of it.
async fn asked(app: &TestApp, document: &str) {
    let services = app.services().clone();
    let hash = services.vault.keyed_hash("document", document);
    let person = services.db.read().await.unwrap().list_accounts_of_document("hunan", &hash).await.unwrap().remove(0);
    let boss = seed::account(&services, "hunan", 77, "单位的人");
    let manager = ManagerRow {
        id: services.ids.id(),
        province: "hunan".to_owned(),
        code: "91430111MA4L1N2E0X".to_owned(),
        code_hash: services.vault.keyed_hash("employer", "91430111MA4L1N2E0X"),
        account_id: boss.id.clone(),
        case_id: None,
        bureau: "430111".into(),
        since: services.now(),
        ended_at: None,
    };
    let row = ConfirmationRow {
        id: services.ids.id(),
        account_id: person.id,
        province: "hunan".to_owned(),
        code: manager.code.clone(),
        employer_name: NAME.to_owned(),
        manager_id: manager.id.clone(),
        link_hash: Sha256::digest(TOKEN.as_bytes()).to_vec(),
        mobile_hash: boss.mobile_hash.clone(),
        asked_at: services.now(),
        expires_at: services.now() + chrono::Duration::days(7),
        answer: String::new(),
        reason_sealed: None,
        answered_at: None,
    };
    let write = services.db.write(move |tx| {
        Box::pin(async move {
            tx.insert_account(&boss).await?;
            tx.insert_manager(&manager).await?;
            tx.insert_confirmation(&row).await
        })
    });
    write.await.unwrap();
}

async fn collected(app: &TestApp, person: &Person) -> Browser {
    let mut owner = app.browser();
    owner.apply(person).await;
    assert!(owner.get(PAGE).await.text().contains("信息采集审核通过以后，才能请单位确认。"));
    let (staff, now) = (app.staff().await, app.services().now());
    let mut desk = app.browser();
    desk.staff_sign_in(staff.iter().find(|one| one.login == "yuhua").unwrap(), now).await;
    let intake = desk.queue().await[0]["id"].as_str().unwrap().to_owned();
    desk.approve(&intake).await;
    owner
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_link_of_an_employer_shows_a_name_and_its_button_answers_once() {
    let app = TestApp::sqlite().await;
    let stranger = app.browser().look(PAGE).await;
    assert_eq!(stranger.location(), Some("/hunan/login?again=1"));
    let person = Person::new(81);
    let mut owner = collected(&app, &person).await;
    asked(&app, &person.document).await;
    assert!(owner.get(PAGE).await.text().contains("等待答复"));

    let (link, mut finder) = (format!("/hunan/confirm/{TOKEN}"), app.browser());
    let nobodys = finder.look("/hunan/confirm/AAAAAAAAAAAAAAAAAAAAAA").await;
    assert_eq!(nobodys.status.as_u16(), 410);
    let page = finder.look(&link).await;
    let text = page.text();
    assert!(page.status.is_success() && text.contains(&person.name) && text.contains(NAME), "{text}");
    assert!(!text.contains("<script"), "a plain page");
    for hidden in [&person.document, &person.mobile, &person.address] {
        assert!(!text.contains(hidden), "{hidden}: {text}");
    }
    assert!(finder.look(&link).await.status.is_success(), "looking does nothing");
    let bare = finder.post_only(&link, &[("answer", "refused"), ("reason", "")]).await;
    assert!(bare.status.as_u16() == 422 && bare.text().contains("请填写原因"), "{}", bare.text());
    let done = finder.post_only(&link, &[("answer", "confirmed")]).await;
    assert!(done.status.is_success() && done.text().contains("已经答复"), "{}", done.text());

    // Used, it says what one says that nobody gave out.
    let void = |text: String| text.replace(TOKEN, "");
    let again = finder.look(&link).await;
    assert_eq!((again.status, void(again.text())), (nobodys.status, void(nobodys.text())));
    let twice = finder.post_only(&link, &[("answer", "refused"), ("reason", "不是")]).await;
    assert_eq!(twice.status.as_u16(), 410);
    let own = owner.get(PAGE).await.text();
    assert!(own.contains("单位已确认") && own.contains(NAME), "{own}");
    let transfer = owner.get("/hunan/transfer?to=430102").await.text();
    assert!(transfer.contains(&format!("{NAME}已于")) && transfer.contains("可以不上传证明材料"), "{transfer}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_takes_a_question_back_and_nobody_else_can() {
    let app = TestApp::sqlite().await;
    let person = Person::new(82);
    let mut owner = collected(&app, &person).await;
    asked(&app, &person.document).await;
    let id = owner.get(PAGE).await.hidden("confirmation");
    let mut other = app.browser();
    let second = Person::new(83);
    other.register(&second).await;
    other.sign_in(&second).await;
    let taken = other.post_only(PAGE, &[("act", "withdraw"), ("confirmation", &id)]).await;
    assert_eq!(taken.status.as_u16(), 404);
    let taken = owner.post_only(PAGE, &[("act", "withdraw"), ("confirmation", &id)]).await;
    assert_eq!(taken.location(), Some(PAGE));
    assert!(owner.get(PAGE).await.text().contains("已收回"));
    assert_eq!(app.browser().look(&format!("/hunan/confirm/{TOKEN}")).await.status.as_u16(), 410);
    // Without an address of its own the house sends no links.
    let bare = owner.post_only(PAGE, &[("act", "ask"), ("code", "91430111MA4L1N2E0X")]).await;
    assert_eq!(bare.status.as_u16(), 404);
}
