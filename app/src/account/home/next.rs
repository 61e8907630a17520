//! The one next thing.

use domain::account::view::{HomeView, Next};
use leptos::prelude::*;

use crate::ui::format;
use crate::ui::page::Frame;

/// What to do now, by when or since when, and the one filled button. Who has nothing to do reads just that.
pub(super) fn next(frame: &Frame, view: &HomeView) -> AnyView {
    let (title, text, since, way) = match &view.next {
        Next::Amend { items, left, first, at } => {
            let text = match (items, left) {
                (0, _) => reason(first),
                (_, 0) => format!("{items} 项都已改好，请核对后重新提交。"),
                _ => format!("共 {items} 项需要修改，还有 {left} 项没有改好。第一项：{}，{}", first.0, first.1),
            };
            let way = match (items, left) {
                (1.., 0) => ("核对并重新提交".to_owned(), frame.path("intake/check")),
                (1.., _) => ("查看需要修改的内容".to_owned(), frame.path("intake/amend")),
                _ => ("查看需要修改的内容".to_owned(), frame.path("intake")),
            };
            (
                format!("您的{}申请被退回，需要修改。", frame.intake()),
                text,
                at.map(|at| format!("退回时间：{}", format::instant(at))),
                Some(way),
            )
        }
        Next::GoOn { left, link, saved_at } => {
            let text =
                if left.is_empty() { String::new() } else { format!("还差 {} 项：{}。", left.len(), left.join("、")) };
            let label = left.first().map_or_else(|| "继续办理".to_owned(), |task| format!("继续：{task}"));
            let since = saved_at.map(|at| format!("上次保存：{}", format::instant(at)));
            (format!("继续办理{}", frame.intake()), text, since, Some((label, link.clone())))
        }
        Next::Begin => {
            let text = if view.certificate.is_empty() {
                format!("您还没有办理{}。填写信息、上传材料并提交，由所在地财政局审核。", frame.intake())
            } else {
                format!("您是原持有会计从业资格证人员（原证书号 {}），请补充相应的采集信息。", view.certificate)
            };
            (format!("办理{}", frame.intake()), text, None, Some(("开始办理".to_owned(), frame.path("intake"))))
        }
        Next::Nothing => ("没有要办的".to_owned(), "有新的事情要办时，会以短信和站内信告知您。".to_owned(), None, None),
    };
    let label = way.is_some().then(|| view! { <p class="next__label">"现在要做的一件事"</p> });
    let button = way.map(|(label, href)| view! { <p class="button-row"><a class="button" href=href>{label}</a></p> });
    view! {
        <section class="next">
            {label} <h2>{title}</h2> <p>{text}</p> {since.map(|since| view! { <p class="hint">{since}</p> })} {button}
        </section>
    }
    .into_any()
}

/// Why something was returned: what it is about, where that is known, and the reason.
pub(super) fn reason((label, reason): &(String, String)) -> String {
    match (label.is_empty(), reason.is_empty()) {
        (_, true) => "请按退回说明修改后重新提交。".to_owned(),
        (true, false) => format!("退回原因：{reason}"),
        (false, false) => format!("退回原因：{label}，{reason}"),
    }
}
