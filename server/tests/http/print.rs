//! 打印基本信息表: a PDF for its owner, nothing for anybody else, and a worded refusal where there are no fonts.

use std::process::Command;
use std::sync::Arc;

use crate::support::journey::{Person, answers};
use crate::support::{Browser, TestApp, seed};
use domain::intake::{Answers, FieldKind, MAX_ROWS, StepKey, field_kind};
use domain::province::{FieldRules, Province};
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

pub(crate) async fn printing() -> TestApp {
    let mut app = TestApp::sqlite().await;
    with_printing(&mut app.house.services);
    app
}

pub(crate) async fn ready_to_print(app: &TestApp, person: &Person) -> Browser {
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
    assert_eq!(page.status.as_u16(), 503);
    assert!(page.text().contains("打印功能暂时不能使用，请稍后再试。"), "{}", page.text());
    let mut house = app.house.clone();
    house.services = house.services.with(|rooms| {
        rooms.provinces = Arc::new(suanpan_server::provinces::load(&crate::support::root().join("provinces")).unwrap())
    });
    let mut owner = owner.moved_to(suanpan_server::router::router(&house));
    assert_eq!(owner.look(FORM).await.status.as_u16(), 404);
    assert!(!owner.get("/hunan/intake/files").await.text().contains("form.pdf"));
}

/// An answer as long as the question takes it, that opens every other question.
fn longest(province: &Province, step: StepKey, field: &FieldRules) -> String {
    let conditions = province.profile.intake.steps.iter().flat_map(|of| of.fields.iter().map(move |asked| (of.key, asked)));
    let conditions = conditions.flat_map(|(of, asked)| asked.when.iter().map(move |condition| (of, condition)));
    let opens: Vec<_> = conditions
        .filter(|(of, condition)| match condition.field.split_once('.') {
            Some((other, key)) => other == step.as_str() && key == field.key,
            None => *of == step && condition.field == field.key,
        })
        .map(|(_, condition)| condition)
        .collect();
    match field_kind(step, &field.key).unwrap() {
        FieldKind::Text { max } => "沈阳市和平区".chars().cycle().take(max as usize).collect(),
        FieldKind::Choice => {
            let entries = province.lists.entries(field.list.as_deref().unwrap());
            let fitting = entries.iter().filter(|entry| opens.iter().all(|condition| condition.holds(&entry.code)));
            fitting.max_by_key(|entry| entry.label.chars().count()).map(|entry| entry.code.clone()).unwrap_or_default()
        }
        FieldKind::Division => province.bureaus.0.keys().next_back().unwrap().to_string(),
        FieldKind::Bureau => province.bureaus.0.values().max_by_key(|bureau| bureau.name.len()).unwrap().code.to_string(),
        FieldKind::Date | FieldKind::DateOrMonth => "2012-12-30".into(),
        FieldKind::ResponsibleBureau => String::new(),
        FieldKind::Name => "阿卜杜热合曼".repeat(8),
        FieldKind::Email => format!("{}@example.com", "a".repeat(60)),
        FieldKind::CreditCode | FieldKind::EmployerCode => "91350100M000100Y43".into(),
        FieldKind::Mobile => "13912345678".into(),
        FieldKind::Telephone => "02480000000-12345".into(),
        FieldKind::Postcode => "110000".into(),
    }
}

/// Everything that can be asked, answered as long as it can be, with every row.
fn longest_answers(province: &Province) -> Answers {
    answered(province, MAX_ROWS, |step, field| longest(province, step, field))
}

/// How many rows somebody has.
const fn rows_of(nth: usize) -> usize {
    1 + nth % 3
}

/// Answers of ordinary length, each of them another choice of every list, with some rows.
fn usual_answers(province: &Province, nth: usize) -> Answers {
    answered(province, rows_of(nth), |step, field| match field_kind(step, &field.key).unwrap() {
        FieldKind::Text { max } => "沈阳市和平区财政局会计学校".chars().cycle().take((6 + nth).min(max as usize)).collect(),
        FieldKind::Choice => {
            let entries = province.lists.entries(field.list.as_deref().unwrap());
            entries[nth % entries.len()].code.clone()
        }
        FieldKind::Name => "欧阳小明".into(),
        FieldKind::Email => "ouyang@example.com".into(),
        _ => longest(province, step, field),
    })
}

fn answered(province: &Province, rows: usize, value: impl Fn(StepKey, &FieldRules) -> String) -> Answers {
    let mut answers = Answers::default();
    for step in &province.profile.intake.steps {
        for field in &step.fields {
            let value = value(step.key, field);
            let names = match step.key.has_rows() {
                true => (0..rows).map(|row| format!("{}.rows.{row}.{}", step.key.as_str(), field.key)).collect(),
                false => vec![format!("{}.{}", step.key.as_str(), field.key)],
            };
            for name in names {
                assert!(answers.set(&name, value.clone()), "{name}");
            }
        }
    }
    answers
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_longest_form_of_every_province_has_no_more_pages_than_its_slot_takes_and_the_telephone_once() {
    let app = TestApp::sqlite().await;
    let mut printing = 0;
    for key in ["hubei", "hunan", "liaoning", "zhejiang"] {
        let province = app.services().province(key).unwrap().clone();
        let Some(slot) = province.profile.intake_line().attachments.iter().find(|slot| slot.prints) else { continue };
        printing += 1;
        let answers = longest_answers(&province);
        let people = seed::accountants(app.services(), key, 0..1, &answers, &[]).await.unwrap();
        let mut owner = app.browser();
        owner.jar.insert(format!("sid-{key}"), people[0].token.clone());
        let page = owner.look(&format!("/{key}/intake/form.pdf")).await;
        assert_eq!(page.status.as_u16(), 200, "{key}: {}", page.text());
        let text = text(&app, &page.body);
        let pages = count_of_pages(&text).unwrap();
        assert!(pages <= slot.most, "{key}: {pages} pages for a slot of {}", slot.most);
        assert!(text.matches("沈阳市和平区").count() > 60, "{key}: the long answers are not on it: {text}");
        assert_eq!(text.matches("手机号码").count(), 1, "{key}: {text}");
        let numbers = ["13912345678", "13800000000"].map(|number| text.matches(number).count());
        assert_eq!(numbers.iter().sum::<usize>(), 1, "{key}: {text}");
    }
    assert!(printing > 0, "no province prints");
}

/// How many pages a document says that it has.
fn count_of_pages(text: &str) -> Option<u32> {
    (1..=9).find(|pages| text.contains(&format!("第{pages}页共{pages}页")))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_six_ordinary_people_print_fits_one_page_or_its_slot_and_has_the_telephone_once() {
    let app = TestApp::sqlite().await;
    let keys = ["hubei", "hunan", "liaoning", "zhejiang"];
    let prints =
        |key: &&str| app.services().province(key).unwrap().profile.intake_line().attachments.iter().any(|slot| slot.prints);
    let printing: Vec<&str> = keys.into_iter().filter(prints).collect();
    assert!(!printing.is_empty(), "no province prints");
    for key in printing {
        let province = app.services().province(key).unwrap().clone();
        let most = province.profile.intake_line().attachments.iter().find(|slot| slot.prints).map_or(1, |slot| slot.most);
        for nth in 0..6 {
            let answers = usual_answers(&province, nth);
            let number = nth as u64;
            let person = seed::accountants(app.services(), key, number..number + 1, &answers, &[]).await.unwrap().remove(0);
            let mut owner = app.browser();
            owner.jar.insert(format!("sid-{key}"), person.token);
            let page = owner.look(&format!("/{key}/intake/form.pdf")).await;
            assert_eq!(page.status.as_u16(), 200, "{key} {nth}: {}", page.text());
            let text = text(&app, &page.body);
            let pages = count_of_pages(&text).unwrap();
            assert!(pages <= most, "{key} {nth}: {pages} pages for a slot of {most}: {text}");
            let numbers = ["13912345678".to_owned(), format!("138{nth:08}")].map(|number| text.matches(&number).count());
            assert_eq!(numbers.iter().sum::<usize>(), 1, "{key} {nth}: {text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn names_that_only_the_rarest_face_has_are_printed_and_a_private_code_point_is_a_blank() {
    const RAREST: &str = "\u{2BC20}\u{3158E}\u{31350}\u{323AF}\u{30EDD}";
    let app = TestApp::sqlite().await;
    let mut answers = Answers::default();
    answers.set("person.name", format!("欧阳{RAREST}"));
    answers.set("employment.address", format!("{RAREST}\u{F000}路 1 号"));
    let people = seed::accountants(app.services(), "liaoning", 0..1, &answers, &[]).await.unwrap();
    let mut owner = app.browser();
    owner.jar.insert("sid-liaoning".to_owned(), people[0].token.clone());
    let page = owner.look("/liaoning/intake/form.pdf").await;
    let text = text(&app, &page.body);
    assert!(text.contains(&format!("欧阳{RAREST}")) && text.contains(&format!("{RAREST}手写路1号")), "{text}");
    assert!(text.contains("横线处是打印字库中没有的字（U+F000）"), "{text}");
    assert!(page.body.len() < 300_000, "{} bytes", page.body.len());
    let step = owner.get("/liaoning/intake/employment").await.text();
    assert_eq!(step.matches("“\u{F000}”打印时字库中没有，会留出空白，请打印后手写。").count(), 1, "{step}");
    assert!(!owner.get("/liaoning/intake/person").await.text().contains("字库中没有"), "what can be printed is no matter");
}
