//! 查阅记录: who of the staff opened, revealed or printed something of the person, when and for which case.

use domain::case::StaffRole;
use domain::record::LookKind;
use domain::record::view::{LookLine, LooksView};
use leptos::prelude::*;

use super::head;
use crate::ui::format;
use crate::ui::page::Frame;

pub(super) fn draw(frame: &Frame, view: &LooksView) -> AnyView {
    let whom = if view.names_staff { "、姓名" } else { "" };
    let lead = format!(
        "财政部门的工作人员每次查看您的申请、材料、完整号码，或者打印您的表格，系统都会记录。这里列出单位、身份{whom}、时间和所办的申请；同一人同一天为同一件申请查看的合为一条。"
    );
    let lines = view.lines.iter().map(line).collect_view();
    let body = match view.lines.is_empty() {
        true => view! { <p class="empty">"还没有工作人员查看过您的信息。"</p> }.into_any(),
        false => view! { <ol class="timeline">{lines}</ol> }.into_any(),
    };
    let cut = view.is_cut.then(|| view! { <p class="hint">"更早的记录没有列出。需要的，请联系会计管理部门查询。"</p> });
    view! { {head(frame, "looks", None)} <p>{lead}</p> {body} {cut} }.into_any()
}

fn line(of: &LookLine) -> AnyView {
    let who = match of.name.as_str() {
        "" => format!("{} {}", of.bureau_name, role(of.role)),
        name => format!("{} {} {name}", of.bureau_name, role(of.role)),
    };
    let when = if of.from == of.to {
        format::instant(of.to)
    } else {
        format!("{} 至 {}", format::instant(of.from), format::time(of.to))
    };
    let acts: Vec<String> = of.acts.iter().map(|(kind, times)| act(*kind, *times)).collect();
    let case = match (of.case_name.as_str(), of.case_number.as_str()) {
        ("", _) => String::new(),
        (name, "") => format!("所办申请：{name}"),
        (name, number) => format!("所办申请：{name}，受理编号 {number}"),
    };
    view! {
        <li data-state="done">
            <time class="timeline__time" datetime=format::machine(of.from)>{when}</time>
            <p><strong>{who}</strong></p>
            <p>{acts.join("，")}</p>
            {(!case.is_empty()).then(|| view! { <p class="hint">{case}</p> })}
        </li>
    }
    .into_any()
}

fn act(kind: LookKind, times: usize) -> String {
    match kind {
        LookKind::Opened => "打开申请".to_owned(),
        LookKind::Files => format!("查看材料 {times} 张"),
        LookKind::Revealed => "查看完整证件号码和手机号码".to_owned(),
        LookKind::Printed => "打印表格".to_owned(),
        LookKind::Sought => "在窗口按证件号码查找".to_owned(),
        LookKind::FilledIn => "在窗口代为填写".to_owned(),
    }
}

/// The word for what somebody is employed for.
pub(super) fn role(role: StaffRole) -> &'static str {
    match role {
        StaffRole::Reviewer => "审核人员",
        StaffRole::Administrator => "管理员",
    }
}
