//! The archive of an approved person, under the province's name for it: 人员档案, 信息查询, 登记信息.

use domain::intake::view::{ApprovedRecord, RecordView};
use leptos::prelude::*;

use super::{api, summary};
use crate::site::use_source;
use crate::ui::format;
use crate::ui::page::{Frame, page};
use crate::ui::parts::Breadcrumbs;
use crate::ui::upload::Preview;

/// 人员档案.
#[component]
pub fn RecordPage() -> impl IntoView {
    let source = use_source();
    let data = Resource::new(move || source.get(), |(province, _)| api::record(province));
    page("个人档案", data, draw)
}

fn draw(frame: Frame, view: RecordView) -> AnyView {
    let title = frame.site.province.record.clone();
    let name = format!("{title} – {}", frame.site.province.title);
    let body = match &view.approved {
        Some(approved) => content(&frame, &view, approved),
        None => {
            let (text, href) = (format!("{}审核通过后，可以在这里查看。", frame.intake()), frame.path("intake"));
            view! {
                <div class="empty">
                    <strong>"还没有建立档案"</strong>
                    <p>{text}</p>
                    <p class="button-row"><a class="button" href=href>{format!("去办理{}", frame.intake())}</a></p>
                </div>
            }
            .into_any()
        }
    };
    view! {
        <leptos_meta::Title text=name />
        <Breadcrumbs trail=vec![("业务办理", frame.path("services"))] here=title.clone() />
        <h1 tabindex="-1">{title}</h1>
        {body}
    }
    .into_any()
}

fn content(frame: &Frame, view: &RecordView, approved: &ApprovedRecord) -> AnyView {
    let row = |label: &'static str, value: String| view! { <div><dt>{label}</dt><dd>{value}</dd></div> };
    let files = approved.files.iter().map(|(title, id)| {
        let src = frame.path(&format!("files/{id}"));
        view! { <div><dt>{title.clone()}</dt><dd><Preview src=src title=title.clone() /></dd></div> }
    });
    let photo = approved.photo.as_ref().map(|id| {
        let src = frame.path(&format!("files/{id}"));
        view! { <img class="facts__photo" src=src alt="审核通过的照片" loading="lazy" /> }
    });
    let print = "打印登记表（带电子签名，PDF）";
    view! {
        <section class="card">
            <h2>"档案信息"</h2>
            {photo}
            <dl class="summary-list">
                {row("姓名", view.name.clone())} {row("证件类型", view.document_label.clone())}
                {row("证件号码", view.document.clone())} {row("手机号码", view.mobile.clone())}
                {row("会计管理部门", approved.bureau_name.clone())} {row("受理编号", approved.case_number.clone())}
                {row("审核通过时间", format::instant(approved.at))} {row("档案版本", format!("第 {} 版", approved.version))}
            </dl>
            <p><a href=frame.path("intake/record.pdf") rel="external">{print}</a></p>
            <p class="hint">"PDF 中有省级财政部门的电子签名，任何人都可以扫描二维码查验。"</p>
        </section>
        {summary::sections(&approved.sections, None, false)}
        <section class="card"><h2>"材料"</h2><dl class="summary-list">{files.collect_view()}</dl></section>
    }
    .into_any()
}
