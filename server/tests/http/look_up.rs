//! 查询办理进度: a plain page for whoever has the number and the end of the document, which says nothing of the person.

use crate::support::TestApp;
use crate::support::journey::Person;

const PAGE: &str = "/hunan/look-up";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_has_number_and_end_sees_where_a_case_stands_and_nothing_of_the_person() {
    let (app, person) = (TestApp::sqlite().await, Person::new(71));
    let mut owner = app.browser();
    owner.apply(&person).await;
    let progress = owner.get("/hunan/intake/progress").await.text();
    let found = progress.match_indices("4320").map(|(at, _)| &progress[at..]).find_map(|rest| {
        let number: String = rest.chars().take_while(char::is_ascii_digit).collect();
        domain::case::is_case_number(&number).then_some(number)
    });
    let number = found.expect("the progress names the number");

    let mut stranger = app.browser();
    let front = stranger.get("/hunan").await.text();
    assert!(front.contains("action=\"/hunan/look-up\"") && front.contains("name=\"number\""), "{front}");
    let empty = stranger.get(PAGE).await;
    assert!(empty.header("content-security-policy").is_some_and(|policy| policy.contains("default-src 'none'")));
    assert!(!empty.text().contains("<script") && !empty.text().contains("field--error"), "{}", empty.text());
    // The first page knows the number alone.
    let begun = stranger.post(PAGE, &[("number", &number)]).await;
    assert_eq!(begun.status.as_u16(), 200);
    assert!(begun.text().contains(&format!("value=\"{number}\"")) && !begun.text().contains("错误："), "{}", begun.text());

    let end = &person.document[14..];
    let captcha = stranger.captcha().await;
    let seen = stranger.post(PAGE, &[("number", &number), ("document_end", end), ("captcha", &captcha)]).await.text();
    assert!(seen.contains("信息采集：待审核") && !seen.contains("正在审核"), "{seen}");
    for hidden in person.canaries() {
        assert!(!seen.contains(hidden), "{hidden} is in {seen}");
    }
    assert!(!seen.contains(&person.name), "{seen}");

    // Somebody else's end and a number that nobody has are answered alike.
    let nobodys = domain::case::case_number("43", app.services().today(), 900_001);
    let mut answers = Vec::new();
    for (number, end) in [(number.as_str(), "0000"), (nobodys.as_str(), end)] {
        let captcha = stranger.captcha().await;
        let page = stranger.post(PAGE, &[("number", number), ("document_end", end), ("captcha", &captcha)]).await;
        assert!(page.status.is_success() && page.text().contains("没有查到"), "{}", page.text());
        answers.push(page.text().replace(number, ""));
    }
    assert_eq!(answers[0], answers[1]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_wrong_is_told_at_its_field_and_a_picture_may_be_changed() {
    let app = TestApp::sqlite().await;
    let mut stranger = app.browser();
    let number = domain::case::case_number("43", app.services().today(), 1);
    let faulty = stranger.post(PAGE, &[("number", "4320"), ("document_end", ""), ("captcha", "")]).await;
    assert_eq!(faulty.status.as_u16(), 422);
    let text = faulty.text();
    for said in ["错误：查询办理进度", "受理编号有误", "请填写证件号码的最后 4 位", "请填写图形验证码", "aria-invalid=\"true\""]
    {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    let other = stranger.post(PAGE, &[("number", &number), ("document_end", "1"), ("captcha", "x"), ("again", "yes")]).await;
    assert!(
        other.status.is_success() && !other.text().contains("error-summary") && other.text().contains(&number),
        "{}",
        other.text()
    );
    stranger.captcha().await;
    let unread = stranger.post(PAGE, &[("number", &number), ("document_end", "0123"), ("captcha", "????")]).await;
    assert!(unread.status.as_u16() == 422 && unread.text().contains("图形验证码不正确"), "{}", unread.text());
}
