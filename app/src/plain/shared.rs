//! What whoever was given a link sees of a certificate: what its holder chose. No session and no script.

use domain::certificate::view::SharedView;
use domain::province::Profile;
use leptos::prelude::*;

use super::verify::framed;
use crate::ui::format;

/// The page of a link; `None` for one that has ended or that nobody gave out.
#[must_use]
pub fn shared(profile: &Profile, style: &str, view: Option<SharedView>) -> String {
    let body = match view {
        None => view! {
            <h1>"链接已经失效"</h1>
            <p class="lead">"这个分享链接已经过期，或者持有人已经停止分享。请向持有人索取新的链接，或者扫描证明上的二维码查验。"</p>
            <p class="button-row"><a class="button" href=format!("/{}/verify", profile.key)>"证明查验"</a></p>
        }
        .into_any(),
        Some(view) => open(profile, view),
    };
    framed(profile, style, "继续教育完成情况", body)
}

fn open(profile: &Profile, view: SharedView) -> AnyView {
    let until = format!("持有人分享的内容，{}前有效。", format::instant(view.until));
    let Some(statement) = view.statement else {
        return view! {
            <h1>"继续教育完成情况"</h1>
            <section class="notice notice--danger" aria-labelledby="answer-title">
                <h2 id="answer-title">"现在没有完成"</h2>
                <p>"分享的年度现在没有有效的完成证明。"</p>
            </section>
            <p class="hint">{until}</p>
        }
        .into_any();
    };
    let unit = profile.learning.as_ref().map_or("学分", |learning| learning.unit.as_str());
    let amount =
        |credits: domain::learning::Credits| (view.shared.credits && credits.is_some()).then(|| format!("{credits} {unit}"));
    let rows = [
        ("姓名", Some(view.name).filter(|name| !name.is_empty())),
        ("证件号码", view.document),
        ("继续教育年度", Some(format!("{} 年度", statement.year))),
        ("学分", amount(statement.total)),
        ("专业科目", amount(statement.professional)),
        ("公需科目", amount(statement.public)),
        ("通过时间", Some(format::date(statement.completed_on))),
        ("证明编号", view.shared.shows_number().then(|| statement.number.clone())),
        ("签发单位", Some(statement.issuer.clone())),
        ("签发日期", Some(format::date(statement.issued_on()))),
    ];
    let row =
        |(label, value): (&'static str, Option<String>)| value.map(|value| view! { <div><dt>{label}</dt><dd>{value}</dd></div> });
    view! {
        <h1>"继续教育完成情况"</h1>
        <section class="notice notice--success" aria-labelledby="answer-title">
            <h2 id="answer-title">{format!("{} 年度已经完成", statement.year)}</h2>
            <p>{format!("完成证明由{}签发，现在有效。", statement.issuer)}</p>
        </section>
        <section class="card" aria-labelledby="shared">
            <h2 id="shared">"持有人分享的内容"</h2>
            <dl class="summary-list">{rows.map(row).into_iter().collect_view()}</dl>
            <p class="hint">{until}</p>
        </section>
    }
    .into_any()
}
