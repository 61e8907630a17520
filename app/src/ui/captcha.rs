//! 图形验证码, in the word of the province: a picture of four characters, or six digits to be heard; a click draws another. Without
//! scripts a link does.

use leptos::prelude::*;

use super::field::{Control, Field, FieldSpec};
use super::form::FormState;

/// The picture and the field for what it says.
#[component]
pub fn Captcha(
    /// The key of the province.
    key: String,
    /// The path of the page, for the link that works without scripts.
    page: String,
    #[prop(optional)] is_required: bool,
) -> impl IntoView {
    let count = RwSignal::new(0_u32);
    let state = expect_context::<FormState>();
    let word = state.label("captcha");
    // A used or misread picture is worth nothing: the next try gets a new one.
    Effect::new(move |before: Option<()>| {
        state.errors.track();
        state.refusal.track();
        state.notice.track();
        if before.is_some() {
            count.update(|n| *n += 1);
        }
    });
    // The session of the staff is another one.
    let staff = if page.split('/').nth(2) == Some("staff") { "/staff" } else { "" };
    let address = move |end: &str| match count.get() {
        0 => format!("/{key}{staff}/captcha.{end}"),
        n => format!("/{key}{staff}/captcha.{end}?n={n}"),
    };
    let heard = address.clone();
    let spec = FieldSpec {
        is_required,
        class: "input--code",
        control: Control::Text,
        hint: "请填写图片中的字符，不区分大小写。".into(),
        ..FieldSpec::new("captcha", word.clone())
    };
    view! {
        <div class="captcha">
            <Field spec=spec />
            <div class="captcha__picture">
                <img
                    src=move || address("png")
                    width="160"
                    height="60"
                    alt=format!("{word}，看不清可以更换")
                    on:click=move |_| count.update(|n| *n += 1)
                />
                <a class="button button--quiet" href=page on:click=move |event| another(&event, count)>"看不清，换一张"</a>
            </div>
            <details class="captcha__spoken">
                <summary>"看不见图片，改听语音"</summary>
                <p class="field__hint">"播放的是六位数字，听到后填写在上面的框中。"</p>
                <audio controls preload="none" src=move || heard("wav") aria-label="语音验证码"></audio>
            </details>
        </div>
    }
}

fn another(event: &leptos::ev::MouseEvent, count: RwSignal<u32>) {
    event.prevent_default();
    count.update(|n| *n += 1);
}
