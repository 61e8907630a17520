//! Decisions that wait, at the top of the desk and of the list, and those that did not take effect.

use domain::review::Lapse;
use domain::review::view::StagedView;
use leptos::prelude::*;

/// A line for each. A plain form, with and without scripts: whoever undoes wants the page anew.
pub(super) fn staged(province: &str, staged: &[StagedView]) -> AnyView {
    let line = |of: &StagedView| if of.lapse.is_none() { waiting(province, of) } else { lapsed(province, of) };
    staged.iter().map(line).collect_view().into_any()
}

/// What was decided, in words.
pub(super) fn what(of: &StagedView) -> &'static str {
    if of.is_approval { "审核通过" } else { "退回修改" }
}

/// Why a decision did not take effect, as a sentence.
pub(super) fn told(of: &StagedView) -> String {
    let why = match of.lapse {
        Some(Lapse::Inactive) => "审核人员的账号已停用",
        Some(Lapse::OutOfScope) => "申请已不在审核人员的办理范围",
        Some(Lapse::Changed) => "申请在此期间有变化",
        Some(Lapse::Refused) | None => "生效前的核对没有通过",
    };
    format!("{}：{}没有生效，{why}。", of.name, what(of))
}

fn waiting(province: &str, of: &StagedView) -> AnyView {
    let StagedView { case, version, name, seconds, .. } = of;
    let text = format!("{name}：{}，{seconds} 秒内可以撤销", what(of));
    view! {
        <div class="notice notice--success" role="status">
            <form method="post" action="/api/review/undo" class="button-row">
                <span>{text}</span>
                <input type="hidden" name="province" value=province.to_owned() />
                <input type="hidden" name="form[case]" value=case.to_string() />
                <input type="hidden" name="form[version]" value=version.to_string() />
                <button type="submit" class="button button--secondary button--small">"撤销"</button>
            </form>
        </div>
    }
    .into_any()
}

fn lapsed(province: &str, of: &StagedView) -> AnyView {
    let href = format!("/{province}/staff/cases/{}", of.case);
    view! { <div class="notice notice--warning" role="status"><p>{told(of)} " " <a href=href>"查看申请"</a></p></div> }.into_any()
}
