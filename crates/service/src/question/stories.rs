//! 咨询 on both engines: who asks whom, who answers, and who sees what of it.

use chrono::Duration;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::limit::Limited;
use domain::portal::{TextKind, TextStage};
use domain::question::{AboutPage, AnswerForm, QuestionForm};

use super::*;
use crate::case::Proof;
use crate::employer::stories::{colleague, manager_to_be};
use crate::intake::stories::{picture, zhang_san};
use crate::portal;
use crate::review::stories::{CITY, DISTRICT, assert_audit_stands, refusal, reviewer, staff};
use crate::testing::{House, both};

fn form(key: &str, text: &str) -> QuestionForm {
    QuestionForm { request_key: key.into(), page: "files".into(), text: text.into() }
}

fn pictures(count: u8) -> Vec<Proof> {
    (0..count).map(|nth| Proof { name: format!("{nth}.jpg"), bytes: Ok(picture(nth + 1)) }).collect()
}

async fn titles(house: &House, visit: &Visit) -> Vec<String> {
    let account = visit.account().unwrap();
    let rows = house.services.db.read().await.unwrap().list_messages(account, "~", 50).await.unwrap();
    rows.into_iter().map(|row| row.title).filter(|title| title.contains("咨询")).collect()
}

fn reply(question: &str, text: &str) -> AnswerForm {
    AnswerForm { question: question.into(), text: text.into() }
}

async fn a_question_goes_to_the_own_bureau_and_its_answer_comes_in_a_message(house: House) {
    let (asking, other) = (manager_to_be(&house).await, colleague(&house).await);
    let li = reviewer(&house, DISTRICT, "李咨询").await;
    for _ in 0..2 {
        // The same attempt twice is one question.
        let answer = ask_question(&asking, &form("k1", "照片总是上传失败。"), pictures(2)).await.unwrap();
        assert_eq!(answer.go.as_deref(), Some("/hunan/questions?done=1"));
    }
    let view = questions_view(&asking).await.unwrap();
    let [mine] = view.lines.as_slice() else { panic!("{view:?}") };
    assert_eq!((mine.page, mine.pictures.len(), mine.answer.is_none()), (AboutPage::Files, 2, true));
    // Five working days after a Wednesday.
    assert_eq!(mine.due_on.to_string(), "2026-11-25");
    let asked = asked_view(&li).await.unwrap();
    assert_eq!((asked.open.len(), asked.open[0].text.as_str()), (1, "照片总是上传失败。"));
    let id = mine.id.clone();
    // Pictures are drawn anew, and seen by the two alone.
    for visit in [&asking, &li] {
        assert!(question_picture(visit, &id, 1).await.unwrap().starts_with(&[0xFF, 0xD8]));
        assert!(matches!(question_picture(visit, &id, 2).await, Err(Failure::NotFound)));
    }
    let beside = reviewer(&house, CITY, "钱审核").await;
    for visit in [&other, &beside] {
        assert!(matches!(question_picture(visit, &id, 0).await, Err(Failure::NotFound)));
    }
    assert_eq!(refusal(question_picture(&house.visit(None).await, &id, 0).await), Refusal::SignInAgain);
    assert!(asked_view(&beside).await.unwrap().open.is_empty());
    assert!(matches!(answer_question(&beside, &reply(&id, "请压缩后上传。")).await, Err(Failure::NotFound)));
    answer_question(&li, &reply(&id, "请压缩后\r\n上传。")).await.unwrap();
    assert!(matches!(answer_question(&li, &reply(&id, "再答一次。")).await, Err(Failure::Stale)));
    let view = questions_view(&asking).await.unwrap();
    assert_eq!(view.lines[0].answer.as_ref().map(|(text, _)| text.as_str()), Some("请压缩后\n上传。"));
    assert_eq!((titles(&house, &asking).await.len(), titles(&house, &other).await.len()), (1, 0));
    let asked = asked_view(&li).await.unwrap();
    assert_eq!((asked.open.len(), asked.answered.len()), (0, 1));
    assert_audit_stands(&house).await;
}
both!(a_question_goes_to_the_own_bureau_and_its_answer_comes_in_a_message);

async fn whoever_has_no_bureau_yet_asks_that_of_the_province_and_the_staff_answer_by_their_power(house: House) {
    let zhang = zhang_san(&house).await;
    ask_question(&zhang, &form("k1", "我应该选哪个财政局？"), Vec::new()).await.unwrap();
    let province = reviewer(&house, "430000", "周审核").await;
    assert_eq!(asked_view(&province).await.unwrap().open.len(), 1);
    let administrator = staff(&house, "430000", "赵管理", "administrator", true).await;
    assert_eq!(refusal(asked_view(&administrator).await), Refusal::NotYours);
    assert_eq!(refusal(asked_view(&zhang).await), Refusal::NotYours);
    let half = staff(&house, "430000", "孙审核", "reviewer", false).await;
    assert_eq!(refusal(asked_view(&half).await), Refusal::SecondFactorNeeded);
    let stranger = house.visit(None).await;
    assert_eq!(refusal(questions_view(&stranger).await), Refusal::SignInAgain);
    assert_eq!(refusal(ask_question(&stranger, &form("k", "我应该选哪个财政局？"), Vec::new()).await), Refusal::SignInAgain);
}
both!(whoever_has_no_bureau_yet_asks_that_of_the_province_and_the_staff_answer_by_their_power);

async fn what_is_wrong_is_told_and_nobody_asks_more_than_five_times_a_day(house: House) {
    let zhang = zhang_san(&house).await;
    let broken = vec![Proof { name: "x.jpg".into(), bytes: Ok(b"no picture".to_vec()) }];
    let cut = vec![Proof { name: String::new(), bytes: Err(Fault::FileCut) }];
    for (form, sent, field) in [
        (form("k", "你好"), Vec::new(), "text"),
        (QuestionForm { page: "nowhere".into(), ..form("k", "照片总是上传失败。") }, Vec::new(), "page"),
        (form("k", "照片总是上传失败。"), pictures(4), "proof"),
        (form("k", "照片总是上传失败。"), broken, "proof"),
        (form("k", "照片总是上传失败。"), cut, "proof"),
    ] {
        let told = ask_question(&zhang, &form, sent).await;
        assert!(matches!(&told, Err(Failure::Invalid(FieldErrors(errors))) if errors[0].field == field), "{told:?}");
    }
    for nth in 0..5 {
        ask_question(&zhang, &form(&format!("k{nth}"), "照片总是上传失败。"), Vec::new()).await.unwrap();
    }
    let sixth = ask_question(&zhang, &form("k6", "照片总是上传失败。"), Vec::new()).await;
    assert!(matches!(refusal(sixth), Refusal::TooOften { of: Limited::Requests, .. }));
    assert_eq!(questions_view(&zhang).await.unwrap().lines.len(), 5);
    let zhang = house.wait_awake(&zhang, Duration::days(1)).await;
    ask_question(&zhang, &form("k6", "照片总是上传失败。"), Vec::new()).await.unwrap();
    assert_eq!(questions_view(&zhang).await.unwrap().lines.len(), 6);
}
both!(what_is_wrong_is_told_and_nobody_asks_more_than_five_times_a_day);

async fn an_answer_becomes_one_draft_of_a_question_without_what_names_anybody(house: House) {
    let asking = manager_to_be(&house).await;
    let (number, mobile) = ("430111199003079988", "13900001234");
    let typed = format!(
        "我是张三，证件号码{number}，电话 {mobile}。<script>alert(1)</script>照片上传失败，[请看](javascript:alert(1))怎么办？"
    );
    ask_question(&asking, &form("k1", &typed), pictures(1)).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李咨询").await;
    let id = asked_view(&li).await.unwrap().open[0].id.clone();
    let zhao = staff(&house, "430000", "赵管理", "administrator", true).await;
    assert!(settled_view(&zhao).await.unwrap().lines.is_empty());
    assert!(matches!(draft_of_question(&zhao, &id).await, Err(Failure::NotFound)), "not before it is answered");
    answer_question(&li, &reply(&id, "张三您好：\n请压缩到 200 KB 以内再上传。")).await.unwrap();
    let seen = settled_view(&zhao).await.unwrap();
    let [line] = seen.lines.as_slice() else { panic!("{seen:?}") };
    for text in [&line.text, &line.answer] {
        assert!(!text.contains("张三") && !text.contains(number) && !text.contains(mobile), "{text}");
    }
    // Neither those who answer, nor whoever asked.
    for visit in [&li, &asking] {
        assert_eq!(refusal(settled_view(visit).await), Refusal::NotYours);
        assert_eq!(refusal(draft_of_question(visit, &id).await), Refusal::NotYours);
    }
    let go = draft_of_question(&zhao, &id).await.unwrap().go.unwrap();
    let qian = staff(&house, "430000", "钱管理", "administrator", true).await;
    assert_eq!(draft_of_question(&qian, &id).await.unwrap().go.as_deref(), Some(go.as_str()), "one draft");
    let text = go.rsplit('/').next().unwrap().to_owned();
    assert_eq!(settled_view(&zhao).await.unwrap().lines[0].draft, text);
    let kept = portal::kept_text(&zhao, None, &text).await.unwrap();
    assert_eq!((kept.kind, kept.stage), (TextKind::Question, Some(TextStage::Draft)));
    assert!(kept.form.title.ends_with('…') && kept.form.body.ends_with("请压缩到 200 KB 以内再上传。"), "{:?}", kept.form);
    for hostile in ["<script", "javascript:alert(1)\"", number, mobile, "张三"] {
        assert!(!kept.html.contains(hostile), "{hostile}: {}", kept.html);
    }
    // Nobody reads it before it is published.
    assert!(portal::shown_texts(&asking, "questions", "", "").await.unwrap().lines.iter().all(|line| line.id != text));
    assert_audit_stands(&house).await;
}
both!(an_answer_becomes_one_draft_of_a_question_without_what_names_anybody);

async fn of_two_who_press_at_once_both_come_to_one_draft(house: House) {
    let asking = manager_to_be(&house).await;
    ask_question(&asking, &form("k1", "照片总是上传失败。"), Vec::new()).await.unwrap();
    let li = reviewer(&house, DISTRICT, "李咨询").await;
    let id = asked_view(&li).await.unwrap().open[0].id.clone();
    answer_question(&li, &reply(&id, "请压缩后上传。")).await.unwrap();
    let zhao = staff(&house, "430000", "赵管理", "administrator", true).await;
    let qian = staff(&house, "430000", "钱管理", "administrator", true).await;
    let (one, other) = tokio::join!(draft_of_question(&zhao, &id), draft_of_question(&qian, &id));
    assert!(one.is_ok() || other.is_ok());
    for came in [one, other] {
        assert!(matches!(came, Ok(_) | Err(Failure::Stale)), "{came:?}");
    }
    assert_eq!(portal::kept_texts(&zhao, TextKind::Question, "").await.unwrap().lines.len(), 1);
}
both!(of_two_who_press_at_once_both_come_to_one_draft);
