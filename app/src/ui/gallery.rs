//! Every component in every state, for the accessibility and screenshot tests; served by the demonstration only.

use domain::case::Status;
use domain::fault::{Fault, FieldErrors};
use leptos::prelude::*;

use super::field::{Control, Field, FieldSpec};
use super::form::{ErrorSummary, FormState, PostForm};
use super::page::{Frame, still};
use super::parts::Tips;
use super::words;

/// The parts of 信息采集, of the list and of the cockpit in every state, and after them those of 继续教育 and 网校. Only the server has them, which draws the page, so that the program carries no pictures of what
/// other parts of it draw.
#[cfg(feature = "ssr")]
const PARTS: &str =
    concat!(include_str!("gallery/portal.html"), include_str!("gallery/intake.html"), include_str!("gallery/review.html"));

#[cfg(feature = "ssr")]
fn parts(frame: &Frame) -> String {
    let drawn = (crate::learning::gallery::states(frame), crate::school::gallery::states(frame));
    format!("{PARTS}{}", drawn.to_html())
}
#[cfg(not(feature = "ssr"))]
fn parts(_: &Frame) -> String {
    String::new()
}

/// The gallery.
#[component]
pub fn GalleryPage() -> impl IntoView {
    still("组件", |frame| {
        if !frame.site.is_demo {
            return view! { <h1 tabindex="-1">"没有找到这个页面"</h1> }.into_any();
        }
        let parts = parts(&frame);
        let state = FormState::new([("name", "姓名"), ("level", "学历"), ("sex", "性别"), ("remark", "说明")], None);
        state.errors.set(FieldErrors::one("name", Fault::Missing));
        let choices = || vec![("1".to_owned(), "大专".to_owned()), ("2".to_owned(), "本科".to_owned())];
        let tags =
            Status::ALL.iter().map(|status| view! { <span class=words::status_class(*status)>{words::status(*status)}</span> });
        view! {
            <ErrorSummary state=state />
            <h1 tabindex="-1">"组件"</h1>
            <Tips lines=vec!["第一行提示。".into(), "第二行提示。".into()] />
            <PostForm action="/api/gallery" state=state province=frame.key>
                <Field spec=FieldSpec { hint: "请与证件一致。".into(), ..FieldSpec::new("name", "姓名") } />
                <Field spec=FieldSpec {
                    control: Control::Select(vec![(String::new(), choices())]),
                    reason: "与证书不一致".into(),
                    ..FieldSpec::new("level", "学历")
                } />
                <Field spec=FieldSpec { control: Control::Radio(choices()), ..FieldSpec::new("sex", "性别") } />
                <Field spec=FieldSpec { control: Control::Area, is_required: false, ..FieldSpec::new("remark", "说明") } />
                <Field spec=FieldSpec { is_locked: true, value: "不能修改".into(), ..FieldSpec::new("locked", "已核对") } />
                <div class="button-row">
                    <button type="submit" class="button">"保存并继续"</button>
                    <button type="submit" class="button button--secondary">"保存，稍后再办"</button>
                    <button type="button" class="button button--danger">"撤销申请"</button>
                </div>
            </PostForm>
            <p>{tags.collect_view()}</p>
            <div class="notice notice--info"><p>"一般提示"</p></div>
            <div class="notice notice--success"><p>"办理成功"</p></div>
            <div class="notice notice--warning"><p>"请留意"</p></div>
            <div class="notice notice--danger"><p>"需要修改"</p></div>
            <div class="stack" inner_html=parts></div>
        }
        .into_any()
    })
}
