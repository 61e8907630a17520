//! 个人中心 in 长者版: what to do now in plain words, then a few large ways (ux O2).

use domain::account::view::{HomeView, Next, Who};
use domain::case::Status;
use domain::learning::view::LearningCard;
use leptos::prelude::*;

use super::next::reason;
use crate::learning;
use crate::ui::format;
use crate::ui::page::Frame;

/// The page below its heading.
pub(super) fn draw(frame: &Frame, view: &HomeView, card: Option<&LearningCard>) -> AnyView {
    let change = view.phone_change.as_ref().map(|case| super::phone_change(frame, case));
    let way = |(title, text, href): (String, String, String)| {
        view! { <li><a class="big" href=href><strong>{title}</strong><span>{text}</span></a></li> }
    };
    let ways = ways(frame, view, card).into_iter().map(way).collect_view();
    view! {
        <p class="lead">{format!("{}，您好", view.name)}</p>
        {super::elsewhere(frame, view)}
        {super::warned(frame, view)}
        {now(frame, view)}
        {change}
        <ul class="bigs">{ways}</ul>
    }
    .into_any()
}

/// The one next thing.
fn now(frame: &Frame, view: &HomeView) -> AnyView {
    let intake = frame.intake();
    let to = |label: &str, href: String| Some((label.to_owned(), href));
    let (title, text, way) = match &view.next {
        Next::Amend { items: 1.., left: 0, .. } => (
            format!("您的{intake}都改好了"),
            "再看一遍，没有问题就重新提交。".to_owned(),
            to("看一遍，重新提交", frame.path("intake/check")),
        ),
        Next::Amend { items, left, first, .. } => {
            let title = match items {
                0 => format!("您的{intake}退回来了，要改一改"),
                _ => format!("您的{intake}退回来了，要改 {left} 处"),
            };
            let page = if *items == 0 { "intake" } else { "intake/amend" };
            (title, reason(first), to("现在去改", frame.path(page)))
        }
        Next::GoOn { left, link, .. } => {
            let text = match left.len() {
                0 => "填过的都保存着。".to_owned(),
                steps => format!("还差 {steps} 步。填过的都保存着。"),
            };
            (format!("您的{intake}还没有办完"), text, to("接着办", link.clone()))
        }
        Next::Begin => (
            format!("您还没有办{intake}"),
            "一次只问一个问题，随时可以停下，填过的都保存着。".to_owned(),
            to("开始办理", frame.path("intake")),
        ),
        Next::Nothing => at_rest(&intake, view),
    };
    let button = way.map(|(label, href)| view! { <p class="button-row"><a class="button" href=href>{label}</a></p> });
    view! { <section class="next"><h2>{title}</h2><p>{text}</p>{button}</section> }.into_any()
}

/// What is said to somebody who has nothing to do.
fn at_rest(intake: &str, view: &HomeView) -> (String, String, Option<(String, String)>) {
    let (title, text) = match (view.status(), &view.intake) {
        (Some(Status::Submitted), Some(case)) => {
            let due = case.due_on.map(|on| format!("{}前", format::date(on))).unwrap_or_default();
            let text = format!("{due}有结果，会发短信告诉您。现在不用做什么。");
            (format!("您的{intake}已经交上去了，等{}审核", case.bureau_name), text)
        }
        (Some(Status::Approved), _) => (format!("您的{intake}审核通过了"), "现在没有要办的。".to_owned()),
        _ => ("现在没有要办的".to_owned(), "有事要办的时候，会发短信告诉您。".to_owned()),
    };
    (title, text, None)
}

/// At most five, in the words of the province, each with a plain one below.
fn ways(frame: &Frame, view: &HomeView, card: Option<&LearningCard>) -> Vec<(String, String, String)> {
    let province = &frame.site.province;
    let mut ways = Vec::new();
    if view.intake.as_ref().is_some_and(|case| case.status != Status::Draft || case.round > 0) {
        ways.push((province.progress.clone(), "看办到哪一步了".to_owned(), frame.path("intake/progress")));
    }
    if let Some(card) = card {
        let year = card.year.state.year;
        ways.push((format!("{year} 年继续教育"), learning::in_short(card), frame.path("learning")));
    }
    if view.record.is_some() {
        ways.push((province.record.clone(), "看审核通过的内容".to_owned(), frame.path("record")));
    }
    let unread = match frame.site.who {
        Who::Accountant { unread, .. } if unread > 0 => format!("有 {unread} 条还没有看"),
        _ => "看发给您的通知".to_owned(),
    };
    ways.push(("站内信".to_owned(), unread, frame.path("messages")));
    ways.push(("账号设置".to_owned(), "看登记的手机号码和登录的设备".to_owned(), frame.path("settings")));
    ways
}
