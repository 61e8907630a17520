//! 滑块: a piece that is put into its place by mouse, touch, keyboard or two buttons (ux A5). It needs scripts; without them
//! the picture of characters stands in its place, and with them it is one button away.

use domain::account::view::SliderView;
use leptos::prelude::*;

use super::captcha::Captcha;
use super::form::{FormState, name_of};

/// The slider, or the picture of characters instead.
#[component]
pub fn SliderOrCaptcha(key: String, page: String) -> impl IntoView {
    let wants_slider = RwSignal::new(false);
    let slider = RwSignal::new(None::<SliderView>);
    let is_coming = RwSignal::new(is_program_coming());
    let state = expect_context::<FormState>();
    let province = StoredValue::new(key.clone());
    let renew = move || province.with_value(|key| renew(key, slider, is_coming));
    Effect::new(move |_| {
        wants_slider.set(true);
        renew();
    });
    // A used or missed challenge is worth nothing: the next try gets a new picture.
    Effect::new(move |before: Option<()>| {
        state.errors.track();
        state.refusal.track();
        state.trouble.track();
        if before.is_some() && state.has_trouble() {
            renew();
        }
    });
    let is_ready = move || wants_slider.get() && slider.with(Option::is_some);
    view! {
        <div class="puzzle">
            <div hidden=move || !is_ready()>
                // Only while it is shown: a range that is not used would be posted all the same.
                {move || slider.get().filter(|_| wants_slider.get()).map(|view| view! { <Slider view=view key=province.get_value() /> })}
                <button type="button" class="button button--quiet" on:click=move |_| wants_slider.set(false)>
                    {format!("改用{}", state.label("captcha"))}
                </button>
            </div>
            <div class="slider slider--coming" hidden=move || !is_coming.get()>
                <p class="field__hint">"拼图正在准备，也可以先填写下面的字符。"</p>
                <img src=format!("/{key}/slider/background.jpg") alt="" loading="lazy" width="320" height="160" />
            </div>
            <div hidden=is_ready>
                <Captcha key=key page=page is_required=true />
                <button
                    type="button"
                    class="button button--quiet"
                    hidden=move || slider.with(Option::is_none)
                    on:click=move |_| wants_slider.set(true)
                >
                    "改用滑块"
                </button>
            </div>
        </div>
    }
}

#[component]
fn Slider(view: SliderView, key: String) -> impl IntoView {
    let state = expect_context::<FormState>();
    let position = RwSignal::new(0_u32);
    let last = view.width - view.piece_width;
    let sentence = Memo::new(move |_| state.sentence("slider"));
    let frame = format!("0 0 {} {}", view.width, view.height);
    let (width, height) = (view.width.to_string(), view.height.to_string());
    let move_by = move |by: i64| {
        let next = (i64::from(position.get_untracked()) + by).clamp(0, i64::from(last));
        position.set(u32::try_from(next).unwrap_or(0));
    };
    view! {
        <div class="slider" data-state=move || sentence.with(Option::is_some).then_some("failed")>
            <label for="field-slider">"拖动滑块，将拼图移到缺口处"<span class="field__required" aria-hidden="true">" *"</span></label>
            <p class="field__hint" id="field-slider-hint">"也可以用键盘方向键，或者按 － 和 ＋ 移动。"</p>
            {move || sentence.get().map(|text| view! { <p class="field__error" id="field-slider-error">{text}</p> })}
            <svg class="slider__picture" viewBox=frame role="img" aria-label="带缺口的图片和拼图块">
                <image href=format!("/{key}/slider/background.jpg?n={}", view.nonce) x="0" y="0" width=width height=height />
                <image
                    href=format!("/{key}/slider/piece.png?n={}", view.nonce)
                    x=move || position.get().to_string()
                    y=view.y.to_string()
                    width=view.piece_width.to_string()
                    height=view.piece_height.to_string()
                />
            </svg>
            <div class="slider__row">
                <button type="button" class="button button--secondary" aria-label="向左移动" on:click=move |_| move_by(-1)>"－"</button>
                <input
                    type="range"
                    id="field-slider"
                    name=name_of("slider")
                    min="0"
                    max=last.to_string()
                    step="1"
                    prop:value=move || position.get().to_string()
                    aria-describedby="field-slider-hint"
                    aria-valuetext=move || format!("第 {} 格，共 {last} 格", position.get())
                    on:input=move |event| position.set(event_target_value(&event).parse().unwrap_or(0))
                />
                <button type="button" class="button button--secondary" aria-label="向右移动" on:click=move |_| move_by(1)>"＋"</button>
            </div>
            <p class="slider__state" role="status">
                {move || if position.get() == 0 { "请移动拼图" } else { "已放好" }}
            </p>
        </div>
    }
}

/// Whether this page will have the program: one that answers a post has none.
fn is_program_coming() -> bool {
    #[cfg(feature = "ssr")]
    return !crate::request::is_answer();
    #[cfg(not(feature = "ssr"))]
    true
}

fn renew(key: &str, slider: RwSignal<Option<SliderView>>, is_coming: RwSignal<bool>) {
    let pairs = [("province".to_owned(), key.to_owned())];
    super::browser::post_pairs(
        "/api/account/slider",
        &pairs,
        Box::new(move |status, text| {
            is_coming.set(false);
            if status == 200 {
                slider.set(super::browser::read(&text).ok());
            }
        }),
    );
}
