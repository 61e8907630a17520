//! What one administrator asked for a school, and another agrees to or does not.

use domain::school::forms::SchoolForm;
use domain::school::view::WaitingLine;
use domain::school::{ApprovalKind, Verdict};
use leptos::prelude::*;

use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::format;
use crate::ui::page::Frame;

/// Each of it with its buttons; `entry` is where tickets go now, `ranges` where calls come from.
pub fn waiting(frame: &Frame, now: (&SchoolForm, &str, &str), lines: &[WaitingLine], state: FormState) -> Option<AnyView> {
    (!lines.is_empty()).then(|| {
        let lines = lines.iter().map(|line| self::line(frame, now, line, state)).collect_view();
        view! {
            <section class="notice notice--warning" aria-labelledby="waiting-title">
                <h2 id="waiting-title">"等待另一位管理员同意"</h2>
                <ul class="stack">{lines}</ul>
            </section>
        }
        .into_any()
    })
}

fn line(frame: &Frame, (school, entry, ranges): (&SchoolForm, &str, &str), line: &WaitingLine, state: FormState) -> AnyView {
    let code = &school.code;
    let (by, at) = (if line.is_mine { "您".to_owned() } else { format!("管理员{}", line.by) }, format::instant(line.at));
    let said = match line.kind {
        ApprovalKind::Token => format!("{by}于 {at} 为网校 {code} 申请生成接口口令。"),
        ApprovalKind::Entry if entry.is_empty() => format!("{by}于 {at} 申请把网校 {code} 的登录地址设定为 {}。", line.wanted),
        ApprovalKind::Entry => format!("{by}于 {at} 申请把网校 {code} 的登录地址从 {entry} 改为 {}。", line.wanted),
        ApprovalKind::Ranges => {
            format!("{by}于 {at} 申请把网校 {code} 的调用地址从{}改为{}。", named(ranges), named(&line.wanted))
        }
    };
    let may_agree = line.verdicts.contains(&Verdict::Agree);
    let next = match (line.kind, may_agree) {
        (_, false) if line.is_mine => "需要另一位管理员同意。没有另一位管理员的，请先在“人员管理”中添加。",
        (_, false) => "申请人的账号已经停用，这项申请不能再同意。",
        (ApprovalKind::Token, true) => "同意以前，请向网校核实。同意后，口令只在您的页面显示一次，请由您直接交给网校。",
        (ApprovalKind::Entry, true) => {
            "同意以前，请用您知道的电话向网校核实地址。同意后，报名的人登录网校时，姓名和学员编号发送到这个地址。"
        }
        (ApprovalKind::Ranges, true) => "同意以前，请用您知道的电话向网校核实。同意后，只有从这些网络地址调用接口才有效。",
    };
    let until = format!("请在 {} 前办理。", format::instant(line.until));
    let (id, version, school, key) = (line.id.clone(), school.version.clone(), school.id.clone(), frame.key.clone());
    let of = match line.kind {
        ApprovalKind::Token => "：接口口令",
        ApprovalKind::Entry => "：登录地址",
        ApprovalKind::Ranges => "：调用地址",
    };
    let button = |verdict: &Verdict| {
        let (label, class) = match verdict {
            Verdict::Agree => ("同意", "button"),
            Verdict::Refuse if line.is_mine => ("撤回申请", "button button--secondary"),
            Verdict::Refuse => ("不同意", "button button--secondary"),
        };
        view! {
            <button type="submit" class=class name=name_of("act") value=verdict.code()>
                {label}<span class="hidden-visually">{of}</span>
            </button>
        }
    };
    let buttons = line.verdicts.iter().map(button).collect_view();
    view! {
        <li>
            <p>{said} {next} {until}</p>
            <PostForm action="/api/staff/school/approval" state=state province=key keeps=false>
                <input type="hidden" name=name_of("school") value=school />
                <input type="hidden" name=name_of("id") value=id />
                <input type="hidden" name=name_of("version") value=version />
                <div class="button-row">{buttons}</div>
            </PostForm>
        </li>
    }
    .into_any()
}

/// Networks in a sentence.
fn named(ranges: &str) -> String {
    if ranges.is_empty() { "不限制".to_owned() } else { format!(" {} ", ranges.replace(',', ", ").replace("  ", " ")) }
}
