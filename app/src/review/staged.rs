//! 撤销: what was decided a moment ago, at the top of the next page, and what did not take effect.

use domain::review::Lapse;
use domain::review::view::StagedView;
use leptos::prelude::*;

/// A line for each; the newest has the key u. A plain form, with and without scripts: whoever undoes wants the page anew.
pub(super) fn staged(province: &str, staged: &[StagedView]) -> AnyView {
    staged.iter().map(|of| one(province, of)).collect_view().into_any()
}

fn one(province: &str, of: &StagedView) -> AnyView {
    let StagedView { case, version, name, is_approval, seconds, lapse } = of;
    let what = if *is_approval { "通过" } else { "退回" };
    let Some(why) = lapse else {
        let text = format!("{name}：{what}，{seconds} 秒内可撤销");
        return view! {
            <div class="notice notice--success" role="status">
                <form method="post" action="/api/review/undo" class="button-row">
                    <span>{text}</span>
                    <input type="hidden" name="province" value=province.to_owned() />
                    <input type="hidden" name="form[case]" value=case.to_string() />
                    <input type="hidden" name="form[version]" value=version.to_string() />
                    <button type="submit" class="button button--secondary button--small" data-undo aria-keyshortcuts="u">"撤销"</button>
                </form>
            </div>
        }
        .into_any();
    };
    let why = match why {
        Lapse::Inactive => "审核人员的账号已停用",
        Lapse::OutOfScope => "申请已不在审核人员的办理范围",
        Lapse::Changed => "申请在此期间有变化",
        Lapse::Refused => "生效前的核对没有通过",
    };
    let (href, text) = (format!("/{province}/staff/cases/{case}"), format!("{name}：{what}没有生效，{why}。"));
    view! { <div class="notice notice--warning" role="status"><p>{text} <a href=href>"查看申请"</a></p></div> }.into_any()
}
