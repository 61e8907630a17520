//! 服务状态: whether the house serves, the counts of the day, and how long the bureaus take. No session and no script.

use domain::portal::view::{Serving, StatusView, WaitLine};
use domain::province::Profile;
use leptos::prelude::*;

use super::rows::table;
use super::verify::framed;
use crate::ui::format;

/// The page of a province. `style` is the address of the style sheet.
#[must_use]
pub fn status(profile: &Profile, style: &str, view: StatusView) -> String {
    let (class, title, text) = match view.serving {
        Serving::Fully => ("notice notice--success", "服务正常", "可以登录、填写、提交和查询。"),
        Serving::Reading => {
            ("notice notice--warning", "现在只能查看", "可以登录后查看，暂时不能保存和提交。已经保存的内容都在，请稍后再试。")
        }
        Serving::Down => ("notice notice--danger", "现在不能办理", "系统暂时没有响应。已经保存的内容都在，请稍后再试。"),
    };
    let counts = view.counts.map(|(approved, waiting)| {
        view! {
            <section class="card" aria-labelledby="today">
                <h2 id="today">"今天"</h2>
                <dl class="summary-list">
                    <div><dt>"今天审核通过"</dt><dd>{format!("{approved} 件")}</dd></div>
                    <div><dt>"正在等待审核"</dt><dd>{format!("{waiting} 件")}</dd></div>
                </dl>
            </section>
        }
    });
    let times = (view.serving != Serving::Down).then(|| times(profile, &view.cities));
    let body = view! {
        <h1>"服务状态和办理时间"</h1>
        <section class=class id="answer" aria-labelledby="answer-title">
            <h2 id="answer-title">{title}</h2>
            <p>{text}</p>
            <p class="hint">{format!("{}的情况。", format::instant(view.at))}</p>
        </section>
        {counts}
        {times}
    };
    framed(profile, style, "服务状态和办理时间", body.into_any())
}

fn times(profile: &Profile, cities: &[(String, Vec<WaitLine>)]) -> AnyView {
    let line = &profile.intake_line().name;
    let lead = format!(
        "近 30 天审核通过的{line}等了多少个工作日。退回以后等待本人修改的时间不计；审核通过不足 5 件的财政局不显示。每天统计一次。"
    );
    let body = if cities.is_empty() {
        view! { <p class="empty">"近 30 天审核通过的申请还不多，没有可以显示的办理时间。"</p> }.into_any()
    } else {
        cities.iter().map(|(name, lines)| city(name, lines)).collect_view().into_any()
    };
    view! {
        <section class="stack" aria-labelledby="times">
            <h2 id="times">"各财政局的办理时间"</h2>
            <p>{lead}</p>
            {body}
        </section>
    }
    .into_any()
}

fn city(name: &str, lines: &[WaitLine]) -> AnyView {
    let days = |days: u32| if days == 0 { "不到 1 个工作日".to_owned() } else { format!("{days} 个工作日内") };
    let row = |line: &WaitLine| {
        vec![
            line.name.clone().into_any(),
            days(line.waits.half).into_any(),
            days(line.waits.most).into_any(),
            format!("{} 件", line.waits.cases).into_any(),
        ]
    };
    let heads = ["财政局", "一半在", "九成在", "审核通过"];
    let table = table(format!("{name}：办理时间"), &heads, lines.iter().map(row).collect());
    view! { <h3>{name.to_owned()}</h3> {table} }.into_any()
}
