//! 打印基本信息表: a PDF for its owner, nothing for anybody else, and a worded refusal where there are no fonts.

use std::process::Command;
use std::sync::Arc;

use crate::support::journey::{Person, answers};
use crate::support::{Browser, TestApp};
use service::Services;
use suanpan_server::adapters::paper::Printer;

const FORM: &str = "/hunan/intake/form.pdf";

/// Hunan, but with a slot for the printed form.
fn with_printing(services: &mut Services) {
    let mut province = (*services.province("hunan").unwrap()).clone();
    province.profile.intake.form_title = "会计专业技术人员基本信息表".into();
    let slot = province
        .profile
        .lines
        .get_mut(&domain::case::CaseKind::Intake)
        .unwrap()
        .attachments
        .iter_mut()
        .find(|rules| rules.slot == "employment_proof")
        .unwrap();
    slot.prints = true;
    *services = services.with(|rooms| rooms.provinces = Arc::new([("hunan".to_owned(), Arc::new(province))].into()));
}

async fn printing() -> TestApp {
    let mut app = TestApp::sqlite().await;
    with_printing(&mut app.house.services);
    app
}

async fn ready_to_print(app: &TestApp, person: &Person) -> Browser {
    let mut owner = app.browser();
    owner.register(person).await;
    owner.sign_in(person).await;
    owner.pledge().await;
    owner.fill(person).await;
    owner.upload_all().await;
    owner
}

fn rare() -> Person {
    Person { name: "欧阳䶮龘𤋮".into(), ..Person::new(41) }
}

/// What another program reads in it, without blanks.
fn text(app: &TestApp, pdf: &[u8]) -> String {
    let file = app.folder.join("form.pdf");
    std::fs::write(&file, pdf).unwrap();
    let output = Command::new("pdftotext").args(["-raw"]).arg(&file).arg("-").output().expect("pdftotext of poppler-utils");
    assert!(output.status.success(), "{output:?}");
    String::from_utf8(output.stdout).unwrap().split_whitespace().collect()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_gets_the_form_as_pdf_and_the_way_to_it() {
    let (app, person) = (printing().await, rare());
    let mut owner = ready_to_print(&app, &person).await;
    let files = owner.get("/hunan/intake/files").await.text();
    assert_eq!(files.matches(&format!("href=\"{FORM}\"")).count(), 1, "{files}");
    assert!(files.contains("请打印后签名（有工作单位的还要加盖单位公章）"), "{files}");
    let page = owner.look(FORM).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, Some("application/pdf")), "{}", page.text());
    assert_eq!(page.header("cache-control"), Some("private, no-store"));
    let disposition = page.header("content-disposition").unwrap();
    assert!(disposition.starts_with("attachment; filename=\"form.pdf\"; filename*=UTF-8''%E4%BC%9A%E8%AE%A1"), "{disposition}");
    assert!(page.header("content-security-policy").unwrap().contains("sandbox"));
    let text = text(&app, &page.body);
    let mut wanted = vec![person.name.clone(), person.document.clone(), person.mobile.clone()];
    wanted.extend(answers(&person.address).into_iter().filter(|(item, _)| item.ends_with("_school")).map(|(_, value)| value));
    wanted.extend([person.address.split_whitespace().collect(), "单位盖章：".into(), "本人签名：".into()]);
    for wanted in wanted {
        assert!(text.contains(&wanted), "{wanted} is not in {text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn nobody_else_gets_it() {
    let (app, person) = (printing().await, rare());
    ready_to_print(&app, &person).await.submit().await;
    let mut stranger = app.browser();
    let mut other = app.browser();
    let second = Person::new(2);
    other.register(&second).await;
    other.sign_in(&second).await;
    let staff = app.staff().await;
    let mut reviewer = app.browser();
    reviewer.staff_sign_in(&staff[0], app.services().now()).await;
    for (who, browser, status) in
        [("a stranger", &mut stranger, 401), ("another", &mut other, 404), ("a reviewer", &mut reviewer, 401)]
    {
        let page = browser.look(FORM).await;
        assert_eq!(page.status.as_u16(), status, "{who}: {}", page.text());
        assert_ne!(page.header("content-type"), Some("application/pdf"), "{who}");
        assert!(person.canaries().iter().all(|canary| !page.text().contains(canary)), "{who}: {}", page.text());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn without_fonts_and_without_a_slot_for_it_there_is_a_sentence_instead() {
    let mut app = printing().await;
    app.house.services = app.house.services.with(|rooms| rooms.paper = Arc::new(Printer::new(app.folder.join("no-fonts"))));
    let person = Person::new(42);
    let mut owner = ready_to_print(&app, &person).await;
    let page = owner.look(FORM).await;
    assert_eq!((page.status.as_u16(), page.text().as_str()), (503, "打印功能暂时不能使用，请稍后再试。"));
    let mut house = app.house.clone();
    house.services = house.services.with(|rooms| {
        rooms.provinces = Arc::new(suanpan_server::provinces::load(&crate::support::root().join("provinces")).unwrap())
    });
    let mut owner = owner.moved_to(suanpan_server::router::router(&house));
    assert_eq!(owner.look(FORM).await.status.as_u16(), 404);
    assert!(!owner.get("/hunan/intake/files").await.text().contains("form.pdf"));
}
