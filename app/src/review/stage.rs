//! The picture under the mouse: the wheel zooms where it points, dragging moves.

use super::bench::Bench;
use crate::ui::browser;
use leptos::prelude::GetUntracked;
use wasm_bindgen::JsCast;
use web_sys::Element;

/// Zooms so that what is under the pointer stays there.
pub(super) fn wheel(bench: Bench, event: &web_sys::WheelEvent) {
    let Some(stage) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    let Some(picture) = stage.query_selector("img").ok().flatten() else { return };
    event.prevent_default();
    let before = bench.zoom.get_untracked();
    let (x, y) = (f64::from(event.client_x()), f64::from(event.client_y()));
    let was = picture.get_bounding_client_rect();
    bench.larger(if event.delta_y() < 0.0 { 1 } else { -1 });
    if before == bench.zoom.get_untracked() || was.width() == 0.0 || was.height() == 0.0 {
        return;
    }
    let (right, down) = ((x - was.left()) / was.width(), (y - was.top()) / was.height());
    // Once it is drawn in its new size.
    browser::later(20, move || {
        let is = picture.get_bounding_client_rect();
        move_by(&stage, is.left() + right * is.width() - x, is.top() + down * is.height() - y);
    });
}

/// Keeps the pointer of a mouse that was pressed, so that it may leave the stage while it drags.
pub(super) fn grasp(event: &web_sys::PointerEvent) {
    if event.pointer_type() == "mouse"
        && event.button() == 0
        && let Some(stage) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok())
    {
        let _ = stage.set_pointer_capture(event.pointer_id());
    }
}

pub(super) fn drag(event: &web_sys::PointerEvent) {
    if event.pointer_type() == "mouse"
        && event.buttons() & 1 == 1
        && let Some(stage) = event.current_target().and_then(|target| target.dyn_into::<Element>().ok())
    {
        move_by(&stage, f64::from(-event.movement_x()), f64::from(-event.movement_y()));
    }
}

fn move_by(stage: &Element, right: f64, down: f64) {
    stage.set_scroll_left(stage.scroll_left() + right.round() as i32);
    stage.set_scroll_top(stage.scroll_top() + down.round() as i32);
}
