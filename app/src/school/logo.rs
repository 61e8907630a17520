//! 标志 of a school: the form of its keepers, and how it is shown beside its name.

use domain::fault::Fault;
use leptos::prelude::*;

use crate::ui::form::{FormState, PostForm, name_of};
use crate::ui::page::Frame;
use crate::ui::sentence;

/// A logo beside the name of its school, in the same room for each; one that has none is shown by the first character of its name.
pub fn shown(frame: &Frame, (school, name): (&str, &str), mark: Option<&str>) -> AnyView {
    match mark {
        Some(mark) => {
            let src = frame.path(&format!("logos/{school}?v={mark}"));
            view! { <img class="school-logo" src=src alt="" width="120" height="60" loading="lazy" /> }.into_any()
        }
        None => {
            let first: String = name.chars().take(1).collect();
            view! { <span class="school-logo" aria-hidden="true">{first}</span> }.into_any()
        }
    }
}

/// The form by which a picture is sent or taken away. It is an ordinary form, which leads back to this page.
pub fn logo(
    frame: &Frame,
    (school, name): (&str, &str),
    (mark, fault): (Option<&str>, Option<&Fault>),
    state: FormState,
) -> AnyView {
    let action = frame.path(&format!("staff/schools/{school}/logo"));
    let fault = fault.map(|fault| {
        let text = sentence::fault("标志图片", fault);
        view! { <div class="notice notice--danger" role="alert"><p>{format!("图片没有收下：{text}。")}</p></div> }
    });
    let remove = mark.map(|_| {
        let (key, school) = (frame.key.clone(), school.to_owned());
        view! {
            <PostForm action="/api/staff/school/logo/remove" state=state province=key keeps=false>
                <input type="hidden" name=name_of("school") value=school />
                <button type="submit" class="button button--quiet">"删除标志"</button>
            </PostForm>
        }
    });
    view! {
        <section class="card" id="logo" aria-labelledby="logo-title">
            <h2 id="logo-title">"标志"</h2>
            {fault}
            <p>{shown(frame, (school, name), mark)}</p>
            <form method="post" action=action enctype="multipart/form-data">
                <div class="field">
                    <label for="logo-file">"选择图片"</label>
                    <p class="field__hint" id="logo-hint">"JPG、PNG 等格式，2 MB 以内，长和宽都不少于 32 像素，横的 2∶1 最合适。平台缩小以后显示在报名页面。"</p>
                    <input type="file" id="logo-file" name="file" accept="image/*" aria-describedby="logo-hint" />
                </div>
                <p class="button-row"><button type="submit" class="button button--secondary">"上传标志"</button></p>
            </form>
            {remove}
        </section>
    }
    .into_any()
}
