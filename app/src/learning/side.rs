//! What stands beside the years: the ways to credits, and from when they are owed.

use domain::learning::Trigger;
use domain::learning::view::{LearningView, LearningWords};
use leptos::prelude::*;

use crate::ui::page::Frame;

/// 继续教育网络培训, at schools on the net.
pub fn online(frame: &Frame) -> AnyView {
    view! {
        <section class="card" aria-labelledby="online-title">
            <h2 id="online-title">"继续教育网络培训"</h2>
            <p class="hint">"选择年度和网校报名，在网校学习，学分由网校报送。"</p>
            <p class="button-row"><a class="button button--secondary" href=frame.path("learning/schools")>"网校报名和登录"</a></p>
        </section>
    }
    .into_any()
}

/// 政策法规 of 继续教育.
pub fn regulations(frame: &Frame) -> AnyView {
    view! { <p><a href=frame.path("texts/regulations?subject=learning")>"继续教育政策法规"</a></p> }.into_any()
}

/// 学分折算, where people can ask for it.
pub fn convert(frame: &Frame, words: &LearningWords) -> Option<AnyView> {
    words.converts.then(|| {
        let new = words.is_collected.then(|| {
            let word = format!("申请{}", words.converting);
            view! { <p class="button-row"><a class="button" href=frame.path("learning/conversions/new")>{word}</a></p> }
        });
        view! {
            <section class="card" aria-labelledby="convert-title">
                <h2 id="convert-title">{words.conversion.clone()}</h2>
                <p class="hint">{format!("考试、会议、学历教育、课题、论文、著作等可以{}，需要上传证明材料。", words.converting)}</p>
                {new}
                <p><a href=frame.path("learning/conversions")>{format!("查看{}", words.management)}</a></p>
            </section>
        }
        .into_any()
    })
}

/// 单位管理, where the province has it.
pub fn work(frame: &Frame, words: &LearningWords) -> Option<AnyView> {
    words.employers.as_ref().map(|(page, manager)| {
        let hint = format!("确认您的工作单位；受单位授权的，可以申请成为{manager}。");
        view! {
            <section class="card" aria-labelledby="work-title">
                <h2 id="work-title">{page.clone()}</h2>
                <p class="hint">{hint}</p>
                <p><a href=frame.path("learning?employers=all")>{format!("前往{page}")}</a></p>
            </section>
        }
        .into_any()
    })
}

/// From when it is owed, and which date decided.
pub fn duty(view: &LearningView) -> AnyView {
    let text = match &view.duty {
        Some((from, by, on)) => {
            let by = if *by == Trigger::Qualification { "取得会计专业技术资格" } else { "开始从事会计工作" };
            format!("您从 {from} 年度起参加继续教育：{on} {by}，从次年起计算。")
        }
        None if view.words.is_collected => {
            "档案中没有取得资格的时间，也没有开始从事会计工作的时间，所以没有需要完成的年度。".to_owned()
        }
        None => "信息采集审核通过后，这里显示您从哪一年度起参加继续教育。".to_owned(),
    };
    view! { <section class="card card--sunken"><h2>"从哪一年开始"</h2><p>{text}</p></section> }.into_any()
}
