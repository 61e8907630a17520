//! Texts from their draft to their end, on both engines.

use chrono::Duration;
use domain::answer::Answer;
use domain::case::Refusal;
use domain::fault::{Fault, FieldErrors};
use domain::portal::TextKind::{self, Guide, Notice, Question, Regulation};
use domain::portal::text_view::{KeptTextView, TextView};
use domain::portal::{Force, TextAct, TextForm, TextStage};

use super::*;
use crate::intake::stories::{picture, zhang_san};
use crate::review::stories::{assert_audit_stands, refusal, staff};
use crate::testing::{House, both};

pub(super) const PROVINCE: &str = "430000";

pub(super) async fn administrator(house: &House, name: &str) -> Visit {
    staff(house, PROVINCE, name, "administrator", true).await
}

pub(super) fn form(title: &str) -> TextForm {
    let text = str::to_owned;
    TextForm {
        version: text("0"),
        title: text(title),
        subject: text("learning"),
        audience: text("everyone"),
        shown_from: text("2026-11-18"),
        issuer: text("财政部"),
        number: text("财会〔2018〕10号"),
        issued_on: text("2018-05-19"),
        effective_on: text("2018-07-01"),
        body: text("第一条 为了规范。\n\n第二条 <b>"),
        ..TextForm::default()
    }
}

/// The id of a text that was saved.
fn id_of(answer: &Answer) -> String {
    answer.go.as_deref().and_then(|go| go.rsplit_once('/')).unwrap().1.to_owned()
}

pub(super) async fn write(visit: &Visit, kind: TextKind, form: &TextForm, then: Option<TextAct>) -> String {
    id_of(&save_text(visit, (Some(kind), "new"), form, then).await.unwrap())
}

pub(super) async fn kept(visit: &Visit, id: &str) -> KeptTextView {
    kept_text(visit, None, id).await.unwrap()
}

pub(super) async fn act(visit: &Visit, id: &str, what: TextAct) -> Result<Answer, Failure> {
    let version = kept(visit, id).await.form.version;
    act_on_text(visit, id, what, (&version, "请补充附件")).await
}

pub(super) async fn titles(visit: &Visit, kind: TextKind) -> Vec<String> {
    shown_texts(visit, kind.code(), "", "").await.unwrap().lines.into_iter().map(|line| line.title).collect()
}

pub(super) async fn read(visit: &Visit, kind: TextKind, id: &str) -> Option<TextView> {
    match shown_text(visit, kind.code(), id).await {
        Ok(view) => Some(view),
        Err(Failure::NotFound) => None,
        Err(failure) => panic!("{failure:?}"),
    }
}

pub(super) async fn found(visit: &Visit, words: &str) -> Vec<String> {
    search(visit, words).await.unwrap().lines.into_iter().map(|line| line.title).collect()
}

/// Everybody who may write none of the texts, with what they hear.
async fn others(house: &House) -> Vec<(Visit, Refusal)> {
    vec![
        (house.visit(None).await, Refusal::SignInAgain),
        (zhang_san(house).await, Refusal::NotYours),
        (staff(house, PROVINCE, "王审核", "reviewer", true).await, Refusal::NotYours),
        (staff(house, "430100", "钱管理", "administrator", true).await, Refusal::NotYours),
        (staff(house, PROVINCE, "孙管理", "administrator", false).await, Refusal::SecondFactorNeeded),
    ]
}

async fn only_administrators_of_the_province_write_texts(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    let id = write(&zhao, Notice, &form("关于采集的通知"), None).await;
    for (visit, expected) in others(&house).await {
        assert_eq!(refusal(kept_texts(&visit, Notice, "").await), expected);
        assert_eq!(refusal(kept_text(&visit, Some(Guide), "new").await), expected);
        assert_eq!(refusal(kept_text(&visit, None, &id).await), expected);
        assert_eq!(refusal(old_version(&visit, &id, 1).await), expected);
        assert_eq!(refusal(preview(&visit, &form("不该出现"))), expected);
        assert_eq!(refusal(save_text(&visit, (Some(Notice), "new"), &form("不该出现"), None).await), expected);
        assert_eq!(refusal(act_on_text(&visit, &id, TextAct::Publish, ("1", "")).await), expected);
        assert_eq!(refusal(add_file(&visit, (&id, "1"), ("a.jpg", Ok(picture(3)))).await), expected);
        assert_eq!(refusal(remove_file(&visit, (&id, "1"), "x").await), expected);
        assert!(read(&visit, Notice, &id).await.is_none(), "a draft is read by nobody else");
    }
    let faulty = save_text(&zhao, (Some(Notice), "new"), &TextForm { title: String::new(), ..form("") }, None).await;
    assert!(matches!(faulty, Err(Failure::Invalid(errors)) if errors == FieldErrors::one("title", Fault::Missing)));
    assert!(matches!(save_text(&zhao, (None, "new"), &form("通知"), None).await, Err(Failure::NotFound)));
    let elsewhere = save_text(&zhao, (Some(Notice), "nothing"), &form("通知"), None).await;
    assert!(matches!(elsewhere, Err(Failure::NotFound)));
    assert_eq!(kept_texts(&zhao, Notice, "").await.unwrap().lines.len(), 1);
    assert_audit_stands(&house).await;
}
both!(only_administrators_of_the_province_write_texts);

async fn a_notice_is_read_from_its_first_day_to_its_last_and_by_nobody_once_it_is_withdrawn(house: House) {
    let (visitor, mut zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    let seeds = titles(&visitor, Notice).await;
    assert!(!seeds.is_empty(), "before anything is published the profile speaks");
    let day = |days: i64| (zhao.services.today() + Duration::days(days)).to_string();
    let bounded = TextForm { shown_from: day(1), shown_until: day(2), ..form("明后两天") };
    let always = TextForm { pinned: "yes".into(), shown_from: day(-30), ..form("置顶的通知") };
    let id = write(&zhao, Notice, &bounded, Some(TextAct::Publish)).await;
    let pinned = write(&zhao, Notice, &always, Some(TextAct::Publish)).await;
    for (days, is_read) in [(0, false), (1, true), (1, true), (1, false)] {
        house.clock.forward(Duration::days(days));
        assert_eq!(read(&visitor, Notice, &id).await.is_some(), is_read, "{}", visitor.services.today());
        let expected: &[&str] = if is_read { &["置顶的通知", "明后两天"] } else { &["置顶的通知"] };
        assert_eq!(titles(&visitor, Notice).await, expected);
        assert_eq!(front(&visitor).await.unwrap().notices.len(), expected.len());
        assert_eq!(found(&visitor, "明后").await.len(), usize::from(is_read), "what is not shown is not found");
    }
    zhao = administrator(&house, "钱管理").await;
    act(&zhao, &pinned, TextAct::Withdraw).await.unwrap();
    assert!(read(&visitor, Notice, &pinned).await.is_none() && found(&visitor, "置顶").await.is_empty());
    assert_eq!(titles(&visitor, Notice).await, seeds);
    assert_eq!(kept(&zhao, &pinned).await.stage, Some(TextStage::Withdrawn));
    assert!(matches!(act(&zhao, &pinned, TextAct::Withdraw).await, Err(Failure::Stale)));
    assert_audit_stands(&house).await;
}
both!(a_notice_is_read_from_its_first_day_to_its_last_and_by_nobody_once_it_is_withdrawn);

async fn a_regulation_is_published_by_another_than_whoever_wrote_it(house: House) {
    let (visitor, zhao, qian) =
        (house.visit(None).await, administrator(&house, "赵管理").await, administrator(&house, "钱管理").await);
    let own = save_text(&zhao, (Some(Regulation), "new"), &form("继续教育规定"), Some(TextAct::Publish)).await;
    assert_eq!(refusal(own), Refusal::SelfReview);
    assert!(kept_texts(&zhao, Regulation, "").await.unwrap().lines.is_empty(), "nothing is left of it");
    let id = write(&zhao, Regulation, &form("继续教育规定"), Some(TextAct::Ask)).await;
    assert_eq!(kept(&zhao, &id).await.acts, [TextAct::Refuse]);
    assert_eq!(refusal(act(&zhao, &id, TextAct::Publish).await), Refusal::SelfReview);
    let late = TextForm { version: kept(&qian, &id).await.form.version, ..form("改写") };
    assert!(matches!(save_text(&qian, (None, &id), &late, None).await, Err(Failure::Stale)), "what waits is not written");
    assert!(matches!(add_file(&qian, (&id, &late.version), ("a.jpg", Ok(picture(3)))).await, Err(Failure::Stale)));

    act(&qian, &id, TextAct::Refuse).await.unwrap();
    let back = kept(&zhao, &id).await;
    assert_eq!((back.stage, back.note.as_str()), (Some(TextStage::Draft), "请补充附件"));
    // A file of another does not make the words those of another.
    add_file(&qian, (&id, &back.form.version), ("a.jpg", Ok(picture(3)))).await.unwrap();
    let back = kept(&zhao, &id).await;
    assert_eq!(back.acts, []);
    assert!(matches!(act(&zhao, &id, TextAct::Publish).await, Err(Failure::Stale)));
    save_text(&zhao, (None, &id), &back.form, Some(TextAct::Ask)).await.unwrap();
    assert!(read(&visitor, Regulation, &id).await.is_none());
    act(&qian, &id, TextAct::Publish).await.unwrap();
    let published = kept(&zhao, &id).await;
    let line = &published.versions[0];
    assert_eq!((line.written.0.as_str(), line.published.as_ref().unwrap().0.as_str()), ("赵管理", "钱管理"));
    assert_eq!((published.stage, published.note.as_str()), (Some(TextStage::Published), ""));
    assert!(read(&visitor, Regulation, &id).await.is_some());
    // A notice is published by whoever writes it.
    write(&zhao, Notice, &form("通知"), Some(TextAct::Publish)).await;
    assert_audit_stands(&house).await;
}
both!(a_regulation_is_published_by_another_than_whoever_wrote_it);

async fn every_version_is_kept_and_readers_have_the_newest_whose_day_has_come(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    let id = write(&zhao, Guide, &form("怎样采集"), Some(TextAct::Publish)).await;
    let draft = TextForm { title: "怎样采集信息".into(), body: "新的内容".into(), ..kept(&zhao, &id).await.form };
    save_text(&zhao, (None, &id), &draft, None).await.unwrap();
    assert_eq!(titles(&visitor, Guide).await, ["怎样采集"], "a draft changes nothing");
    let tomorrow = (zhao.services.today() + Duration::days(1)).to_string();
    let later = TextForm { version: kept(&zhao, &id).await.form.version, shown_from: tomorrow, ..draft };
    save_text(&zhao, (None, &id), &later, Some(TextAct::Publish)).await.unwrap();
    assert_eq!(titles(&visitor, Guide).await, ["怎样采集"], "until its day the one before stands");
    house.clock.forward(Duration::days(1));
    assert_eq!(titles(&visitor, Guide).await, ["怎样采集信息"]);
    assert!(read(&visitor, Guide, &id).await.unwrap().html.contains("新的内容"));
    assert!(found(&visitor, "为了规范").await.is_empty(), "nobody finds what a version said before");
    assert_eq!(found(&visitor, "新的内容").await, ["怎样采集信息"]);

    let zhao = administrator(&house, "赵管理").await;
    let view = kept(&zhao, &id).await;
    assert_eq!(view.versions.iter().map(|line| line.nth).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(view.versions[1].replaced_on, Some(zhao.services.today()));
    assert!(old_version(&zhao, &id, 1).await.unwrap().html.contains("为了规范"));
    assert!(matches!(old_version(&zhao, &id, 3).await, Err(Failure::NotFound)));
    assert_audit_stands(&house).await;
}
both!(every_version_is_kept_and_readers_have_the_newest_whose_day_has_come);

async fn of_two_who_write_the_same_text_one_wins_and_the_other_hears_of_it(house: House) {
    let (zhao, qian) = (administrator(&house, "赵管理").await, administrator(&house, "钱管理").await);
    let id = write(&zhao, Notice, &form("通知"), None).await;
    let seen = kept(&zhao, &id).await.form;
    let both = [(zhao.clone(), "赵的标题"), (qian, "钱的标题")].map(|(visit, title)| {
        let (id, form) = (id.clone(), TextForm { title: title.into(), ..seen.clone() });
        tokio::spawn(async move { (title, save_text(&visit, (None, &id), &form, Some(TextAct::Publish)).await) })
    });
    let done: Vec<_> = futures::future::join_all(both).await.into_iter().map(Result::unwrap).collect();
    let (won, lost): (Vec<_>, Vec<_>) = done.into_iter().partition(|(_, outcome)| outcome.is_ok());
    assert_eq!((won.len(), lost.len()), (1, 1));
    assert!(matches!(lost[0].1, Err(Failure::Stale)));
    assert_eq!(titles(&zhao, Notice).await, [won[0].0]);
    assert_audit_stands(&house).await;
}
both!(of_two_who_write_the_same_text_one_wins_and_the_other_hears_of_it);

async fn a_button_that_is_pressed_twice_makes_one_text_and_one_version(house: House) {
    let zhao = administrator(&house, "赵管理").await;
    let key = kept_text(&zhao, Some(Notice), "new").await.unwrap().form.request_key;
    let new = TextForm { request_key: key, ..form("关于年审的通知") };
    let press = || {
        let (zhao, new) = (zhao.clone(), new.clone());
        tokio::spawn(async move { id_of(&save_text(&zhao, (Some(Notice), "new"), &new, Some(TextAct::Publish)).await.unwrap()) })
    };
    let (first, second) = (press(), press());
    let (first, second) = (first.await.unwrap(), second.await.unwrap());
    assert_eq!((&first, &new.request_key), (&second, &first));
    assert_eq!(titles(&zhao, Notice).await, ["关于年审的通知"]);

    // Of a text that is there the second press says what the first one did.
    let seen = TextForm { body: "改了一句。".into(), ..kept(&zhao, &first).await.form };
    for _ in 0..2 {
        save_text(&zhao, (None, &first), &seen, None).await.unwrap();
    }
    let view = kept(&zhao, &first).await;
    assert_eq!((view.versions.len(), view.stage), (2, Some(TextStage::Draft)));
    // Another button, and other words, are no repetition.
    let publish = save_text(&zhao, (None, &first), &seen, Some(TextAct::Publish)).await;
    assert!(matches!(publish, Err(Failure::Stale)));
    let other = TextForm { body: "又改了一句。".into(), ..seen };
    assert!(matches!(save_text(&zhao, (None, &first), &other, None).await, Err(Failure::Stale)));
    let again = TextForm { title: "另一个标题".into(), ..new };
    assert!(
        matches!(save_text(&zhao, (Some(Notice), "new"), &again, None).await, Err(Failure::Stale)),
        "it makes no second text"
    );
    assert_eq!(kept_texts(&zhao, Notice, "").await.unwrap().lines.len(), 1);
    assert_audit_stands(&house).await;
}
both!(a_button_that_is_pressed_twice_makes_one_text_and_one_version);

async fn a_regulation_says_whether_it_is_in_force_and_what_repealed_it(house: House) {
    let (visitor, zhao, qian) =
        (house.visit(None).await, administrator(&house, "赵管理").await, administrator(&house, "钱管理").await);
    let new = TextForm { number: "财会〔2026〕9号".into(), effective_on: "2026-11-20".into(), ..form("新规定") };
    let old = TextForm { repealed_on: "2026-11-20".into(), repealed_by: "财会〔2026〕9号".into(), ..form("旧规定") };
    let new = write(&zhao, Regulation, &new, Some(TextAct::Ask)).await;
    let old = write(&zhao, Regulation, &old, Some(TextAct::Ask)).await;
    act(&qian, &old, TextAct::Publish).await.unwrap();
    let view = read(&visitor, Regulation, &old).await.unwrap().regulation.unwrap();
    assert_eq!((view.force, view.repealed_by.as_str(), view.repealed_by_id), (Force::In, "财会〔2026〕9号", None));
    act(&qian, &new, TextAct::Publish).await.unwrap();
    assert_eq!(read(&visitor, Regulation, &new).await.unwrap().regulation.unwrap().force, Force::Not);
    house.clock.forward(Duration::days(2));
    let view = read(&visitor, Regulation, &old).await.unwrap().regulation.unwrap();
    assert_eq!((view.force, view.repealed_by_id.as_ref()), (Force::Repealed, Some(&new)));
    let mut lines = shown_texts(&visitor, "regulations", "learning", "").await.unwrap().lines;
    lines.sort_by_key(|line| line.title.clone());
    let lines: Vec<_> = lines.iter().map(|line| (line.title.as_str(), line.about.as_str(), line.force)).collect();
    let expected = [("新规定", "财政部 财会〔2026〕9号", Force::In), ("旧规定", "财政部 财会〔2018〕10号", Force::Repealed)];
    assert_eq!(lines, expected.map(|(title, about, force)| (title, about, Some(force))));
    assert!(shown_texts(&visitor, "regulations", "intake", "").await.unwrap().lines.is_empty());
    assert!(matches!(shown_texts(&visitor, "regulations", "x", "").await, Err(Failure::NotFound)));
    assert!(matches!(shown_texts(&visitor, "laws", "", "").await, Err(Failure::NotFound)));
    assert!(read(&visitor, Notice, &old).await.is_none(), "it is of its own kind alone");
}
both!(a_regulation_says_whether_it_is_in_force_and_what_repealed_it);

async fn whoever_says_that_an_answer_was_of_use_says_it_once(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    let id = write(&zhao, Question, &form("怎样登录？"), Some(TextAct::Publish)).await;
    let notice = write(&zhao, Notice, &form("通知"), Some(TextAct::Publish)).await;
    let zhang = zhang_san(&house).await;
    for (visit, is_useful) in [(&visitor, true), (&visitor, true), (&zhang, true), (&visitor, false)] {
        vote(visit, &id, is_useful).await.unwrap();
    }
    assert_eq!(kept_texts(&zhao, Question, "").await.unwrap().lines[0].useful, (1, 1));
    for id in [notice.as_str(), "nothing"] {
        assert!(matches!(vote(&visitor, id, true).await, Err(Failure::NotFound)));
    }
    assert_audit_stands(&house).await;
}
both!(whoever_says_that_an_answer_was_of_use_says_it_once);

async fn the_pages_of_a_long_list_follow_each_other_without_gap_or_repetition(house: House) {
    let (visitor, zhao) = (house.visit(None).await, administrator(&house, "赵管理").await);
    for nth in 0..45 {
        let text = TextForm {
            shown_from: format!("2026-11-{:02}", 1 + nth % 9),
            pinned: if nth % 10 == 3 { "yes" } else { "" }.into(),
            ..form(&format!("通知 {nth:02}"))
        };
        write(&zhao, Notice, &text, Some(TextAct::Publish)).await;
    }
    let (mut seen, mut after, mut pages) = (Vec::new(), String::new(), 0);
    loop {
        let view = shown_texts(&visitor, "notices", "", &after).await.unwrap();
        assert!(view.lines.windows(2).all(|two| (two[0].is_pinned, two[0].on) >= (two[1].is_pinned, two[1].on)));
        seen.extend(view.lines.into_iter().map(|line| line.title));
        pages += 1;
        match view.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert!(seen[..5].iter().all(|title| title.ends_with('3')), "置顶 stands first: {seen:?}");
    seen.sort();
    assert_eq!((pages, seen), (3, (0..45).map(|nth| format!("通知 {nth:02}")).collect()));
    assert_eq!(front(&visitor).await.unwrap().notices.len(), 5);
    let found = search(&visitor, "通知").await.unwrap();
    assert!(found.lines.len() == 45 && !found.has_more);
    let (mut all, mut after) = (0, String::new());
    loop {
        let view = kept_texts(&zhao, Notice, &after).await.unwrap();
        all += view.lines.len();
        match view.next {
            Some(next) => after = next,
            None => break,
        }
    }
    assert_eq!(all, 45);
}
both!(the_pages_of_a_long_list_follow_each_other_without_gap_or_repetition);
