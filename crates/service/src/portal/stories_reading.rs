//! Who reads which texts, what they find and which files they have, on both engines.

use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::portal::TextKind::{Guide, Notice, Question};
use domain::portal::{TextAct, TextForm, TextStage};

use super::stories_texts::{PROVINCE, act, administrator, form, found, kept, read, titles, write};
use super::*;
use crate::employer::stories::collected;
use crate::intake::stories::{picture, zhang_san};
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

async fn a_text_is_read_by_those_for_whom_it_is(house: House) {
    let approved = collected(&house, "430102199003071234", "13900005678").await;
    let zhao = administrator(&house, "赵管理").await;
    let (visitor, new) = (house.visit(None).await, zhang_san(&house).await);
    let reviewer = staff(&house, PROVINCE, "王审核", "reviewer", true).await;
    let half = staff(&house, PROVINCE, "孙审核", "reviewer", false).await;
    for (audience, readers) in [("everyone", 5), ("approved", 2), ("staff", 1)] {
        let text = TextForm { audience: audience.into(), ..form(&format!("给 {audience} 的通知")) };
        let id = write(&zhao, Notice, &text, Some(TextAct::Publish)).await;
        add_file(&zhao, (&id, &kept(&zhao, &id).await.form.version), ("表.pdf", Ok(b"%PDF-1.4 x".to_vec()))).await.unwrap();
        act(&zhao, &id, TextAct::Publish).await.unwrap();
        let file = kept(&zhao, &id).await.files[0].id.clone();
        for (nth, visit) in [&reviewer, &approved, &visitor, &new, &half].into_iter().enumerate() {
            let is_among = nth < readers;
            assert_eq!(read(visit, Notice, &id).await.is_some(), is_among, "{audience} {nth}");
            assert_eq!(titles(visit, Notice).await.contains(&text.title), is_among, "{audience} {nth}");
            assert_eq!(found(visit, audience).await.len(), usize::from(is_among), "{audience} {nth}");
            assert_eq!(text_file(visit, &file).await.is_ok(), is_among, "{audience} {nth}");
        }
        assert!(staff_text(&reviewer, "notices", &id).await.is_ok());
    }
    for (visit, expected) in
        [(&visitor, Refusal::SignInAgain), (&approved, Refusal::NotYours), (&half, Refusal::SecondFactorNeeded)]
    {
        assert_eq!(refusal(staff_texts(visit, Notice, "").await), expected);
        assert_eq!(refusal(staff_text(visit, "notices", "seed-0").await), expected);
    }
    assert_eq!(staff_texts(&reviewer, Notice, "").await.unwrap().lines.len(), 3);
}
both!(a_text_is_read_by_those_for_whom_it_is);

async fn what_is_looked_for_is_found_by_characters_and_by_initials_titles_first(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    let body = |text: &str| text.to_owned();
    for (kind, title, text) in [
        (Question, "会计人员怎样登记继续教育学分？", "在学分折算中上传证明。"),
        (Guide, "网校报名", "报名以后，会计人员在网校学习，网校报送 **学 分**。"),
        (Notice, "关于 2026 年考试的通知", "考试时间见附件。100% 的人员_都要参加。"),
    ] {
        write(&zhao, kind, &TextForm { body: body(text), subject: "other".into(), ..form(title) }, Some(TextAct::Publish)).await;
    }
    let all = found(&visitor, "学分").await;
    assert_eq!(all, ["会计人员怎样登记继续教育学分？", "网校报名"], "the title before the body");
    for (words, expected) in [
        ("KJRYzydj", &["会计人员怎样登记继续教育学分？"][..]),
        ("hjryzydj", &[]),
        ("zydj", &["会计人员怎样登记继续教育学分？"]),
        ("wxbm", &["网校报名"]),
        ("会计 网校", &["网校报名"]),
        ("２０２６年", &["关于 2026 年考试的通知"]),
        ("100%", &["关于 2026 年考试的通知"]),
        ("％", &[]),
        ("_", &[]),
        ("'; DROP TABLE portal_text; --", &[]),
        ("没有这样的内容", &[]),
        (" ", &[]),
    ] {
        assert_eq!(found(&visitor, words).await, expected, "{words}");
    }
    assert_eq!(search(&visitor, &"长".repeat(500)).await.unwrap().words.chars().count(), 50);
}
both!(what_is_looked_for_is_found_by_characters_and_by_initials_titles_first);

async fn a_file_belongs_to_the_versions_that_have_it_and_is_what_it_is(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    let id = write(&zhao, Notice, &form("带附件的通知"), Some(TextAct::Publish)).await;
    let version = async || kept(&zhao, &id).await.form.version;
    let pdf = || b"%PDF-1.7\n<script>alert(1)</script>".to_vec();
    for (name, sent, expected) in [
        ("a.html", b"<html><script>alert(1)</script>".to_vec(), Fault::FileKind),
        ("a.jpg", b"#!/bin/sh".to_vec(), Fault::FileKind),
        ("a.docx", b"PK\x03\x04".to_vec(), Fault::FileFormat(domain::fault::Format::Document)),
        ("a.svg", b"<svg onload=alert(1)>".to_vec(), Fault::FileKind),
        ("a.pdf", Vec::new(), Fault::FileEmpty),
    ] {
        let errors = add_file(&zhao, (&id, &version().await), (name, Ok(sent))).await;
        assert!(matches!(errors, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("file", expected)), "{name}");
    }
    assert_eq!(kept(&zhao, &id).await.stage, Some(TextStage::Published), "what is refused opens no new version");
    add_file(&zhao, (&id, &version().await), ("..\\..\\办法\u{202E}fdp.exe", Ok(pdf()))).await.unwrap();
    add_file(&zhao, (&id, &version().await), ("\"><img src=x>.gif", Ok(picture(9)))).await.unwrap();
    assert!(matches!(add_file(&zhao, (&id, "1"), ("a.pdf", Ok(pdf()))).await, Err(Failure::Stale)));
    let mut view = kept(&zhao, &id).await;
    view.files.sort_by_key(|file| file.is_picture);
    let names: Vec<_> = view.files.iter().map(|file| (file.name.as_str(), file.is_picture)).collect();
    assert_eq!(names, [("办法fdp.pdf", false), ("img src=x.jpg", true)]);
    assert_eq!(view.stage, Some(TextStage::Draft));
    assert!(read(&visitor, Notice, &id).await.unwrap().files.is_empty(), "until it is published nobody has it");
    let (file, drawn) = (view.files[0].id.clone(), view.files[1].id.clone());
    assert!(matches!(text_file(&visitor, &file).await, Err(Failure::NotFound)));
    act(&zhao, &id, TextAct::Publish).await.unwrap();
    let names: Vec<_> = read(&visitor, Notice, &id).await.unwrap().files.into_iter().map(|file| file.name).collect();
    assert_eq!(names, ["办法fdp.pdf"], "a picture stands within the text");
    let (row, bytes) = text_file(&visitor, &file).await.unwrap();
    assert_eq!((row.media_type.as_str(), bytes), ("application/pdf", pdf()));
    let (row, bytes) = text_file(&visitor, &drawn).await.unwrap();
    assert!(row.media_type == "image/jpeg" && bytes.starts_with(&[0xFF, 0xD8]) && bytes != picture(9), "it was drawn anew");
    assert!(knows_file(&house.services, &row.sha256).await.unwrap() && !knows_file(&house.services, "00").await.unwrap());

    remove_file(&zhao, (&id, &version().await), &file).await.unwrap();
    assert!(text_file(&visitor, &file).await.is_ok(), "the version that is read has it");
    act(&zhao, &id, TextAct::Publish).await.unwrap();
    assert!(read(&visitor, Notice, &id).await.unwrap().files.is_empty());
    assert!(matches!(text_file(&visitor, &file).await, Err(Failure::NotFound)));
    assert!(text_file(&zhao, &file).await.is_ok(), "with the versions its files are kept");
    assert_audit_stands(&house).await;
}
both!(a_file_belongs_to_the_versions_that_have_it_and_is_what_it_is);
